// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/log/blockreader.h"
#include "services/log/hitlist.h"
#include "services/log/linefinder.h"

#include <QDeadlineTimer>
#include <atomic>
#include <chrono>
#include <memory>
#include <vector>

namespace society::log {

/// What was found in a stretch of a file.
struct RangeHits {
    HitList lines;     ///< numbers of the lines that are wanted
    QByteArray bytes;  ///< these lines themselves, if asked for; an unfinished one without a newline
    qint64 offset = 0; ///< where to go on: the start of the first line that is not finished or was not looked at
    qint64 line = 0;   ///< its number
    bool lastIsUnfinished = false; ///< the last hit is a line without newline, which may still grow
    bool atEnd = false;            ///< all was looked at
};

/// Searches stretches of a file block by block, in two threads where that pays. One thread at a time.
class RangeSearch {
public:
    /// Of a longer line this much is searched.
    static constexpr qint64 LineBytes = qint64(128) << 20;
    /// For somebody who looks on, a search goes on for so long before it gives out its hits.
    static constexpr std::chrono::milliseconds LookTime{40};
    /// It looks at no more than this meanwhile: there is something for each block beforehand.
    static constexpr qint64 LookBytes = qint64(1) << 30;

    explicit RangeSearch(std::unique_ptr<LineFinder> finder);

    /// Looks at the lines from `offset`, where line `line` starts, to `end`, but at most at `maxBytes` (a line goes to
    /// its end), and begins no block after the deadline but the first. So it gets further than `offset` or is at the
    /// end. Once `stop` is true it ends within some milliseconds and what it gives means nothing. Errors:
    /// `read_failed`, `pattern_too_costly`.
    [[nodiscard]] Result<RangeHits> search(const LogFile &file, qint64 offset, qint64 line, qint64 end, qint64 maxBytes,
        bool withBytes, const std::atomic_bool &stop, QDeadlineTimer deadline = QDeadlineTimer::Forever);

private:
    struct Block;
    struct Thread;
    class Gatherer;
    [[nodiscard]] static Result<qint64> readRest(Thread &thread, const Block &block, const LogFile &file, qint64 &have);
    [[nodiscard]] static Result<> searchText(
        Thread &thread, Block &block, QByteArrayView text, bool withBytes, const std::atomic_bool &stop);
    [[nodiscard]] static Result<> searchLongLine(Thread &thread, Block &block, const LogFile &file,
        QByteArrayView begun, bool withBytes, const std::atomic_bool &stop);
    [[nodiscard]] static Result<> searchBlock(
        Thread &thread, Block &block, const LogFile &file, bool withBytes, const std::atomic_bool &stop);

    std::unique_ptr<LineFinder> m_finder;
    std::vector<std::shared_ptr<Thread>> m_threads;
};

} // namespace society::log
