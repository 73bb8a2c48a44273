// SPDX-License-Identifier: GPL-3.0-or-later
// How a run ends: by itself, stopped, killed; what is said of it, and that nothing of it is left.
#include "rundirectory.h"

#include <QElapsedTimer>
#include <QTest>

#include <csignal>

using namespace society;
using namespace society::test;
using executor::Outcome;
using executor::RunStatus;
using namespace Qt::StringLiterals;

namespace {

/// Whether the last phases are sweep and end, and times are in order.
bool isWhole(const RunStatus &status)
{
    const qsizetype n = status.phases.size();
    return status.hasEnded() && status.phase == u"ended"_s && n >= 3 && status.phases[n - 2].name == u"ending"_s &&
           status.createdAt <= status.endedAt && status.endedAt <= status.heartbeatAt;
}

} // namespace

class KeeperEnd : public QObject {
    Q_OBJECT
private slots:
    void saysHowItEnded_data();
    void saysHowItEnded();
    void endedBySomeoneElsesSignal();
    void stopsPolitely();
    void signalsTheRunnerAlone();
    void killsAfterTheGrace();
    void killsAtOnce_data();
    void killsAtOnce();
    void aSoonerStopCounts();
    void aStopThatComesLateIsNone();
    void stopsWhereverItIs_data();
    void stopsWhereverItIs();
    void stopsBySignal();
    void endsWithTheMachine();
    void namesTheBudget();
    void leavesNoProcess_data();
    void leavesNoProcess();
    void endsCompanionsAfterTheRunner();
    void killsADeafCompanion();
    void failsWhereACompanionDies();
    void aStopGoesBeforeADeadCompanion();
    void removesFolders();
    void keepsTheLastError_data();
    void keepsTheLastError();
    void goesOnWhileTheDiskIsFull();
    void knowsThatTheDiskWasFull();
};

void KeeperEnd::saysHowItEnded_data()
{
    QTest::addColumn<QStringList>("commands");
    QTest::addColumn<Outcome>("outcome");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("reason");
    QTest::newRow("well") << QStringList{u"exit"_s, u"0"_s} << Outcome::Finished << u"finished"_s << QString();
    QTest::newRow("by itself") << QStringList{u"exit"_s, u"3"_s} << Outcome::Failed << u"exit"_s << u"exit code 3"_s;
    QTest::newRow("by a fault") << QStringList{u"abort"_s} << Outcome::Failed << u"signal"_s << u"signal 6 (Aborted)"_s;
    QTest::newRow("full, it says")
        << QStringList{u"error"_s,
               u"x - ERROR - Simulation error: (sqlite3.OperationalError) database or disk is full"_s, u"exit"_s,
               u"1"_s}
        << Outcome::Failed << u"disk_full"_s << u"exit code 1"_s;
    QTest::newRow("full, but well") << QStringList{u"error"_s, u"x - ERROR - No space left on device"_s, u"exit"_s,
                                           u"0"_s}
                                    << Outcome::Finished << u"finished"_s << QString();
}

void KeeperEnd::saysHowItEnded()
{
    QFETCH(QStringList, commands);
    RunDirectory run;
    run.runs(commands);
    QCOMPARE(run.start().line, u"ready"_s);
    const RunStatus last = run.ended();
    QTEST(last.outcome, "outcome");
    QTEST(last.reasonCode, "code");
    QTEST(last.reason, "reason");
    QVERIFY(isWhole(last));
    QVERIFY(last.exitCode.has_value() != last.signal.has_value());
}

void KeeperEnd::endedBySomeoneElsesSignal()
{
    RunDirectory run;
    run.runs({u"wait"_s, u"never"_s});
    QCOMPARE(run.start().line, u"ready"_s);
    QVERIFY(run.reaches(u"runner"_s));
    QTRY_VERIFY(run.status().hasStarted());
    QVERIFY(executor::sendSignal(run.status().runner, SIGKILL));
    const RunStatus last = run.ended();
    QCOMPARE(last.outcome, Outcome::Failed);
    QCOMPARE(last.reasonCode, u"signal"_s);
    QCOMPARE(last.signal, std::optional(9));
    QVERIFY(!last.exitCode);
    QVERIFY(!last.stop);
}

