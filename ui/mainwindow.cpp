// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow.h"

#include "services/config/configstore.h"
#include "services/experiment/experimentservice.h"
#include "services/ledger/ledger.h"
#include "ui/accountspage.h"
#include "ui/appsettings.h"
#include "ui/commandpalette.h"
#include "ui/configurationspage.h"
#include "ui/databasedialog.h"
#include "ui/experimentspage.h"
#include "ui/icons.h"
#include "ui/launchpage.h"
#include "ui/notifier.h"
#include "ui/runpage.h"
#include "ui/settingsdialog.h"
#include "ui/setuppage.h"
#include "ui/statechip.h"
#include "ui/statusarea.h"

#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMenuBar>
#include <QMessageBox>
#include <QStackedWidget>
#include <QTimer>
#include <algorithm>
#include <chrono>
#include <utility>

namespace society::ui {

namespace {

using namespace std::chrono_literals;

// After the first painting: what nobody waits for must not keep the processors from what somebody has asked for.
constexpr auto soon = 100ms;
constexpr auto calm = 500ms;

} // namespace

MainWindow::MainWindow(const AppContext &context, QWidget *parent)
    : QMainWindow(parent)
    , m_context(context)
    , m_feed(m_context)
    , m_stack(new QStackedWidget(this))
    , m_rail(new QWidget(this))
    , m_status(new StatusArea(context.tenant, m_activities, this))
    , m_notifier(new Notifier(this))
{
    setObjectName(QStringLiteral("mainWindow"));
    auto *content = new QWidget(this);
    auto *layout = new QHBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_rail);
    layout->addWidget(m_stack, 1);
    // Nothing: a stack shows the first that it gets, and the pages are shown when they are asked for.
    m_stack->addWidget(new QWidget(m_stack));
    setCentralWidget(content);
    setStatusBar(m_status);
    makeActions();
    makeMenus();
    makeRail();
    connectFeed();
    retranslate();
    restore();
}

MainWindow::~MainWindow() = default;

// Not before it is shown: until then its workspace may not be open yet.
void MainWindow::showEvent(QShowEvent *event)
{
    QMainWindow::showEvent(event);
    if (!std::exchange(m_hasBegun, true))
        m_feed.begin();
}

// The pages, the database, the runner's probe and the display would fight for the processors: first the window is seen,
// then its page, then it is filled.
void MainWindow::paintEvent(QPaintEvent *event)
{
    QMainWindow::paintEvent(event);
    if (!std::exchange(m_isPainted, true))
        QTimer::singleShot(0, this, &MainWindow::makeFirstPage);
}

// In a turn of its own: who presses a key meanwhile need not wait until the page was also laid out and painted.
void MainWindow::makeFirstPage()
{
    if (!m_shown && m_firstAction == m_goLaunch)
        launchPage();
    QTimer::singleShot(0, this, &MainWindow::showFirstPage);
}

void MainWindow::showFirstPage()
{
    if (!m_shown) // somebody may have been quicker and chosen another one
        m_firstAction->trigger();
    QTimer::singleShot(0, this, &MainWindow::begin);
}

void MainWindow::begin()
{
    updateAccount();
    m_feed.start();
    QTimer::singleShot(soon, this, [this] {
        QApplication::setWindowIcon(icon("society-workbench")); // drawing it for the desktop takes as long as a page
        checkRunner();
        dressActions();
    });
    QTimer::singleShot(calm, this, &MainWindow::makeNextPage);
}

void MainWindow::connectFeed()
{
    const auto count = [this] { m_status->setRuns(static_cast<int>(m_feed.unfinished().size())); };
    connect(&m_feed, &ExperimentFeed::experimentsChanged, this, count);
    connect(&m_feed, &ExperimentFeed::experimentsRemoved, this, count);
    connect(&m_feed, &ExperimentFeed::experimentEnded, this, &MainWindow::runEnded);
    connect(&m_feed, &ExperimentFeed::moneyChanged, this, &MainWindow::updateAccount);
    connect(&m_feed, &ExperimentFeed::failed, this, [this](const Error &error) {
        if (!error.message.isEmpty()) {
            m_status->addProblem(error);
        } else { // the database answers again: what could not be read meanwhile is read now
            updateAccount();
            if (Page *page = currentPage())
                page->refresh();
        }
    });
    connect(m_status, &StatusArea::accountClicked, this, [this] { showPage(&accountsPage()); });
    connect(m_status, &StatusArea::runsClicked, this, [this] { showPage(&experimentsPage()); });
    connect(m_notifier, &Notifier::activated, this, [this](const QString &key) {
        bringToFront();
        if (const auto id = ExperimentId::parse(key))
            showRun(*id);
    });
}

