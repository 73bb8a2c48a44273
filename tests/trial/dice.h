// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <cstdint>

namespace society::trial {

/// Random numbers that are the same for the same seed everywhere, which std's distributions are not. SplitMix64.
class Dice {
public:
    explicit Dice(std::uint64_t seed)
        : m_state(seed)
    {
    }

    std::uint64_t next()
    {
        std::uint64_t z = (m_state += 0x9e3779b97f4a7c15U);
        z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
        z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
        return z ^ (z >> 31U);
    }

    /// From `low` to `high`, both included.
    int between(int low, int high)
    {
        return low + static_cast<int>(next() % static_cast<std::uint64_t>(high - low + 1));
    }

    /// True in `percent` of 100 cases.
    bool chance(int percent) { return between(1, 100) <= percent; }

    template <typename T>
    T oneOf(const QList<T> &values)
    {
        return values.at(between(0, static_cast<int>(values.size()) - 1));
    }

private:
    std::uint64_t m_state;
};

} // namespace society::trial
