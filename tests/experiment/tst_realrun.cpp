// SPDX-License-Identifier: GPL-3.0-or-later
// The main job on the real AgentSociety, through the services that the window and society-cli use.
#include "services/agentsociety/resultdatabase.h"
#include "services/core/files.h"
#include "services/experiment/crosscheck.h"
#include "services/experiment/record.h"
#include "tests/support/scriptedllm.h"
#include "tests/support/testworkspace.h"

#include <QCoreApplication>
#include <QDirIterator>
#include <QFile>
#include <QJsonDocument>
#include <QTest>

#include <signal.h>

using namespace society;
using namespace society::experiment;
using society::test::ScriptedLlm;
using society::test::TestWorkspace;

namespace {

// Of this process alone: the same test runs beside it with its ledger on a server.
const QByteArray CanaryKey = "sk-canary-5f3a9c1e7b2d-" + QByteArray::number(QCoreApplication::applicationPid());

const QByteArray ShortWorkflow = R"({"workflow": [
    {"type": "step", "steps": 1, "ticks_per_step": 300},
    {"type": "interview", "target_agent": [1], "interview_message": "How are you?"}]})";
const QByteArray OneCitizen = R"({"citizens": [{"agent_class": "AgreeAgent", "number": 1}]})";

/// The folder's files that contain `needle`.
QStringList filesWith(const QString &folder, const QByteArray &needle)
{
    QStringList found;
    QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (file.open(QIODevice::ReadOnly) && file.readAll().contains(needle))
            found.append(file.fileName());
    }
    return found;
}

/// A map file's bytes (protobuf) with nothing but a header: bounds of 1 km and a projection.
QByteArray mapWithoutAreas()
{
    const QByteArray projection = "+proj=tmerc +lat_0=39.9 +lon_0=116.4";
    QByteArray header;
    for (const auto &[field, value] :
        {std::pair(3, 1000.0), std::pair(4, 0.0), std::pair(5, 1000.0), std::pair(6, 0.0)}) {
        header.append(static_cast<char>(field << 3 | 1)); // a double
        header.append(reinterpret_cast<const char *>(&value), sizeof value);
    }
    header.append(static_cast<char>(7 << 3 | 2)).append(static_cast<char>(projection.size())).append(projection);
    return QByteArray().append(static_cast<char>(1 << 3 | 2)).append(static_cast<char>(header.size())).append(header);
}

/// Processes whose arguments or environment contain `needle`.
QStringList processesWith(const QByteArray &needle)
{
    QStringList found;
    const QStringList pids = QDir(QStringLiteral("/proc")).entryList({QStringLiteral("[0-9]*")}, QDir::Dirs);
    for (const QString &pid : pids)
        for (const char *part : {"cmdline", "environ"}) {
            QFile file(QStringLiteral("/proc/%1/%2").arg(pid, QLatin1String(part)));
            if (file.open(QIODevice::ReadOnly) && file.readAll().contains(needle))
                found.append(file.fileName());
        }
    return found;
}

} // namespace