void MainWindow::restore()
{
    if (!restoreGeometry(m_context.settings.windowGeometry()))
        resize(1120, 760);
    m_firstAction = m_goLaunch;
    for (QAction *action : m_pageActions->actions()) {
        if (action->objectName() == m_context.settings.windowPage())
            m_firstAction = action;
    }
    m_firstAction->setChecked(true);
}

// The run that was shown is a thing of that day: its list is what is come back to.
void MainWindow::remember()
{
    m_context.settings.setWindowGeometry(saveGeometry());
    const QAction *open = m_pageActions->checkedAction();
    m_context.settings.setWindowPage(open ? open->objectName() : QString());
}

void MainWindow::checkRunner()
{
    setupPage().refresh();
}

void MainWindow::bringToFront()
{
    setWindowState((windowState() & ~Qt::WindowMinimized) | Qt::WindowActive);
    show();
    raise();
    activateWindow();
}

Page *MainWindow::currentPage() const
{
    return qobject_cast<Page *>(m_stack->currentWidget());
}

void MainWindow::showPage(Page *page)
{
    m_stack->setCurrentWidget(page);
    // A page is laid out by an event. Where it is painted before that comes, as a new window's first one is, all of it
    // is painted twice.
    QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
    const std::initializer_list<std::pair<Page *, QAction *>> rail{{m_launch, m_goLaunch},
        {m_experiments, m_goExperiments}, {m_run, m_goExperiments}, {m_configurations, m_goConfigurations},
        {m_accounts, m_goAccounts}};
    if (QAction *checked = m_pageActions->checkedAction())
        checked->setChecked(false);
    for (const auto &[each, action] : rail) {
        if (each == page)
            action->setChecked(true);
    }
    if (std::exchange(m_shown, page) != page) {
        page->refresh();
        if (!m_palette || !m_palette->isVisible()) // the page may have come by itself while somebody types there
            page->focusFirst();
    }
}

void MainWindow::showRun(const ExperimentId &id)
{
    RunPage &page = runPage();
    if (currentPage() != &page)
        m_cameFrom = currentPage();
    page.showExperiment(id);
    showPage(&page);
}

void MainWindow::showConfiguration(const ConfigId &id, const QString &path)
{
    showPage(&configurationsPage());
    m_configurations->showConfiguration(id, path);
}

void MainWindow::reportProblem(const Error &error)
{
    m_status->addProblem(error);
}

