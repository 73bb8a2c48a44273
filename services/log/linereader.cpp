// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/log/linereader.h"

#include "services/log/bytescan.h"

#include <QByteArray>
#include <algorithm>
#include <cstring>
#include <limits>
#include <optional>

namespace society::log {

namespace {

/// From here on a line's end is looked up in the index instead of read up to.
constexpr qint64 LengthyBytes = LineIndex::ChunkBytes;
/// How much is read at first where a few lines are wanted; then twice as much, up to a block.
constexpr qint64 FewBytes = qint64(32) << 10;

/// Counts lines, and gathers the pieces of one that stands in more than one block.
class LineGatherer {
public:
    LineGatherer(qint64 number, qint64 offset, qint64 maxBytes)
        : m_maxBytes(maxBytes)
    {
        m_line.number = number;
        m_line.offset = offset;
    }

    void add(QByteArrayView piece)
    {
        m_carry.append(piece.first(std::clamp<qint64>(m_maxBytes - m_carry.size(), 0, piece.size())));
        if (m_tail.size() > m_maxBytes)
            m_tail.remove(0, m_tail.size() - m_maxBytes);
        m_tail.append(lastOf(piece));
        m_line.bytes += piece.size();
    }

    /// The line that ends with `piece`. Valid until the next call.
    [[nodiscard]] const RawLine &end(QByteArrayView piece, bool finished)
    {
        if (m_line.bytes > 0) {
            add(piece);
            m_line.data = m_carry;
            m_line.tail = m_line.isCut() ? lastOf(m_tail) : QByteArrayView();
        } else {
            m_line.bytes = piece.size();
            m_line.data = piece.first(std::min<qint64>(m_maxBytes, piece.size()));
            m_line.tail = m_line.isCut() ? lastOf(piece) : QByteArrayView();
        }
        m_line.finished = finished;
        return m_line;
    }

    void next()
    {
        m_line.offset += m_line.bytes + 1;
        m_line.number += 1;
        m_line.bytes = 0;
        m_carry.resize(0);
        m_tail.resize(0);
    }

    [[nodiscard]] const RawLine &line() const { return m_line; }

private:
    [[nodiscard]] QByteArrayView lastOf(QByteArrayView piece) const
    {
        return piece.last(std::min<qint64>(m_maxBytes, piece.size()));
    }

