// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/agentsociety/launch.h"
#include "services/agentsociety/runnerkit.h"

namespace society::agentsociety {

/// The environment of a run, the whole of it; `rayFolder` is where its own Ray works.
[[nodiscard]] QMap<QString, QString> environmentFor(
    const RunnerKit &kit, const LaunchOptions &options, const QString &rayFolder);

} // namespace society::agentsociety
