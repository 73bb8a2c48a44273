// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/otherworkspace.h"
#include "app/workbench/workbench.h"
#include "services/executor/procfs.h"
#include "services/ledger/ledger.h"
#include "services/store/database.h"
#include "tests/ui/uifixture.h"
#include "ui/errorpanel.h"
#include "ui/mainwindow.h"
#include "ui/startuppage.h"

#include <QAction>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QSqlQuery>
#include <QTableView>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>

using namespace society;
using namespace society::test;

namespace {

constexpr int patience = 30000; // ms

}

/// What the program does before its window: opens the workspace, or says why it cannot.
class TestWorkbench : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_workspace = Workspace(m_folder->filePath(QStringLiteral("lab")));
        m_settings = std::make_unique<ui::AppSettings>(m_workspace, m_folder->filePath(QStringLiteral("user.ini")));
    }
    void cleanup()
    {
        m_workbench.reset();
        m_settings.reset();
        m_folder.reset();
    }

    void aNewWorkspaceIsMadeAndShown()
    {
        open(QStringLiteral("default"));
        QTRY_VERIFY_WITH_TIMEOUT(openDialog("mainWindow"), patience);
        QVERIFY(!openDialog("startupPage"));
        QVERIFY(QFile::exists(m_workspace.database()));
    }

    void theDatabaseIsCopiedOnceADay()
    {
        open(QStringLiteral("default"));
        const QDir copies(m_workspace.backups());
        QTRY_COMPARE_WITH_TIMEOUT(copies.entryList({QStringLiteral("society-*.db")}, QDir::Files).size(), 1, patience);
    }

    void anotherTenantIsShownInTheSamePlace()
    {
        open(QStringLiteral("default"));
        QTRY_VERIFY_WITH_TIMEOUT(openDialog("mainWindow"), patience);
        const QWidget *first = openDialog("mainWindow");
        first->findChild<QAction *>(QStringLiteral("tenants"))->trigger();
        QTRY_VERIFY(openDialog("tenantsDialog"));
        QWidget *dialog = openDialog("tenantsDialog");
        QTest::keyClicks(find<QLineEdit>(dialog, "tenantId"), QStringLiteral("second"));
        QVERIFY(press(dialog, "tenantAdd"));
        auto *tenants = find<QTableView>(dialog, "tenantTable");
        QTRY_COMPARE_WITH_TIMEOUT(tenants->model()->rowCount(), 2, patience);
        QTest::keyClicks(find<QLineEdit>(dialog, "tenantId"), QStringLiteral("Not one"));
        QVERIFY(!find<QAbstractButton>(dialog, "tenantAdd")->isEnabled());
        tenants->setCurrentIndex(tenants->model()->index(1, 0));
        QTest::keyClick(tenants, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(openDialog("mainWindow") && openDialog("mainWindow") != first, patience);
        const QWidget *second = openDialog("mainWindow");
        second->findChild<QAction *>(QStringLiteral("goAccounts"))->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(second->findChild<QLabel *>(QStringLiteral("accountTenant")), patience);
        QVERIFY(
            second->findChild<QLabel *>(QStringLiteral("accountTenant"))->text().contains(QStringLiteral("second")));
    }

    /// So that a start need not wait for one; it goes with the program.
    void aKeeperWaitsForTheFirstRun()
    {
        qputenv("SOCIETY_TEST_FOLDER", m_folder->path().toUtf8());
        open(QStringLiteral("default"));
        QTRY_VERIFY_WITH_TIMEOUT(keepersWait(), patience);
        m_workbench.reset();
        QTRY_VERIFY_WITH_TIMEOUT(!keepersWait(), patience);
    }

    void chartsAreNotLoadedAtTheStart()
    {
        open(QStringLiteral("default"));
        QTRY_VERIFY_WITH_TIMEOUT(openDialog("mainWindow"), patience);
        QVERIFY(!mapped().contains("Charts"));
    }

    void anotherTenantMustBeThere()
    {
        open(QStringLiteral("nobody"));
        const Error error = startupError();
        QCOMPARE(error.code, QStringLiteral("tenant_unknown"));
        // Added meanwhile: the same window opens it.
        auto database = store::Database::open(m_workspace.database());
        QVERIFY(database);
        const SystemClock clock;
        QVERIFY(ledger::Ledger(**database, clock).addTenant(QStringLiteral("nobody")));
        QVERIFY(press(openDialog("startupPage"), "startupRetry"));
        QTRY_VERIFY_WITH_TIMEOUT(openDialog("mainWindow"), patience);
        QVERIFY(!openDialog("startupPage"));
    }

    void aNewerDatabaseIsRefusedInWords()
    {
        QVERIFY(m_workspace.create());
        {
            auto database = store::Database::open(m_workspace.database());
            QVERIFY(database);
            auto connection = (*database)->connection();
            QVERIFY(connection);
            QSqlQuery query(*connection);
            QVERIFY(query.exec(QStringLiteral("INSERT INTO schema_versions VALUES (9999, 'future', '')")));
        }
        open(QStringLiteral("default"));
        const Error error = startupError();
        QCOMPARE(error.code, QStringLiteral("database_newer"));
        QVERIFY(error.message.contains(QStringLiteral("newer")));
        QVERIFY(!error.remedy.isEmpty());
    }

    void aDamagedDatabaseIsRefusedAndLeftAlone()
    {
        QVERIFY(m_workspace.create());
        const QByteArray garbage(8192, 'x');
        QFile file(m_workspace.database());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(garbage);
        file.close();
        open(QStringLiteral("default"));
        const Error error = startupError();
        QCOMPARE(error.kind, ErrorKind::Database);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), garbage);
    }

    void aLockedDatabaseCanBeTriedAgain()
    {
        QVERIFY(m_workspace.create());
        auto database = store::Database::open(m_workspace.database());
        QVERIFY(database);
        auto connection = (*database)->connection();
        QVERIFY(connection);
        QSqlQuery query(*connection);
        QVERIFY(query.exec(QStringLiteral("BEGIN IMMEDIATE")));
        open(QStringLiteral("default")); // a new tenant must be written
        const Error error = startupError();
        QCOMPARE(error.code, QStringLiteral("database_locked"));
        QVERIFY(query.exec(QStringLiteral("COMMIT")));
        QVERIFY(press(openDialog("startupPage"), "startupRetry"));
        QTRY_VERIFY_WITH_TIMEOUT(openDialog("mainWindow"), patience);
    }

    void anotherWorkspaceIsOpenedByAnotherProcess()
    {
        const QTemporaryDir folder;
        ui::StartupPage page(QStringLiteral("/somewhere"));
        page.show();
        const QString missing = folder.filePath(QStringLiteral("missing"));
        app::openInstead(page, folder.path(), missing);
        auto *panel = page.findChild<ui::ErrorPanel *>();
        QVERIFY(panel->isVisible());
        QCOMPARE(panel->error().code, QStringLiteral("window_not_started"));
        QVERIFY(panel->error().remedy.contains(missing));
        // A program that writes down what it was asked stands for the window.
        const QString program = folder.filePath(QStringLiteral("window"));
        QFile script(program);
        QVERIFY(script.open(QIODevice::WriteOnly));
        script.write("#!/bin/sh\nprintf '%s|%s' \"$1\" \"$2\" >\"$2/asked.part\"\nmv \"$2/asked.part\" \"$2/asked\"\n");
        script.close();
        QVERIFY(script.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner));
        QTimer::singleShot(0, &page, [&] { app::openInstead(page, folder.path(), program); });
        QTimer::singleShot(patience, &page, [] { QCoreApplication::exit(1); });
        QCOMPARE(QCoreApplication::exec(), 0); // it ends by itself
        QFile asked(folder.filePath(QStringLiteral("asked")));
        QTRY_VERIFY_WITH_TIMEOUT(asked.exists(), patience);
        QVERIFY(asked.open(QIODevice::ReadOnly));
        QCOMPARE(asked.readAll(), "--workspace|" + folder.path().toUtf8());
    }

