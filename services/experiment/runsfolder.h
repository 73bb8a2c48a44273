// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/experiment/experimentservice.h"

namespace society::experiment {

/// Makes the folder of the tenant's runs, with a marker file in it, so that it is never empty: before the tenant's
/// first run. An empty or missing one is only made anew where no run of the tenant waits for what was in it. Any
/// thread. Errors: `run_unreachable`, `write_failed`, `disk_full`, database errors.
[[nodiscard]] Result<> prepareRunsFolder(const Services &services, const TenantId &tenant);

/// Whether what is missing of the run is gone. Only in a folder that is there can something be missing: where a disk is
/// not mounted, the mount point is an empty folder. Any thread. Error: `run_unreachable`.
[[nodiscard]] Result<> requireReachable(const Experiment &experiment);

} // namespace society::experiment
