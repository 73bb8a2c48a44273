// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/experiment/experimentservice.h"

namespace society::experiment {

/// Makes the folder of the tenant's runs, with a marker file in it, before the tenant's first run: so that it is never
/// empty, and a removed run can be told from a disk that is away. An empty or missing one is not made anew while the
/// tenant has runs here. Any thread. Errors: `run_unreachable`, `write_failed`, `disk_full`, database errors.
[[nodiscard]] Result<> prepareRunsFolder(const Services &services, const TenantId &tenant);

/// Makes a run's own folder where it is not there yet, but nothing above it. Any thread. Errors: `run_unreachable`,
/// `write_failed`, `disk_full`.
[[nodiscard]] Result<> makeRunDirectory(const Experiment &experiment);

/// Whether the run's folder was removed. Any thread. Errors where that cannot be told: `run_unreachable` (what it
/// should be in is not there, or is the empty mount point of a disk), `run_unreadable` (something is there, but may not
/// or cannot be read).
[[nodiscard]] Result<bool> isRemoved(const Experiment &experiment);

} // namespace society::experiment
