// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/keeper/files.h"
#include "app/keeper/trouble.h"
#include "services/executor/procfs.h"

#include <string>
#include <vector>

namespace society::keeper {

/// A program to start in a session of its own, with every signal at its default and no descriptor but 0 to 2.
struct SpawnPlan {
    std::vector<std::string> argv; ///< argv[0] is the program's absolute path
    std::string cwd;
    const std::vector<std::string> *environment = nullptr; ///< null: the keeper's own
    std::string log;          ///< standard output and error are appended to this file; empty: see the next two
    bool pipeInput = false;   ///< else /dev/null
    bool pipeOutput = false;  ///< standard error then is the keeper's
    int signalOnOurDeath = 0; ///< what it gets when the keeper dies
};

struct Spawned {
    procfs::ProcessId id;
    Fd input;  ///< its standard input, non-blocking
    Fd output; ///< its standard output, non-blocking
};

/// Starts it and returns once the program itself runs. Trouble: `disk_full` (the log could not be made for want of
/// space), else `exec` with the name of what failed and the system's words.
[[nodiscard]] Maybe<Spawned> spawn(const SpawnPlan &plan);

} // namespace society::keeper
