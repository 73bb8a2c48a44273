// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/session.h"

#include "app/cli/words.h"
#include "services/agentsociety/runnerkit.h"
#include "services/config/configstore.h"
#include "services/executor/localexecutor.h"
#include "services/experiment/databaseplace.h"
#include "services/experiment/experimentservice.h"
#include "services/ledger/ledger.h"
#include "services/secrets/secretstore.h"
#include "services/store/database.h"

#include <QFile>

namespace society::cli {

Session::Session(const Globals &globals)
    : out(globals.json)
    , workspace(globals.workspace.isEmpty() ? Workspace::defaultRoot() : globals.workspace)
    , m_tenant(globals.tenant)
{
}

Session::~Session() = default;

Result<> Session::openDatabase(bool create)
{
    SOCIETY_TRY(workspace.requireDatabase());
    if (create)
        SOCIETY_TRY(workspace.create());
    SOCIETY_ASSIGN(const store::Place place, experiment::databasePlace(workspace, secrets()));
    if (!create && !place.server && !QFile::exists(place.file))
        return fail(ErrorKind::NotFound, "workspace_missing",
            Cli::tr("There is no workspace at “%1”.").arg(workspace.root()),
            Cli::tr("Make it by “society-cli setup”, or name another by --workspace."), {}, workspace.root());
    SOCIETY_ASSIGN(m_database, store::Database::open(place));
    m_ledger = std::make_unique<ledger::Ledger>(*m_database, m_clock);
    m_configs = std::make_unique<config::ConfigStore>(*m_database, workspace, m_clock);
    SOCIETY_TRY(m_ledger->takeCurrencySign());
    return {};
}

Result<> Session::open()
{
    if (const auto valid = parseTenantId(m_tenant); !valid) {
        Error error = valid.error();
        error.kind = ErrorKind::Usage;
        return fail(std::move(error));
    }
    SOCIETY_TRY(openDatabase());
    SOCIETY_TRY(m_ledger->requireTenant(m_tenant));
    return {};
}

store::Database &Session::database()
{
    return *m_database;
}

ledger::Ledger &Session::ledger()
{
    return *m_ledger;
}

config::ConfigStore &Session::configs()
{
    return *m_configs;
}

secrets::SecretStore &Session::secrets()
{
    if (!m_secrets)
        m_secrets = std::make_unique<secrets::SecretStore>(workspace);
    return *m_secrets;
}

agentsociety::RunnerKit &Session::runner()
{
    if (!m_runner)
        m_runner = std::make_unique<agentsociety::RunnerKit>(workspace);
    return *m_runner;
}

experiment::ExperimentService &Session::experiments()
{
    if (!m_experiments) {
        m_executor = std::make_unique<executor::LocalExecutor>();
        m_experiments = std::make_unique<experiment::ExperimentService>(
            experiment::Services{workspace, *m_database, *m_ledger, *m_configs, secrets(), *m_executor, m_clock});
    }
    return *m_experiments;
}

} // namespace society::cli
