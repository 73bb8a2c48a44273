// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/preflight.h"
#include "services/config/summary.h"
#include "tests/config/configfixture.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>
#include <limits>

using namespace society;
using namespace society::config;
using namespace Qt::StringLiterals;

namespace {

Parts partsOf(const QByteArray &agents, const QByteArray &workflow, const QString &folder)
{
    Parts parts;
    parts.llm = {json(R"([{"provider": "practice", "model": "practice"}])"), folder};
    parts.agents = {json(agents), folder};
    parts.map = {json(R"({"file_path": "town.pb"})"), folder};
    parts.workflow = {json(workflow), folder};
    return parts;
}

QByteArray four()
{
    return R"({"citizens": [{"agent_class": "citizen", "number": 4}]})";
}

} // namespace

class TestPreflight : public QObject {
    Q_OBJECT

private slots:
    void examples_data();
    void examples();
    void targets_data();
    void targets();
    void maps_data();
    void maps();
    void places_data();
    void places();
    void months_data();
    void months();
    void missingParts();
    void sortsAndTakesOthersIn();
    void mapsPathsBack();
    void saysWhatIsWell();
    void isQuick();
    void merges();
    void mergesEveryEntry();
    void refusesToMergeNonsense();
    void summarizes();
};

void TestPreflight::examples_data()
{
    QTest::addColumn<QStringList>("expected");
    const auto row = [](const char *name, const QStringList &expected) { QTest::newRow(name) << expected; };
    // What the real AgentSociety did with these files, as problems found before the start.
    row("smallest-run.json", {});
    row("every-step-type.json", {u"warning exp.workflow.0.survey.id survey_id_digits"_s,
                                    u"warning exp.workflow.5.target_agent target_institution"_s});
    row("ends-in-interview.json", {});
    row("practice-day.json", {});
    row("profiles-from-file.json", {u"warning agents.citizens.0.memory_from_file profile_column_dropped"_s});
    row("unknown-class.json", {u"error agents.citizens.0.agent_class class_unknown"_s});
    row("three-model-errors.json", {u"error llm.0.provider wrong_value"_s, u"error map missing_key"_s,
                                       u"error exp.workflow.1.target_agent missing_key"_s,
                                       u"error exp.workflow.1.interview_message missing_key"_s});
    row("map-file-missing.json", {u"error map.file_path map_missing"_s});
    row("target-unknown.json", {u"error exp.workflow.1.target_agent target_unknown"_s});
    row("message-before-step.json", {u"error exp.workflow.0 message_before_step"_s});
    row("ticks-zero.json", {u"error exp.workflow.0.ticks_per_step out_of_range"_s});
    row("distribution-incomplete.json", {u"error agents.citizens.0.memory_distributions.age.choices missing_key"_s});
    row("institution-class-wrong.json", {u"error agents.firms.0.agent_class class_unknown"_s});
}

void TestPreflight::examples()
{
    QFETCH(QStringList, expected);
    QTemporaryDir folder;
    const Document run = json(example(QString::fromLatin1(QTest::currentDataTag()), folder.path()));
    QVERIFY(isRunFile(run));
    const auto parts = splitRun(run, folder.path());
    QVERIFY(parts.has_value());
    MapCache maps;
    const QList<Problem> problems = preflight(*parts, maps);
    QCOMPARE(lines(problems), expected);
    QCOMPARE(preflight(*parts, maps), problems); // the same each time
    for (const Problem &problem : problems) {
        QVERIFY(!problem.message.isEmpty());
        QVERIFY(problem.severity == Severity::Ok || !problem.remedy.isEmpty());
        const auto place = partPath(*parts, problem.path);
        QVERIFY2(place.has_value(), qPrintable(problem.path));
    }
}

