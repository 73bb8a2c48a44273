// SPDX-License-Identifier: GPL-3.0-or-later
// What outlives whom: the keeper its starter, nothing the keeper; and where secrets are never found.
#include "rundirectory.h"

#include "services/executor/procfs.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

#include <csignal>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace society;
using namespace society::test;
using executor::Outcome;
using executor::RunStatus;
using namespace Qt::StringLiterals;

namespace {

QByteArray fileOf(qint64 pid, const char *name)
{
    QFile file(u"/proc/%1/%2"_s.arg(pid).arg(QLatin1String(name)));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// The keeper's parent.
qint64 guardOf(const RunStatus &status)
{
    const auto facts = procfs::processFacts(status.keeper.pid);
    return facts ? facts->parent : 0;
}

/// A run with a gateway, a runner that cleans up at the stop signal, and an orphan that is deaf to everything.
void setUp(RunDirectory &run)
{
    run.launch.graceMs = 1000;
    run.launch.phases = {{u"up"_s, u"up"_s, 0}};
    run.accompany(u"gateway"_s,
        {u"on"_s, u"TERM"_s, u"0"_s, u"print"_s, u"{\"ready\": true, \"port\": 1}"_s, u"wait"_s, u"never"_s});
    run.runs({u"orphan"_s, run.path(u"orphan"_s), u"wait"_s, u"never"_s, u"end"_s, u"on"_s, u"INT"_s, u"1"_s,
        u"print"_s, u"up"_s, u"wait"_s, u"never"_s});
}

} // namespace

class KeeperDeath : public QObject {
    Q_OBJECT
private slots:
    void outlivesItsStarter_data();
    void outlivesItsStarter();
    void survivesSignalsOfATerminal();
    void nothingOutlivesAKilledKeeper();
    void runnerDiesWithKeeperAndGuard();
    void outlivesItsGuard();
    void nothingOutlivesItsFolder();
    void secretsAreNowhere();
    void takesSecretsOfAnySize();
};

void KeeperDeath::outlivesItsStarter_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("killed") << SIGKILL;
    QTest::newRow("hung up") << SIGHUP;
    QTest::newRow("terminated") << SIGTERM;
}

void KeeperDeath::outlivesItsStarter()
{
    QFETCH(int, signal);
    RunDirectory run;
    setUp(run);
    run.write(u"launch.json"_s, QJsonDocument(run.launch.toJson()).toJson());
    // A starter in a process group of its own, all of which the signal gets.
    QProcess starter;
    starter.setChildProcessModifier([] { ::setpgid(0, 0); });
    starter.start(u"/bin/sh"_s, {u"-c"_s, u"echo {} | \"$0\" \"$1\"; exec sleep 60"_s, keeperProgram(), run.path()});
    QVERIFY(starter.waitForStarted());
    QVERIFY(run.reaches(u"up"_s));
    ::kill(static_cast<pid_t>(-starter.processId()), signal);
    QVERIFY(starter.waitForFinished(5000));
    QVERIFY(executor::isAlive(run.status().keeper));
    QVERIFY(executor::isAlive(run.status().runner));
    run.stop();
    const RunStatus last = run.ended();
    QCOMPARE(last.reasonCode, u"stopped_user"_s);
    QCOMPARE(run.read(u"log.txt"_s), QByteArray("up\nclosing\n"));
}

void KeeperDeath::survivesSignalsOfATerminal()
{
    RunDirectory run;
    setUp(run);
    QCOMPARE(run.start().line, u"ready"_s);
    QVERIFY(run.reaches(u"up"_s));
    const RunStatus before = run.status();
    for (const int signal : {SIGHUP, SIGINT, SIGPIPE, SIGQUIT, SIGUSR1}) {
        QVERIFY(executor::sendSignal(before.keeper, signal));
        ::kill(static_cast<pid_t>(guardOf(before)), signal);
    }
    run.stop();
    QCOMPARE(run.ended().reasonCode, u"stopped_user"_s);
}

void KeeperDeath::nothingOutlivesAKilledKeeper()
{
    RunDirectory run;
    setUp(run);
    QCOMPARE(run.start().line, u"ready"_s);
    QVERIFY(run.reaches(u"up"_s));
    const RunStatus before = run.status();
    const qint64 guard = guardOf(before);
    const qint64 orphan = run.pidIn(u"orphan"_s);
    QVERIFY(lives(orphan));
    QVERIFY(executor::sendSignal(before.keeper, SIGKILL));
    QTRY_VERIFY(!executor::isAlive(before.runner));
    QTRY_VERIFY(!executor::isAlive(before.companions.value(0).process));
    QCOMPARE(run.read(u"log.txt"_s), QByteArray("up\nclosing\n")); // it was asked, and could clean up
    QTRY_VERIFY_WITH_TIMEOUT(!lives(orphan), 10000);
    QTRY_VERIFY(!lives(guard));
    QCOMPARE(run.status().outcome, Outcome::None); // nobody makes up an end
}