private:
    /// Whether a keeper that this program started waits for a run.
    static bool keepersWait()
    {
        const QByteArray mark = "SOCIETY_TEST_FOLDER=" + qgetenv("SOCIETY_TEST_FOLDER");
        const auto all = procfs::allProcesses();
        return std::any_of(all.begin(), all.end(), [&](const procfs::ProcessFacts &facts) {
            QFile environment(QStringLiteral("/proc/%1/environ").arg(facts.id.pid));
            return procfs::runsProgram(facts.id.pid, "--wait") && environment.open(QIODevice::ReadOnly) &&
                   environment.readAll().contains(mark);
        });
    }
    /// The libraries that this process has loaded.
    static QByteArray mapped()
    {
        QFile maps(QStringLiteral("/proc/self/maps"));
        return maps.open(QIODevice::ReadOnly) ? maps.readAll() : QByteArray("Charts");
    }
    void open(const TenantId &tenant)
    {
        m_workbench = std::make_unique<app::Workbench>(m_workspace, tenant, *m_settings);
        m_workbench->open();
    }
    // What the startup page says, once it says something.
    Error startupError()
    {
        Error error;
        const auto found = [&] {
            QWidget *page = openDialog("startupPage");
            auto *panel = page ? page->findChild<ui::ErrorPanel *>() : nullptr;
            if (!panel || !panel->isVisible())
                return false;
            error = panel->error();
            return true;
        };
        if (!QTest::qWaitFor(found, patience))
            qWarning("nothing was said");
        return error;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    Workspace m_workspace;
    std::unique_ptr<ui::AppSettings> m_settings;
    std::unique_ptr<app::Workbench> m_workbench;
};

QTEST_MAIN(TestWorkbench)
#include "tst_workbench.moc"
