// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ledger/ledgerfixture.h"

#include <QProcess>
#include <QRandomGenerator>
#include <QThread>

#include <atomic>
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
        QVERIFY(thread->wait(60'000));
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
        QVERIFY(helper->waitForFinished());
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
        QVERIFY(helper->waitForFinished());
        ++answers[helper->readAllStandardOutput().simplified()];
    }
    QCOMPARE(answers, (QMap<QByteArray, int>{{"ready settled ok", 1}, {"ready already ok", 7}}));
    QCOMPARE(must(book.ledger.billsOf(u"lab"_s, run)).size(), 3);
    QCOMPARE(book.account(), (Account{u"lab"_s, yuan("9.993"), {}, yuan("9.993")}));
}

void TestLedgerParallel::killedWhileSettling()
{
    // Two programs settle the same runs and are killed over and over; in the end each run is billed once.
    constexpr int Runs = 600;
    constexpr int Kills = 150; // of each of the two
    Book book;
    must(book.ledger.recharge(u"lab"_s, yuan("1000")));
    QStringList arguments{u"settle"_s, book.path(), u"lab"_s};
    for (int i = 0; i < Runs; ++i) {
        const auto run = book.experiment(u"finished"_s);
        must(book.ledger.placeHold(u"lab"_s, run, yuan("1"), {}));
        arguments.append(run.text());
    }
    QRandomGenerator random(20'260'301);
    const auto begin = [&] {
        auto helper = startHelper(arguments);
        if (!helper->waitForReadyRead())
            qFatal("the helper does not start");
        helper->write("\n");
        helper->waitForBytesWritten();
        return helper;
    };
    int inTheMiddle = 0;
    for (int kill = 0; kill < Kills; ++kill) {
        const auto first = begin();
        const auto second = begin();
        (void)first->waitForFinished(random.bounded(1, 25));
        first->kill();
        second->kill();
        QVERIFY(first->state() == QProcess::NotRunning || first->waitForFinished());
        QVERIFY(second->state() == QProcess::NotRunning || second->waitForFinished());
        inTheMiddle += first->exitStatus() == QProcess::CrashExit ? 1 : 0;
        // Whatever moment it was: never half a settlement.
        QCOMPARE(book.number(u"SELECT count(*) FROM bills WHERE item = 'run_time'"_s),
            book.number(u"SELECT count(*) FROM settlements"_s));
        QCOMPARE(book.number(u"SELECT count(*) FROM holds WHERE released_at IS NULL"_s),
            Runs - book.number(u"SELECT count(*) FROM settlements"_s));
    }
    QVERIFY2(inTheMiddle > Kills / 4, qPrintable(QString::number(inTheMiddle)));
    const auto last = begin();
    QVERIFY(last->waitForFinished());
    QCOMPARE(last->exitCode(), 0);
    book.sql(u"UPDATE experiments SET settled = 1, cost_micro = 7000"_s);
    QCOMPARE(book.number(u"SELECT count(*) FROM bills WHERE experiment IS NOT NULL"_s), 3 * Runs);
    QCOMPARE(book.account().balance.micro(), 1'000'000'000 - Runs * 7'000);
    QCOMPARE(book.account().held, Money());
    const AuditReport report = must(book.ledger.audit());
    for (const Difference &difference : report.differences)
        qWarning("%s", qPrintable(difference.words));
    QVERIFY(report.isOk());
}

QTEST_GUILESS_MAIN(TestLedgerParallel)
#include "tst_ledgerparallel.moc"
