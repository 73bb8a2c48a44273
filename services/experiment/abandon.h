// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/clock.h"
#include "services/core/workspace.h"
#include "services/experiment/experiment.h"
#include "services/ledger/ledger.h"
#include "services/store/database.h"

namespace society::experiment {

/// Settles a run of another workspace of the shared ledger that is gone for good: lost, without a bill, since what it
/// used is known there alone; its hold is given back, the reason stays on the run. Should the workspace come back after
/// all, its audit names what was not billed. For an owner of the tenant or an admin. Errors: `experiment_unknown`,
/// `experiment_here` (the run is in this workspace), `experiment_settled`, `reason_missing`, `role_forbids`.
[[nodiscard]] Result<Experiment> abandon(store::Database &database, ledger::Ledger &ledger, const Workspace &workspace,
    const Clock &clock, const ExperimentId &id, const QString &reason);

} // namespace society::experiment
