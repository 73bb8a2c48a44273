// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/clock.h"
#include "services/core/worker.h"
#include "services/core/workspace.h"
#include "services/store/database.h"
#include "ui/appcontext.h"
#include "ui/appsettings.h"

#include <QObject>
#include <memory>
#include <vector>

namespace society::agentsociety {
class RunnerKit;
}
namespace society::config {
class ConfigStore;
}
namespace society::executor {
class LocalExecutor;
}
namespace society::experiment {
class ExperimentService;
class WorkspaceDatabase;
} // namespace society::experiment
namespace society::ledger {
class Ledger;
}
namespace society::secrets {
class SecretStore;
}
namespace society::ui {
class MainWindow;
class StartupPage;
} // namespace society::ui

namespace society::app {

/// The window's composition: opens the workspace in a worker, makes every service and hands them to the main window;
/// where the workspace cannot be opened, shows why and tries again when asked. GUI thread.
class Workbench : public QObject {
    Q_OBJECT
public:
    Workbench(const Workspace &workspace, const TenantId &tenant, ui::AppSettings &settings);
    ~Workbench() override;

    void open();
    /// To the front, as a second start asks.
    void bringToFront();

private:
    void makeWindow();
    void switchTenant(const TenantId &tenant);
    void opened(const Result<TenantId> &tenant);
    void reopen(const QString &words);
    [[nodiscard]] ui::StartupPage &startupPage();
    void mendConnection();
    void makeServices();
    void reconcile();
    void copyDaily();
    void prepareStart();

    Workspace m_workspace;
    TenantId m_tenant;
    ui::AppSettings &m_settings;
    SystemClock m_clock;
    // In this order: the threads end before what they use, the window before the threads.
    std::unique_ptr<store::Database> m_database;
    std::unique_ptr<ledger::Ledger> m_ledger;
    std::unique_ptr<config::ConfigStore> m_configs;
    std::unique_ptr<secrets::SecretStore> m_secrets;
    std::unique_ptr<agentsociety::RunnerKit> m_runner;
    std::unique_ptr<executor::LocalExecutor> m_executor;
    std::unique_ptr<experiment::ExperimentService> m_experiments;
    std::unique_ptr<experiment::WorkspaceDatabase> m_where;
    /// One per tenant that was shown, the last one's now; they outlive the workers, whose last jobs use them.
    std::vector<std::unique_ptr<ui::AppContext>> m_contexts;
    std::unique_ptr<Worker> m_worker;
    std::unique_ptr<Worker> m_prober;
    std::unique_ptr<Worker> m_starter;
    std::unique_ptr<Worker> m_installer;
    std::unique_ptr<ui::StartupPage> m_startup; ///< only where opening takes long or fails
    std::unique_ptr<ui::MainWindow> m_window;
    bool m_isOpening = false;
    QString m_news; ///< what the next window says first
};

} // namespace society::app