void KeeperEnd::stopsPolitely()
{
    RunDirectory run;
    run.runs({u"on"_s, u"INT"_s, u"1"_s, u"print"_s, u"up"_s, u"wait"_s, u"never"_s});
    run.launch.phases = {{u"up"_s, u"up"_s, 0}};
    QCOMPARE(run.start().line, u"ready"_s);
    QVERIFY(run.reaches(u"up"_s));
    run.stop();
    const RunStatus last = run.ended();
    QCOMPARE(last.outcome, Outcome::Stopped);
    QCOMPARE(last.reasonCode, u"stopped_user"_s);
    QCOMPARE(last.exitCode, std::optional(1));
    QCOMPARE(run.read(u"log.txt"_s), QByteArray("up\nclosing\n"));
    QVERIFY(last.stop.has_value());
    QCOMPARE(last.stop->reason, u"user"_s);
    QCOMPARE(last.stop->graceMs, run.launch.graceMs);
    QCOMPARE(last.stop->requestedAt.msecsTo(last.stop->killAt), run.launch.graceMs);
    QVERIFY(isWhole(last));
}

void KeeperEnd::signalsTheRunnerAlone()
{
    RunDirectory run;
    run.launch.stopSignal = executor::StopSignal::Terminate;
    run.runs({u"child"_s, run.path(u"child"_s), u"on"_s, u"TERM"_s, u"0"_s, u"wait"_s, u"never"_s, u"end"_s, u"on"_s,
        u"TERM"_s, u"1"_s, u"print"_s, u"up"_s, u"wait"_s, u"never"_s});
    run.launch.phases = {{u"up"_s, u"up"_s, 0}};
    QCOMPARE(run.start().line, u"ready"_s);
    QVERIFY(run.reaches(u"up"_s));
    const qint64 child = run.pidIn(u"child"_s);
    run.stop();
    const RunStatus last = run.ended();
    QCOMPARE(last.reasonCode, u"stopped_user"_s);
    // The child has the same group and would have said the same word.
    QCOMPARE(run.read(u"log.txt"_s).count("closing"), 1);
    QVERIFY(!lives(child));
}

void KeeperEnd::killsAfterTheGrace()
{
    RunDirectory run;
    run.launch.graceMs = 700;
    run.runs({u"ignore"_s, u"INT"_s, u"ignore"_s, u"TERM"_s, u"print"_s, u"up"_s, u"wait"_s, u"never"_s});
    run.launch.phases = {{u"up"_s, u"up"_s, 0}};
    QCOMPARE(run.start().line, u"ready"_s);
    QVERIFY(run.reaches(u"up"_s));
    run.stop();
    QTRY_VERIFY(run.status().stop.has_value());
    QCOMPARE(run.status().outcome, Outcome::None); // the grace counts
    const RunStatus last = run.ended();
    QCOMPARE(last.outcome, Outcome::Stopped);
    QCOMPARE(last.signal, std::optional(9));
    QVERIFY(last.endedAt >= last.stop->killAt);
    QVERIFY(last.stop->killAt.msecsTo(last.endedAt) < 2000);
}

void KeeperEnd::killsAtOnce_data()
{
    QTest::addColumn<bool>("bySignal");
    QTest::newRow("stop.json without grace") << false;
    QTest::newRow("second SIGTERM") << true;
}

void KeeperEnd::killsAtOnce()
{
    QFETCH(bool, bySignal);
    RunDirectory run;
    run.launch.graceMs = 60000;
    run.runs({u"ignore"_s, u"INT"_s, u"print"_s, u"up"_s, u"wait"_s, u"never"_s});
    run.launch.phases = {{u"up"_s, u"up"_s, 0}};
    QCOMPARE(run.start().line, u"ready"_s);
    QVERIFY(run.reaches(u"up"_s));
    if (bySignal) {
        run.stop();
        QVERIFY(executor::sendSignal(run.status().keeper, SIGTERM));
        QTRY_VERIFY(run.status().stop.has_value());
        QVERIFY(executor::isAlive(run.status().runner));
        const auto kills = [&] { // two signals that come together are one
            executor::sendSignal(run.status().keeper, SIGTERM);
            return run.status().stop->graceMs == 0;
        };
        QVERIFY(QTest::qWaitFor(kills));
    } else {
        run.stop(R"({"schema": 1, "reason": "user", "grace_ms": 0})");
    }
    const RunStatus last = run.ended(5000);
    QCOMPARE(last.reasonCode, u"stopped_user"_s);
    QCOMPARE(last.signal, std::optional(9));
    QCOMPARE(last.stop->graceMs, 0);
}

