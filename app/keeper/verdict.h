// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/keeper/trouble.h"

#include <optional>
#include <string>

namespace society::keeper {

/// Everything that decides how a run ended.
struct Ending {
    std::optional<int> exitCode; ///< of the runner; neither: it never ran
    std::optional<int> signal;
    std::string stopReason;       ///< asked to stop: "user" or "budget"; empty: nobody asked
    std::optional<Trouble> cause; ///< why the keeper itself ended the run, or never started it
    bool diskFull = false;        ///< there was no space left
};

struct Verdict {
    std::string outcome;
    std::string reasonCode;
    std::string reason;
};

/// The table of docs/run-directory.md; the exit code of a runner that was signalled is no result.
[[nodiscard]] Verdict judge(const Ending &ending);

/// "exit code 3", "signal 9 (Killed)".
[[nodiscard]] std::string describeEnd(std::optional<int> exitCode, std::optional<int> signal);

/// Whether an error line says that there was no space left.
[[nodiscard]] bool saysDiskFull(const std::string &line);

} // namespace society::keeper
