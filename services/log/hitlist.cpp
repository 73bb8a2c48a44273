// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/log/hitlist.h"

#include <algorithm>

namespace society::log {

namespace {
constexpr qint64 StretchLines = 8192;
constexpr int BitsBytes = StretchLines / 8;
} // namespace

void HitList::append(qint64 line)
{
    open(line / StretchLines);
    m_open.push_back(static_cast<quint16>(line % StretchLines));
}

void HitList::append(qint64 base, std::span<const quint32> lines)
{
    while (!lines.empty()) {
        const qint64 number = (base + lines.front()) / StretchLines;
        const qint64 first = number * StretchLines - base;
        const auto end = std::lower_bound(
            lines.begin(), lines.end(), first + StretchLines, [](quint32 line, qint64 stop) { return line < stop; });
        open(number);
        const size_t before = m_open.size();
        m_open.resize(before + static_cast<size_t>(end - lines.begin()));
        std::transform(lines.begin(), end, m_open.begin() + static_cast<std::ptrdiff_t>(before),
            [first](quint32 line) { return static_cast<quint16>(line - first); });
        lines = lines.subspan(static_cast<size_t>(end - lines.begin()));
    }
}

void HitList::open(qint64 number)
{
    if (number != m_openNumber) {
        close();
        m_openNumber = number;
    }
    if (m_open.empty() && !m_stretches.empty() && m_stretches.back().number == number)
        reopen(); // hits were taken back
}

void HitList::append(HitList other)
{
    for (Stretch &stretch : other.m_stretches) {
        const bool isShared =
            stretch.number == m_openNumber || (!m_stretches.empty() && m_stretches.back().number == stretch.number);
        if (isShared) {
            for (const quint16 line : linesOf(stretch))
                append(stretch.number * StretchLines + line);
            continue;
        }
        close();
        m_openNumber = -1;
        m_stretches.push_back(std::move(stretch));
        m_stretches.back().firstIndex = m_closed;
        m_closed += m_stretches.back().count;
    }
    for (const quint16 line : other.m_open)
        append(other.m_openNumber * StretchLines + line);
}

void HitList::removeLast()
{
    if (m_open.empty())
        reopen();
    m_open.pop_back();
}

void HitList::clear()
{
    *this = HitList();
}

void HitList::close()
{
    if (m_open.empty())
        return;
    Stretch stretch;
    stretch.number = m_openNumber;
    stretch.firstIndex = m_closed;
    stretch.count = static_cast<int>(m_open.size());
    stretch.isBits = stretch.count > BitsBytes;
    if (stretch.isBits) {
        stretch.bytes.resize(BitsBytes);
        unsigned char *const bits = stretch.bytes.data();
        for (const unsigned line : m_open)
            bits[line / 8] = static_cast<unsigned char>(bits[line / 8] | 1U << line % 8);
    } else {
        std::vector<unsigned char> distances;
        distances.reserve(2 * m_open.size());
        int last = 0;
        for (const quint16 line : m_open) {
            const int distance = line - last; // below 2^13: one byte or two
            if (distance >= 0x80)
                distances.push_back(static_cast<unsigned char>(0x80 | distance >> 8));
            distances.push_back(static_cast<unsigned char>(distance));
            last = line;
        }
        stretch.bytes.assign(distances.begin(), distances.end()); // no spare room
    }
    m_closed += stretch.count;
    m_stretches.push_back(std::move(stretch));
    m_open.clear();
}

void HitList::reopen()
{
    m_open = linesOf(m_stretches.back());
    m_openNumber = m_stretches.back().number;
    m_closed -= m_stretches.back().count;
    m_stretches.pop_back();
}

std::vector<quint16> HitList::linesOf(const Stretch &stretch)
{
    std::vector<quint16> lines;
    lines.reserve(static_cast<size_t>(stretch.count));
    if (stretch.isBits) {
        for (int byte = 0; byte < BitsBytes; ++byte) {
            for (unsigned rest = stretch.bytes[static_cast<size_t>(byte)]; rest != 0; rest &= rest - 1)
                lines.push_back(static_cast<quint16>(byte * 8 + __builtin_ctz(rest)));
        }
        return lines;
    }
    int line = 0;
    for (size_t i = 0; i < stretch.bytes.size(); ++i) {
        int distance = stretch.bytes[i];
        if (distance & 0x80)
            distance = (distance & 0x7f) << 8 | stretch.bytes[++i];
        line += distance;
        lines.push_back(static_cast<quint16>(line));
    }
    return lines;
}

qint64 HitList::at(qint64 index) const
{
    if (index >= m_closed)
        return m_openNumber * StretchLines + m_open[static_cast<size_t>(index - m_closed)];
    const auto after = std::upper_bound(m_stretches.begin(), m_stretches.end(), index,
        [](qint64 value, const Stretch &stretch) { return value < stretch.firstIndex; });
    const Stretch &stretch = *(after - 1);
    auto left = static_cast<int>(index - stretch.firstIndex);
    if (!stretch.isBits)
        return stretch.number * StretchLines + linesOf(stretch)[static_cast<size_t>(left)];
    size_t byte = 0;
    for (; left >= __builtin_popcount(stretch.bytes[byte]); ++byte)
        left -= __builtin_popcount(stretch.bytes[byte]);
    unsigned rest = stretch.bytes[byte];
    for (; left > 0; --left)
        rest &= rest - 1;
    return stretch.number * StretchLines + static_cast<qint64>(byte) * 8 + __builtin_ctz(rest);
}

qint64 HitList::lowerBound(qint64 line) const
{
    const qint64 number = line / StretchLines;
    const auto within = [line](const std::vector<quint16> &lines) {
        return std::lower_bound(lines.begin(), lines.end(), line % StretchLines) - lines.begin();
    };
    const auto found = std::lower_bound(m_stretches.begin(), m_stretches.end(), number,
        [](const Stretch &stretch, qint64 value) { return stretch.number < value; });
    if (found != m_stretches.end() && found->number == number && found->isBits) {
        const auto last = static_cast<size_t>(line % StretchLines);
        int before = 0;
        for (size_t byte = 0; byte < last / 8; ++byte)
            before += __builtin_popcount(found->bytes[byte]);
        return found->firstIndex + before + __builtin_popcount(found->bytes[last / 8] & ((1U << last % 8) - 1));
    }
    if (found != m_stretches.end())
        return found->firstIndex + (found->number == number ? within(linesOf(*found)) : 0);
    if (m_open.empty() || number > m_openNumber)
        return count();
    return m_closed + (number == m_openNumber ? within(m_open) : 0);
}

bool HitList::contains(qint64 line) const
{
    const qint64 index = lowerBound(line);
    return index < count() && at(index) == line;
}

std::vector<qint64> HitList::lines(qint64 index, qint64 count) const
{
    const qint64 end = std::min(index + count, this->count());
    std::vector<qint64> found;
    found.reserve(static_cast<size_t>(std::max<qint64>(0, end - index)));
    const auto after = std::upper_bound(m_stretches.begin(), m_stretches.end(), index,
        [](qint64 value, const Stretch &stretch) { return value < stretch.firstIndex; });
    for (auto stretch = after == m_stretches.begin() ? after : after - 1; stretch != m_stretches.end() && index < end;
         ++stretch) {
        const std::vector<quint16> own = linesOf(*stretch); // unpacked once for all of its lines
        for (; index < std::min(end, stretch->firstIndex + stretch->count); ++index)
            found.push_back(stretch->number * StretchLines + own[static_cast<size_t>(index - stretch->firstIndex)]);
    }
    for (; index < end; ++index)
        found.push_back(m_openNumber * StretchLines + m_open[static_cast<size_t>(index - m_closed)]);
    return found;
}

qint64 HitList::memory() const
{
    size_t bytes = sizeof(*this) + m_stretches.capacity() * sizeof(Stretch) + m_open.capacity() * sizeof(quint16);
    for (const Stretch &stretch : m_stretches)
        bytes += stretch.bytes.capacity();
    return static_cast<qint64>(bytes);
}

} // namespace society::log
