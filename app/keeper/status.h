// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/keeper/clocks.h"
#include "services/executor/procfs.h"

#include <optional>
#include <string>
#include <vector>

namespace society::keeper {

/// Where the run is and how it ended: `status.json` (docs/run-directory.md). Times are Clocks::wall(); none: not yet.
struct Status {
    struct Companion {
        std::string name;
        procfs::ProcessId id;
        int port = 0;
    };
    struct Stop {
        Millis requestedAt = 0;
        std::string reason;
        Millis graceMs = 0;
        Millis killAt = 0;
    };
    struct Phase {
        std::string name;
        Millis at = 0;
    };
    struct Warning {
        std::string code;
        Millis at = 0;
        std::optional<Millis> until;
        std::string detail;
    };

    std::string id;
    std::string outcome;
    std::string reasonCode;
    std::string reason;
    procfs::ProcessId keeper;
    procfs::ProcessId guard;
    procfs::ProcessId runner;
    std::vector<Companion> companions;
    std::string bootId;
    Millis createdAt = 0;
    std::optional<Millis> startedAt;
    std::optional<Millis> endedAt;
    Millis heartbeatAt = 0;
    Millis runMs = 0;
    Millis suspendedMs = 0;
    std::optional<int> exitCode;
    std::optional<int> signal;
    std::string lastError;
    std::optional<Stop> stop;
    std::vector<Phase> phases; ///< the last one is the current one
    std::vector<Warning> warnings;

    [[nodiscard]] std::string toJson() const;
};

/// A JSON string with its quotes; bytes that are not UTF-8 become U+FFFD.
[[nodiscard]] std::string quoted(std::string_view text);

} // namespace society::keeper
