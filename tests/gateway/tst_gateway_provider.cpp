// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gateway/fakeprovider.h"
#include "tests/gateway/gatewayprocess.h"
#include "tests/gateway/httpclient.h"

#include <QJsonDocument>
#include <QTcpSocket>
#include <QTest>
#include <csignal>
#include <memory>
#include <vector>

using namespace Qt::StringLiterals;

namespace {

const QByteArray kUsage =
    R"({"prompt_tokens": 79, "completion_tokens": 12, "prompt_tokens_details": {"cached_tokens": 64}, "completion_tokens_details": {"reasoning_tokens": 5}})";

void answerAll(const FakeProvider::Request &request)
{
    request.socket->write(httpAnswer(200, completionBody("hello", kUsage)));
}

qint64 sumOf(const QList<QJsonObject> &usage, QLatin1StringView name)
{
    qint64 sum = 0;
    for (const QJsonObject &line : usage)
        sum += line[name].toInteger();
    return sum;
}

} // namespace

/// The real process between the runner and a provider: what goes out, what comes back, what is written down.
class GatewayProviderTest : public QObject {
    Q_OBJECT

private slots:
    void passesOnWhatTheClientWrote();
    void keepsEntriesApart();
    void agreesWithTheProvidersTotals();
    void recordsFaults_data();
    void recordsFaults();
    void estimatesWhatIsNotReported();
    void sendsEachRequestOnce();
    void hidesAKeyThatIsRepeated();
    void takesTwoHundredAtOnce();
    void answersThoseInFlightWhenToldToStop();
    void givesUpThoseThatHang();
};

void GatewayProviderTest::passesOnWhatTheClientWrote()
{
    FakeProvider provider(answerAll);
    GatewayProcess gateway({customEntry(provider.baseUrl() + u"/"_s, u"real-model"_s, u"1"_s)});
    gateway.setKeys({{u"1"_s, u"sk-secret-key"_s}});
    QVERIFY(gateway.start());
    const HttpReply reply = complete(gateway.port(), 0,
        R"({"model": "any",  "messages": [{"role":"user","content":"é\u00e9"}], "max_tokens": null, "temperature": 1.0})");
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.body, completionBody("hello", kUsage)); // byte for byte
    const FakeProvider::Request &asked = provider.requests().constFirst();
    QCOMPARE(asked.line, QByteArray("POST /v1/chat/completions HTTP/1.1"));
    QCOMPARE(asked.headers.value("authorization"), QByteArray("Bearer sk-secret-key"));
    QCOMPARE(asked.headers.value("content-type"), QByteArray("application/json"));
    QCOMPARE(asked.body,
        QByteArray(
            R"({"model": "real-model",  "messages": [{"role":"user","content":"é\u00e9"}], "max_tokens": null, "temperature": 1.0})"));
    const QJsonObject line = gateway.usage().constFirst();
    QCOMPARE(line["model"_L1].toString(), u"real-model"_s);
    QCOMPARE(line["kind"_L1].toString(), QString());
    QCOMPARE(line["tokens_in"_L1].toInt(), 79);
    QCOMPARE(line["tokens_out"_L1].toInt(), 12);
    QCOMPARE(line["cached_in"_L1].toInt(), 64);
    QCOMPARE(line["reasoning"_L1].toInt(), 5);
    QCOMPARE(line["estimated"_L1].toBool(true), false);
    QCOMPARE(line["upstream_id"_L1].toString(), u"cmpl-1"_s);
}

void GatewayProviderTest::keepsEntriesApart()
{
    FakeProvider first(answerAll);
    FakeProvider second(answerAll);
    GatewayProcess gateway(
        {customEntry(first.baseUrl(), u"one"_s, u"a"_s), customEntry(second.baseUrl(), {}, u"b"_s), practiceEntry()});
    gateway.setKeys({{u"a"_s, u"key-of-one"_s}, {u"b"_s, u"key-of-two"_s}});
    QVERIFY(gateway.start());
    QCOMPARE(complete(gateway.port(), 0, chatBody(u"x"_s)).status, 200);
    QCOMPARE(complete(gateway.port(), 1, chatBody(u"x"_s)).status, 200);
    QCOMPARE(complete(gateway.port(), 2, chatBody(u"x"_s)).status, 200);
    QCOMPARE(first.requests().size(), 1);
    QCOMPARE(second.requests().size(), 1);
    QCOMPARE(first.requests()[0].headers.value("authorization"), QByteArray("Bearer key-of-one"));
    QCOMPARE(second.requests()[0].headers.value("authorization"), QByteArray("Bearer key-of-two"));
    QVERIFY(second.requests()[0].body.contains("\"any\"")); // no model of its own: the request's
    QStringList models;
    for (const QJsonObject &line : gateway.usage())
        models << u"%1 %2"_s.arg(line["entry"_L1].toInt()).arg(line["model"_L1].toString());
    QCOMPARE(models, QStringList({u"0 one"_s, u"1 any"_s, u"2 practice"_s}));
}

