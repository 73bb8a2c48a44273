// SPDX-License-Identifier: GPL-3.0-or-later
// How a run begins: what the keeper takes and refuses, what the runner is given, companions, turns.
#include "rundirectory.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

#include <csignal>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

using namespace society;
using namespace society::test;
using executor::Outcome;
using executor::RunStatus;
using namespace Qt::StringLiterals;

namespace {

/// The lines of stub-process' report that begin with a key.
QList<QByteArray> reported(const RunDirectory &run, const QByteArray &key)
{
    QList<QByteArray> values;
    for (const QByteArray &line : run.read(QStringLiteral("report")).split('\n')) {
        if (line.startsWith(key + ' ') || line.startsWith(key + '\t'))
            values.append(line.mid(key.size() + 1).trimmed());
    }
    return values;
}

} // namespace

class KeeperStart : public QObject {
    Q_OBJECT
private slots:
    void saysReadyAndDetaches();
    void refusesWhatIsTaken();
    void isPatientWithLookers();
    void refusesWhatHasEnded();
    void refusesBadLaunch_data();
    void refusesBadLaunch();
    void refusesMissingFolder();
    void wantsOneFolder();
    void givesTheRunnerOnlyWhatIsItsOwn();
    void appendsBothStreamsToTheLog();
    void holdsNothingOfItsStarter();
    void fillsFilesBeforeTheRunner();
    void saysWhyTheRunnerIsMissing_data();
    void saysWhyTheRunnerIsMissing();
    void failsWhereACompanionIsNotReady_data();
    void failsWhereACompanionIsNotReady();
    void takesTurns();
};

void KeeperStart::saysReadyAndDetaches()
{
    RunDirectory run;
    run.runs({u"wait"_s, run.path(u"go"_s)});
    const Answer answer = run.start();
    QCOMPARE(answer.line, u"ready"_s);
    QCOMPARE(answer.exitCode, 0);
    const RunStatus status = run.status();
    QCOMPARE(status.id, run.launch.id);
    QVERIFY(executor::isAlive(status.keeper));
    QCOMPARE(status.bootId, executor::currentBootId());
    QCOMPARE(status.outcome, Outcome::None);
    QVERIFY(::getsid(static_cast<pid_t>(status.keeper.pid)) != ::getsid(0));
    QVERIFY(run.reaches(u"runner"_s));
    QTRY_VERIFY(executor::isAlive(run.status().runner));
    QVERIFY(run.status().startedAt.isValid());
    run.write(u"go"_s, {});
    const RunStatus last = run.ended();
    QCOMPARE(last.outcome, Outcome::Finished);
    QCOMPARE(last.reasonCode, u"finished"_s);
    QCOMPARE(last.exitCode, std::optional(0));
    QVERIFY(!last.signal);
    QVERIFY(last.endedAt >= last.startedAt);
    QVERIFY(qAbs(last.startedAt.msecsTo(last.endedAt) - last.runMs) < 500);
}

void KeeperStart::refusesWhatIsTaken()
{
    RunDirectory run;
    run.runs({u"wait"_s, run.path(u"go"_s)});
    QCOMPARE(run.start().line, u"ready"_s);
    QVERIFY(run.reaches(u"runner"_s));
    const executor::ProcessId keeper = run.status().keeper;
    const Answer second = run.startAgain();
    QVERIFY2(second.line.startsWith(u"error locked "), qPrintable(second.line));
    QCOMPARE(second.exitCode, 1);
    QCOMPARE(run.status().keeper, keeper);
    run.write(u"go"_s, {});
    QCOMPARE(run.ended().outcome, Outcome::Finished);
}