void KeeperEnd::aSoonerStopCounts()
{
    RunDirectory run;
    run.launch.graceMs = 60000;
    run.runs({u"ignore"_s, u"INT"_s, u"print"_s, u"up"_s, u"wait"_s, u"never"_s});
    run.launch.phases = {{u"up"_s, u"up"_s, 0}};
    QCOMPARE(run.start().line, u"ready"_s);
    QVERIFY(run.reaches(u"up"_s));
    run.stop(R"({"schema": 1, "reason": "budget"})");
    QTRY_VERIFY(run.status().stop.has_value());
    run.stop(R"({"schema": 1, "reason": "user", "grace_ms": 0})"); // "kill now", while the grace counts
    const RunStatus last = run.ended(5000);
    QCOMPARE(last.reasonCode, u"stopped_budget"_s); // the first reason is the reason
    QCOMPARE(last.signal, std::optional(9));
}

void KeeperEnd::aStopThatComesLateIsNone()
{
    RunDirectory run;
    run.runs({u"on"_s, u"INT"_s, u"0"_s, u"print"_s, u"up"_s, u"wait"_s, u"never"_s});
    run.launch.phases = {{u"up"_s, u"up"_s, 0}};
    QCOMPARE(run.start().line, u"ready"_s);
    QVERIFY(run.reaches(u"up"_s));
    run.stop();
    const RunStatus last = run.ended();
    QCOMPARE(last.outcome, Outcome::Finished);
    QCOMPARE(last.reasonCode, u"finished"_s);
}

void KeeperEnd::stopsWhereverItIs_data()
{
    QTest::addColumn<QString>("phase");
    QTest::addColumn<bool>("started");
    QTest::newRow("before it begins") << QString() << false;
    QTest::newRow("companions") << u"companions"_s << false;
    QTest::newRow("runner") << u"runner"_s << true;
    QTest::newRow("named phase") << u"llm"_s << true;
}

void KeeperEnd::stopsWhereverItIs()
{
    QFETCH(QString, phase);
    RunDirectory run;
    run.accompany(
        u"gateway"_s, phase == u"companions"_s || phase.isEmpty()
                          ? QStringList{u"wait"_s, u"never"_s}
                          : QStringList{u"print"_s, u"{\"ready\": true, \"port\": 1}"_s, u"wait"_s, u"never"_s});
    run.launch.phases = {{u"llm"_s, u"Initializing LLM"_s, 0}, {u"late"_s, u"late"_s, 0}};
    run.runs({u"on"_s, u"INT"_s, u"1"_s, u"print"_s, phase == u"llm"_s ? u"Initializing LLM"_s : u"imports"_s,
        u"wait"_s, u"never"_s});
    if (phase.isEmpty())
        run.stop();
    QCOMPARE(run.start().line, u"ready"_s);
    QVERIFY(phase.isEmpty() || run.reaches(phase));
    run.stop();
    const RunStatus last = run.ended(10000);
    QCOMPARE(last.outcome, Outcome::Stopped);
    QCOMPARE(last.reasonCode, u"stopped_user"_s);
    QTEST(last.hasStarted(), "started");
    for (const RunStatus::Companion &companion : last.companions)
        QVERIFY(!lives(companion.process.pid));
    QVERIFY(last.runner.isNull() || !lives(last.runner.pid));
}

void KeeperEnd::stopsBySignal()
{
    RunDirectory run;
    run.runs({u"on"_s, u"INT"_s, u"1"_s, u"print"_s, u"up"_s, u"wait"_s, u"never"_s});
    run.launch.phases = {{u"up"_s, u"up"_s, 0}};
    QCOMPARE(run.start().line, u"ready"_s);
    QVERIFY(run.reaches(u"up"_s));
    QVERIFY(executor::sendSignal(run.status().keeper, SIGTERM));
    const RunStatus last = run.ended();
    QCOMPARE(last.outcome, Outcome::Failed); // nobody asked for it: no "stopped by you"
    QCOMPARE(last.reasonCode, u"shutdown"_s);
    QVERIFY2(last.reason.contains(QString::number(QCoreApplication::applicationPid())), qPrintable(last.reason));
    QCOMPARE(last.exitCode, std::optional(1)); // it was asked politely
    QVERIFY(!last.stop);
    QVERIFY(isWhole(last));
}

