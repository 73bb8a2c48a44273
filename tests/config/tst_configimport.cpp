// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/config/storefixture.h"

using namespace society;
using namespace society::config;

class TestConfigImport : public StoreFixture {
    Q_OBJECT

private slots:
    void init() { makeWorkspace(); }
    void cleanup() { dropWorkspace(); }

    void importsARunFile();
    void importsTheSameOnce();
    void importsParts_data();
    void importsParts();
    void importsYaml();
    void takesKeysOut();
    void failingKeychainMakesNothing();
    void dropsKeysWithoutKeychain();
    void copiesFilesByHash();
    void missingFilesAreSaid();
    void refusesWhatItCannotTell_data();
    void refusesWhatItCannotTell();
    void exportsParts();
    void exportImportRoundTrip();
};

void TestConfigImport::importsARunFile()
{
    file(u"in/run.json"_s, example(u"practice-day.json"_s, path(u"in"_s)));
    const auto report = m_store->importFiles({path(u"in/run.json"_s)}, options());
    QVERIFY2(report.has_value(), report ? "" : qPrintable(report.error().message));
    QCOMPARE(report->made.size(), 4);
    const QList<Kind> kinds{Kind::Llm, Kind::Agents, Kind::Map, Kind::Workflow};
    for (qsizetype i = 0; i < 4; ++i) {
        QVERIFY(report->made[i].kind == kinds[i]);
        QCOMPARE(report->made[i].name, u"practice day"_s);
        QCOMPARE(report->made[i].version, 1);
        QVERIFY(report->made[i].created);
    }
    QVERIFY(hasProblem(report->notes, QLatin1String("env_ours")));
    const auto map = m_store->show(u"lab"_s, {report->made[2].id, 0});
    QVERIFY(map.has_value());
    const QString stored = map->document.value(u"file_path"_s).toString();
    QVERIFY2(stored.startsWith(u"maps/"_s) && stored.endsWith(u".pb"_s), qPrintable(stored));
    QCOMPARE(map->author, u"ann"_s);
    MapCache maps;
    const auto parts = m_store->parts(
        u"lab"_s, {{report->made[0].id, 1}, {report->made[1].id, 0}, {report->made[2].id, 0}, {report->made[3].id, 0}});
    QVERIFY(parts.has_value());
    QCOMPARE(lines(preflight(*parts, maps)), QStringList());
    QVERIFY(merge(*parts, {ExperimentId::random(), u"x"_s}).has_value());
}

void TestConfigImport::importsTheSameOnce()
{
    file(u"in/run.json"_s, example(u"practice-day.json"_s, path(u"in"_s)));
    const auto first = m_store->importFiles({path(u"in/run.json"_s)}, options());
    ImportOptions named = options();
    named.name = u"another name"_s;
    const auto again = m_store->importFiles({path(u"in/run.json"_s), path(u"in/run.json"_s)}, named);
    QVERIFY(again.has_value());
    QCOMPARE(again->made.size(), 8);
    for (qsizetype i = 0; i < 8; ++i) {
        QVERIFY(!again->made[i].created);
        QCOMPARE(again->made[i].id, first->made[i % 4].id);
        QCOMPARE(again->made[i].name, u"practice day"_s);
    }
    QCOMPARE(m_store->list(u"lab"_s)->size(), 4);
    // Twice in one import, and another tenant's own.
    const auto other = m_store->importFiles({path(u"in/run.json"_s), path(u"in/run.json"_s)}, options(u"other"_s));
    QVERIFY(other.has_value());
    QVERIFY(other->made[0].created && !other->made[4].created);
    QCOMPARE(other->made[4].name, u"practice day"_s);
    QCOMPARE(m_store->list(u"other"_s)->size(), 4);
}