class TestRealRun : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_space = std::make_unique<TestWorkspace>();
        QVERIFY2(m_space->isReady(), qPrintable(m_space->error()));
        QVERIFY2(m_space->useRealRunner(), qPrintable(m_space->error()));
    }
    void cleanup()
    {
        const QString root = m_space->workspace().root();
        m_space.reset();
        QTRY_VERIFY2_WITH_TIMEOUT(
            test::processesOf(root).isEmpty(), qPrintable(test::processesOf(root).join(u'\n')), 5000);
    }

    /// The first thing a new user does: finished, every result table has rows, free, and nothing is left running.
    void practiceRunFinishes()
    {
        const Experiment started = start(m_space->practiceRequest());
        QVERIFY(started.practice);
        QVERIFY(started.state == State::Starting || started.state == State::Running);
        QCOMPARE(started.hold, Money());
        const Experiment ended = waitForEnd(started.id, 300);
        QCOMPARE(stateWord(ended.state), QStringLiteral("finished"));
        QVERIFY(ended.settled);
        QVERIFY(ended.calls > 20);
        QVERIFY(ended.tokensIn > 1000);
        QCOMPARE(ended.step, ended.stepsTotal);
        QCOMPARE(ended.cost, Money());

        const agentsociety::ResultDatabase results(
            ended.runDirectory + QStringLiteral("/home"), ended.id, ended.tenant);
        const auto tables = results.tables();
        QVERIFY(tables);
        for (const agentsociety::TableSummary &table : *tables)
            if (table.table != agentsociety::ResultTable::Artifacts)
                QVERIFY2(table.rows > 0, qPrintable(agentsociety::resultTableName(table.table)));
        const auto bills = m_space->ledger().billsOf(ended.tenant, ended.id);
        QVERIFY(bills);
        QCOMPARE(bills->size(), 3); // tokens in, tokens out, run time
        for (const ledger::Bill &bill : *bills)
            QCOMPARE(bill.amount, Money());
        QCOMPARE(test::processesLeftOf(m_space->workspace().root()), QStringList());
    }

    /// A provider that costs money: the bill is what the provider itself counted, the closing interview included; the
    /// key is nowhere but in the keychain's stead and the gateway's memory.
    void billsWhatTheProviderCounted()
    {
        const ScriptedLlm provider({QStringLiteral("--api-key"), QString::fromLatin1(CanaryKey),
            QStringLiteral("--latency-ms"), QStringLiteral("300")});
        QVERIFY(provider.isReady());
        Request request = ownRequest(provider.baseUrl());
        QVERIFY(m_space->ledger().recharge(TestWorkspace::Tenant, Money::fromMicro(10'000'000)));
        const Experiment started = start(request);
        QVERIFY(!started.practice);
        QCOMPARE(started.hold, Money::fromMicro(1'000'000));
        QCOMPARE(m_space->ledger().account(TestWorkspace::Tenant)->available, Money::fromMicro(9'000'000));
        QTRY_VERIFY_WITH_TIMEOUT(m_space->experiments().refresh(started.id)->state == State::Running, 240000);
        QCOMPARE(filesWith(m_space->workspace().root(), CanaryKey), QStringList());
        // The scripted provider itself has it as an argument; nobody else.
        QCOMPARE(processesWith(CanaryKey), QStringList{QStringLiteral("/proc/%1/cmdline").arg(provider.pid())});

        const Experiment ended = waitForEnd(started.id, 300);
        QCOMPARE(stateWord(ended.state), QStringLiteral("finished"));
        const QJsonObject totals = provider.totals();
        QCOMPARE(ended.tokensIn, totals.value(QLatin1String("prompt_tokens")).toInteger());
        QCOMPARE(ended.tokensOut, totals.value(QLatin1String("completion_tokens")).toInteger());
        QCOMPARE(ended.calls, totals.value(QLatin1String("requests")).toInteger());
        // Its own key: tokens are free, run time is not.
        const auto bills = m_space->ledger().billsOf(ended.tenant, ended.id);
        QVERIFY(bills);
        Money sum;
        for (const ledger::Bill &bill : *bills) {
            QCOMPARE(bill.amount.isZero(), bill.item != ledger::Item::RunTime);
            if (bill.item == ledger::Item::InputTokens)
                QCOMPARE(bill.quantity, ended.tokensIn);
            sum = *sum.plus(bill.amount);
        }
        QCOMPARE(ended.cost, sum.negated());
        const auto account = m_space->ledger().account(TestWorkspace::Tenant);
        QCOMPARE(account->held, Money());
        QCOMPARE(account->balance, *Money::fromMicro(10'000'000).plus(sum));
        QVERIFY(m_space->ledger().audit({}, *m_space->experiments().runFacts({}))->isOk());
        QCOMPARE(filesWith(m_space->workspace().root(), CanaryKey), QStringList());
        // What AgentSociety's own database says beside it; its totals never have what it did not ask for.
        const std::optional<CrossCheck> check = crossCheckOf(ended);
        QVERIFY(check);
        QCOMPARE(check->meteredIn, ended.tokensIn);
        QCOMPARE(check->meteredOut, ended.tokensOut);
        QVERIFY2(check->runnerIn > 0 && check->runnerIn <= check->meteredIn, qPrintable(crossCheckText(*check)));
        QVERIFY2(check->runnerOut > 0 && check->runnerOut <= check->meteredOut, qPrintable(crossCheckText(*check)));
        QVERIFY(QDir(ended.runDirectory + QStringLiteral("/home")).removeRecursively());
        QVERIFY(!crossCheckOf(ended)); // the bill does not depend on it
    }

    void stoppedWhileStepping()
    {
        Request request = m_space->practiceRequest();
        request.agents = QStringLiteral("Ten people of the practice town");
        request.workflow = QStringLiteral("A day in town");
        const Experiment started = start(request);
        QTRY_VERIFY_WITH_TIMEOUT(m_space->experiments().refresh(started.id)->step >= 2, 240000);
        const auto stopped = m_space->experiments().stop(started.id);
        QVERIFY2(stopped, stopped ? "" : qPrintable(stopped.error().message));
        QCOMPARE(stateWord(stopped->state), QStringLiteral("stopped"));
        QCOMPARE(stopped->reasonCode, QStringLiteral("stopped_user"));
        QVERIFY(!reasonText(*stopped).isEmpty());
        QVERIFY(stopped->settled);
        QVERIFY(stopped->calls > 0);
        QCOMPARE(test::processesLeftOf(m_space->workspace().root()), QStringList());
        // Stopping it again says so and changes nothing.
        QCOMPARE(*m_space->experiments().stop(started.id), *stopped);
    }

    /// AgentSociety's own map loader ends it: what preflight would refuse reaches the runner when the file is replaced.
    void endedByItsMapLoader_data()
    {
        QTest::addColumn<QByteArray>("map");
        QTest::addColumn<QString>("code");
        QTest::newRow("not a map") << QByteArray("not a map at all") << QStringLiteral("map_unreadable");
        QTest::newRow("no areas") << mapWithoutAreas() << QStringLiteral("map_no_areas");
    }
    void endedByItsMapLoader()
    {
        QFETCH(QByteArray, map);
        QFETCH(QString, code);
        const Experiment failed = runWithMap(map);
        QCOMPARE(stateWord(failed.state), QStringLiteral("failed"));
        QCOMPARE(failed.reasonCode, code);
        QVERIFY(!reasonText(failed).isEmpty());
        QVERIFY(!remedyText(failed).isEmpty());
        QVERIFY(failed.settled);
    }

    /// Two runs on one provider: both finish, and together they are billed what it has counted.
    void twoAtOnce()
    {
        const ScriptedLlm provider;
        QVERIFY(provider.isReady());
        QVERIFY(m_space->ledger().recharge(TestWorkspace::Tenant, Money::fromMicro(10'000'000)));
        Request request = m_space->practiceRequest();
        request.llm = m_space->import(config::Kind::Llm, QStringLiteral("Shared"),
            R"([{"provider": "custom", "base_url": ")" + provider.baseUrl().toLatin1() + R"(", "model": "scripted"}])",
            true);
        request.name = QStringLiteral("first");
        const Experiment first = start(request);
        request.name = QStringLiteral("second");
        const Experiment second = start(request);
        qint64 in = 0;
        qint64 out = 0;
        for (const ExperimentId &id : {first.id, second.id}) {
            const Experiment ended = waitForEnd(id, 300);
            QCOMPARE(stateWord(ended.state), QStringLiteral("finished"));
            const auto bills = m_space->ledger().billsOf(ended.tenant, ended.id);
            QVERIFY(bills);
            QCOMPARE(bills->size(), 3);
            for (const ledger::Bill &bill : *bills) {
                in += bill.item == ledger::Item::InputTokens ? bill.quantity : 0;
                out += bill.item == ledger::Item::OutputTokens ? bill.quantity : 0;
            }
        }
        const QJsonObject totals = provider.totals();
        QCOMPARE(in, totals.value(QLatin1String("prompt_tokens")).toInteger());
        QCOMPARE(out, totals.value(QLatin1String("completion_tokens")).toInteger());
        const auto open = m_space->ledger().holds(TestWorkspace::Tenant);
        QVERIFY(open && open->isEmpty());
    }

    /// A key that the provider refuses half-way is told at once; the runner itself would retry for minutes.
    void refusedKeyEndsTheRun()
    {
        QTemporaryDir folder;
        const QString script = folder.filePath(QStringLiteral("script.json"));
        QVERIFY(writeFileAtomically(
            script, R"([{"match": "", "status": 401, "body": {"error": {"message": "revoked"}}}])"));
        const ScriptedLlm provider({QStringLiteral("--script"), script});
        QVERIFY(provider.isReady());
        QVERIFY(m_space->ledger().recharge(TestWorkspace::Tenant, Money::fromMicro(10'000'000)));
        const Experiment started = start(ownRequest(provider.baseUrl()));
        const Experiment ended = waitForEnd(started.id, 300);
        QCOMPARE(stateWord(ended.state), QStringLiteral("failed"));
        QCOMPARE(ended.reasonCode, QStringLiteral("llm_key_refused"));
        QVERIFY(ended.settled);
    }

    /// The window is gone, the keeper killed: the next look says lost, sweeps and bills what was used.
    void killedKeeperIsLostAndBilled()
    {
        Request request = m_space->practiceRequest();
        request.agents = QStringLiteral("Ten people of the practice town");
        request.workflow = QStringLiteral("A day in town");
        const Experiment started = start(request);
        QTRY_VERIFY_WITH_TIMEOUT(m_space->experiments().refresh(started.id)->calls >= 5, 240000);
        const auto status = executor::readStatus(started.runDirectory);
        QVERIFY(status);
        QVERIFY(executor::sendSignal(status->keeper, SIGKILL));
        QTRY_COMPARE_WITH_TIMEOUT(
            stateWord(m_space->experiments().refresh(started.id)->state), QStringLiteral("lost"), 20000);
        const auto lost = m_space->experiments().refresh(started.id);
        QCOMPARE(lost->reasonCode, QStringLiteral("lost_keeper"));
        QVERIFY(lost->settled);
        const auto bills = m_space->ledger().billsOf(lost->tenant, lost->id);
        QVERIFY(bills && !bills->isEmpty());
        QTRY_COMPARE(test::processesOf(m_space->workspace().root()), QStringList());
        QVERIFY(m_space->ledger().audit({}, *m_space->experiments().runFacts({}))->isOk());
    }

    /// Plain Ray stays as a setting.
    void plainRayFinishes()
    {
        RunSettings settings = *m_space->experiments().runSettings();
        settings.mode = agentsociety::RunMode::Ray;
        QVERIFY(m_space->experiments().setRunSettings(settings));
        const QString agents = m_space->import(config::Kind::Agents, QStringLiteral("One"), OneCitizen);
        const QString workflow = m_space->import(config::Kind::Workflow, QStringLiteral("Short"), ShortWorkflow);
        Request request = m_space->practiceRequest();
        request.agents = agents;
        request.workflow = workflow;
        const Experiment started = start(request);
        QCOMPARE(started.mode, QStringLiteral("ray"));
        const Experiment ended = waitForEnd(started.id, 300);
        QCOMPARE(stateWord(ended.state), QStringLiteral("finished"));
        QCOMPARE(test::processesLeftOf(m_space->workspace().root()), QStringList());
    }