void TestPreflight::targets_data()
{
    QTest::addColumn<QByteArray>("agents");
    QTest::addColumn<QByteArray>("workflow");
    QTest::addColumn<QStringList>("expected");
    const auto row = [](const char *name, const char *steps, const QStringList &expected,
                         const QByteArray &agents = four()) {
        QTest::newRow(name) << agents << QByteArray("[" + QByteArray(steps) + "]") << expected;
    };
    const QByteArray community(R"({"citizens": [{"agent_class": "AgreeAgent", "number": 2}]})");
    row("citizens", R"({"type": "step"}, {"type": "interview", "target_agent": [5, 8], "interview_message": "x"})", {});
    row("nobody has it", R"({"type": "interview", "target_agent": [5, 9], "interview_message": "x"})",
        {u"error exp.workflow.0.target_agent target_unknown"_s});
    row("id 0", R"({"type": "interview", "target_agent": [0], "interview_message": "x"})",
        {u"error exp.workflow.0.target_agent target_unknown"_s});
    row("only an institution", R"({"type": "interview", "target_agent": [3], "interview_message": "x"})",
        {u"error exp.workflow.0.target_agent target_institution"_s});
    row("an institution too",
        R"({"type": "step"}, {"type": "message", "target_agent": [5, 3], "intervene_message": "x"})",
        {u"warning exp.workflow.1.target_agent target_institution"_s});
    row("state of an institution", R"({"type": "update_state", "target_agent": [3], "key": "x", "value": 1})", {});
    row("save_context is mild", R"({"type": "save_context", "target_agent": [99], "key": "x", "save_as": "y"})",
        {u"warning exp.workflow.0.target_agent target_unknown"_s});
    row("update_state unknown", R"({"type": "update_state", "target_agent": [99], "key": "x", "value": 1})",
        {u"error exp.workflow.0.target_agent target_unknown"_s});
    row("for nobody", R"({"type": "interview", "target_agent": [], "interview_message": "x"})",
        {u"warning exp.workflow.0.target_agent target_empty"_s});
    row("twice", R"({"type": "interview", "target_agent": [5, 5], "interview_message": "x"})",
        {u"warning exp.workflow.0.target_agent target_twice"_s});
    row("deleted twice", R"({"type": "delete_agent", "target_agent": [5, 5]})",
        {u"error exp.workflow.0.target_agent target_twice"_s});
    row("deleted before",
        R"({"type": "delete_agent", "target_agent": [8]}, {"type": "interview", "target_agent": [7, 8], "interview_message": "x"})",
        {u"error exp.workflow.1.target_agent target_deleted"_s});
    row("filter after delete",
        R"({"type": "delete_agent", "target_agent": [8]}, {"type": "interview", "target_agent": {"agent_class": ["citizen"]}, "interview_message": "x"})",
        {u"error exp.workflow.1.target_agent filter_after_delete"_s});
    row("other class after delete",
        R"({"type": "delete_agent", "target_agent": [1]}, {"type": "interview", "target_agent": {"agent_class": ["DisagreeAgent"]}, "interview_message": "x"})",
        {u"warning exp.workflow.1.target_agent target_empty"_s}, community);
    row("filter", R"({"type": "interview", "target_agent": {"agent_class": ["citizen"]}, "interview_message": "x"})",
        {});
    row("filter matches nobody",
        R"({"type": "interview", "target_agent": {"agent_class": ["citizen"]}, "interview_message": "x"})",
        {u"warning exp.workflow.0.target_agent target_empty"_s}, community);
    row("filter of all", R"({"type": "interview", "target_agent": {"agent_class": []}, "interview_message": "x"})",
        {u"warning exp.workflow.0.target_agent filter_selects_all"_s});
    row("filter of all, no institutions",
        R"({"type": "interview", "target_agent": {"filter_str": "True"}, "interview_message": "x"})", {}, community);
    row("message first", R"({"type": "message", "target_agent": [5], "intervene_message": "x"})",
        {u"error exp.workflow.0 message_before_step"_s});
    row("message by filter first",
        R"({"type": "message", "target_agent": {"agent_class": ["citizen"]}, "intervene_message": "x"})",
        {u"error exp.workflow.0 message_before_step"_s});
    row("other first", R"({"type": "other", "func": "do_nothing", "target_agent": [5], "intervene_message": "x"})",
        {u"error exp.workflow.0 message_before_step"_s});
    row("message after next_round only",
        R"({"type": "next_round"}, {"type": "message", "target_agent": [5], "intervene_message": "x"})",
        {u"error exp.workflow.1 message_before_step"_s});
    row("message after a run",
        R"({"type": "run", "days": 0.1}, {"type": "message", "target_agent": [5], "intervene_message": "x"})", {});
    row("community takes messages at once", R"({"type": "message", "target_agent": [1], "intervene_message": "x"})", {},
        community);
    row("no institutions: first citizen is 1",
        R"({"type": "interview", "target_agent": [1, 2], "interview_message": "x"})", {}, community);
}