void TestConfigImport::importsParts_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QByteArray>("text"); // empty: as given
    QTest::newRow("llm") << u"a.json"_s << QByteArray("[{\"provider\": \"practice\", \"model\": \"m\"}]\n") << u"llm"_s
                         << QByteArray();
    QTest::newRow("one llm") << u"a.json"_s << QByteArray("{\n  \"provider\": \"practice\", \"model\": \"m\"\n}\n")
                             << u"llm"_s
                             << QByteArray("[\n  {\n    \"provider\": \"practice\", \"model\": \"m\"\n  }\n]\n");
    QTest::newRow("agents") << u"a.json"_s << QByteArray("{\"citizens\":[{\"agent_class\":\"citizen\"}]}")
                            << u"agents"_s << QByteArray();
    QTest::newRow("wrapped agents") << u"a.json"_s << QByteArray("{\"agents\": {\"citizens\":[]}}") << u"agents"_s
                                    << QByteArray("{\"citizens\":[]}\n");
    QTest::newRow("steps") << u"a.json"_s << QByteArray("[{\"type\": \"step\"}]") << u"workflow"_s << QByteArray();
    QTest::newRow("survey") << u"a.json"_s << QByteArray("{\"id\": \"x\", \"pages\": []}") << u"survey"_s
                            << QByteArray();
    QTest::newRow("of AgentSociety's store")
        << u"a.json"_s << QByteArray("{\"name\": \"Mine\", \"description\": \"d\", \"config\": [{\"type\": \"step\"}]}")
        << u"workflow"_s << QByteArray("[{\"type\": \"step\"}]\n");
    QTest::newRow("csv") << u"a.csv"_s << QByteArray("name,age\nAnn,3\n") << u"profile"_s << QByteArray("columns");
    QTest::newRow("people") << u"a.json"_s << QByteArray("[{\"id\": 1, \"name\": \"Ann\"}]") << u"profile"_s
                            << QByteArray("columns");
    QTest::newRow("lines") << u"a.jsonl"_s << QByteArray("{\"id\": 1}\n{\"id\": 2}\n") << u"profile"_s
                           << QByteArray("columns");
    QTest::newRow("map") << u"a.pb"_s << bytesOf(town(2)) << u"map"_s << QByteArray("maps/");
}

void TestConfigImport::importsParts()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, bytes);
    QFETCH(QString, kind);
    QFETCH(QByteArray, text);
    file(u"in/"_s + name, bytes);
    const auto report = m_store->importFiles({path(u"in/"_s + name)}, options());
    QVERIFY2(report.has_value(), report ? "" : qPrintable(report.error().message));
    QCOMPARE(report->made.size(), 1);
    QCOMPARE(kindName(report->made[0].kind), kind);
    QCOMPARE(report->made[0].name, bytes.contains("Mine") ? u"Mine"_s : u"a"_s);
    const auto stored = m_store->show(u"lab"_s, {report->made[0].id, 0});
    QVERIFY(stored.has_value());
    const bool isExact = text.isEmpty() || text.contains('[') || text.contains('{');
    if (isExact)
        QCOMPARE(stored->document.text(), text.isEmpty() ? bytes : text);
    else
        QVERIFY(stored->document.text().contains(text));
    if (kind == u"profile" || kind == u"map")
        QCOMPARE(lines(check(report->made[0].kind, stored->document, {m_workspace.root(), nullptr})), QStringList());
}

void TestConfigImport::importsYaml()
{
    file(u"in/run.yaml"_s,
        "# mine\nllm:\n- {provider: practice, model: m}\nexp:\n  name: Über\n  workflow:\n  - {type: step}\n");
    const auto report = m_store->importFiles({path(u"in/run.yaml"_s)}, options());
    QVERIFY(report.has_value());
    QCOMPARE(report->made.size(), 2);
    QCOMPARE(report->made[1].name, u"Über"_s);
    file(u"in/w.yml"_s, "- type: step\n  steps: 2\n");
    const auto part = m_store->importFiles({path(u"in/w.yml"_s)}, options());
    QVERIFY(part.has_value());
    QVERIFY(hasProblem(part->notes, QLatin1String("yaml_as_json")));
    QCOMPARE(m_store->show(u"lab"_s, {part->made[0].id, 0})->document.value(u"0.steps"_s).toInt(), 2);
}

void TestConfigImport::takesKeysOut()
{
    const QByteArray text =
        QByteArray(R"([{"provider": "qwen", "model": "a", "api_key": ")") + Key +
        R"("}, {"provider": "vllm", "model": "b", "base_url": "http://x/v1", "api_key": "none"}, {"provider": "qwen", "model": "c", "api_key": "********"}, {"provider": "qwen", "model": "d"}])";
    file(u"in/llm.json"_s, text);
    const auto report = m_store->importFiles({path(u"in/llm.json"_s)}, options());
    QVERIFY(report.has_value());
    const ConfigId id = report->made[0].id;
    QCOMPARE(m_keys.size(), 1);
    QCOMPARE(m_keys.value(id.text() + u"/0"_s), QByteArray(Key));
    const auto stored = m_store->show(u"lab"_s, {id, 0});
    QCOMPARE(stored->document.value(u"0.api_key"_s).toString(), u"@secret:0"_s);
    QCOMPARE(stored->document.value(u"1.api_key"_s).toString(), u"none"_s);
    QCOMPARE(stored->document.value(u"2.api_key"_s).toString(), u"@secret:2"_s);
    QCOMPARE(stored->document.value(u"3.api_key"_s).toString(), u"@secret:3"_s);
    QCOMPARE(
        lines(report->notes), (QStringList{u"warning 2.api_key key_missing"_s, u"warning 3.api_key key_missing"_s}));
    QVERIFY(!isKeyAnywhere());
    // The same with another key is the same document; its key is the newer one.
    QByteArray changed = text;
    file(u"in/llm.json"_s, changed.replace("CANARY", "CANARY-2-"));
    const auto again = m_store->importFiles({path(u"in/llm.json"_s)}, options());
    QVERIFY(again.has_value());
    QVERIFY(!again->made[0].created);
    QVERIFY(m_keys.value(id.text() + u"/0"_s).contains("CANARY-2-"));
}

