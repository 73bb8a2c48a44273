// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/preflight.h"
#include "tests/config/configfixture.h"

#include <QTemporaryDir>
#include <QTest>

using namespace society;
using namespace society::config;
using namespace Qt::StringLiterals;

class TestRunFile : public QObject {
    Q_OBJECT

private slots:
    void isOne_data();
    void isOne();
    void splits();
    void splitsYamlAlike();
    void notes();
    void roundTrip_data();
    void roundTrip();
    void composesWithoutKeys();
    void composesWhatAgentSocietyTakes();
    void makesPathsAbsolute();
    void detects_data();
    void detects();
};

void TestRunFile::isOne_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("expected");
    QTest::newRow("whole") << QByteArray(R"({"llm": [], "env": {}, "map": {}, "agents": {}, "exp": {}})") << true;
    QTest::newRow("only exp") << QByteArray(R"({"exp": {}})") << true;
    QTest::newRow("two parts") << QByteArray(R"({"llm": [], "map": {}})") << true;
    QTest::newRow("an LLM document") << QByteArray(R"({"llm": []})") << false;
    QTest::newRow("a workflow document") << QByteArray(R"({"workflow": [], "environment": {}})") << false;
    QTest::newRow("list") << QByteArray("[]") << false;
    QTest::newRow("null") << QByteArray("null") << false;
}

void TestRunFile::isOne()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, expected);
    QCOMPARE(isRunFile(json(text)), expected);
    if (!expected)
        QCOMPARE(splitRun(json(text), {}).error().code, u"not_a_run_file"_s);
}

void TestRunFile::splits()
{
    const Document run = json("{\n"
                              "    \"llm\": [{\"provider\": \"practice\", \"model\": \"m\"}],\n"
                              "    \"exp\": {\n"
                              "        \"name\": \"Ruhr 你好\",\n"
                              "        \"workflow\": [\n"
                              "            {\"type\": \"step\", \"steps\": 2.0}\n"
                              "        ],\n"
                              "        \"environment\": {\"weather\": \"rain\"}\n"
                              "    },\n"
                              "    \"agents\": {\n"
                              "        \"citizens\": [ {\"agent_class\": \"citizen\"} ]\n"
                              "    }\n"
                              "}");
    const auto parts = splitRun(run, u"/folder"_s);
    QVERIFY(parts.has_value());
    QCOMPARE(parts->name, u"Ruhr 你好"_s);
    QCOMPARE(parts->agents.folder, u"/folder"_s);
    QCOMPARE(parts->llm.document.text(), QByteArray("[{\"provider\": \"practice\", \"model\": \"m\"}]\n"));
    QCOMPARE(parts->agents.document.text(), QByteArray("{\n    \"citizens\": [ {\"agent_class\": \"citizen\"} ]\n}\n"));
    QCOMPARE(
        parts->workflow.document.text(), QByteArray("{\n  \"workflow\": [\n      {\"type\": \"step\", \"steps\": "
                                                    "2.0}\n  ],\n  \"environment\": {\"weather\": \"rain\"}\n}\n"));
    QVERIFY(!parts->map.document.contains(u"file_path"_s));
}

void TestRunFile::splitsYamlAlike()
{
    const auto yaml = Document::parse("llm:\n- {provider: practice, model: m}\n"
                                      "exp:\n  workflow:\n  - type: step\n    steps: 2\n"
                                      "agents:\n  citizens:\n  - agent_class: citizen\n",
        Format::Yaml);
    QVERIFY(yaml.has_value());
    const auto parts = splitRun(*yaml, {});
    QVERIFY(parts.has_value());
    QCOMPARE(parts->agents.document.value({}), json(R"({"citizens": [{"agent_class": "citizen"}]})").value({}));
    QCOMPARE(parts->workflow.document.value(u"workflow.0.steps"_s).toInt(), 2);
    QCOMPARE(parts->llm.document.format(), Format::Json);
}

void TestRunFile::notes()
{
    QList<Problem> notes;
    const auto parts = splitRun(
        json(
            R"({"llm": [], "env": {}, "map": {}, "advanced": {}, "agent": {}, "exp": {"id": "x", "workflow": [], "num_day": 3}})"),
        {}, &notes);
    QVERIFY(parts.has_value());
    QCOMPARE(lines(notes, true),
        (QStringList{u"ok env env_ours"_s, u"ok exp.id exp_id_ours"_s, u"warning advanced obsolete_key"_s,
            u"warning agent unknown_key"_s, u"warning exp.num_day unknown_key"_s}));
    QVERIFY2(notes[3].remedy.contains(u"“agents”"_s), qPrintable(notes[3].remedy));
}

void TestRunFile::roundTrip_data()
{
    QTest::addColumn<QString>("file");
    const QDir folder(sourcePath(u"tests/data/config"_s));
    for (const QString &name : folder.entryList({u"*.json"_s})) {
        if (name != u"profiles.json" && name != u"three-model-errors.json")
            QTest::newRow(qPrintable(name)) << name;
    }
}

