// SPDX-License-Identifier: GPL-3.0-or-later
// What the keeper is told, by its starter and by its companions.
#include "app/keeper/json.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <csignal>

using namespace society;
using namespace society::keeper;
using namespace Qt::StringLiterals;

namespace {

/// launch.json with fields set or, where the value is undefined, taken away. "a.b" is below "a".
QByteArray launchWith(const QString &path, const QJsonValue &value)
{
    QJsonObject root = QJsonDocument::fromJson(R"({"schema": 1, "id": "x",
        "runner": {"argv": ["/bin/true"], "cwd": "/", "env": {"A": "B"}}})")
                           .object();
    const QStringList parts = path.split(u'.');
    if (parts.size() == 2) {
        QJsonObject inner = root[parts[0]].toObject();
        inner.insert(parts[1], value);
        root.insert(parts[0], inner);
    } else if (!path.isEmpty()) {
        root.insert(path, value);
    }
    return QJsonDocument(root).toJson();
}

std::string_view view(const QByteArray &text)
{
    return {text.constData(), static_cast<std::size_t>(text.size())};
}

} // namespace

class KeeperInput : public QObject {
    Q_OBJECT
private slots:
    void readsALaunch();
    void refusesALaunch_data();
    void refusesALaunch();
    void addsTheToken();
    void neverRepeatsSecrets();
    void readsAStop_data();
    void readsAStop();
    void readsCompanionLines_data();
    void readsCompanionLines();
};

void KeeperInput::readsALaunch()
{
    const auto launch = parseLaunch(R"({"schema": 1, "id": "x", "more": "ignored",
        "runner": {"argv": ["/bin/true", "-v"], "cwd": "/", "env": {"A": "B", "C": "="}}, "fill": ["runner.json"],
        "companions": [{"name": "gateway", "argv": ["/g"]}], "stop": {"signal": "INT", "grace_ms": 7},
        "phases": [{"name": "runner", "silent_ms": 5}, {"name": "llm", "line": "Initializing", "silent_ms": 9}],
        "alarms": [{"code": "a", "line": "b"}], "policy": {"stalled": "end", "a": "warn"},
        "watch": {"database": "home/sqlite.db", "simulator": "sim", "simulator_until": "llm"},
        "turn": {"lock": "/t", "until_phase": "llm"}, "remove_after": ["/tmp/ray"]})");
    QVERIFY(launch.has_value());
    QCOMPARE(launch->argv, (std::vector<std::string>{"/bin/true", "-v"}));
    QCOMPARE(launch->environment, (std::vector<std::string>{"A=B", "C=="}));
    QCOMPARE(launch->companions.at(0).readyMs, 10000);
    QCOMPARE(launch->stopSignal, SIGINT);
    QCOMPARE(launch->graceMs, 7);
    QCOMPARE(launch->runnerSilentMs, 5);
    QCOMPARE(launch->phases.size(), std::size_t(1));
    QCOMPARE(launch->endsRun.at("stalled"), true);
    QCOMPARE(launch->endsRun.at("a"), false);
    QCOMPARE(launch->simulatorUntil, std::string("llm"));
    QCOMPARE(launch->removeAfter, (std::vector<std::string>{"/tmp/ray"}));
    QVERIFY(parseLaunch(view(launchWith({}, {}))).has_value()); // the shortest one
}

