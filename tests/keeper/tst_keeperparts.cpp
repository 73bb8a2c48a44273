// SPDX-License-Identifier: GPL-3.0-or-later
// The keeper's parts by themselves: what it reads, measures and decides.
#include "app/keeper/clocks.h"
#include "app/keeper/json.h"
#include "app/keeper/logreader.h"
#include "app/keeper/logscan.h"
#include "app/keeper/status.h"
#include "app/keeper/verdict.h"
#include "app/keeper/watch.h"
#include "services/executor/runstatus.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
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

/// Clocks that a test sets.
class FakeClocks final : public Clocks {
public:
    [[nodiscard]] Millis wall() const override { return wallNow; }
    [[nodiscard]] Millis monotonic() const override { return monotonicNow; }
    [[nodiscard]] Millis boot() const override { return bootNow; }
    [[nodiscard]] std::string bootId() const override { return "boot"; }

    Millis wallNow = 0;
    Millis monotonicNow = 0;
    Millis bootNow = 0;
};

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

void append(const QString &path, const QByteArray &data)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::Append));
    QCOMPARE(file.write(data), data.size());
}

} // namespace

class KeeperParts : public QObject {
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
    void readsLinesAsTheyGrow();
    void cutsLongLinesWithOverlap();
    void findsErrors_data();
    void findsErrors();
    void clipsWholeCharacters();
    void judges_data();
    void judges();
    void writesStatusThatOthersRead();
    void quotes_data();
    void quotes();
    void measuresWithoutSleep();
    void writesTimes_data();
    void writesTimes();
    void seesSilence();
    void seesASimulatorThatDiesYoung();
    void seesASimulatorThatDiedBetweenTwoLooks();
    void readsProcesses_data();
    void readsProcesses();
    void findsFamilies();
};

void KeeperParts::readsALaunch()
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

void KeeperParts::refusesALaunch_data()
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

void KeeperParts::refusesALaunch()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, named);
    const auto launch = parseLaunch(view(text));
    QVERIFY(!launch.has_value());
    QCOMPARE(launch.error().code, std::string("launch"));
    QVERIFY2(QString::fromStdString(launch.error().words).contains(named), launch.error().words.c_str());
}

void KeeperParts::addsTheToken()
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

void KeeperParts::neverRepeatsSecrets()
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

void KeeperParts::readsAStop_data()
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

void KeeperParts::readsAStop()
{
    QFETCH(QByteArray, text);
    QFETCH(int, grace);
    const StopFile stop = parseStop(view(text));
    QTEST(QString::fromStdString(stop.reason), "reason");
    QCOMPARE(stop.graceMs.value_or(-1), grace);
}

void KeeperParts::readsCompanionLines_data()
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

void KeeperParts::readsCompanionLines()
{
    QFETCH(QByteArray, line);
    const auto read = parseCompanionLine(view(line));
    const QString text = !read          ? u"none"_s
                         : read->ready  ? u"ready %1"_s.arg(read->port)
                         : read->failed ? u"failed "_s + QString::fromStdString(read->detail)
                                        : u"event "_s + QString::fromStdString(read->event + " " + read->detail);
    QTEST(text, "read");
}

void KeeperParts::readsLinesAsTheyGrow()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"log"_s);
    const Fd fd(::open(QFile::encodeName(folder.path()).constData(), O_RDONLY | O_DIRECTORY));
    LogReader reader;
    QVERIFY(!reader.open(fd.get(), "log"));
    append(path, "old\n");
    QVERIFY(reader.open(fd.get(), "log"));
    reader.skip();
    QStringList lines;
    const auto see = [&](std::string_view text, bool) {
        lines += QString::fromUtf8(text.data(), qsizetype(text.size()));
    };
    append(path, "one\ntw");
    QVERIFY(!reader.read(1 << 20, see));
    QCOMPARE(lines, QStringList{u"one"_s});
    append(path, "o\n\nthree");
    QVERIFY(!reader.read(1 << 20, see));
    QCOMPARE(lines, QStringList({u"one"_s, u"two"_s, u""_s}));
    reader.finish(see);
    QCOMPARE(lines.last(), u"three"_s);
    QVERIFY(QFile::resize(path, 0)); // someone empties the file: what is written next is read
    append(path, "four\n");
    QVERIFY(!reader.read(1 << 20, see));
    append(path, "five\n");
    QVERIFY(!reader.read(1 << 20, see));
    QCOMPARE(lines.last(), u"five"_s);
}

