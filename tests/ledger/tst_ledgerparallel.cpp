// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ledger/ledgerfixture.h"

#include "services/store/transaction.h"

#include <QProcess>
#include <QRandomGenerator>
#include <QThread>

#include <atomic>
#include <barrier>
#include <vector>

namespace {

std::unique_ptr<QProcess> startHelper(const QStringList &arguments)
{
    auto process = std::make_unique<QProcess>();
    process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    if (test::isOnServer()) {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"SOCIETY_TEST_PASSWORD"_s, test::PostgresServer::shared().password());
        process->setProcessEnvironment(environment);
    }
    process->start(QCoreApplication::applicationDirPath() + u"/ledgerhelper"_s, arguments);
    return process;
}

} // namespace

/// Several programs and threads on one ledger at once, and some of them killed.
class TestLedgerParallel : public QObject {
    Q_OBJECT
private slots:
    void moneyForThreeFromThreads();
    void moneyForThreeFromPrograms();
    void settledByAllAtOnce();
    void killedWhileSettling();
    void twoConnectionsAgainstAModel();
};

void TestLedgerParallel::moneyForThreeFromThreads()
{
    Book book;
    must(book.ledger.recharge(u"lab"_s, yuan("3.999999")));
    std::atomic<int> placed = 0;
    std::atomic<int> refused = 0;
    std::vector<std::unique_ptr<QThread>> threads;
    for (int i = 0; i < 20; ++i) {
        threads.emplace_back(QThread::create([&] {
            const auto hold = book.ledger.placeHold(u"lab"_s, ExperimentId::random(), yuan("1"), u"cap"_s);
            placed += hold ? 1 : 0;
            refused += codeOf(hold) == u"funds"_s ? 1 : 0;
        }));
        threads.back()->start();
    }
    for (const auto &thread : threads)
        QVERIFY(thread->wait());
    QCOMPARE(placed.load(), 3);
    QCOMPARE(refused.load(), 17);
    QCOMPARE(book.account().available, yuan("0.999999"));
}

void TestLedgerParallel::moneyForThreeFromPrograms()
{
    Book book;
    must(book.ledger.recharge(u"lab"_s, yuan("3.5")));
    std::vector<std::unique_ptr<QProcess>> helpers;
    for (int i = 0; i < 20; ++i)
        helpers.push_back(startHelper({u"hold"_s, book.path(), u"lab"_s, u"1"_s, ExperimentId::random().text()}));
    for (const auto &helper : helpers)
        QVERIFY(helper->waitForReadyRead());
    for (const auto &helper : helpers)
        helper->write("\n");
    QMap<QByteArray, int> answers;
    for (const auto &helper : helpers) {
        QVERIFY(helper->waitForFinished(-1));
        ++answers[helper->readAllStandardOutput().simplified()];
    }
    QCOMPARE(answers, (QMap<QByteArray, int>{{"ready ok", 3}, {"ready funds", 17}}));
    QCOMPARE(must(book.ledger.holds(u"lab"_s)).size(), 3);
    QCOMPARE(book.account().available, yuan("0.5"));
}

void TestLedgerParallel::settledByAllAtOnce()
{
    Book book;
    const auto run = book.experiment();
    must(book.ledger.recharge(u"lab"_s, yuan("10")));
    must(book.ledger.placeHold(u"lab"_s, run, yuan("1"), {}));
    std::vector<std::unique_ptr<QProcess>> helpers;
    for (int i = 0; i < 8; ++i)
        helpers.push_back(startHelper({u"settle"_s, book.path(), u"lab"_s, run.text()}));
    for (const auto &helper : helpers)
        QVERIFY(helper->waitForReadyRead());
    for (const auto &helper : helpers)
        helper->write("\n");
    QMap<QByteArray, int> answers;
    for (const auto &helper : helpers) {
        QVERIFY(helper->waitForFinished(-1));
        ++answers[helper->readAllStandardOutput().simplified()];
    }
    QCOMPARE(answers, (QMap<QByteArray, int>{{"ready settled ok", 1}, {"ready already ok", 7}}));
    QCOMPARE(must(book.ledger.billsOf(u"lab"_s, run)).size(), 3);
    QCOMPARE(book.account(), (Account{u"lab"_s, yuan("9.993"), {}, yuan("9.993")}));
}

