// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/config/storefixture.h"

using namespace society;
using namespace society::config;

class TestConfigStore : public StoreFixture {
    Q_OBJECT

private slots:
    void init() { makeWorkspace(); }
    void cleanup() { dropWorkspace(); }

    void names();
    void finds();
    void tenants();
    void savesVersions();
    void conflicts();
    void versionsNeverChange();
    void keepsNumbersOfKeys();
    void duplicatesWithoutKey();
    void refusesToRemoveWhatIsUsed();
    void partsOfASelection();
    void installsSamples();
    void keepsUnicodeAndLongNames();
};

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
    const auto refused = m_store->create(Kind::Workflow, "[{\"type\": \"step\", \"steps\": 3}]", taken);
    QCOMPARE(refused.error().code, u"name_taken"_s);
    // The same name in another kind is no matter.
    QVERIFY(!make(Kind::Agents, R"({"citizens": []})", u"a"_s).isNull());
    const auto rows = m_store->list(u"lab"_s, Kind::Workflow);
    QCOMPARE(m_store->rename(u"lab"_s, rows->at(1).id, u"a"_s).error().code, u"name_taken"_s);
    QCOMPARE(m_store->rename(u"lab"_s, rows->at(1).id, u" z "_s)->name, u"z"_s);
    for (const QString &bad : {QString(), u"  "_s, QString(201, u'x'), u"a\nb"_s})
        QCOMPARE(m_store->rename(u"lab"_s, rows->at(1).id, bad).error().code, u"name_invalid"_s);
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
    // On a server not even an admin may try; what its owner is told, tst_serverrules asks.
    const QString refused = test::isOnServer() ? u"role_forbids"_s : u"immutable"_s;
    QCOMPARE(store::execute(
                 *m_database, u"UPDATE configuration_versions SET text = 'x' WHERE configuration = ?"_s, {id.text()})
                 .error()
                 .code,
        refused);
    QCOMPARE(store::execute(*m_database, u"DELETE FROM configuration_versions WHERE configuration = ?"_s, {id.text()})
                 .error()
                 .code,
        refused);
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
    // Exported, edited and saved: the key is not lost with the empty text that stands for it.
    auto exported = m_store->exportText(u"lab"_s, {{id, 0}});
    QVERIFY(!exported->contains("secret"));
    const auto back = m_store->save(u"lab"_s, id, 0, exported->replace("\"c\"", "\"d\""), options());
    QVERIFY(back.has_value());
    QCOMPARE(back->document.value(u"1.api_key"_s).toString(), u"@secret:1"_s);
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
