// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/log/blockreader.h"

#include <QByteArrayView>
#include <atomic>
#include <functional>
#include <vector>

namespace society::log {

/// Where lines are, sparsely: how many newlines stand before each chunk of 256 KiB. So 0.004 bytes for a line like the
/// runner's, the start of any line is found within one chunk, and chunks can be counted in any order. Lines end with a
/// newline; bytes after the last one are an unfinished line and count as one. Grows at its end only. A value; one
/// thread at a time.
class LineIndex {
public:
    static constexpr qint64 ChunkBytes = qint64(256) << 10;

    /// An offset, and how many newlines stand before it: the number of the line that the byte there belongs to.
    struct Anchor {
        qint64 line = 0;
        qint64 offset = 0;
    };

    /// Takes the bytes that follow the indexed ones.
    void append(QByteArrayView bytes);
    /// The same for bytes that somebody else has counted; they must not reach beyond the present chunk.
    void append(qint64 bytes, qint64 newlines, bool endsWithNewline);
    /// Makes room for so many bytes in all, where that is much more than there are; at most for 64 GiB more, as the
    /// size of a file with holes says little.
    void reserve(qint64 bytes);
    void clear();

    /// How many bytes of the file are indexed.
    [[nodiscard]] qint64 byteCount() const { return m_bytes; }
    /// Lines in these bytes, an unfinished last one included.
    [[nodiscard]] qint64 lineCount() const { return m_newlines + (endsUnfinished() ? 1 : 0); }
    [[nodiscard]] bool endsUnfinished() const { return m_bytes > 0 && !m_endsWithNewline; }
    /// How many more bytes the present chunk takes, at least 1.
    [[nodiscard]] qint64 roomInChunk() const { return ChunkBytes - m_bytes % ChunkBytes; }

    /// The start of the chunk that has the newline before `line` (1 ≤ line < lineCount()); the file's start for line 0.
    [[nodiscard]] Anchor anchorOfLine(qint64 line) const;
    [[nodiscard]] qint64 chunkCount() const { return static_cast<qint64>(m_before.size()); }
    /// The start of a chunk (0 ≤ chunk < chunkCount()).
    [[nodiscard]] Anchor chunk(qint64 chunk) const
    {
        return {m_before[static_cast<size_t>(chunk)], chunk * ChunkBytes};
    }
    /// Bytes of memory that the index takes.
    [[nodiscard]] qint64 memory() const;

private:
    std::vector<qint64> m_before; // newlines before each chunk that has bytes
    qint64 m_newlines = 0;
    qint64 m_bytes = 0;
    bool m_endsWithNewline = false;
};

/// Extends an index over what a file holds, with two threads where that pays. One thread at a time.
class Indexer {
public:
    /// Takes what the file holds before `end`, at most `maxBytes` of it. Returns how many bytes were taken. Once `stop`
    /// is true it ends within some milliseconds, perhaps with nothing; once `isEnough()` is true likewise, but with
    /// something. Several threads call `isEnough`; what it said once it must go on saying. Error: `read_failed`; what
    /// was taken before it stays.
    [[nodiscard]] Result<qint64> extend(
        LineIndex &index, const LogFile &file, qint64 end, qint64 maxBytes, const std::atomic_bool &stop,
        const std::function<bool()> &isEnough = [] { return false; });

private:
    [[nodiscard]] Result<qint64> extendInParallel(LineIndex &index, const LogFile &file, qint64 end,
        const std::atomic_bool &stop, const std::function<bool()> &isEnough);

    std::vector<BlockReader> m_readers; // one for each thread; all but the first only while they are needed
};

} // namespace society::log