void TestPreflight::targets()
{
    QFETCH(QByteArray, agents);
    QFETCH(QByteArray, workflow);
    QFETCH(QStringList, expected);
    QTemporaryDir folder;
    writeFile(folder.filePath(u"town.pb"_s), bytesOf(town()));
    MapCache maps;
    const QList<Problem> problems = preflight(partsOf(agents, workflow, folder.path()), maps);
    QCOMPARE(lines(problems), expected);
    for (const Problem &problem : problems) {
        if (problem.code == u"target_unknown" && agents == four())
            QVERIFY2(problem.remedy.contains(u"5–8"_s), qPrintable(problem.remedy));
    }
}

void TestPreflight::maps_data()
{
    QTest::addColumn<QByteArray>("agents");
    QTest::addColumn<bool>("hasPoints");
    QTest::addColumn<bool>("hasBounds");
    QTest::addColumn<QStringList>("expected");
    const QByteArray still(R"({"citizens": [{"agent_class": "citizen", "blocks": {"OtherBlock": {}}}]})");
    const QByteArray moving(R"({"citizens": [{"agent_class": "AgreeAgent", "blocks": {"MobilityBlock": {}}}]})");
    const QByteArray community(R"({"citizens": [{"agent_class": "AgreeAgent"}]})");
    const QStringList points{u"error map.file_path map_no_points"_s};
    const QStringList bounds{u"error map.file_path map_bounds_empty"_s};
    QTest::newRow("built-in citizens move") << four() << false << true << points;
    QTest::newRow("without MobilityBlock") << still << false << true << QStringList();
    QTest::newRow("community with MobilityBlock") << moving << false << true << points;
    QTest::newRow("institutions need bounds") << still << true << false << bounds;
    QTest::newRow("community needs none")
        << community << true << false << QStringList{u"warning map.file_path map_bounds_empty"_s};
    QTest::newRow("good") << four() << true << true << QStringList();
}

void TestPreflight::maps()
{
    QFETCH(QByteArray, agents);
    QFETCH(bool, hasPoints);
    QFETCH(bool, hasBounds);
    QFETCH(QStringList, expected);
    QTemporaryDir folder;
    citymap::Map map = town();
    if (!hasBounds)
        map.mutable_header()->set_east(0);
    for (citymap::Area &area : *map.mutable_aois()) {
        if (!hasPoints)
            area.clear_poi_ids();
    }
    writeFile(folder.filePath(u"town.pb"_s), bytesOf(map));
    MapCache maps;
    QCOMPARE(lines(preflight(partsOf(agents, R"([{"type": "step"}])", folder.path()), maps)), expected);
}

