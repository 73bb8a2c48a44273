// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/log/lineindex.h"

#include "services/log/bytescan.h"
#include "services/log/parallel.h"

#include <algorithm>
#include <array>
#include <optional>

namespace society::log {

namespace {

constexpr qint64 BlockBytes = BlockReader::BlockBytes;
constexpr qint64 ChunksInBlock = BlockBytes / LineIndex::ChunkBytes;
static_assert(BlockBytes % LineIndex::ChunkBytes == 0);
/// Below it, starting a thread costs more than it gains.
constexpr qint64 ParallelBytes = 4 * BlockBytes;

/// Room is made for so many chunks more at most: 2 MiB.
constexpr size_t MostSpare = size_t(1) << 18;

/// What one block holds.
struct BlockCount {
    std::array<qint64, ChunksInBlock> newlines = {};
    std::array<bool, ChunksInBlock> endsWithNewline = {};
    qint64 bytes = 0;
    std::optional<Error> error;
};

BlockCount countBlock(const LogFile &file, BlockReader &reader, qint64 offset, qint64 end)
{
    BlockCount count;
    const Result<QByteArrayView> block = reader.at(file, offset, end);
    if (!block) {
        count.error = block.error();
        return count;
    }
    count.bytes = block->size();
    for (qint64 chunk = 0; chunk * LineIndex::ChunkBytes < block->size(); ++chunk) {
        const char *const begin = block->data() + chunk * LineIndex::ChunkBytes;
        const char *const stop = std::min(begin + LineIndex::ChunkBytes, block->data() + block->size());
        count.newlines[static_cast<size_t>(chunk)] = byteScan().count(begin, stop, '\n');
        count.endsWithNewline[static_cast<size_t>(chunk)] = stop[-1] == '\n';
    }
    return count;
}

} // namespace

void LineIndex::append(QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const QByteArrayView piece = bytes.first(std::min<qint64>(bytes.size(), roomInChunk()));
        append(piece.size(), byteScan().count(piece.begin(), piece.end(), '\n'), piece.back() == '\n');
        bytes = bytes.sliced(piece.size());
    }
}

void LineIndex::append(qint64 bytes, qint64 newlines, bool endsWithNewline)
{
    if (m_bytes % ChunkBytes == 0)
        m_before.push_back(m_newlines);
    m_newlines += newlines;
    m_bytes += bytes;
    m_endsWithNewline = endsWithNewline;
}

void LineIndex::reserve(qint64 bytes)
{
    // Growing by doubling would hold twice as much as is needed, and the old half beside it meanwhile.
    const size_t chunks = std::min(
        static_cast<size_t>(bytes / ChunkBytes + (bytes % ChunkBytes > 0 ? 1 : 0)), m_before.size() + MostSpare);
    if (chunks > 2 * m_before.capacity())
        m_before.reserve(chunks);
}

void LineIndex::clear()
{
    *this = LineIndex();
}

LineIndex::Anchor LineIndex::anchorOfLine(qint64 line) const
{
    const auto after = std::lower_bound(m_before.begin(), m_before.end(), line);
    return after == m_before.begin() ? Anchor() : chunk(after - m_before.begin() - 1);
}

qint64 LineIndex::memory() const
{
    return static_cast<qint64>(m_before.capacity()) * qint64(sizeof(qint64)) + qint64(sizeof(*this));
}

Result<qint64> Indexer::extend(LineIndex &index, const LogFile &file, qint64 end, qint64 maxBytes,
    const std::atomic_bool &stop, const std::function<bool()> &isEnough)
{
    const qint64 start = index.byteCount();
    const qint64 limit = std::min(end, start + maxBytes);
    index.reserve(end);
    if (m_readers.empty())
        m_readers.resize(1);
    // The rest of a block that was begun, and what is too little for two.
    while (!stop && index.byteCount() < limit &&
           (index.byteCount() % BlockBytes != 0 || limit - index.byteCount() < ParallelBytes)) {
        SOCIETY_ASSIGN(const QByteArrayView block, m_readers[0].at(file, index.byteCount(), limit));
        if (block.isEmpty())
            return index.byteCount() - start;
        index.append(block);
        if (isEnough())
            return index.byteCount() - start;
    }
    if (!stop && index.byteCount() < limit) {
        SOCIETY_TRY(extendInParallel(index, file, limit, stop, isEnough));
    }
    if (index.byteCount() == end)
        m_readers.resize(1);
    return index.byteCount() - start;
}

Result<qint64> Indexer::extendInParallel(LineIndex &index, const LogFile &file, qint64 end,
    const std::atomic_bool &stop, const std::function<bool()> &isEnough)
{
    const qint64 start = index.byteCount();
    m_readers.resize(ParallelThreads);
    std::vector<BlockCount> counts(static_cast<size_t>((end - start + BlockBytes - 1) / BlockBytes));
    inParallel(static_cast<qint64>(counts.size()), [&](size_t thread, qint64 block) {
        if (!stop && (block == 0 || !isEnough()))
            counts[static_cast<size_t>(block)] = countBlock(file, m_readers[thread], start + block * BlockBytes, end);
    });
    for (const BlockCount &count : counts) {
        if (count.error)
            return fail(*count.error);
        for (qint64 done = 0, chunk = 0; done < count.bytes; done += LineIndex::ChunkBytes, ++chunk) {
            const auto at = static_cast<size_t>(chunk);
            index.append(
                std::min(count.bytes - done, LineIndex::ChunkBytes), count.newlines[at], count.endsWithNewline[at]);
        }
        if (count.bytes < BlockBytes)
            break; // the end, or it was stopped or late, or the file became shorter meanwhile
    }
    return index.byteCount() - start;
}

} // namespace society::log
