// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/log/hitlist.h"

#include <algorithm>

namespace society::log {

void HitList::append(qint64 line)
{
    auto distance = static_cast<quint64>(line - m_last);
    while (distance >= 0x80) {
        m_bytes.append(static_cast<char>(distance | 0x80));
        distance >>= 7;
    }
    m_bytes.append(static_cast<char>(distance));
    if (m_count % Stride == 0)
        m_anchors.push_back({line, m_bytes.size()});
    m_last = line;
    ++m_count;
}

void HitList::append(const HitList &other)
{
    qsizetype position = 0;
    qint64 line = -1;
    for (qint64 i = 0; i < other.m_count; ++i) {
        line += other.next(position);
        append(line);
    }
}

void HitList::removeLast()
{
    m_last = m_count > 1 ? at(m_count - 2) : -1;
    --m_count;
    qsizetype start = m_bytes.size() - 1;
    while (start > 0 && (static_cast<unsigned char>(m_bytes[start - 1]) & 0x80))
        --start;
    m_bytes.truncate(start);
    if (m_count % Stride == 0)
        m_anchors.pop_back();
}

void HitList::clear()
{
    *this = HitList();
}

qint64 HitList::next(qsizetype &position) const
{
    quint64 distance = 0;
    for (unsigned shift = 0;; shift += 7) {
        const auto byte = static_cast<unsigned char>(m_bytes[position++]);
        distance |= quint64(byte & 0x7f) << shift;
        if (!(byte & 0x80))
            return static_cast<qint64>(distance);
    }
}

qint64 HitList::at(qint64 index) const
{
    const Anchor &anchor = m_anchors[static_cast<size_t>(index / Stride)];
    qsizetype position = anchor.position;
    qint64 line = anchor.line;
    for (qint64 i = index / Stride * Stride; i < index; ++i)
        line += next(position);
    return line;
}

qint64 HitList::lowerBound(qint64 line) const
{
    if (m_count == 0 || line > m_last)
        return m_count;
    const auto after = std::upper_bound(m_anchors.begin(), m_anchors.end(), line,
        [](qint64 value, const Anchor &anchor) { return value < anchor.line; });
    if (after == m_anchors.begin())
        return 0;
    const Anchor &anchor = *(after - 1);
    qint64 index = (after - 1 - m_anchors.begin()) * Stride;
    qsizetype position = anchor.position;
    for (qint64 found = anchor.line; found < line; ++index)
        found += next(position);
    return index;
}

bool HitList::contains(qint64 line) const
{
    const qint64 index = lowerBound(line);
    return index < m_count && at(index) == line;
}

qint64 HitList::memory() const
{
    return static_cast<qint64>(m_anchors.capacity() * sizeof(Anchor)) + m_bytes.capacity();
}

} // namespace society::log
