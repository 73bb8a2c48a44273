// SPDX-License-Identifier: GPL-3.0-or-later
// What real starts cost: how many the money is enough for, at which prices, and how every end is billed.
#include "services/core/files.h"
#include "services/experiment/record.h"
#include "services/store/query.h"
#include "tests/cli/cliprogram.h"
#include "tests/experiment/paidworkspace.h"
#include "tests/support/postgresserver.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QScopeGuard>
#include <QTest>
#include <QThread>

#include <atomic>
#include <signal.h>
#include <vector>

using namespace society;
using namespace society::experiment;
using namespace society::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 60'000; // ms

QStringList foldersIn(const QString &folder)
{
    return QDir(folder).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
}

} // namespace

/// Runs of a runner that plays AgentSociety, with the real keeper and gateway and an LLM that costs money.
class TestBilling : public QObject {
    Q_OBJECT

private slots:
    void init() { m_space = std::make_unique<PaidWorkspace>(); }
    void moneyForThreeOfTwentyStarts_data();
    void moneyForThreeOfTwentyStarts();
    void pricesOfItsStart();
    void everyEndIsBilled_data();
    void everyEndIsBilled();

private:
    /// Whether all three of a run's calls were answered.
    [[nodiscard]] bool hasCalled(const Experiment &run)
    {
        return must(m_space->experiments().refresh(run.id)).calls == 3;
    }
    /// Another program's place: on a file in the same workspace, on a server in a second one with the same ledger.
    [[nodiscard]] std::unique_ptr<CliProgram> otherProgram();

    std::unique_ptr<PaidWorkspace> m_space;
};

std::unique_ptr<CliProgram> TestBilling::otherProgram()
{
    if (!isOnServer())
        return std::make_unique<CliProgram>(m_space->workspace().root());
    auto program = std::make_unique<CliProgram>();
    program->setEnvironment(u"SOCIETY_PASSPHRASE_FILE"_s, program->write(u"passphrase"_s, "open sesame\n"));
    const store::Server &server = *m_space->database().server();
    const CliOutcome used =
        program->json({u"database"_s, u"use"_s, u"--host"_s, server.host, u"--port"_s, QString::number(server.port),
                          u"--database"_s, server.database, u"--user"_s, server.user, u"--password-stdin"_s},
            PostgresServer::shared().password().toUtf8() + '\n');
    if (used.code != 0)
        QTest::qFail(used.words().constData(), __FILE__, __LINE__);
    if (const CliOutcome made = program->setUp(); made.code != 0)
        QTest::qFail(made.words().constData(), __FILE__, __LINE__);
    return program;
}

void TestBilling::moneyForThreeOfTwentyStarts_data()
{
    QTest::addColumn<bool>("programsFirst");
    QTest::newRow("all at once") << false;
    QTest::newRow("threads as soon as a program has money") << true;
}

