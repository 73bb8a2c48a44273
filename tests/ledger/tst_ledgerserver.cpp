// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/store/members.h"
#include "tests/ledger/ledgerfixture.h"
#include "tests/support/lossyproxy.h"

#include <QBuffer>
#include <QProcess>
#include <QRandomGenerator>
#include <QThread>

/// What only a server can do to a ledger: die by itself, lose an answer, and show a login one tenant alone.
class TestLedgerServer : public QObject {
    Q_OBJECT
private slots:
    void killedWhileTwoProgramsSettle();
    void answersThatWereLost();
    void endedForADeadlock();
    void oneTenantAlone();
    void observerChangesNothing();

private:
    test::PostgresServer &m_server = test::PostgresServer::shared();
};

void TestLedgerServer::killedWhileTwoProgramsSettle()
{
    constexpr int Runs = 120;
    constexpr int Kills = 12;
    Book book;
    QVERIFY(book.isOnServer());
    must(book.ledger.recharge(u"lab"_s, yuan("1000")));
    QStringList arguments{u"settle"_s, book.path(), u"lab"_s};
    for (int i = 0; i < Runs; ++i) {
        const auto run = book.experiment(u"finished"_s);
        must(book.ledger.placeHold(u"lab"_s, run, yuan("1"), {}));
        arguments.append(run.text());
    }
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"SOCIETY_TEST_PASSWORD"_s, m_server.password());
    const auto begin = [&] {
        auto helper = std::make_unique<QProcess>();
        helper->setProcessEnvironment(environment);
        helper->start(QCoreApplication::applicationDirPath() + u"/ledgerhelper"_s, arguments);
        if (!helper->waitForReadyRead())
            qFatal("the helper does not start");
        helper->write("\n");
        helper->waitForBytesWritten();
        return helper;
    };
    QRandomGenerator random(20'260'302);
    int inTheMiddle = 0;
    for (int kill = 0; kill < Kills; ++kill) {
        const auto first = begin();
        const auto second = begin();
        (void)first->waitForFinished(random.bounded(1, 120));
        m_server.kill();
        QVERIFY(first->state() == QProcess::NotRunning || first->waitForFinished(-1));
        QVERIFY(second->state() == QProcess::NotRunning || second->waitForFinished(-1));
        m_server.start();
        for (const auto &helper : {first.get(), second.get()}) {
            const QByteArray last = helper->readAllStandardOutput().trimmed().split('\n').constLast();
            QVERIFY2(
                last == "ok" || last == "database_unreachable" || last == "commit_unknown" || last == "database_failed",
                last.constData());
            inTheMiddle += last == "ok" ? 0 : 1;
        }
        // Whatever moment it was: never half a settlement.
        const qint64 settled = book.number(u"SELECT count(*) FROM settlements"_s);
        QCOMPARE(book.number(u"SELECT count(*) FROM bills WHERE item = 'run_time'"_s), settled);
        QCOMPARE(book.number(u"SELECT count(*) FROM holds WHERE released_at IS NULL"_s), Runs - settled);
        QCOMPARE(book.account().balance.micro(), 1'000'000'000 - settled * 7'000);
    }
    QVERIFY2(inTheMiddle >= Kills / 4, qPrintable(QString::number(inTheMiddle)));
    const auto last = begin();
    QVERIFY(last->waitForFinished(-1));
    QCOMPARE(last->exitCode(), 0);
    book.sql(u"UPDATE experiments SET settled = 1, cost_micro = 7000"_s);
    QCOMPARE(book.number(u"SELECT count(*) FROM bills WHERE experiment IS NOT NULL"_s), 3 * Runs);
    QCOMPARE(book.account().balance.micro(), 1'000'000'000 - Runs * 7'000);
    const AuditReport report = must(book.ledger.audit());
    for (const Difference &difference : report.differences)
        qWarning("%s", qPrintable(difference.words));
    QVERIFY(report.isOk());
}