private:
    Experiment start(const Request &request)
    {
        const auto started = m_space->experiments().start(request);
        if (!started) {
            QTest::qFail(qPrintable(started.error().code + QStringLiteral(": ") + started.error().message + u' ' +
                                    started.error().detail),
                __FILE__, __LINE__);
            return {};
        }
        return *started;
    }

    Experiment waitForEnd(const ExperimentId &id, int seconds)
    {
        const auto ended = m_space->experiments().waitForEnd(id, seconds);
        if (!ended) {
            QTest::qFail(
                qPrintable(ended.error().code + QStringLiteral(": ") + ended.error().message), __FILE__, __LINE__);
            return {};
        }
        if (ended->state != State::Finished)
            qInfo("ended as %s: %s", qPrintable(stateWord(ended->state)), qPrintable(reasonText(*ended)));
        return *ended;
    }

    /// One citizen and a closing interview on a provider of the tenant's own.
    Request ownRequest(const QString &baseUrl)
    {
        const QByteArray llm = "[{\"provider\": \"custom\", \"base_url\": \"" + baseUrl.toLatin1() +
                               "\", \"model\": \"scripted\", \"api_key\": \"" + CanaryKey + "\"}]";
        Request request = m_space->practiceRequest();
        request.llm = m_space->import(config::Kind::Llm, QStringLiteral("Own"), llm);
        request.agents = m_space->import(config::Kind::Agents, QStringLiteral("One"), OneCitizen);
        request.workflow = m_space->import(config::Kind::Workflow, QStringLiteral("Short"), ShortWorkflow);
        return request;
    }

    /// A run whose stored map is replaced after the checks and before the runner reads it.
    Experiment runWithMap(const QByteArray &map)
    {
        const Experiment started = start(m_space->practiceRequest());
        const auto record = readRecord(started.runDirectory);
        // The link in the run's home leads to the stored map; the runner needs seconds until it reads it.
        QFile::remove(started.runDirectory + QStringLiteral("/home/map.pb"));
        if (!record || !writeFileAtomically(started.runDirectory + QStringLiteral("/home/map.pb"), map))
            QTest::qFail("the map could not be replaced", __FILE__, __LINE__);
        return waitForEnd(started.id, 300);
    }

    std::unique_ptr<TestWorkspace> m_space;
};

QTEST_GUILESS_MAIN(TestRealRun)
#include "tst_realrun.moc"