void TestLedgerParallel::killedWhileSettling()
{
    // Two programs settle the same runs and are killed over and over; in the end each run is billed once.
    constexpr int Open = 100;  // runs that are not settled yet when they begin
    constexpr int Kills = 150; // of each of the two
    Book book;
    must(book.ledger.recharge(u"lab"_s, yuan("1000")));
    QStringList open;
    int runs = 0;
    const auto findOpen = [&] {
        open = must(
            store::rows(*book.database, u"SELECT experiment FROM holds WHERE released_at IS NULL ORDER BY experiment"_s,
                {}, [](const store::Query &row) { return row.text(0); }));
    };
    const auto begin = [&] {
        auto helper = startHelper(QStringList{u"settle"_s, book.path(), u"lab"_s} + open);
        if (!helper->waitForReadyRead())
            qFatal("the helper does not start");
        helper->write("\n");
        helper->waitForBytesWritten();
        return helper;
    };
    const auto settlements = [&] { return book.number(u"SELECT count(*) FROM settlements"_s); };
    QRandomGenerator random(20'260'301);
    int whileOpen = 0;   // kills that came before the work was done
    int inTheMiddle = 0; // and after some of it
    for (int kill = 0; kill < Kills; ++kill) {
        for (; open.size() < Open; ++runs) {
            const auto run = book.experiment(u"finished"_s);
            must(book.ledger.placeHold(u"lab"_s, run, yuan("1"), {}));
            open.append(run.text());
        }
        const qint64 before = settlements();
        const auto first = begin();
        const auto second = begin();
        (void)first->waitForFinished(random.bounded(1, 25));
        first->kill();
        second->kill();
        QVERIFY(first->state() == QProcess::NotRunning || first->waitForFinished(-1));
        QVERIFY(second->state() == QProcess::NotRunning || second->waitForFinished(-1));
        // Whatever moment it was: never half a settlement. In one view: a server may still be at what it was told last.
        const auto [settled, billed, held] = must(
            store::first(*book.database,
                u"SELECT (SELECT count(*) FROM settlements), (SELECT count(*) FROM bills WHERE item = 'run_time'), "
                "(SELECT count(*) FROM holds WHERE released_at IS NULL)"_s,
                {}, [](const store::Query &row) {
                    return std::tuple(row.integer(0), row.integer(1), row.integer(2));
                })).value();
        QCOMPARE(billed, settled);
        QCOMPARE(held, runs - settled);
        findOpen();
        const bool isOpen = first->exitStatus() == QProcess::CrashExit && !open.isEmpty();
        whileOpen += isOpen ? 1 : 0;
        inTheMiddle += isOpen && settled > before ? 1 : 0;
    }
    qInfo("%d of %d kills met a run that was not settled, %d after others were", whileOpen, Kills, inTheMiddle);
    QVERIFY2(whileOpen > Kills * 3 / 4, qPrintable(QString::number(whileOpen)));
    QVERIFY2(inTheMiddle > Kills / 10, qPrintable(QString::number(inTheMiddle)));
    const auto last = begin();
    QVERIFY(last->waitForFinished(-1));
    QCOMPARE(last->exitCode(), 0);
    book.sql(u"UPDATE experiments SET settled = 1, cost_micro = 7000"_s);
    QCOMPARE(book.number(u"SELECT count(*) FROM bills WHERE experiment IS NOT NULL"_s), 3 * runs);
    QCOMPARE(book.account().balance.micro(), 1'000'000'000 - runs * 7'000);
    QCOMPARE(book.account().held, Money());
    const AuditReport report = must(book.ledger.audit());
    for (const Difference &difference : report.differences)
        qWarning("%s", qPrintable(difference.words));
    QVERIFY(report.isOk());
}

