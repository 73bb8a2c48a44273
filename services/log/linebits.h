// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>
#include <vector>

namespace society::log {

/// One bit for each line, the lowest of a word first; what is missing at the end is 0.
using LineBits = std::vector<quint64>;

/// Makes room where there is none.
inline void setLine(LineBits &bits, qint64 line, bool isSet = true)
{
    const auto word = static_cast<size_t>(line / 64);
    if (word >= bits.size())
        bits.resize(word + 1);
    const quint64 bit = quint64(1) << line % 64;
    bits[word] = isSet ? bits[word] | bit : bits[word] & ~bit;
}

[[nodiscard]] inline bool hasLine(const LineBits &bits, qint64 line)
{
    const auto word = static_cast<size_t>(line / 64);
    return word < bits.size() && (bits[word] >> line % 64 & 1) != 0;
}

} // namespace society::log