/// At a shutdown everybody gets the signal at once, and who is slow is killed.
void KeeperEnd::endsWithTheMachine()
{
    RunDirectory run;
    run.launch.graceMs = 60000;
    run.accompany(u"gateway"_s,
        {u"on"_s, u"TERM"_s, u"0"_s, u"print"_s, u"{\"ready\": true, \"port\": 1}"_s, u"wait"_s, u"never"_s});
    run.runs({u"ignore"_s, u"INT"_s, u"ignore"_s, u"TERM"_s, u"print"_s, u"up"_s, u"wait"_s, u"never"_s});
    run.launch.phases = {{u"up"_s, u"up"_s, 0}};
    QCOMPARE(run.start().line, u"ready"_s);
    QVERIFY(run.reaches(u"up"_s));
    const RunStatus before = run.status();
    for (const executor::ProcessId &process : {before.keeper, before.companions.value(0).process, before.runner})
        executor::sendSignal(process, SIGTERM);
    QTRY_VERIFY(run.read(u"keeper.log"_s).contains("ends the run: shutdown"));
    QVERIFY(executor::isAlive(before.runner)); // its grace counts
    QVERIFY(executor::sendSignal(before.keeper, SIGTERM));
    const RunStatus last = run.ended(10000);
    QCOMPARE(last.reasonCode, u"shutdown"_s);
    QCOMPARE(last.signal, std::optional(9));
}

void KeeperEnd::namesTheBudget()
{
    RunDirectory run;
    run.runs({u"wait"_s, u"never"_s});
    QCOMPARE(run.start().line, u"ready"_s);
    QVERIFY(run.reaches(u"runner"_s));
    run.stop(R"({"schema": 1, "reason": "budget", "grace_ms": 100})");
    const RunStatus last = run.ended();
    QCOMPARE(last.outcome, Outcome::Stopped);
    QCOMPARE(last.reasonCode, u"stopped_budget"_s);
    QCOMPARE(last.stop->graceMs, 100);
}

void KeeperEnd::leavesNoProcess_data()
{
    QTest::addColumn<QStringList>("end");
    QTest::addColumn<bool>("stop");
    QTest::newRow("after a good end") << QStringList{u"exit"_s, u"0"_s} << false;
    QTest::newRow("after a crash") << QStringList{u"abort"_s} << false;
    QTest::newRow("after a stop") << QStringList{u"wait"_s, u"never"_s} << true;
}

void KeeperEnd::leavesNoProcess()
{
    QFETCH(QStringList, end);
    QFETCH(bool, stop);
    RunDirectory run;
    const QStringList deaf{u"ignore"_s, u"TERM"_s, u"ignore"_s, u"INT"_s, u"wait"_s, u"never"_s, u"end"_s};
    // A child, an orphan in a session of its own, and an orphan's orphan.
    run.runs(QStringList{u"child"_s, run.path(u"child"_s)} + deaf +
             QStringList{u"orphan"_s, run.path(u"orphan"_s), u"orphan"_s, run.path(u"inner"_s), u"wait"_s, u"never"_s,
                 u"end"_s} +
             QStringList{
                 u"wait"_s, run.path(u"child"_s), u"wait"_s, run.path(u"orphan"_s), u"wait"_s, run.path(u"inner"_s)} +
             end);
    QCOMPARE(run.start().line, u"ready"_s);
    const QList<qint64> pids{run.pidIn(u"child"_s), run.pidIn(u"orphan"_s), run.pidIn(u"inner"_s)};
    if (stop)
        run.stop();
    const RunStatus last = run.ended();
    QVERIFY(isWhole(last));
    for (const qint64 pid : pids) {
        QVERIFY(pid > 0);
        QVERIFY2(!lives(pid), qPrintable(QString::number(pid)));
    }
    QVERIFY(last.warnings.isEmpty());
}