void TestConfigImport::failingKeychainMakesNothing()
{
    file(u"in/llm.json"_s, QByteArray(R"([{"provider": "qwen", "model": "a", "api_key": ")") + Key + "\"}]");
    ImportOptions refusing = options();
    refusing.storeSecret = [](const ConfigId &, int, const QByteArray &) -> Result<> {
        return fail(ErrorKind::Refused, "keychain", u"locked"_s);
    };
    const auto report = m_store->importFiles({path(u"in/llm.json"_s)}, refusing);
    QVERIFY(!report);
    QCOMPARE(report.error().code, u"keychain"_s);
    QVERIFY(m_store->list(u"lab"_s)->isEmpty());
}

void TestConfigImport::dropsKeysWithoutKeychain()
{
    ImportOptions none = options();
    none.storeSecret = {};
    file(u"in/llm.json"_s, QByteArray(R"([{"provider": "qwen", "model": "a", "api_key": ")") + Key + "\"}]");
    const auto report = m_store->importFiles({path(u"in/llm.json"_s)}, none);
    QVERIFY(report.has_value());
    QVERIFY(hasProblem(report->notes, QLatin1String("key_dropped")));
    QVERIFY(!isKeyAnywhere());
}

void TestConfigImport::copiesFilesByHash()
{
    file(u"in/town.pb"_s, bytesOf(town(2)));
    file(u"in/same.pb"_s, bytesOf(town(2)));
    file(u"in/people.csv"_s, "id,name\n7,Ann\n");
    file(u"in/agents.json"_s, R"({"citizens": [{"agent_class": "citizen", "memory_from_file": "people.csv"}]})");
    file(u"in/map.json"_s, R"({"file_path": "./town.pb"})");
    const auto report =
        m_store->importFiles({path(u"in/map.json"_s), path(u"in/same.pb"_s), path(u"in/agents.json"_s)}, options());
    QVERIFY2(report.has_value(), report ? "" : qPrintable(report.error().message));
    const QString hash =
        QString::fromLatin1(QCryptographicHash::hash(bytesOf(town(2)), QCryptographicHash::Sha256).toHex());
    for (int i = 0; i < 2; ++i)
        QCOMPARE(m_store->show(u"lab"_s, {report->made[i].id, 0})->document.value(u"file_path"_s).toString(),
            u"maps/%1.pb"_s.arg(hash));
    QCOMPARE(QDir(m_workspace.maps()).entryList(QDir::Files), QStringList{hash + u".pb"_s});
    const Document agents = m_store->show(u"lab"_s, {report->made[2].id, 0})->document;
    const QString people = agents.value(u"citizens.0.memory_from_file"_s).toString();
    QVERIFY2(people.startsWith(u"profiles/"_s) && people.endsWith(u".json"_s),
        qPrintable(people)); // AgentSociety reads no CSV
    QFile stored(m_workspace.root() + u'/' + people);
    QVERIFY(stored.open(QIODevice::ReadOnly));
    QVERIFY(stored.readAll().contains("\"Ann\""));
    QCOMPARE(stored.permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
}

void TestConfigImport::missingFilesAreSaid()
{
    file(u"in/map.json"_s, R"({"file_path": "none.pb"})");
    const auto report = m_store->importFiles({path(u"in/map.json"_s)}, options());
    QVERIFY(report.has_value());
    QCOMPARE(lines(report->notes), QStringList{u"warning file_path map_missing"_s});
    QCOMPARE(m_store->show(u"lab"_s, {report->made[0].id, 0})->document.value(u"file_path"_s).toString(),
        path(u"in/none.pb"_s));
}

void TestConfigImport::refusesWhatItCannotTell_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("code");
    QTest::newRow("unknown object") << u"a.json"_s << QByteArray("{\"x\": 1}") << u"kind_unknown"_s;
    QTest::newRow("number") << u"a.json"_s << QByteArray("3") << u"kind_unknown"_s;
    QTest::newRow("not JSON") << u"a.json"_s << QByteArray("{") << u"json_invalid"_s;
    QTest::newRow("not YAML") << u"a.yaml"_s << QByteArray("a: [") << u"yaml_invalid"_s;
    QTest::newRow("no map") << u"a.pb"_s << QByteArray("x") << u"map_unreadable"_s;
    QTest::newRow("no table") << u"a.csv"_s << QByteArray("") << u"profile_unreadable"_s;
    QTest::newRow("empty run") << u"a.json"_s << QByteArray("{\"exp\": {}}") << u"import_empty"_s;
}

