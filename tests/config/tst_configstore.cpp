// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/configstore.h"
#include "services/store/database.h"
#include "services/store/query.h"
#include "tests/config/configfixture.h"

#include <QCryptographicHash>
#include <QMap>
#include <QTemporaryDir>
#include <QTest>
#include <memory>

using namespace society;
using namespace society::config;
using namespace Qt::StringLiterals;

namespace {

class TestClock final : public Clock {
public:
    QDateTime time{QDate(2026, 1, 1), QTime(12, 0), Qt::UTC};
    QDateTime now() const override { return time; }
};

constexpr const char *Key = "sk-CANARY0123456789";

} // namespace

class TestConfigStore : public QObject {
    Q_OBJECT

private slots:
    void init();
    void cleanup();

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
    void names();
    void finds();
    void tenants();
    void savesVersions();
    void conflicts();
    void versionsNeverChange();
    void keepsNumbersOfKeys();
    void duplicatesWithoutKey();
    void refusesToRemoveWhatIsUsed();
    void exportsParts();
    void exportImportRoundTrip();
    void partsOfASelection();
    void installsSamples();
    void keepsUnicodeAndLongNames();

private:
    QString path(const QString &name) const { return m_folder->filePath(name); }
    void file(const QString &name, const QByteArray &bytes) const { writeFile(path(name), bytes); }
    ImportOptions options(const TenantId &tenant = u"lab"_s)
    {
        ImportOptions options;
        options.tenant = tenant;
        options.author = u"ann"_s;
        options.storeSecret = [this](const ConfigId &id, int number, const QByteArray &key) -> Result<> {
            m_keys.insert(id.text() + u'/' + QString::number(number), key);
            return {};
        };
        return options;
    }
    ConfigId make(Kind kind, const QByteArray &text, const QString &name, const TenantId &tenant = u"lab"_s)
    {
        ImportOptions with = options(tenant);
        with.name = name;
        const auto stored = m_store->create(kind, text, with);
        return stored ? stored->row.id : ConfigId();
    }
    // An experiment that names four configurations, as the table wants it.
    void experiment(const ConfigId &llm, const QString &name)
    {
        const auto inserted = store::execute(*m_database,
            u"INSERT INTO experiments (id, tenant, name, state, created_at, llm, llm_version) VALUES (?, 'lab', ?, 'finished', ?, ?, 1)"_s,
            {ExperimentId::random().text(), name, toIso(m_clock.now()), llm.text()});
        QVERIFY2(inserted.has_value(), inserted ? "" : qPrintable(inserted.error().detail));
    }
    bool isKeyAnywhere() const
    {
        QFile database(m_workspace.database());
        QFile journal(m_workspace.database() + u"-wal"_s);
        bool found = false;
        for (QFile *one : {&database, &journal}) {
            if (one->open(QIODevice::ReadOnly))
                found = found || one->readAll().contains("CANARY");
        }
        return found;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<store::Database> m_database;
    std::unique_ptr<ConfigStore> m_store;
    Workspace m_workspace;
    TestClock m_clock;
    QMap<QString, QByteArray> m_keys;
};

void TestConfigStore::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(QDir(m_folder->path()).mkdir(u"in"_s));
    m_workspace = Workspace(path(u"ws"_s));
    QVERIFY(m_workspace.create().has_value());
    auto database = store::Database::open(m_workspace.database());
    QVERIFY2(database.has_value(), database ? "" : qPrintable(database.error().message));
    m_database = std::move(*database);
    for (const QString &tenant : {u"lab"_s, u"other"_s}) {
        QVERIFY(store::execute(*m_database, u"INSERT INTO tenants (id, name, created_at) VALUES (?, ?, ?)"_s,
            {tenant, tenant, toIso(m_clock.now())})
                    .has_value());
    }
    m_store = std::make_unique<ConfigStore>(*m_database, m_workspace, m_clock);
    m_keys.clear();
}

void TestConfigStore::cleanup()
{
    m_store.reset();
    m_database.reset();
    m_folder.reset();
}

void TestConfigStore::importsARunFile()
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

void TestConfigStore::importsTheSameOnce()
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

void TestConfigStore::importsParts_data()
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

void TestConfigStore::importsParts()
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

void TestConfigStore::importsYaml()
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

void TestConfigStore::takesKeysOut()
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

void TestConfigStore::failingKeychainMakesNothing()
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

