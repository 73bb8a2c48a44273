// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/workbench.h"
#include "models/memberlistmodel.h"
#include "services/ledger/ledger.h"
#include "services/store/database.h"
#include "services/store/members.h"
#include "tests/support/postgresserver.h"
#include "tests/support/results.h"
#include "tests/ui/uifixture.h"
#include "ui/datatable.h"
#include "ui/errorpanel.h"
#include "ui/statusarea.h"

#include <QAction>
#include <QComboBox>
#include <QElapsedTimer>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QSpinBox>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTranslator>

using namespace society;
using namespace society::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 30'000; // ms

}

/// The whole window and a real server: where the database is, the test of a server, and the way there and back.
class TestDatabaseDialog : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QFile passphrase(m_folder->filePath(u"passphrase"_s));
        QVERIFY(passphrase.open(QIODevice::WriteOnly));
        passphrase.write("open sesame\n");
        passphrase.close();
        qputenv("SOCIETY_KEYCHAIN", "off");
        qputenv("SOCIETY_PASSPHRASE_FILE", passphrase.fileName().toUtf8());
        m_workspace = Workspace(m_folder->filePath(u"lab"_s));
        m_settings = std::make_unique<ui::AppSettings>(m_workspace, m_folder->filePath(u"user.ini"_s));
    }
    void cleanup()
    {
        m_workbench.reset();
        m_settings.reset();
        m_folder.reset();
    }

    void saysWhatIsWrongWithAServer()
    {
        const QString name = m_server.newDatabase();
        const QString empty = m_server.newDatabase(false);
        open();
        QWidget *dialog = openIt();
        QTRY_VERIFY_WITH_TIMEOUT(text(dialog, "databaseNow").contains(u"society.db"_s), patience);
        QVERIFY(!find<QAbstractButton>(dialog, "databaseTest")->isEnabled()); // nothing is named
        QVERIFY(!find<QAbstractButton>(dialog, "databaseMembers")->isVisible());
        // What is required of the connection is said before it is tried.
        fill(dialog, u"db.example.org"_s, m_server.port(), name, u"admin"_s, u"x"_s);
        QVERIFY(text(dialog, "databaseTls").contains(u"any certificate is taken"_s));
        find<QLineEdit>(dialog, "databaseCa")->setText(u"/ca.crt"_s);
        QVERIFY(text(dialog, "databaseTls").contains(u"name “db.example.org”"_s));
        find<QLineEdit>(dialog, "databaseCa")->clear();
        fill(dialog, u"127.0.0.1"_s, m_server.port(), name, u"admin"_s, u"not this one"_s);
        QVERIFY(text(dialog, "databaseTls").contains(u"This machine"_s));
        struct Wrong {
            QString host;
            int port;
            QString database;
            QString login;
            QString password;
            QString code;
        };
        const QString password = m_server.password();
        for (const Wrong &wrong :
            {Wrong{u"127.0.0.1"_s, m_server.port(), name, u"admin"_s, u"nope"_s, u"login_refused"_s},
                Wrong{u"127.0.0.1"_s, 1, name, u"admin"_s, password, u"database_unreachable"_s},
                Wrong{u"127.1"_s, m_server.port(), name, u"admin"_s, password, u"tls_refused"_s},
                Wrong{u"127.0.0.1"_s, m_server.port(), u"nothing"_s, u"admin"_s, password, u"database_unknown"_s},
                Wrong{u"127.0.0.1"_s, m_server.port(), empty, u"root"_s, password, u"database_empty"_s},
                Wrong{u"a,b"_s, m_server.port(), name, u"admin"_s, password, u"server_invalid"_s}}) {
            fill(dialog, wrong.host, wrong.port, wrong.database, wrong.login, wrong.password);
            QVERIFY(press(dialog, "databaseTest"));
            QTRY_VERIFY_WITH_TIMEOUT(errorOf(dialog).code == wrong.code, patience);
            QVERIFY2(!errorOf(dialog).message.isEmpty() && !errorOf(dialog).remedy.isEmpty(), qPrintable(wrong.code));
        }
        // Return in a field tests; a password that works is kept, and is not asked for again.
        fill(dialog, u"127.0.0.1"_s, m_server.port(), name, u"admin"_s, password);
        QTest::keyClick(find<QLineEdit>(dialog, "databasePassword"), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(text(dialog, "databaseResult").contains(u"It works"_s), patience);
        QVERIFY2(text(dialog, "databaseResult").contains(u"“admin” there: admin"_s),
            qPrintable(text(dialog, "databaseResult")));
        QVERIFY(text(dialog, "databaseResult").contains(u"not encrypted (this machine)"_s));
        QVERIFY(find<QLineEdit>(dialog, "databasePassword")->text().isEmpty());
        QVERIFY(!dialog->findChild<ui::ErrorPanel *>()->isVisible());
        QVERIFY(press(dialog, "databaseTest"));
        QTRY_VERIFY_WITH_TIMEOUT(text(dialog, "databaseResult").contains(u"It works"_s), patience);
        QVERIFY(!QFile::exists(m_workspace.root() + u"/database.json"_s)); // a test changes nothing
        QVERIFY(press(dialog, "databaseClose"));
        QTRY_VERIFY(!openDialog("databaseDialog"));
    }

    void aTestIsCancelled()
    {
        QTcpServer silent; // takes connections and says nothing
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        open();
        QWidget *dialog = openIt();
        fill(dialog, u"127.0.0.1"_s, silent.serverPort(), u"lab"_s, u"ann"_s, u"x"_s);
        QElapsedTimer timer;
        timer.start();
        QVERIFY(press(dialog, "databaseTest"));
        QCOMPARE(text(dialog, "databaseResult"), u"Connecting…"_s);
        QVERIFY(!find<QAbstractButton>(dialog, "databaseTest")->isEnabled());
        QVERIFY(press(dialog, "databaseCancel"));
        QVERIFY2(timer.elapsed() < 1'000, "the window waited"); // the server has three seconds
        QCOMPARE(text(dialog, "databaseResult"), u"Cancelled."_s);
        QVERIFY(find<QAbstractButton>(dialog, "databaseTest")->isEnabled());
        // The late answer is not shown in the place of the next one's.
        const QString name = m_server.newDatabase();
        fill(dialog, u"127.0.0.1"_s, m_server.port(), name, u"admin"_s, m_server.password());
        QVERIFY(press(dialog, "databaseTest"));
        QTRY_VERIFY_WITH_TIMEOUT(text(dialog, "databaseResult").contains(u"It works"_s), patience);
        QVERIFY(!dialog->findChild<ui::ErrorPanel *>()->isVisible());
    }

    void movesThereAndBack()
    {
        const QString name = m_server.newDatabase();
        {
            QVERIFY(m_workspace.create());
            const auto database = must(store::Database::open(m_workspace.database()));
            ledger::Ledger ledger(*database, m_clock);
            must(ledger.addTenant(u"default"_s));
            for (const char *note : {"first", "second", "第三"})
                must(ledger.recharge(u"default"_s, Money::fromMicro(12'345'678), QString::fromUtf8(note)));
        }
        open();
        QWidget *dialog = openIt();
        fill(dialog, u"127.0.0.1"_s, m_server.port(), name, u"admin"_s, u"not this one"_s);
        // What cannot be reached is not moved to.
        QVERIFY(press(dialog, "databaseToServer"));
        agree(dialog);
        QTRY_COMPARE_WITH_TIMEOUT(errorOf(dialog).code, u"login_refused"_s, patience);
        QVERIFY(!QFile::exists(m_workspace.root() + u"/database.json"_s));
        find<QLineEdit>(dialog, "databasePassword")->setText(m_server.password());
        QVERIFY(press(dialog, "databaseToServer"));
        agree(dialog);
        const QString news = takeNews();
        QVERIFY2(news.contains(u"3 of them bills"_s) && news.contains(u"everything agrees"_s) &&
                     news.contains(u"society.db.moved-"_s),
            qPrintable(news));
        QCOMPARE(m_server.rows(name, u"SELECT count(*) FROM bills"_s), (QList<QStringList>{{u"3"_s}}));
        // The window goes on, on the server.
        QTRY_COMPARE_WITH_TIMEOUT(bills(), 3, patience);
        recharge(u"1"_s);
        QTRY_COMPARE_WITH_TIMEOUT(bills(), 4, patience);
        QCOMPARE(m_server.rows(name, u"SELECT count(*) FROM bills"_s), (QList<QStringList>{{u"4"_s}}));
        dialog = openIt();
        QTRY_VERIFY_WITH_TIMEOUT(text(dialog, "databaseNow").contains(u"You are “admin” there: admin."_s), patience);
        QCOMPARE(find<QLineEdit>(dialog, "databaseName")->text(), name);
        QVERIFY(press(dialog, "databaseToFile"));
        agree(dialog);
        const QString back = takeNews();
        QVERIFY2(back.contains(u"4 of them bills"_s) && back.contains(u"everything agrees"_s), qPrintable(back));
        QTRY_COMPARE_WITH_TIMEOUT(bills(), 4, patience);
        recharge(u"2"_s);
        QTRY_COMPARE_WITH_TIMEOUT(bills(), 5, patience);
        QVERIFY(QFile::exists(m_workspace.database()));
    }

    void aServerThatRestartsIsWaitedFor()
    {
        const QString name = join();
        QTRY_COMPARE_WITH_TIMEOUT(bills(), 0, patience);
        recharge(u"1"_s);
        QTRY_COMPARE_WITH_TIMEOUT(bills(), 1, patience);
        m_server.stop();
        auto *status = window()->findChild<ui::StatusArea *>();
        QVERIFY(status);
        auto *problem = find<QAbstractButton>(window(), "statusProblem");
        QTRY_VERIFY_WITH_TIMEOUT(problem->isVisible(), patience);
        // What is tried meanwhile is refused in words, and not half done.
        recharge(u"2"_s);
        auto *error = window()->findChild<QWidget *>(u"accountsPage"_s)->findChild<ui::ErrorPanel *>();
        QTRY_VERIFY_WITH_TIMEOUT(error->isVisible(), patience);
        QCOMPARE(error->error().code, u"database_unreachable"_s);
        m_server.start();
        // By itself: another program's bill is seen without anything being pressed.
        m_server.sql(
            name, {u"INSERT INTO bills (id, tenant, item, amount_micro, created_at, balance_after_micro) VALUES "
                   "('b', 'default', 'recharge', 5, '2026-03-01T12:00:00.000Z', 1000005)"_s});
        QTRY_COMPARE_WITH_TIMEOUT(bills(), 2, patience);
        recharge(u"3"_s);
        QTRY_COMPARE_WITH_TIMEOUT(bills(), 3, patience);
    }

    void aWrongServerIsMendedAtTheStart()
    {
        join();
        m_workbench.reset();
        QFile file(m_workspace.root() + u"/database.json"_s);
        QVERIFY(file.open(QIODevice::ReadWrite));
        QByteArray named = file.readAll();
        const QByteArray port = QByteArray::number(m_server.port());
        QVERIFY(named.contains(port));
        file.resize(0);
        file.seek(0);
        file.write(named.replace(port, "1"));
        file.close();
        m_workbench = std::make_unique<app::Workbench>(m_workspace, u"default"_s, *m_settings);
        m_workbench->open();
        QTRY_VERIFY_WITH_TIMEOUT(
            openDialog("startupPage") && !errorOf(openDialog("startupPage")).code.isEmpty(), patience);
        QCOMPARE(errorOf(openDialog("startupPage")).code, u"database_unreachable"_s);
        QVERIFY(press(openDialog("startupPage"), "startupConnection"));
        QTRY_VERIFY_WITH_TIMEOUT(openDialog("databaseDialog"), patience);
        QWidget *dialog = openDialog("databaseDialog");
        QTRY_COMPARE_WITH_TIMEOUT(find<QLineEdit>(dialog, "databaseUser")->text(), u"admin"_s, patience);
        find<QSpinBox>(dialog, "databasePort")->setValue(m_server.port());
        find<QLineEdit>(dialog, "databasePassword")->setText(m_server.password());
        QTRY_VERIFY_WITH_TIMEOUT(find<QAbstractButton>(dialog, "databaseUse")->isEnabled(), patience);
        QVERIFY(press(dialog, "databaseUse"));
        QTRY_VERIFY_WITH_TIMEOUT(openDialog("mainWindow"), patience);
        QVERIFY(!openDialog("startupPage"));
        QVERIFY(!takeNews().isEmpty());
    }

    void membersAreGivenAndTakenRoles()
    {
        const QString name = join();
        m_server.addLogin(u"ann"_s);
        QWidget *dialog = openIt();
        QTRY_VERIFY_WITH_TIMEOUT(find<QAbstractButton>(dialog, "databaseMembers")->isVisible(), patience);
        QVERIFY(press(dialog, "databaseMembers"));
        QTRY_VERIFY(openDialog("membersDialog"));
        QWidget *members = openDialog("membersDialog");
        auto *table = find<ui::DataTable>(members, "memberTable");
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 2, patience); // root and admin
        {
            QTranslator chinese; // taken into use while it is open
            QVERIFY(chinese.load(u":/translations/society_zh_CN.qm"_s));
            QCoreApplication::installTranslator(&chinese);
            QTRY_COMPARE(find<QAbstractButton>(members, "memberGive")->text(),
                QCoreApplication::translate("society::ui::MembersDialog", "&Give"));
            QVERIFY(find<QAbstractButton>(members, "memberGive")->text() != u"&Give"_s);
            QCOMPARE(find<QComboBox>(members, "memberRole")->itemText(0), models::roleText(u"observer"_s));
            QVERIFY(members->windowTitle() != u"Members of the ledger"_s);
            QCoreApplication::removeTranslator(&chinese);
            QTRY_COMPARE(find<QAbstractButton>(members, "memberGive")->text(), u"&Give"_s);
        }
        QTest::keyClicks(find<QLineEdit>(members, "memberLogin"), u"nobody"_s);
        QVERIFY(press(members, "memberGive"));
        QTRY_COMPARE_WITH_TIMEOUT(errorOf(members).code, u"login_unknown"_s, patience);
        find<QLineEdit>(members, "memberLogin")->setText(u"ann"_s);
        auto *role = find<QComboBox>(members, "memberRole");
        role->setCurrentIndex(role->findData(u"owner"_s));
        QVERIFY(press(members, "memberGive"));
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 3, patience);
        const QString question = u"SELECT role, tenant FROM members WHERE login = 'ann'"_s;
        QCOMPARE(m_server.rows(name, question), (QList<QStringList>{{u"owner"_s, u"default"_s}}));
        QTest::keyClicks(find<QLineEdit>(members, "memberFilter"), u"ann"_s);
        QTRY_COMPARE(table->model()->rowCount(), 1);
        table->selectRow(0);
        QVERIFY(press(members, "memberRemove"));
        agree(members);
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 0, patience);
        QVERIFY(m_server.rows(name, question).isEmpty());
        // The last admin stays.
        find<QLineEdit>(members, "memberFilter")->setText(u"root"_s);
        QTRY_COMPARE(table->model()->rowCount(), 1);
        table->selectRow(0);
        QVERIFY(press(members, "memberRemove"));
        agree(members);
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 0, patience);
        find<QLineEdit>(members, "memberFilter")->setText(u"admin"_s);
        QTRY_COMPARE(table->model()->rowCount(), 1);
        table->selectRow(0);
        QVERIFY(press(members, "memberRemove"));
        agree(members);
        QTRY_COMPARE_WITH_TIMEOUT(errorOf(members).code, u"last_admin"_s, patience);
        QVERIFY(press(members, "memberClose"));
    }

    void aMemberUsesTheLedger()
    {
        // Who has opened a window first has a file; with nothing to lose in it, it is set aside.
        const QString name = m_server.newDatabase();
        m_server.addLogin(u"bob"_s);
        {
            const auto ledgers = must(store::Database::open(m_server.place(name, u"admin"_s)));
            must(ledger::Ledger(*ledgers, m_clock).addTenant(u"physics"_s));
            must(store::setMember(*ledgers, u"bob"_s, u"physics"_s, u"member"_s));
        }
        open();
        use(name, u"bob"_s);
        const QString news = takeNews();
        QVERIFY2(news.contains(u"society.db.replaced-"_s), qPrintable(news));
        window()->findChild<QAction *>(u"goAccounts"_s)->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(window()->findChild<QLabel *>(u"accountTenant"_s), patience);
        QVERIFY(window()->findChild<QLabel *>(u"accountTenant"_s)->text().contains(u"physics"_s));
        // What the role does not allow is said where it is tried, and what one is is said in the dialog.
        recharge(u"1"_s);
        auto *error = window()->findChild<QWidget *>(u"accountsPage"_s)->findChild<ui::ErrorPanel *>();
        QTRY_COMPARE_WITH_TIMEOUT(error->error().code, u"role_forbids"_s, patience);
        QWidget *dialog = openIt();
        QTRY_VERIFY_WITH_TIMEOUT(text(dialog, "databaseNow").contains(u"member of physics"_s), patience);
    }

    void whatHasBillsIsNotSetAside()
    {
        {
            QVERIFY(m_workspace.create());
            const auto database = must(store::Database::open(m_workspace.database()));
            ledger::Ledger ledger(*database, m_clock);
            must(ledger.addTenant(u"default"_s));
            must(ledger.recharge(u"default"_s, Money::fromMicro(1'000'000), {}));
        }
        open();
        const QString name = m_server.newDatabase();
        use(name, u"admin"_s);
        QWidget *dialog = openDialog("databaseDialog");
        QTRY_COMPARE_WITH_TIMEOUT(errorOf(dialog).code, u"database_in_workspace"_s, patience);
        QVERIFY(errorOf(dialog).message.contains(u"1 bills"_s));
        QVERIFY(QFile::exists(m_workspace.database()));
        QVERIFY(!QFile::exists(m_workspace.root() + u"/database.json"_s));
        QTRY_COMPARE_WITH_TIMEOUT(bills(), 1, patience);
    }

