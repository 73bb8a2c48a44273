// SPDX-License-Identifier: GPL-3.0-or-later
// What a keeper notices while a run goes on: phases, alarms, silence, a dead simulator, events of companions.
#include "rundirectory.h"

#include <QFile>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>
#include <QThread>

#include <csignal>

using namespace society;
using namespace society::test;
using executor::Outcome;
using executor::RunStatus;
using namespace Qt::StringLiterals;

namespace {

QStringList names(const RunStatus &status)
{
    QStringList result;
    for (const RunStatus::Phase &phase : status.phases)
        result.append(phase.name);
    return result;
}

qsizetype count(const RunStatus &status, const QString &code)
{
    return std::count_if(
        status.warnings.begin(), status.warnings.end(), [&](const auto &warning) { return warning.code == code; });
}

/// A line of usage.jsonl.
QString call(int status)
{
    return u"{\"seq\":1,\"entry\":0,\"status\":%1,\"error\":\"\"}"_s.arg(status);
}

} // namespace

class KeeperWatch : public QObject {
    Q_OBJECT
private slots:
    void followsThePhases();
    void findsTextInLongLines();
    void raisesAnAlarmOnce();
    void endsTheRunAtAnAlarm();
    void noticesSilence();
    void theDatabaseIsASignOfLife();
    void anAnsweredCallIsASignOfLife();
    void aFailedCallIsNoSignOfLife();
    void endsASilentRun();
    void silenceLimitOfTheRunnerPhase();
    void noticesADeadSimulator_data();
    void noticesADeadSimulator();
    void aSimulatorMayGoAtTheEnd();
    void hearsEvents_data();
    void hearsEvents();
    void heartBeats();
    void readsAFloodToItsEnd();
    void statusIsAlwaysWhole();
    void warningsAreBounded();
};

void KeeperWatch::followsThePhases()
{
    RunDirectory run;
    run.launch.phases = {{u"one"_s, u"first"_s, 0}, {u"two"_s, u"second"_s, 0}, {u"three"_s, u"third"_s, 0},
        {u"four"_s, u"fourth"_s, 0}};
    // Forward only: a text of an earlier phase changes nothing, one that did not come is passed over.
    run.runs({u"print"_s, u"the first"_s, u"print"_s, u"third"_s, u"print"_s, u"second, again first"_s, u"raw"_s,
        u"fourth without end"_s});
    QCOMPARE(run.start().line, u"ready"_s);
    const RunStatus last = run.ended();
    QCOMPARE(names(last),
        QStringList({u"companions"_s, u"runner"_s, u"one"_s, u"three"_s, u"four"_s, u"ending"_s, u"ended"_s}));
    for (qsizetype i = 1; i < last.phases.size(); ++i)
        QVERIFY(last.phases[i - 1].at <= last.phases[i].at);
}

void KeeperWatch::findsTextInLongLines()
{
    RunDirectory run;
    run.launch.phases = {{u"far"_s, u"the end of it"_s, 0}};
    run.launch.alarms = {{u"across"_s, QString(900, u'x') + u"ALARM"_s}};
    run.runs(
        {u"long"_s, u"8190"_s, u"ALARM"_s, u"long"_s, u"3000000"_s, u"the end of it"_s, u"wait"_s, run.path(u"go"_s)});
    QCOMPARE(run.start().line, u"ready"_s);
    QVERIFY(run.reaches(u"far"_s));
    QVERIFY(run.warned(u"across"_s));
    run.write(u"go"_s, {});
    QCOMPARE(run.ended().outcome, Outcome::Finished);
}

void KeeperWatch::raisesAnAlarmOnce()
{
    RunDirectory run;
    run.launch.alarms = {
        {u"llm_retries"_s, u"Retry 3 of 10"_s}, {u"llm_retries"_s, u"Retry 4 of 10"_s}, {u"other"_s, u"other"_s}};
    run.launch.endsRun = {{u"llm_retries"_s, false}};
    run.runs({u"error"_s, u"w - API error. Retry 3 of 10"_s, u"lines"_s, u"500"_s, u"Retry 3 of 10, line "_s,
        u"error"_s, u"Retry 4 of 10"_s});
    QCOMPARE(run.start().line, u"ready"_s);
    const RunStatus last = run.ended();
    QCOMPARE(last.outcome, Outcome::Finished);
    QCOMPARE(count(last, u"llm_retries"_s), 1);
    QCOMPARE(last.warnings.value(0).detail, u"w - API error. Retry 3 of 10"_s);
    QVERIFY(last.warnings.value(0).at.isValid());
}