void TestConfigStore::dropsKeysWithoutKeychain()
{
    ImportOptions none = options();
    none.storeSecret = {};
    none.name = u"x"_s;
    const auto report =
        m_store->importText(QByteArray(R"([{"provider": "qwen", "model": "a", "api_key": ")") + Key + "\"}]", none);
    QVERIFY(report.has_value());
    QVERIFY(hasProblem(report->notes, QLatin1String("key_dropped")));
    QVERIFY(!isKeyAnywhere());
}

void TestConfigStore::copiesFilesByHash()
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

void TestConfigStore::missingFilesAreSaid()
{
    file(u"in/map.json"_s, R"({"file_path": "none.pb"})");
    const auto report = m_store->importFiles({path(u"in/map.json"_s)}, options());
    QVERIFY(report.has_value());
    QCOMPARE(lines(report->notes), QStringList{u"warning file_path map_missing"_s});
    QCOMPARE(m_store->show(u"lab"_s, {report->made[0].id, 0})->document.value(u"file_path"_s).toString(),
        path(u"in/none.pb"_s));
}

void TestConfigStore::refusesWhatItCannotTell_data()
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

void TestConfigStore::refusesWhatItCannotTell()
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

void TestConfigStore::names()
{
    file(u"in/a.json"_s, "[{\"type\": \"step\"}]");
    file(u"in/b.json"_s, "[{\"type\": \"step\", \"steps\": 2}]");
    QCOMPARE(m_store->importFiles({path(u"in/a.json"_s)}, options())->made[0].name, u"a"_s);
    QVERIFY(QFile::remove(path(u"in/a.json"_s)) && QFile::rename(path(u"in/b.json"_s), path(u"in/a.json"_s)));
    QCOMPARE(m_store->importFiles({path(u"in/a.json"_s)}, options())->made[0].name,
        u"a 2"_s); // another text of the same name
    ImportOptions taken = options();
    taken.name = u"a"_s;
    const auto refused = m_store->importText("[{\"type\": \"step\", \"steps\": 3}]", taken);
    QCOMPARE(refused.error().code, u"name_taken"_s);
    // The same name in another kind is no matter.
    QVERIFY(!make(Kind::Agents, R"({"citizens": []})", u"a"_s).isNull());
    const auto rows = m_store->list(u"lab"_s, Kind::Workflow);
    QCOMPARE(m_store->rename(u"lab"_s, rows->at(1).id, u"a"_s).error().code, u"name_taken"_s);
    QCOMPARE(m_store->rename(u"lab"_s, rows->at(1).id, u" z "_s)->name, u"z"_s);
    for (const QString &bad : {QString(), u"  "_s, QString(201, u'x'), u"a\nb"_s})
        QCOMPARE(m_store->rename(u"lab"_s, rows->at(1).id, bad).error().code, u"name_invalid"_s);
    QCOMPARE(m_store->describe(u"lab"_s, rows->at(1).id, u"about"_s)->description, u"about"_s);
}

void TestConfigStore::finds()
{
    const ConfigId a = make(Kind::Workflow, "[{\"type\": \"step\"}]", u"Morning"_s);
    const ConfigId b = make(Kind::Agents, R"({"citizens": []})", u"Morning"_s);
    QCOMPARE(m_store->find(u"lab"_s, a.text())->id, a);
    QCOMPARE(m_store->find(u"lab"_s, a.text().toUpper())->id, a);
    QCOMPARE(m_store->find(u"lab"_s, a.digits())->id, a);
    QCOMPARE(m_store->find(u"lab"_s, a.text().left(8))->id, a);
    QCOMPARE(m_store->find(u"lab"_s, a.text().left(12).toUpper())->id, a);
    QCOMPARE(m_store->find(u"lab"_s, u"Morning"_s, Kind::Agents)->id, b);
    const auto ambiguous = m_store->find(u"lab"_s, u"Morning"_s);
    QCOMPARE(ambiguous.error().code, u"config_ambiguous"_s);
    QVERIFY2(ambiguous.error().message.contains(a.text()) && ambiguous.error().message.contains(b.text()),
        qPrintable(ambiguous.error().message));
    QCOMPARE(m_store->find(u"lab"_s, a.text(), Kind::Agents).error().code, u"config_kind"_s);
    QCOMPARE(m_store->find(u"lab"_s, u"morning"_s).error().code, u"config_not_found"_s);
    QCOMPARE(m_store->find(u"lab"_s, a.text().left(3)).error().code, u"config_not_found"_s);
    QCOMPARE(m_store->find(u"lab"_s, u"%"_s).error().code, u"config_not_found"_s);
    QCOMPARE(m_store->find(u"lab"_s, ConfigId::random().text()).error().code, u"config_not_found"_s);
    QVERIFY(m_store->find(u"lab"_s, ConfigId::random().text()).error().kind == ErrorKind::NotFound);
}

