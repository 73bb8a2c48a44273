// SPDX-License-Identifier: GPL-3.0-or-later
// A keeper that was started before its run is known: as good as one that is started for it, and gone when nobody wants
// it.
#include "services/executor/localexecutor.h"
#include "tests/keeper/rundirectory.h"

#include <QFile>
#include <QJsonDocument>
#include <QProcess>
#include <QScopeGuard>
#include <QTest>
#include <QThread>

#include <csignal>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

using namespace society;
using namespace society::executor;
using namespace society::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 20'000; // ms

/// The keeper under a name of this test's own, by which its processes are told from those of other tests.
class OwnKeeper {
public:
    OwnKeeper() { QFile::link(keeperProgram(), path()); }

    [[nodiscard]] QString path() const { return m_folder.filePath(u"keeper"_s); }
    /// Keepers that wait, and their guards.
    [[nodiscard]] std::vector<ProcessId> waiting() const
    {
        std::vector<ProcessId> found;
        for (const procfs::ProcessFacts &facts : procfs::allProcesses()) {
            if (!facts.isZombie() && procfs::runsProgram(facts.id.pid, path().toStdString()))
                found.push_back(facts.id);
        }
        return found;
    }
    void signalAll(int signal) const
    {
        for (const ProcessId &id : waiting())
            sendSignal(id, signal);
    }

private:
    QTemporaryDir m_folder;
};

} // namespace

class WaitingKeeperTest : public QObject {
    Q_OBJECT
private slots:
    void ownsTheNextRun();
    void waitsOnceOnly();
    void endsWithItsExecutor();
    void saysWhatAnyKeeperSays();
    void takesAnyNameAndLargeSecrets();
    void isReplacedWhereItWasKilled_data();
    void isReplacedWhereItWasKilled();
    void saysThatItDiedOverARun();
    void startsNothingWhenItComesLate();
    void cannotBeStarted();
    void itsGuardSweepsWhatIsLeft();
    void endsWithoutAWholeName_data();
    void endsWithoutAWholeName();
};

void WaitingKeeperTest::ownsTheNextRun()
{
    const OwnKeeper program;
    RunDirectory run;
    run.runs({u"print"_s, u"up"_s, u"wait"_s, u"never"_s});
    run.launch.phases = {{u"up"_s, u"up"_s, 0}};
    run.writeLaunch();
    LocalExecutor executor(program.path());
    int used = 0;
    executor.whenStarted([&used] { ++used; });
    executor.prepare();
    QTRY_COMPARE_WITH_TIMEOUT(program.waiting().size(), std::size_t(2), patience); // with its guard
    const std::vector<ProcessId> waiting = program.waiting();
    const auto started = executor.start(run.path(), "{}");
    QVERIFY2(started.has_value(), started ? "" : qPrintable(started.error().detail));
    QCOMPARE(used, 1);
    QVERIFY(run.reaches(u"up"_s));
    const RunStatus status = run.status();
    QVERIFY(std::find(waiting.begin(), waiting.end(), status.keeper) != waiting.end());
    QVERIFY(std::find(waiting.begin(), waiting.end(), status.guard) != waiting.end());
    QCOMPARE(executor.liveness(run.path()), Liveness::Alive);
    QVERIFY(executor.requestStop(run.path(), {}).has_value());
    QCOMPARE(run.ended().outcome, Outcome::Stopped);
    QTRY_VERIFY_WITH_TIMEOUT(program.waiting().empty(), patience);
}

/// Asked for twice it is one keeper; it takes one run, and the next start finds none and starts one itself.
void WaitingKeeperTest::waitsOnceOnly()
{
    const OwnKeeper program;
    LocalExecutor executor(program.path());
    executor.prepare();
    QTRY_COMPARE_WITH_TIMEOUT(program.waiting().size(), std::size_t(2), patience); // with its guard
    const std::vector<ProcessId> waiting = program.waiting();
    executor.prepare(); // blocks until there is one
    QCOMPARE(program.waiting(), waiting);
    for (const bool isFirst : {true, false}) {
        RunDirectory run;
        run.writeLaunch();
        QVERIFY(executor.start(run.path(), "{}").has_value());
        QCOMPARE(run.ended().outcome, Outcome::Finished);
        const bool hadWaited = std::find(waiting.begin(), waiting.end(), run.status().keeper) != waiting.end();
        QCOMPARE(hadWaited, isFirst);
        QTRY_VERIFY_WITH_TIMEOUT(program.waiting().empty(), patience); // no other has waited beside it
    }
}