void TestLedgerServer::answersThatWereLost()
{
    Book book;
    test::LossyProxy proxy(m_server.port());
    store::Place place = book.place;
    place.server->port = proxy.port();
    auto database = must(store::Database::open(place));
    Ledger ledger(*database, book.clock);
    proxy.loseAnswerToCommit();
    const Bill bill = must(ledger.recharge(u"lab"_s, yuan("5")));
    QVERIFY(proxy.hasLost());
    proxy.loseAnswerToCommit();
    must(ledger.correct(u"lab"_s, bill.id, yuan("-1"), u"typo"_s));
    QVERIFY(proxy.hasLost());
    const auto run = book.experiment();
    proxy.loseAnswerToCommit();
    must(ledger.placeHold(u"lab"_s, run, yuan("1"), {}));
    QVERIFY(proxy.hasLost());
    proxy.loseAnswerToCommit();
    QVERIFY(!must(ledger.settle({u"lab"_s, run, {usage(Item::RunTime, 1'000)}})).already);
    QVERIFY(proxy.hasLost());
    QVERIFY(must(ledger.settle({u"lab"_s, run, {usage(Item::RunTime, 1'000)}})).already);
    book.sql(u"UPDATE experiments SET state = 'finished', settled = 1, cost_micro = 1000"_s);
    QCOMPARE(book.number(u"SELECT count(*) FROM bills"_s), 3); // each once
    QCOMPARE(book.account().balance, yuan("3.999"));
    QVERIFY(must(book.ledger.audit()).isOk());
}

/// Our programs never wait for each other in a ring: the lock comes first. Somebody who locks tables by hand can make
/// one, and the server ends our transaction for it (40P01).
void TestLedgerServer::endedForADeadlock()
{
    Book book;
    must(book.ledger.recharge(u"lab"_s, yuan("5")));
    const auto run = book.experiment(u"finished"_s);
    must(book.ledger.placeHold(u"lab"_s, run, yuan("1"), {}));
    const std::unique_ptr<QThread> admin(QThread::create([this, name = book.place.server->database] {
        m_server.sql(name,
            {u"SET deadlock_timeout = '60s'"_s, // so that it is not this one that is ended
                u"BEGIN"_s, u"LOCK TABLE holds IN ACCESS EXCLUSIVE MODE"_s,
                u"DO $$ BEGIN WHILE NOT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted "
                "AND relation = 'holds'::regclass) LOOP END LOOP; END $$"_s,
                u"LOCK TABLE accounts IN ACCESS EXCLUSIVE MODE"_s, u"ROLLBACK"_s});
    }));
    admin->start();
    const auto isLocked = [&] {
        return book.number(u"SELECT count(*) FROM pg_locks WHERE granted AND mode = 'AccessExclusiveLock' "
                           "AND relation = 'holds'::regclass"_s) > 0;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isLocked(), 120'000);
    const Settlement settlement{u"lab"_s, run, {usage(Item::RunTime, 1'000)}};
    // Who waits longer than the server looks for deadlocks, however slow both are.
    store::Database::Options patient;
    patient.busyMs = 120'000;
    const auto database = must(store::Database::open(book.place, patient));
    const auto ended = Ledger(*database, book.clock).settle(settlement);
    QVERIFY(admin->wait());
    QCOMPARE(codeOf(ended), u"database_locked"_s);
    QVERIFY2(ended.error().detail.contains(u"40P01"_s), qPrintable(ended.error().detail));
    QCOMPARE(book.account(), (Account{u"lab"_s, yuan("5"), yuan("1"), yuan("4")})); // nothing lost
    QVERIFY(!must(book.ledger.settle(settlement)).already);
    QVERIFY(must(book.ledger.settle(settlement)).already); // nothing doubled
    QCOMPARE(book.account(), (Account{u"lab"_s, yuan("4.999"), {}, yuan("4.999")}));
    book.sql(u"UPDATE experiments SET settled = 1, cost_micro = 1000"_s);
    QVERIFY(must(book.ledger.audit()).isOk());
}

void TestLedgerServer::oneTenantAlone()
{
    Book book;
    must(book.ledger.addTenant(u"other"_s));
    m_server.addLogin(u"lab_owner"_s);
    must(store::setMember(*book.database, u"lab_owner"_s, u"lab"_s, u"owner"_s));
    const Bill own = must(book.ledger.recharge(u"lab"_s, yuan("5"), u"own"_s));
    const Bill foreign = must(book.ledger.recharge(u"other"_s, yuan("7"), u"foreign"_s));
    const auto run = book.experiment(u"running"_s, u"other"_s);
    must(book.ledger.placeHold(u"other"_s, run, yuan("1"), {}));
    auto database = must(store::Database::open(m_server.place(book.place.server->database, u"lab_owner"_s)));
    Ledger ledger(*database, book.clock);
    QCOMPARE(must(ledger.tenants()).size(), 1);
    QCOMPARE(must(ledger.account(u"lab"_s)).balance, yuan("5"));
    BillFilter filter;
    filter.tenant = u"lab"_s;
    QCOMPARE(must(ledger.bills(filter)).bills, QList<Bill>{own});
    // Of the other not even that it is there, by whatever is asked.
    filter.tenant = u"other"_s;
    QBuffer buffer;
    QVERIFY(buffer.open(QIODevice::WriteOnly));
    const QString unknown = u"tenant_unknown"_s;
    QCOMPARE(codeOf(ledger.requireTenant(u"other"_s)), unknown);
    QCOMPARE(codeOf(ledger.account(u"other"_s)), unknown);
    QCOMPARE(codeOf(ledger.bills(filter)), unknown);
    QCOMPARE(codeOf(ledger.exportCsv(filter, buffer)), unknown);
    for (const GroupBy by : {GroupBy::Item, GroupBy::Model, GroupBy::Experiment, GroupBy::Day, GroupBy::Month})
        QCOMPARE(codeOf(ledger.groups(filter, by, QTimeZone::utc())), unknown);
    QCOMPARE(codeOf(ledger.holds(u"other"_s)), unknown);
    QCOMPARE(codeOf(ledger.spendPerDay(u"other"_s, QDate(2026, 1, 1), QDate(2027, 1, 1), QTimeZone::utc())), unknown);
    QCOMPARE(codeOf(ledger.monthTotals(u"other"_s, QTimeZone::utc())), unknown);
    QCOMPARE(codeOf(ledger.audit(u"other"_s)), unknown);
    QCOMPARE(codeOf(ledger.recharge(u"other"_s, yuan("1"))), unknown);
    QCOMPARE(codeOf(ledger.correct(u"lab"_s, foreign.id, yuan("1"), u"mine"_s)), u"bill_unknown"_s);
    QCOMPARE(codeOf(ledger.releaseHold(u"lab"_s, run, {})), u"hold_unknown"_s);
    QVERIFY(!buffer.data().contains("foreign"));
    QVERIFY(must(ledger.billsOf(u"other"_s, run)).isEmpty());
    QVERIFY(must(ledger.billsOf(u"lab"_s, run)).isEmpty());
    QVERIFY(!ledger.placeHold(u"lab"_s, run, yuan("1"), {}).has_value()); // another tenant's run
    QVERIFY(!ledger.settle({u"lab"_s, run, {usage(Item::RunTime, 1'000)}}).has_value());
    // Of all tenants it audits what it sees, and does not take the others' bills for missing ones.
    const AuditReport report = must(ledger.audit());
    QVERIFY(report.isOk());
    QCOMPARE(report.bills, 1);
    QCOMPARE(must(book.ledger.account(u"other"_s)).held, yuan("1"));
    // Meanwhile each goes on in its own.
    must(ledger.recharge(u"lab"_s, yuan("1")));
    must(book.ledger.recharge(u"other"_s, yuan("1")));
    QCOMPARE(codeOf(ledger.setPrice(Item::RunTime, {}, yuan("1"))), u"role_forbids"_s);
    QCOMPARE(codeOf(ledger.addTenant(u"third"_s)), u"role_forbids"_s);
}

void TestLedgerServer::observerChangesNothing()
{
    Book book;
    m_server.addLogin(u"lab_observer"_s);
    must(store::setMember(*book.database, u"lab_observer"_s, u"lab"_s, u"observer"_s));
    const Bill bill = must(book.ledger.recharge(u"lab"_s, yuan("5")));
    const auto held = book.experiment();
    must(book.ledger.placeHold(u"lab"_s, held, yuan("1"), {}));
    auto database = must(store::Database::open(m_server.place(book.place.server->database, u"lab_observer"_s)));
    Ledger ledger(*database, book.clock);
    const QString forbidden = u"role_forbids"_s;
    QCOMPARE(codeOf(ledger.recharge(u"lab"_s, yuan("1"))), forbidden);
    QCOMPARE(codeOf(ledger.correct(u"lab"_s, bill.id, yuan("1"), u"x"_s)), forbidden);
    QCOMPARE(codeOf(ledger.placeHold(u"lab"_s, ExperimentId::random(), yuan("1"), {})), forbidden);
    QCOMPARE(codeOf(ledger.settle({u"lab"_s, held, {usage(Item::RunTime, 1'000)}})), forbidden);
    QCOMPARE(codeOf(ledger.releaseHold(u"lab"_s, held, {})), forbidden);
    QCOMPARE(must(book.ledger.holds(u"lab"_s)).size(), 1);
    QVERIFY(must(ledger.audit(u"lab"_s)).isOk());
    QCOMPARE(must(ledger.account(u"lab"_s)).available, yuan("4"));
}

QTEST_GUILESS_MAIN(TestLedgerServer)
#include "tst_ledgerserver.moc"