void KeeperEnd::endsCompanionsAfterTheRunner()
{
    RunDirectory run;
    run.accompany(u"gateway"_s,
        {u"on"_s, u"TERM"_s, u"0"_s, u"print"_s, u"{\"ready\": true, \"port\": 1}"_s, u"wait"_s, u"never"_s});
    run.runs({u"on"_s, u"INT"_s, u"1"_s, u"print"_s, u"up"_s, u"wait"_s, u"never"_s});
    run.launch.phases = {{u"up"_s, u"up"_s, 0}};
    QCOMPARE(run.start().line, u"ready"_s);
    QVERIFY(run.reaches(u"up"_s));
    run.stop();
    const RunStatus last = run.ended();
    QCOMPARE(last.reasonCode, u"stopped_user"_s);
    const QByteArray notes = run.read(u"keeper.log"_s);
    QVERIFY(notes.contains("gateway: exit code 0"));
    QVERIFY(notes.indexOf("runner ended: exit code 1") < notes.indexOf("gateway: exit code 0"));
}

void KeeperEnd::killsADeafCompanion()
{
    RunDirectory run;
    run.accompany(
        u"gateway"_s, {u"ignore"_s, u"TERM"_s, u"print"_s, u"{\"ready\": true, \"port\": 1}"_s, u"wait"_s, u"never"_s});
    QCOMPARE(run.start().line, u"ready"_s);
    const RunStatus last = run.ended();
    QCOMPARE(last.outcome, Outcome::Finished);
    QVERIFY(!lives(last.companions.value(0).process.pid));
    QVERIFY(last.endedAt.msecsTo(last.heartbeatAt) >= 3000);
    QVERIFY(last.runMs < 2000); // what is billed does not grow meanwhile
}

void KeeperEnd::failsWhereACompanionDies()
{
    RunDirectory run;
    run.accompany(u"gateway"_s,
        {u"print"_s, u"{\"ready\": true, \"port\": 1}"_s, u"wait"_s, run.path(u"die"_s), u"raise"_s, u"KILL"_s});
    run.runs({u"on"_s, u"INT"_s, u"1"_s, u"print"_s, u"up"_s, u"wait"_s, u"never"_s});
    run.launch.phases = {{u"up"_s, u"up"_s, 0}};
    QCOMPARE(run.start().line, u"ready"_s);
    QVERIFY(run.reaches(u"up"_s));
    run.write(u"die"_s, {});
    const RunStatus last = run.ended();
    QCOMPARE(last.outcome, Outcome::Failed);
    QCOMPARE(last.reasonCode, u"companion_died"_s);
    QCOMPARE(last.reason, u"gateway: signal 9 (Killed)"_s);
    QCOMPARE(run.read(u"log.txt"_s), QByteArray("up\nclosing\n"));
}

void KeeperEnd::aStopGoesBeforeADeadCompanion()
{
    RunDirectory run;
    run.accompany(u"gateway"_s,
        {u"print"_s, u"{\"ready\": true, \"port\": 1}"_s, u"wait"_s, run.path(u"die"_s), u"exit"_s, u"2"_s});
    run.runs({u"ignore"_s, u"INT"_s, u"print"_s, u"up"_s, u"wait"_s, u"never"_s});
    run.launch.phases = {{u"up"_s, u"up"_s, 0}};
    run.launch.graceMs = 1000;
    QCOMPARE(run.start().line, u"ready"_s);
    QVERIFY(run.reaches(u"up"_s));
    run.stop();
    QTRY_VERIFY(run.status().stop.has_value());
    run.write(u"die"_s, {});
    const RunStatus last = run.ended();
    QCOMPARE(last.outcome, Outcome::Stopped);
    QVERIFY(run.read(u"keeper.log"_s).contains("gateway: exit code 2"));
}

void KeeperEnd::removesFolders()
{
    RunDirectory run;
    QTemporaryDir other;
    QVERIFY(QDir(other.path()).mkpath(u"ray/session/sockets"_s));
    QFile kept(other.path() + u"/kept"_s);
    QVERIFY(kept.open(QIODevice::WriteOnly));
    // A link in the folder is removed, never what it leads to.
    QVERIFY(QFile::link(kept.fileName(), other.path() + u"/ray/link"_s));
    run.launch.removeAfter = {other.path() + u"/ray"_s, other.path() + u"/was never there"_s};
    QCOMPARE(run.start().line, u"ready"_s);
    const RunStatus last = run.ended();
    QCOMPARE(last.outcome, Outcome::Finished);
    QVERIFY(!QFileInfo::exists(other.path() + u"/ray"_s));
    QVERIFY(kept.exists());
    QVERIFY(last.warnings.isEmpty());
}

