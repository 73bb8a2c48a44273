// SPDX-License-Identifier: GPL-3.0-or-later
// launch.json and status.json as values.
#include "services/executor/launchspec.h"
#include "services/executor/runstatus.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace society;
using namespace society::executor;
using namespace Qt::StringLiterals;

namespace {

LaunchSpec fullSpec()
{
    LaunchSpec spec;
    spec.id = u"0e6e5a51-92f5-4d55-b5de-31dd31aeb4a6"_s;
    spec.runnerArgv = {u"/ws/venv/bin/python"_s, u"-m"_s, u"agentsociety.cli.cli"_s};
    spec.runnerCwd = u"/ws/runs/t/x"_s;
    spec.environment = {{u"PATH"_s, u"/bin"_s}, {u"LANG"_s, u"中文"_s}};
    spec.fill = {u"runner.json"_s};
    spec.companions = {{u"gateway"_s, {u"/bin/society-gateway"_s, u"/ws/runs/t/x"_s}, 5000}};
    spec.stopSignal = StopSignal::Terminate;
    spec.graceMs = 15000;
    spec.phases = {{u"runner"_s, {}, 60000}, {u"llm"_s, u" - Initializing LLM"_s, 120000}};
    spec.alarms = {{u"llm_retries"_s, u"Retry 3 of 10"_s}};
    spec.watchDatabase = u"home/sqlite.db"_s;
    spec.watchSimulator = u"sim"_s;
    spec.simulatorUntil = u"closing"_s;
    spec.endsRun = {{u"stalled"_s, false}, {u"simulator_gone"_s, true}};
    spec.turnLock = u"/ws/turn"_s;
    spec.turnUntilPhase = u"llm"_s;
    spec.removeAfter = {u"/tmp/ray-x"_s};
    return spec;
}

RunStatus fullStatus()
{
    const auto at = [](qint64 ms) { return QDateTime::fromMSecsSinceEpoch(1'795'500'000'000 + ms, Qt::UTC); };
    RunStatus status;
    status.id = u"x"_s;
    status.phase = u"ended"_s;
    status.outcome = Outcome::Stopped;
    status.reasonCode = u"stopped_user"_s;
    status.reason = u"why"_s;
    status.keeper = {1, 2};
    status.runner = {3, 9'007'199'254'740'993};
    status.runnerSession = 3;
    status.companions = {{u"gateway"_s, {5, 6}, 7}};
    status.bootId = u"boot"_s;
    status.createdAt = at(1);
    status.startedAt = at(2);
    status.endedAt = at(3);
    status.heartbeatAt = at(4);
    status.runMs = 5;
    status.suspendedMs = 6;
    status.exitCode = 1;
    status.signal = 9;
    status.lastError = u"Error: “x”"_s;
    status.stop = RunStatus::Stop{at(2), u"user"_s, 10, at(12)};
    status.phases = {{u"runner"_s, at(2)}, {u"ended"_s, at(4)}};
    status.warnings = {{u"stalled"_s, at(2), at(3), u"d"_s}, {u"odd"_s, at(3), {}, u"e"_s}};
    return status;
}

/// The JSON as a file would hold it.
QJsonObject throughText(const QJsonObject &json)
{
    return QJsonDocument::fromJson(QJsonDocument(json).toJson()).object();
}

} // namespace

class RunFiles : public QObject {
    Q_OBJECT
private slots:
    void launchGoesRound();
    void refusesALaunch_data();
    void refusesALaunch();
    void statusGoesRound();
    void missingFieldsHaveDefaults();
    void refusesAStatus_data();
    void refusesAStatus();
    void readsFromTheRunDirectory();
};

void RunFiles::launchGoesRound()
{
    const LaunchSpec spec = fullSpec();
    const auto again = LaunchSpec::fromJson(throughText(spec.toJson()));
    QVERIFY(again.has_value());
    QCOMPARE(again->toJson(), spec.toJson());
    QVERIFY(*again == spec);
    QCOMPARE(spec.toJson()[u"schema"].toInt(), 1);
    QVERIFY(!spec.toJson()[u"phases"][0].toObject().contains(u"line"_s)); // only the limit is set
}

void RunFiles::refusesALaunch_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("path");
    QTest::newRow("newer") << u"schema"_s << QJsonValue(2) << u"launch_newer"_s << QString();
    QTest::newRow("runner") << u"runner"_s << QJsonValue(5) << u"launch_invalid"_s << u"runner"_s;
    QTest::newRow("no program") << u"runner"_s << QJsonValue(QJsonObject()) << u"launch_invalid"_s << u"runner.argv"_s;
    QTest::newRow("signal") << u"stop"_s << QJsonValue(QJsonObject{{u"signal"_s, u"HUP"_s}}) << u"launch_invalid"_s
                            << u"stop.signal"_s;
    QTest::newRow("grace") << u"stop"_s << QJsonValue(QJsonObject{{u"grace_ms"_s, 1.5}}) << u"launch_invalid"_s
                           << u"stop.grace_ms"_s;
    QTest::newRow("companions") << u"companions"_s << QJsonValue(QJsonArray{1}) << u"launch_invalid"_s
                                << u"companions.0"_s;
    QTest::newRow("fill") << u"fill"_s << QJsonValue(QJsonArray{1}) << u"launch_invalid"_s << u"fill"_s;
}