void KeeperParts::cutsLongLinesWithOverlap()
{
    QTemporaryDir folder;
    const Fd fd(::open(QFile::encodeName(folder.path()).constData(), O_RDONLY | O_DIRECTORY));
    // Whatever the place of the text in the line, one piece holds it whole.
    for (int at = 7000; at < 9400; at += 37) {
        const QByteArray needle(LogReader::overlap, 'n');
        const QString path = folder.filePath(u"log%1"_s.arg(at));
        append(path, QByteArray(at, 'x') + needle + QByteArray(20000, 'y') + "\n");
        LogReader reader;
        QVERIFY(reader.open(fd.get(), "log" + std::to_string(at)));
        int found = 0;
        int starts = 0;
        std::size_t longest = 0;
        const auto see = [&](std::string_view text, bool start) {
            found += text.find(needle.toStdString()) != std::string_view::npos ? 1 : 0;
            starts += start ? 1 : 0;
            longest = std::max(longest, text.size());
        };
        while (reader.read(4096, see)) {
        }
        QVERIFY(found >= 1);
        QCOMPARE(starts, 1);
        QVERIFY(longest < 2 * LogReader::pieceLimit + LogReader::overlap);
    }
}

void KeeperParts::findsErrors_data()
{
    QTest::addColumn<QStringList>("lines");
    QTest::addColumn<QString>("error");
    const QString fatal = u"t - agentsociety - ERROR - Init error: 'Citizen'"_s;
    const QString mild = u"t - agentsociety - ERROR - Agent 1 is not a citizen agent, so skip the interview"_s;
    QTest::newRow("none") << QStringList{u"t - agentsociety - INFO - an ERROR in words"_s} << QString();
    QTest::newRow("mild") << QStringList{mild, u"t - INFO - more"_s} << mild;
    QTest::newRow("fatal goes before mild") << QStringList{fatal, mild} << fatal;
    QTest::newRow("the last fatal") << QStringList{u"Simulation error: a"_s, u"Simulation error: b"_s}
                                    << u"Simulation error: b"_s;
    QTest::newRow("traceback") << QStringList{mild, u"Traceback (most recent call last):"_s, u"  File"_s, u""_s,
                                      u"    x = 1"_s, u"KeyError: 'demand'"_s, u"after"_s}
                               << u"KeyError: 'demand'"_s;
    QTest::newRow("behind a progress bar")
        << QStringList{u"10%\r20%\rTraceback (most recent call last):"_s, u"  File"_s, u"KeyError: 'demand'\r"_s}
        << u"KeyError: 'demand'"_s;
    QTest::newRow("interrupted") << QStringList{mild, u"Traceback (most recent call last):"_s, u"  File"_s,
                                        u"KeyboardInterrupt"_s}
                                 << mild;
    QTest::newRow("chained") << QStringList{u"Traceback (most recent call last):"_s, u"  File"_s, u"KeyError: 1"_s,
                                    u""_s, u"During handling of the above exception, another exception occurred:"_s,
                                    u""_s, u"Traceback (most recent call last):"_s, u"  File"_s,
                                    u"OSError: [Errno 30] Read-only file system"_s}
                             << u"OSError: [Errno 30] Read-only file system"_s;
}

void KeeperParts::findsErrors()
{
    QFETCH(QStringList, lines);
    ErrorLines errors;
    for (const QString &line : lines)
        errors.see(line.toStdString());
    QTEST(QString::fromStdString(errors.text()), "error");
}

void KeeperParts::clipsWholeCharacters()
{
    const std::string text = "a\xE4\xB8\xAD\xE4\xB8\xAD";
    for (std::size_t limit = 0; limit < 9; ++limit) {
        const std::string_view part = clipped(text, limit);
        QVERIFY(part.size() <= limit);
        QVERIFY(!QString::fromUtf8(part.data(), qsizetype(part.size())).contains(QChar::ReplacementCharacter));
    }
    QCOMPARE(clipped(text, 4).size(), std::size_t(4));
    ErrorLines errors;
    errors.see("Init error: " + std::string(5000, 'x'));
    QCOMPARE(errors.text().size(), ErrorLines::limit);
}