void GatewayProviderTest::agreesWithTheProvidersTotals()
{
    ScriptedLlm provider;
    QVERIFY(provider.start({u"--api-key"_s, u"sk-right-key"_s}));
    GatewayProcess gateway({customEntry(provider.baseUrl(), u"m"_s, u"1"_s)});
    gateway.setKeys({{u"1"_s, u"sk-right-key"_s}});
    QVERIFY(gateway.start());
    std::vector<std::unique_ptr<HttpCall>> calls;
    for (int n = 0; n < 60; ++n) {
        calls.push_back(std::make_unique<HttpCall>(gateway.port()));
        const QString said = u"Question %1 {\"%2\": 1}"_s.arg(n).arg(n % 2 == 0 ? u"radius"_s : u"selected_option"_s);
        calls.back()->complete(0, chatBody(said, n % 3 == 0 ? QJsonObject{{u"stream"_s, true}} : QJsonObject()));
    }
    for (const auto &call : calls) {
        QTRY_VERIFY_WITH_TIMEOUT(call->isFinished(), 20000);
        QCOMPARE(call->reply().status, 200);
    }
    const QJsonObject totals = provider.totals();
    QCOMPARE(totals["requests"_L1].toInt(), 60);
    QCOMPARE(gateway.usage().size(), 60);
    QVERIFY(totals["prompt_tokens"_L1].toInteger() > 0);
    QCOMPARE(sumOf(gateway.usage(), "tokens_in"_L1), totals["prompt_tokens"_L1].toInteger());
    QCOMPARE(sumOf(gateway.usage(), "tokens_out"_L1), totals["completion_tokens"_L1].toInteger());
    QCOMPARE(sumOf(gateway.usage(), "status"_L1), 60 * 200);
}

void GatewayProviderTest::recordsFaults_data()
{
    QTest::addColumn<QByteArray>("answer"); // empty: none
    QTest::addColumn<bool>("closes");
    QTest::addColumn<int>("clientStatus");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("error");
    QTest::addColumn<int>("tokensIn");
    const QByteArray words = R"({"error": {"message": "no"}})";
    QTest::newRow("401") << httpAnswer(401, words) << false << 401 << 401 << u"key_refused"_s << 0;
    QTest::newRow("429") << httpAnswer(429, words, "Retry-After: 7\r\n") << false << 429 << 429 << u"rate_limited"_s
                         << 0;
    QTest::newRow("500") << httpAnswer(500, words) << false << 500 << 500 << u"http_error"_s << 0;
    QTest::newRow("redirect") << httpAnswer(302, "", "Location: http://127.0.0.1:9/\r\n") << false << 502 << 302
                              << u"http_error"_s << 0;
    QTest::newRow("500 with usage") << httpAnswer(500, R"({"usage": {"prompt_tokens": 7, "completion_tokens": 0}})")
                                    << false << 500 << 500 << u"http_error"_s << 7;
    QTest::newRow("not JSON") << httpAnswer(200, "{\"choices\": [") << false << 200 << 200 << u"malformed"_s << 0;
    QTest::newRow("not UTF-8") << httpAnswer(200, "{\"choices\": [\"\xff\"]}") << false << 200 << 200 << u"malformed"_s
                               << 0;
    QTest::newRow("no choices") << httpAnswer(200, "{}") << false << 200 << 200 << u"malformed"_s << 0;
    QTest::newRow("no choices, but usage")
        << httpAnswer(200, R"({"usage": {"prompt_tokens": 7, "completion_tokens": 1}})") << false << 200 << 200
        << u"malformed"_s << 7;
    QTest::newRow("dropped") << QByteArray() << true << 502 << 0 << u"cut"_s << 0;
    QTest::newRow("cut in the head") << QByteArray("HTTP/1.1 200 OK\r\nContent-") << true << 200 << 200
                                     << u"malformed"_s << 0;
    QTest::newRow("cut in the body") << httpAnswer(200, completionBody("hello", kUsage)).chopped(10) << true << 502
                                     << 200 << u"cut"_s << 0;
    QTest::newRow("no HTTP") << QByteArray("SSH-2.0-OpenSSH\r\n") << true << 502 << 0 << u"malformed"_s << 0;
    QTest::newRow("hangs") << QByteArray() << false << 504 << 0 << u"timeout"_s << 0;
    QTest::newRow("hangs in the body") << httpAnswer(200, completionBody("hello", kUsage)).chopped(10) << false << 504
                                       << 200 << u"timeout"_s << 0;
}