void TestPreflight::places_data()
{
    QTest::addColumn<QByteArray>("people");
    QTest::addColumn<QStringList>("expected");
    const QString path = u" agents.citizens.0.memory_from_file "_s;
    QTest::newRow("in the map") << QByteArray(R"([{"id": 7, "home": 500000000, "work": 500000003}])") << QStringList();
    QTest::newRow("as an object") << QByteArray(R"([{"id": 7, "home": {"aoi_position": {"aoi_id": 500000000}}}])")
                                  << QStringList();
    QTest::newRow("home unknown") << QByteArray(R"([{"id": 7, "home": 500009999}])")
                                  << QStringList{u"error"_s + path + u"profile_place_unknown"_s};
    QTest::newRow("work unknown, as an object") << QByteArray(R"([{"id": 7, "work": {"aoi_position": {"aoi_id": 3}}}])")
                                                << QStringList{u"error"_s + path + u"profile_place_unknown"_s};
    QTest::newRow("beyond 32 bits") << QByteArray(R"([{"id": 7, "home": 5000000000000}])")
                                    << QStringList{u"error"_s + path + u"profile_place_unknown"_s};
    QTest::newRow("friend not there")
        << QByteArray(R"([{"id": 7, "social_network": [{"target_id": 8, "kind": "friend"}]}, {"id": 8}])")
        << QStringList{u"warning"_s + path + u"profile_friend_unknown"_s};
}

void TestPreflight::places()
{
    QFETCH(QByteArray, people);
    QFETCH(QStringList, expected);
    QTemporaryDir folder;
    writeFile(folder.filePath(u"town.pb"_s), bytesOf(town()));
    writeFile(folder.filePath(u"people.json"_s), people);
    MapCache maps;
    QCOMPARE(lines(preflight(partsOf(R"({"citizens": [{"agent_class": "citizen", "memory_from_file": "people.json"}]})",
                                 R"([{"type": "step"}])", folder.path()),
                 maps)),
        expected);
}

void TestPreflight::months_data()
{
    QTest::addColumn<QByteArray>("agents");
    QTest::addColumn<QByteArray>("workflow");
    QTest::addColumn<bool>("warned");
    const QByteArray community(R"({"citizens": [{"agent_class": "AgreeAgent"}]})");
    const QByteArray later(
        R"({"citizens": [{"agent_class": "citizen"}], "firms": [{"agent_class": "firm", "agent_params": {"time_diff": 9000000}}],
        "banks": [{"agent_class": "bank", "agent_params": {"time_diff": 9000000}}], "nbs": [{"agent_class": "nbs", "agent_params": {"time_diff": 9000000}}],
        "governments": [{"agent_class": "government", "agent_params": {"time_diff": 9000000}}]})");
    const QByteArray sooner(
        R"({"citizens": [{"agent_class": "citizen"}], "banks": [{"agent_class": "bank", "agent_params": {"time_diff": 100}}]})");
    QTest::newRow("28 days") << four() << QByteArray(R"([{"type": "run", "days": 28}])") << false;
    QTest::newRow("30 days") << four() << QByteArray(R"([{"type": "run", "days": 30}])") << true;
    QTest::newRow("in several steps") << four()
                                      << QByteArray(R"([{"type": "run", "days": 15}, {"type": "step", "steps": 5000}])")
                                      << true;
    QTest::newRow("for ever") << four() << QByteArray(R"([{"type": "run", "days": 1e300}])") << true;
    QTest::newRow("community") << community << QByteArray(R"([{"type": "run", "days": 300}])") << false;
    QTest::newRow("months set later") << later << QByteArray(R"([{"type": "run", "days": 60}])") << false;
    QTest::newRow("month set sooner") << sooner << QByteArray(R"([{"type": "step"}])") << true;
}

void TestPreflight::months()
{
    QFETCH(QByteArray, agents);
    QFETCH(QByteArray, workflow);
    QFETCH(bool, warned);
    QTemporaryDir folder;
    writeFile(folder.filePath(u"town.pb"_s), bytesOf(town()));
    MapCache maps;
    const QList<Problem> problems = preflight(partsOf(agents, workflow, folder.path()), maps);
    QVERIFY(!hasErrors(problems));
    QCOMPARE(hasProblem(problems, QLatin1String("month_end")), warned);
}

void TestPreflight::missingParts()
{
    MapCache maps;
    const QList<Problem> problems = preflight({}, maps);
    QCOMPARE(lines(problems), (QStringList{u"error llm missing_key"_s, u"error agents missing_key"_s,
                                  u"error map missing_key"_s, u"error exp.workflow missing_key"_s}));
}