void KeeperParts::judges_data()
{
    QTest::addColumn<int>("exit"); // -1: none
    QTest::addColumn<int>("signal");
    QTest::addColumn<QString>("stop");
    QTest::addColumn<QString>("cause");
    QTest::addColumn<bool>("full");
    QTest::addColumn<QString>("verdict");
    QTest::newRow("well") << 0 << 0 << u""_s << u""_s << false << u"finished finished"_s;
    QTest::newRow("well on a full disk") << 0 << 0 << u""_s << u""_s << true << u"finished finished"_s;
    QTest::newRow("well, stopped late") << 0 << 0 << u"user"_s << u""_s << false << u"finished finished"_s;
    QTest::newRow("stopped") << 1 << 0 << u"user"_s << u""_s << false << u"stopped stopped_user"_s;
    QTest::newRow("stopped by abort") << -1 << 6 << u"budget"_s << u""_s << false << u"stopped stopped_budget"_s;
    QTest::newRow("stopped on a full disk") << 1 << 0 << u"user"_s << u""_s << true << u"stopped stopped_user"_s;
    QTest::newRow("stopped before it began") << -1 << 0 << u"user"_s << u""_s << false << u"stopped stopped_user"_s;
    QTest::newRow("cause") << 1 << 0 << u""_s << u"stalled"_s << false << u"failed stalled"_s;
    QTest::newRow("cause, and well") << 0 << 0 << u""_s << u"companion_died"_s << false << u"failed companion_died"_s;
    QTest::newRow("cause, then a stop") << 1 << 0 << u"user"_s << u"simulator_gone"_s << false
                                        << u"failed simulator_gone"_s;
    QTest::newRow("exit") << 1 << 0 << u""_s << u""_s << false << u"failed exit"_s;
    QTest::newRow("signal") << -1 << 9 << u""_s << u""_s << false << u"failed signal"_s;
    QTest::newRow("full") << 1 << 0 << u""_s << u""_s << true << u"failed disk_full"_s;
}

void KeeperParts::judges()
{
    QFETCH(int, exit);
    QFETCH(int, signal);
    QFETCH(QString, stop);
    QFETCH(QString, cause);
    QFETCH(bool, full);
    Ending ending;
    if (exit >= 0)
        ending.exitCode = exit;
    if (signal > 0)
        ending.signal = signal;
    ending.stopReason = stop.toStdString();
    if (!cause.isEmpty())
        ending.cause = Trouble{cause.toStdString(), "words"};
    ending.diskFull = full;
    const Verdict verdict = judge(ending);
    QTEST(QString::fromStdString(verdict.outcome + " " + verdict.reasonCode), "verdict");
    QVERIFY(cause.isEmpty() || verdict.reason == "words");
}

