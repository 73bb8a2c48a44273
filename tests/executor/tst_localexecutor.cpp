// SPDX-License-Identifier: GPL-3.0-or-later
// Starting, asking and burying keepers, with the real ones.
#include "services/executor/localexecutor.h"
#include "tests/keeper/rundirectory.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

#include <csignal>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace society;
using namespace society::executor;
using namespace society::test;
using namespace Qt::StringLiterals;

namespace {

const QDateTime now = QDateTime::fromMSecsSinceEpoch(1'795'500'000'000, Qt::UTC);

void writeStatus(const RunDirectory &run, const RunStatus &status)
{
    run.write(u"status.json"_s, QJsonDocument(status.toJson()).toJson());
}

/// The status of a run whose keeper is gone, with this runner.
RunStatus abandoned(const RunDirectory &run, const ProcessId &runner)
{
    RunStatus status;
    status.id = run.launch.id;
    status.phase = u"workflow"_s;
    status.keeper = {1, 1};
    status.runner = runner;
    status.runnerSession = runner.pid;
    status.bootId = currentBootId();
    status.createdAt = now.addSecs(-100);
    status.startedAt = now.addSecs(-90);
    status.heartbeatAt = now.addSecs(-10);
    status.runMs = 80000;
    status.phases = {{u"workflow"_s, now.addSecs(-50)}};
    return status;
}

/// stub-process in a session of its own, in a folder.
class Stray {
public:
    Stray(const QString &folder, const QStringList &commands)
    {
        m_process.setWorkingDirectory(folder);
        m_process.setChildProcessModifier([] { ::setsid(); });
        m_process.start(beside(u"stub-process"_s), commands);
        m_process.waitForStarted();
    }
    ~Stray()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    [[nodiscard]] ProcessId id() const { return processIdentity(m_process.processId()).value_or(ProcessId()); }
    [[nodiscard]] QProcess &process() { return m_process; }

private:
    QProcess m_process;
};

/// Starts a run, then kills its keeper and the keeper's guard, so that nobody looks after what is left.
RunStatus abandon(RunDirectory &run)
{
    LocalExecutor executor;
    run.writeLaunch();
    if (!executor.start(run.path(), "{}") || !run.reaches(u"up"_s))
        return {};
    const RunStatus status = run.status();
    const auto facts = procfs::processFacts(status.keeper.pid);
    ::kill(static_cast<pid_t>(facts->parent), SIGKILL);
    sendSignal(status.keeper, SIGKILL);
    (void)QTest::qWaitFor([&] { return !isAlive(status.keeper); });
    return status;
}

} // namespace

class LocalExecutorTest : public QObject {
    Q_OBJECT
private slots:
    void startsAndStops();
    void saysWhatTheKeeperSays();
    void saysThatTheKeeperDoesNotStart();
    void aLateKeeperStartsNothing();
    void refusesToStopWhatDoesNotRun();
    void killsOnRequest();
    void knowsWhoLives();
    void marksLost();
    void marksLostAfterReboot();
    void refusesToBuryTheLiving();
    void leavesAnEndAsItIs();
    void leavesWhatNeverStarted();
    void barsWhatNeverStarted();
    void stopsWhatHasYetToComeUp();
    void sweepsWhatIsLeft();
    void sweepsTheSessionOfADeadRunner();
    void sweepsWhatTheGuardInherited();
    void neverEndsAStranger_data();
    void neverEndsAStranger();
    void letsACompanionFinish();
    void letsTheRunnerFinish_data();
    void letsTheRunnerFinish();
    void identifiesProcesses();
};

