// SPDX-License-Identifier: GPL-3.0-or-later
// What the keeper notices of the processes of its run: silence, a dead simulator, families.
#include "app/keeper/files.h"
#include "app/keeper/watch.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace society;
using namespace society::keeper;
using namespace Qt::StringLiterals;

namespace {

std::string_view view(const QByteArray &text)
{
    return {text.constData(), static_cast<std::size_t>(text.size())};
}

void append(const QString &path, const QByteArray &data)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::Append));
    QCOMPARE(file.write(data), data.size());
}

/// A line of usage.jsonl, whose texts may say anything.
QByteArray callOf(int status, const QByteArray &error = {})
{
    return R"({"seq":1,"t":"2026-03-01T12:00:00.000Z","entry":0,"model":"x\",\"status\":200,\"error\":\"\"",)"
           R"("kind":"chat","tokens_in":1,"tokens_out":1,"latency_ms":1,"status":)" +
           QByteArray::number(status) + R"(,"retries":0,"upstream_id":"","error":")" + error + "\"}\n";
}

} // namespace

class KeeperSenses : public QObject {
    Q_OBJECT
private slots:
    void seesSilence();
    void aFailedCallIsNoAnswer();
    void seesASimulatorThatDiesYoung();
    void seesASimulatorThatDiedBetweenTwoLooks();
    void readsProcesses_data();
    void readsProcesses();
    void findsFamilies();
};

void KeeperSenses::seesSilence()
{
    QTemporaryDir folder;
    const Fd fd(::open(QFile::encodeName(folder.path()).constData(), O_RDONLY | O_DIRECTORY));
    SilenceWatch watch(fd.get(), "log", "calls", "db");
    watch.moved(0);
    using News = SilenceWatch::News;
    QCOMPARE(watch.look(100, 100), News::None);
    QCOMPARE(watch.look(101, 100), News::Stalled);
    QCOMPARE(watch.look(500, 100), News::None); // said once
    append(folder.filePath(u"log"_s), "x");
    QCOMPARE(watch.look(600, 100), News::Moves);
    for (const char *name : {"calls", "db", "db-journal", "db-wal"}) {
        QCOMPARE(watch.look(watch.silence(0) * -1 + 90, 100), News::None);
        append(folder.filePath(QLatin1String(name)), QLatin1String(name) == "calls"_L1 ? callOf(200) : "x"_ba);
        QCOMPARE(watch.look(watch.silence(0) * -1 + 95, 100), News::None);
    }
    QVERIFY(QFile::remove(folder.filePath(u"db-journal"_s))); // a transaction's end is a sign of life too
    QCOMPARE(watch.look(watch.silence(0) * -1 + 99, 100), News::None);
    QCOMPARE(watch.silence(10'000'000), 10'000'000 - (600 + 4 * 95 + 99));
    QCOMPARE(watch.look(20'000'000, 0), News::None); // 0: never
}

void KeeperSenses::aFailedCallIsNoAnswer()
{
    QTemporaryDir folder;
    const Fd fd(::open(QFile::encodeName(folder.path()).constData(), O_RDONLY | O_DIRECTORY));
    SilenceWatch watch(fd.get(), "log", "calls", "");
    using News = SilenceWatch::News;
    const QString calls = folder.filePath(u"calls"_s);
    append(calls, R"({"schema":1,"experiment":"x"})"
                  "\n");
    watch.moved(0);
    append(calls, callOf(503) + callOf(0) + callOf(200, "cut") + callOf(429));
    QCOMPARE(watch.look(101, 100), News::Stalled);
    QCOMPARE(watch.failed().calls, 4U);
    QCOMPARE(watch.failed().status, 429);
    append(calls, callOf(200).chopped(5));
    QCOMPARE(watch.look(150, 100), News::None); // half a line
    append(calls, callOf(200).last(5));
    QCOMPARE(watch.look(200, 100), News::Moves);
    QCOMPARE(watch.failed().calls, 0U);
    append(calls, callOf(503));
    append(folder.filePath(u"log"_s), "Retry 1 of 10\n"); // the runner's own lines are signs of life
    QCOMPARE(watch.look(290, 100), News::None);
    QCOMPARE(watch.silence(290), 0);
    QCOMPARE(watch.failed().calls, 0U);
    append(calls, callOf(503) + callOf(201) + callOf(503)); // some are answered: slow, but it moves
    QCOMPARE(watch.look(380, 100), News::None);
    QCOMPARE(watch.silence(380), 0);
}

