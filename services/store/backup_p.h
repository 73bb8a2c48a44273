// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLatin1String>
#include <functional>

namespace society::store {

/// Asked before each step of restore(); what says no makes it fail there. For tests; nobody is asked where it is empty.
/// Steps: `keep`, `-wal`, `-shm`, `-journal`, `copy`, `sync` (the copy has its name already).
using RestoreSteps = std::function<bool(QLatin1String step)>;
[[nodiscard]] RestoreSteps &restoreSteps();

} // namespace society::store
