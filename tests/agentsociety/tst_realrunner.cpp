// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/agentsociety/failure.h"
#include "services/agentsociety/logphases.h"
#include "services/agentsociety/runnerkit.h"
#include "tests/agentsociety/realrun.h"
#include "tests/support/scriptedllm.h"
#include "tests/support/testworkspace.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <csignal>
#include <memory>
#include <vector>

using namespace society;
using namespace society::agentsociety;
using namespace society::test;
using namespace Qt::StringLiterals;

namespace {

/// A header with a projection and bounds, and nothing else (fields 7, then 3 to 6 as doubles).
QByteArray mapWithoutAreas()
{
    const QByteArray projection = "+proj=tmerc +lat_0=39.9 +lon_0=116.4";
    QByteArray header = "\x3a" + QByteArray(1, static_cast<char>(projection.size())) + projection;
    for (const auto &[tag, value] : {std::pair{'\x19', 1000.0}, {'\x21', 0.0}, {'\x29', 1000.0}, {'\x31', 0.0}})
        header += tag + QByteArray(reinterpret_cast<const char *>(&value), 8);
    return "\x0a" + QByteArray(1, static_cast<char>(header.size())) + header;
}

} // namespace

/// The real AgentSociety, installed by installer/test: what this library says of it holds.
class TestRealRunner : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void isFoundWithItsVersions();
    void townIsWhatItsProgramMakes();
    void answersComeInTurn();
    void sameSeedSameRun();
    void anotherSeedAnotherRun();
    void stopsWhileStepping();
    void explainsRealFailures();
    void runsWithRay();
    void ownCityMustBeDownloadedOnce();

private:
    /// A configuration that AgentSociety fails on, and the code that explain() must find.
    struct Failing {
        const char *code;
        QJsonObject configuration;
        std::unique_ptr<DirectRun> run;
    };
    [[nodiscard]] std::vector<Failing> failing(const QString &folder) const;
    [[nodiscard]] static RunEnd howItEnded(const DirectRun &run);
    /// A configuration with the sample's people and this workflow.
    [[nodiscard]] QJsonObject withWorkflow(const char *workflow) const;
    [[nodiscard]] static QString endOf(const DirectRun &run) { return QString::fromUtf8(run.log().right(3000)); }

    Workspace m_workspace;
    std::unique_ptr<RunnerKit> m_kit;
    QJsonObject m_short; // the short sample
};

void TestRealRunner::initTestCase()
{
    m_workspace = Workspace(runnerWorkspace());
    m_kit = std::make_unique<RunnerKit>(m_workspace);
    const auto runner = m_kit->installed();
    QVERIFY2(runner,
        qPrintable(u"No AgentSociety in %1: run installer/test, which installs it there."_s.arg(m_workspace.root())));
    QVERIFY(m_kit->prepareShared());
    m_short = sampleConfiguration(m_workspace, u"A short morning"_s);
    QVERIFY(!m_short.isEmpty());
}

QJsonObject TestRealRunner::withWorkflow(const char *workflow) const
{
    QJsonObject configuration = m_short;
    QJsonObject experiment = configuration["exp"_L1].toObject();
    experiment[u"workflow"_s] = QJsonDocument::fromJson(workflow).array();
    configuration[u"exp"_s] = experiment;
    return configuration;
}

void TestRealRunner::isFoundWithItsVersions()
{
    const auto runner = m_kit->installed();
    QVERIFY(runner);
    QCOMPARE(runner->version, QLatin1String(RunnerKit::TestedVersion));
    QCOMPARE(runner->communityVersion, u"0.3.3"_s);
    // Another workspace can use it too; this probe imports it.
    const QTemporaryDir other;
    const auto adopted = RunnerKit(Workspace(other.path())).adopt(runner->path);
    QVERIFY2(adopted, qPrintable(adopted ? QString() : adopted.error().message + adopted.error().detail));
    QCOMPARE(adopted->version, runner->version);
    QCOMPARE(adopted->interpreter, runner->interpreter);
    QVERIFY(!adopted->inWorkspace);
}

