// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/log/hitlist.h"

#include <QtEndian>
#include <algorithm>
#include <bit>

namespace society::log {

namespace {

constexpr int WordLines = 64;

/// How many bits are set below bit `end`.
qint64 countBelow(std::span<const quint64> bits, qint64 end)
{
    const auto words = static_cast<size_t>(end / WordLines);
    qint64 count = 0;
    for (size_t i = 0; i < std::min(words, bits.size()); ++i)
        count += std::popcount(bits[i]);
    return count + (words < bits.size() ? std::popcount(bits[words] & ((quint64(1) << end % WordLines) - 1)) : 0);
}

/// The place of the bit before which `before` others are set.
qint64 placeOf(std::span<const quint64> bits, qint64 before)
{
    size_t word = 0;
    for (; before >= std::popcount(bits[word]); ++word)
        before -= std::popcount(bits[word]);
    quint64 rest = bits[word];
    for (; before > 0; --before)
        rest &= rest - 1;
    return static_cast<qint64>(word) * WordLines + std::countr_zero(rest);
}

template <class Take>
void forEach(std::span<const quint64> bits, Take take)
{
    for (size_t word = 0; word < bits.size(); ++word) {
        for (quint64 rest = bits[word]; rest != 0; rest &= rest - 1)
            take(static_cast<qint64>(word) * WordLines + std::countr_zero(rest));
    }
}

} // namespace

void HitList::append(qint64 line)
{
    add(line / WordLines, quint64(1) << line % WordLines);
}

void HitList::append(qint64 base, std::span<const quint64> bits)
{
    const auto shift = static_cast<int>(base % WordLines);
    qint64 word = base / WordLines;
    quint64 left = 0; // of the word before
    for (const quint64 here : bits) {
        add(word++, here << shift | left);
        left = shift > 0 ? here >> (WordLines - shift) : 0;
    }
    add(word, left);
}

void HitList::add(qint64 word, quint64 bits)
{
    constexpr qint64 StretchWords = StretchLines / WordLines;
    if (bits == 0)
        return;
    open(word / StretchWords);
    const auto at = static_cast<size_t>(word % StretchWords);
    if (at >= m_open.size())
        m_open.resize(at + 1);
    m_open[at] |= bits;
    m_openCount += std::popcount(bits);
}

void HitList::open(qint64 number)
{
    if (number != m_openNumber) {
        close();
        m_openNumber = number;
    }
    if (m_openCount == 0 && !m_stretches.empty() && m_stretches.back().number == number)
        reopen(); // hits were taken back
}

void HitList::append(HitList other)
{
    for (Stretch &stretch : other.m_stretches) {
        const bool isShared =
            stretch.number == m_openNumber || (!m_stretches.empty() && m_stretches.back().number == stretch.number);
        if (isShared) {
            append(stretch.number * StretchLines, bitsOf(stretch));
            continue;
        }
        close();
        m_openNumber = -1;
        m_stretches.push_back(std::move(stretch));
        m_stretches.back().firstIndex = m_closed;
        m_closed += m_stretches.back().count;
    }
    if (other.m_openCount > 0)
        append(other.m_openNumber * StretchLines, other.m_open);
}

void HitList::removeLast()
{
    if (m_openCount == 0)
        reopen();
    while (m_open.back() == 0)
        m_open.pop_back();
    m_open.back() &= ~std::bit_floor(m_open.back());
    --m_openCount;
}

void HitList::clear()
{
    *this = HitList();
}

void HitList::close()
{
    constexpr qint64 BitsBytes = StretchLines / 8;
    if (m_openCount > 0) {
        Stretch stretch;
        stretch.number = m_openNumber;
        stretch.firstIndex = m_closed;
        stretch.count = static_cast<int>(m_openCount);
        stretch.isBits = m_openCount > BitsBytes;
        if (stretch.isBits) {
            m_open.resize(std::tuple_size_v<Bits>);
            stretch.bytes.resize(BitsBytes);
            qToLittleEndian<quint64>(m_open.data(), std::tuple_size_v<Bits>, stretch.bytes.data());
        } else {
            std::vector<unsigned char> distances;
            distances.reserve(2 * static_cast<size_t>(m_openCount));
            qint64 last = 0;
            forEach(m_open, [&](qint64 line) {
                const qint64 distance = line - last; // below 2^13: one byte or two
                if (distance >= 0x80)
                    distances.push_back(static_cast<unsigned char>(0x80 | distance >> 8));
                distances.push_back(static_cast<unsigned char>(distance));
                last = line;
            });
            stretch.bytes.assign(distances.begin(), distances.end()); // no spare room
        }
        m_closed += stretch.count;
        m_stretches.push_back(std::move(stretch));
    }
    m_open.clear();
    m_openCount = 0;
}

void HitList::reopen()
{
    const Bits bits = bitsOf(m_stretches.back());
    m_open.assign(bits.begin(), bits.end());
    m_openNumber = m_stretches.back().number;
    m_openCount = m_stretches.back().count;
    m_closed -= m_openCount;
    m_stretches.pop_back();
}

HitList::Bits HitList::bitsOf(const Stretch &stretch)
{
    Bits bits = {};
    if (stretch.isBits) {
        qFromLittleEndian<quint64>(stretch.bytes.data(), bits.size(), bits.data());
        return bits;
    }
    unsigned line = 0;
    for (size_t i = 0; i < stretch.bytes.size(); ++i) {
        unsigned distance = stretch.bytes[i];
        if (distance & 0x80)
            distance = (distance & 0x7f) << 8 | stretch.bytes[++i];
        line += distance;
        bits[line / WordLines] |= quint64(1) << line % WordLines;
    }
    return bits;
}

qint64 HitList::at(qint64 index) const
{
    if (index >= m_closed)
        return m_openNumber * StretchLines + placeOf(m_open, index - m_closed);
    const auto after = std::upper_bound(m_stretches.begin(), m_stretches.end(), index,
        [](qint64 value, const Stretch &stretch) { return value < stretch.firstIndex; });
    const Stretch &stretch = *(after - 1);
    return stretch.number * StretchLines + placeOf(bitsOf(stretch), index - stretch.firstIndex);
}

qint64 HitList::lowerBound(qint64 line) const
{
    const qint64 number = line / StretchLines;
    const auto found = std::lower_bound(m_stretches.begin(), m_stretches.end(), number,
        [](const Stretch &stretch, qint64 value) { return stretch.number < value; });
    if (found != m_stretches.end()) {
        return found->firstIndex + (found->number == number ? countBelow(bitsOf(*found), line % StretchLines) : 0);
    }
    if (m_openCount == 0 || number > m_openNumber)
        return count();
    return m_closed + (number == m_openNumber ? countBelow(m_open, line % StretchLines) : 0);
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
    // Of each stretch all of its lines are gone through, what is before the first wanted one is left out.
    const auto take = [&](std::span<const quint64> bits, qint64 number, qint64 firstIndex) {
        qint64 here = firstIndex;
        forEach(bits, [&](qint64 line) {
            if (here++ == index && index < end) {
                found.push_back(number * StretchLines + line);
                ++index;
            }
        });
    };
    const auto after = std::upper_bound(m_stretches.begin(), m_stretches.end(), index,
        [](qint64 value, const Stretch &stretch) { return value < stretch.firstIndex; });
    for (auto stretch = after == m_stretches.begin() ? after : after - 1; stretch != m_stretches.end() && index < end;
         ++stretch)
        take(bitsOf(*stretch), stretch->number, stretch->firstIndex);
    if (index < end)
        take(m_open, m_openNumber, m_closed);
    return found;
}

qint64 HitList::memory() const
{
    size_t bytes = sizeof(*this) + m_stretches.capacity() * sizeof(Stretch) + m_open.capacity() * sizeof(quint64);
    for (const Stretch &stretch : m_stretches)
        bytes += stretch.bytes.capacity();
    return static_cast<qint64>(bytes);
}

} // namespace society::log