void KeeperStart::isPatientWithLookers()
{
    // A window that asks whether a keeper lives holds the lock for an instant.
    RunDirectory run;
    run.write(u"launch.json"_s, QJsonDocument(run.launch.toJson()).toJson());
    const int fd = ::open(QFile::encodeName(run.path(u"lock"_s)).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    QCOMPARE(::flock(fd, LOCK_SH), 0);
    QProcess keeper;
    keeper.start(keeperProgram(), {run.path()});
    keeper.write("{}");
    keeper.closeWriteChannel();
    QVERIFY(!keeper.waitForFinished(200));
    ::close(fd);
    QVERIFY(keeper.waitForFinished(5000));
    QCOMPARE(keeper.readAllStandardOutput(), QByteArray("ready\n"));
    QCOMPARE(run.ended().outcome, Outcome::Finished);
}

void KeeperStart::refusesWhatHasEnded()
{
    RunDirectory run;
    QCOMPARE(run.start().line, u"ready"_s);
    const RunStatus last = run.ended();
    QVERIFY(run.startAgain().line.startsWith(u"error ended "));
    QCOMPARE(run.status(), last);

    // A keeper that was killed has started its runner once: that is not to be done again either.
    RunStatus lost = last;
    lost.outcome = Outcome::None;
    lost.phase = u"runner"_s;
    run.write(u"status.json"_s, QJsonDocument(lost.toJson()).toJson());
    QVERIFY(run.startAgain().line.startsWith(u"error ended "));
    QCOMPARE(run.status(), lost);
    run.write(u"status.json"_s, QJsonDocument(last.toJson()).toJson());
}

void KeeperStart::refusesBadLaunch_data()
{
    QTest::addColumn<QByteArray>("launch");
    QTest::addColumn<QByteArray>("input");
    QTest::newRow("absent") << QByteArray() << QByteArray("{}");
    QTest::newRow("not JSON") << QByteArray("{") << QByteArray("{}");
    QTest::newRow("newer") << QByteArray(R"({"schema": 2})") << QByteArray("{}");
    QTest::newRow("no runner") << QByteArray(R"({"schema": 1, "id": "x"})") << QByteArray("{}");
    QTest::newRow("bad secrets") << QByteArray(
                                        R"({"schema": 1, "id": "x", "runner": {"argv": ["/bin/true"], "cwd": "/"}})")
                                 << QByteArray("no");
    QTest::newRow("no secrets at all")
        << QByteArray(R"({"schema": 1, "id": "x", "runner": {"argv": ["/bin/true"], "cwd": "/"}})") << QByteArray();
    QTest::newRow("removes the run itself")
        << QByteArray(
               R"({"schema": 1, "id": "x", "runner": {"argv": ["/bin/true"], "cwd": "/"}, "remove_after": ["RUN"]})")
        << QByteArray("{}");
}

void KeeperStart::refusesBadLaunch()
{
    QFETCH(QByteArray, launch);
    QFETCH(QByteArray, input);
    RunDirectory run;
    launch.replace("RUN", run.path().toUtf8());
    if (!launch.isEmpty())
        run.write(u"launch.json"_s, launch);
    const Answer answer = run.startAgain(input);
    QVERIFY2(answer.line.startsWith(u"error launch "), qPrintable(answer.line));
    QCOMPARE(answer.exitCode, 1);
    QVERIFY(!run.has(u"status.json"_s));
    QVERIFY(!run.has(u"log.txt"_s));
}

void KeeperStart::refusesMissingFolder()
{
    QProcess keeper;
    keeper.start(keeperProgram(), {u"/nowhere/at/all"_s});
    keeper.closeWriteChannel();
    QVERIFY(keeper.waitForFinished(5000));
    QVERIFY(keeper.readAllStandardOutput().startsWith("error io /nowhere/at/all: No such file"));
    QCOMPARE(keeper.exitCode(), 1);
}

void KeeperStart::wantsOneFolder()
{
    for (const QStringList &arguments : {QStringList(), QStringList{u"a"_s, u"b"_s}, QStringList{u"--what"_s}}) {
        QProcess keeper;
        keeper.start(keeperProgram(), arguments);
        QVERIFY(keeper.waitForFinished(5000));
        QCOMPARE(keeper.exitCode(), 2);
        QVERIFY(keeper.readAllStandardError().startsWith("Usage:"));
    }
}

void KeeperStart::givesTheRunnerOnlyWhatIsItsOwn()
{
    RunDirectory run;
    QVERIFY(QDir(run.path()).mkdir(u"inner"_s));
    run.launch.runnerCwd = run.path(u"inner"_s);
    run.runs({u"report"_s, run.path(u"report"_s)});
    run.environment.insert(u"OF_THE_STARTER"_s, u"1"_s);
    // A shell starts what it puts in the background with SIGINT ignored; the runner must not inherit that.
    ::signal(SIGINT, SIG_IGN);
    const Answer answer = run.start();
    ::signal(SIGINT, SIG_DFL);
    QCOMPARE(answer.line, u"ready"_s);
    const RunStatus last = run.ended();
    QCOMPARE(last.outcome, Outcome::Finished);
    QCOMPARE(reported(run, "env"), QList<QByteArray>{"ONLY=this"});
    QCOMPARE(reported(run, "cwd"), QList<QByteArray>{run.launch.runnerCwd.toUtf8()});
    QCOMPARE(reported(run, "stream0"), QList<QByteArray>{"/dev/null"});
    QCOMPARE(reported(run, "stream1"), QList<QByteArray>{run.path(u"log.txt"_s).toUtf8()});
    QCOMPARE(reported(run, "stream2"), reported(run, "stream1"));
    QCOMPARE(reported(run, "append1"), QList<QByteArray>{"1"});
    QCOMPARE(reported(run, "append2"), QList<QByteArray>{"1"});
    QCOMPARE(reported(run, "descriptor"), QList<QByteArray>());
    QCOMPARE(reported(run, "SigBlk:"), QList<QByteArray>{"0000000000000000"});
    QCOMPARE(reported(run, "SigIgn:"), QList<QByteArray>{"0000000000000000"});
    QCOMPARE(reported(run, "pid"), QList<QByteArray>{QByteArray::number(qint64(last.runner.pid))});
    QCOMPARE(reported(run, "session"), reported(run, "pid"));
    QCOMPARE(last.runnerSession, last.runner.pid);
}

void KeeperStart::appendsBothStreamsToTheLog()
{
    RunDirectory run;
    run.write(u"log.txt"_s, "before\n");
    run.runs({u"print"_s, u"out"_s, u"error"_s, u"err"_s, u"raw"_s, u"cut \u00e9\u4e2d"_s});
    QCOMPARE(run.start().line, u"ready"_s);
    QCOMPARE(run.ended().outcome, Outcome::Finished);
    QCOMPARE(run.read(u"log.txt"_s), QByteArray("before\nout\nerr\ncut \xC3\xA9\xE4\xB8\xAD"));
}

void KeeperStart::holdsNothingOfItsStarter()
{
    RunDirectory run;
    run.runs({u"wait"_s, run.path(u"go"_s)});
    // A descriptor without close-on-exec, and a lock on it: both would live as long as the keeper.
    const int fd = ::open(QFile::encodeName(run.path(u"window.lock"_s)).constData(), O_RDWR | O_CREAT, 0600);
    QCOMPARE(::flock(fd, LOCK_EX), 0);
    QCOMPARE(run.start().line, u"ready"_s);
    QVERIFY(run.reaches(u"runner"_s));
    ::close(fd);
    const int again = ::open(QFile::encodeName(run.path(u"window.lock"_s)).constData(), O_RDWR | O_CLOEXEC);
    QCOMPARE(::flock(again, LOCK_EX | LOCK_NB), 0);
    ::close(again);
    const QString standard = u"/proc/%1/fd/%2"_s.arg(run.status().keeper.pid);
    QCOMPARE(QFile::symLinkTarget(standard.arg(0)), u"/dev/null"_s);
    QCOMPARE(QFile::symLinkTarget(standard.arg(1)), u"/dev/null"_s);
    QCOMPARE(QFile::symLinkTarget(standard.arg(2)), run.path(u"keeper.log"_s));
    run.write(u"go"_s, {});
    QCOMPARE(run.ended().outcome, Outcome::Finished);
}

void KeeperStart::fillsFilesBeforeTheRunner()
{
    RunDirectory run;
    run.write(u"runner.json"_s, R"({"base_url": "@GATEWAY@/0/v1", "also": "@GATEWAY@/1/v1", "api_key": "@TOKEN@"})");
    QVERIFY(QFile(run.path(u"runner.json"_s)).setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther));
    run.launch.fill = {u"runner.json"_s};
    run.accompany(u"gateway"_s,
        {u"input"_s, u"got"_s, u"print"_s, u"{\"ready\": true, \"port\": 4711}"_s, u"wait"_s, u"never"_s});
    run.runs({u"wait"_s, run.path(u"go"_s)});
    QCOMPARE(run.start(R"({"gateway": {"keys": {"1": "sk-canary"}}})").line, u"ready"_s);
    QVERIFY(run.reaches(u"runner"_s));
    const QJsonObject filled = QJsonDocument::fromJson(run.read(u"runner.json"_s)).object();
    const QJsonObject got = QJsonDocument::fromJson(run.read(u"got"_s)).object();
    QCOMPARE(filled[u"base_url"].toString(), u"http://127.0.0.1:4711/0/v1"_s);
    QCOMPARE(filled[u"also"].toString(), u"http://127.0.0.1:4711/1/v1"_s);
    QVERIFY(QRegularExpression(u"^[0-9a-f]{32}$"_s).match(filled[u"api_key"].toString()).hasMatch());
    QCOMPARE(got[u"token"], filled[u"api_key"]);
    QCOMPARE(got[u"keys"].toObject()[u"1"].toString(), u"sk-canary"_s);
    QCOMPARE(
        QFile(run.path(u"runner.json"_s)).permissions() & (QFile::ReadOther | QFile::ReadGroup), QFile::Permissions());
    QCOMPARE(run.status().companions.value(0).port, 4711);
    run.write(u"go"_s, {});
    const RunStatus last = run.ended();
    QCOMPARE(last.outcome, Outcome::Finished);
    QVERIFY(!lives(last.companions.value(0).process.pid));
}

