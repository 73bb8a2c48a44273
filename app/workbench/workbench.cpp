// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/workbench.h"

#include "app/workbench/otherworkspace.h"
#include "services/agentsociety/runnerkit.h"
#include "services/config/configstore.h"
#include "services/executor/localexecutor.h"
#include "services/experiment/databaseplace.h"
#include "services/experiment/experimentservice.h"
#include "services/experiment/workspacedatabase.h"
#include "services/ledger/ledger.h"
#include "services/secrets/secretstore.h"
#include "services/store/backup.h"
#include "ui/databasedialog.h"
#include "ui/icons.h"
#include "ui/mainwindow.h"
#include "ui/startuppage.h"

#include <QApplication>
#include <QFile>
#include <QTimer>
#include <chrono>

namespace society::app {

namespace {

using namespace std::chrono_literals;

constexpr QLatin1String defaultTenant("default");
constexpr auto dailyCopyAfter = 3s;
constexpr auto nextKeeperAfter = 1s;
constexpr auto startupShownAfter = 400ms; // an open that is quicker need not flash a window

/// A login may not see the tenant that every workspace of one's own has: then it works as the first that it sees.
Result<TenantId> firstTenant(const ledger::Ledger &ledger, const TenantId &otherwise)
{
    SOCIETY_ASSIGN(const QList<ledger::Tenant> tenants, ledger.tenants());
    for (const ledger::Tenant &tenant : tenants)
        if (!tenant.id.isEmpty())
            return tenant.id;
    return otherwise;
}

/// Gives the tenant as which one works.
Result<TenantId> openWorkspace(const Workspace &workspace, store::Database &database, secrets::SecretStore &secrets,
    TenantId tenant, const Clock &clock)
{
    SOCIETY_TRY(workspace.create());
    SOCIETY_TRY(workspace.requireDatabase());
    SOCIETY_ASSIGN(const store::Place place, experiment::databasePlace(workspace, secrets));
    SOCIETY_TRY(database.reopen(place));
    ledger::Ledger ledger(database, clock);
    auto known = ledger.requireTenant(tenant);
    if (!known && known.error().kind == ErrorKind::NotFound && tenant == defaultTenant && place.server) {
        SOCIETY_ASSIGN(tenant, firstTenant(ledger, tenant));
        known = ledger.requireTenant(tenant);
    }
    // A new workspace has one tenant, as `society-cli setup` makes it; another one must have been added by somebody.
    if (!known && known.error().kind == ErrorKind::NotFound && tenant == defaultTenant)
        known = ledger.addTenant(tenant);
    if (!known && known.error().code != QLatin1String("tenant_exists"))
        return fail(std::move(known).error());
    SOCIETY_TRY(ledger.takeCurrencySign());
    return tenant;
}

} // namespace

Workbench::Workbench(const Workspace &workspace, const TenantId &tenant, ui::AppSettings &settings)
    : m_workspace(workspace)
    , m_tenant(tenant)
    , m_settings(settings)
    , m_database(store::Database::closed(workspace.database()))
    , m_secrets(std::make_unique<secrets::SecretStore>(workspace))
    , m_worker(std::make_unique<Worker>(QStringLiteral("worker")))
    , m_prober(std::make_unique<Worker>(QStringLiteral("prober")))
    , m_starter(std::make_unique<Worker>(QStringLiteral("starter")))
    , m_installer(std::make_unique<Worker>(QStringLiteral("installer")))
{
}

Workbench::~Workbench() = default;

void Workbench::open()
{
    m_isOpening = true;
    if (m_startup)
        m_startup->showOpening();
    QTimer::singleShot(startupShownAfter, this, [this] {
        if (m_isOpening && !m_startup) {
            startupPage().showOpening();
            startupPage().show();
        }
    });
    m_worker->run(
        this,
        [workspace = m_workspace, &database = *m_database, &secrets = *m_secrets, tenant = m_tenant, &clock = m_clock] {
            return openWorkspace(workspace, database, secrets, tenant, clock);
        },
        [this](const Result<TenantId> &tenant) { opened(tenant); });
    if (!m_window)
        makeWindow();
}

// While the worker opens the workspace. The window asks nothing of its services before it is shown.
void Workbench::makeWindow()
{
    if (!m_ledger)
        makeServices();
    m_contexts.push_back(
        std::make_unique<ui::AppContext>(ui::AppContext{m_workspace, m_tenant, *m_runner, *m_configs, *m_experiments,
            *m_ledger, *m_secrets, *m_where, m_clock, m_settings, *m_worker, *m_prober, *m_starter, *m_installer}));
    m_window = std::make_unique<ui::MainWindow>(*m_contexts.back());
    connect(m_window.get(), &ui::MainWindow::tenantRequested, this, &Workbench::switchTenant, Qt::QueuedConnection);
    connect(m_window.get(), &ui::MainWindow::databaseChanged, this, &Workbench::reopen, Qt::QueuedConnection);
}

// Every part of a window is made for one tenant; another one gets a window of its own in the same place.
void Workbench::switchTenant(const TenantId &tenant)
{
    m_tenant = tenant;
    const std::unique_ptr<ui::MainWindow> old = std::move(m_window);
    makeWindow();
    m_window->show(); // before the old one goes: a program whose last window closes ends
    reconcile();
}

// The database is in another place. What the workers still do uses the old one, so they are waited for; the window is
// made anew, since everything that it shows has changed.
void Workbench::reopen(const QString &words)
{
    m_news = words;
    startupPage().showOpening();
    startupPage().show(); // before the window goes: a program whose last window closes ends
    m_window.reset();
    const auto busy = std::make_shared<int>(0);
    for (Worker *worker : {m_prober.get(), m_starter.get(), m_installer.get()}) {
        ++*busy;
        worker->run(
            this, [] { return 0; },
            [this, busy](int) {
                if (--*busy == 0)
                    open();
            });
    }
}

void Workbench::opened(const Result<TenantId> &tenant)
{
    m_isOpening = false;
    if (!tenant) {
        startupPage().showError(tenant.error(), QFile::exists(experiment::serverFile(m_workspace)));
        startupPage().show();
        return;
    }
    if (*tenant != m_tenant) {
        m_tenant = *tenant;
        makeWindow();
    }
    m_window->show();
    // Qt asks by events for each part's painting. Sent after the window's first one, they would paint all of it once
    // more.
    QCoreApplication::sendPostedEvents(nullptr, QEvent::UpdateLater);
    m_startup.reset();
    reconcile();
    prepareStart();
    if (!m_news.isEmpty())
        m_window->tell(std::exchange(m_news, {}));
}

ui::StartupPage &Workbench::startupPage()
{
    if (!m_startup) {
        QApplication::setWindowIcon(ui::icon("society-workbench"));
        m_startup = std::make_unique<ui::StartupPage>(m_workspace.root());
        connect(m_startup.get(), &ui::StartupPage::retryRequested, this, &Workbench::open);
        connect(m_startup.get(), &ui::StartupPage::workspaceChosen, this, [this](const QString &folder) {
            openInstead(*m_startup, folder, QCoreApplication::applicationFilePath());
        });
        connect(m_startup.get(), &ui::StartupPage::connectionRequested, this, &Workbench::mendConnection);
    }
    return *m_startup;
}

// A server's name, login or password may be wrong, or others by now. Nothing is open that could be lost.
void Workbench::mendConnection()
{
    auto *dialog = new ui::DatabaseDialog(
        *m_contexts.back(), [] { return true; }, m_startup.get());
    connect(dialog, &ui::DatabaseDialog::databaseChanged, this, &Workbench::reopen, Qt::QueuedConnection);
    dialog->open();
}

void Workbench::makeServices()
{
    m_ledger = std::make_unique<ledger::Ledger>(*m_database, m_clock);
    m_configs = std::make_unique<config::ConfigStore>(*m_database, m_workspace, m_clock);
    m_runner = std::make_unique<agentsociety::RunnerKit>(m_workspace);
    m_executor = std::make_unique<executor::LocalExecutor>();
    m_executor->whenStarted(
        [this] { QMetaObject::invokeMethod(this, &Workbench::prepareStart, Qt::QueuedConnection); });
    m_experiments = std::make_unique<experiment::ExperimentService>(
        experiment::Services{m_workspace, *m_database, *m_ledger, *m_configs, *m_secrets, *m_executor, m_clock});
    m_where = std::make_unique<experiment::WorkspaceDatabase>(m_workspace, *m_database, *m_secrets, m_clock);
}

// What ended or was lost while no window was open is noticed, settled and shown.
void Workbench::reconcile()
{
    m_worker->run(
        m_window.get(), [this] { return m_experiments->reconcile(); },
        [this](const Result<experiment::Reconciled> &found) {
            if (!found)
                m_window->reportProblem(found.error());
            else if (!found->settled.isEmpty() || !found->lost.isEmpty())
                m_window->feed().refresh();
        });
    QTimer::singleShot(dailyCopyAfter, m_window.get(), [this] { copyDaily(); });
    auto *hourly = new QTimer(m_window.get()); // a window may stay open for weeks
    connect(hourly, &QTimer::timeout, m_window.get(), [this] { copyDaily(); });
    hourly->start(1h);
}

// The next start finds a keeper that waits. Not at once: what has just been started, or shown, goes first.
void Workbench::prepareStart()
{
    QTimer::singleShot(nextKeeperAfter, this, [this] { m_prober->post([this] { m_executor->prepare(); }); });
}

// A copy is a read of the whole database: not while the window is being filled.
void Workbench::copyDaily()
{
    m_prober->run(
        m_window.get(), [this] { return store::backUpDaily(*m_database, m_workspace.backups(), m_clock.now().date()); },
        [this](const Result<QString> &copied) {
            if (!copied)
                m_window->reportProblem(copied.error());
        });
}

void Workbench::bringToFront()
{
    if (m_startup)
        m_startup->activateWindow();
    else if (!m_isOpening)
        m_window->bringToFront();
}

} // namespace society::app
