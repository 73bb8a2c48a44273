// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gateway/gatewayprocess.h"
#include "tests/gateway/httpclient.h"

#include <QDirIterator>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>
#include <csignal>
#include <memory>
#include <sys/resource.h>
#include <vector>

using namespace Qt::StringLiterals;

namespace {

const QString kRadius = u"{\"radius\": 10000}"_s;

/// The state letter of a process, `-` where it is gone.
char stateOf(qint64 pid)
{
    QFile stat(u"/proc/%1/stat"_s.arg(pid));
    if (!stat.open(QIODevice::ReadOnly))
        return '-';
    const QByteArray text = stat.readAll();
    return text.mid(text.lastIndexOf(')') + 2, 1).at(0);
}

QByteArray fileContents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

/// The real process, answered by its practice model: what the runner and the keeper see of it.
class GatewayServerTest : public QObject {
    Q_OBJECT

private slots:
    void answersAndWritesDownFirst();
    void callsTools();
    void servesManyOnOneConnection();
    void refusesWhoLacksTheToken();
    void refusesOtherRequests_data();
    void refusesOtherRequests();
    void takesBigBodies();
    void refusesHugeBodies();
    void listsModels();
    void goesOnWhereAnotherEnded();
    void leavesWholeLinesWhenKilled();
    void endsWithWhoStartedIt();
    void spendsNothingThatCannotBeWrittenDown();
    void saysWhyItDoesNotStart_data();
    void saysWhyItDoesNotStart();
    void keepsSecretsToItself();
};

void GatewayServerTest::answersAndWritesDownFirst()
{
    GatewayProcess gateway({practiceEntry()});
    QVERIFY(gateway.start());
    QCOMPARE(gateway.usageText(), QByteArray("{\"schema\":1,\"experiment\":\"0d6e\"}\n"));
    for (int n = 1; n <= 5; ++n) {
        const HttpReply reply = complete(gateway.port(), 0, chatBody(kRadius));
        const QList<QJsonObject> usage = gateway.usage(); // its line is there as soon as the answer is
        QCOMPARE(reply.status, 200);
        QCOMPARE(reply.headers.value("content-type"), QByteArray("application/json"));
        QCOMPARE(reply.message()["content"_L1].toString(), u"{\"radius\": 7000}"_s);
        QCOMPARE(usage.size(), n);
        QJsonObject line = usage.constLast();
        QVERIFY(QDateTime::fromString(line.take("t"_L1).toString(), Qt::ISODateWithMs).isValid());
        QVERIFY(line.take("latency_ms"_L1).toInt() >= 0);
        QCOMPARE(line.take("upstream_id"_L1), reply.json()["id"_L1]);
        const QJsonObject expected{{u"seq"_s, n}, {u"entry"_s, 0}, {u"model"_s, u"practice"_s},
            {u"kind"_s, u"radius"_s}, {u"tokens_in"_s, 5}, {u"tokens_out"_s, 4}, {u"estimated"_s, false},
            {u"cached_in"_s, 0}, {u"reasoning"_s, 0}, {u"status"_s, 200}, {u"retries"_s, 0}, {u"error"_s, QString()}};
        QCOMPARE(line, expected);
        const QJsonObject tokens = reply.json()["usage"_L1].toObject();
        QCOMPARE(tokens["prompt_tokens"_L1].toInt(), 5);
        QCOMPARE(tokens["completion_tokens"_L1].toInt(), 4);
        QCOMPARE(tokens["total_tokens"_L1].toInt(), 9);
    }
}

void GatewayServerTest::callsTools()
{
    GatewayProcess gateway({practiceEntry()});
    QVERIFY(gateway.start());
    const QJsonArray tools = QJsonDocument::fromJson(
        R"([{"type":"function","function":{"name":"select_block","parameters":{"properties":{"block_name":{"enum":["mobilityblock","otherblock"]}}}}}])")
                                 .array();
    const HttpReply reply =
        complete(gateway.port(), 0, chatBody(u"Task information: Go to the park"_s, {{u"tools"_s, tools}}));
    QCOMPARE(reply.status, 200);
    QVERIFY(reply.message()["content"_L1].isNull());
    const QJsonObject call = reply.message()["tool_calls"_L1].toArray().at(0).toObject();
    QCOMPARE(call["type"_L1].toString(), u"function"_s);
    QVERIFY(call["id"_L1].toString().startsWith("call_"_L1));
    QCOMPARE(call["function"_L1].toObject()["name"_L1].toString(), u"select_block"_s);
    QCOMPARE(call["function"_L1].toObject()["arguments"_L1].toString(),
        u"{\"block_name\": \"mobilityblock\", \"reason\": \"It fits: Go to the park\"}"_s);
    QCOMPARE(reply.json()["choices"_L1].toArray().at(0).toObject()["finish_reason"_L1].toString(), u"tool_calls"_s);
    QCOMPARE(gateway.usage().constLast()["kind"_L1].toString(), u"tool"_s);
}

void GatewayServerTest::servesManyOnOneConnection()
{
    GatewayProcess gateway({practiceEntry()});
    QVERIFY(gateway.start());
    HttpCall call(gateway.port());
    for (int n = 0; n < 20; ++n) {
        call.clear();
        call.complete(0, chatBody(kRadius));
        QTRY_VERIFY(call.isFinished());
        QCOMPARE(call.reply().status, 200);
        QVERIFY(call.isConnected());
    }
    // Two at once on one connection, with a request to be asked for, are answered in order.
    call.clear();
    call.send(httpRequest("POST", "/0/v1/chat/completions", chatBody(kRadius)) + httpRequest("GET", "/0/v1/models"));
    QTRY_COMPARE(gateway.usage().size(), 21);
    QTRY_VERIFY(call.reply().isWhole);
    QCOMPARE(call.reply().status, 200);
    HttpCall polite(gateway.port());
    const QByteArray body = chatBody(kRadius);
    polite.send("POST /0/v1/chat/completions HTTP/1.1\r\nAuthorization: Bearer run-token\r\nExpect: "
                "100-continue\r\nContent-Length: " +
                QByteArray::number(body.size()) + "\r\n\r\n");
    polite.send(body);
    QTRY_VERIFY(polite.isFinished());
    QCOMPARE(polite.reply().status, 200);
}

void GatewayServerTest::refusesWhoLacksTheToken()
{
    GatewayProcess gateway({practiceEntry()});
    QVERIFY(gateway.start());
    for (const QByteArray &token : {QByteArray("wrong"), QByteArray(), QByteArray("run-token2")}) {
        const HttpReply reply =
            exchange(gateway.port(), httpRequest("POST", "/0/v1/chat/completions", chatBody(kRadius), token));
        QCOMPARE(reply.status, 401);
        QCOMPARE(reply.errorCode(), u"invalid_api_key"_s);
    }
    QCOMPARE(exchange(gateway.port(), "GET / HTTP/1.1\r\n\r\n").status, 401);
    QVERIFY(gateway.usage().isEmpty()); // not a call of the run
    gateway.send(SIGTERM);
    QCOMPARE(gateway.waitForEnd(), 0);
    QVERIFY2(gateway.errors().contains("4 requests without token"), gateway.errors().constData());
}

void GatewayServerTest::refusesOtherRequests_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("error"); // in usage.jsonl; empty: not a call
    const QByteArray path = "/0/v1/chat/completions";
    QTest::newRow("not JSON") << httpRequest("POST", path, "{\"messages\"") << 400 << u"bad_request"_s;
    QTest::newRow("no object") << httpRequest("POST", path, "[]") << 400 << u"bad_request"_s;
    QTest::newRow("empty body") << httpRequest("POST", path) << 400 << u"bad_request"_s;
    QTest::newRow("not UTF-8") << httpRequest("POST", path, "{\"messages\": \"\xff\"}") << 400 << u"bad_request"_s;
    QTest::newRow("no messages") << httpRequest("POST", path, "{}") << 400 << u"bad_request"_s;
    QTest::newRow("malformed tools") << httpRequest("POST", path, R"({"messages":[{"content":"x"}],"tools":[1]})")
                                     << 400 << u"bad_request"_s;
    QTest::newRow("too deep") << httpRequest("POST", path,
                                     "{\"messages\": [{\"content\": " + QByteArray(200'000, '[') +
                                         QByteArray(200'000, ']') + "}]}")
                              << 400 << u"bad_request"_s;
    QTest::newRow("old HTTP") << httpRequest("POST", path, "{}").replace("HTTP/1.1", "HTTP/1.0") << 505 << QString();
    QTest::newRow("other path") << httpRequest("POST", "/0/v1/embeddings", "{}") << 404 << QString();
    QTest::newRow("no such entry") << httpRequest("POST", "/1/v1/chat/completions", "{}") << 404 << QString();
    QTest::newRow("wrong method") << httpRequest("GET", path) << 405 << QString();
    QTest::newRow("headers too large") << QByteArray("GET / HTTP/1.1\r\nX: ") + QByteArray(40000, 'x') + "\r\n\r\n"
                                       << 431 << QString();
    QTest::newRow("no HTTP") << QByteArray("hello\r\n\r\n") << 400 << QString();
}

void GatewayServerTest::refusesOtherRequests()
{
    QFETCH(QByteArray, request);
    QFETCH(QString, error);
    GatewayProcess gateway({practiceEntry()});
    QVERIFY(gateway.start());
    const HttpReply reply = exchange(gateway.port(), request);
    QTEST(reply.status, "status");
    QVERIFY(!reply.errorCode().isEmpty());
    QCOMPARE(gateway.usage().size(), error.isEmpty() ? 0 : 1);
    if (!error.isEmpty()) {
        QCOMPARE(gateway.usage().constFirst()["error"_L1].toString(), error);
        QCOMPARE(gateway.usage().constFirst()["tokens_in"_L1].toInt(), 0);
    }
    QCOMPARE(complete(gateway.port(), 0, chatBody(kRadius)).status, 200); // it goes on
}

void GatewayServerTest::takesBigBodies()
{
    GatewayProcess gateway({practiceEntry()});
    QVERIFY(gateway.start());
    const QString said = u"你"_s.repeated(1'000'000);
    const HttpReply reply = complete(gateway.port(), 0, chatBody(said));
    QCOMPARE(reply.status, 200);
    QCOMPARE(gateway.usage().constLast()["tokens_in"_L1].toInt(), 250'000);
}

void GatewayServerTest::refusesHugeBodies()
{
    GatewayProcess gateway({practiceEntry()});
    QVERIFY(gateway.start());
    const HttpReply reply = exchange(gateway.port(),
        "POST /0/v1/chat/completions HTTP/1.1\r\nAuthorization: Bearer run-token\r\nContent-Length: 67108865\r\n\r\n" +
            QByteArray(100000, ' '));
    QCOMPARE(reply.status, 413);
    QVERIFY(gateway.usage().isEmpty());
}

void GatewayServerTest::listsModels()
{
    GatewayProcess gateway({practiceEntry()});
    QVERIFY(gateway.start());
    const HttpReply reply = exchange(gateway.port(), httpRequest("GET", "/0/v1/models"));
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.json()["data"_L1].toArray().at(0).toObject()["id"_L1].toString(), u"practice"_s);
    QVERIFY(gateway.usage().isEmpty());
}

void GatewayServerTest::goesOnWhereAnotherEnded()
{
    GatewayProcess gateway({practiceEntry()});
    for (int n = 1; n <= 3; ++n) {
        QVERIFY(gateway.start());
        HttpCall idle(gateway.port()); // a kept connection does not hold it up
        QTRY_VERIFY(idle.isConnected());
        QCOMPARE(complete(gateway.port(), 0, chatBody(kRadius)).status, 200);
        gateway.send(SIGTERM);
        QCOMPARE(gateway.waitForEnd(), 0);
        QCOMPARE(gateway.usage().size(), n);
        QCOMPARE(gateway.usage().constLast()["seq"_L1].toInt(), n);
    }
}

void GatewayServerTest::leavesWholeLinesWhenKilled()
{
    GatewayProcess gateway({practiceEntry()});
    QVERIFY(gateway.start());
    std::vector<std::unique_ptr<HttpCall>> calls;
    for (int n = 0; n < 100; ++n) {
        calls.push_back(std::make_unique<HttpCall>(gateway.port()));
        calls.back()->complete(0, chatBody(kRadius));
    }
    const auto answered = [&calls] {
        return std::count_if(calls.begin(), calls.end(), [](const auto &call) { return call->reply().isWhole; });
    };
    QTRY_VERIFY(answered() >= 10);
    gateway.send(SIGKILL);
    QCOMPARE(gateway.waitForEnd(), -1);
    QTRY_VERIFY(std::all_of(calls.begin(), calls.end(), [](const auto &call) { return call->isFinished(); }));
    QVERIFY(gateway.usageText().endsWith("}\n"));
    const QList<QJsonObject> usage = gateway.usage();
    QVERIFY(usage.size() >= answered()); // no answer without its line
    for (qsizetype n = 0; n < usage.size(); ++n)
        QCOMPARE(usage[n]["seq"_L1].toInt(), n + 1);
}

void GatewayServerTest::endsWithWhoStartedIt()
{
    GatewayProcess gateway({practiceEntry()});
    // A shell that stands for the keeper: the gateway is its child, and it is killed.
    QVERIFY(gateway.startUnder(u"/bin/sh"_s, {u"-c"_s, u"exec 3<&0; \"$@\" <&3 3<&- & wait"_s, u"keeper"_s}));
    const QByteArray children = fileContents(u"/proc/%1/task/%1/children"_s.arg(gateway.pid())).trimmed();
    const qint64 child = children.toLongLong();
    QVERIFY(child > 0);
    QCOMPARE(stateOf(child), 'S');
    gateway.send(SIGKILL);
    QTRY_VERIFY(stateOf(child) == '-' || stateOf(child) == 'Z');
}

void GatewayServerTest::spendsNothingThatCannotBeWrittenDown()
{
    GatewayProcess gateway({practiceEntry()});
    QVERIFY(gateway.start());
    QCOMPARE(complete(gateway.port(), 0, chatBody(kRadius)).status, 200);
    const QByteArray before = gateway.usageText();
    // A limit on file sizes is what a full disk is to a program; the next line fits in part only.
    const rlimit full{static_cast<rlim_t>(before.size()) + 20, RLIM_INFINITY};
    QCOMPARE(::prlimit(static_cast<pid_t>(gateway.pid()), RLIMIT_FSIZE, &full, nullptr), 0);
    const HttpReply reply = complete(gateway.port(), 0, chatBody(kRadius));
    QCOMPARE(reply.status, 503); // the answer is withheld
    QCOMPARE(reply.errorCode(), u"usage_unwritable"_s);
    QCOMPARE(gateway.waitForEnd(), 1);
    QCOMPARE(gateway.usageText(), before); // and no part of a line stays
    QCOMPARE(gateway.events().size(), 1);
    QCOMPARE(gateway.events().constFirst()["event"_L1].toString(), u"usage_unwritable"_s);
}

void GatewayServerTest::saysWhyItDoesNotStart_data()
{
    QTest::addColumn<QJsonObject>("entry");
    QTest::addColumn<QString>("why");
    QTest::newRow("unknown provider") << QJsonObject{{u"provider"_s, u"nobody"_s}} << u"nobody"_s;
    QTest::newRow("key missing") << customEntry(u"http://127.0.0.1:1/v1"_s, {}, u"7"_s) << u"\"7\""_s;
}

void GatewayServerTest::saysWhyItDoesNotStart()
{
    QFETCH(QJsonObject, entry);
    QFETCH(QString, why);
    GatewayProcess gateway({entry});
    QVERIFY(!gateway.start());
    QCOMPARE(gateway.waitForEnd(), 1);
    QVERIFY(!gateway.said().constFirst()["ready"_L1].toBool(true));
    QVERIFY(gateway.said().constFirst()["detail"_L1].toString().contains(why));
    QVERIFY(gateway.errors().contains(why.toUtf8()));
}

void GatewayServerTest::keepsSecretsToItself()
{
    const QByteArray canary = "sk-canary-5d41402abc4b2a76";
    GatewayProcess gateway({customEntry(u"http://127.0.0.1:9/v1"_s, u"m"_s, u"1"_s)});
    gateway.setKeys({{u"1"_s, QString::fromLatin1(canary)}});
    QVERIFY(gateway.start());
    const HttpReply reply = complete(gateway.port(), 0, chatBody(u"a prompt that is nobody's business"_s));
    QCOMPARE(reply.status, 502);
    QList<QByteArray> seen{reply.body, fileContents(u"/proc/%1/cmdline"_s.arg(gateway.pid())),
        fileContents(u"/proc/%1/environ"_s.arg(gateway.pid()))};
    QVERIFY(!seen[1].isEmpty()); // the environment may be closed even to its own user
    gateway.send(SIGTERM);
    QCOMPARE(gateway.waitForEnd(), 0);
    seen << gateway.errors();
    for (const QJsonObject &line : gateway.said())
        seen << QJsonDocument(line).toJson();
    int files = 0;
    for (QDirIterator it(gateway.directory(), QDir::Files | QDir::Hidden); it.hasNext(); ++files)
        seen << fileContents(it.next());
    QCOMPARE(files, 2); // gateway.json and usage.jsonl, and nothing else was left
    for (const QByteArray &text : std::as_const(seen)) {
        QVERIFY2(!text.contains(canary), text.constData());
        QVERIFY2(!text.contains("run-token"), text.constData());
        QVERIFY2(!text.contains("nobody's business"), text.constData());
    }
}

QTEST_GUILESS_MAIN(GatewayServerTest)
#include "tst_gateway_server.moc"