void KeeperStart::saysWhyTheRunnerIsMissing_data()
{
    QTest::addColumn<QString>("program");
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QString>("words");
    QTest::newRow("no program") << u"/nowhere/python"_s << u"/"_s << u"/nowhere/python: No such file or directory"_s;
    QTest::newRow("not executable") << u"/etc/passwd"_s << u"/"_s << u"/etc/passwd: Permission denied"_s;
    QTest::newRow("no folder") << u"/bin/true"_s << u"/nowhere"_s << u"/nowhere: No such file or directory"_s;
}

void KeeperStart::saysWhyTheRunnerIsMissing()
{
    QFETCH(QString, program);
    QFETCH(QString, folder);
    RunDirectory run;
    run.launch.runnerArgv = QStringList{program};
    run.launch.runnerCwd = folder;
    QCOMPARE(run.start().line, u"ready"_s);
    const RunStatus last = run.ended();
    QCOMPARE(last.outcome, Outcome::Failed);
    QCOMPARE(last.reasonCode, u"runner_missing"_s);
    QTEST(last.reason, "words");
    QVERIFY(!last.hasStarted());
    QCOMPARE(last.runMs, 0);
    QVERIFY(last.endedAt.isValid());
}

void KeeperStart::failsWhereACompanionIsNotReady_data()
{
    QTest::addColumn<QStringList>("commands");
    QTest::addColumn<QString>("words");
    QTest::newRow("silent") << QStringList{u"wait"_s, u"never"_s} << u"gateway: not ready within 300 ms"_s;
    QTest::newRow("talks of other things")
        << QStringList{u"print"_s, u"ready"_s, u"wait"_s, u"never"_s} << u"gateway: not ready within 300 ms"_s;
    QTest::newRow("ends at once") << QStringList{u"exit"_s, u"3"_s} << u"gateway: exit code 3"_s;
    QTest::newRow("says why") << QStringList{u"print"_s, u"{\"ready\": false, \"detail\": \"no port is free\"}"_s,
                                     u"exit"_s, u"1"_s}
                              << u"gateway: no port is free (exit code 1)"_s;
    QTest::newRow("dies at once") << QStringList{u"raise"_s, u"KILL"_s} << u"gateway: signal 9 (Killed)"_s;
    QTest::newRow("is not there") << QStringList() << u"gateway: /nowhere/gateway: No such file or directory"_s;
}

