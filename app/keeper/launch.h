// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/keeper/clocks.h"

#include <map>
#include <string>
#include <vector>

namespace society::keeper {

struct CompanionLaunch {
    std::string name;
    std::vector<std::string> argv;
    Millis readyMs = 10000;
};

struct PhaseLaunch {
    std::string name;
    std::string line; ///< never empty here: limits of the keeper's own phases are in Launch::runnerSilentMs
    Millis silentMs = 0;
};

struct AlarmLaunch {
    std::string code;
    std::string line;
};

/// What to do: `launch.json` (docs/run-directory.md), checked.
struct Launch {
    std::string id;
    std::vector<std::string> argv; ///< the runner's; its program is absolute
    std::string cwd;
    std::vector<std::string> environment; ///< NAME=VALUE
    std::vector<std::string> fill;
    std::vector<CompanionLaunch> companions;
    int stopSignal = 0;
    Millis graceMs = 10000;
    Millis runnerSilentMs = 0; ///< limit from exec to the first phase
    std::vector<PhaseLaunch> phases;
    std::vector<AlarmLaunch> alarms;
    std::string database;
    std::string simulator;
    std::string simulatorUntil;
    std::map<std::string, bool, std::less<>> endsRun;
    std::string turnLock;
    std::string turnUntilPhase;
    std::vector<std::string> removeAfter;
};

} // namespace society::keeper