void LocalExecutorTest::startsAndStops()
{
    RunDirectory run;
    run.runs({u"on"_s, u"INT"_s, u"1"_s, u"print"_s, u"up"_s, u"wait"_s, u"never"_s});
    run.launch.phases = {{u"up"_s, u"up"_s, 0}};
    run.writeLaunch();
    LocalExecutor executor;
    QCOMPARE(executor.liveness(run.path()), Liveness::NeverStarted);
    const auto started = executor.start(run.path(), "{}");
    QVERIFY2(started.has_value(), started ? "" : qPrintable(started.error().detail));
    QCOMPARE(executor.liveness(run.path()), Liveness::Alive);
    QVERIFY(run.reaches(u"up"_s));
    QVERIFY(executor.requestStop(run.path(), {u"budget"_s, 4000}).has_value());
    const RunStatus last = run.ended();
    QCOMPARE(last.reasonCode, u"stopped_budget"_s);
    QCOMPARE(last.stop->graceMs, 4000);
    QCOMPARE(executor.liveness(run.path()), Liveness::Gone);
}

void LocalExecutorTest::saysWhatTheKeeperSays()
{
    LocalExecutor executor;
    RunDirectory run;
    QCOMPARE(executor.start(run.path(), "{}").error().code, u"launch_invalid"_s);
    QCOMPARE(executor.start(run.path(u"nowhere"_s), "{}").error().code, u"keeper_io"_s);
    run.runs({u"wait"_s, run.path(u"go"_s)});
    run.writeLaunch();
    QVERIFY(executor.start(run.path(), "{}").has_value());
    QCOMPARE(executor.start(run.path(), "{}").error().code, u"run_locked"_s);
    run.write(u"go"_s, {});
    QCOMPARE(run.ended().outcome, Outcome::Finished);
    const auto again = executor.start(run.path(), "{}");
    QCOMPARE(again.error().code, u"run_ended"_s);
    QVERIFY(!again.error().message.isEmpty() && !again.error().remedy.isEmpty());
}

void LocalExecutorTest::saysThatTheKeeperDoesNotStart()
{
    RunDirectory run;
    QCOMPARE(LocalExecutor(u"/nowhere/society-keeper"_s).start(run.path(), "{}").error().code, u"keeper_start"_s);
    QCOMPARE(LocalExecutor(u"/bin/true"_s).start(run.path(), "{}").error().code, u"keeper_start"_s);
    QCOMPARE(LocalExecutor(u"/bin/false"_s).start(run.path(), "{}").error().code, u"keeper_start"_s);
}