void KeeperWatch::endsTheRunAtAnAlarm()
{
    RunDirectory run;
    run.launch.alarms = {{u"llm_retries"_s, u"Retry 3 of 10"_s}};
    run.launch.endsRun = {{u"llm_retries"_s, true}};
    run.runs({u"on"_s, u"INT"_s, u"1"_s, u"print"_s, u"Retry 3 of 10"_s, u"wait"_s, u"never"_s});
    QCOMPARE(run.start().line, u"ready"_s);
    const RunStatus last = run.ended();
    QCOMPARE(last.outcome, Outcome::Failed);
    QCOMPARE(last.reasonCode, u"llm_retries"_s);
    QCOMPARE(last.reason, u"Retry 3 of 10"_s);
    QCOMPARE(run.read(u"log.txt"_s), QByteArray("Retry 3 of 10\nclosing\n"));
    QVERIFY(!last.stop);
}

void KeeperWatch::noticesSilence()
{
    RunDirectory run;
    run.launch.phases = {{u"workflow"_s, u"Running workflow"_s, 600}};
    run.runs({u"print"_s, u"Running workflow"_s, u"wait"_s, run.path(u"more"_s), u"print"_s, u"a line"_s, u"wait"_s,
        run.path(u"go"_s)});
    QCOMPARE(run.start().line, u"ready"_s);
    QVERIFY(run.reaches(u"workflow"_s));
    QTRY_VERIFY(run.warned(u"stalled"_s));
    QVERIFY(!run.status().warnings.value(0).until.isValid());
    QCOMPARE(run.status().outcome, Outcome::None); // it only warns
    run.write(u"more"_s, {});
    QTRY_VERIFY(run.status().warnings.value(0).until.isValid());
    QTRY_COMPARE(count(run.status(), u"stalled"_s), 2); // silent again: said again
    run.write(u"go"_s, {});
    QCOMPARE(run.ended().outcome, Outcome::Finished);
}

void KeeperWatch::theDatabaseIsASignOfLife()
{
    RunDirectory run;
    run.launch.phases = {{u"workflow"_s, u"Running workflow"_s, 1500}};
    run.launch.watchDatabase = u"home/sqlite.db"_s;
    QVERIFY(QDir(run.path()).mkdir(u"home"_s));
    QStringList commands{u"print"_s, u"Running workflow"_s};
    for (int i = 0; i < 6; ++i) // its journal counts as well
        commands += {u"sleep"_s, u"500"_s, u"append"_s,
            run.path(i % 2 == 0 ? u"home/sqlite.db"_s : u"home/sqlite.db-journal"_s), u"100"_s};
    run.runs(commands);
    QCOMPARE(run.start().line, u"ready"_s);
    const RunStatus last = run.ended();
    QCOMPARE(last.outcome, Outcome::Finished);
    QVERIFY(last.warnings.isEmpty());
    QVERIFY(last.runMs >= 2900);
}

/// A slow model: for a long time nothing but its answers comes.
void KeeperWatch::anAnsweredCallIsASignOfLife()
{
    RunDirectory run;
    run.launch.phases = {{u"workflow"_s, u"Running workflow"_s, 1500}};
    QStringList commands{u"print"_s, u"Running workflow"_s};
    for (int i = 0; i < 6; ++i)
        commands += {u"sleep"_s, u"500"_s, u"write"_s, run.path(u"usage.jsonl"_s), call(200)};
    run.runs(commands);
    QCOMPARE(run.start().line, u"ready"_s);
    const RunStatus last = run.ended();
    QCOMPARE(last.outcome, Outcome::Finished);
    QVERIFY(last.warnings.isEmpty());
    QVERIFY(last.runMs >= 2900);
}

/// A provider that is away, asked again and again: the run is still, and the words name the calls.
void KeeperWatch::aFailedCallIsNoSignOfLife()
{
    RunDirectory run;
    run.launch.phases = {{u"workflow"_s, u"Running workflow"_s, 1500}};
    QStringList commands{u"print"_s, u"Running workflow"_s};
    for (int i = 0; i < 6; ++i)
        commands += {u"sleep"_s, u"500"_s, u"write"_s, run.path(u"usage.jsonl"_s), call(504)};
    run.runs(commands + QStringList{u"wait"_s, run.path(u"go"_s)});
    QCOMPARE(run.start().line, u"ready"_s);
    QTRY_VERIFY(run.warned(u"stalled"_s));
    const QString detail = run.status().warnings.value(0).detail;
    QVERIFY2(
        detail.contains(QRegularExpression(u"; failed calls: [2-6], the last with status 504$"_s)), qPrintable(detail));
    run.write(u"go"_s, {});
    QCOMPARE(run.ended().outcome, Outcome::Finished);
}