void GatewayProviderTest::recordsFaults()
{
    QFETCH(QByteArray, answer);
    QFETCH(bool, closes);
    bool isFirst = true;
    FakeProvider provider([&](const FakeProvider::Request &request) {
        request.socket->write(
            std::exchange(isFirst, false) ? answer : httpAnswer(200, completionBody("hello", kUsage)));
        if (closes)
            request.socket->disconnectFromHost();
    });
    GatewayProcess gateway({customEntry(provider.baseUrl(), u"m"_s)}, {{u"deadline_ms"_s, 400}});
    QVERIFY(gateway.start());
    const HttpReply reply = complete(gateway.port(), 0, chatBody(u"x"_s));
    QTEST(reply.status, "clientStatus");
    if (reply.status == 429)
        QCOMPARE(reply.headers.value("retry-after"), QByteArray("7"));
    const QList<QJsonObject> usage = gateway.usage();
    QCOMPARE(usage.size(), 1);
    QTEST(usage[0]["status"_L1].toInt(-1), "status");
    QTEST(usage[0]["error"_L1].toString(), "error");
    QTEST(usage[0]["tokens_in"_L1].toInt(-1), "tokensIn");
    QCOMPARE(usage[0]["estimated"_L1].toBool(true), false);
    QCOMPARE(usage[0]["retries"_L1].toInt(-1), 0);
    QCOMPARE(provider.requests().size(), 1);
    QCOMPARE(complete(gateway.port(), 0, chatBody(u"x"_s)).status, 200); // it goes on
}

void GatewayProviderTest::estimatesWhatIsNotReported()
{
    FakeProvider provider([](const FakeProvider::Request &request) {
        request.socket->write(httpAnswer(200, completionBody("你好吗你好", {})));
    });
    GatewayProcess gateway({customEntry(provider.baseUrl())});
    QVERIFY(gateway.start());
    QCOMPARE(complete(gateway.port(), 0, chatBody(u"nine signs"_s)).status, 200);
    const QJsonObject line = gateway.usage().constFirst();
    QVERIFY(line["estimated"_L1].toBool());
    QCOMPARE(line["tokens_in"_L1].toInt(), 3);
    QCOMPARE(line["tokens_out"_L1].toInt(), 2);
    QCOMPARE(line["error"_L1].toString(), QString());
}

void GatewayProviderTest::sendsEachRequestOnce()
{
    // A kept connection that the provider closes on the next request: curl alone would quietly ask again.
    QHash<QTcpSocket *, int> asked;
    FakeProvider provider([&asked](const FakeProvider::Request &request) {
        if (++asked[request.socket] == 1)
            request.socket->write(httpAnswer(200, completionBody("hello", kUsage)));
        else
            request.socket->abort();
    });
    GatewayProcess gateway({customEntry(provider.baseUrl())});
    QVERIFY(gateway.start());
    QCOMPARE(complete(gateway.port(), 0, chatBody(u"x"_s)).status, 200);
    QCOMPARE(complete(gateway.port(), 0, chatBody(u"x"_s)).status, 502);
    QCOMPARE(provider.requests().size(), 2);
    QCOMPARE(gateway.usage().constLast()["error"_L1].toString(), u"cut"_s);
    QCOMPARE(complete(gateway.port(), 0, chatBody(u"x"_s)).status, 200);
}

