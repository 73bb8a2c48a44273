// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>
#include <algorithm>
#include <chrono>

namespace society::log {

/// How many places of a text an expression is tried at before it is looked whether to stop: so many that this happens
/// every few milliseconds, whatever a place costs. One thread.
class PlacePace {
public:
    /// To be called before the first place of a text: the last one may have been of another kind.
    void begin()
    {
        m_places = std::min(m_places, First);
        m_begun = m_last = Clock::now();
    }
    [[nodiscard]] qsizetype places() const { return m_places; }
    /// Something else was done since the last ones: that says nothing of places.
    void resume() { m_last = Clock::now(); }
    /// So many were tried.
    void took()
    {
        const auto now = Clock::now();
        const auto needed = now - m_last;
        m_last = now;
        if (needed < Quick)
            m_places = std::min(2 * m_places, Most);
        else if (needed > Slow)
            m_places = std::max<qsizetype>(1, m_places / 8);
    }
    /// By the clock on the wall, which is cheap to read; what a thread has used is at most that.
    [[nodiscard]] qint64 elapsedNs() const
    {
        return std::chrono::duration_cast<std::chrono::nanoseconds>(m_last - m_begun).count();
    }

private:
    using Clock = std::chrono::steady_clock;
    static constexpr qsizetype First = 32; // of a text; of the very first one fewer
    static constexpr qsizetype Most = 1 << 20;
    static constexpr auto Quick = std::chrono::milliseconds(1);
    static constexpr auto Slow = std::chrono::milliseconds(4);

    qsizetype m_places = 2;
    Clock::time_point m_begun;
    Clock::time_point m_last;
};

} // namespace society::log
