// SPDX-License-Identifier: GPL-3.0-or-later
// What real starts cost: how many the money is enough for, at which prices, and what becomes of one without its record.
#include "services/core/files.h"
#include "services/executor/runstatus.h"
#include "services/experiment/record.h"
#include "services/store/query.h"
#include "tests/cli/cliprogram.h"
#include "tests/support/postgresserver.h"
#include "tests/support/results.h"
#include "tests/support/scriptedllm.h"
#include "tests/support/testworkspace.h"

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

bool hasEnded(const Experiment &run)
{
    const auto status = executor::readStatus(run.runDirectory);
    return status && status->hasEnded();
}

QStringList foldersIn(const QString &folder)
{
    return QDir(folder).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
}

} // namespace

/// Runs of a runner that plays AgentSociety, with the real keeper and gateway and an LLM that costs money.
class TestBilling : public QObject {
    Q_OBJECT

private slots:
    void init();
    void moneyForThreeOfTwentyStarts_data();
    void moneyForThreeOfTwentyStarts();
    void pricesOfItsStart();
    void everyEndIsBilled_data();
    void everyEndIsBilled();
    void withoutItsRecord_data();
    void withoutItsRecord();
    void givenUpOnce();
    void outOfReach_data();
    void outOfReach();
    void anEndIsNoLoss();

private:
    /// One that has ended, was seen to, and whose record is gone.
    [[nodiscard]] Experiment endedWithoutRecord();
    /// A public LLM: billed by the price book.
    [[nodiscard]] Request paidRequest(const QString &plays);
    /// Whether all three of a run's calls were answered.
    [[nodiscard]] bool hasCalled(const Experiment &run)
    {
        return must(m_space->experiments().refresh(run.id)).calls == 3;
    }
    [[nodiscard]] ledger::Account account() { return must(m_space->ledger().account(TestWorkspace::Tenant)); }
    /// Another program's place: on a file in the same workspace, on a server in a second one with the same ledger.
    [[nodiscard]] std::unique_ptr<CliProgram> otherProgram();

    std::unique_ptr<ScriptedLlm> m_llm;
    std::unique_ptr<TestWorkspace> m_space;
};

void TestBilling::init()
{
    m_space = std::make_unique<TestWorkspace>();
    QVERIFY2(m_space->isReady(), qPrintable(m_space->error()));
    QVERIFY2(m_space->useRunner(qEnvironmentVariable("SOCIETY_SOURCE") + u"/tests/helpers/stub-runner/bin/python3"_s),
        qPrintable(m_space->error()));
    m_llm = std::make_unique<ScriptedLlm>();
    QVERIFY(m_llm->isReady());
}

