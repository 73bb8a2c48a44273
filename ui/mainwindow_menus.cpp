// SPDX-License-Identifier: GPL-3.0-or-later
// The main window's actions, menus and rail, and what their texts say; what they do is in mainwindow.cpp.
#include "services/core/workspace.h"
#include "ui/accountspage.h"
#include "ui/appsettings.h"
#include "ui/ask.h"
#include "ui/configurationspage.h"
#include "ui/experimentspage.h"
#include "ui/icons.h"
#include "ui/launchpage.h"
#include "ui/mainwindow.h"
#include "ui/page.h"
#include "ui/setuppage.h"

#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <functional>
#include <utility>

namespace society::ui {

namespace {

QAction *makeAction(QObject *parent, const char *name, const char *iconName, const QKeySequence &shortcut)
{
    auto *action = new QAction(parent);
    action->setObjectName(QString::fromLatin1(name));
    nameIcon(action, iconName);
    action->setShortcut(shortcut);
    return action;
}

} // namespace

// By hand: an expression takes longer to be compiled than all names of the rail to be drawn.
QString MainWindow::plainText(const QAction *action)
{
    const QString text = action->text();
    QString plain;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text.at(i) == u'(' && i + 3 < text.size() && text.at(i + 1) == u'&' && text.at(i + 3) == u')')
            i += 3; // the mnemonic of a language that has no such letter in its word
        else if (text.at(i) != u'&' && text.at(i) != u'…')
            plain += text.at(i);
    }
    return plain;
}

void MainWindow::makeActions()
{
    const auto make = [this](const char *name, const char *iconName, const QKeySequence &keys = {}) {
        return makeAction(this, name, iconName, keys);
    };
    m_pageActions = new QActionGroup(this);
    m_pageActions->setExclusionPolicy(QActionGroup::ExclusionPolicy::ExclusiveOptional);
    const auto page = [&](const char *name, const char *iconName, Qt::Key key, const std::function<Page *()> &target) {
        QAction *action = make(name, nullptr, QKeySequence(Qt::CTRL | key));
        action->setIcon(ownIcon(iconName));
        action->setCheckable(true);
        m_pageActions->addAction(action);
        connect(action, &QAction::triggered, this, [this, target] { showPage(target()); });
        return action;
    };
    // The Run page stands behind the list; its rail entry goes back to the list.
    m_goLaunch = page("goLaunch", "media-playback-start", Qt::Key_1, [this] { return &launchPage(); });
    m_goExperiments = page("goExperiments", "view-list-details", Qt::Key_2, [this] { return &experimentsPage(); });
    m_goConfigurations = page("goConfigurations", "configure", Qt::Key_3, [this] { return &configurationsPage(); });
    m_goAccounts = page("goAccounts", "view-financial-account", Qt::Key_4, [this] { return &accountsPage(); });

    m_back = make("goBack", "go-previous", QKeySequence(Qt::ALT | Qt::Key_Left));
    connect(m_back, &QAction::triggered, this, &MainWindow::goBack);
    m_find = make("findAnything", "edit-find", QKeySequence(Qt::CTRL | Qt::Key_K));
    connect(m_find, &QAction::triggered, this, &MainWindow::openPalette);
    m_refresh = make("refresh", "view-refresh", QKeySequence(Qt::Key_F5));
    connect(m_refresh, &QAction::triggered, this, [this] {
        m_feed.refresh();
        updateAccount();
        if (Page *shown = currentPage())
            shown->refresh();
    });
    m_import = make("import", "document-import", QKeySequence(Qt::CTRL | Qt::Key_I));
    connect(m_import, &QAction::triggered, this, [this] {
        showPage(&configurationsPage());
        m_configurations->chooseImport();
    });
    m_database = make("database", "server-database");
    connect(m_database, &QAction::triggered, this, &MainWindow::openDatabase);
    m_setupAction = make("setUp", "run-build");
    connect(m_setupAction, &QAction::triggered, this, [this] { showPage(&setupPage()); });
    m_settings = make("settings", "configure", QKeySequence(Qt::CTRL | Qt::Key_Comma));
    connect(m_settings, &QAction::triggered, this, &MainWindow::openSettings);
    m_folder = make("openWorkspace", "document-open-folder");
    connect(m_folder, &QAction::triggered, this, [this] {
        if (const Result<> opened = openFolder(m_context.workspace.root()); !opened)
            reportProblem(opened.error());
    });
    m_quit = make("quit", "application-exit", QKeySequence(Qt::CTRL | Qt::Key_Q));
    connect(m_quit, &QAction::triggered, this, &QWidget::close);
    m_start = make("start", "media-playback-start", QKeySequence(Qt::CTRL | Qt::Key_Return));
    connect(m_start, &QAction::triggered, this, [this] {
        if (m_launch && currentPage() == m_launch)
            m_launch->start();
        else
            showPage(&launchPage());
    });
    m_exportRun = make("exportRun", "document-export");
    connect(m_exportRun, &QAction::triggered, this, [this] {
        showPage(&launchPage());
        m_launch->exportRun();
    });
    m_recharge = make("recharge", "list-add");
    connect(m_recharge, &QAction::triggered, this, [this] {
        showPage(&accountsPage());
        m_accounts->recharge();
    });
    m_audit = make("audit", "office-chart-bar");
    connect(m_audit, &QAction::triggered, this, [this] {
        showPage(&accountsPage());
        m_accounts->audit();
    });
    const auto ofAccounts = [&](const char *name, const char *iconName, void (AccountsPage::*what)()) {
        QAction *action = make(name, iconName);
        connect(action, &QAction::triggered, this, [this, what] {
            showPage(&accountsPage());
            (m_accounts->*what)();
        });
        return action;
    };
    m_statement = ofAccounts("statement", "view-financial-transfer", &AccountsPage::writeStatement);
    m_prices = ofAccounts("prices", "view-financial-category", &AccountsPage::showPrices);
    m_tenants = ofAccounts("tenants", "system-users", &AccountsPage::showTenants);
    m_keys = make("shortcuts", "input-keyboard", QKeySequence(Qt::Key_F1));
    connect(m_keys, &QAction::triggered, this, &MainWindow::showShortcuts);
    m_about = make("about", "help-about");
    connect(m_about, &QAction::triggered, this, &MainWindow::showAbout);
}

