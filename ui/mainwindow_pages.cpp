// SPDX-License-Identifier: GPL-3.0-or-later
// The main window's pages. A person first sees the window with its menus and its rail; the pages would treble the time
// until then. Launch follows at once, the others when one of them is asked for, or one by one once the window is at
// rest.
#include "ui/accountspage.h"
#include "ui/configurationspage.h"
#include "ui/experimentfeed.h"
#include "ui/experimentspage.h"
#include "ui/launchpage.h"
#include "ui/mainwindow.h"
#include "ui/runpage.h"
#include "ui/setuppage.h"

#include <QStackedWidget>
#include <QTimer>

namespace society::ui {

void MainWindow::add(Page *page)
{
    m_stack->addWidget(page);
    connect(page, &Page::experimentRequested, this, &MainWindow::showRun);
    connect(page, &Page::configurationRequested, this, &MainWindow::showConfiguration);
    connect(page, &Page::billsRequested, this, [this](const ExperimentId &id) {
        showPage(&accountsPage());
        m_accounts->showBills(id);
    });
    connect(page, &Page::cloneRequested, this, [this](const ExperimentId &id) {
        showPage(&launchPage());
        m_launch->chooseAs(m_feed.experiment(id));
    });
}

LaunchPage &MainWindow::launchPage()
{
    if (!m_launch) {
        m_launch = new LaunchPage(m_context, m_feed, this);
        add(m_launch);
        connect(m_launch, &LaunchPage::started, this, &MainWindow::showRun);
        connect(m_launch, &LaunchPage::setupRequested, this, [this] { showPage(&setupPage()); });
        connect(m_launch, &LaunchPage::accountRequested, this, [this] {
            showPage(&accountsPage());
            m_accounts->recharge();
        });
        connect(m_launch, &LaunchPage::newRequested, this, [this](config::Kind kind) {
            showPage(&configurationsPage());
            m_configurations->newConfiguration(kind);
        });
    }
    return *m_launch;
}

ExperimentsPage &MainWindow::experimentsPage()
{
    if (!m_experiments) {
        m_experiments = new ExperimentsPage(m_context, m_feed, this);
        add(m_experiments);
        connect(m_experiments, &ExperimentsPage::launchRequested, this, [this] { showPage(&launchPage()); });
    }
    return *m_experiments;
}

RunPage &MainWindow::runPage()
{
    if (!m_run) {
        m_run = new RunPage(m_context, m_feed, m_activities, this);
        add(m_run);
        connect(m_run, &RunPage::listRequested, this, [this] {
            // Back to where the run was opened from; the Launch page is done with it.
            const bool elsewhere = m_cameFrom && m_cameFrom != m_launch && m_cameFrom != m_setup;
            ExperimentsPage &list = experimentsPage();
            showPage(elsewhere ? m_cameFrom.data() : &list);
            list.choose(m_run->experiment());
        });
    }
    return *m_run;
}

ConfigurationsPage &MainWindow::configurationsPage()
{
    if (!m_configurations) {
        m_configurations = new ConfigurationsPage(m_context, m_feed, m_activities, this);
        add(m_configurations);
        setMoving(m_isMoving);
    }
    return *m_configurations;
}

AccountsPage &MainWindow::accountsPage()
{
    if (!m_accounts) {
        m_accounts = new AccountsPage(m_context, m_feed, m_activities, this);
        add(m_accounts);
        connect(m_accounts, &AccountsPage::tenantRequested, this, &MainWindow::requestTenant);
    }
    return *m_accounts;
}

SetupPage &MainWindow::setupPage()
{
    if (!m_setup) {
        m_setup = new SetupPage(m_context, m_activities, this);
        add(m_setup);
        connect(m_setup, &SetupPage::done, this, [this] { showPage(&launchPage()); });
        // Without a runner nothing else can be done first; once it was found, the page is asked for.
        connect(m_setup, &SetupPage::runnerChecked, this, [this](bool works) {
            if (!works && (!currentPage() || currentPage() == m_launch))
                showPage(m_setup);
        });
    }
    return *m_setup;
}

void MainWindow::makeNextPage()
{
    if (!m_experiments)
        experimentsPage();
    else if (!m_run)
        runPage();
    else if (!m_configurations)
        configurationsPage();
    else if (!m_accounts)
        accountsPage();
    else
        return;
    QTimer::singleShot(0, this, &MainWindow::makeNextPage);
}

} // namespace society::ui