void KeeperParts::writesStatusThatOthersRead()
{
    Status status;
    status.id = "x";
    status.outcome = "failed";
    status.reasonCode = "exit";
    status.reason = "a \"b\"";
    status.keeper = {10, 9'007'199'254'740'993}; // more than a double holds
    status.runner = {11, 12};
    status.companions = {{"gateway", {13, 14}, 15}};
    status.bootId = "boot";
    status.createdAt = status.heartbeatAt = 1'000;
    status.startedAt = 2'000;
    status.exitCode = 3;
    status.stop = Status::Stop{3'000, "user", 10, 3'010};
    status.phases = {{"companions", 1'000}, {"runner", 2'000}};
    status.warnings = {{"stalled", 2'500, 2'600, "d"}, {"odd", 2'700, std::nullopt, "\xFF"}};
    const QByteArray json = QByteArray::fromStdString(status.toJson());
    const auto read = executor::RunStatus::fromJson(QJsonDocument::fromJson(json).object());
    QVERIFY(read.has_value());
    QCOMPARE(read->id, u"x"_s);
    QCOMPARE(read->outcome, executor::Outcome::Failed);
    QCOMPARE(read->phase, u"runner"_s);
    QCOMPARE(read->reason, u"a \"b\""_s);
    QCOMPARE(read->keeper.startTicks, 9'007'199'254'740'993);
    QCOMPARE(read->runnerSession, 11);
    QCOMPARE(read->companions.value(0).port, 15);
    QCOMPARE(read->startedAt.toMSecsSinceEpoch(), 2'000);
    QVERIFY(!read->endedAt.isValid());
    QCOMPARE(read->exitCode, std::optional(3));
    QVERIFY(!read->signal);
    QCOMPARE(read->stop->killAt.toMSecsSinceEpoch(), 3'010);
    QCOMPARE(read->warnings.value(0).until.toMSecsSinceEpoch(), 2'600);
    QCOMPARE(read->warnings.value(1).detail, QString(QChar::ReplacementCharacter));
}

void KeeperParts::quotes_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("read");
    QTest::newRow("plain") << QByteArray("abc") << u"abc"_s;
    QTest::newRow("escapes") << QByteArray("a\"b\\c\n\t\x01\x7f") << u"a\"b\\c\n\t\u0001\u007f"_s;
    QTest::newRow("Chinese") << QByteArray("\xE4\xB8\xAD") << u"中"_s;
    QTest::newRow("beyond 16 bits") << QByteArray("\xF0\x9F\x98\x80") << u"😀"_s;
    QTest::newRow("cut") << QByteArray("a\xE4\xB8") << u"a\uFFFD\uFFFD"_s;
    QTest::newRow("overlong") << QByteArray("\xC0\xAF") << u"\uFFFD\uFFFD"_s;
    QTest::newRow("surrogate") << QByteArray("\xED\xA0\x80") << u"\uFFFD\uFFFD\uFFFD"_s;
    QTest::newRow("beyond Unicode") << QByteArray("\xF4\x90\x80\x80") << u"\uFFFD\uFFFD\uFFFD\uFFFD"_s;
}

void KeeperParts::quotes()
{
    QFETCH(QByteArray, text);
    const QByteArray json = "[" + QByteArray::fromStdString(quoted(view(text))) + "]";
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    QCOMPARE(error.error, QJsonParseError::NoError);
    QTEST(document[0].toString(), "read");
}

void KeeperParts::measuresWithoutSleep()
{
    FakeClocks clocks;
    clocks.monotonicNow = 1'000;
    clocks.bootNow = 50'000; // the machine slept before
    RunClock run(clocks);
    QCOMPARE(run.ran(), 0);
    run.start();
    clocks.monotonicNow += 5'000;
    clocks.bootNow += 5'000;
    clocks.wallNow -= 3'600'000; // someone sets the clock back
    QCOMPARE(run.ran(), 5'000);
    QCOMPARE(run.suspended(), 0);
    clocks.bootNow += 7'200'000; // two hours of sleep
    clocks.monotonicNow += 100;
    clocks.bootNow += 100;
    QCOMPARE(run.ran(), 5'100);
    QCOMPARE(run.suspended(), 7'200'000);
    run.stop();
    clocks.monotonicNow += 9'000;
    clocks.bootNow += 9'999;
    QCOMPARE(run.ran(), 5'100);
    QCOMPARE(run.suspended(), 7'200'000);
}

void KeeperParts::writesTimes_data()
{
    QTest::addColumn<Millis>("wall");
    QTest::addColumn<QString>("text");
    QTest::newRow("epoch") << Millis(0) << u"1970-01-01T00:00:00.000Z"_s;
    QTest::newRow("now") << Millis(1'795'500'000'007) << u"2026-11-24T06:00:00.007Z"_s;
    QTest::newRow("leap day") << Millis(1'709'164'800'999) << u"2024-02-29T00:00:00.999Z"_s;
}

void KeeperParts::writesTimes()
{
    QFETCH(Millis, wall);
    QTEST(QString::fromStdString(toIso(wall)), "text");
}

void KeeperParts::seesSilence()
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
        append(folder.filePath(QLatin1String(name)), "x");
        QCOMPARE(watch.look(watch.silence(0) * -1 + 95, 100), News::None);
    }
    QVERIFY(QFile::remove(folder.filePath(u"db-journal"_s))); // a transaction's end is a sign of life too
    QCOMPARE(watch.look(watch.silence(0) * -1 + 99, 100), News::None);
    QCOMPARE(watch.silence(10'000'000), 10'000'000 - (600 + 4 * 95 + 99));
    QCOMPARE(watch.look(20'000'000, 0), News::None); // 0: never
}

void KeeperParts::seesASimulatorThatDiesYoung()
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

void KeeperParts::seesASimulatorThatDiedBetweenTwoLooks()
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

void KeeperParts::readsProcesses_data()
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

void KeeperParts::readsProcesses()
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

void KeeperParts::findsFamilies()
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

QTEST_GUILESS_MAIN(KeeperParts)
#include "tst_keeperparts.moc"
