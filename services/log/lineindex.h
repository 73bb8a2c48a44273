// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/log/blockreader.h"

#include <QByteArrayView>
#include <atomic>
#include <vector>

namespace society::log {

/// Where lines start, sparsely: the offset of every 256th line, so 0.03 bytes a line. Lines end with a newline; bytes
/// after the last one are an unfinished line and count as one. Grows at its end only. A value; one thread at a time.
class LineIndex {
public:
    static constexpr qint64 Stride = 256;

    /// A line whose start is known.
    struct Anchor {
        qint64 line = 0;
        qint64 offset = 0;
    };

    /// Takes the bytes that follow the indexed ones.
    void append(QByteArrayView bytes);
    void clear();

    /// How many bytes of the file are indexed.
    [[nodiscard]] qint64 byteCount() const { return m_bytes; }
    /// Lines in these bytes, an unfinished last one included.
    [[nodiscard]] qint64 lineCount() const { return m_newlines + (endsUnfinished() ? 1 : 0); }
    [[nodiscard]] bool endsUnfinished() const { return m_bytes > m_lastStart; }
    /// The nearest known line at or before `line` (0 ≤ line).
    [[nodiscard]] Anchor anchorOfLine(qint64 line) const;
    /// Bytes of memory that the index takes.
    [[nodiscard]] qint64 memory() const;

private:
    std::vector<qint64> m_anchors; // m_anchors[i]: start of line (i + 1) * Stride; line 0 starts at 0
    qint64 m_newlines = 0;
    qint64 m_bytes = 0;
    qint64 m_lastStart = 0; // start of the line that is not finished yet
};

/// Extends `index` over what the file holds before `end`, at most `maxBytes` of it. Returns how many bytes were taken.
/// Error: `read_failed`; what was taken before it stays.
[[nodiscard]] Result<qint64> extendIndex(
    LineIndex &index, const LogFile &file, BlockReader &reader, qint64 end, qint64 maxBytes);

} // namespace society::log