void TestRunFile::roundTrip()
{
    QFETCH(QString, file);
    QTemporaryDir folder;
    const QByteArray text = example(file, folder.path());
    const auto parts = splitRun(json(text), folder.path());
    QVERIFY(parts.has_value());
    const auto composed = composeRun(*parts);
    QVERIFY(composed.has_value());
    const auto again = splitRun(json(*composed), folder.path());
    QVERIFY(again.has_value());
    QCOMPARE(again->agents.document.text(), parts->agents.document.text());
    QCOMPARE(again->map.document.text(), parts->map.document.text());
    QCOMPARE(again->workflow.document.text(), parts->workflow.document.text());
    QCOMPARE(again->llm.document.text(), parts->llm.document.text());
    QCOMPARE(again->name, parts->name);
    QCOMPARE(*composeRun(*again), *composed);
    // Nothing of the original is lost but what is ours.
    const Document whole = json(text);
    const Document back = json(*composed);
    for (const QString &path :
        {u"llm"_s, u"agents"_s, u"map"_s, u"exp.workflow"_s, u"exp.environment"_s, u"exp.name"_s})
        QCOMPARE(back.value(path), whole.value(path));
    QVERIFY(!back.contains(u"exp.id"_s));
}

void TestRunFile::composesWithoutKeys()
{
    Parts parts;
    parts.llm.document = json(
        R"([{"provider": "qwen", "model": "m", "api_key": "@secret:0"}, {"provider": "vllm", "model": "m", "base_url": "http://x/v1", "api_key": "none"}, {"provider": "qwen", "model": "m", "api_key": "sk-CANARY"}])");
    parts.agents.document = json(R"({"citizens": []})");
    parts.map.document = json(R"({"file_path": "/x.pb"})");
    parts.workflow.document = json(R"([{"type": "step"}])");
    const auto run = composeRun(parts);
    QVERIFY(run.has_value());
    QVERIFY(!run->contains("CANARY"));
    QVERIFY(!run->contains("@secret"));
    const Document document = json(*run);
    QCOMPARE(document.value(u"llm.0.api_key"_s).toString(u"-"_s), QString());
    QCOMPARE(document.value(u"llm.1.api_key"_s).toString(), u"none"_s);
}

void TestRunFile::composesWhatAgentSocietyTakes()
{
    Parts parts;
    parts.name = u"a \"name\""_s;
    parts.llm.document =
        json(R"({"llm": [{"provider": "custom", "model": "m", "base_url": "http://x/v1", "api_key": ""}]})");
    parts.agents.document = json(R"({"citizens": []})");
    parts.map.document = json(R"({"file_path": "/x.pb"})");
    parts.workflow.document = json(R"([{"type": "step"}])");
    const auto run = composeRun(parts);
    QVERIFY(run.has_value());
    const Document document = json(*run);
    QCOMPARE(document.value(u"llm.0.provider"_s).toString(), u"vllm"_s);
    QCOMPARE(document.value(u"exp.name"_s).toString(), parts.name);
    QVERIFY(document.value(u"exp.environment"_s).isObject());
    QVERIFY(document.value(u"env.db.enabled"_s).toBool());
    parts.workflow.document = json("{}");
    QCOMPARE(composeRun(parts).error().code, u"merge_invalid"_s);
}

void TestRunFile::makesPathsAbsolute()
{
    Parts parts;
    parts.llm.document = json("[]");
    parts.agents = {
        json(R"({"citizens": [{"agent_class": "citizen", "memory_from_file": "profiles/a.json"}]})"), u"/ws"_s};
    parts.map = {json(R"({"file_path": "maps/../maps/x.pb"})"), u"/ws"_s};
    parts.workflow.document = json(R"([{"type": "step"}])");
    const Document run = json(*composeRun(parts));
    QCOMPARE(run.value(u"map.file_path"_s).toString(), u"/ws/maps/x.pb"_s);
    QCOMPARE(run.value(u"agents.citizens.0.memory_from_file"_s).toString(), u"/ws/profiles/a.json"_s);
}

void TestRunFile::detects_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("kind");
    QTest::newRow("llm list") << QByteArray(R"([{"provider": "x"}])") << u"llm"_s;
    QTest::newRow("llm object") << QByteArray(R"({"llm": []})") << u"llm"_s;
    QTest::newRow("one llm") << QByteArray(R"({"provider": "qwen", "model": "m"})") << u"llm"_s;
    QTest::newRow("agents") << QByteArray(R"({"citizens": []})") << u"agents"_s;
    QTest::newRow("map") << QByteArray(R"({"file_path": "x"})") << u"map"_s;
    QTest::newRow("workflow") << QByteArray(R"({"workflow": []})") << u"workflow"_s;
    QTest::newRow("steps") << QByteArray(R"([{"type": "step"}])") << u"workflow"_s;
    QTest::newRow("survey") << QByteArray(R"({"id": "x", "pages": []})") << u"survey"_s;
    QTest::newRow("people") << QByteArray(R"([{"id": 1, "name": "x"}])") << u"profile"_s;
    QTest::newRow("template") << QByteArray(R"({"agent_class": "citizen"})") << u"template"_s;
    QTest::newRow("unknown") << QByteArray(R"({"x": 1})") << QString();
    QTest::newRow("empty") << QByteArray("[]") << QString();
}

void TestRunFile::detects()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, kind);
    const auto found = detectKind(json(text));
    QCOMPARE(found ? kindName(*found) : QString(), kind);
}

QTEST_GUILESS_MAIN(TestRunFile)
#include "tst_runfile.moc"