void KeeperEnd::keepsTheLastError_data()
{
    QTest::addColumn<QStringList>("lines");
    QTest::addColumn<QString>("error");
    QTest::newRow("none") << QStringList{u"x - INFO - fine"_s} << QString();
    QTest::newRow("fatal, then a harmless traceback")
        << QStringList{u"t - agentsociety - ERROR - Simulation error: list index out of range"_s,
               u"Traceback (most recent call last):"_s, u"  File \"x\""_s, u"asyncio.exceptions.CancelledError"_s}
        << u"t - agentsociety - ERROR - Simulation error: list index out of range"_s;
    QTest::newRow("only a traceback") << QStringList{u"Traceback (most recent call last):"_s, u"  File \"x\""_s,
                                             u"KeyError: 'Citizen'"_s}
                                      << u"KeyError: 'Citizen'"_s;
    QTest::newRow("wrong usage") << QStringList{u"Usage: x"_s, u"Error: Invalid value: bad"_s}
                                 << u"Error: Invalid value: bad"_s;
}

void KeeperEnd::keepsTheLastError()
{
    QFETCH(QStringList, lines);
    RunDirectory run;
    QStringList commands;
    for (const QString &line : lines)
        commands += {u"error"_s, line};
    run.runs(commands + QStringList{u"exit"_s, u"1"_s});
    QCOMPARE(run.start().line, u"ready"_s);
    QTEST(run.ended().lastError, "error");
}

void KeeperEnd::goesOnWhileTheDiskIsFull()
{
    RunDirectory run;
    run.environment.insert(u"LD_PRELOAD"_s, beside(u"fulldisk.so"_s));
    run.environment.insert(u"ASAN_OPTIONS"_s, u"verify_asan_link_order=0"_s);
    run.environment.insert(u"SOCIETY_TEST_FULL"_s, run.path(u"full"_s));
    run.runs({u"print"_s, u"up"_s, u"wait"_s, run.path(u"go"_s), u"exit"_s, u"1"_s});
    run.launch.phases = {{u"up"_s, u"up"_s, 0}};
    QCOMPARE(run.start().line, u"ready"_s);
    QVERIFY(run.reaches(u"up"_s));
    const RunStatus before = run.status();
    run.write(u"full"_s, {});
    run.write(u"go"_s, {});
    QTRY_VERIFY_WITH_TIMEOUT(!executor::isAlive(before.runner), 10000);
    // For as long as there is no space the old status stands, whole.
    QVERIFY(!QTest::qWaitFor([&] { return run.status().id.isEmpty() || run.status().hasEnded(); }, 2500));
    QVERIFY(executor::isAlive(before.keeper));
    QVERIFY(QFile::remove(run.path(u"full"_s)));
    const RunStatus last = run.ended();
    QCOMPARE(last.outcome, Outcome::Failed);
    QCOMPARE(last.reasonCode, u"disk_full"_s);
    QCOMPARE(last.exitCode, std::optional(1));
}

/// Room that is made between the runner's end and the run's does not hide why it ended.
void KeeperEnd::knowsThatTheDiskWasFull()
{
    RunDirectory run;
    run.environment.insert(u"LD_PRELOAD"_s, beside(u"fulldisk.so"_s));
    run.environment.insert(u"ASAN_OPTIONS"_s, u"verify_asan_link_order=0"_s);
    run.environment.insert(u"SOCIETY_TEST_NO_ROOM"_s, run.path(u"full"_s));
    run.accompany(u"gateway"_s,
        {u"on"_s, u"TERM"_s, u"0"_s, u"print"_s, u"{\"ready\": true, \"port\": 1}"_s, u"wait"_s, u"never"_s});
    run.runs({u"print"_s, u"up"_s, u"wait"_s, run.path(u"go"_s), u"exit"_s, u"1"_s});
    run.launch.phases = {{u"up"_s, u"up"_s, 0}};
    QCOMPARE(run.start().line, u"ready"_s);
    QVERIFY(run.reaches(u"up"_s));
    const RunStatus before = run.status();
    run.write(u"full"_s, {});
    run.write(u"go"_s, {});
    // Its companion is ended after the runner, and half a second before the run.
    QTRY_VERIFY_WITH_TIMEOUT(!executor::isAlive(before.companions.value(0).process), 10000);
    QVERIFY(QFile::remove(run.path(u"full"_s)));
    QCOMPARE(run.ended().reasonCode, u"disk_full"_s);
}

QTEST_GUILESS_MAIN(KeeperEnd)
#include "tst_keeperend.moc"
