// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/log/lineindex.h"

#include <algorithm>
#include <cstring>

namespace society::log {

void LineIndex::append(QByteArrayView bytes)
{
    const char *const begin = bytes.data();
    const char *const end = begin + bytes.size();
    const char *at = begin;
    while (at < end) {
        const auto *newline = static_cast<const char *>(std::memchr(at, '\n', static_cast<size_t>(end - at)));
        if (!newline)
            break;
        at = newline + 1;
        ++m_newlines;
        m_lastStart = m_bytes + (at - begin);
        if (m_newlines % Stride == 0)
            m_anchors.push_back(m_lastStart);
    }
    m_bytes += bytes.size();
}

void LineIndex::clear()
{
    *this = LineIndex();
}

LineIndex::Anchor LineIndex::anchorOfLine(qint64 line) const
{
    const qint64 index = std::min(line / Stride, static_cast<qint64>(m_anchors.size()));
    if (index <= 0)
        return {};
    return {index * Stride, m_anchors[static_cast<size_t>(index - 1)]};
}

qint64 LineIndex::memory() const
{
    return static_cast<qint64>(m_anchors.capacity() * sizeof(qint64) + sizeof(*this));
}

Result<qint64> extendIndex(LineIndex &index, const LogFile &file, BlockReader &reader, qint64 end, qint64 maxBytes)
{
    const qint64 start = index.byteCount();
    const qint64 stop = std::min(end, start + maxBytes);
    while (index.byteCount() < stop) {
        SOCIETY_ASSIGN(const QByteArrayView block, reader.at(file, index.byteCount(), stop));
        if (block.isEmpty())
            break;
        index.append(block);
    }
    return index.byteCount() - start;
}

} // namespace society::log