void TestConfigStore::tenants()
{
    const ConfigId mine = make(Kind::Workflow, "[{\"type\": \"step\"}]", u"mine"_s);
    const ConfigId shared = make(Kind::Workflow, "[{\"type\": \"step\"}]", u"shared"_s, {});
    const ConfigId theirs = make(Kind::Workflow, "[{\"type\": \"step\"}]", u"theirs"_s, u"other"_s);
    QStringList names;
    const auto rows = m_store->list(u"lab"_s);
    QVERIFY(rows.has_value());
    for (const ConfigRow &row : *rows)
        names.append(row.name);
    QCOMPARE(names, (QStringList{u"mine"_s, u"shared"_s}));
    QCOMPARE(m_store->find(u"lab"_s, theirs.text()).error().code, u"config_foreign"_s);
    QVERIFY(m_store->show(u"lab"_s, {theirs, 0}).error().kind == ErrorKind::Forbidden);
    QCOMPARE(m_store->find(u"lab"_s, u"theirs"_s).error().code, u"config_not_found"_s);
    QVERIFY(m_store->show(u"lab"_s, {shared, 0}).has_value());
    QCOMPARE(m_store->save(u"lab"_s, shared, 0, "[]", options()).error().code, u"public_read_only"_s);
    QCOMPARE(m_store->rename(u"lab"_s, shared, u"x"_s).error().code, u"public_read_only"_s);
    QCOMPARE(m_store->remove(u"lab"_s, shared).error().code, u"public_read_only"_s);
    QVERIFY(m_store->rename({}, shared, u"for all"_s).has_value()); // the admin
    QVERIFY(m_store->remove(u"lab"_s, mine).has_value());
    QCOMPARE(m_store->find(u"lab"_s, u"mine"_s).error().code, u"config_not_found"_s);
    QVERIFY(m_store->show(u"lab"_s, {mine, 0}).has_value()); // records still name it
}

void TestConfigStore::savesVersions()
{
    const ConfigId id = make(Kind::Workflow, "[{\"type\": \"step\"}]", u"w"_s);
    m_clock.time = m_clock.time.addSecs(60);
    const auto second = m_store->save(u"lab"_s, id, 1, "[{\"type\":   \"step\", \"steps\": 2}]", options());
    QVERIFY2(second.has_value(), second ? "" : qPrintable(second.error().message));
    QCOMPARE(second->version, 2);
    QCOMPARE(second->row.version, 2);
    QCOMPARE(second->document.text(), QByteArray("[{\"type\":   \"step\", \"steps\": 2}]"));
    QCOMPARE(second->row.updatedAt, m_clock.time);
    QCOMPARE(m_store->save(u"lab"_s, id, 2, second->document.text(), options())->version, 2); // nothing new
    QCOMPARE(m_store->show(u"lab"_s, {id, 1})->document.text(), QByteArray("[{\"type\": \"step\"}]"));
    QCOMPARE(m_store->show(u"lab"_s, {id, 3}).error().code, u"version_not_found"_s);
    const auto versions = m_store->versions(u"lab"_s, id);
    QCOMPARE(versions->size(), 2);
    QCOMPARE(versions->first().version, 2);
    QCOMPARE(versions->first().sha256,
        QString::fromLatin1(QCryptographicHash::hash(second->document.text(), QCryptographicHash::Sha256).toHex()));
    QVERIFY(!m_store->save(u"lab"_s, id, 2, "[{", options()));
    QCOMPARE(m_store->show(u"lab"_s, {id, 0})->version, 2);
    // A text with problems is kept: it is checked where it is used.
    QCOMPARE(m_store->save(u"lab"_s, id, 2, "[{\"type\": 3}]", options())->version, 3);
}

void TestConfigStore::conflicts()
{
    const ConfigId id = make(Kind::Workflow, "[{\"type\": \"step\"}]", u"w"_s);
    QVERIFY(m_store->save(u"lab"_s, id, 1, "[{\"type\": \"run\"}]", options()).has_value());
    const auto late = m_store->save(u"lab"_s, id, 1, "[{\"type\": \"next_round\"}]", options());
    QCOMPARE(late.error().code, u"version_conflict"_s);
    QVERIFY(m_store->save(u"lab"_s, id, 0, "[{\"type\": \"next_round\"}]", options()).has_value());
}