void KeeperInput::refusesALaunch_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("named");
    const auto row = [](const char *name, const QString &path, const QJsonValue &value, const QString &named) {
        QTest::newRow(name) << launchWith(path, value) << named;
    };
    QTest::newRow("not JSON") << QByteArray("{\"schema\": 1,") << u"not a JSON object"_s;
    QTest::newRow("a list") << QByteArray("[]") << u"not a JSON object"_s;
    QTest::newRow("deep") << QByteArray(200000, '[') << u"not a JSON object"_s;
    row("no schema", u"schema"_s, QJsonValue::Null, u"schema"_s);
    row("newer", u"schema"_s, 2, u"another version"_s);
    row("no id", u"id"_s, QJsonValue::Null, u"id"_s);
    row("no program", u"runner.argv"_s, QJsonArray(), u"runner.argv"_s);
    row("relative program", u"runner.argv"_s, QJsonArray{u"python"_s}, u"runner.argv"_s);
    row("number as argument", u"runner.argv"_s, QJsonArray{u"/bin/true"_s, 1}, u"runner.argv"_s);
    row("relative folder", u"runner.cwd"_s, u"here"_s, u"runner.cwd"_s);
    row("bad variable", u"runner.env"_s, QJsonObject{{u"A=B"_s, u"C"_s}}, u"runner.env.A=B"_s);
    row("bad variable's value", u"runner.env"_s, QJsonObject{{u"A"_s, 1}}, u"runner.env.A"_s);
    row("fill outside", u"fill"_s, QJsonArray{u"../runner.json"_s}, u"fill"_s);
    row("fill absolute", u"fill"_s, QJsonArray{u"/etc/passwd"_s}, u"fill"_s);
    row("companion not an object", u"companions"_s, QJsonArray{u"gateway"_s}, u"companions.0.name"_s);
    row("companion without program", u"companions"_s, QJsonArray{QJsonObject{{u"name"_s, u"g"_s}}},
        u"companions.0.argv"_s);
    const QJsonObject twin{{u"name"_s, u"g"_s}, {u"argv"_s, QJsonArray{u"/g"_s}}};
    row("companions of one name", u"companions"_s, QJsonArray{twin, twin}, u"companions.1.name"_s);
    row("other signal", u"stop.signal"_s, u"KILL"_s, u"stop.signal"_s);
    row("negative grace", u"stop.grace_ms"_s, -1, u"stop.grace_ms"_s);
    row("endless grace", u"stop.grace_ms"_s, 1e17, u"stop.grace_ms"_s);
    row("phase without name", u"phases"_s, QJsonArray{QJsonObject{{u"line"_s, u"x"_s}}}, u"phases.0.name"_s);
    row("phase of two lines", u"phases"_s, QJsonArray{QJsonObject{{u"name"_s, u"x"_s}, {u"line"_s, u"a\nb"_s}}},
        u"phases.0"_s);
    row("alarm without line", u"alarms"_s, QJsonArray{QJsonObject{{u"code"_s, u"x"_s}}}, u"alarms.0.line"_s);
    row("other policy", u"policy.stalled"_s, u"perhaps"_s, u"policy.stalled"_s);
    row("relative turn", u"turn.lock"_s, u"turn"_s, u"turn.lock"_s);
    row("removes the root", u"remove_after"_s, QJsonArray{u"/"_s}, u"remove_after"_s);
    row("removes a top folder", u"remove_after"_s, QJsonArray{u"/home"_s}, u"remove_after"_s);
    row("removes a top folder, spelt long", u"remove_after"_s, QJsonArray{u"//home//"_s}, u"remove_after"_s);
    row("removes upwards", u"remove_after"_s, QJsonArray{u"/tmp/x/../.."_s}, u"remove_after"_s);
    row("removes what is relative", u"remove_after"_s, QJsonArray{u"tmp/x/y"_s}, u"remove_after"_s);
}

void KeeperInput::refusesALaunch()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, named);
    const auto launch = parseLaunch(view(text));
    QVERIFY(!launch.has_value());
    QCOMPARE(launch.error().code, std::string("launch"));
    QVERIFY2(QString::fromStdString(launch.error().words).contains(named), launch.error().words.c_str());
}

