// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/keeper/clocks.h"
#include "app/keeper/files.h"
#include "app/keeper/json.h"
#include "app/keeper/launch.h"
#include "app/keeper/trouble.h"

#include <string>

namespace society::keeper {

/// A run directory that this process holds.
struct Run {
    Fd folder;
    Fd lock; ///< held for the keeper's life
    Launch launch;
    Secrets secrets;
    std::string token;
};

/// Takes a run directory: lock, state, launch.json, the secrets that `input` gives until its end; makes it the current
/// folder and sends standard error to keeper.log. Trouble, in this order: `io` (no such folder), `locked`, `ended`,
/// `launch`, `io`.
[[nodiscard]] Maybe<Run> takeRun(const std::string &directory, int input);

/// A line in keeper.log (standard error), with the time.
void note(const Clocks &clocks, const std::string &text);

/// Replaces `@GATEWAY@` (where there is a port) and `@TOKEN@` in the launch's files. Trouble `disk_full` or
/// `fill_failed`.
[[nodiscard]] Maybe<> fillFiles(const Run &run, int port);

/// Removes the launch's folders; what could not be removed, in words, else empty.
[[nodiscard]] std::string removeFolders(const Run &run);

} // namespace society::keeper
