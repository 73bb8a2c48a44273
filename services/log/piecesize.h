// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <algorithm>

namespace society::log {

/// How much of a file is gone through before what was found is given out: little at first and on a slow disk, more
/// where that much takes less than the wanted time, because each piece ends with threads that wait for each other. A
/// value; one thread at a time.
class PieceSize {
public:
    PieceSize(qint64 least, qint64 most, qint64 wantedMs)
        : m_least(least)
        , m_most(most)
        , m_wantedNs(wantedMs * 1'000'000)
        , m_bytes(least)
    {
    }

    /// How much is searched before its hits are given out.
    [[nodiscard]] static PieceSize ofASearch() { return {qint64(32) << 20, qint64(256) << 20, 50}; }

    /// Begins a piece and says how many bytes it may have.
    [[nodiscard]] qint64 begin()
    {
        m_timer.start();
        return m_bytes;
    }
    /// The piece is done; not called where it was shorter than it might have been.
    void end()
    {
        const qint64 took = m_timer.nsecsElapsed();
        if (took < m_wantedNs / 2)
            m_bytes = std::min(m_bytes * (took < m_wantedNs / 8 ? 4 : 2), m_most);
        else if (took > m_wantedNs)
            m_bytes = std::max(m_bytes / 2, m_least);
    }

private:
    qint64 m_least;
    qint64 m_most;
    qint64 m_wantedNs;
    qint64 m_bytes;
    QElapsedTimer m_timer;
};

} // namespace society::log