void MainWindow::makeMenus()
{
    m_fileMenu = menuBar()->addMenu(QString());
    m_fileMenu->addActions({m_import, m_setupAction, m_settings, m_database, m_folder});
    m_fileMenu->addSeparator();
    m_fileMenu->addAction(m_quit);
    m_runMenu = menuBar()->addMenu(QString());
    m_runMenu->addActions({m_start, m_exportRun});
    m_moneyMenu = menuBar()->addMenu(QString());
    m_moneyMenu->addActions({m_recharge, m_audit, m_statement, m_prices, m_tenants});
    m_goMenu = menuBar()->addMenu(QString());
    m_goMenu->addActions({m_goLaunch, m_goExperiments, m_goConfigurations, m_goAccounts});
    m_goMenu->addSeparator();
    m_goMenu->addActions({m_find, m_back});
    m_viewMenu = menuBar()->addMenu(QString());
    m_viewMenu->addAction(m_refresh);
    m_lookMenu = m_viewMenu->addMenu(QString());
    m_languageMenu = m_viewMenu->addMenu(QString());

    AppSettings &settings = m_context.settings;
    auto *looks = new QActionGroup(this);
    for (const Look look : {Look::System, Look::Light, Look::Dark}) {
        QAction *action = looks->addAction(makeAction(this, "look", nullptr, {}));
        action->setObjectName(QStringLiteral("look%1").arg(static_cast<int>(look)));
        action->setCheckable(true);
        action->setChecked(settings.look() == look);
        connect(action, &QAction::triggered, this, [settings = &settings, look] { settings->setLook(look); });
        connect(&settings, &AppSettings::lookChanged, action,
            [action, look](Look now) { action->setChecked(now == look); });
        m_lookMenu->addAction(action);
        m_lookActions += action;
    }
    auto *languages = new QActionGroup(this);
    for (const char *language : {"system", "en", "zh_CN"}) {
        const QString word = QString::fromLatin1(language);
        QAction *action = languages->addAction(makeAction(this, "language", nullptr, {}));
        action->setObjectName(QStringLiteral("language_") + word);
        action->setCheckable(true);
        action->setChecked(settings.language() == word);
        connect(action, &QAction::triggered, this, [settings = &settings, word] { settings->setLanguage(word); });
        connect(&settings, &AppSettings::languageChanged, action,
            [action, word](const QString &now) { action->setChecked(now == word); });
        m_languageMenu->addAction(action);
        m_languageActions += action;
    }
    // Icons are drawn for a dark or a light window; those in use are asked for again.
    connect(&settings, &AppSettings::lookChanged, this, [this] {
        m_isDressed = false;
        dressActions();
    });
    m_helpMenu = menuBar()->addMenu(QString());
    m_helpMenu->addActions({m_keys, m_about});
    for (const QMenu *menu : {m_fileMenu, m_runMenu, m_moneyMenu, m_goMenu, m_viewMenu, m_helpMenu})
        connect(menu, &QMenu::aboutToShow, this, &MainWindow::dressActions);
}