void GatewayProviderTest::hidesAKeyThatIsRepeated()
{
    FakeProvider provider([](const FakeProvider::Request &request) {
        const QByteArray sent = request.headers.value("authorization");
        const QByteArray escaped = QByteArray(sent).replace('k', "\\u006B");
        request.socket->write(
            httpAnswer(400, R"({"error": {"message": "you sent )" + sent + R"(", "id": ")" + escaped + "\"}}",
                "Retry-After: " + sent + "\r\n"));
    });
    GatewayProcess gateway({customEntry(provider.baseUrl(), {}, u"1"_s)});
    gateway.setKeys({{u"1"_s, u"sk-canary-5d41402a"_s}});
    QVERIFY(gateway.start());
    const HttpReply reply = complete(gateway.port(), 0, chatBody(u"x"_s));
    QCOMPARE(reply.status, 400);
    QVERIFY2(!reply.body.contains("canary") && reply.body.contains("you sent Bearer ***"), reply.body.constData());
    QCOMPARE(reply.json()["error"_L1]["id"_L1].toString(), u"Bearer ***"_s); // with escapes it is the same key
    QCOMPARE(reply.headers.value("retry-after"), QByteArray("Bearer ***"));
}

void GatewayProviderTest::takesTwoHundredAtOnce()
{
    QList<QTcpSocket *> waiting;
    FakeProvider provider([&waiting](const FakeProvider::Request &request) { waiting << request.socket; });
    GatewayProcess gateway({customEntry(provider.baseUrl())});
    QVERIFY(gateway.start());
    std::vector<std::unique_ptr<HttpCall>> calls;
    for (int n = 0; n < 200; ++n) {
        calls.push_back(std::make_unique<HttpCall>(gateway.port()));
        calls.back()->complete(0, chatBody(u"x"_s));
    }
    QTRY_COMPARE_WITH_TIMEOUT(waiting.size(), 200, 30000); // all at once: none is answered yet
    for (QTcpSocket *socket : std::as_const(waiting))
        socket->write(httpAnswer(200, completionBody("hello", kUsage)));
    for (const auto &call : calls) {
        QTRY_VERIFY_WITH_TIMEOUT(call->isFinished(), 20000);
        QCOMPARE(call->reply().status, 200);
    }
    QCOMPARE(gateway.usage().size(), 200);
    QCOMPARE(sumOf(gateway.usage(), "tokens_in"_L1), 200 * 79);
}

void GatewayProviderTest::answersThoseInFlightWhenToldToStop()
{
    QTcpSocket *waiting = nullptr;
    FakeProvider provider([&waiting](const FakeProvider::Request &request) { waiting = request.socket; });
    GatewayProcess gateway({customEntry(provider.baseUrl())});
    QVERIFY(gateway.start());
    HttpCall kept(gateway.port());
    kept.send(httpRequest("GET", "/7/v1/models"));
    QTRY_VERIFY(kept.isFinished());
    HttpCall call(gateway.port());
    call.complete(0, chatBody(u"x"_s));
    QTRY_VERIFY(waiting);
    gateway.send(SIGTERM);
    QTRY_VERIFY(gateway.errors().contains("stopping"));
    HttpCall late(gateway.port());
    QTRY_VERIFY(late.isFinished());
    QVERIFY(!late.isConnected()); // it no longer listens
    waiting->write(httpAnswer(200, completionBody("hello", kUsage)));
    QTRY_VERIFY(call.isFinished());
    QCOMPARE(call.reply().status, 200);
    QCOMPARE(gateway.waitForEnd(), 0);
    QCOMPARE(gateway.usage().size(), 1);
}

void GatewayProviderTest::givesUpThoseThatHang()
{
    FakeProvider provider([](const FakeProvider::Request &) {});
    GatewayProcess gateway({customEntry(provider.baseUrl()), practiceEntry()}, {{u"practice_latency_ms"_s, 60000}});
    QVERIFY(gateway.start());
    HttpCall call(gateway.port());
    call.complete(0, chatBody(u"x"_s));
    HttpCall practice(gateway.port());
    practice.complete(1, chatBody(u"x"_s));
    QTRY_COMPARE(provider.requests().size(), 1);
    gateway.send(SIGTERM);
    QCOMPARE(gateway.waitForEnd(), 0);
    QTRY_VERIFY(call.isFinished());
    QCOMPARE(call.reply().status, 503);
    for (const QJsonObject &line : gateway.usage()) {
        QCOMPARE(line["error"_L1].toString(), u"stopped"_s);
        QCOMPARE(line["status"_L1].toInt(-1), 0);
        QCOMPARE(line["tokens_in"_L1].toInt(-1), 0);
    }
    QVERIFY(!gateway.usage().isEmpty());
}

QTEST_GUILESS_MAIN(GatewayProviderTest)
#include "tst_gateway_provider.moc"