void WaitingKeeperTest::endsWithItsExecutor()
{
    const OwnKeeper program;
    {
        LocalExecutor executor(program.path());
        executor.prepare();
        QTRY_COMPARE_WITH_TIMEOUT(program.waiting().size(), std::size_t(2), patience);
    }
    QTRY_VERIFY_WITH_TIMEOUT(program.waiting().empty(), patience);
}

void WaitingKeeperTest::saysWhatAnyKeeperSays()
{
    LocalExecutor executor;
    RunDirectory run;
    const auto code = [&](const QString &directory) {
        executor.prepare();
        const auto started = executor.start(directory, "{}");
        return started ? QString() : started.error().code;
    };
    QCOMPARE(code(run.path()), u"launch_invalid"_s);
    QCOMPARE(code(run.path(u"nowhere"_s)), u"keeper_io"_s);
    run.runs({u"wait"_s, run.path(u"go"_s)});
    run.writeLaunch();
    QCOMPARE(code(run.path()), QString());
    QCOMPARE(code(run.path()), u"run_locked"_s);
    run.write(u"go"_s, {});
    QCOMPARE(run.ended().outcome, Outcome::Finished);
    QCOMPARE(code(run.path()), u"run_ended"_s);
}

void WaitingKeeperTest::takesAnyNameAndLargeSecrets()
{
    const QTemporaryDir folder;
    const QString directory = folder.filePath(u"a run 模拟 \"' \n"_s + QString(150, u'x'));
    QVERIFY(QDir().mkpath(directory));
    RunDirectory run;
    run.accompany(u"gateway"_s, {u"input"_s, directory + u"/secrets"_s, u"print"_s, u"{\"ready\": true, \"port\": 1}"_s,
                                    u"wait"_s, u"never"_s});
    run.runs({u"print"_s, u"up"_s});
    QFile launch(directory + u"/launch.json"_s);
    QVERIFY(launch.open(QIODevice::WriteOnly));
    launch.write(QJsonDocument(run.launch.toJson()).toJson());
    launch.close();
    LocalExecutor executor;
    executor.prepare();
    const QByteArray key(300'000, 'k'); // more than a pipe holds
    QVERIFY(executor.start(directory, "{\"gateway\": {\"key\": \"" + key + "\"}}").has_value());
    QTRY_VERIFY_WITH_TIMEOUT(readStatus(directory).has_value() && readStatus(directory)->hasEnded(), patience);
    QFile secrets(directory + u"/secrets"_s);
    QVERIFY(secrets.open(QIODevice::ReadOnly));
    QVERIFY(secrets.readAll().contains(key));
}

void WaitingKeeperTest::isReplacedWhereItWasKilled_data()
{
    QTest::addColumn<int>("signal");
    QTest::addColumn<bool>("guardAlone");
    QTest::newRow("both") << SIGKILL << false;
    QTest::newRow("its guard alone: it would have none") << SIGKILL << true;
    QTest::newRow("politely: the next run must not be stopped by it") << SIGTERM << false;
}

void WaitingKeeperTest::isReplacedWhereItWasKilled()
{
    QFETCH(int, signal);
    QFETCH(bool, guardAlone);
    const OwnKeeper program;
    LocalExecutor executor(program.path());
    executor.prepare();
    QTRY_COMPARE_WITH_TIMEOUT(program.waiting().size(), std::size_t(2), patience);
    for (const ProcessId &id : program.waiting()) {
        const auto facts = procfs::processFacts(id.pid);
        const bool isGuard = facts && facts->session == id.pid;
        if (guardAlone ? isGuard : signal == SIGKILL || !isGuard) // a guard is deaf to anything else
            sendSignal(id, signal);
    }
    QTRY_VERIFY_WITH_TIMEOUT(program.waiting().empty(), patience);
    RunDirectory run;
    run.writeLaunch();
    QVERIFY(executor.start(run.path(), "{}").has_value());
    QCOMPARE(run.ended().outcome, Outcome::Finished);
}

/// It has been told of the run, so another one must not be given it.
void WaitingKeeperTest::saysThatItDiedOverARun()
{
    const OwnKeeper program;
    RunDirectory run;
    run.writeLaunch();
    LocalExecutor executor(program.path());
    executor.prepare();
    QTRY_COMPARE_WITH_TIMEOUT(program.waiting().size(), std::size_t(2), patience);
    program.signalAll(SIGSTOP);
    QString code;
    const std::unique_ptr<QThread> starter(QThread::create([&] {
        const auto started = executor.start(run.path(), "{}");
        code = started ? QString() : started.error().code;
    }));
    starter->start();
    // What it is told stands in its standard input, a pipe, until it goes on.
    const auto isTold = [&] {
        const auto waiting = program.waiting();
        return std::any_of(waiting.begin(), waiting.end(), [](const ProcessId &id) {
            const int input = ::open(qPrintable(u"/proc/%1/fd/0"_s.arg(id.pid)), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
            const auto close = qScopeGuard([input] { ::close(input); });
            int bytes = 0;
            return input >= 0 && ::ioctl(input, FIONREAD, &bytes) == 0 && bytes > 0;
        });
    };
    QTRY_VERIFY_WITH_TIMEOUT(isTold(), patience);
    QVERIFY(!starter->wait(200)); // for an answer
    program.signalAll(SIGKILL);
    QVERIFY(starter->wait(10'000));
    QCOMPARE(code, u"keeper_io"_s);
    QVERIFY(!run.has(u"status.json"_s));
}

/// As any keeper that answers after its starter has given up (tst_localexecutor).
void WaitingKeeperTest::startsNothingWhenItComesLate()
{
    const OwnKeeper program;
    RunDirectory run;
    run.runs({u"print"_s, u"up"_s});
    run.writeLaunch();
    {
        LocalExecutor executor(program.path(), std::chrono::milliseconds(3000));
        executor.prepare();
        QTRY_COMPARE_WITH_TIMEOUT(program.waiting().size(), std::size_t(2), patience);
        program.signalAll(SIGSTOP);
        QCOMPARE(executor.start(run.path(), "{}").error().code, u"keeper_start"_s);
    }
    QVERIFY(!run.has(u"status.json"_s));
    program.signalAll(SIGCONT);
    QCOMPARE(run.ended().outcome, Outcome::Stopped);
    QVERIFY(!run.status().hasStarted());
    QVERIFY(!run.has(u"log.txt"_s));
    QTRY_VERIFY_WITH_TIMEOUT(program.waiting().empty(), patience);
}

void WaitingKeeperTest::cannotBeStarted()
{
    RunDirectory run;
    run.writeLaunch();
    for (const QString &program : {u"/nowhere/society-keeper"_s, u"/bin/false"_s, u"/bin/true"_s}) {
        LocalExecutor executor(program);
        executor.prepare();
        QCOMPARE(executor.start(run.path(), "{}").error().code, u"keeper_start"_s);
    }
}

void WaitingKeeperTest::itsGuardSweepsWhatIsLeft()
{
    RunDirectory run;
    run.leavesAnOrphan();
    run.writeLaunch();
    LocalExecutor executor;
    executor.prepare();
    QVERIFY(executor.start(run.path(), "{}") && run.reaches(u"up"_s));
    const qint64 orphan = run.pidIn(u"orphan"_s);
    const RunStatus status = run.status();
    QVERIFY(lives(orphan));
    QVERIFY(sendSignal(status.keeper, SIGKILL));
    QTRY_VERIFY_WITH_TIMEOUT(!isAlive(status.keeper), patience);
    const auto lost = executor.markLost(run.path(), QDateTime::currentDateTimeUtc());
    QVERIFY2(lost.has_value(), lost ? "" : qPrintable(lost.error().detail));
    QCOMPARE(lost->outcome, Outcome::Lost);
    QVERIFY(!lives(orphan));
    QVERIFY(!isAlive(status.runner));
    QTRY_VERIFY_WITH_TIMEOUT(!isAlive(status.guard), patience);
}

void WaitingKeeperTest::endsWithoutAWholeName_data()
{
    QTest::addColumn<QByteArray>("input");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("no end of the length") << QByteArray("12");
    QTest::newRow("no number") << QByteArray("many\n/tmp");
    QTest::newRow("cut name") << QByteArray("400\n/tmp");
    QTest::newRow("endless length") << QByteArray(100'000, '9');
}

void WaitingKeeperTest::endsWithoutAWholeName()
{
    QFETCH(QByteArray, input);
    const OwnKeeper program;
    QProcess keeper;
    keeper.start(program.path(), {u"--wait"_s});
    keeper.write(input);
    keeper.closeWriteChannel();
    QVERIFY(keeper.waitForFinished());
    QCOMPARE(keeper.exitCode(), 0);
    QVERIFY(keeper.readAllStandardOutput().isEmpty());
    QTRY_VERIFY_WITH_TIMEOUT(program.waiting().empty(), patience);
}

QTEST_GUILESS_MAIN(WaitingKeeperTest)
#include "tst_waitingkeeper.moc"