void TestConfigStore::versionsNeverChange()
{
    const ConfigId id = make(Kind::Workflow, "[{\"type\": \"step\"}]", u"w"_s);
    QCOMPARE(store::execute(
                 *m_database, u"UPDATE configuration_versions SET text = 'x' WHERE configuration = ?"_s, {id.text()})
                 .error()
                 .code,
        u"immutable"_s);
    QCOMPARE(store::execute(*m_database, u"DELETE FROM configuration_versions WHERE configuration = ?"_s, {id.text()})
                 .error()
                 .code,
        u"immutable"_s);
}

void TestConfigStore::keepsNumbersOfKeys()
{
    const auto text = [](const char *provider, const char *key, const char *model) {
        return QByteArray("[{\"provider\": \"") + provider + "\", \"model\": \"" + model + "\", \"api_key\": \"" + key +
               "\"}]";
    };
    const ConfigId id = make(Kind::Llm, text("qwen", Key, "a"), u"l"_s);
    QCOMPARE(m_keys.keys(), QStringList{id.text() + u"/0"_s});
    // The same provider: the key is renewed in its place.
    QVERIFY(m_store->save(u"lab"_s, id, 0, text("qwen", "sk-CANARY-new", "b"), options()).has_value());
    QCOMPARE(m_keys.value(id.text() + u"/0"_s), QByteArray("sk-CANARY-new"));
    QCOMPARE(m_keys.size(), 1);
    // Another provider: version 1 must not send the new key to the old address.
    const auto moved = m_store->save(u"lab"_s, id, 0, text("deepseek", "sk-CANARY-other", "c"), options());
    QVERIFY(moved.has_value());
    QCOMPARE(moved->document.value(u"0.api_key"_s).toString(), u"@secret:1"_s);
    QCOMPARE(m_keys.value(id.text() + u"/1"_s), QByteArray("sk-CANARY-other"));
    QCOMPARE(m_keys.value(id.text() + u"/0"_s), QByteArray("sk-CANARY-new"));
    // A new entry before one that keeps its reference.
    const auto two = m_store->save(u"lab"_s, id, 0,
        R"([{"provider": "qwen", "model": "n", "api_key": "sk-CANARY-n"}, {"provider": "deepseek", "model": "c", "api_key": "@secret:1"}])",
        options());
    QVERIFY(two.has_value());
    QCOMPARE(two->document.value(u"0.api_key"_s).toString(), u"@secret:2"_s);
    QCOMPARE(two->document.value(u"1.api_key"_s).toString(), u"@secret:1"_s);
    QVERIFY(!isKeyAnywhere());
}

void TestConfigStore::duplicatesWithoutKey()
{
    const ConfigId shared = make(
        Kind::Llm, QByteArray(R"([{"provider": "qwen", "model": "a", "api_key": ")") + Key + "\"}]", u"Qwen"_s, {});
    m_keys.clear();
    const auto copy = m_store->duplicate(u"lab"_s, shared, u"My Qwen"_s, u"ann"_s);
    QVERIFY(copy.has_value());
    QCOMPARE(copy->row.tenant, u"lab"_s);
    QVERIFY(copy->row.id != shared);
    QVERIFY(m_keys.isEmpty());
    QCOMPARE(copy->document.value(u"0.api_key"_s).toString(), u"@secret:0"_s); // of its own id, so there is none yet
    QCOMPARE(m_store->duplicate(u"lab"_s, shared, u"My Qwen"_s).error().code, u"name_taken"_s);
}

void TestConfigStore::refusesToRemoveWhatIsUsed()
{
    const ConfigId id = make(Kind::Llm, R"([{"provider": "practice", "model": "m"}])", u"l"_s);
    experiment(id, u"Rumour"_s);
    experiment(id, u"Storm"_s);
    QCOMPARE(m_store->list(u"lab"_s)->first().usedBy, 2);
    QCOMPARE(m_store->usedBy(u"lab"_s, id)->size(), 2);
    const auto refused = m_store->remove(u"lab"_s, id);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, u"config_used"_s);
    QVERIFY2(refused.error().message.contains(u"Rumour"_s) && refused.error().message.contains(u"Storm"_s),
        qPrintable(refused.error().message));
    QVERIFY(
        store::execute(*m_database, u"UPDATE experiments SET deleted_at = ?"_s, {toIso(m_clock.now())}).has_value());
    QCOMPARE(m_store->list(u"lab"_s)->first().usedBy, 0);
    QVERIFY(m_store->remove(u"lab"_s, id).has_value());
    QVERIFY(!make(Kind::Llm, R"([{"provider": "practice", "model": "m"}])", u"l"_s).isNull()); // the name is free again
}

