// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace society::keeper {

/// One process of this boot: pid and start time, since a pid is used again.
struct ProcessId {
    pid_t pid = 0;
    std::uint64_t startTicks = 0;

    bool operator==(const ProcessId &) const = default;
};

/// What /proc/PID/stat tells.
struct ProcessFacts {
    ProcessId id;
    pid_t parent = 0;
    pid_t session = 0;
    char state = '?';

    [[nodiscard]] bool isZombie() const { return state == 'Z' || state == 'X'; }
};

/// Reads one line of /proc/PID/stat; the name in it may hold spaces and brackets.
[[nodiscard]] std::optional<ProcessFacts> parseStat(std::string_view text);

/// The facts of a process; nothing where there is none.
[[nodiscard]] std::optional<ProcessFacts> processFacts(pid_t pid);

/// Facts of every process that /proc shows.
[[nodiscard]] std::vector<ProcessFacts> allProcesses();

/// Those of `all` that are below `root`, and the members of `session` (0: none), zombies left out.
[[nodiscard]] std::vector<ProcessFacts> familyOf(const std::vector<ProcessFacts> &all, pid_t root, pid_t session);

/// Whether the program's path or one of its arguments contains `name`.
[[nodiscard]] bool runsProgram(pid_t pid, std::string_view name);

/// Sends a signal to exactly this process; false where it does not live.
bool sendSignal(const ProcessId &process, int signal);

} // namespace society::keeper
