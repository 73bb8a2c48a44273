// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/error.h"
#include "services/executor/runstatus.h"

namespace society::executor {

/// Ends what is left of a run of this boot whose keeper is gone: runner, companions, the runner's session and all below
/// them. A companion is asked first, for it has records to bring to the disk. Blocks as long as Executor::sweep()
/// says. Error: `sweep_failed`.
[[nodiscard]] Result<> sweepProcesses(const QString &runDirectory, const RunStatus &status);

/// Removes the folders that launch.json names to be removed after the run, as its keeper would have done; a folder that
/// holds the run, or lies next to the root, is left alone. What cannot be removed stays.
void removeFolders(const QString &runDirectory);

} // namespace society::executor