private:
    void open()
    {
        m_workbench = std::make_unique<app::Workbench>(m_workspace, u"default"_s, *m_settings);
        m_workbench->open();
        QTRY_VERIFY_WITH_TIMEOUT(openDialog("mainWindow"), patience);
    }
    static QWidget *window() { return openDialog("mainWindow"); }
    static QWidget *openIt()
    {
        window()->findChild<QAction *>(u"database"_s)->trigger();
        QWidget *dialog = nullptr;
        if (!QTest::qWaitFor([&] { return (dialog = openDialog("databaseDialog")) != nullptr; }, patience))
            qFatal("no dialog");
        auto *now = find<QLabel>(dialog, "databaseNow");
        if (!QTest::qWaitFor([&] { return !now->text().isEmpty(); }, patience))
            qFatal("it does not say where the database is");
        return dialog;
    }
    static void fill(QWidget *dialog, const QString &host, int port, const QString &database, const QString &login,
        const QString &password)
    {
        find<QLineEdit>(dialog, "databaseHost")->setText(host);
        find<QSpinBox>(dialog, "databasePort")->setValue(port);
        find<QLineEdit>(dialog, "databaseName")->setText(database);
        find<QLineEdit>(dialog, "databaseUser")->setText(login);
        find<QLineEdit>(dialog, "databasePassword")->setText(password);
    }
    static QString text(QWidget *in, const char *name) { return find<QLabel>(in, name)->text(); }
    static Error errorOf(QWidget *in)
    {
        const auto *panel = in->findChild<ui::ErrorPanel *>(QString(), Qt::FindDirectChildrenOnly);
        if (!panel)
            panel = in->findChild<ui::ErrorPanel *>();
        return panel && panel->isVisible() ? panel->error() : Error();
    }
    static void agree(QWidget *)
    {
        QTRY_VERIFY(openDialog("askBeforeLoss"));
        QVERIFY(press(openDialog("askBeforeLoss"), "askAgree"));
        QTRY_VERIFY(!openDialog("askBeforeLoss"));
    }
    /// What the new window says; closes it.
    static QString takeNews()
    {
        if (!QTest::qWaitFor([] { return openDialog("newsBox") != nullptr; }, patience))
            return {};
        auto *box = qobject_cast<QMessageBox *>(openDialog("newsBox"));
        const QString words = box->text();
        box->close();
        return words;
    }
    void use(const QString &name, const QString &login)
    {
        QWidget *dialog = openIt();
        fill(dialog, u"127.0.0.1"_s, m_server.port(), name, login, m_server.password());
        QVERIFY(press(dialog, "databaseUse"));
        agree(dialog);
    }
    /// A window on a new ledger, as its admin.
    QString join()
    {
        QString name = m_server.newDatabase();
        open();
        use(name, u"admin"_s);
        if (takeNews().isEmpty())
            qWarning("the window does not come again");
        return name;
    }
    /// How many the Accounts page lists.
    static int bills()
    {
        if (!window())
            return -1;
        window()->findChild<QAction *>(u"goAccounts"_s)->trigger();
        const auto *table = window()->findChild<ui::DataTable *>(u"billTable"_s);
        return table ? table->model()->rowCount() : -1;
    }
    static void recharge(const QString &amount)
    {
        window()->findChild<QAction *>(u"recharge"_s)->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(openDialog("moneyDialog"), patience);
        QTest::keyClicks(find<QLineEdit>(openDialog("moneyDialog"), "moneyAmount"), amount);
        QVERIFY(press(openDialog("moneyDialog"), "moneyAgree"));
        QTRY_VERIFY(!openDialog("moneyDialog"));
    }

    PostgresServer &m_server = PostgresServer::shared();
    const SystemClock m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;
    Workspace m_workspace;
    std::unique_ptr<ui::AppSettings> m_settings;
    std::unique_ptr<app::Workbench> m_workbench;
};

QTEST_MAIN(TestDatabaseDialog)
#include "tst_databasedialog.moc"