void TestRealRunner::townIsWhatItsProgramMakes()
{
    const QTemporaryDir folder;
    QProcess python;
    python.start(m_kit->installed()->interpreter,
        {qEnvironmentVariable("SOCIETY_SOURCE") + u"/resources/runner/practice_map.py"_s,
            folder.filePath(u"town.pb"_s)});
    QVERIFY(python.waitForFinished());
    QCOMPARE(python.exitCode(), 0);
    QFile made(folder.filePath(u"town.pb"_s));
    QFile kept(qEnvironmentVariable("SOCIETY_SOURCE") + u"/resources/runner/practice-town.pb"_s);
    QVERIFY(made.open(QIODevice::ReadOnly) && kept.open(QIODevice::ReadOnly));
    QVERIFY(made.size() > 0);
    QCOMPARE(made.readAll(), kept.readAll());
}

void TestRealRunner::answersComeInTurn()
{
    // The versions of gRPC and aiosqlite that AgentSociety runs with, with a server and a database that take any time.
    const QTemporaryDir folder;
    QProcess python;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"PYTHONPATH"_s, qEnvironmentVariable("SOCIETY_SOURCE") + u"/resources/runner/light"_s);
    environment.insert(u"PYTHONDONTWRITEBYTECODE"_s, u"1"_s);
    python.setProcessEnvironment(environment);
    python.start(
        m_kit->installed()->interpreter, {qEnvironmentVariable("SOCIETY_SOURCE") + u"/tests/agentsociety/turns.py"_s,
                                             u"real_libraries"_s, folder.path()});
    QVERIFY(python.waitForFinished(120000));
    QVERIFY2(python.exitCode() == 0, python.readAllStandardError().constData());
    QCOMPARE(python.readAllStandardOutput().trimmed(), QByteArray("rows 30 same True another True"));
}

void TestRealRunner::sameSeedSameRun()
{
    // One with threads and quick answers, one with forked workers and slow ones, at the same time.
    ScriptedLlm quick;
    ScriptedLlm slow({u"--latency-ms"_s, u"40"_s});
    QVERIFY(quick.isReady() && slow.isReady());
    DirectRun threads(
        *m_kit, m_short, quick.baseUrl(), [](LaunchOptions &options) { options.workers = LightWorkers::Threads; });
    DirectRun forked(
        *m_kit, m_short, slow.baseUrl(), [](LaunchOptions &options) { options.workers = LightWorkers::Forked; });
    QVERIFY2(threads.waitForEnd() && threads.exitCode() == 0, qPrintable(endOf(threads)));
    QVERIFY2(forked.waitForEnd() && forked.exitCode() == 0, qPrintable(endOf(forked)));
    QCOMPARE(quick.totals(), slow.totals());
    const QStringList rows = threads.rows();
    QVERIFY(rows.size() > 50);
    QCOMPARE(forked.rows(), rows);

    // What the run left, read as the window reads it.
    const ResultDatabase results = threads.results();
    const auto row = results.experiment();
    QVERIFY(row);
    QCOMPARE(row->status, 2);
    const auto tables = results.tables();
    QVERIFY(tables);
    QCOMPARE(tables->size(), 7);
    for (const TableSummary &summary : *tables) {
        QVERIFY2(summary.rows > 0, qPrintable(resultTableName(summary.table)));
        const auto page = results.rows(summary.table);
        QVERIFY(page);
        QCOMPARE(page->rows.size(), summary.rows);
    }
    QCOMPARE(results.rows(ResultTable::Survey)->rows[0][4].value<QJsonValue>().toArray().size(), 3);
    // The closing interview is missing in AgentSociety's own count, and only that.
    const qint64 answered = threads.results().experiment()->tokensIn;
    QVERIFY(answered > 0 && answered < quick.totals()["prompt_tokens"_L1].toInteger());
    // And the log.
    const auto progress = readProgress(threads.logFile());
    QVERIFY(progress);
    const QJsonArray workflow = m_short["exp"_L1]["workflow"_L1].toArray();
    QCOMPARE(progress->phase, u"closing"_s);
    QCOMPARE(progress->step + 1, expectedSteps(workflow).value());
    QCOMPARE(progress->secondOfDay, 31501);
    QVERIFY(progress->error.isEmpty());
}

