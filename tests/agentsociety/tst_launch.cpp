// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/agentsociety/launch.h"
#include "services/agentsociety/logphases.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace society;
using namespace society::agentsociety;
using namespace Qt::StringLiterals;

class TestLaunch : public QObject {
    Q_OBJECT

private slots:
    void init();
    void lightStart();
    void workersByPopulation_data();
    void workersByPopulation();
    void rayOfItsOwn();
    void rayOfACluster();
    void nothingIsInherited();
    void proxiesOnlyForADownload();
    void phasesAreTheLogs();

private:
    [[nodiscard]] RunnerLaunch launch(const std::function<void(LaunchOptions &)> &change = {}) const;

    QTemporaryDir m_folder;
    Workspace m_workspace;
};

void TestLaunch::init()
{
    m_workspace = Workspace(m_folder.filePath(u"workspace"_s));
}

RunnerLaunch TestLaunch::launch(const std::function<void(LaunchOptions &)> &change) const
{
    LaunchOptions options;
    options.seed = 7;
    options.citizens = 4;
    options.tenant = u"lab"_s;
    options.runDirectory = u"/ws/runs/lab/1"_s;
    if (change)
        change(options);
    InstalledRunner runner;
    runner.path = u"/ws/runner/venv/bin/agentsociety"_s;
    runner.interpreter = u"/ws/runner/venv/bin/python"_s;
    return launchFor(runner, RunnerKit(m_workspace), options);
}

void TestLaunch::lightStart()
{
    const RunnerLaunch light = launch();
    QCOMPARE(light.argv, (QStringList{u"/ws/runner/venv/bin/python"_s, u"-m"_s, u"agentsociety.cli.cli"_s, u"run"_s,
                             u"-c"_s, u"runner.json"_s, u"--tenant-id"_s, u"lab"_s}));
    QCOMPARE(light.workingDirectory, u"/ws/runs/lab/1"_s);
    QCOMPARE(light.environment.value(u"HOME"_s), u"/ws/runs/lab/1/home"_s);
    QCOMPARE(light.environment.value(u"SOCIETY_SEED"_s), u"7"_s);
    QCOMPARE(light.environment.value(u"PYTHONHASHSEED"_s), u"7"_s);
    const RunnerKit kit(m_workspace);
    QCOMPARE(light.environment.value(u"PYTHONPATH"_s), kit.startFolder() + u':' + kit.lightFolder());
    QVERIFY(light.stopSignal == StopSignal::Interrupt);
    QVERIFY(light.grace == std::chrono::seconds(10));
    QVERIFY(!light.takesTurns);
    QVERIFY(light.removeAfter.isEmpty());
    QCOMPARE(light.database, u"home/sqlite.db"_s);
    QCOMPARE(light.simulator, u"practice_city.py"_s);
    for (auto it = light.environment.begin(); it != light.environment.end(); ++it)
        QVERIFY2(!it.key().startsWith(u"RAY"_s), qPrintable(it.key()));
}

void TestLaunch::workersByPopulation_data()
{
    QTest::addColumn<int>("citizens");
    QTest::addColumn<int>("workers");
    QTest::addColumn<QString>("kind");
    QTest::newRow("few") << 99 << int(LightWorkers::ByPopulation) << u"threads"_s;
    QTest::newRow("many") << 100 << int(LightWorkers::ByPopulation) << u"forked"_s;
    QTest::newRow("few, as set") << 1 << int(LightWorkers::Forked) << u"forked"_s;
    QTest::newRow("many, as set") << 1000 << int(LightWorkers::Threads) << u"threads"_s;
}

void TestLaunch::workersByPopulation()
{
    QFETCH(int, citizens);
    QFETCH(int, workers);
    const RunnerLaunch light = launch([&](LaunchOptions &options) {
        options.citizens = citizens;
        options.workers = static_cast<LightWorkers>(workers);
    });
    QTEST(light.environment.value(u"SOCIETY_LIGHT"_s), "kind");
}

void TestLaunch::rayOfItsOwn()
{
    const auto ray = [](LaunchOptions &options) { options.mode = RunMode::Ray; };
    const RunnerLaunch first = launch(ray);
    const RunnerLaunch second = launch(ray);
    QCOMPARE(first.environment.value(u"PYTHONPATH"_s), RunnerKit(m_workspace).startFolder());
    QVERIFY(!first.environment.contains(u"SOCIETY_LIGHT"_s));
    QCOMPARE(first.environment.value(u"SOCIETY_RAY"_s), u"own"_s);
    QCOMPARE(first.environment.value(u"RAY_process_group_cleanup_enabled"_s), u"0"_s);
    const QString folder = first.environment.value(u"RAY_TMPDIR"_s);
    QVERIFY2(folder.toUtf8().size() <= 39, qPrintable(folder)); // socket paths below it may have 107 bytes
    QVERIFY(folder != second.environment.value(u"RAY_TMPDIR"_s));
    QCOMPARE(first.removeAfter, QStringList{folder});
    QVERIFY(first.stopSignal == StopSignal::Terminate);
    QVERIFY(first.grace == std::chrono::seconds(15));
    QVERIFY(first.takesTurns);
    QVERIFY(phaseNames().contains(first.turnUntilPhase));
}

