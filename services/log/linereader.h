// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/log/lineindex.h"

#include <QByteArrayView>
#include <atomic>
#include <functional>

namespace society::log {

/// One line as the file has it; its bytes are valid only while it is handed out.
struct RawLine {
    qint64 number = 0;    ///< from 0
    qint64 offset = 0;    ///< of its first byte
    qint64 bytes = 0;     ///< its length without the newline
    QByteArrayView data;  ///< its first bytes, without the newline
    QByteArrayView tail;  ///< where `data` is not all: as many of its last bytes
    bool finished = true; ///< a newline follows

    [[nodiscard]] bool isCut() const { return data.size() < bytes; }
};

/// Splits the bytes from `offset` to `end` into lines and hands each to `sink`, with at most `maxLineBytes` of it,
/// until the bytes end, `sink` returns false, or `stop` (may be null) is true. `number` is the number of the line that
/// starts at `offset`. Memory: one block and one cut line, however long lines are. Error: `read_failed`.
[[nodiscard]] Result<> forEachLine(const LogFile &file, BlockReader &reader, qint64 offset, qint64 number, qint64 end,
    qint64 maxLineBytes, const std::function<bool(const RawLine &)> &sink, const std::atomic_bool *stop = nullptr);

/// Hands lines first … first + count - 1, as far as they are indexed, to `sink`, until it returns false. Of lines of
/// more than some 100 KiB only both ends are read. Error: `read_failed`.
[[nodiscard]] Result<> forLines(const LogFile &file, BlockReader &reader, const LineIndex &index, qint64 first,
    qint64 count, qint64 maxLineBytes, const std::function<bool(const RawLine &)> &sink);

/// Where a line starts; `index.byteCount()` for a line past the end. Error: `read_failed`.
[[nodiscard]] Result<qint64> offsetOfLine(
    const LogFile &file, BlockReader &reader, const LineIndex &index, qint64 line);

/// The line that the byte at `offset` (0 ≤ offset < index.byteCount()) belongs to, and where it starts. Error:
/// `read_failed`.
[[nodiscard]] Result<LineIndex::Anchor> lineAtOffset(
    const LogFile &file, BlockReader &reader, const LineIndex &index, qint64 offset);

/// Where the last `count` lines before `end` start, found from the end without an index. Error: `read_failed`.
[[nodiscard]] Result<qint64> offsetOfLastLines(const LogFile &file, BlockReader &reader, qint64 end, qint64 count);

} // namespace society::log