void TestConfigImport::refusesWhatItCannotTell()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, bytes);
    QFETCH(QString, code);
    file(u"in/good.json"_s, "[{\"type\": \"step\"}]");
    file(u"in/"_s + name, bytes);
    const auto alone = m_store->importFiles({path(u"in/"_s + name)}, options());
    QVERIFY(!alone);
    QCOMPARE(alone.error().code, code);
    QVERIFY(!alone.error().remedy.isEmpty());
    if (code != u"import_empty") { // all or nothing
        QVERIFY(!m_store->importFiles({path(u"in/good.json"_s), path(u"in/"_s + name)}, options()));
        QVERIFY(m_store->list(u"lab"_s)->isEmpty());
    }
    QCOMPARE(m_store->importFiles({path(u"in/none.json"_s)}, options()).error().code, u"file_missing"_s);
}

void TestConfigImport::exportsParts()
{
    const QByteArray text("[ {\"provider\": \"qwen\",  \"model\": \"a\", \"api_key\": \"sk-CANARY\"} ]");
    const ConfigId llm = make(Kind::Llm, text, u"l"_s);
    QCOMPARE(*m_store->exportText(u"lab"_s, {{llm, 0}}),
        QByteArray("[ {\"provider\": \"qwen\",  \"model\": \"a\", \"api_key\": \"\"} ]"));
    const QByteArray steps("{ \"workflow\": [ {\"type\": \"step\", \"days\": 1.50} ] }\n");
    const ConfigId workflow = make(Kind::Workflow, steps, u"w"_s);
    QCOMPARE(*m_store->exportText(u"lab"_s, {{workflow, 0}}), steps); // byte for byte
    QCOMPARE(m_store->exportText(u"lab"_s, {{workflow, 0}, {llm, 0}}).error().code, u"export_parts"_s);
    QCOMPARE(
        m_store->exportText(u"lab"_s, {{workflow, 0}, {llm, 0}, {llm, 0}, {llm, 0}}).error().code, u"export_parts"_s);
    file(u"in/town.pb"_s, bytesOf(town(2)));
    file(u"in/people.csv"_s, "id,name\n7,Ann\n");
    const auto files = m_store->importFiles({path(u"in/town.pb"_s), path(u"in/people.csv"_s)}, options());
    QVERIFY(m_store->exportFile(u"lab"_s, {{files->made[0].id, 0}}, path(u"out.pb"_s)).has_value());
    QFile map(path(u"out.pb"_s));
    QVERIFY(map.open(QIODevice::ReadOnly));
    QCOMPARE(map.readAll(), bytesOf(town(2)));
    QVERIFY(m_store->exportText(u"lab"_s, {{files->made[1].id, 0}})->contains("Ann"));
    QCOMPARE(m_store->exportFile(u"lab"_s, {{workflow, 0}}, path(u"out.pb"_s)).error().code, u"export_parts"_s);
}

void TestConfigImport::exportImportRoundTrip()
{
    QByteArray run = example(u"practice-day.json"_s, path(u"in"_s));
    run.replace("\"vllm\"", "\"qwen\"")
        .replace("\"none\"", "\"sk-CANARY\"")
        .replace("   \"base_url\": \"http://127.0.0.1:8123/v1\",\n", "");
    file(u"in/run.json"_s, run);
    const auto first = m_store->importFiles({path(u"in/run.json"_s)}, options());
    QVERIFY2(first.has_value(), first ? "" : qPrintable(first.error().message));
    QCOMPARE(m_keys.size(), 1);
    QList<ConfigRef> refs;
    for (const Imported &made : first->made)
        refs.append({made.id, made.version});
    QVERIFY(m_store->exportFile(u"lab"_s, refs, path(u"out.json"_s)).has_value());
    QFile out(path(u"out.json"_s));
    QVERIFY(out.open(QIODevice::ReadOnly));
    QVERIFY(!out.readAll().contains("CANARY"));
    const auto again = m_store->importFiles({path(u"out.json"_s)}, options());
    QVERIFY2(again.has_value(), again ? "" : qPrintable(again.error().message));
    for (qsizetype i = 0; i < 4; ++i) {
        QVERIFY2(!again->made[i].created, qPrintable(kindName(again->made[i].kind)));
        QCOMPARE(again->made[i].id, first->made[i].id);
    }
}

QTEST_GUILESS_MAIN(TestConfigImport)
#include "tst_configimport.moc"