void TestPreflight::sortsAndTakesOthersIn()
{
    QTemporaryDir folder;
    writeFile(folder.filePath(u"town.pb"_s), bytesOf(town()));
    MapCache maps;
    const Problem funds{Severity::Error, u"funds"_s, u"funds"_s, u"no money"_s, u"recharge"_s};
    const Problem runner{Severity::Ok, u"runner"_s, u"runner_ok"_s, u"runner 1.5.7"_s, {}};
    const Problem old{Severity::Warning, u"runner"_s, u"runner_old"_s, u"old"_s, u"update"_s};
    const QList<Problem> problems = preflight(
        partsOf(four(), R"([{"type": "interview", "target_agent": [5, 5], "interview_message": "x", "typo": 1}])",
            folder.path()),
        maps, {runner, old, funds});
    QCOMPARE(lines(problems, true),
        (QStringList{u"error funds funds"_s, u"warning exp.workflow.0.typo unknown_key"_s,
            u"warning exp.workflow.0.target_agent target_twice"_s, u"warning runner runner_old"_s,
            u"ok agents agents_ok"_s, u"ok map.file_path map_ok"_s, u"ok exp.workflow.0 ends_in_interview"_s,
            u"ok llm practice"_s, u"ok runner runner_ok"_s}));
    QVERIFY(hasErrors(problems));
}

void TestPreflight::mapsPathsBack()
{
    Parts lists;
    lists.llm.document = json("[]");
    lists.workflow.document = json("[]");
    Parts objects;
    objects.llm.document = json(R"({"llm": []})");
    objects.workflow.document = json(R"({"workflow": []})");
    const auto path = [](const Parts &parts, const QString &run) { return partPath(parts, run)->path; };
    QCOMPARE(path(lists, u"llm.0.model"_s), u"0.model"_s);
    QCOMPARE(path(objects, u"llm.0.model"_s), u"llm.0.model"_s);
    QCOMPARE(path(lists, u"exp.workflow.2.days"_s), u"2.days"_s);
    QCOMPARE(path(objects, u"exp.workflow.2.days"_s), u"workflow.2.days"_s);
    QCOMPARE(path(objects, u"exp.environment.start_tick"_s), u"environment.start_tick"_s);
    QCOMPARE(path(objects, u"logging_level"_s), u"logging_level"_s);
    QCOMPARE(path(objects, u"agents.citizens.0"_s), u"citizens.0"_s);
    QCOMPARE(path(objects, u"map.file_path"_s), u"file_path"_s);
    QVERIFY(partPath(objects, u"agents"_s)->kind == Kind::Agents);
    QVERIFY(!partPath(objects, u"funds"_s));
    QVERIFY(!partPath(objects, {}));
}

void TestPreflight::saysWhatIsWell()
{
    QTemporaryDir folder;
    const auto parts = splitRun(json(example(u"practice-day.json"_s, folder.path())), folder.path());
    MapCache maps;
    const QList<Problem> problems = preflight(*parts, maps);
    QVERIFY(!hasErrors(problems));
    QStringList said;
    for (const Problem &problem : problems)
        said.append(problem.message);
    const QString all = said.join(u'\n');
    QVERIFY2(all.contains(u"10 citizens, ids 101–110"_s), qPrintable(all));
    QVERIFY2(all.contains(u"64 areas"_s), qPrintable(all));
}

/// It is checked at every change: that must not take much longer than to take the documents apart.
void TestPreflight::isQuick()
{
    QTemporaryDir folder;
    const Document run = json(example(u"practice-day.json"_s, folder.path()));
    const auto parts = splitRun(run, folder.path());
    MapCache maps;
    (void)preflight(*parts, maps); // the map is read once
    // The best of some: other programs run beside.
    const auto best = [](const auto &work) {
        qint64 least = std::numeric_limits<qint64>::max();
        for (int i = 0; i < 10; ++i) {
            QElapsedTimer timer;
            timer.start();
            work();
            least = std::min(least, timer.nsecsElapsed());
        }
        return least;
    };
    const qint64 checked = best([&] { (void)preflight(*parts, maps); });
    const qint64 apart = best([&] { (void)splitRun(run, folder.path()); });
    QVERIFY2(checked < 20 * apart, qPrintable(u"%1 and %2 ns"_s.arg(checked).arg(apart)));
}