void KeeperDeath::runnerDiesWithKeeperAndGuard()
{
    RunDirectory run;
    setUp(run);
    QCOMPARE(run.start().line, u"ready"_s);
    QVERIFY(run.reaches(u"up"_s));
    const RunStatus before = run.status();
    const qint64 orphan = run.pidIn(u"orphan"_s);
    ::kill(static_cast<pid_t>(guardOf(before)), SIGKILL);
    QVERIFY(executor::sendSignal(before.keeper, SIGKILL));
    QTRY_VERIFY(!executor::isAlive(before.runner));
    QTRY_VERIFY(!executor::isAlive(before.companions.value(0).process));
    ::kill(static_cast<pid_t>(orphan), SIGKILL); // in a session of its own: nothing else is left to know of it
}

void KeeperDeath::outlivesItsGuard()
{
    RunDirectory run;
    setUp(run);
    QCOMPARE(run.start().line, u"ready"_s);
    QVERIFY(run.reaches(u"up"_s));
    const qint64 orphan = run.pidIn(u"orphan"_s);
    ::kill(static_cast<pid_t>(guardOf(run.status())), SIGKILL);
    run.stop();
    QCOMPARE(run.ended().reasonCode, u"stopped_user"_s);
    QVERIFY(!lives(orphan));
}

/// A run whose folder is gone can be neither seen nor stopped nor billed: it is ended at once.
void KeeperDeath::nothingOutlivesItsFolder()
{
    RunDirectory run;
    setUp(run);
    QCOMPARE(run.start().line, u"ready"_s);
    QVERIFY(run.reaches(u"up"_s));
    const RunStatus status = run.status();
    const qint64 orphan = run.pidIn(u"orphan"_s);
    QVERIFY(QDir(run.path()).removeRecursively());
    for (const qint64 pid :
        QList<qint64>{status.runner.pid, status.companions.constFirst().process.pid, orphan, status.keeper.pid})
        QTRY_VERIFY_WITH_TIMEOUT(!procfs::processFacts(pid), 20000);
}

void KeeperDeath::secretsAreNowhere()
{
    RunDirectory run;
    run.launch.phases = {{u"up"_s, u"up"_s, 0}};
    run.accompany(u"gateway"_s,
        {u"input"_s, u"/dev/null"_s, u"print"_s, u"{\"ready\": true, \"port\": 1}"_s, u"wait"_s, u"never"_s});
    run.runs({u"print"_s, u"up"_s, u"wait"_s, u"never"_s});
    // stub-process writes what it reads beside the run: only a test's companion does.
    QTemporaryDir other;
    run.launch.companions[0].argv[2] = other.path() + u"/got"_s;
    const QByteArray canary = "sk-canary-5f1d";
    QCOMPARE(run.start(R"({"gateway": {"keys": {"1": ")" + canary + R"("}}})").line, u"ready"_s);
    QVERIFY(run.reaches(u"up"_s));
    QFile got(other.path() + u"/got"_s);
    QVERIFY(got.open(QIODevice::ReadOnly));
    const QByteArray input = got.readAll();
    QVERIFY(input.contains(canary));
    const QByteArray token = QJsonDocument::fromJson(input).object()[u"token"].toString().toLatin1();
    QCOMPARE(token.size(), 32);

    const RunStatus now = run.status();
    for (const qint64 pid :
        {qint64(now.keeper.pid), guardOf(now), qint64(now.runner.pid), qint64(now.companions.value(0).process.pid)}) {
        QVERIFY(!fileOf(pid, "cmdline").isEmpty());
        for (const char *file : {"cmdline", "environ"}) {
            QVERIFY(!fileOf(pid, file).contains(canary));
            QVERIFY(!fileOf(pid, file).contains(token));
        }
    }
    run.stop();
    QCOMPARE(run.ended().reasonCode, u"stopped_user"_s);
    int files = 0;
    QDirIterator walk(run.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (walk.hasNext()) {
        QFile file(walk.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        QVERIFY2(!text.contains(canary) && !text.contains(token), qPrintable(file.fileName()));
        QCOMPARE(file.permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
        ++files;
    }
    QVERIFY(files >= 5); // launch.json, lock, log.txt, keeper.log, status.json, stop.json
}

void KeeperDeath::takesSecretsOfAnySize()
{
    // More than a pipe holds, for a companion that first says it is ready and reads later.
    RunDirectory run;
    const QByteArray big(300000, 'k');
    run.accompany(u"gateway"_s, {u"print"_s, u"{\"ready\": true, \"port\": 1}"_s, u"wait"_s, run.path(u"read"_s),
                                    u"input"_s, run.path(u"got"_s), u"wait"_s, u"never"_s});
    run.runs({u"wait"_s, run.path(u"got"_s)});
    QCOMPARE(run.start(R"({"gateway": {"key": ")" + big + R"("}})").line, u"ready"_s);
    QVERIFY(run.reaches(u"runner"_s));
    run.write(u"read"_s, {});
    QCOMPARE(run.ended().outcome, Outcome::Finished);
    QCOMPARE(QJsonDocument::fromJson(run.read(u"got"_s)).object()[u"key"].toString().toLatin1(), big);

    RunDirectory refused;
    const Answer answer = refused.start("{\"x\": \"" + QByteArray(2 << 20, 'x') + "\"}");
    QVERIFY2(answer.line.startsWith(u"error launch standard input is too large"_s), qPrintable(answer.line));
}

QTEST_GUILESS_MAIN(KeeperDeath)
#include "tst_keeperdeath.moc"