void TestConfigStore::exportsParts()
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

void TestConfigStore::exportImportRoundTrip()
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

void TestConfigStore::partsOfASelection()
{
    const ConfigId llm = make(Kind::Llm, R"([{"provider": "practice", "model": "m"}])", u"l"_s);
    const ConfigId agents = make(Kind::Agents, R"({"citizens": [{"agent_class": "citizen"}]})", u"a"_s);
    const ConfigId map = make(Kind::Map, R"({"file_path": "maps/x.pb"})", u"m"_s);
    const ConfigId workflow = make(Kind::Workflow, R"([{"type": "step"}])", u"Morning"_s);
    const auto parts = m_store->parts(u"lab"_s, {{llm, 0}, {agents, 1}, {map, 0}, {workflow, 0}});
    QVERIFY(parts.has_value());
    QCOMPARE(parts->name, u"Morning"_s);
    QCOMPARE(parts->map.folder, m_workspace.root());
    QCOMPARE(
        m_store->parts(u"lab"_s, {{agents, 0}, {agents, 0}, {map, 0}, {workflow, 0}}).error().code, u"config_kind"_s);
    QCOMPARE(m_store->parts(u"lab"_s, {{llm, 7}, {agents, 0}, {map, 0}, {workflow, 0}}).error().code,
        u"version_not_found"_s);
}

void TestConfigStore::installsSamples()
{
    writeFile(m_workspace.maps() + u"/practice-town.pb"_s, bytesOf(town(2)));
    QList<Sample> samples{
        {Kind::Llm, u"Practice model"_s, u"Free"_s, R"([{"provider": "practice", "model": "practice"}])", {}},
        {Kind::Map, u"Practice town"_s, {}, R"({"file_path": "practice-town.pb"})", m_workspace.maps()}};
    const auto first = m_store->installSamples(samples);
    QVERIFY2(first.has_value(), first ? "" : qPrintable(first.error().message));
    QVERIFY(first->made[0].created && first->made[1].created);
    const auto rows = m_store->list(u"lab"_s);
    QCOMPARE(rows->size(), 2);
    QVERIFY(rows->first().tenant.isEmpty());
    QCOMPARE(rows->first().description, u"Free"_s);
    QCOMPARE(m_store->show(u"lab"_s, {first->made[1].id, 0})->document.value(u"file_path"_s).toString(),
        u"maps/practice-town.pb"_s);
    const auto again = m_store->installSamples(samples);
    QVERIFY(!again->made[0].created && !again->made[1].created);
    samples[0].document = R"([{"provider": "practice", "model": "practice", "concurrency": 50}])";
    QCOMPARE(m_store->installSamples(samples)->made[0].version, 2);
    // What the admin changed stays.
    QVERIFY(m_store->save({}, first->made[0].id, 0, R"([{"provider": "practice", "model": "mine"}])", options({}))
                .has_value());
    QCOMPARE(m_store->installSamples(samples)->made[0].version, 3);
    QCOMPARE(m_store->list(u"lab"_s)->size(), 2);
}

void TestConfigStore::keepsUnicodeAndLongNames()
{
    const QString name = u"小城的一天 🏙️ — "_s + QString(150, u'长');
    const ConfigId id =
        make(Kind::Workflow, QByteArray("[{\"type\": \"step\", \"description\": \"你好 \\ud83c\\udfd9\"}]"), name);
    QCOMPARE(m_store->find(u"lab"_s, name)->id, id);
    QVERIFY(m_store->show(u"lab"_s, {id, 0})->document.text().contains("你好 \\ud83c\\udfd9"));
    file(u"in/"_s + QString(80, u'长') + u".json"_s, "[{\"type\": \"run\"}]");
    QCOMPARE(m_store->importFiles({path(u"in/"_s + QString(80, u'长') + u".json"_s)}, options())->made[0].name,
        QString(80, u'长'));
}

QTEST_GUILESS_MAIN(TestConfigStore)
#include "tst_configstore.moc"