void TestPreflight::merges()
{
    QTemporaryDir folder;
    writeFile(folder.filePath(u"town.pb"_s), bytesOf(town()));
    writeFile(folder.filePath(u"people.json"_s), R"([{"id": 7, "name": "Ann"}])");
    Parts parts = partsOf(
        R"({"citizens": [{"agent_class": "citizen", "memory_from_file": "people.json", "colour": "red"}], "metrics": []})",
        R"({"workflow": [{"type": "step", "steps": 2, "typo": 1}], "environment": {"start_tick": 3600, "wether": "x"}, "logging_level": "DEBUG"})",
        folder.path());
    const ExperimentId id = ExperimentId::random();
    const auto merged = merge(parts, {id, u"Mein “Versuch”"_s});
    QVERIFY(merged.has_value());
    const QJsonObject run = QJsonDocument::fromJson(merged->runnerJson).object();
    QCOMPARE(run[u"env"_s][u"home_dir"_s].toString(), u"home"_s);
    QCOMPARE(run[u"env"_s][u"db"_s][u"enabled"_s].toBool(), true);
    QCOMPARE(run[u"map"_s][u"file_path"_s].toString(), u"home/map.pb"_s);
    QCOMPARE(merged->mapFile, folder.filePath(u"town.pb"_s));
    QCOMPARE(run[u"exp"_s][u"id"_s].toString(), id.text());
    QCOMPARE(run[u"exp"_s][u"name"_s].toString(), u"Mein “Versuch”"_s);
    QCOMPARE(run[u"exp"_s][u"workflow"_s].toArray().at(0).toObject(),
        (QJsonObject{{u"type"_s, u"step"_s}, {u"steps"_s, 2}}));
    QCOMPARE(run[u"exp"_s][u"environment"_s].toObject(), (QJsonObject{{u"start_tick"_s, 3600}}));
    QCOMPARE(run[u"logging_level"_s].toString(), u"DEBUG"_s);
    const QJsonObject group = run[u"agents"_s][u"citizens"_s].toArray().at(0).toObject();
    QCOMPARE(group[u"memory_from_file"_s].toString(), folder.filePath(u"people.json"_s));
    QVERIFY(!group.contains(u"colour"_s));
    QVERIFY(!run[u"agents"_s].toObject().contains(u"metrics"_s));
    QCOMPARE(merged->profileFiles, QStringList{folder.filePath(u"people.json"_s)});
    QCOMPARE(merged->population.citizens(), 1);
    QVERIFY(merged->practice);
    // Key order is the documents'.
    QVERIFY(merged->runnerJson.indexOf("\"llm\"") < merged->runnerJson.indexOf("\"env\""));
    QVERIFY(merged->runnerJson.indexOf("\"type\"") < merged->runnerJson.indexOf("\"steps\""));
}

