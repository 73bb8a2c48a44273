// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/config/configstore.h"
#include "services/core/clock.h"
#include "services/executor/localexecutor.h"
#include "services/experiment/experimentservice.h"
#include "services/ledger/ledger.h"
#include "services/secrets/secretstore.h"
#include "services/store/database.h"

#include <QTemporaryDir>
#include <memory>

namespace society::test {

/// A workspace of its own with every service on it, as the programs build them; gone when it ends, with every run that
/// is still in progress. Keys are kept in memory. Tests QVERIFY isReady() first.
class TestWorkspace {
public:
    TestWorkspace();
    ~TestWorkspace();

    [[nodiscard]] bool isReady() const { return m_error.isEmpty(); }
    /// Why it is not ready, or what the last call failed with.
    [[nodiscard]] const QString &error() const { return m_error; }

    /// Takes the real AgentSociety into use, as installer/test has installed it once for all tests
    /// (SOCIETY_TEST_RUNNER_WORKSPACE, else build/test-workspace), writes what runs share, imports the practice
    /// samples.
    [[nodiscard]] bool useRealRunner();

    /// Takes any runner into use (its interpreter, its folder), else as useRealRunner().
    [[nodiscard]] bool useRunner(const QString &path);

    /// A request of the practice samples: the short experiment.
    [[nodiscard]] experiment::Request practiceRequest() const;

    /// Imports a document as the tenant's own (or as a public one) and returns its id as text; empty on failure (see
    /// error()).
    [[nodiscard]] QString import(config::Kind kind, const QString &name, const QByteArray &text, bool isPublic = false);

    [[nodiscard]] const Workspace &workspace() const { return m_workspace; }
    /// What a service of its own is made of, with another executor.
    [[nodiscard]] experiment::Services servicesWith(executor::Executor &executor)
    {
        return {m_workspace, *m_database, *m_ledger, *m_configs, *m_secrets, executor, m_clock};
    }
    [[nodiscard]] store::Database &database() { return *m_database; }
    [[nodiscard]] ledger::Ledger &ledger() { return *m_ledger; }
    [[nodiscard]] config::ConfigStore &configs() { return *m_configs; }
    [[nodiscard]] secrets::SecretStore &secrets() { return *m_secrets; }
    [[nodiscard]] executor::Executor &executor() { return m_executor; }
    [[nodiscard]] experiment::ExperimentService &experiments() { return *m_experiments; }

    static inline const TenantId Tenant = QStringLiteral("default");

private:
    void note(const Error &error);

    QTemporaryDir m_folder;
    Workspace m_workspace;
    SystemClock m_clock;
    executor::LocalExecutor m_executor;
    std::unique_ptr<store::Database> m_database;
    std::unique_ptr<ledger::Ledger> m_ledger;
    std::unique_ptr<config::ConfigStore> m_configs;
    std::unique_ptr<secrets::SecretStore> m_secrets;
    std::unique_ptr<experiment::ExperimentService> m_experiments;
    QString m_error;
};

/// Writes a call into a run's usage.jsonl that no bill can be made of, for as long as it stands there: of a model that
/// its record has no price for.
[[nodiscard]] bool makeUnbillable(const QString &runDirectory);

/// The interpreter of a runner that plays AgentSociety.
[[nodiscard]] QString stubRunner();

/// The folder with the real runner that installer/test has made.
[[nodiscard]] QString runnerWorkspace();

/// Processes (pid and command line) whose command line or working folder names `folder`; zombies left out.
[[nodiscard]] QStringList processesOf(const QString &folder);
/// Those that are still there after some seconds: a keeper goes a moment after it has said how its run ended.
[[nodiscard]] QStringList processesLeftOf(const QString &folder);

} // namespace society::test