void KeeperWatch::endsASilentRun()
{
    RunDirectory run;
    run.launch.phases = {{u"workflow"_s, u"Running workflow"_s, 400}};
    run.launch.endsRun = {{u"stalled"_s, true}};
    run.runs({u"on"_s, u"INT"_s, u"0"_s, u"print"_s, u"Running workflow"_s, u"wait"_s, u"never"_s});
    QCOMPARE(run.start().line, u"ready"_s);
    const RunStatus last = run.ended();
    // Exit code 0 or not: the keeper has ended it, and not because it was done.
    QCOMPARE(last.outcome, Outcome::Failed);
    QCOMPARE(last.reasonCode, u"stalled"_s);
    QVERIFY(last.reason.contains(u"no new byte"_s) && !last.reason.contains(u"failed"_s));
    QCOMPARE(last.exitCode, std::optional(0));
}

void KeeperWatch::silenceLimitOfTheRunnerPhase()
{
    RunDirectory run;
    run.launch.phases = {{u"runner"_s, {}, 400}, {u"llm"_s, u"never seen"_s, 0}};
    run.runs({u"wait"_s, run.path(u"go"_s)});
    QCOMPARE(run.start().line, u"ready"_s);
    QTRY_VERIFY(run.warned(u"stalled"_s));
    QCOMPARE(run.status().phase, u"runner"_s);
    run.write(u"go"_s, {});
    QCOMPARE(run.ended().outcome, Outcome::Finished);
}

void KeeperWatch::noticesADeadSimulator_data()
{
    QTest::addColumn<bool>("ends");
    QTest::newRow("warns") << false;
    QTest::newRow("ends the run") << true;
}

void KeeperWatch::noticesADeadSimulator()
{
    QFETCH(bool, ends);
    RunDirectory run;
    run.launch.watchSimulator = u"city-simulator"_s;
    run.launch.endsRun = {{u"simulator_gone"_s, ends}};
    run.runs({u"on"_s, u"INT"_s, u"1"_s, u"child"_s, run.path(u"city"_s), u"named"_s, u"city-simulator"_s, u"wait"_s,
        run.path(u"die"_s), u"end"_s, u"wait"_s, run.path(u"go"_s)});
    QCOMPARE(run.start().line, u"ready"_s);
    QVERIFY(run.pidIn(u"city"_s) > 0);
    // Long enough for the keeper to have seen it; nothing is wrong yet.
    QVERIFY(!QTest::qWaitFor([&] { return run.warned(u"simulator_gone"_s); }, 2500));
    run.write(u"die"_s, {});
    QTRY_VERIFY_WITH_TIMEOUT(run.warned(u"simulator_gone"_s) || run.status().hasEnded(), 10000);
    if (!ends) {
        QVERIFY(!run.status().hasEnded());
        // Said once, not at every look.
        QVERIFY(!QTest::qWaitFor([&] { return count(run.status(), u"simulator_gone"_s) > 1; }, 2500));
        run.write(u"go"_s, {});
    }
    const RunStatus last = run.ended();
    QCOMPARE(last.outcome, ends ? Outcome::Failed : Outcome::Finished);
    QCOMPARE(last.reasonCode, ends ? u"simulator_gone"_s : u"finished"_s);
    QCOMPARE(count(last, u"simulator_gone"_s), 1);
}

void KeeperWatch::aSimulatorMayGoAtTheEnd()
{
    RunDirectory run;
    run.launch.watchSimulator = u"city-simulator"_s;
    run.launch.simulatorUntil = u"closing"_s;
    run.launch.endsRun = {{u"simulator_gone"_s, true}};
    run.launch.phases = {{u"closing"_s, u"Closing agent groups"_s, 0}};
    run.runs({u"child"_s, run.path(u"city"_s), u"named"_s, u"city-simulator"_s, u"wait"_s, run.path(u"die"_s), u"end"_s,
        u"wait"_s, run.path(u"die"_s), u"print"_s, u"Closing agent groups"_s, u"sleep"_s, u"7500"_s});
    QCOMPARE(run.start().line, u"ready"_s);
    QVERIFY(run.pidIn(u"city"_s) > 0);
    QVERIFY(!QTest::qWaitFor([&] { return run.status().hasEnded(); }, 1500));
    run.write(u"die"_s, {});
    const RunStatus last = run.ended();
    QCOMPARE(last.outcome, Outcome::Finished);
    QVERIFY(last.warnings.isEmpty());
}

void KeeperWatch::hearsEvents_data()
{
    QTest::addColumn<bool>("ends");
    QTest::newRow("warns") << false;
    QTest::newRow("ends the run") << true;
}

