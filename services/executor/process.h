// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QMetaType>
#include <QString>
#include <QtGlobal>
#include <optional>

namespace society::executor {

/// One process of this boot: a pid alone names another process once the first has ended, pid and start time do not.
struct ProcessId {
    qint64 pid = 0;
    qint64 startTicks = 0; ///< field 22 of /proc/PID/stat: clock ticks since boot

    [[nodiscard]] bool isNull() const { return pid == 0; }
    bool operator==(const ProcessId &) const = default;
};

/// What /proc tells of a living process.
struct ProcessFacts {
    ProcessId id;
    qint64 parent = 0;
    qint64 group = 0;
    qint64 session = 0;
    char state = '?'; ///< as /proc/PID/stat: R, S, D, T, …
};

/// The identity of a process; nothing where it does not exist or is only a zombie. Any thread.
[[nodiscard]] std::optional<ProcessId> processIdentity(qint64 pid);
/// The facts of a process; nothing where it does not exist or is only a zombie. Any thread.
[[nodiscard]] std::optional<ProcessFacts> processFacts(qint64 pid);
/// Facts of every process that lives now (zombies left out). Any thread.
[[nodiscard]] QList<ProcessFacts> allProcesses();

/// True while exactly this process lives (a zombie does not). Only meaningful within the boot in which it was noted.
[[nodiscard]] bool isAlive(const ProcessId &process);

/// This boot's id, a UUID from the kernel; empty where the system does not tell.
[[nodiscard]] QString currentBootId();

/// Sends a signal to exactly this process, never to another that took over its pid. False: it does not live.
bool sendSignal(const ProcessId &process, int signal);

} // namespace society::executor

Q_DECLARE_METATYPE(society::executor::ProcessId)
