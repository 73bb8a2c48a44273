// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/log/rangesearch.h"

#include "services/log/bytescan.h"
#include "services/log/parallel.h"

#include <algorithm>
#include <cstring>
#include <optional>

namespace society::log {

namespace {
constexpr qint64 BlockBytes = BlockReader::BlockBytes;
constexpr qint64 PageBytes = 4096;
/// Room behind a block for the rest of its last line; a longer line gets memory of its own.
constexpr qint64 RestBytes = 64 << 10;
/// So much of it is read with the block.
constexpr qint64 LineEndBytes = 1024;

/// Where the last line of [begin, end) starts, its newline aside.
const char *lineStart(const char *begin, const char *end)
{
    const char *const last = end > begin && end[-1] == '\n' ? end - 1 : end;
    const void *newline = ::memrchr(begin, '\n', static_cast<size_t>(last - begin));
    return newline ? static_cast<const char *>(newline) + 1 : begin;
}
} // namespace

/// The lines that start in [begin, end).
struct RangeSearch::Block {
    qint64 begin = 0;
    qint64 end = 0;
    qint64 limit = 0;          // where the bytes end that may be looked at
    bool isFirst = false;      // a line starts at `begin`
    qint64 newlines = 0;       // in [begin, end)
    LineBits bits;             // set for hits
    qint64 firstLine = 0;      // which one is the first of `bits`, counted from that of the byte at `begin`
    QByteArray bytes;          // of hits
    qint64 next = -1;          // where the line starts that follows the last one; -1: no line starts here
    bool isUnfinished = false; // the last one has no newline before `limit`; it is at `next` then
    bool lastIsHit = false;
    bool isShort = false; // the file has become shorter
    std::optional<Error> error;
    std::atomic_bool isDone = false;
};

/// Puts what was found together while blocks are still searched, in their order, by whichever thread is just free.
class RangeSearch::Gatherer {
public:
    Gatherer(std::vector<Block> &blocks, RangeHits &found, std::optional<Error> &error)
        : m_blocks(blocks)
        , m_found(found)
        , m_error(error)
        , m_number(found.line)
    {
    }

    /// Nothing follows what was taken.
    [[nodiscard]] bool isComplete() const { return m_next == m_blocks.size(); }

    /// This block is done, and with it perhaps others behind it that waited for it.
    void take(Block &block)
    {
        block.isDone = true;
        while (isNextDone()) {
            if (m_isBusy.exchange(true))
                return; // the other thread is at it, and looks again when it has let go
            while (isNextDone())
                m_next = gather(m_blocks[m_next]) ? m_next + 1 : m_blocks.size();
            m_isBusy = false;
        }
    }

private:
    [[nodiscard]] bool isNextDone() const
    {
        const size_t next = m_next;
        return next < m_blocks.size() && m_blocks[next].isDone;
    }

    /// False where nothing of what follows counts.
    [[nodiscard]] bool gather(Block &block)
    {
        m_error = std::move(block.error);
        if (m_error)
            return false;
        if (block.isShort) {
            m_found.atEnd = true;
            return false;
        }
        m_found.lines.append(m_number + block.firstLine, block.bits);
        m_number += block.newlines;
        m_found.bytes += block.bytes;
        block.bits = {};
        block.bytes = {};
        if (block.next < 0)
            return true;
        m_found.offset = block.next;
        // The last line of a block may end behind it.
        m_found.line = m_number + (block.next > block.end ? 1 : 0);
        if (!block.isUnfinished)
            return true;
        m_found.lastIsUnfinished = block.lastIsHit;
        m_found.atEnd = true;
        return false;
    }

    std::vector<Block> &m_blocks;
    RangeHits &m_found;
    std::optional<Error> &m_error;
    qint64 m_number; // of the line that the next block's first byte belongs to
    std::atomic_bool m_isBusy = false;
    std::atomic<size_t> m_next = 0;
};

/// What a thread needs: a finder, and pages congruent with the file's (see BlockReader).
struct RangeSearch::Thread {
    explicit Thread(std::unique_ptr<LineFinder> own)
        : finder(std::move(own))
        , pages(PageBytes + BlockBytes + RestBytes + PageBytes)
    {
    }

