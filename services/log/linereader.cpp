// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/log/linereader.h"

#include <QByteArray>
#include <algorithm>
#include <cstring>

namespace society::log {

namespace {

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
        m_carry.append(kept(piece, m_maxBytes - m_carry.size()));
        m_line.bytes += piece.size();
    }

    /// The line that ends with `piece`. Valid until the next call.
    [[nodiscard]] const RawLine &end(QByteArrayView piece, bool finished)
    {
        if (m_line.bytes > 0) {
            add(piece);
            m_line.data = m_carry;
        } else {
            m_line.data = kept(piece, m_maxBytes);
            m_line.bytes = piece.size();
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
    }

    [[nodiscard]] bool isEmpty() const { return m_line.bytes == 0; }

private:
    static QByteArrayView kept(QByteArrayView piece, qint64 room)
    {
        return piece.first(std::clamp<qint64>(room, 0, piece.size()));
    }

    qint64 m_maxBytes;
    QByteArray m_carry;
    RawLine m_line;
};

} // namespace

Result<> forEachLine(const LogFile &file, BlockReader &reader, qint64 offset, qint64 number, qint64 end,
    qint64 maxLineBytes, const std::function<bool(const RawLine &)> &sink)
{
    LineGatherer gatherer(number, offset, maxLineBytes);
    for (qint64 position = offset; position < end;) {
        SOCIETY_ASSIGN(const QByteArrayView block, reader.at(file, position, end));
        if (block.isEmpty())
            break;
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
    }
    if (!gatherer.isEmpty())
        sink(gatherer.end({}, false));
    return {};
}

Result<> forLines(const LogFile &file, BlockReader &reader, const LineIndex &index, qint64 first, qint64 count,
    qint64 maxLineBytes, const std::function<bool(const RawLine &)> &sink)
{
    const qint64 last = std::min(first + count, index.lineCount()) - 1;
    if (first < 0 || last < first)
        return {};
    SOCIETY_ASSIGN(const qint64 start, offsetOfLine(file, reader, index, first));
    return forEachLine(file, reader, start, first, index.byteCount(), maxLineBytes,
        [&](const RawLine &line) { return sink(line) && line.number < last; });
}

Result<qint64> offsetOfLine(const LogFile &file, BlockReader &reader, const LineIndex &index, qint64 line)
{
    if (line >= index.lineCount())
        return index.byteCount();
    const LineIndex::Anchor anchor = index.anchorOfLine(line);
    if (anchor.line == line)
        return anchor.offset;
    qint64 found = index.byteCount();
    SOCIETY_TRY(forEachLine(file, reader, anchor.offset, anchor.line, index.byteCount(), 0, [&](const RawLine &raw) {
        found = raw.offset;
        return raw.number < line;
    }));
    return found;
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