void MainWindow::tell(const QString &words)
{
    auto *box = new QMessageBox(QMessageBox::Information, tr("Database"), words, QMessageBox::NoButton, this);
    box->setObjectName(QStringLiteral("newsBox"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    box->addButton(tr("Close"), QMessageBox::AcceptRole);
    box->open();
}

void MainWindow::goBack()
{
    Page *page = currentPage();
    if (page && !page->goBack() && page != m_launch)
        showPage(&launchPage());
}

void MainWindow::updateAccount()
{
    if (m_askingAccount) {
        m_askAccountAgain = true;
        return;
    }
    m_askingAccount = true;
    m_context.worker.run(
        this, [&context = m_context] { return context.ledger.account(context.tenant); },
        [this](const Result<ledger::Account> &account) {
            m_askingAccount = false;
            if (account)
                m_status->setAccount(*account);
            else
                m_status->addProblem(account.error());
            if (std::exchange(m_askAccountAgain, false))
                updateAccount();
        });
}

void MainWindow::runEnded(const experiment::Experiment &experiment)
{
    const QString state = experiment::stateText(experiment.state);
    const QString reason = experiment::reasonText(experiment);
    m_status->showMessage(tr("“%1”: %2").arg(experiment.name, state), 10'000);
    if (!isActiveWindow())
        m_notifier->notify(tr("“%1”: %2").arg(experiment.name, state), reason, experiment.id.text());
}

void MainWindow::openPalette()
{
    if (!m_palette)
        m_palette = new CommandPalette(this);
    dressActions();
    QList<CommandPalette::Entry> entries;
    for (QAction *action : findChildren<QAction *>(Qt::FindDirectChildrenOnly)) {
        if (action->text().isEmpty() || !action->isEnabled() || action == m_find)
            continue;
        const QString text = plainText(action);
        entries += CommandPalette::Entry{text, action->shortcut().toString(QKeySequence::NativeText), action->icon(),
            [action] { action->trigger(); }};
    }
    QList<experiment::Experiment> experiments = m_feed.experiments();
    std::sort(
        experiments.begin(), experiments.end(), [](const auto &a, const auto &b) { return a.createdAt > b.createdAt; });
    for (const experiment::Experiment &experiment : std::as_const(experiments)) {
        entries +=
            CommandPalette::Entry{experiment.name, tr("experiment · %1").arg(experiment::stateText(experiment.state)),
                stateIcon(experiment.state, palette()), [this, id = experiment.id] { showRun(id); }};
    }
    m_palette->open(entries);
    m_context.worker.run(
        this, [&context = m_context] { return context.configs.list(context.tenant); },
        [this](const Result<QList<config::ConfigRow>> &rows) {
            if (!rows)
                m_status->addProblem(rows.error());
            if (!rows || !m_palette->isVisible())
                return;
            QList<CommandPalette::Entry> more;
            for (const config::ConfigRow &row : *rows) {
                more += CommandPalette::Entry{row.name, config::kindTitle(row.kind), icon("configure"),
                    [this, id = row.id] { showConfiguration(id, {}); }};
            }
            m_palette->append(more);
        });
}

void MainWindow::openSettings()
{
    if (!m_settingsDialog) {
        m_settingsDialog = new SettingsDialog(m_context, this);
        m_settingsDialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_settingsDialog, &SettingsDialog::setupRequested, this, [this] { showPage(&setupPage()); });
        connect(m_settingsDialog, &SettingsDialog::databaseRequested, this, &MainWindow::openDatabase);
        connect(m_settingsDialog, &SettingsDialog::runSettingsChanged, &launchPage(), &LaunchPage::refresh);
    }
    m_settingsDialog->show();
    m_settingsDialog->raise();
    m_settingsDialog->activateWindow();
}

void MainWindow::openDatabase()
{
    if (!m_databaseDialog) {
        const auto mayLeave = [this] {
            if (!m_configurations || m_configurations->mayLeave())
                return true;
            showPage(m_configurations);
            m_configurations->askToLeave([] {});
            return false;
        };
        m_databaseDialog = new DatabaseDialog(m_context, mayLeave, this);
        connect(m_databaseDialog, &DatabaseDialog::moving, this, &MainWindow::setMoving);
        connect(m_databaseDialog, &DatabaseDialog::databaseChanged, this, [this](const QString &words) {
            m_context.settings.setWindowGeometry(saveGeometry());
            emit databaseChanged(words);
        });
    }
    m_databaseDialog->show();
    m_databaseDialog->raise();
    m_databaseDialog->activateWindow();
}

// Another window comes after the move. What somebody began to write in this one meanwhile would be saved nowhere.
void MainWindow::setMoving(bool on)
{
    m_isMoving = on;
    if (m_configurations) {
        m_configurations->setEnabled(!on);
        m_configurations->setToolTip(on ? tr("The database is being moved. Edit when it has arrived.") : QString());
    }
}

void MainWindow::keyPressEvent(QKeyEvent *event)
{
    // Comes here only where nothing below wanted it: an open editor or menu closes first.
    if (event->key() == Qt::Key_Escape && event->modifiers() == Qt::NoModifier)
        goBack();
    else
        QMainWindow::keyPressEvent(event);
}

void MainWindow::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QMainWindow::changeEvent(event);
}

} // namespace society::ui