/// Ten threads of one program and ten programs start at once, each with a hold of 1.00.
void TestBilling::moneyForThreeOfTwentyStarts()
{
    QFETCH(bool, programsFirst);
    constexpr int OfEach = 10;
    const Request request = m_space->paidRequest(u"sleep"_s);
    QVERIFY(m_space->ledger().recharge(TestWorkspace::Tenant, Money::fromMicro(3'999'999)));
    const auto other = otherProgram();
    QVERIFY(!QTest::currentTestFailed());
    std::vector<std::unique_ptr<executor::LocalExecutor>> executors;
    std::vector<std::unique_ptr<ExperimentService>> services;
    std::vector<Result<Experiment>> answers(OfEach, Result<Experiment>(Experiment()));
    std::vector<std::unique_ptr<QThread>> threads;
    std::atomic<bool> go = false;
    for (int i = 0; i < OfEach; ++i) {
        executors.push_back(std::make_unique<executor::LocalExecutor>());
        services.push_back(std::make_unique<ExperimentService>(m_space->servicesWith(*executors.back())));
        threads
            .emplace_back(QThread::create([&, i] {
                go.wait(false);
                answers.at(static_cast<size_t>(i)) = services.at(static_cast<size_t>(i))->start(request);
            }))
            ->start();
    }
    std::vector<std::unique_ptr<QProcess>> programs;
    QStringList startedByPrograms;
    for (int i = 0; i < OfEach; ++i)
        programs.push_back(
            other->start({u"--json"_s, u"run"_s, u"--llm"_s, request.llm, u"--agents"_s, request.agents, u"--map"_s,
                request.map, u"--workflow"_s, request.workflow, u"--name"_s, request.name, u"--cap"_s, u"1"_s}));
    const auto end = qScopeGuard([&] {
        for (const QString &id : std::as_const(startedByPrograms))
            (void)other->run({u"stop"_s, id, u"--grace"_s, u"0"_s});
    });
    // Programs take longer until they ask for money.
    const auto isHeld = [&] { return !must(m_space->ledger().holds(TestWorkspace::Tenant)).isEmpty(); };
    const bool isBegun = !programsFirst || QTest::qWaitFor(isHeld, 2 * patience);
    go = true;
    go.notify_all();
    for (const auto &thread : threads)
        QVERIFY(thread->wait(4 * patience));
    int started = 0;
    QMap<QString, int> refused;
    for (const Result<Experiment> &answer : answers) {
        started += answer ? 1 : 0;
        if (!answer)
            ++refused[answer.error().code];
    }
    for (const auto &program : programs) {
        QVERIFY(program->waitForFinished(4 * patience));
        const CliOutcome outcome{
            program->exitCode(), program->readAllStandardOutput(), program->readAllStandardError()};
        if (outcome.code == 0) {
            startedByPrograms.append(outcome.object().value(u"id"_s).toString());
        } else {
            QVERIFY2(outcome.code == 5, outcome.words().constData());
            ++refused[outcome.error()];
        }
    }
    qInfo("%d started by threads, %d by programs", started, static_cast<int>(startedByPrograms.size()));
    QVERIFY(isBegun && (!programsFirst || !startedByPrograms.isEmpty()));
    QCOMPARE(started + startedByPrograms.size(), 3);
    QCOMPARE(refused, (QMap<QString, int>{{u"funds"_s, 17}}));
    QCOMPARE(must(m_space->ledger().holds(TestWorkspace::Tenant)).size(), 3);
    QCOMPARE(m_space->account().held, Money::fromMicro(3'000'000));
    QCOMPARE(m_space->account().available, Money::fromMicro(999'999));
    experiment::Query all;
    all.tenant = TestWorkspace::Tenant;
    QCOMPARE(must(m_space->experiments().list(all)).size(), 3);
    QStringList folders = foldersIn(m_space->workspace().runs(TestWorkspace::Tenant));
    if (isOnServer())
        folders += foldersIn(other->workspace() + u"/runs/"_s + TestWorkspace::Tenant);
    QCOMPARE(folders.size(), 3);
}

/// The prices in force when it started, whatever is written into the book meanwhile, and for whenever.
void TestBilling::pricesOfItsStart()
{
    ledger::Ledger &book = m_space->ledger();
    const Request request = m_space->paidRequest(u"sleep"_s);
    QVERIFY(book.recharge(TestWorkspace::Tenant, Money::fromMicro(5'000'000)));
    QMap<ledger::Item, ledger::Price> before;
    for (const ledger::Price &price : must(book.priceList()))
        before.insert(price.item, price);
    QCOMPARE(before.size(), 3);
    const Experiment run = must(m_space->experiments().start(request));
    QTRY_VERIFY_WITH_TIMEOUT(hasCalled(run), patience);
    const auto makeDearer = [&](int times) {
        for (const ledger::Price &price : std::as_const(before))
            for (const QDateTime &from : {QDateTime(), QDateTime::fromMSecsSinceEpoch(0, Qt::UTC)})
                must(book.setPrice(price.item, {}, Money::fromMicro(times * price.amount.micro()), from));
    };
    makeDearer(2);
    const Experiment ended = must(m_space->experiments().stop(run.id, 0));
    QVERIFY(ended.settled);
    const QList<ledger::Bill> bills = must(book.billsOf(TestWorkspace::Tenant, run.id));
    QCOMPARE(bills.size(), 3);
    for (const ledger::Bill &bill : bills) {
        const ledger::Price price = before.value(bill.item);
        QCOMPARE(bill.unitPrice, price.amount);
        QVERIFY(!bill.free && bill.quantity > 0 && bill.amount.isNegative());
        QCOMPARE(bill.amount, must(priceOf(bill.quantity, price.amount, price.unitSize)).negated());
    }
    makeDearer(3);
    QCOMPARE(must(book.billsOf(TestWorkspace::Tenant, run.id)), bills);
    QCOMPARE(m_space->account().balance, must(Money::fromMicro(5'000'000).plus(ended.cost.negated())));
    const ledger::AuditReport report = must(book.audit({}, must(m_space->experiments().runFacts({}))));
    QVERIFY2(report.isOk(), qPrintable(report.isOk() ? QString() : report.differences.constFirst().words));
}

void TestBilling::everyEndIsBilled_data()
{
    QTest::addColumn<QString>("plays");
    QTest::addColumn<QString>("end");
    QTest::newRow("finished while nobody looked") << u"well"_s << u"finished"_s;
    QTest::newRow("failed while nobody looked") << u"fail"_s << u"failed"_s;
    QTest::newRow("stopped") << u"sleep"_s << u"stopped"_s;
    QTest::newRow("its keeper killed") << u"sleep"_s << u"lost"_s;
}

/// For money: what a practice run shows, 0 would show as well.
void TestBilling::everyEndIsBilled()
{
    QFETCH(QString, plays);
    QFETCH(QString, end);
    ledger::Ledger &book = m_space->ledger();
    QVERIFY(book.recharge(TestWorkspace::Tenant, Money::fromMicro(5'000'000)));
    const Request request = m_space->paidRequest(plays);
    const Experiment run = must(m_space->experiments().start(request));
    if (plays != u"sleep"_s) {
        QTRY_VERIFY_WITH_TIMEOUT(PaidWorkspace::hasEnded(run), patience);
    } else {
        QTRY_VERIFY_WITH_TIMEOUT(hasCalled(run), patience);
        if (end == u"stopped"_s)
            QVERIFY(m_space->experiments().stop(run.id, 0));
        else
            QVERIFY(executor::sendSignal(must(executor::readStatus(run.runDirectory)).keeper, SIGKILL));
    }
    QVERIFY(m_space->experiments().reconcile());
    QTRY_VERIFY_WITH_TIMEOUT(must(m_space->experiments().refresh(run.id)).settled, patience);
    const Experiment ended = must(m_space->experiments().refresh(run.id));
    QCOMPARE(stateWord(ended.state), end);
    const QList<ledger::Bill> bills = must(book.billsOf(TestWorkspace::Tenant, run.id));
    QCOMPARE(bills.size(), 3);
    for (const ledger::Bill &bill : bills)
        QVERIFY2(!bill.free && bill.amount.isNegative(), qPrintable(ledger::itemWord(bill.item)));
    QCOMPARE(m_space->account().held, Money());
    QCOMPARE(m_space->account().balance, must(Money::fromMicro(5'000'000).plus(ended.cost.negated())));
    const ledger::AuditReport report = must(book.audit({}, must(m_space->experiments().runFacts({}))));
    QVERIFY2(report.isOk(), qPrintable(report.isOk() ? QString() : report.differences.constFirst().words));
}

QTEST_GUILESS_MAIN(TestBilling)
#include "tst_billing.moc"
