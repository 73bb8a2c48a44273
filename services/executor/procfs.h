// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the kernel tells of processes. Without Qt, for the keeper uses it too. Any thread.

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace society::procfs {

/// One process of this boot: a pid alone names another process once the first has ended, pid and start time do not.
struct ProcessId {
    std::int64_t pid = 0;
    std::int64_t startTicks = 0; ///< field 22 of /proc/PID/stat: clock ticks since boot

    [[nodiscard]] bool isNull() const { return pid == 0; }
    bool operator==(const ProcessId &) const = default;
};

/// What /proc/PID/stat tells.
struct ProcessFacts {
    ProcessId id;
    std::int64_t parent = 0;
    std::int64_t session = 0;
    char state = '?'; ///< R, S, D, T, Z, …

    /// It has ended and only waits to be reaped.
    [[nodiscard]] bool isZombie() const { return state == 'Z' || state == 'X'; }
};

/// Reads one line of /proc/PID/stat; the name in it may hold spaces and brackets.
[[nodiscard]] std::optional<ProcessFacts> parseStat(std::string_view text);

/// The name by which the kernel knows a process, at most 15 bytes: all that is left of a zombie's program. Empty where
/// there is none.
[[nodiscard]] std::string nameOf(std::int64_t pid);

/// The facts of a process, also of a zombie; nothing where there is none.
[[nodiscard]] std::optional<ProcessFacts> processFacts(std::int64_t pid);

/// True while exactly this process lives (a zombie does not). Only within the boot in which it was noted.
[[nodiscard]] bool isAlive(const ProcessId &process);

/// Facts of every process that /proc shows.
[[nodiscard]] std::vector<ProcessFacts> allProcesses();

/// Those of `all` that are below `root`, and the members of `session` (0: none) with all below them; zombies left out.
[[nodiscard]] std::vector<ProcessFacts> familyOf(
    const std::vector<ProcessFacts> &all, std::int64_t root, std::int64_t session);

/// Whether the program's path or its arguments contain `name`.
[[nodiscard]] bool runsProgram(std::int64_t pid, std::string_view name);

/// Whether the process works in a folder: its current folder is in it, or it has a file of it open. The folder's
/// path is absolute and without links. False where that cannot be seen.
[[nodiscard]] bool worksIn(std::int64_t pid, std::string_view folder);

/// Sends a signal to exactly this process, never to another that took over its pid. False: it does not live.
bool sendSignal(const ProcessId &process, int signal);

} // namespace society::procfs
