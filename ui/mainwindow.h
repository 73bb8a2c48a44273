// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/activities.h"
#include "ui/appcontext.h"
#include "ui/experimentfeed.h"

#include <QMainWindow>
#include <QPointer>

class QAction;
class QActionGroup;
class QMenu;
class QMessageBox;
class QStackedWidget;
class QWidget;

namespace society::ui {

class AccountsPage;
class CommandPalette;
class ConfigurationsPage;
class DatabaseDialog;
class ExperimentsPage;
class LaunchPage;
class Notifier;
class Page;
class RunPage;
class SettingsDialog;
class SetupPage;
class StatusArea;

/// The window: rail, pages, menu, status bar, palette; carries what pages ask for from one to the other. GUI thread.
class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    /// `context` and everything in it outlive the window and the workers.
    explicit MainWindow(const AppContext &context, QWidget *parent = nullptr);
    ~MainWindow() override;

    /// To the front, as a second start asks.
    void bringToFront();
    void showRun(const ExperimentId &id);
    void showConfiguration(const ConfigId &id, const QString &path);
    [[nodiscard]] ExperimentFeed &feed() { return m_feed; }
    /// Says in a box, until read, what was done to get here.
    void tell(const QString &words);
    /// Says in the status bar, until read, what went wrong outside the pages.
    void reportProblem(const Error &error);

signals:
    /// The person wants another tenant's experiments and money; nothing unsaved is in the way.
    void tenantRequested(const society::TenantId &tenant);
    /// The workspace's database is elsewhere now: another window is to show it. `words` say what was done.
    void databaseChanged(const QString &words);

protected:
    void closeEvent(QCloseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void add(Page *page);
    LaunchPage &launchPage();
    ExperimentsPage &experimentsPage();
    RunPage &runPage();
    ConfigurationsPage &configurationsPage();
    AccountsPage &accountsPage();
    SetupPage &setupPage();
    void makeNextPage();
    void makeActions();
    void makeMenus();
    void makeRail();
    void dressActions();
    void connectFeed();
    void retranslate();
    void restore();
    void remember();

    void showPage(Page *page);
    [[nodiscard]] Page *currentPage() const;
    void goBack();
    void openPalette();
    void openSettings();
    void openDatabase();
    void setMoving(bool on);
    void requestTenant(const TenantId &tenant);
    void makeFirstPage();
    void showFirstPage();
    void begin();
    void checkRunner();
    void updateAccount();
    void runEnded(const experiment::Experiment &experiment);
    void askAboutRuns();
    void stopAllAndQuit();
    void showAbout();
    void showShortcuts();
    /// An action's text without mnemonic and dots.
    [[nodiscard]] static QString plainText(const QAction *action);

    const AppContext &m_context;
    Activities m_activities;
    ExperimentFeed m_feed;
    bool m_hasBegun = false; ///< to read what it shows
    bool m_isPainted = false;
    bool m_isDressed = false; ///< its actions, with icons
    QStackedWidget *m_stack;
    const Page *m_shown = nullptr; // the page that was shown last; null before the first one
    QWidget *m_rail;
    StatusArea *m_status;
    CommandPalette *m_palette = nullptr; // null until it is asked for
    Notifier *m_notifier;

    LaunchPage *m_launch = nullptr; // all are null until they are asked for
    ExperimentsPage *m_experiments = nullptr;
    RunPage *m_run = nullptr;
    ConfigurationsPage *m_configurations = nullptr;
    AccountsPage *m_accounts = nullptr;
    SetupPage *m_setup = nullptr;
    QPointer<Page> m_cameFrom;

    QActionGroup *m_pageActions;
    QAction *m_firstAction = nullptr; ///< of the page that was open when the window closed
    QAction *m_goLaunch, *m_goExperiments, *m_goConfigurations, *m_goAccounts;
    QAction *m_back, *m_find, *m_refresh, *m_import, *m_settings, *m_quit;
    QAction *m_start, *m_exportRun, *m_recharge, *m_audit, *m_statement, *m_prices, *m_tenants, *m_setupAction,
        *m_database, *m_folder, *m_about, *m_keys;
    QList<QAction *> m_lookActions, m_languageActions;
    QMenu *m_fileMenu, *m_goMenu, *m_viewMenu, *m_lookMenu, *m_languageMenu, *m_runMenu, *m_moneyMenu, *m_helpMenu;

    QPointer<SettingsDialog> m_settingsDialog;
    QPointer<DatabaseDialog> m_databaseDialog;
    QPointer<QMessageBox> m_closeQuestion;
    bool m_closing = false;
    bool m_isMoving = false; ///< the database, to another place
    bool m_askingAccount = false;
    bool m_askAccountAgain = false;
};

} // namespace society::ui
