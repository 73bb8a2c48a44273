// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/log/linereader.h"
#include "services/log/rangesearch.h"

#include <memory>

namespace society::log {

/// A log file read straight through, for programs without a window (society-cli log). Calls wait for the file; one
/// thread. Everything is bytes: what is given out is what the file has.
///
///     auto reader = LogReader::open(path);
///     auto position = reader->offsetOfLastLines(20);
///     while (…) position = reader->copy(*position, write);   // again and again: follows the file
class LogReader {
public:
    using Sink = std::function<bool(QByteArrayView)>;

    /// Errors: `file_missing`, `read_failed`.
    [[nodiscard]] static Result<LogReader> open(const QString &path);

    /// Where the last `count` lines start, an unfinished last one included; 0 if the file has fewer.
    [[nodiscard]] Result<qint64> offsetOfLastLines(qint64 count);
    /// Bytes in the file now.
    [[nodiscard]] Result<qint64> size() const;
    /// Hands the bytes from `offset` to the present end to `sink`, block by block, until it returns false. Returns
    /// where to go on. A file that has become shorter than `offset` is read from its start.
    [[nodiscard]] Result<qint64> copy(qint64 offset, const Sink &sink);
    /// Hands the lines that match, with their newlines, to `sink`, some at a time, until it returns false. An
    /// unfinished last line is held back unless `takeUnfinished`. Returns where to go on. Errors: `read_failed`,
    /// `pattern_too_costly`.
    [[nodiscard]] Result<qint64> grep(qint64 offset, RangeSearch &search, bool takeUnfinished, const Sink &sink);
    /// Whether the path now names another file than the one that is open (or none): open it again then.
    [[nodiscard]] bool isReplaced() const;

private:
    LogReader(QString path, LogFile file);

    QString m_path;
    LogFile m_file;
    std::unique_ptr<BlockReader> m_blocks;
};

} // namespace society::log