Request TestBilling::paidRequest(const QString &plays)
{
    Request request = m_space->practiceRequest();
    request.name = plays;
    request.llm = u"Paid"_s;
    if (m_space
            ->import(config::Kind::Llm, request.llm,
                QByteArray(R"([{"provider": "custom", "model": "practice", "base_url": "%1"}])")
                    .replace("%1", m_llm->baseUrl().toUtf8()),
                true)
            .isEmpty())
        QTest::qFail(qPrintable(m_space->error()), __FILE__, __LINE__);
    return request;
}

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
    const Request request = paidRequest(u"sleep"_s);
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
    QCOMPARE(account().held, Money::fromMicro(3'000'000));
    QCOMPARE(account().available, Money::fromMicro(999'999));
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
    const Request request = paidRequest(u"sleep"_s);
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
    QCOMPARE(account().balance, must(Money::fromMicro(5'000'000).plus(ended.cost.negated())));
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
    const Request request = paidRequest(plays);
    const Experiment run = must(m_space->experiments().start(request));
    if (plays != u"sleep"_s) {
        QTRY_VERIFY_WITH_TIMEOUT(hasEnded(run), patience);
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
    QCOMPARE(account().held, Money());
    QCOMPARE(account().balance, must(Money::fromMicro(5'000'000).plus(ended.cost.negated())));
    const ledger::AuditReport report = must(book.audit({}, must(m_space->experiments().runFacts({}))));
    QVERIFY2(report.isOk(), qPrintable(report.isOk() ? QString() : report.differences.constFirst().words));
}

void TestBilling::withoutItsRecord_data()
{
    QTest::addColumn<QByteArray>("text"); // what stands there instead
    QTest::newRow("gone") << QByteArray();
    QTest::newRow("damaged") << R"({"schema": 1, "pri)"_ba;
    QTest::newRow("of no run") << R"({"schema": 1, "practice": true})"_ba;
    QTest::newRow("of another run") << "another"_ba;
    QTest::newRow("said to be of a practice run") << "practice"_ba;
    QTest::newRow("without its prices") << "no prices"_ba;
    QTest::newRow("with prices of no unit") << "no unit"_ba;
}

/// Nothing is known of prices, nor of what is free: it is not billed for nothing, it waits and is said.
void TestBilling::withoutItsRecord()
{
    QFETCH(QByteArray, text);
    const auto changed = [](const QByteArray &record, const QString &key, const QJsonValue &value) {
        QJsonObject object = QJsonDocument::fromJson(record).object();
        object[key] = value;
        return QJsonDocument(object).toJson();
    };
    ledger::Ledger &book = m_space->ledger();
    const Request request = paidRequest(u"well"_s);
    QVERIFY(book.recharge(TestWorkspace::Tenant, Money::fromMicro(5'000'000)));
    const Experiment run = must(m_space->experiments().start(request));
    QTRY_VERIFY_WITH_TIMEOUT(hasEnded(run), patience);
    // As a window has last seen it.
    const Money seen = Money::fromMicro(12'345);
    QVERIFY(store::execute(
        m_space->database(), u"UPDATE experiments SET cost_micro = 12345 WHERE id = ?"_s, {run.id.text()}));
    const QString path = run.runDirectory + u"/record.json"_s;
    const QByteArray record = must(readFile(path, 1 << 24));
    QVERIFY(QFile::remove(path));
    const QByteArray another = changed(record, u"id"_s, ExperimentId::random().text());
    if (text == "another")
        text = another;
    else if (text == "practice")
        text = changed(record, u"practice"_s, true);
    else if (text == "no prices")
        text = changed(record, u"prices"_s, QJsonArray());
    else if (text == "no unit")
        text = QByteArray(record).replace("\"unit_size\"", "\"unit\"");
    if (!text.isEmpty())
        QVERIFY(writeFileAtomically(path, text));

    // Another program, which has not read it before.
    ExperimentService service(m_space->servicesWith(m_space->executor()));
    const Experiment ended = must(service.refresh(run.id));
    QCOMPARE(ended.state, State::Finished);
    QVERIFY(!ended.settled);
    QCOMPARE(ended.cost, seen); // not 0
    QVERIFY(must(book.billsOf(TestWorkspace::Tenant, run.id)).isEmpty());
    QCOMPARE(account().held, Money::fromMicro(1'000'000));
    QCOMPARE(account().balance, Money::fromMicro(5'000'000));
    const auto details = must(service.details(run.id));
    QVERIFY(details.unsettled);
    QCOMPARE(details.unsettled->code, u"unsettled"_s);
    QVERIFY2(details.unsettled->message.contains(u"“well”"_s), qPrintable(details.unsettled->message));
    QVERIFY(!details.unsettled->message.contains(u'%') && details.unsettled->remedy.contains(u"1.00"_s));
    if (Record::fromJson(text))
        QVERIFY2(details.unsettled->remedy.contains(u"record.json"_s), qPrintable(details.unsettled->remedy));
    QStringList codes;
    for (const auto &difference : must(book.audit({}, must(service.runFacts({})))).differences)
        codes.append(difference.code);
    QCOMPARE(codes, (QStringList{u"not_settled"_s, u"hold_of_ended"_s}));

    // Put back, it is billed in full by the next start of a program.
    QVERIFY(writeFileAtomically(path, record));
    ExperimentService later(m_space->servicesWith(m_space->executor()));
    QVERIFY(later.reconcile());
    const Experiment settled = must(later.refresh(run.id));
    QVERIFY(settled.settled && settled.cost > Money());
    QCOMPARE(account().held, Money());
    QCOMPARE(account().balance, must(Money::fromMicro(5'000'000).plus(settled.cost.negated())));

    // By another run's record the audit finds no fault with the bills, but that it could not read this one's.
    QVERIFY(writeFileAtomically(path, another));
    const auto report = must(book.audit({}, must(later.runFacts({}))));
    QVERIFY(report.differences.isEmpty());
    QCOMPARE(report.unread.size(), 1);
}

Experiment TestBilling::endedWithoutRecord()
{
    const Request request = paidRequest(u"well"_s);
    must(m_space->ledger().recharge(TestWorkspace::Tenant, Money::fromMicro(5'000'000)));
    const Experiment run = must(m_space->experiments().start(request));
    if (!QTest::qWaitFor([&] { return hasEnded(run); }, patience))
        qFatal("The run has not ended.");
    if (!QFile::remove(run.runDirectory + u"/record.json"_s))
        qFatal("There was no record.");
    ExperimentService service(m_space->servicesWith(m_space->executor())); // which has not read it before
    return must(service.refresh(run.id));
}

/// Where its record is gone for good a person settles it, with a reason: without a bill, once, and the audit says so.
void TestBilling::givenUpOnce()
{
    ledger::Ledger &book = m_space->ledger();
    const Experiment ended = endedWithoutRecord();
    Request request = m_space->practiceRequest();
    request.name = u"sleep"_s;
    request.llm = u"Paid"_s;
    QVERIFY(ended.state == State::Finished && !ended.settled);
    ExperimentService service(m_space->servicesWith(m_space->executor()));
    const Experiment living = must(service.start(request));
    QVERIFY(must(service.details(ended.id)).unsettled->remedy.contains(u"abandon"_s));
    QCOMPARE(codeOf(service.abandon(ended.id, u"  "_s)), u"reason_missing"_s);
    QCOMPARE(codeOf(service.abandon(ended.id, QString(20'000, u'x'))), u"note_too_long"_s);
    QCOMPARE(codeOf(service.abandon(living.id, u"gone"_s)), u"experiment_unfinished"_s);
    QVERIFY(QFile::remove(living.runDirectory + u"/record.json"_s)); // it lives all the same
    QCOMPARE(codeOf(service.abandon(living.id, u"gone"_s)), u"experiment_unfinished"_s);
    QCOMPARE(account().held, Money::fromMicro(2'000'000));

    // By several at once.
    constexpr int Many = 6;
    std::vector<Result<Experiment>> answers(Many, Result<Experiment>(Experiment()));
    std::vector<std::unique_ptr<QThread>> threads;
    for (size_t i = 0; i < Many; ++i)
        threads
            .emplace_back(QThread::create([&, i] { answers.at(i) = service.abandon(ended.id, u"the disk broke"_s); }))
            ->start();
    for (const auto &thread : threads)
        QVERIFY(thread->wait(patience));
    QMap<QString, int> said;
    for (const Result<Experiment> &answer : answers)
        ++said[codeOf(answer)];
    QCOMPARE(said, (QMap<QString, int>{{QString(), 1}, {u"experiment_settled"_s, Many - 1}}));
    const experiment::Details given = must(service.details(ended.id));
    QCOMPARE(given.experiment.state, State::Finished); // what is known of it stays
    QVERIFY(given.experiment.settled && !given.unsettled);
    QVERIFY2(reasonText(given.experiment).contains(u"the disk broke"_s), qPrintable(reasonText(given.experiment)));
    QVERIFY(must(book.billsOf(TestWorkspace::Tenant, ended.id)).isEmpty());
    QCOMPARE(account().held, Money::fromMicro(1'000'000));
    QCOMPARE(account().balance, Money::fromMicro(5'000'000));

    const auto stated = [&] {
        const ledger::AuditReport report = must(book.audit({}, must(service.runFacts({}))));
        for (const ledger::Difference &difference : report.differences)
            if (difference.experiment == ended.id)
                qFatal("%s", qPrintable(difference.words));
        QStringList words;
        for (const ledger::RunFact &run : report.unread)
            if (run.experiment == ended.id)
                words.append(run.unread);
        return words;
    };
    QCOMPARE(stated().size(), 1);
    QVERIFY2(stated().constFirst().contains(u"the disk broke"_s), qPrintable(stated().constFirst()));
    must(service.remove(ended.id));
    QCOMPARE(stated().size(), 1);
    QVERIFY2(stated().constFirst().contains(u"the disk broke"_s), qPrintable(stated().constFirst()));

    // What can be billed after all is billed, and not given up.
    QVERIFY(must(service.stop(living.id, 0)).settled); // its record was read while it was there
}

void TestBilling::outOfReach_data()
{
    QTest::addColumn<bool>("mountPoint"); // what is left is an empty folder
    QTest::addColumn<bool>("seenToEnd");
    QTest::newRow("no runs at all") << false << false;
    QTest::newRow("an empty mount point") << true << false;
    QTest::newRow("an empty mount point, and it was seen to end") << true << true;
}

/// The runs' folder is on a disk that is not mounted for a while: nothing is lost by that, and nothing given away.
void TestBilling::outOfReach()
{
    QFETCH(bool, mountPoint);
    QFETCH(bool, seenToEnd);
    const Request request = paidRequest(u"well"_s);
    must(m_space->ledger().recharge(TestWorkspace::Tenant, Money::fromMicro(5'000'000)));
    const Experiment run = must(m_space->experiments().start(request));
    QTRY_VERIFY_WITH_TIMEOUT(hasEnded(run), patience);
    const QString record = run.runDirectory + u"/record.json"_s;
    if (seenToEnd) {
        QVERIFY(QFile::rename(record, record + u".away"_s));
        ExperimentService service(m_space->servicesWith(m_space->executor()));
        QCOMPARE(must(service.refresh(run.id)).state, State::Finished);
        QVERIFY(QFile::rename(record + u".away"_s, record));
    } else {
        QVERIFY(store::execute(m_space->database(),
            u"UPDATE experiments SET phase = 'workflow', started_at = created_at WHERE id = ?"_s, {run.id.text()}));
    }
    const QString runs = m_space->workspace().runs();
    QVERIFY(QDir().rename(runs, runs + u".unmounted"_s));
    if (mountPoint)
        QVERIFY(QDir().mkdir(runs));
    ExperimentService service(m_space->servicesWith(m_space->executor()));
    const State before = must(service.find(TestWorkspace::Tenant, run.id.text())).state;
    const auto away = service.refresh(run.id);
    QCOMPARE(codeOf(away), u"run_unreachable"_s);
    QVERIFY(away.error().message.contains(run.runDirectory) && away.error().message.contains(u"well"_s));
    QCOMPARE(codeOf(service.reconcile()), u"run_unreachable"_s);
    if (!seenToEnd) // nothing tells that it has ended
        QCOMPARE(codeOf(service.abandon(run.id, u"gone"_s)), u"experiment_unfinished"_s);
    const Experiment same = must(service.find(TestWorkspace::Tenant, run.id.text()));
    QVERIFY(same.state == before && !same.settled);
    QCOMPARE(account().held, Money::fromMicro(1'000'000));
    QVERIFY(!mountPoint || QDir(runs).isEmpty());

    if (mountPoint)
        QVERIFY(QDir().rmdir(runs));
    QVERIFY(QDir().rename(runs + u".unmounted"_s, runs));
    const Experiment ended = must(service.refresh(run.id));
    QVERIFY(ended.state == State::Finished && ended.settled && ended.cost > Money());
    QCOMPARE(account().balance, must(Money::fromMicro(5'000'000).plus(ended.cost.negated())));
}

/// One that was seen to finish has finished, whatever becomes of its folder before it is settled.
void TestBilling::anEndIsNoLoss()
{
    const Experiment ended = endedWithoutRecord();
    QVERIFY(ended.state == State::Finished && !ended.settled);
    QVERIFY(QFile::remove(ended.runDirectory + u"/status.json"_s));
    QVERIFY(store::execute(m_space->database(), u"UPDATE experiments SET created_at = ? WHERE id = ?"_s,
        {u"2020-01-01T00:00:00.000Z"_s, ended.id.text()})); // not a start that goes on just now
    for (int again = 0; again < 2; ++again) {
        ExperimentService service(m_space->servicesWith(m_space->executor()));
        const Experiment now = must(service.refresh(ended.id));
        QVERIFY(now.state == State::Finished && !now.settled); // it has used something, whatever is left of it
    }
    QVERIFY(QDir(ended.runDirectory).removeRecursively());
    ExperimentService service(m_space->servicesWith(m_space->executor()));
    const Experiment now = must(service.refresh(ended.id));
    QVERIFY(now.settled);
    QCOMPARE(now.state, State::Finished);
    QCOMPARE(now.endedAt, ended.endedAt);
    QCOMPARE(must(service.find(TestWorkspace::Tenant, ended.id.text())).state, State::Finished);
    const QList<ledger::RunFact> unread = must(m_space->ledger().audit({}, must(service.runFacts({})))).unread;
    QCOMPARE(unread.size(), 1);
    QVERIFY2(unread.first().unread.contains(u"was settled without a bill"_s), qPrintable(unread.first().unread));
}

QTEST_GUILESS_MAIN(TestBilling)
#include "tst_billing.moc"
