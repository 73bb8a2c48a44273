// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <algorithm>

namespace society::log {

/// How much of a file is searched before its hits are given out: little at first and on a slow disk, more where that
/// much takes less than the wanted time, because each piece ends with threads that wait for each other. A value; one
/// thread at a time.
class PieceSize {
public:
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
        if (took < WantedNs / 2)
            m_bytes = std::min(m_bytes * (took < WantedNs / 8 ? 4 : 2), MostBytes);
        else if (took > WantedNs)
            m_bytes = std::max(m_bytes / 2, LeastBytes);
    }

private:
    static constexpr qint64 LeastBytes = qint64(32) << 20;
    static constexpr qint64 MostBytes = qint64(256) << 20;
    static constexpr qint64 WantedNs = 50'000'000;

    qint64 m_bytes = LeastBytes;
    QElapsedTimer m_timer;
};

} // namespace society::log