void LocalExecutorTest::aLateKeeperStartsNothing()
{
    RunDirectory run;
    run.runs({u"wait"_s, u"never"_s});
    run.writeLaunch();
    // A keeper that is slow to come up: the caller gives up, and believes that nothing runs.
    const QString slow = run.path(u"slow-keeper"_s);
    run.write(u"slow-keeper"_s,
        "#!/bin/sh\nsetsid sh -c 'while [ ! -e \"$1/stop.json\" ]; do sleep 0.05; done; echo {} | \"$0\" \"$1\"' '" +
            keeperProgram().toUtf8() + "' \"$1\" </dev/null >/dev/null 2>&1 &\nexec sleep 60\n");
    QVERIFY(QFile::setPermissions(slow, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    const auto started = LocalExecutor(slow, std::chrono::milliseconds(300)).start(run.path(), "{}");
    QCOMPARE(started.error().code, u"keeper_start"_s);
    QVERIFY(QTest::qWaitFor([&] { return run.has(u"status.json"_s); }, 10000));
    const RunStatus last = run.ended();
    QCOMPARE(last.outcome, Outcome::Stopped);
    QVERIFY(!last.hasStarted());
}

void LocalExecutorTest::refusesToStopWhatDoesNotRun()
{
    LocalExecutor executor;
    RunDirectory run;
    QCOMPARE(executor.requestStop(run.path(u"nowhere"_s), {}).error().code, u"run_not_running"_s);
    writeStatus(run, abandoned(run, {}));
    QCOMPARE(executor.requestStop(run.path(), {}).error().code, u"run_not_running"_s);
    QVERIFY(!run.has(u"stop.json"_s));
    QCOMPARE(run.start().line.section(u' ', 1, 1), u"ended"_s);
    QVERIFY(QFile::remove(run.path(u"status.json"_s)));
    QCOMPARE(run.start().line, u"ready"_s);
    (void)run.ended();
    QCOMPARE(executor.requestStop(run.path(), {}).error().code, u"run_ended"_s);
}

void LocalExecutorTest::killsOnRequest()
{
    RunDirectory run;
    run.launch.graceMs = 60000;
    run.runs({u"ignore"_s, u"INT"_s, u"print"_s, u"up"_s, u"wait"_s, u"never"_s});
    run.launch.phases = {{u"up"_s, u"up"_s, 0}};
    run.writeLaunch();
    LocalExecutor executor;
    QVERIFY(executor.start(run.path(), "{}").has_value());
    QVERIFY(run.reaches(u"up"_s));
    QVERIFY(executor.requestStop(run.path(), {}).has_value());
    QVERIFY(executor.requestStop(run.path(), {}).has_value()); // asking twice is not killing
    QTRY_VERIFY(run.status().stop.has_value());
    QCOMPARE(run.status().stop->graceMs, 60000);
    QVERIFY(executor.requestStop(run.path(), {u"user"_s, 0}).has_value());
    QCOMPARE(run.ended(5000).signal, std::optional(9));
}

void LocalExecutorTest::knowsWhoLives()
{
    LocalExecutor executor;
    RunDirectory run;
    QCOMPARE(executor.liveness(run.path()), Liveness::NeverStarted);
    QVERIFY(!run.has(u"lock"_s)); // looking leaves nothing behind
    QCOMPARE(executor.liveness(run.path(u"nowhere"_s)), Liveness::NeverStarted);
    writeStatus(run, abandoned(run, {}));
    QCOMPARE(executor.liveness(run.path()), Liveness::Gone);
    run.write(u"lock"_s, {});
    QCOMPARE(executor.liveness(run.path()), Liveness::Gone);
    const int fd = ::open(QFile::encodeName(run.path(u"lock"_s)).constData(), O_RDWR | O_CLOEXEC);
    QCOMPARE(::flock(fd, LOCK_EX | LOCK_NB), 0);
    QCOMPARE(executor.liveness(run.path()), Liveness::Alive);
    ::close(fd);
    QCOMPARE(executor.liveness(run.path()), Liveness::Gone);
}

void LocalExecutorTest::marksLost()
{
    RunDirectory run;
    run.launch.graceMs = 500;
    run.launch.phases = {{u"up"_s, u"up"_s, 0}};
    run.runs({u"ignore"_s, u"INT"_s, u"child"_s, run.path(u"child"_s), u"ignore"_s, u"TERM"_s, u"wait"_s, u"never"_s,
        u"end"_s, u"print"_s, u"up"_s, u"wait"_s, u"never"_s});
    QTemporaryDir other;
    QVERIFY(QDir(other.path()).mkpath(u"ray/session"_s));
    run.launch.removeAfter = {other.path() + u"/ray"_s};
    const RunStatus before = abandon(run);
    QVERIFY(before.hasStarted());
    QVERIFY(isAlive(before.runner)); // deaf to the signal that the kernel sent it
    const qint64 child = run.pidIn(u"child"_s);
    LocalExecutor executor;
    QCOMPARE(executor.liveness(run.path()), Liveness::Gone);
    const auto lost = executor.markLost(run.path(), now);
    QVERIFY2(lost.has_value(), lost ? "" : qPrintable(lost.error().code));
    QCOMPARE(lost->outcome, Outcome::Lost);
    QCOMPARE(lost->reasonCode, u"lost_keeper"_s);
    QCOMPARE(lost->endedAt, before.heartbeatAt);
    QCOMPARE(lost->heartbeatAt, before.heartbeatAt);
    QCOMPARE(lost->runMs, before.runMs);
    QCOMPARE(lost->phase, u"ended"_s);
    QCOMPARE(lost->phases.last().at, now);
    QVERIFY(!isAlive(before.runner));
    QVERIFY(!lives(child));
    QVERIFY(!QFile::exists(run.launch.removeAfter.value(0)));
    QVERIFY(run.status() == *lost);
    QVERIFY(executor.markLost(run.path(), now.addSecs(9)).value() == *lost); // once is enough
    QCOMPARE(executor.liveness(run.path()), Liveness::Gone);
}

void LocalExecutorTest::marksLostAfterReboot()
{
    RunDirectory run;
    // After a reboot the numbers of the run are other processes', even with the same start time.
    Stray stranger(run.path(), {u"wait"_s, u"never"_s});
    RunStatus status = abandoned(run, stranger.id());
    status.companions = {{u"gateway"_s, stranger.id(), 1}};
    status.bootId = u"11111111-2222-3333-4444-555555555555"_s;
    run.launch.removeAfter = {QFileInfo(run.path()).path(), u"/"_s, run.path()}; // never these
    run.writeLaunch();
    writeStatus(run, status);
    const auto lost = LocalExecutor().markLost(run.path(), now);
    QVERIFY(lost.has_value());
    QCOMPARE(lost->reasonCode, u"lost_reboot"_s);
    QCOMPARE(lost->endedAt, status.heartbeatAt);
    QCOMPARE(lost->runMs, 80000);
    QVERIFY(isAlive(stranger.id()));
}

void LocalExecutorTest::refusesToBuryTheLiving()
{
    RunDirectory run;
    run.runs({u"wait"_s, run.path(u"go"_s)});
    run.writeLaunch();
    LocalExecutor executor;
    QVERIFY(executor.start(run.path(), "{}").has_value());
    QTRY_VERIFY(run.status().hasStarted());
    QCOMPARE(executor.markLost(run.path(), now).error().code, u"run_alive"_s);
    QCOMPARE(executor.sweep(run.path(), run.status()).error().code, u"run_alive"_s);
    QVERIFY(isAlive(run.status().runner));
    run.write(u"go"_s, {});
    QCOMPARE(run.ended().outcome, Outcome::Finished);
}

void LocalExecutorTest::leavesAnEndAsItIs()
{
    RunDirectory run;
    QCOMPARE(run.start().line, u"ready"_s);
    const RunStatus last = run.ended();
    QVERIFY(LocalExecutor().markLost(run.path(), now).value() == last);
    QVERIFY(run.status() == last);
}

void LocalExecutorTest::leavesWhatNeverStarted()
{
    RunDirectory run;
    QCOMPARE(LocalExecutor().markLost(run.path(), now).error().code, u"file_missing"_s);
    QVERIFY(!run.has(u"lock"_s));
    QVERIFY(!run.has(u"status.json"_s));
}

/// Whoever calls a start cut short must be sure that no late keeper runs it all the same, unbilled.
void LocalExecutorTest::barsWhatNeverStarted()
{
    RunDirectory run;
    run.runs({u"print"_s, u"up"_s});
    run.writeLaunch();
    const QDateTime now = QDateTime::currentDateTimeUtc();
    LocalExecutor executor;
    const auto barred = executor.markNeverStarted(run.path(), run.launch.id, now);
    QVERIFY(barred.has_value());
    QCOMPARE(barred->reasonCode, u"never_started"_s);
    QCOMPARE(executor.start(run.path(), "{}").error().code, u"run_ended"_s);
    QVERIFY(!run.has(u"log.txt"_s));

    RunDirectory living;
    living.runs({u"print"_s, u"up"_s, u"wait"_s, u"never"_s});
    living.writeLaunch();
    QVERIFY(executor.start(living.path(), "{}").has_value());
    QCOMPARE(executor.markNeverStarted(living.path(), living.launch.id, now).error().code, u"run_alive"_s);
    QVERIFY(!living.status().hasEnded());
}

/// Stop pressed between Start and the keeper is not lost.
void LocalExecutorTest::stopsWhatHasYetToComeUp()
{
    RunDirectory run;
    run.runs({u"print"_s, u"up"_s, u"wait"_s, u"never"_s});
    run.writeLaunch();
    LocalExecutor executor;
    QVERIFY(executor.requestStop(run.path(), {}).has_value());
    QVERIFY(executor.start(run.path(), "{}").has_value());
    QCOMPARE(run.ended().outcome, Outcome::Stopped);
}

void LocalExecutorTest::sweepsWhatIsLeft()
{
    RunDirectory run;
    // A runner that is deaf, with a child of its own that left the session: found below it.
    Stray runner(
        run.path(), {u"ignore"_s, u"TERM"_s, u"child"_s, run.path(u"child"_s), u"orphan"_s, run.path(u"inner"_s),
                        u"wait"_s, u"never"_s, u"end"_s, u"wait"_s, u"never"_s, u"end"_s, u"wait"_s, u"never"_s});
    QVERIFY(run.pidIn(u"inner"_s) > 0);
    const qint64 child = run.pidIn(u"child"_s);
    const RunStatus status = abandoned(run, runner.id());
    QVERIFY(LocalExecutor().sweep(run.path(), status).has_value());
    QVERIFY(!isAlive(status.runner));
    QVERIFY(!lives(child));
    ::kill(static_cast<pid_t>(run.pidIn(u"inner"_s)),
        SIGKILL); // an orphan of another session cannot be known without a keeper
}

void LocalExecutorTest::sweepsTheSessionOfADeadRunner()
{
    RunDirectory run;
    Stray runner(run.path(), {u"child"_s, run.path(u"child"_s), u"ignore"_s, u"TERM"_s, u"wait"_s, u"never"_s, u"end"_s,
                                 u"wait"_s, u"never"_s});
    const qint64 child = run.pidIn(u"child"_s);
    const RunStatus status = abandoned(run, runner.id());
    runner.process().kill();
    QVERIFY(runner.process().waitForFinished());
    QVERIFY(lives(child));
    QVERIFY(LocalExecutor().sweep(run.path(), status).has_value());
    QVERIFY(!lives(child));
}

/// Its guard would give what left the runner's session the grace; a run that is said to be lost has left nothing.
void LocalExecutorTest::sweepsWhatTheGuardInherited()
{
    RunDirectory run;
    run.leavesAnOrphan();
    run.writeLaunch();
    LocalExecutor executor;
    QVERIFY(executor.start(run.path(), "{}") && run.reaches(u"up"_s));
    const qint64 orphan = run.pidIn(u"orphan"_s);
    QVERIFY(lives(orphan));
    const RunStatus status = run.status();
    QVERIFY(sendSignal(status.keeper, SIGKILL));
    QTRY_VERIFY(!isAlive(status.keeper));
    const auto lost = executor.markLost(run.path(), QDateTime::currentDateTimeUtc());
    QVERIFY2(lost.has_value(), lost ? "" : qPrintable(lost.error().detail));
    QCOMPARE(lost->outcome, Outcome::Lost);
    QVERIFY(!lives(orphan));
    QVERIFY(!isAlive(status.runner));
}

void LocalExecutorTest::neverEndsAStranger_data()
{
    QTest::addColumn<QString>("how");
    QTest::newRow("runner's number, other start") << u"pid"_s;
    QTest::newRow("companion's number, other start") << u"companion"_s;
    QTest::newRow("session's number, another session") << u"session"_s;
    QTest::newRow("works in the run's folder") << u"folder"_s;
}

void LocalExecutorTest::neverEndsAStranger()
{
    QFETCH(QString, how);
    RunDirectory run;
    QTemporaryDir elsewhere;
    Stray stranger(how == u"folder"_s ? run.path() : elsewhere.path(),
        {u"child"_s, elsewhere.path() + u"/child"_s, u"wait"_s, u"never"_s, u"end"_s, u"wait"_s, u"never"_s});
    QTRY_VERIFY(QFile::exists(elsewhere.path() + u"/child"_s));
    QFile file(elsewhere.path() + u"/child"_s);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const qint64 child = file.readAll().trimmed().toLongLong();
    const ProcessId before{stranger.id().pid, stranger.id().startTicks - 100}; // the run's, which is gone
    RunStatus status = abandoned(run, how == u"folder"_s || how == u"companion"_s ? ProcessId{4'000'001, 5} : before);
    if (how == u"companion"_s)
        status.companions = {{u"gateway"_s, before, 1}};
    if (how == u"session"_s) { // its leader has ended, its members have not
        stranger.process().kill();
        QVERIFY(stranger.process().waitForFinished());
    }
    QVERIFY(LocalExecutor().sweep(run.path(), status).has_value());
    QCOMPARE(isAlive(stranger.id()), how != u"session"_s);
    QVERIFY(lives(child));
    ::kill(static_cast<pid_t>(child), SIGKILL);
}

void LocalExecutorTest::letsACompanionFinish()
{
    RunDirectory run;
    Stray gateway(
        run.path(), {u"on"_s, u"TERM"_s, u"7"_s, u"append"_s, run.path(u"up"_s), u"0"_s, u"wait"_s, u"never"_s});
    QTRY_VERIFY(run.has(u"up"_s));
    RunStatus status = abandoned(run, {4'000'001, 5});
    status.companions = {{u"gateway"_s, gateway.id(), 1}};
    QVERIFY(LocalExecutor().sweep(run.path(), status).has_value());
    QVERIFY(gateway.process().waitForFinished());
    QCOMPARE(gateway.process().exitStatus(), QProcess::NormalExit); // it was asked, and had the time
    QCOMPARE(gateway.process().exitCode(), 7);
}

void LocalExecutorTest::letsTheRunnerFinish_data()
{
    QTest::addColumn<int>("heartbeatSecondsAgo");
    QTest::addColumn<bool>("finishes");
    QTest::newRow("its keeper has just died") << 2 << true;
    QTest::newRow("the clock was set back") << -7200 << true;
    QTest::newRow("its keeper died long ago") << 3600 << false;
}

void LocalExecutorTest::letsTheRunnerFinish()
{
    QFETCH(int, heartbeatSecondsAgo);
    QFETCH(bool, finishes);
    RunDirectory run;
    run.launch.graceMs = 30000;
    run.writeLaunch();
    // As if the kernel's signal had come: it cleans up, with the help of a child.
    Stray runner(run.path(),
        {u"child"_s, run.path(u"child"_s), u"sleep"_s, u"700"_s, u"append"_s, run.path(u"clean"_s), u"1"_s, u"end"_s,
            u"append"_s, run.path(u"up"_s), u"1"_s, u"wait"_s, run.path(u"clean"_s), u"exit"_s, u"7"_s});
    QTRY_VERIFY(run.has(u"up"_s));
    RunStatus status = abandoned(run, runner.id());
    status.heartbeatAt = QDateTime::currentDateTimeUtc().addSecs(-heartbeatSecondsAgo);
    QVERIFY(LocalExecutor().sweep(run.path(), status).has_value());
    QVERIFY(runner.process().waitForFinished());
    QCOMPARE(run.has(u"clean"_s), finishes);
    QCOMPARE(runner.process().exitStatus(), finishes ? QProcess::NormalExit : QProcess::CrashExit);
    QVERIFY(!lives(run.pidIn(u"child"_s)));
}

void LocalExecutorTest::identifiesProcesses()
{
    const auto self = processIdentity(QCoreApplication::applicationPid());
    QVERIFY(self.has_value());
    QVERIFY(isAlive(*self));
    QVERIFY(!isAlive({self->pid, self->startTicks + 1}));
    QVERIFY(!sendSignal({self->pid, self->startTicks + 1}, SIGKILL)); // else this test would not go on
    QVERIFY(!processIdentity(4'000'001));
    QVERIFY(!isAlive({}));
    QVERIFY(!currentBootId().isEmpty());

    const pid_t zombie = ::fork();
    if (zombie == 0)
        ::_exit(0);
    QTRY_VERIFY(!processIdentity(zombie)); // not reaped yet, and yet not living
    QVERIFY(procfs::processFacts(zombie)->isZombie());
    ::waitpid(zombie, nullptr, 0);
}

QTEST_GUILESS_MAIN(LocalExecutorTest)
#include "tst_localexecutor.moc"