void TestPreflight::mergesEveryEntry()
{
    QTemporaryDir folder;
    Parts parts = partsOf(four(), R"([{"type": "step"}])", folder.path());
    parts.llm.document = json(R"({"llm": [
        {"provider": "qwen", "model": "qwen-plus", "api_key": "@secret:3", "concurrency": 20, "timeout": 20},
        {"provider": "custom", "model": "local", "base_url": "http://127.0.0.1:8000/v1/", "api_key": "none"},
        {"provider": "vllm", "model": "gpt-4o", "api_key": "sk-CANARY"},
        {"provider": "practice", "model": "practice"}]})");
    const auto merged = merge(parts, {ExperimentId::random(), u"x"_s});
    QVERIFY(merged.has_value());
    QVERIFY(!merged->practice);
    QCOMPARE(
        merged->entries, (QList<LlmEntry>{{u"qwen"_s, {}, u"qwen-plus"_s, 3, 20},
                             {u"custom"_s, u"http://127.0.0.1:8000/v1"_s, u"local"_s, -1, 200},
                             {u"openai"_s, {}, u"gpt-4o"_s, -1, 200}, {u"practice"_s, {}, u"practice"_s, -1, 200}}));
    QCOMPARE(llmEntries(parts.llm.document), merged->entries);
    QVERIFY(!merged->runnerJson.contains("CANARY"));
    QVERIFY(!merged->runnerJson.contains("@secret"));
    const QJsonArray llm = QJsonDocument::fromJson(merged->runnerJson)[u"llm"_s].toArray();
    QCOMPARE(llm.size(), 4);
    for (qsizetype i = 0; i < llm.size(); ++i) {
        QCOMPARE(llm[i][u"provider"_s].toString(), u"vllm"_s);
        QCOMPARE(llm[i][u"base_url"_s].toString(), u"@GATEWAY@/%1/v1"_s.arg(i));
        QCOMPARE(llm[i][u"api_key"_s].toString(), u"@TOKEN@"_s);
    }
    QCOMPARE(llm[0][u"timeout"_s].toInt(), 20);
}

void TestPreflight::refusesToMergeNonsense()
{
    QTemporaryDir folder;
    for (const char *text : {"null", "3", "[]", "{}", "[3]"}) {
        const QByteArray good(R"([{"type": "step"}])");
        Parts llm = partsOf(four(), good, folder.path());
        llm.llm.document = json(text);
        QCOMPARE(merge(llm, {}).error().code, u"merge_invalid"_s);
        QCOMPARE(merge(partsOf(text, good, folder.path()), {}).error().path, u"agents"_s);
        QCOMPARE(merge(partsOf(four(), text, folder.path()), {}).error().path, u"exp.workflow"_s);
        Parts map = partsOf(four(), good, folder.path());
        map.map.document = json(text);
        QCOMPARE(merge(map, {}).error().path, u"map"_s);
    }
}

void TestPreflight::summarizes()
{
    QTemporaryDir folder;
    const auto parts = splitRun(json(example(u"every-step-type.json"_s, folder.path())), folder.path());
    const CheckContext context{folder.path(), nullptr};
    QCOMPARE(summary(Kind::Agents, parts->agents.document, context).first(), u"4 citizens, ids 5–8"_s);
    QCOMPARE(summary(Kind::Map, parts->map.document, context).first(), u"64 areas, 1.6 km"_s);
    QCOMPARE(summary(Kind::Llm, json(R"([{"provider": "practice", "model": "practice"}])")),
        QStringList{u"scripted, free, no network"_s});
    const QList<StepSummary> steps = workflowSteps(parts->workflow.document);
    QCOMPARE(steps.size(), 14);
    QCOMPARE(steps[0].text, u"survey “Mood” to 5–6"_s);
    QCOMPARE(steps[1].text, u"2 rounds × 300 s"_s);
    QCOMPARE(steps[5].text, u"interview “How are you? 你好” to 5, 1"_s);
    QCOMPARE(steps[6].text, u"survey “Mood” to citizen"_s);
    QCOMPARE(steps[12].text, u"0.01 days in rounds of 300 s"_s);
    QCOMPARE(steps[12].path, u"workflow.12"_s);
    QCOMPARE(summary(Kind::Workflow, parts->workflow.document).size(), 7);
    const WorkflowPlan plan = workflowPlan(parts->workflow.document);
    QCOMPARE(plan.startTick, 28800);
    QCOMPARE(plan.steps.size(), 14);
    for (const Kind kind : allKinds()) {
        for (const char *text :
            {"null", "3", "[3]", R"({"workflow": 3, "citizens": [{}], "file_path": 3, "llm": [3]})"})
            QVERIFY(!summary(kind, json(text)).isEmpty());
    }
}

QTEST_GUILESS_MAIN(TestPreflight)
#include "tst_preflight.moc"