void TestLaunch::rayOfACluster()
{
    const RunnerLaunch ray = launch([](LaunchOptions &options) {
        options.mode = RunMode::Ray;
        options.rayAddress = u"10.0.0.1:6379"_s;
    });
    QCOMPARE(ray.environment.value(u"RAY_ADDRESS"_s), u"10.0.0.1:6379"_s);
    QVERIFY(!ray.environment.contains(u"SOCIETY_RAY"_s));
    QVERIFY(ray.removeAfter.isEmpty()); // the cluster's files are not ours
    QVERIFY(!ray.takesTurns);
}

void TestLaunch::nothingIsInherited()
{
    qputenv("SOCIETY_PASSPHRASE_FILE", "/secret");
    qputenv("PYTHONSTARTUP", "/evil.py");
    qputenv("TZ", "Asia/Shanghai");
    const RunnerLaunch light = launch();
    qunsetenv("SOCIETY_PASSPHRASE_FILE");
    qunsetenv("PYTHONSTARTUP");
    qunsetenv("TZ");
    QVERIFY(!light.environment.contains(u"SOCIETY_PASSPHRASE_FILE"_s));
    QVERIFY(!light.environment.contains(u"PYTHONSTARTUP"_s));
    QCOMPARE(light.environment.value(u"PATH"_s), u"/usr/bin:/bin"_s);
    QCOMPARE(light.environment.value(u"TZ"_s), u"Asia/Shanghai"_s); // the log's times are local
}

void TestLaunch::proxiesOnlyForADownload()
{
    qputenv("HTTPS_PROXY", "http://proxy.example:3128");
    const RunnerLaunch practice = launch();
    const auto own = [](LaunchOptions &options) { options.city = City::Own; };
    const RunnerLaunch first = launch(own);
    QVERIFY(QDir().mkpath(m_workspace.runner() + u"/shared/own"_s));
    QFile simulator(m_workspace.runner() + u"/shared/own/agentsociety-sim-oss"_s);
    QVERIFY(simulator.open(QIODevice::WriteOnly));
    const RunnerLaunch later = launch(own);
    qunsetenv("HTTPS_PROXY");

    for (const RunnerLaunch *closed : {&practice, &later}) {
        for (const QString &name :
            {u"HTTP_PROXY"_s, u"https_proxy"_s, u"HTTPS_PROXY"_s, u"ALL_PROXY"_s, u"HF_ENDPOINT"_s})
            QCOMPARE(closed->environment.value(name), u"http://127.0.0.1:9"_s);
    }
    QCOMPARE(first.environment.value(u"HTTPS_PROXY"_s), u"http://proxy.example:3128"_s);
    QVERIFY(!first.environment.contains(u"http_proxy"_s));
    for (const RunnerLaunch *any : {&practice, &first, &later}) {
        QCOMPARE(any->environment.value(u"NO_PROXY"_s), u"127.0.0.1,localhost,::1"_s);
        QCOMPARE(any->environment.value(u"HF_HUB_OFFLINE"_s), u"1"_s);
    }
    QCOMPARE(first.simulator, u"agentsociety-sim-oss"_s);
    // A download writes nothing into the log for as long as it takes.
    const auto limit = [](const RunnerLaunch &of) {
        for (const LaunchPhase &phase : of.phases) {
            if (phase.name == "environment"_L1)
                return phase.silentLimit;
        }
        return std::chrono::milliseconds(0);
    };
    QVERIFY(limit(first) > 5 * limit(later));
}

void TestLaunch::phasesAreTheLogs()
{
    const RunnerLaunch light = launch();
    QStringList names;
    for (const LaunchPhase &phase : light.phases) {
        names << phase.name;
        QCOMPARE(phase.line, phaseLine(phase.name));
        QVERIFY(phase.silentLimit >= std::chrono::minutes(1));
    }
    QCOMPARE(names, QStringList{u"runner"_s} + phaseNames());
    QVERIFY(names.contains(light.simulatorUntil));
    QCOMPARE(light.alarms, QList<LaunchAlarm>({{u"llm_retries"_s, u"Retry 3 of 10"_s}}));
}

QTEST_GUILESS_MAIN(TestLaunch)
#include "tst_launch.moc"
