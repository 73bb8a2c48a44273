// SPDX-License-Identifier: GPL-3.0-or-later
// A workspace's database on its way to a server and back, with a fault at every step: there is never more than one
// ledger, and what is left behind is said.
#include "services/experiment/databaseplace.h"
#include "services/experiment/rows.h"
#include "services/experiment/workspacedatabase.h"
#include "services/ledger/ledger.h"
#include "services/store/ledgerschema.h"
#include "services/store/query.h"
#include "tests/support/lossyproxy.h"
#include "tests/support/postgresserver.h"
#include "tests/support/results.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

using namespace society;
using namespace society::experiment;
using namespace society::test;
using namespace Qt::StringLiterals;

namespace {

class StillClock final : public Clock {
public:
    [[nodiscard]] QDateTime now() const override { return fromIso(u"2026-03-01T12:00:00.000Z"_s); }
};

/// What the clock makes of a name.
constexpr QLatin1String Stamp(".moved-20260301-120000");

/// A workspace with a ledger of its own: a tenant, two bills.
class Home {
public:
    explicit Home(const char *balance = "5")
    {
        must(workspace.create());
        database = must(store::Database::open(workspace.database()));
        ledger::Ledger ledger(*database, clock);
        must(ledger.addTenant(u"lab"_s));
        must(ledger.recharge(u"lab"_s, must(Money::parse(QString::fromLatin1(balance)))));
        must(ledger.recharge(u"lab"_s, must(Money::parse(u"1"))));
    }
    [[nodiscard]] WorkspaceDatabase moves() { return {workspace, *database, secrets, clock}; }
    /// As a program's next start finds it.
    void reopen(int busyMs = 5'000)
    {
        database.reset();
        store::Database::Options options;
        options.busyMs = busyMs;
        must(workspace.requireDatabase());
        database = must(store::Database::open(must(databasePlace(workspace, secrets)), options));
    }
    [[nodiscard]] QString path(const QString &name) const { return workspace.root() + u'/' + name; }
    [[nodiscard]] Money balance() { return must(ledger::Ledger(*database, clock).account(u"lab"_s)).balance; }
    [[nodiscard]] QString recharge()
    {
        return codeOf(ledger::Ledger(*database, clock).recharge(u"lab"_s, Money::fromMicro(1'000'000)));
    }

    QTemporaryDir dir;
    Workspace workspace{dir.path()};
    StillClock clock;
    secrets::SecretStore secrets{workspace, {.keychain = false, .passphraseFile = {}}};
    std::unique_ptr<store::Database> database;
};

MoveProgress beforeTheAudits(const std::function<void()> &act)
{
    return [act](const QString &table, qint64) {
        if (table.isEmpty())
            act();
        return true;
    };
}

} // namespace

class TestDatabaseMove : public QObject {
    Q_OBJECT

private slots:
    void balancesOfAnySize();
    void runsWithTheirBills();
    void aStepToTheServerFails_data();
    void aStepToTheServerFails();
    void theAnswerOfTheServerIsLost();
    void nobodyKnowsWhetherTheCopyWasSaved();
    void interruptedAtTheLastStep();
    void aStepToTheFileFails_data();
    void aStepToTheFileFails();
    void nobodyKnowsWhetherTheLedgerWasClosed();
    void twoAtOnce();
    void madeByTwoAtOnce();

private:
    [[nodiscard]] WorkspaceDatabase::Password password()
    {
        return std::make_shared<const secrets::SecretBytes>(m_server.password().toUtf8());
    }
    [[nodiscard]] store::Server empty() { return m_server.server(m_server.newDatabase(), u"admin"_s); }
    [[nodiscard]] QString billsIn(const QString &database)
    {
        return m_server.rows(database, u"SELECT count(*) FROM bills"_s).at(0).at(0);
    }
    PostgresServer &m_server = PostgresServer::shared();
};

void TestDatabaseMove::balancesOfAnySize()
{
    Home home("9000000000000"); // two such balances are more than 64 bits hold
    const store::Server server = empty();
    const Moved moved = must(home.moves().moveToServer(server, password(), {}));
    QCOMPARE(moved.bills, 2);
    home.reopen();
    QCOMPARE(home.balance(), must(Money::parse(u"9000000000001")));
    must(home.moves().moveToFile({}));
    home.reopen();
    QCOMPARE(home.balance(), must(Money::parse(u"9000000000001")));
}

/// Every row that a run and its money have: as it was, there and back again.
void TestDatabaseMove::runsWithTheirBills()
{
    Home home;
    const auto insert = [&](const QString &name) {
        const ExperimentId id = ExperimentId::random();
        must(store::execute(*home.database,
            u"INSERT INTO experiments (id, tenant, name, state, created_at) VALUES (?, 'lab', ?, 'queued', ?)"_s,
            {id.text(), name, toIso(home.clock.now().addSecs(name.size()))})); // a list of them has one order
        must(ledger::Ledger(*home.database, home.clock).placeHold(u"lab"_s, id, Money::fromMicro(1'000'000), name));
        return id;
    };
    const ExperimentId billed = insert(u"城市 “billed”"_s);
    const ExperimentId open = insert(u"open"_s);
    const auto used = [&](ledger::Item item, const QString &model, qint64 quantity, bool free) {
        ledger::Usage usage;
        usage.item = item;
        usage.model = model;
        usage.quantity = quantity;
        const ledger::Price price =
            must(ledger::Ledger(*home.database, home.clock).priceAt(item, {}, home.clock.now()));
        usage.unitPrice = price.amount;
        usage.unitSize = price.unitSize;
        usage.free = free;
        usage.description = u"remark, “quoted”\nand long"_s;
        return usage;
    };
    const ledger::Settled settled = must(ledger::Ledger(*home.database, home.clock)
                                             .settle({u"lab"_s, billed,
                                                 {used(ledger::Item::InputTokens, u"模型"_s, 123'456'789, false),
                                                     used(ledger::Item::OutputTokens, u"模型"_s, 7, true),
                                                     used(ledger::Item::RunTime, {}, 61'000, false)}}));
    must(store::execute(*home.database,
        u"UPDATE experiments SET state = 'finished', settled = 1, started_at = created_at, ended_at = created_at, "
        "cost_micro = ? WHERE id = ?"_s,
        {QVariant::fromValue<qlonglong>(settled.total.negated().micro()), billed.text()}));
    struct State {
        QList<ledger::Bill> bills;
        QList<ledger::Hold> holds;
        ledger::Account account;
        QList<Experiment> runs;
        QList<ledger::Difference> differences; ///< of the bills to the sums that are kept of them
        bool operator==(const State &) const = default;
    };
    const auto state = [&] {
        const ledger::Ledger ledger(*home.database, home.clock);
        ledger::BillFilter all;
        all.tenant = u"lab"_s;
        return State{must(ledger.bills(all)).bills, must(ledger.holds(u"lab"_s)), must(ledger.account(u"lab"_s)),
            must(Rows(*home.database, home.workspace).all({})), must(ledger.audit({}, {})).differences};
    };
    const State before = state();
    QVERIFY(before.bills.size() == 5 && before.holds.size() == 1 && before.runs.size() == 2);
    for (const ledger::Difference &difference : before.differences)
        QFAIL(qPrintable(difference.words));
    QCOMPARE(must(home.moves().moveToServer(empty(), password(), {})).bills, 5);
    home.reopen();
    QVERIFY(state() == before);
    // There it is settled once, too, and the open run's hold is still its own.
    ledger::Ledger there(*home.database, home.clock);
    QCOMPARE(must(there.settle({u"lab"_s, billed, {}})).bills.size(), 3);
    QCOMPARE(codeOf(there.placeHold(u"lab"_s, open, Money::fromMicro(1), u"again"_s)), u"hold_exists"_s);
    QVERIFY(state() == before);
    must(home.moves().moveToFile({}));
    home.reopen();
    QVERIFY(state() == before);
    must(ledger::Ledger(*home.database, home.clock).settle({u"lab"_s, open, {}}));
    QCOMPARE(must(ledger::Ledger(*home.database, home.clock).account(u"lab"_s)).held, Money());
}

void TestDatabaseMove::aStepToTheServerFails_data()
{
    QTest::addColumn<QString>("inTheWay");
    QTest::addColumn<bool>("copyIsLeft");
    QTest::newRow("the place cannot be written down") << u"database.json.moving"_s << false;
    QTest::newRow("the file cannot be set aside") << QString(u"society.db"_s + Stamp) << true;
    QTest::newRow("the place cannot be changed") << u"database.json"_s << true;
}

void TestDatabaseMove::aStepToTheServerFails()
{
    QFETCH(QString, inTheWay);
    QFETCH(bool, copyIsLeft);
    Home home;
    const store::Server server = empty();
    const QString folder = home.path(inTheWay);
    const auto moved = home.moves().moveToServer(
        server, password(), beforeTheAudits([&] { QVERIFY(QDir().mkpath(folder + u"/full"_s)); }));
    QCOMPARE(codeOf(moved), u"write_failed"_s);
    QCOMPARE(billsIn(server.database), copyIsLeft ? u"2"_s : u"0"_s);
    const QString remedy = moved.error().remedy;
    QVERIFY2(remedy.contains(server.text()) == copyIsLeft, qPrintable(remedy));
    QVERIFY(QDir(folder).removeRecursively());
    QCOMPARE(QDir(home.dir.path()).entryList({u"*.moved-*"_s, u"database.json*"_s}, QDir::Files), QStringList());
    // What was open goes on, as does the next start.
    QCOMPARE(home.recharge(), QString());
    home.reopen();
    QVERIFY(!home.database->server());
    QCOMPARE(home.recharge(), QString());
    QCOMPARE(home.balance().micro(), 8'000'000);
    if (copyIsLeft) {
        QCOMPARE(codeOf(home.moves().moveToServer(server, password(), {})), u"database_not_empty"_s);
    } else {
        QCOMPARE(must(home.moves().moveToServer(server, password(), {})).bills, 4);
    }
}

void TestDatabaseMove::theAnswerOfTheServerIsLost()
{
    LossyProxy proxy(m_server.port()); // ends when its connections have
    Home home;
    store::Server server = empty();
    server.port = proxy.port();
    must(home.moves().moveToServer(server, password(), beforeTheAudits([&] { proxy.loseAnswerToCommit(); })));
    QVERIFY(proxy.hasLost());
    home.reopen();
    QVERIFY(home.database->server());
    QCOMPARE(home.recharge(), QString());
    must(home.moves().moveToFile(beforeTheAudits([&] { proxy.loseAnswerToCommit(); })));
    QVERIFY(proxy.hasLost());
    home.reopen();
    QVERIFY(!home.database->server());
    QCOMPARE(home.balance().micro(), 7'000'000);
}

void TestDatabaseMove::nobodyKnowsWhetherTheCopyWasSaved()
{
    LossyProxy proxy(m_server.port()); // ends when its connections have
    Home home;
    store::Server server = empty();
    server.port = proxy.port();
    const auto moved = home.moves().moveToServer(server, password(), beforeTheAudits([&] {
        m_server.sql(u"postgres"_s, {u"ALTER ROLE admin NOLOGIN"_s});
        proxy.loseAnswerToCommit();
    }));
    m_server.sql(u"postgres"_s, {u"ALTER ROLE admin LOGIN"_s});
    QCOMPARE(codeOf(moved), u"commit_unknown"_s);
    QVERIFY2(moved.error().remedy.contains(server.text()), qPrintable(moved.error().remedy));
    home.reopen();
    QVERIFY(!home.database->server());
    QCOMPARE(home.recharge(), QString());
}

void TestDatabaseMove::interruptedAtTheLastStep()
{
    // The machine fails when the file has been set aside and the server is not in its place yet.
    Home home;
    must(home.moves().moveToServer(empty(), password(), {}));
    QVERIFY(QFile::rename(home.path(u"database.json"_s), home.path(u"database.json.moving"_s)));
    const auto there = home.workspace.requireDatabase();
    QCOMPARE(codeOf(there), u"database_gone"_s); // rather than a new, empty one
    QVERIFY2(there.error().remedy.contains(u"database.json.moving"_s), qPrintable(there.error().remedy));
    QVERIFY(QFile::rename(home.path(u"database.json.moving"_s), home.path(u"database.json"_s))); // as it says
    home.reopen();
    QCOMPARE(home.balance().micro(), 6'000'000);
}

void TestDatabaseMove::aStepToTheFileFails_data()
{
    QTest::addColumn<QString>("inTheWay");
    QTest::addColumn<bool>("isClosed");
    QTest::newRow("the file cannot be named") << u"society.db"_s << false;
    QTest::newRow("the place cannot be changed") << QString(u"database.json"_s + Stamp) << true;
}

void TestDatabaseMove::aStepToTheFileFails()
{
    QFETCH(QString, inTheWay);
    QFETCH(bool, isClosed);
    Home home;
    must(home.moves().moveToServer(empty(), password(), {}));
    home.reopen();
    const QString folder = home.path(inTheWay);
    const auto moved = home.moves().moveToFile(beforeTheAudits([&] { QVERIFY(QDir().mkpath(folder + u"/full"_s)); }));
    QCOMPARE(codeOf(moved), u"write_failed"_s);
    QVERIFY(!moved.error().remedy.isEmpty());
    QVERIFY(QDir(folder).removeRecursively());
    QCOMPARE(QDir(home.dir.path()).entryList({u"*.unfinished*"_s}, QDir::Files), QStringList());
    QCOMPARE(QFile::exists(home.workspace.database()), isClosed);
    home.reopen();
    QVERIFY(home.database->server());
    QCOMPARE(home.recharge(), isClosed ? u"role_forbids"_s : QString());
    if (isClosed) { // everything is in the file: what is left is a name, as the words say
        QVERIFY2(moved.error().message.contains(u"database.json"_s), qPrintable(moved.error().message));
        QVERIFY(QFile::rename(home.path(u"database.json"_s), home.path(u"database.json.old"_s)));
    } else {
        must(home.moves().moveToFile({}));
    }
    home.reopen();
    QVERIFY(!home.database->server());
    QCOMPARE(home.balance().micro(), isClosed ? 6'000'000 : 7'000'000);
    QCOMPARE(home.recharge(), QString());
}

void TestDatabaseMove::nobodyKnowsWhetherTheLedgerWasClosed()
{
    LossyProxy proxy(m_server.port()); // ends when its connections have
    Home home;
    store::Server server = empty();
    server.port = proxy.port();
    must(home.moves().moveToServer(server, password(), {}));
    home.reopen(100);
    const auto moved = home.moves().moveToFile(beforeTheAudits([&] {
        m_server.sql(u"postgres"_s, {u"ALTER ROLE admin NOLOGIN"_s});
        proxy.loseAnswerToCommit();
    }));
    m_server.sql(u"postgres"_s, {u"ALTER ROLE admin LOGIN"_s});
    QCOMPARE(codeOf(moved), u"commit_unknown"_s);
    QVERIFY(!QFile::exists(home.workspace.database()));
    home.reopen();
    QVERIFY(home.database->server());
    QCOMPARE(home.balance().micro(), 6'000'000);
    must(home.moves().moveToFile({})); // as the words say, though it was closed
    home.reopen();
    QCOMPARE(home.recharge(), QString());
}

void TestDatabaseMove::twoAtOnce()
{
    Home one;
    Home two;
    const store::Server server = empty();
    std::optional<Result<Moved>> second;
    std::unique_ptr<QThread> thread;
    const auto first = one.moves().moveToServer(server, password(), beforeTheAudits([&] {
        thread.reset(QThread::create([&] { second = two.moves().moveToServer(server, password(), {}); }));
        thread->start();
    }));
    QVERIFY(thread->wait(30'000));
    must(first);
    const QString code = codeOf(*second);
    QVERIFY2(code == u"database_not_empty"_s || code == u"database_locked"_s, qPrintable(code));
    QCOMPARE(billsIn(server.database), u"2"_s);
    two.reopen();
    QVERIFY(!two.database->server());
    QCOMPARE(two.recharge(), QString());
}

void TestDatabaseMove::madeByTwoAtOnce()
{
    const store::Server server = m_server.server(m_server.newDatabase(false));
    std::vector<std::unique_ptr<QThread>> threads;
    std::atomic<int> fresh = 0;
    std::atomic<int> failed = 0;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back(QThread::create([&] {
            const auto made = store::createLedger(server, m_server.password());
            ++(!made ? failed : fresh);
            if (made && !made->isNew)
                --fresh;
        }));
        threads.back()->start();
    }
    for (const auto &thread : threads)
        QVERIFY(thread->wait(60'000));
    QCOMPARE(failed.load(), 0);
    QCOMPARE(fresh.load(), 1);
}

QTEST_GUILESS_MAIN(TestDatabaseMove)
#include "tst_databasemove.moc"