void RunFiles::refusesALaunch()
{
    QFETCH(QString, field);
    QFETCH(QJsonValue, value);
    QJsonObject json = fullSpec().toJson();
    json.insert(field, value);
    const auto spec = LaunchSpec::fromJson(json);
    QVERIFY(!spec.has_value());
    QTEST(spec.error().code, "code");
    QTEST(spec.error().path, "path");
    QVERIFY(!spec.error().message.isEmpty() && !spec.error().remedy.isEmpty());
}

void RunFiles::statusGoesRound()
{
    for (const RunStatus &status : {fullStatus(), RunStatus()}) {
        const auto again = RunStatus::fromJson(throughText(status.toJson()));
        QVERIFY(again.has_value());
        QCOMPARE(again->toJson(), status.toJson());
        QVERIFY(*again == status);
    }
}

void RunFiles::missingFieldsHaveDefaults()
{
    const auto status = RunStatus::fromJson({{u"schema"_s, 1}, {u"unknown"_s, 1}, {u"exit_code"_s, QJsonValue::Null}});
    QVERIFY(status.has_value());
    QVERIFY(*status == RunStatus());
}

void RunFiles::refusesAStatus_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("path");
    QTest::newRow("newer") << u"schema"_s << QJsonValue(2) << u"status_newer"_s << QString();
    QTest::newRow("outcome") << u"outcome"_s << QJsonValue(u"perhaps"_s) << u"status_invalid"_s << u"outcome"_s;
    QTest::newRow("time") << u"started_at"_s << QJsonValue(u"yesterday"_s) << u"status_invalid"_s << u"started_at"_s;
    QTest::newRow("pid") << u"keeper"_s << QJsonValue(QJsonObject{{u"pid"_s, u"1"_s}}) << u"status_invalid"_s
                         << u"keeper.pid"_s;
    QTest::newRow("warning") << u"warnings"_s << QJsonValue(QJsonArray{QJsonObject{{u"at"_s, 5}}})
                             << u"status_invalid"_s << u"warnings.0.at"_s;
}

void RunFiles::refusesAStatus()
{
    QFETCH(QString, field);
    QFETCH(QJsonValue, value);
    QJsonObject json = fullStatus().toJson();
    json.insert(field, value);
    const auto status = RunStatus::fromJson(json);
    QVERIFY(!status.has_value());
    QTEST(status.error().code, "code");
    QTEST(status.error().path, "path");
}

void RunFiles::readsFromTheRunDirectory()
{
    QTemporaryDir folder;
    QCOMPARE(readStatus(folder.path()).error().code, u"file_missing"_s);
    QFile file(folder.filePath(u"status.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"schema\": 1, \"id\": \"x\"");
    file.flush();
    QCOMPARE(readStatus(folder.path()).error().code, u"json_invalid"_s);
    file.write("}");
    file.close();
    QCOMPARE(readStatus(folder.path())->id, u"x"_s);
}

QTEST_GUILESS_MAIN(RunFiles)
#include "tst_runfiles.moc"