    [[nodiscard]] char *bytesOf(const Block &block) const { return pages.data() + PageBytes + block.begin % PageBytes; }

    std::unique_ptr<LineFinder> finder;
    PageBuffer pages; // the first is for what stands before a block, the last for one that begins within a page
    std::vector<LineHit> hits;
};

RangeSearch::RangeSearch(std::unique_ptr<LineFinder> finder)
    : m_finder(std::move(finder))
{
}

/// Of a block and what follows `have` bytes are in the buffer: reads on until the block's last line ends, as far as
/// there is room. Returns how many bytes of the buffer are whole lines then, or all of them.
Result<qint64> RangeSearch::readRest(Thread &thread, const Block &block, const LogFile &file, qint64 &have)
{
    char *const bytes = thread.bytesOf(block);
    const qint64 length = block.end - block.begin;
    const char *const rest = bytes + length;
    if (const char *const newline = byteScan().nth(rest, bytes + have, '\n', 1); newline < bytes + have)
        return newline + 1 - bytes;
    const qint64 room = length + RestBytes;
    for (qint64 step = PageBytes; have < room && block.begin + have < block.limit; step *= 2) {
        const qint64 wanted = std::min({step, room - have, block.limit - block.begin - have});
        SOCIETY_ASSIGN(const qint64 got, file.read(block.begin + have, bytes + have, wanted));
        if (got == 0)
            break;
        const char *const newline = byteScan().nth(bytes + have, bytes + have + got, '\n', 1);
        have += got;
        if (newline < bytes + have)
            return newline + 1 - bytes;
    }
    return have;
}

Result<> RangeSearch::searchBlock(
    Thread &thread, Block &block, const LogFile &file, bool withBytes, const std::atomic_bool &stop)
{
    char *const bytes = thread.bytesOf(block);
    const qint64 length = block.end - block.begin;
    // The byte before tells whether a line starts at the block's first one, and in those behind the last line ends.
    const qint64 before = block.isFirst ? 0 : 1;
    const qint64 wanted = before + length + std::min(LineEndBytes, block.limit - block.end);
    SOCIETY_ASSIGN(qint64 have, file.read(block.begin - before, bytes - before, wanted));
    have -= before;
    block.isShort = have < length;
    if (block.isShort)
        return {};
    const char *first = bytes;
    if (before > 0 && bytes[-1] != '\n')
        first = byteScan().nth(bytes, bytes + length, '\n', 1) + 1;
    if (first >= bytes + length) {
        block.newlines = bytes[length - 1] == '\n' ? 1 : 0;
        return {};
    }
    qint64 whole = length;
    if (bytes[length - 1] != '\n') {
        SOCIETY_ASSIGN(whole, readRest(thread, block, file, have));
    }
    const bool isFinished = bytes[whole - 1] == '\n';
    block.newlines = first > bytes ? 1 : 0;
    if (isFinished || block.begin + have >= block.limit) {
        block.isUnfinished = !isFinished;
        SOCIETY_TRY(searchText(thread, block, QByteArrayView(first, bytes + whole), withBytes, stop));
        block.newlines -= isFinished && whole > length ? 1 : 0; // it stands behind the block
    } else {
        // A line that goes on for longer than there is room.
        const auto *newline =
            static_cast<const char *>(::memrchr(first, '\n', static_cast<size_t>(bytes + have - first)));
        const char *const start = newline ? newline + 1 : first;
        SOCIETY_TRY(searchText(thread, block, QByteArrayView(first, start), withBytes, stop));
        return searchLongLine(thread, block, file, QByteArrayView(start, bytes + have), withBytes, stop);
    }
    block.next = block.begin + whole;
    if (block.isUnfinished)
        block.next -= bytes + whole - lineStart(first, bytes + whole);
    return {};
}

/// Finds lines in `text`, which stands in the thread's buffer, and adds its newlines to the block's.
Result<> RangeSearch::searchText(
    Thread &thread, Block &block, QByteArrayView text, bool withBytes, const std::atomic_bool &stop)
{
    block.firstLine = block.newlines;
    if (!withBytes) {
        SOCIETY_ASSIGN(const qint64 newlines, thread.finder->mark(text, block.bits, stop));
        block.newlines += newlines;
        block.lastIsHit = hasLine(block.bits, newlines - (text.endsWith('\n') ? 1 : 0));
        return {};
    }
    thread.hits.clear();
    SOCIETY_ASSIGN(const qint64 newlines, thread.finder->find(text, thread.hits, stop));
    block.newlines += newlines;
    for (const LineHit &hit : thread.hits) {
        setLine(block.bits, hit.line);
        const char *const at = text.begin() + hit.at;
        const void *const newline = ::memrchr(text.begin(), '\n', hit.at);
        const char *const start = newline ? static_cast<const char *>(newline) + 1 : text.begin();
        const char *const end = byteScan().nth(at, text.end(), '\n', 1);
        block.bytes.append(start, std::min(end + 1, text.end()) - start);
    }
    block.lastIsHit =
        !thread.hits.empty() && text.begin() + thread.hits.back().at >= lineStart(text.begin(), text.end());
    return {};
}

Result<> RangeSearch::searchLongLine(Thread &thread, Block &block, const LogFile &file, QByteArrayView begun,
    bool withBytes, const std::atomic_bool &stop)
{
    const qint64 offset = block.begin + (begun.begin() - thread.bytesOf(block));
    const qint64 number = block.newlines - block.firstLine; // it is the block's last line
    QByteArray line = begun.toByteArray();
    qint64 end = offset + line.size();
    QByteArray piece(BlockBytes, Qt::Uninitialized);
    bool isFinished = false;
    while (!isFinished && end < block.limit && !stop) {
        const qint64 wanted = std::min(BlockBytes - end % BlockBytes, block.limit - end);
        SOCIETY_ASSIGN(const qint64 got, file.read(end, piece.data(), wanted));
        if (got == 0)
            break;
        const qint64 length = byteScan().nth(piece.cbegin(), piece.cbegin() + got, '\n', 1) - piece.cbegin();
        isFinished = length < got;
        line.append(piece.constData(), std::min(length, LineBytes - line.size()));
        end += length;
    }
    block.isUnfinished = !isFinished;
    block.next = isFinished ? end + 1 : offset;
    thread.hits.clear();
    SOCIETY_TRY(thread.finder->find(line, thread.hits, stop));
    block.lastIsHit = !thread.hits.empty();
    if (block.lastIsHit)
        setLine(block.bits, number);
    if (block.lastIsHit && withBytes)
        block.bytes.append(line).append(isFinished ? "\n" : "");
    return {};
}

Result<RangeHits> RangeSearch::search(const LogFile &file, qint64 offset, qint64 line, qint64 end, qint64 maxBytes,
    bool withBytes, const std::atomic_bool &stop, QDeadlineTimer deadline)
{
    const qint64 stopAt = end - offset > maxBytes ? (offset + maxBytes) / BlockBytes * BlockBytes : end;
    std::vector<Block> blocks(
        static_cast<size_t>(stopAt > offset ? (stopAt + BlockBytes - 1) / BlockBytes - offset / BlockBytes : 0));
    for (qint64 begin = offset; Block & block : blocks) {
        block.begin = begin;
        block.end = std::min((begin / BlockBytes + 1) * BlockBytes, stopAt);
        block.limit = end;
        block.isFirst = begin == offset;
        begin = block.end;
    }
    while (m_threads.size() < std::clamp<size_t>(blocks.size(), 1, ParallelThreads))
        m_threads.push_back(std::make_shared<Thread>(m_finder->clone()));
    RangeHits found;
    found.offset = offset;
    found.line = line;
    found.atEnd = stopAt == end;
    std::optional<Error> error;
    Gatherer gatherer(blocks, found, error);
    inParallel(static_cast<qint64>(blocks.size()), [&](size_t thread, qint64 index) {
        Block &block = blocks[static_cast<size_t>(index)];
        if (stop || (index > 0 && deadline.hasExpired()))
            return;
        if (Result<> done = searchBlock(*m_threads[thread], block, file, withBytes, stop); !done)
            block.error = std::move(done).error();
        if (!stop)
            gatherer.take(block);
    });
    if (error && !stop)
        return fail(std::move(*error));
    found.atEnd = found.atEnd && gatherer.isComplete();
    if (found.atEnd)
        m_threads.resize(1);
    return found;
}

} // namespace society::log