void KeeperInput::addsTheToken()
{
    Launch launch;
    launch.companions = {{"gateway", {"/g"}, 1}, {"other", {"/o"}, 1}};
    const auto secrets = parseSecrets(R"({"gateway": {"keys": {"1": "sk"}}, "stranger": {"a": 1}})", launch, "0123");
    QVERIFY(secrets.has_value());
    QCOMPARE(secrets->size(), std::size_t(2));
    QCOMPARE(secrets->at("gateway"), std::string("{\"keys\":{\"1\":\"sk\"},\"token\":\"0123\"}\n"));
    QCOMPARE(secrets->at("other"), std::string("{\"token\":\"0123\"}\n"));
    QVERIFY(parseSecrets("{}", launch, "0123").has_value()); // nothing to hand on
}

void KeeperInput::neverRepeatsSecrets()
{
    Launch launch;
    launch.companions = {{"gateway", {"/g"}, 1}};
    for (const char *text :
        {"", "{\"gateway\": \"sk-canary\"}", "sk-canary", "[\"sk-canary\"]", "{\"gateway\": [\"sk-canary\"]}"}) {
        const auto secrets = parseSecrets(text, launch, "0123");
        QVERIFY(!secrets.has_value());
        QVERIFY(secrets.error().words.find("canary") == std::string::npos);
    }
}

void KeeperInput::readsAStop_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("reason");
    QTest::addColumn<int>("grace"); // -1: none
    QTest::newRow("plain") << QByteArray(R"({"schema": 1, "reason": "user"})") << u"user"_s << -1;
    QTest::newRow("budget") << QByteArray(R"({"schema": 1, "reason": "budget", "grace_ms": 250})") << u"budget"_s
                            << 250;
    QTest::newRow("kill") << QByteArray(R"({"schema": 1, "reason": "user", "grace_ms": 0})") << u"user"_s << 0;
    QTest::newRow("other reason") << QByteArray(R"({"reason": "weather"})") << u"user"_s << -1;
    QTest::newRow("bad grace") << QByteArray(R"({"reason": "user", "grace_ms": -5})") << u"user"_s << -1;
    QTest::newRow("grace of text") << QByteArray(R"({"reason": "user", "grace_ms": "0"})") << u"user"_s << -1;
    QTest::newRow("empty") << QByteArray() << u"user"_s << -1;
    QTest::newRow("torn") << QByteArray(R"({"reason": "budg)") << u"user"_s << -1;
}

void KeeperInput::readsAStop()
{
    QFETCH(QByteArray, text);
    QFETCH(int, grace);
    const StopFile stop = parseStop(view(text));
    QTEST(QString::fromStdString(stop.reason), "reason");
    QCOMPARE(stop.graceMs.value_or(-1), grace);
}

void KeeperInput::readsCompanionLines_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("read");
    QTest::newRow("ready") << QByteArray(R"({"ready": true, "port": 4711})") << u"ready 4711"_s;
    QTest::newRow("event") << QByteArray(R"({"event": "llm_unreachable", "detail": "no route"})")
                           << u"event llm_unreachable no route"_s;
    QTest::newRow("not ready") << QByteArray(R"({"ready": false})") << u"failed "_s;
    QTest::newRow("why not") << QByteArray(R"({"ready": false, "detail": "cannot listen"})")
                             << u"failed cannot listen"_s;
    QTest::newRow("no such port") << QByteArray(R"({"ready": true, "port": 70000})") << u"ready 0"_s;
    QTest::newRow("words") << QByteArray("listening") << u"none"_s;
    QTest::newRow("number") << QByteArray("5") << u"none"_s;
    QTest::newRow("nothing") << QByteArray() << u"none"_s;
}

void KeeperInput::readsCompanionLines()
{
    QFETCH(QByteArray, line);
    const auto read = parseCompanionLine(view(line));
    const QString text = !read          ? u"none"_s
                         : read->ready  ? u"ready %1"_s.arg(read->port)
                         : read->failed ? u"failed "_s + QString::fromStdString(read->detail)
                                        : u"event "_s + QString::fromStdString(read->event + " " + read->detail);
    QTEST(text, "read");
}

QTEST_GUILESS_MAIN(KeeperInput)
#include "tst_keeperinput.moc"
