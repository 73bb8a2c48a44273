// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/uifixture.h"
#include "ui/accountspage.h"
#include "ui/configurationspage.h"
#include "ui/errorpanel.h"
#include "ui/experimentspage.h"
#include "ui/launchpage.h"
#include "ui/mainwindow.h"
#include "ui/runpage.h"
#include "ui/setuppage.h"
#include "ui/startuppage.h"

#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QAction>
#include <QComboBox>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QPushButton>
#include <QSet>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStackedWidget>
#include <QTabBar>
#include <QTemporaryDir>
#include <QToolButton>
#include <future>

using namespace society;
using namespace society::ui;
using namespace society::test;

namespace {

constexpr int patience = 30000; // ms

}

class TestMainWindow : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_fixture = std::make_unique<UiFixture>();
        QVERIFY2(m_fixture->isReady(), qPrintable(m_fixture->error()));
    }
    void cleanup()
    {
        m_window.reset();
        m_fixture.reset();
    }

    void shortcutsLeadToPages()
    {
        openReady();
        key(Qt::Key_2, Qt::ControlModifier);
        QVERIFY(shows<ExperimentsPage>());
        key(Qt::Key_3, Qt::ControlModifier);
        QVERIFY(shows<ConfigurationsPage>());
        key(Qt::Key_4, Qt::ControlModifier);
        QVERIFY(shows<AccountsPage>());
        QVERIFY(find<QToolButton>(m_window.get(), "rail_goAccounts")->isChecked());
        key(Qt::Key_1, Qt::ControlModifier);
        QVERIFY(shows<LaunchPage>());
        key(Qt::Key_4, Qt::ControlModifier);
        key(Qt::Key_Escape);
        QVERIFY(shows<LaunchPage>());
        QVERIFY(press(m_window.get(), "rail_goExperiments"));
        QVERIFY(shows<ExperimentsPage>());
        key(Qt::Key_F5); // must not upset anything
        m_fixture->settle();
        QVERIFY(shows<ExperimentsPage>());
    }

    void everyEntryOfTheMenuShowsItsKey()
    {
        openReady();
        QStringList keys;
        for (const QAction *action : m_window->findChildren<QAction *>(Qt::FindDirectChildrenOnly)) {
            if (action->shortcut().isEmpty())
                continue;
            QVERIFY2(!keys.contains(action->shortcut().toString()), qPrintable(action->objectName()));
            keys += action->shortcut().toString();
        }
        for (const char *expected : {"Ctrl+1", "Ctrl+2", "Ctrl+3", "Ctrl+4", "Ctrl+K", "F5", "Ctrl+Q", "Ctrl+Return"})
            QVERIFY2(keys.contains(QLatin1String(expected)), expected);
    }

    void paletteFindsConfigurationsAndCommands()
    {
        openReady();
        key(Qt::Key_K, Qt::ControlModifier);
        auto *edit = find<QLineEdit>(m_window.get(), "paletteEdit");
        QTRY_VERIFY(edit->hasFocus());
        QTest::keyClicks(edit, QStringLiteral("four people"));
        auto *list = find<QListWidget>(m_window.get(), "paletteList");
        QTRY_COMPARE_WITH_TIMEOUT(list->count(), 1, patience); // configurations come a moment later
        QTest::keyClick(edit, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(shows<ConfigurationsPage>(), patience);
        QTRY_COMPARE_WITH_TIMEOUT(
            find<QLabel>(m_window.get(), "configTitle")->text(), QStringLiteral("Four people"), patience);
        key(Qt::Key_K, Qt::ControlModifier);
        QTest::keyClicks(edit, QStringLiteral("account"));
        QTRY_VERIFY(list->count() > 0);
        QTest::keyClick(edit, Qt::Key_Escape);
        QVERIFY(!find<QWidget>(m_window.get(), "commandPalette")->isVisible());
        QVERIFY(shows<ConfigurationsPage>()); // Esc closed the palette and nothing else
    }

    void theWindowIsSeenBeforeItsPage()
    {
        QVERIFY2(m_fixture->prepareRuns(), qPrintable(m_fixture->error()));
        m_window = std::make_unique<MainWindow>(m_fixture->context());
        m_window->resize(1100, 600); // lower than the page is where its pickers stand in two rows
        m_window->show();
        QVERIFY(!m_window->findChild<Page *>());
        QVERIFY(find<QToolButton>(m_window.get(), "rail_goLaunch")->isChecked());
        key(Qt::Key_Escape); // nothing to go back from yet
        QTRY_VERIFY_WITH_TIMEOUT(shows<LaunchPage>(), patience);
        m_fixture->settle();
        QCOMPARE(m_window->size(), QSize(1100, 600));
    }

    /// Its keys stay where somebody types already.
    void thePageThatComesLeavesThePaletteAlone()
    {
        QVERIFY2(m_fixture->prepareRuns(), qPrintable(m_fixture->error()));
        m_window = std::make_unique<MainWindow>(m_fixture->context());
        m_window->show();
        find<QAction>(m_window.get(), "findAnything")->trigger();
        QVERIFY(!m_window->findChild<Page *>());
        QTRY_VERIFY_WITH_TIMEOUT(shows<LaunchPage>(), patience);
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        const auto *edit = find<QLineEdit>(m_window.get(), "paletteEdit");
        QVERIFY(edit->isVisible());
        QVERIFY(edit->hasFocus());
    }

    void whoeverIsQuickerGetsThePageThatWasAskedFor()
    {
        QVERIFY2(m_fixture->prepareRuns(), qPrintable(m_fixture->error()));
        m_window = std::make_unique<MainWindow>(m_fixture->context());
        m_window->show();
        find<QToolButton>(m_window.get(), "rail_goAccounts")->click();
        m_fixture->settle();
        QVERIFY(shows<AccountsPage>());
        QVERIFY(qobject_cast<QAbstractItemView *>(m_window->focusWidget())); // the bills, ready for the keyboard
        key(Qt::Key_1, Qt::ControlModifier);
        QVERIFY(shows<LaunchPage>());
    }

    void withoutARunnerSetupComesFirst()
    {
        m_window = std::make_unique<MainWindow>(m_fixture->context());
        m_window->show();
        QTRY_VERIFY_WITH_TIMEOUT(shows<SetupPage>(), patience);
    }

    void startShowsTheRunAndCountsIt()
    {
        openReady();
        auto *start = find<QPushButton>(m_window.get(), "launchStart");
        QTRY_VERIFY_WITH_TIMEOUT(start->isEnabled(), patience);
        find<QLineEdit>(m_window.get(), "launchName")->setText(QStringLiteral("sleep"));
        QTRY_VERIFY_WITH_TIMEOUT(start->isEnabled(), patience);
        key(Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(shows<RunPage>(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(
            find<QToolButton>(m_window.get(), "statusRuns")->text().contains(QStringLiteral("1 run")), patience);
        QVERIFY(find<QToolButton>(m_window.get(), "rail_goExperiments")->isChecked());

        // Closing asks; Cancel keeps the window.
        m_window->close();
        QVERIFY(m_window->isVisible());
        QTRY_VERIFY(openDialog("closeQuestion"));
        QVERIFY(press(openDialog("closeQuestion"), "closeCancel"));
        QTRY_VERIFY(!openDialog("closeQuestion"));
        QVERIFY(m_window->isVisible());

        // Stopping them ends the run and the window.
        m_window->close();
        QTRY_VERIFY(openDialog("closeQuestion"));
        QVERIFY(press(openDialog("closeQuestion"), "closeStop"));
        QTRY_VERIFY_WITH_TIMEOUT(!m_window->isVisible(), patience);
        experiment::Query all;
        all.tenant = TestWorkspace::Tenant;
        const auto list = m_fixture->services().experiments().list(all);
        QVERIFY(list && list->size() == 1);
        const auto ended = m_fixture->services().experiments().waitForEnd(list->first().id, 60);
        QVERIFY(ended);
        QCOMPARE(ended->state, experiment::State::Stopped);
    }

    void leavingThemLetsRunsGoOn()
    {
        openReady();
        experiment::Request request = m_fixture->services().practiceRequest();
        request.name = QStringLiteral("sleep");
        const auto run = m_fixture->services().experiments().start(request);
        QVERIFY2(run, run ? "" : qPrintable(run.error().message + run.error().detail));
        // The feed notices what another program has started.
        QTRY_VERIFY_WITH_TIMEOUT(!m_window->feed().unfinished().isEmpty(), patience);
        m_window->close();
        QTRY_VERIFY(openDialog("closeQuestion"));
        QVERIFY(press(openDialog("closeQuestion"), "closeLeave"));
        QTRY_VERIFY_WITH_TIMEOUT(!m_window->isVisible(), patience);
        m_window.reset();
        const auto now = m_fixture->services().experiments().refresh(run->id);
        QVERIFY(now && !isEnded(now->state));
        // A window that opens later shows it again.
        m_window = std::make_unique<MainWindow>(m_fixture->context());
        m_window->show();
        QTRY_VERIFY_WITH_TIMEOUT(!m_window->feed().unfinished().isEmpty(), patience);
    }

    void unsavedChangesHoldTheWindow()
    {
        openReady();
        const QString own = m_fixture->services().import(
            config::Kind::Agents, QStringLiteral("Mine"), R"({"citizens": [{"agent_class": "citizen", "number": 2}]})");
        m_window->showConfiguration(*ConfigId::parse(own), QStringLiteral("citizens.0.number"));
        auto *editor = m_window->findChild<QWidget *>(QStringLiteral("sourceEditor"));
        QTRY_VERIFY_WITH_TIMEOUT(
            find<QLabel>(m_window.get(), "configTitle")->text() == QStringLiteral("Mine") && editor->hasFocus(),
            patience);
        QTest::keyClicks(editor, QStringLiteral("1"));
        m_window->close();
        QTRY_VERIFY(openDialog("askBeforeLoss"));
        QVERIFY(m_window->isVisible());
        QVERIFY(press(openDialog("askBeforeLoss"), "askAgree"));
        QTRY_VERIFY(!m_window->isVisible());
    }

    void nothingIsBegunThatAMoveWouldLose()
    {
        openReady();
        find<QAction>(m_window.get(), "database")->trigger();
        QTRY_VERIFY(openDialog("databaseDialog"));
        QWidget *dialog = openDialog("databaseDialog");
        find<QLineEdit>(dialog, "databaseHost")->setText(QStringLiteral("127.0.0.1"));
        find<QSpinBox>(dialog, "databasePort")->setValue(1); // where nobody answers
        find<QLineEdit>(dialog, "databaseName")->setText(QStringLiteral("lab"));
        find<QLineEdit>(dialog, "databaseUser")->setText(QStringLiteral("ann"));
        QTRY_VERIFY_WITH_TIMEOUT(find<QAbstractButton>(dialog, "databaseToServer")->isEnabled(), patience);
        std::promise<void> gate;
        m_fixture->context().starter.post([opens = gate.get_future().share()] { opens.wait(); });
        QVERIFY(press(dialog, "databaseToServer"));
        QTRY_VERIFY(openDialog("askBeforeLoss"));
        QVERIFY(press(openDialog("askBeforeLoss"), "askAgree"));
        QTRY_VERIFY(find<QAbstractButton>(dialog, "databaseCancel")->isVisible());
        m_window->findChild<QAction *>(QStringLiteral("goConfigurations"))->trigger();
        QVERIFY(!m_window->findChild<ConfigurationsPage *>()->isEnabled());
        gate.set_value();
        QTRY_VERIFY_WITH_TIMEOUT(m_window->findChild<ConfigurationsPage *>()->isEnabled(), patience);
        QVERIFY(dialog->findChild<ErrorPanel *>()->isVisible()); // it has not been moved
        dialog->close();
    }

    void everyControlHasANameOfItsOwn()
    {
        openReady();
        for (const int page : {1, 2, 3, 4}) {
            key(static_cast<Qt::Key>(Qt::Key_0 + page), Qt::ControlModifier);
            m_fixture->settle();
            QSet<QString> names;
            const QWidget *stack = m_window->findChild<QStackedWidget *>();
            for (QWidget *widget : stack->findChildren<QWidget *>()) {
                if (!widget->isVisible() || widget->focusPolicy() == Qt::NoFocus || widget->focusProxy() ||
                    qobject_cast<QLabel *>(widget) || widget->objectName().startsWith(QStringLiteral("qt_")))
                    continue;
                QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(widget);
                if (!accessible || !accessible->isValid())
                    continue;
                const bool control = qobject_cast<QAbstractButton *>(widget) || qobject_cast<QLineEdit *>(widget) ||
                                     qobject_cast<QAbstractItemView *>(widget) || qobject_cast<QComboBox *>(widget);
                // What Qt itself puts into a control (a clear button, a calendar's field) is named by it.
                if (!control || qobject_cast<QLineEdit *>(widget->parentWidget()) ||
                    qobject_cast<QAbstractSpinBox *>(widget->parentWidget()) ||
                    qobject_cast<QTabBar *>(widget->parentWidget()))
                    continue;
                const QString name = accessible->text(QAccessible::Name);
                QVERIFY2(!name.isEmpty(),
                    qPrintable(QStringLiteral("page %1: %2 (%3) has no accessible name")
                                   .arg(page)
                                   .arg(widget->objectName(), QLatin1String(widget->metaObject()->className()))));
                QVERIFY2(!names.contains(name), qPrintable(QStringLiteral("page %1: “%2” twice").arg(page).arg(name)));
                names.insert(name);
            }
            QVERIFY(!names.isEmpty());
        }
    }

    void geometryIsRemembered()
    {
        openReady();
        for (const QWidget *page : m_window->findChildren<Page *>()) {
            QVERIFY2(page->minimumSizeHint().width() <= 860, // beside the rail, on a small screen
                qPrintable(
                    QStringLiteral("%1 needs %2 pixels").arg(page->objectName()).arg(page->minimumSizeHint().width())));
        }
        for (const QWidget *page : m_window->findChildren<Page *>())
            QVERIFY2(page->minimumSizeHint().width() <= 860,
                qPrintable(
                    QStringLiteral("%1 needs %2 pixels").arg(page->objectName()).arg(page->minimumSizeHint().width())));
        m_window->resize(930, 610);
        m_window->close();
        m_window = std::make_unique<MainWindow>(m_fixture->context());
        QCOMPARE(m_window->size(), QSize(930, 610));
    }

    void theWindowComesBackOnItsPage()
    {
        openReady();
        key(Qt::Key_2, Qt::ControlModifier);
        m_window->close();
        m_window = std::make_unique<MainWindow>(m_fixture->context());
        m_window->show();
        QVERIFY(find<QToolButton>(m_window.get(), "rail_goExperiments")->isChecked()); // from the first moment on
        QVERIFY(!find<QToolButton>(m_window.get(), "rail_goLaunch")->isChecked());
        QTRY_VERIFY_WITH_TIMEOUT(shows<ExperimentsPage>(), patience);
        QVERIFY(!m_window->findChild<LaunchPage *>()); // nobody has asked for it
        QVERIFY(find<QToolButton>(m_window.get(), "rail_goExperiments")->isChecked());
        m_fixture->settle();
        QVERIFY(shows<ExperimentsPage>());
        key(Qt::Key_Escape);
        QVERIFY(shows<LaunchPage>());
        m_fixture->settings().setWindowPage(QStringLiteral("a page of another version"));
        m_window = std::make_unique<MainWindow>(m_fixture->context());
        m_window->show();
        QTRY_VERIFY_WITH_TIMEOUT(shows<LaunchPage>(), patience);
    }

    void keysAndIconsAreThereWhenTheyAreWanted()
    {
        QVERIFY2(m_fixture->prepareRuns(), qPrintable(m_fixture->error()));
        m_window = std::make_unique<MainWindow>(m_fixture->context());
        m_window->show();
        m_window->activateWindow();
        auto *start = find<QAction>(m_window.get(), "start");
        QVERIFY(start->icon().isNull()); // no theme is searched before the window is seen
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        key(Qt::Key_3, Qt::ControlModifier);
        QVERIFY(shows<ConfigurationsPage>()); // the first key, before anything else was shown
        auto *run = qobject_cast<QMenu *>(m_window->menuBar()->actions().at(1)->menu());
        run->popup(m_window->mapToGlobal(QPoint(0, 0)));
        QVERIFY(!start->icon().isNull());
        run->close();
    }

    void startupSaysWhyAndTriesAgain()
    {
        StartupPage page(QStringLiteral("/somewhere"));
        page.show();
        QVERIFY(!find<QPushButton>(&page, "startupRetry")->isEnabled());
        page.showError({ErrorKind::Database, QStringLiteral("database_newer"), QStringLiteral("It is newer"),
            QStringLiteral("Update the program."), {}, {}});
        QVERIFY(find<QLabel>(&page, "errorRemedy")->isVisible());
        QSignalSpy retry(&page, &StartupPage::retryRequested);
        QVERIFY(press(&page, "startupRetry"));
        QCOMPARE(retry.size(), 1);
        // Of a file there is nothing to mend about its server.
        QVERIFY(!find<QPushButton>(&page, "startupConnection")->isVisible());
        page.showError({ErrorKind::Database, QStringLiteral("database_unreachable"), QStringLiteral("Nobody answers"),
                           QStringLiteral("Try again."), {}, {}},
            true);
        QSignalSpy connection(&page, &StartupPage::connectionRequested);
        QVERIFY(press(&page, "startupConnection"));
        QCOMPARE(connection.size(), 1);
        const QTemporaryDir other;
        QSignalSpy chosen(&page, &StartupPage::workspaceChosen);
        chooseFolder(page, other.path());
        QTRY_COMPARE(chosen.size(), 1);
        QCOMPARE(chosen.first().first().toString(), other.path());
        page.showOpening();
        QVERIFY(!find<QPushButton>(&page, "startupOther")->isVisible());
    }

    void theSameWorkspaceIsTriedAgain()
    {
        const QTemporaryDir folder;
        StartupPage page(folder.path() + u'/');
        page.show();
        page.showError(
            {ErrorKind::Database, QStringLiteral("database_locked"), QStringLiteral("It is locked"), {}, {}, {}});
        QSignalSpy chosen(&page, &StartupPage::workspaceChosen);
        QSignalSpy retry(&page, &StartupPage::retryRequested);
        chooseFolder(page, folder.path());
        QTRY_COMPARE(retry.size(), 1);
        QCOMPARE(chosen.size(), 0);
    }

private:
    void openReady()
    {
        QVERIFY2(m_fixture->prepareRuns(), qPrintable(m_fixture->error()));
        m_window = std::make_unique<MainWindow>(m_fixture->context());
        m_window->resize(1100, 740);
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        m_fixture->settle();
    }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        QWidget *target = QApplication::focusWidget();
        QTest::keyClick(target ? target : m_window.get(), key, modifiers);
    }
    static void chooseFolder(StartupPage &page, const QString &folder)
    {
        QVERIFY(press(&page, "startupOther"));
        QTRY_VERIFY(openDialog("startupFolderDialog"));
        auto *folders = qobject_cast<QFileDialog *>(openDialog("startupFolderDialog"));
        folders->setDirectory(QFileInfo(folder).absolutePath());
        folders->selectFile(folder);
        QMetaObject::invokeMethod(folders, "accept");
    }
    template <class Shown>
    bool shows()
    {
        return qobject_cast<Shown *>(m_window->findChild<QStackedWidget *>()->currentWidget());
    }

    std::unique_ptr<UiFixture> m_fixture;
    std::unique_ptr<MainWindow> m_window;
};

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