void KeeperStart::failsWhereACompanionIsNotReady()
{
    QFETCH(QStringList, commands);
    RunDirectory run;
    run.accompany(u"gateway"_s, commands, 300);
    if (commands.isEmpty())
        run.launch.companions[0].argv = QStringList{u"/nowhere/gateway"_s};
    QCOMPARE(run.start().line, u"ready"_s);
    const RunStatus last = run.ended();
    QCOMPARE(last.outcome, Outcome::Failed);
    QCOMPARE(last.reasonCode, u"companion_failed"_s);
    QTEST(last.reason, "words");
    QVERIFY(!last.hasStarted());
    QVERIFY(!run.has(u"log.txt"_s));
}

void KeeperStart::takesTurns()
{
    RunDirectory first;
    RunDirectory second;
    for (RunDirectory *run : {&first, &second}) {
        run->launch.turnLock = first.path(u"turn"_s);
        run->launch.turnUntilPhase = u"up"_s;
        run->launch.phases = {{u"up"_s, u"is up"_s, 0}};
        run->runs({u"wait"_s, run->path(u"go"_s), u"print"_s, u"is up"_s, u"wait"_s, run->path(u"end"_s)});
    }
    QCOMPARE(first.start().line, u"ready"_s);
    QVERIFY(first.reaches(u"runner"_s));
    QCOMPARE(second.start().line, u"ready"_s);
    QVERIFY(second.reaches(u"waiting"_s));
    QVERIFY(!second.status().hasStarted());
    first.write(u"go"_s, {});
    QVERIFY(first.reaches(u"up"_s));
    QVERIFY(second.reaches(u"runner"_s));
    QVERIFY(!first.status().hasEnded());

    RunDirectory third; // stopped while it waits
    third.launch.turnLock = first.path(u"turn"_s);
    QCOMPARE(third.start().line, u"ready"_s);
    QVERIFY(third.reaches(u"waiting"_s));
    third.stop();
    const RunStatus stopped = third.ended();
    QCOMPARE(stopped.reasonCode, u"stopped_user"_s);
    QVERIFY(!stopped.hasStarted());

    for (RunDirectory *run : {&first, &second}) {
        run->write(u"go"_s, {});
        run->write(u"end"_s, {});
        QCOMPARE(run->ended().outcome, Outcome::Finished);
    }
}

QTEST_GUILESS_MAIN(KeeperStart)
#include "tst_keeperstart.moc"