    qint64 m_maxBytes;
    QByteArray m_carry; // the first bytes of a line in several blocks
    QByteArray m_tail;  // its last bytes
    RawLine m_line;
};

using LineSink = std::function<bool(const RawLine &)>;

/// As forEachLine(), reading `firstBytes` at first; gives up at a line of more than `lengthyBytes` and puts its place
/// into `lengthy`.
Result<> splitLines(const LogFile &file, BlockReader &reader, LineIndex::Anchor from, qint64 end, qint64 maxLineBytes,
    qint64 firstBytes, qint64 lengthyBytes, std::optional<RawLine> &lengthy, const LineSink &sink,
    const std::atomic_bool *stop = nullptr)
{
    LineGatherer gatherer(from.line, from.offset, maxLineBytes);
    for (qint64 position = from.offset, bytes = firstBytes; position < end;
         bytes = std::min(2 * bytes, BlockReader::BlockBytes)) {
        SOCIETY_ASSIGN(const QByteArrayView block, reader.at(file, position, std::min(end, position + bytes)));
        if (block.isEmpty())
            break;
        if (stop && *stop)
            return {};
        position += block.size();
        QByteArrayView rest = block;
        while (!rest.isEmpty()) {
            const auto *newline =
                static_cast<const char *>(std::memchr(rest.data(), '\n', static_cast<size_t>(rest.size())));
            if (!newline) {
                gatherer.add(rest);
                break;
            }
            const qsizetype length = newline - rest.data();
            if (!sink(gatherer.end(rest.first(length), true)))
                return {};
            rest = rest.sliced(length + 1);
            gatherer.next();
        }
        if (gatherer.line().bytes > lengthyBytes) {
            lengthy = gatherer.line();
            return {};
        }
    }
    if (gatherer.line().bytes > 0)
        sink(gatherer.end({}, false));
    return {};
}

/// Hands out a line that ends at `end`, reading only its two ends.
Result<bool> giveLengthy(
    const LogFile &file, RawLine line, qint64 end, bool finished, qint64 maxLineBytes, const LineSink &sink)
{
    line.bytes = end - line.offset;
    line.finished = finished;
    QByteArray head(std::min(line.bytes, maxLineBytes), Qt::Uninitialized);
    SOCIETY_ASSIGN(const qint64 got, file.read(line.offset, head.data(), head.size()));
    line.data = QByteArrayView(head).first(got);
    QByteArray tail;
    if (line.isCut()) {
        tail.resize(head.size());
        SOCIETY_ASSIGN(const qint64 gotTail, file.read(end - tail.size(), tail.data(), tail.size()));
        line.tail = QByteArrayView(tail).first(gotTail);
    }
    return sink(line);
}

} // namespace

Result<> forEachLine(const LogFile &file, BlockReader &reader, qint64 offset, qint64 number, qint64 end,
    qint64 maxLineBytes, const LineSink &sink, const std::atomic_bool *stop)
{
    std::optional<RawLine> never;
    return splitLines(file, reader, {number, offset}, end, maxLineBytes, BlockReader::BlockBytes,
        std::numeric_limits<qint64>::max(), never, sink, stop);
}

Result<> forLines(const LogFile &file, BlockReader &reader, const LineIndex &index, qint64 first, qint64 count,
    qint64 maxLineBytes, const LineSink &sink)
{
    const qint64 stop = std::min(first + count, index.lineCount());
    if (first < 0 || stop <= first)
        return {};
    SOCIETY_ASSIGN(qint64 offset, offsetOfLine(file, reader, index, first));
    for (qint64 number = first; number < stop;) {
        std::optional<RawLine> lengthy;
        SOCIETY_TRY(splitLines(file, reader, {number, offset}, index.byteCount(), maxLineBytes, FewBytes, LengthyBytes,
            lengthy, [&](const RawLine &line) { return sink(line) && line.number + 1 < stop; }));
        if (!lengthy)
            return {};
        number = lengthy->number + 1;
        SOCIETY_ASSIGN(offset, offsetOfLine(file, reader, index, number));
        const bool finished = number < index.lineCount() || !index.endsUnfinished();
        SOCIETY_ASSIGN(
            const bool more, giveLengthy(file, *lengthy, offset - (finished ? 1 : 0), finished, maxLineBytes, sink));
        if (!more)
            return {};
    }
    return {};
}

Result<qint64> offsetOfLine(const LogFile &file, BlockReader &reader, const LineIndex &index, qint64 line)
{
    if (line >= index.lineCount())
        return index.byteCount();
    if (line <= 0)
        return 0;
    const LineIndex::Anchor anchor = index.anchorOfLine(line);
    const qint64 end = std::min(anchor.offset + LineIndex::ChunkBytes, index.byteCount());
    qint64 left = line - anchor.line; // newlines up to the line
    for (qint64 position = anchor.offset, bytes = FewBytes; position < end; bytes *= 2) {
        SOCIETY_ASSIGN(const QByteArrayView some, reader.at(file, position, std::min(end, position + bytes)));
        if (some.isEmpty())
            break;
        const char *const newline = byteScan().nth(some.begin(), some.end(), '\n', left);
        if (newline < some.end())
            return position + (newline - some.begin()) + 1;
        left -= byteScan().count(some.begin(), some.end(), '\n');
        position += some.size();
    }
    return index.byteCount(); // the file became shorter
}

Result<LineIndex::Anchor> lineAtOffset(const LogFile &file, BlockReader &reader, const LineIndex &index, qint64 offset)
{
    const LineIndex::Anchor anchor = index.chunk(offset / LineIndex::ChunkBytes);
    SOCIETY_ASSIGN(const QByteArrayView before, reader.at(file, anchor.offset, offset));
    const qint64 line = anchor.line + byteScan().count(before.begin(), before.end(), '\n');
    SOCIETY_ASSIGN(const qint64 start, offsetOfLine(file, reader, index, line));
    return LineIndex::Anchor{line, start};
}

Result<qint64> offsetOfLastLines(const LogFile &file, BlockReader &reader, qint64 end, qint64 count)
{
    if (count <= 0)
        return end;
    // The newline that ends the file's last line does not begin another one.
    qint64 needed = count;
    for (qint64 position = end; position > 0;) {
        const qint64 start = (position - 1) / BlockReader::BlockBytes * BlockReader::BlockBytes;
        SOCIETY_ASSIGN(const QByteArrayView block, reader.at(file, start, position));
        if (block.size() < position - start)
            return 0; // it became shorter meanwhile
        for (qsizetype i = block.size() - 1; i >= 0; --i) {
            if (block[i] == '\n' && start + i + 1 < end && --needed == 0)
                return start + i + 1;
        }
        position = start;
    }
    return 0;
}

} // namespace society::log
