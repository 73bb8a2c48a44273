// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/clock.h"
#include "services/core/ids.h"
#include "services/core/worker.h"
#include "services/core/workspace.h"

namespace society {
namespace agentsociety {
class RunnerKit;
}
namespace config {
class ConfigStore;
}
namespace experiment {
class ExperimentService;
class WorkspaceDatabase;
} // namespace experiment
namespace ledger {
class Ledger;
}
namespace secrets {
class SecretStore;
}
} // namespace society

namespace society::ui {

class AppSettings;

/// What pages are given at construction: the services, which block and are called only inside one of the
/// workers, and these. Made by app/workbench, which owns everything behind the references.
struct AppContext {
    Workspace workspace;
    TenantId tenant;
    agentsociety::RunnerKit &runner;
    config::ConfigStore &configs;
    experiment::ExperimentService &experiments;
    ledger::Ledger &ledger;
    secrets::SecretStore &secrets;
    experiment::WorkspaceDatabase &database;
    const Clock &clock;
    AppSettings &settings;
    Worker &worker;    ///< short work: SQL, small files, starting and stopping, the states of runs
    Worker &prober;    ///< work of seconds: reading results, exports, the keychain
    Worker &starter;   ///< what asks providers, up to 15 s each: starts, their last checks, tests of keys
    Worker &installer; ///< installing a runner or taking one into use: minutes
};

} // namespace society::ui