void TestRealRunner::anotherSeedAnotherRun()
{
    ScriptedLlm llm;
    const auto seeded = [](quint32 seed) { return [seed](LaunchOptions &options) { options.seed = seed; }; };
    const QJsonObject configuration = withWorkflow(R"([{"type": "step", "ticks_per_step": 1}])");
    DirectRun first(*m_kit, configuration, llm.baseUrl(), seeded(1));
    DirectRun second(*m_kit, configuration, llm.baseUrl(), seeded(4294967295));
    QVERIFY2(first.waitForEnd() && first.exitCode() == 0, qPrintable(endOf(first)));
    QVERIFY2(second.waitForEnd() && second.exitCode() == 0, qPrintable(endOf(second)));
    QVERIFY(first.rows() != second.rows());
    QCOMPARE(first.rows().size(), second.rows().size());
}

void TestRealRunner::stopsWhileStepping()
{
    ScriptedLlm llm;
    DirectRun run(*m_kit, withWorkflow(R"([{"type": "step", "steps": 500, "ticks_per_step": 900}])"), llm.baseUrl());
    QTRY_VERIFY_WITH_TIMEOUT(run.hasEnded() || readProgress(run.logFile())->step >= 1, 120'000);
    QVERIFY2(!run.hasEnded(), qPrintable(endOf(run)));
    const auto row = run.results().experiment();
    QVERIFY2(row, qPrintable(row ? QString() : row.error().detail));
    QCOMPARE(row->status, 1);
    QVERIFY(run.launch().stopSignal == StopSignal::Interrupt);
    ::kill(static_cast<pid_t>(run.pid()), SIGINT);
    QVERIFY(run.waitForEnd(std::chrono::duration_cast<std::chrono::seconds>(run.launch().grace) * 3));
    QVERIFY2(run.log().trimmed().endsWith("Aborted!"), qPrintable(endOf(run)));
    QCOMPARE(run.results().experiment()->status, 1); // AgentSociety's own word stays at "running"
}

std::vector<TestRealRunner::Failing> TestRealRunner::failing(const QString &folder) const
{
    const auto with = [](QJsonObject configuration, const QString &key, const QJsonValue &value) {
        configuration[key] = value;
        return configuration;
    };
    const auto agents = [&](const QJsonObject &configuration, const char *json) {
        return with(configuration, u"agents"_s, QJsonDocument::fromJson(json).object());
    };
    const auto map = [&](const QString &name, const QByteArray &content) {
        QFile file(folder + u'/' + name);
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("cannot write a map");
        return QJsonObject{{u"file_path"_s, file.fileName()}};
    };
    const QJsonObject plain = withWorkflow(R"([{"type": "step", "ticks_per_step": 1}])");
    std::vector<Failing> all;
    all.push_back({"map_no_areas", with(plain, u"map"_s, map(u"empty.pb"_s, mapWithoutAreas())), {}});
    all.push_back({"map_unreadable", with(plain, u"map"_s, map(u"text.pb"_s, "no map")), {}});
    all.push_back({"map_missing", with(plain, u"map"_s, QJsonObject{{u"file_path"_s, u"home/none.pb"_s}}), {}});
    all.push_back({"target_unknown",
        withWorkflow(R"([{"type": "interview", "target_agent": [99], "interview_message": "x"}])"), {}});
    all.push_back({"position_missing",
        withWorkflow(R"([{"type": "message", "target_agent": [5], "intervene_message": "x"}, {"type": "step"}])"), {}});
    all.push_back({"ticks_zero", withWorkflow(R"([{"type": "step", "ticks_per_step": 0}])"), {}});
    all.push_back({"config_rejected", withWorkflow(R"([{"type": "jump"}, {"type": "interview"}])"), {}});
    all.push_back({"class_unknown", agents(plain, R"({"citizens": [{"agent_class": "Citizen"}]})"), {}});
    all.push_back({"distribution_incomplete",
        agents(plain,
            R"({"citizens": [{"agent_class": "citizen", "memory_distributions": {"age": {"dist_type": "choice"}}}]})"),
        {}});
    all.push_back({"logging_level", with(plain, u"logging_level"_s, u"LOUD"_s), {}});
    return all;
}

RunEnd TestRealRunner::howItEnded(const DirectRun &run)
{
    RunEnd end;
    end.exitCode = run.exitCode();
    end.keeperCode = u"exit"_s;
    const auto progress = readProgress(run.logFile());
    end.phase = progress->errorPhase.isEmpty() ? progress->phase : progress->errorPhase;
    // As the keeper does: the last fatal line, else what ends a traceback (a model's errors follow it, indented or
    // not).
    const QList<QByteArray> lines = run.log().trimmed().split('\n');
    end.lastError = progress->error.isEmpty() ? QString::fromUtf8(lines.last()) : progress->error;
    for (const QByteArray &line : lines) {
        if (line.contains("validation errors for"))
            end.lastError = QString::fromUtf8(line);
    }
    if (const auto row = run.results().experiment()) {
        end.databaseStatus = row->status;
        end.databaseError = row->error;
    }
    return end;
}

void TestRealRunner::explainsRealFailures()
{
    const QTemporaryDir maps;
    std::vector<Failing> all = failing(maps.path());
    ScriptedLlm llm;
    constexpr std::size_t kAtOnce = 3; // more would only be in each other's way
    std::size_t started = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        for (; started < std::min(all.size(), i + kAtOnce); ++started)
            all[started].run = std::make_unique<DirectRun>(*m_kit, all[started].configuration, llm.baseUrl());
        QVERIFY2(all[i].run->waitForEnd(), all[i].code);
        const RunEnd end = howItEnded(*all[i].run);
        const Failure failure = explain(end);
        QVERIFY2(failure.code == QLatin1String(all[i].code),
            qPrintable(u"%1 came out as %2: %3 / %4 in %5"_s.arg(
                QLatin1String(all[i].code), failure.code, end.databaseError, end.lastError, end.phase)));
        QCOMPARE(*end.exitCode, 1);
    }
}