void KeeperSenses::seesASimulatorThatDiesYoung()
{
    QProcess city;
    SimulatorWatch watch("sleep");
    QVERIFY(!watch.look(0, ::getpid())); // it is still to come
    city.start(u"/bin/sleep"_s, {u"600"_s});
    QVERIFY(city.waitForStarted());
    QVERIFY(!watch.look(300, ::getpid())); // the one look at it
    city.kill();
    QVERIFY(city.waitForFinished());
    QList<Millis> gone;
    for (Millis now = 600; now < 20'000; now += 50)
        if (watch.look(now, ::getpid()))
            gone += now;
    QCOMPARE(gone.size(), 1); // else its runner would wait for it for ever
    QVERIFY(gone.first() >= 300 + SimulatorWatch::confirm);
}

void KeeperSenses::seesASimulatorThatDiedBetweenTwoLooks()
{
    SimulatorWatch watch("sleep");
    QVERIFY(!watch.look(0, ::getpid()));
    const pid_t city = ::fork();
    if (city == 0) {
        ::execl("/bin/sleep", "sleep", "600", nullptr);
        ::_exit(1);
    }
    QTRY_VERIFY(procfs::runsProgram(city, "sleep"));
    ::kill(city, SIGKILL); // nobody reaps it, as its runner does not
    QTRY_VERIFY(!procfs::isAlive(procfs::processFacts(city)->id));
    QList<Millis> gone;
    for (Millis now = 300; now < 20'000; now += 50)
        if (watch.look(now, ::getpid()))
            gone += now;
    ::waitpid(city, nullptr, 0);
    QCOMPARE(gone.size(), 1);
}

void KeeperSenses::readsProcesses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("good");
    const QByteArray rest = " 7 8 9 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 12345 6 7\n";
    QTest::newRow("plain") << QByteArray("42 (python) S" + rest) << true;
    QTest::newRow("name with brackets") << QByteArray("42 (a) R (b)) S" + rest) << true;
    QTest::newRow("name with spaces and newline") << QByteArray("42 ( x\ny ) S" + rest) << true;
    QTest::newRow("cut") << QByteArray("42 (python) S 7 8 9 0") << false;
    QTest::newRow("empty") << QByteArray() << false;
    QTest::newRow("no bracket") << QByteArray("42 python S" + rest) << false;
}

void KeeperSenses::readsProcesses()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, good);
    const auto facts = procfs::parseStat(view(text));
    QCOMPARE(facts.has_value(), good);
    if (!good)
        return;
    QCOMPARE(facts->id.pid, 42);
    QCOMPARE(facts->parent, 7);
    QCOMPARE(facts->session, 9);
    QCOMPARE(facts->state, 'S');
    QCOMPARE(facts->id.startTicks, 12345);
}

void KeeperSenses::findsFamilies()
{
    const auto process = [](int pid, int parent, int session, char state = 'S') {
        return procfs::ProcessFacts{{pid, pid * 10}, parent, session, state};
    };
    // In an order in which children come before parents.
    const std::vector<procfs::ProcessFacts> all{process(9, 8, 9), process(8, 5, 5), process(5, 2, 5), process(2, 1, 1),
        process(6, 2, 5, 'Z'), process(7, 6, 5), process(20, 1, 20), process(21, 1, 5)};
    const auto pids = [](const std::vector<procfs::ProcessFacts> &family) {
        QList<int> result;
        for (const auto &facts : family)
            result.append(static_cast<int>(facts.id.pid));
        std::sort(result.begin(), result.end());
        return result;
    };
    QCOMPARE(pids(procfs::familyOf(all, 2, 0)), QList<int>({5, 7, 8, 9}));
    QCOMPARE(pids(procfs::familyOf(all, 2, 5)), QList<int>({5, 7, 8, 9, 21}));
    QCOMPARE(pids(procfs::familyOf(all, 9, 0)), QList<int>());
}

QTEST_GUILESS_MAIN(KeeperSenses)
#include "tst_keepersenses.moc"
