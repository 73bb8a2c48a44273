// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace society::executor {

/// The lock of a run directory, as long as this object lives. Neither copied nor moved; any thread.
class RunLock {
public:
    enum class Kind { Shared, Exclusive };

    /// Tries to take the lock, without waiting for a keeper to end.
    RunLock(const QString &runDirectory, Kind kind);
    ~RunLock();
    RunLock(const RunLock &) = delete;
    RunLock &operator=(const RunLock &) = delete;

    [[nodiscard]] bool isHeld() const { return m_held; }
    /// Someone else holds it.
    [[nodiscard]] bool isTaken() const { return m_taken; }

private:
    int m_fd = -1;
    bool m_held = false;
    bool m_taken = false;
};

} // namespace society::executor