void TestRealRunner::runsWithRay()
{
    ScriptedLlm llm;
    DirectRun run(*m_kit, withWorkflow(R"([{"type": "step", "steps": 2, "ticks_per_step": 60}])"), llm.baseUrl(),
        [](LaunchOptions &options) { options.mode = RunMode::Ray; });
    QVERIFY2(run.waitForEnd() && run.exitCode() == 0, qPrintable(endOf(run)));
    QVERIFY(run.log().contains("Started a local Ray instance"));
    QVERIFY(!run.log().contains("View the dashboard")); // ten processes less
    QCOMPARE(run.results().experiment()->status, 2);
    const QString folder = run.launch().removeAfter.value(0);
    QVERIFY2(QFileInfo(folder + u"/ray"_s).isDir(), qPrintable(folder)); // where it was told to put its files
    QVERIFY(!run.log().contains('\x1b'));
}

void TestRealRunner::ownCityMustBeDownloadedOnce()
{
    // A workspace that has not got it, on a machine without network.
    const QTemporaryDir folder;
    const Workspace workspace(folder.path());
    const RunnerKit kit(workspace);
    QVERIFY(kit.prepareShared());
    QVERIFY(kit.adopt(m_kit->installed()->path));
    const QByteArray before = qgetenv("HTTPS_PROXY");
    qputenv("HTTPS_PROXY", "http://127.0.0.1:9");
    ScriptedLlm llm;
    DirectRun run(kit, withWorkflow(R"([{"type": "step", "ticks_per_step": 1}])"), llm.baseUrl(),
        [](LaunchOptions &options) { options.city = City::Own; });
    before.isNull() ? qunsetenv("HTTPS_PROXY") : qputenv("HTTPS_PROXY", before);
    QVERIFY2(run.waitForEnd(), qPrintable(endOf(run)));
    const RunEnd end = howItEnded(run);
    QVERIFY2(explain(end).code == "simulator_missing"_L1, qPrintable(end.databaseError));
    QVERIFY(kit.keepDownloads(run.home()));
    QVERIFY(kit.mustDownload(City::Own));
}

QTEST_GUILESS_MAIN(TestRealRunner)
#include "tst_realrunner.moc"