void KeeperWatch::hearsEvents()
{
    QFETCH(bool, ends);
    RunDirectory run;
    run.accompany(u"gateway"_s,
        {u"print"_s, u"{\"ready\": true, \"port\": 1}"_s, u"wait"_s, run.path(u"fault"_s), u"long"_s, u"100000"_s,
            u""_s, u"print"_s,
            u"{\"event\": \"llm_key_refused\", \"entry\": 0, \"status\": 401, \"detail\": \"401 from api.example.org\"}"_s,
            u"wait"_s, u"never"_s});
    if (ends)
        run.launch.endsRun = {{u"llm_key_refused"_s, true}};
    run.runs({u"on"_s, u"INT"_s, u"1"_s, u"print"_s, u"up"_s, u"wait"_s, run.path(u"go"_s)});
    run.launch.phases = {{u"up"_s, u"up"_s, 0}};
    QCOMPARE(run.start().line, u"ready"_s);
    QVERIFY(run.reaches(u"up"_s));
    run.write(u"fault"_s, {});
    QTRY_VERIFY(run.warned(u"llm_key_refused"_s));
    if (!ends)
        run.write(u"go"_s, {});
    const RunStatus last = run.ended();
    QCOMPARE(last.outcome, ends ? Outcome::Failed : Outcome::Finished);
    QCOMPARE(last.reasonCode, ends ? u"llm_key_refused"_s : u"finished"_s);
    QCOMPARE(last.warnings.value(0).detail, u"gateway: 401 from api.example.org"_s);
}

void KeeperWatch::heartBeats()
{
    RunDirectory run;
    run.runs({u"wait"_s, run.path(u"go"_s)});
    QCOMPARE(run.start().line, u"ready"_s);
    QTRY_VERIFY(run.status().hasStarted());
    const RunStatus before = run.status();
    QTRY_VERIFY_WITH_TIMEOUT(run.status().heartbeatAt > before.heartbeatAt, 8000);
    const RunStatus after = run.status();
    QVERIFY(after.runMs >= 4000);
    QVERIFY(before.heartbeatAt.msecsTo(after.heartbeatAt) < 7000);
    QCOMPARE(after.suspendedMs, 0);
    run.write(u"go"_s, {});
    QCOMPARE(run.ended().outcome, Outcome::Finished);
}

void KeeperWatch::readsAFloodToItsEnd()
{
    RunDirectory run;
    run.launch.phases = {{u"done"_s, u"all said"_s, 0}};
    run.runs({u"lines"_s, u"400000"_s, u"some line that is as long as lines of a log usually are, number "_s,
        u"print"_s, u"all said"_s, u"exit"_s, u"2"_s});
    QCOMPARE(run.start().line, u"ready"_s);
    const RunStatus last = run.ended(60000);
    QCOMPARE(last.reasonCode, u"exit"_s);
    QVERIFY(names(last).contains(u"done"_s));
    QVERIFY(run.read(u"log.txt"_s).endsWith("number 399999\nall said\n"));
}

void KeeperWatch::statusIsAlwaysWhole()
{
    RunDirectory run;
    QStringList commands;
    for (int i = 0; i < 60; ++i) {
        const QString name = u"phase-%1 "_s.arg(i);
        run.launch.phases.append({name, name, 0});
        commands += {u"print"_s, name, u"sleep"_s, u"30"_s};
    }
    run.launch.alarms = {{u"odd"_s, u"odd"_s}};
    run.write(u"odd"_s, {});
    run.runs(commands + QStringList{u"raw"_s, u"odd \u201c\\\u0001\t\"line"_s});
    QCOMPARE(run.start().line, u"ready"_s);
    int reads = 0;
    while (!run.status().hasEnded()) {
        const auto status = executor::readStatus(run.path());
        QVERIFY2(status.has_value(), status ? "" : qPrintable(status.error().detail + status.error().path));
        ++reads;
    }
    QVERIFY(reads > 20);
    const RunStatus last = run.ended();
    QCOMPARE(last.phases.size(), 60 + 4);
    QCOMPARE(last.warnings.value(0).detail, u"odd \u201c\\\u0001\t\"line"_s);
    QVERIFY(!run.has(u"status.json.new"_s));
}

void KeeperWatch::warningsAreBounded()
{
    RunDirectory run;
    for (int i = 0; i < 300; ++i)
        run.launch.alarms.append({u"code%1"_s.arg(i), u"alarm %1."_s.arg(i)});
    QStringList commands;
    for (int i = 0; i < 300; ++i)
        commands += {u"print"_s, u"alarm %1."_s.arg(i)};
    run.runs(commands);
    QCOMPARE(run.start().line, u"ready"_s);
    QCOMPARE(run.ended().warnings.size(), 100);
}

QTEST_GUILESS_MAIN(KeeperWatch)
#include "tst_keeperwatch.moc"
