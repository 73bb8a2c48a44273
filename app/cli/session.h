// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/output.h"
#include "services/core/clock.h"
#include "services/core/workspace.h"

#include <memory>

namespace society::agentsociety {
class RunnerKit;
}
namespace society::config {
class ConfigStore;
}
namespace society::executor {
class Executor;
}
namespace society::experiment {
class ExperimentService;
}
namespace society::ledger {
class Ledger;
}
namespace society::secrets {
class SecretStore;
}
namespace society::store {
class Database;
}

namespace society::cli {

/// What stands before every verb.
struct Globals {
    QString workspace; ///< empty: Workspace::defaultRoot()
    QString tenant = QStringLiteral("default");
    bool json = false;
};

/// One call of the program: its output, and the services, made when a verb first asks for them. Main thread.
class Session {
public:
    explicit Session(const Globals &globals);
    ~Session();
    Session(const Session &) = delete;
    Session &operator=(const Session &) = delete;

    Output out;
    const Workspace workspace;

    /// Opens the workspace's database and checks the tenant: a verb's first step. Errors: `workspace_missing`, the
    /// database's, `tenant_unknown`, `tenant_invalid` (kind Usage).
    [[nodiscard]] Result<> open();
    /// The same without the tenant; `create` makes the folder and the database.
    [[nodiscard]] Result<> openDatabase(bool create = false);

    [[nodiscard]] const TenantId &tenant() const { return m_tenant; }
    [[nodiscard]] const Clock &clock() const { return m_clock; }
    [[nodiscard]] store::Database &database();                  ///< after open()
    [[nodiscard]] ledger::Ledger &ledger();                     ///< after open()
    [[nodiscard]] config::ConfigStore &configs();               ///< after open()
    [[nodiscard]] experiment::ExperimentService &experiments(); ///< after open()
    [[nodiscard]] secrets::SecretStore &secrets();
    [[nodiscard]] agentsociety::RunnerKit &runner();

private:
    SystemClock m_clock;
    TenantId m_tenant;
    std::unique_ptr<store::Database> m_database;
    std::unique_ptr<ledger::Ledger> m_ledger;
    std::unique_ptr<config::ConfigStore> m_configs;
    std::unique_ptr<secrets::SecretStore> m_secrets;
    std::unique_ptr<executor::Executor> m_executor;
    std::unique_ptr<agentsociety::RunnerKit> m_runner;
    std::unique_ptr<experiment::ExperimentService> m_experiments;
};

} // namespace society::cli