namespace {

/// A run that two programs may hold money for and settle, both with the same figures.
struct SharedRun {
    ExperimentId id = ExperimentId::random();
    QString tenant;
    Money hold;
    qint64 ms = 0; ///< at 0.001 a second: as many micro-CNY
};

/// One of several programs on a ledger, and the simplest model of what it alone did.
class Lane {
public:
    Lane(const Book &book, const QList<SharedRun> &runs, quint32 seed)
        : m_database(must(store::Database::open(book.place)))
        , m_ledger(*m_database, book.clock)
        , m_runs(runs)
        , m_random(seed)
    {
    }

    void operate(int operations)
    {
        for (int i = 0; i < operations; ++i)
            step();
    }

    QMap<QString, qint64> added; ///< to the balances
    QSet<qsizetype> held, settled;
    int bills = 0;
    int foundSettled = 0;
    QStringList strange; ///< whatever should not have happened

    /// What a transaction of this connection is on a server where nobody says otherwise.
    [[nodiscard]] QString isolation() const
    {
        return must(store::first(*m_database, u"SHOW default_transaction_isolation"_s, {}, [](const store::Query &row) {
            return row.text(0);
        })).value_or(QString());
    }

private:
    void step()
    {
        const SharedRun &run = m_runs.at(m_random.bounded(m_runs.size()));
        const qsizetype number = &run - m_runs.constData();
        const int what = m_random.bounded(100);
        if (what < 15) {
            const Money amount = Money::fromMicro(m_random.bounded(10'000, 2'000'000));
            take(m_ledger.recharge(run.tenant, amount), run.tenant);
        } else if (what < 45) {
            const auto hold = m_ledger.placeHold(run.tenant, run.id, run.hold, {});
            if (hold)
                held.insert(number);
            else
                expect(hold, {u"funds"_s, u"hold_exists"_s, u"experiment_settled"_s});
        } else if (what < 75) {
            const auto done = m_ledger.settle({run.tenant, run.id, {usage(Item::RunTime, run.ms)}});
            expect(done, {});
            if (done && !done->already) {
                settled.insert(number);
                take(done->bills.constFirst(), run.tenant);
            }
            foundSettled += done && done->already ? 1 : 0;
        } else if (what < 85 && !m_written.isEmpty()) {
            const auto [bill, tenant] = m_written.at(m_random.bounded(m_written.size()));
            take(m_ledger.correct(tenant, bill, Money::fromMicro(m_random.bounded(1, 1'000)), u"why"_s), tenant);
        } else if (what < 88) {
            expect(m_ledger.setPrice(Item::InputTokens, {}, Money::fromMicro(m_random.bounded(9'000'000))), {});
        } else if (what < 92) {
            expect(rollBack(run), {});
        } else {
            expect(look(run.tenant), {});
        }
    }

    template <class T>
    void expect(const Result<T> &result, const QStringList &codes)
    {
        if (!result && !codes.contains(result.error().code))
            strange.append(result.error().code + u": "_s + result.error().detail);
    }

    void take(const Result<Bill> &bill, const QString &tenant)
    {
        expect(bill, {});
        if (!bill)
            return;
        added[tenant] += bill->amount.micro();
        m_written.append({bill->id, tenant});
        ++bills;
    }

    /// Several operations that come to nothing.
    Result<> rollBack(const SharedRun &run)
    {
        SOCIETY_ASSIGN(const auto transaction, store::Transaction::begin(*m_database));
        SOCIETY_TRY(m_ledger.recharge(run.tenant, yuan("100")));
        SOCIETY_TRY(m_ledger.settle({run.tenant, ExperimentId::random(), {usage(Item::RunTime, 12'345)}}));
        return {};
    }

    /// At one moment the balance is the sum of the bills, whatever the other does.
    Result<> look(const QString &tenant)
    {
        SOCIETY_ASSIGN(auto view, store::Transaction::begin(*m_database, store::Transaction::Mode::Read));
        SOCIETY_ASSIGN(const Account account, m_ledger.account(tenant));
        SOCIETY_ASSIGN(const auto sum,
            store::first(*m_database, u"SELECT coalesce(sum(amount_micro), 0) FROM bills WHERE tenant = ?"_s, {tenant},
                [](const store::Query &row) { return row.money(0); }));
        if (account.balance != sum)
            strange.append(u"the balance is not the sum of the bills"_s);
        return view.commit();
    }

    std::unique_ptr<store::Database> m_database;
    Ledger m_ledger;
    const QList<SharedRun> &m_runs;
    QRandomGenerator m_random;
    QList<std::pair<BillId, QString>> m_written;
};

} // namespace

/// Two connections do whatever comes to them, at the same time and to the same runs. Nothing is lost, doubled or
/// refused for the other's sake: writers wait for one another, also where the server would rather end one of two.
void TestLedgerParallel::twoConnectionsAgainstAModel()
{
    constexpr int Operations = 600; // of each
    Book book;
    book.doNotSync();
    const QStringList tenants{u"a"_s, u"b"_s, u"c"_s};
    for (const QString &tenant : tenants)
        must(book.ledger.addTenant(tenant));
    if (book.isOnServer())
        book.ownerSql({u"ALTER DATABASE %1 SET default_transaction_isolation = 'serializable'"_s.arg(
            book.place.server->database)});
    QRandomGenerator random(20'260'303);
    QList<SharedRun> runs(200);
    for (SharedRun &run : runs) {
        run.tenant = tenants.at(random.bounded(3));
        run.hold = Money::fromMicro(random.bounded(3'000'000));
        run.ms = random.bounded(1, 2'000'000);
    }
    std::vector<std::unique_ptr<Lane>> lanes;
    std::vector<std::unique_ptr<QThread>> threads;
    for (const quint32 seed : {1U, 2U})
        lanes.push_back(std::make_unique<Lane>(book, runs, seed));
    std::barrier halves(static_cast<std::ptrdiff_t>(lanes.size())); // so that each meets what the other has done
    for (const auto &lane : lanes)
        threads
            .emplace_back(QThread::create([&lane, &halves] {
                halves.arrive_and_wait();
                lane->operate(Operations / 2);
                halves.arrive_and_wait();
                lane->operate(Operations / 2);
            }))
            ->start();
    for (const auto &thread : threads)
        QVERIFY(thread->wait());

    QSet<qsizetype> held, settled;
    qsizetype heldTwice = 0, settledTwice = 0, bills = 0;
    QMap<QString, qint64> balances, holds;
    for (const auto &lane : lanes) {
        QCOMPARE(lane->strange.join(u'\n'), QString());
        QVERIFY(!book.isOnServer() || lane->isolation() == u"serializable"_s);
        QVERIFY(!lane->settled.isEmpty() && lane->foundSettled > 0); // they did meet
        heldTwice += (held & lane->held).size();
        settledTwice += (settled & lane->settled).size();
        held |= lane->held;
        settled |= lane->settled;
        bills += lane->bills;
        for (const QString &tenant : tenants)
            balances[tenant] += lane->added.value(tenant);
    }
    QCOMPARE(heldTwice, 0);
    QCOMPARE(settledTwice, 0);
    for (const qsizetype number : held - settled)
        holds[runs.at(number).tenant] += runs.at(number).hold.micro();
    for (const QString &tenant : tenants) {
        QCOMPARE(book.account(tenant).balance.micro(), balances.value(tenant));
        QCOMPARE(book.account(tenant).held.micro(), holds.value(tenant));
    }
    QCOMPARE(book.number(u"SELECT count(*) FROM bills"_s), bills);
    QCOMPARE(book.number(u"SELECT count(*) FROM settlements"_s), settled.size());
    for (const Difference &difference : must(book.ledger.audit()).differences)
        QCOMPARE(difference.code, u"hold_orphan"_s); // there are no rows of experiments
}

QTEST_GUILESS_MAIN(TestLedgerParallel)
#include "tst_ledgerparallel.moc"