// Looking for an icon in a theme is a hundred files asked for: those of the menus wait until a menu or the palette
// shows them, or the window is at rest. The rail, which is painted first, has pictures of the program's own.
void MainWindow::dressActions()
{
    if (std::exchange(m_isDressed, true))
        return;
    for (QAction *action : findChildren<QAction *>(Qt::FindDirectChildrenOnly))
        dress(action);
}

void MainWindow::makeRail()
{
    m_rail->setObjectName(QStringLiteral("rail"));
    auto *layout = new QVBoxLayout(m_rail);
    layout->setContentsMargins(4, 8, 0, 8);
    m_rail->setMinimumWidth(84); // short words of a language give no cramped targets
    layout->setSpacing(4);
    for (QAction *action : {m_goLaunch, m_goExperiments, m_goConfigurations, m_goAccounts}) {
        auto *button = new QToolButton(m_rail);
        button->setObjectName(QStringLiteral("rail_") + action->objectName());
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
        button->setIconSize(QSize(24, 24));
        button->setAutoRaise(true);
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        button->setFocusPolicy(Qt::TabFocus);
        layout->addWidget(button);
    }
    layout->addStretch();
}

void MainWindow::showAbout()
{
    auto *box = new QMessageBox(QMessageBox::Information, tr("About Society Workbench"),
        tr("Society Workbench %1").arg(QCoreApplication::applicationVersion()), QMessageBox::NoButton, this);
    box->setObjectName(QStringLiteral("aboutBox"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(
        tr("Runs simulations of societies of language-model agents with AgentSociety. Free software "
           "under the GNU General Public License, version 3 or later. It sends nothing anywhere "
           "except to the language model that you choose."));
    box->addButton(tr("Close"), QMessageBox::AcceptRole);
    box->open();
}

void MainWindow::showShortcuts()
{
    QStringList lines;
    for (const QAction *action : findChildren<QAction *>(Qt::FindDirectChildrenOnly)) {
        if (action->shortcut().isEmpty() || action->text().isEmpty())
            continue;
        lines += QStringLiteral("<tr><td><b>%1</b>&nbsp;&nbsp;</td><td>%2</td></tr>")
                     .arg(action->shortcut().toString(QKeySequence::NativeText).toHtmlEscaped(),
                         plainText(action).toHtmlEscaped());
    }
    const std::initializer_list<std::pair<QString, QString>> lists{{tr("Esc"), tr("Back")},
        {tr("Return"), tr("Open what is chosen in a list; start, in the name of an experiment")},
        {tr("F2"), tr("Rename")}, {tr("Del"), tr("Delete, with a question")}, {tr("Ctrl+C"), tr("Copy rows as text")},
        {tr("Ctrl+S"), tr("Save a version of a configuration")},
        {tr("Ctrl+F"), tr("Find in a log, a source or the bills")},
        {tr("F3, F8 or F4"), tr("In a log: the next hit; the next error. With Shift the one before")},
        {tr("Ctrl+L, Ctrl+T"), tr("In a log: only the hits; the troubles")},
        {tr("Ctrl+M, F2"), tr("In a log: mark the line; the next mark")},
        {tr("Ctrl+G, Alt+Z"), tr("In a log: go to a line or time; wrap lines")},
        {tr("+, -, Ctrl+Shift+F"), tr("In a log: open or close a fold; all of them")}};
    for (const auto &[key, what] : lists)
        lines += QStringLiteral("<tr><td><b>%1</b>&nbsp;&nbsp;</td><td>%2</td></tr>")
                     .arg(key.toHtmlEscaped(), what.toHtmlEscaped());
    auto *box = new QMessageBox(QMessageBox::NoIcon, tr("Keyboard"), QString(), QMessageBox::NoButton, this);
    box->setObjectName(QStringLiteral("shortcutsBox"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setText(QStringLiteral("<table>%1</table>").arg(lines.join(QString())));
    box->addButton(tr("Close"), QMessageBox::AcceptRole);
    box->open();
}

void MainWindow::retranslate()
{
    setWindowTitle(tr("Society Workbench"));
    m_fileMenu->setTitle(tr("&File"));
    m_runMenu->setTitle(tr("&Run"));
    m_moneyMenu->setTitle(tr("&Money"));
    m_goMenu->setTitle(tr("&Go"));
    m_viewMenu->setTitle(tr("&View"));
    m_lookMenu->setTitle(tr("&Look"));
    m_languageMenu->setTitle(tr("L&anguage"));
    m_helpMenu->setTitle(tr("&Help"));
    m_rail->setAccessibleName(tr("Pages"));
    m_goLaunch->setText(tr("&Launch"));
    m_goExperiments->setText(tr("&Experiments"));
    m_goConfigurations->setText(tr("&Configurations"));
    m_goAccounts->setText(tr("&Accounts"));
    for (QAction *action : {m_goLaunch, m_goExperiments, m_goConfigurations, m_goAccounts})
        action->setIconText(plainText(action)); // what its button on the rail says
    m_back->setText(tr("&Back"));
    m_find->setText(tr("&Find anything…"));
    m_refresh->setText(tr("&Refresh"));
    m_import->setText(tr("&Import configurations…"));
    m_setupAction->setText(tr("Set &up…"));
    m_database->setText(tr("&Database…"));
    m_settings->setText(tr("&Settings…"));
    m_folder->setText(tr("Open the &workspace's folder"));
    m_quit->setText(tr("&Quit"));
    m_start->setText(tr("&Start the experiment"));
    m_exportRun->setText(tr("&Export the run file…"));
    m_recharge->setText(tr("&Recharge the account…"));
    m_audit->setText(tr("&Audit the account"));
    m_statement->setText(tr("S&tatement of account…"));
    m_prices->setText(tr("&Prices…"));
    m_tenants->setText(tr("T&enants…"));
    m_keys->setText(tr("&Keyboard"));
    m_about->setText(tr("&About Society Workbench"));
    const QStringList looks{tr("As the &system"), tr("&Light"), tr("&Dark")};
    for (int i = 0; i < m_lookActions.size(); ++i)
        m_lookActions.at(i)->setText(looks.at(i));
    const QStringList languages{tr("As the &system"), QStringLiteral("&English"), QStringLiteral("简体中文")};
    for (int i = 0; i < m_languageActions.size(); ++i)
        m_languageActions.at(i)->setText(languages.at(i));
}

} // namespace society::ui
