// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gateway/fakeprovider.h"
#include "tests/gateway/gatewayprocess.h"
#include "tests/gateway/httpclient.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTcpSocket>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

void answerAll(const FakeProvider::Request &request)
{
    request.socket->write(
        httpAnswer(200, completionBody("hello", R"({"prompt_tokens": 79, "completion_tokens": 12})")));
}

/// The program's verdict on an endpoint.
QJsonObject verdictOn(const QJsonObject &request)
{
    QProcess process;
    process.start(gatewayProgram(), {u"--test-endpoint"_s});
    process.write(QJsonDocument(request).toJson());
    process.closeWriteChannel();
    if (!QTest::qWaitFor([&process] { return process.state() == QProcess::NotRunning; }, 15000) ||
        process.exitCode() != 0)
        return {{u"code"_s, u"did not end well"_s}};
    return QJsonDocument::fromJson(process.readAllStandardOutput()).object();
}

} // namespace

/// The way to a provider: refused keys, dead ends, proxies, certificates, and the test of an endpoint.
class GatewayEndpointTest : public QObject {
    Q_OBJECT

private slots:
    void reportsARefusedKeyOnce();
    void reportsADeadEndpoint();
    void asksProxiesForTheProviderOnly();
    void checksCertificates();
    void testsEndpoints();
    void neverRepeatsTheKey();
    void exportsItsProviders();
};

void GatewayEndpointTest::reportsARefusedKeyOnce()
{
    ScriptedLlm provider;
    QVERIFY(provider.start({u"--api-key"_s, u"sk-right-key"_s}));
    GatewayProcess gateway({practiceEntry(), customEntry(provider.baseUrl(), u"m"_s, u"1"_s)});
    gateway.setKeys({{u"1"_s, u"sk-wrong-key"_s}});
    QVERIFY(gateway.start());
    for (int n = 0; n < 3; ++n) {
        const HttpReply reply = complete(gateway.port(), 1, chatBody(u"x"_s));
        QCOMPARE(reply.status, 401);
        QCOMPARE(reply.errorCode(), u"key_refused"_s);
    }
    QTRY_COMPARE(gateway.events().size(), 1);
    const QJsonObject event = gateway.events().constFirst();
    QCOMPARE(event["event"_L1].toString(), u"llm_key_refused"_s);
    QCOMPARE(event["entry"_L1].toInt(), 1);
    QCOMPARE(event["status"_L1].toInt(), 401);
    QCOMPARE(event["detail"_L1].toString(), u"127.0.0.1 answered 401"_s);
}

void GatewayEndpointTest::reportsADeadEndpoint()
{
    quint16 freePort = 0;
    {
        const FakeProvider gone(answerAll);
        freePort = gone.port();
    }
    FakeProvider alive(answerAll);
    const QList entries{customEntry(u"http://127.0.0.1:%1/v1"_s.arg(freePort)), customEntry(alive.baseUrl())};
    GatewayProcess gateway(entries, {{u"dead_ms"_s, 0}});
    QVERIFY(gateway.start());
    for (int n = 1; n <= 4; ++n) {
        const HttpReply reply = complete(gateway.port(), 0, chatBody(u"x"_s));
        QCOMPARE(reply.status, 502);
        QCOMPARE(reply.errorCode(), u"unreachable"_s);
        QCOMPARE(complete(gateway.port(), 1, chatBody(u"x"_s)).status, 200); // another entry's success does not count
        if (n == 2)
            QVERIFY(gateway.events().isEmpty());
    }
    QTRY_COMPARE(gateway.events().size(), 1);
    const QJsonObject event = gateway.events().constFirst();
    QCOMPARE(event["event"_L1].toString(), u"llm_unreachable"_s);
    QCOMPARE(event["entry"_L1].toInt(-1), 0);
    QVERIFY(event["detail"_L1].toString().startsWith(u"127.0.0.1: "_s));
    QVERIFY2(event["detail"_L1].toString().contains(u"connect"_s), qPrintable(event["detail"_L1].toString()));

    // As many at once are a blink of the network, which the runner's own retries survive.
    GatewayProcess patient(entries);
    QVERIFY(patient.start());
    for (int n = 1; n <= 4; ++n)
        QCOMPARE(complete(patient.port(), 0, chatBody(u"x"_s)).status, 502);
    QCOMPARE(patient.events().size(), 0);
}

void GatewayEndpointTest::asksProxiesForTheProviderOnly()
{
    FakeProvider proxy([](const FakeProvider::Request &request) {
        request.socket->write(
            request.line.startsWith("CONNECT")
                ? httpAnswer(502, "")
                : httpAnswer(200, completionBody("by proxy", R"({"prompt_tokens": 79, "completion_tokens": 12})")));
    });
    FakeProvider local(answerAll);
    GatewayProcess gateway(
        {customEntry(u"http://provider.test/v1"_s), customEntry(u"https://provider.test/v1"_s, {}, u"1"_s),
            customEntry(local.baseUrl()), customEntry(u"http://localhost:%1/v1"_s.arg(local.port()))});
    gateway.setKeys({{u"1"_s, u"sk-canary-5d41402a"_s}});
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    const QString address = u"http://127.0.0.1:%1"_s.arg(proxy.port());
    for (const QString &name : {u"http_proxy"_s, u"https_proxy"_s, u"all_proxy"_s, u"HTTPS_PROXY"_s, u"ALL_PROXY"_s})
        environment.insert(name, address);
    environment.remove(u"no_proxy"_s);
    environment.remove(u"NO_PROXY"_s);
    gateway.setEnvironment(environment);
    QVERIFY(gateway.start());
    QVERIFY(complete(gateway.port(), 0, chatBody(u"x"_s)).body.contains("by proxy"));
    QCOMPARE(proxy.requests().size(), 1);
    QCOMPARE(proxy.requests()[0].line, QByteArray("POST http://provider.test/v1/chat/completions HTTP/1.1"));
    QCOMPARE(complete(gateway.port(), 1, chatBody(u"x"_s)).errorCode(), u"unreachable"_s);
    QCOMPARE(proxy.requests().size(), 2);
    QCOMPARE(proxy.requests()[1].line, QByteArray("CONNECT provider.test:443 HTTP/1.1"));
    QVERIFY(!proxy.requests()[1].headers.contains("authorization")); // the key is for the provider
    QVERIFY(complete(gateway.port(), 2, chatBody(u"x"_s)).body.contains("hello"));
    QVERIFY(complete(gateway.port(), 3, chatBody(u"x"_s)).body.contains("hello"));
    QCOMPARE(local.requests().size(), 2);
    QCOMPARE(proxy.requests().size(), 2);
}

void GatewayEndpointTest::checksCertificates()
{
    FakeProvider provider(answerAll, true);
    const QString baseUrl = u"https://localhost:%1/v1"_s.arg(provider.port());
    GatewayProcess gateway({customEntry(baseUrl, {}, u"1"_s)});
    gateway.setKeys({{u"1"_s, u"sk-canary-5d41402a"_s}});
    QVERIFY(gateway.start());
    const HttpReply reply = complete(gateway.port(), 0, chatBody(u"x"_s));
    QCOMPARE(reply.errorCode(), u"unreachable"_s);
    QVERIFY2(reply.body.contains("certificate"), reply.body.constData());
    const QJsonObject verdict = verdictOn({{u"provider"_s, u"custom"_s}, {u"base_url"_s, baseUrl}});
    QCOMPARE(verdict["code"_L1].toString(), u"llm_unreachable"_s);
    QVERIFY(verdict["detail"_L1].toString().contains(u"certificate"_s));
    QVERIFY(provider.requests().isEmpty());
}

void GatewayEndpointTest::testsEndpoints()
{
    ScriptedLlm provider;
    QVERIFY(provider.start({u"--api-key"_s, u"sk-right-key"_s}));
    const auto ask = [](const QString &baseUrl, const QString &key) {
        return verdictOn({{u"provider"_s, u"custom"_s}, {u"base_url"_s, baseUrl}, {u"key"_s, key}});
    };
    const QJsonObject good = ask(provider.baseUrl(), u"sk-right-key"_s);
    QVERIFY(good["ok"_L1].toBool());
    QCOMPARE(good["status"_L1].toInt(), 200);
    QCOMPARE(good["models"_L1].toArray(), QJsonArray{u"scripted"_s});
    QCOMPARE(good["code"_L1].toString(), QString());
    QCOMPARE(provider.totals()["requests"_L1].toInt(), 0); // never a paid call
    const QJsonObject refused = ask(provider.baseUrl(), u"sk-wrong-key"_s);
    QVERIFY(!refused["ok"_L1].toBool(true));
    QCOMPARE(refused["code"_L1].toString(), u"llm_key_refused"_s);
    QVERIFY(!QJsonDocument(refused).toJson().contains("sk-wrong"));
    QCOMPARE(ask(u"http://127.0.0.1:1/v1"_s, {})["code"_L1].toString(), u"llm_unreachable"_s);
    FakeProvider odd([](const FakeProvider::Request &request) {
        request.socket->write(
            request.line.contains("/none/") ? httpAnswer(404, "") : httpAnswer(200, "<html>hello</html>"));
    });
    QCOMPARE(ask(odd.baseUrl() + u"/none"_s, {})["code"_L1].toString(), u"llm_not_found"_s);
    QCOMPARE(ask(odd.baseUrl(), {})["code"_L1].toString(), u"llm_error"_s);
    QCOMPARE(ask(u"nonsense"_s, {})["code"_L1].toString(), u"llm_error"_s);
    QCOMPARE(verdictOn({})["code"_L1].toString(), u"llm_error"_s);
    QVERIFY(verdictOn({{u"provider"_s, u"practice"_s}})["ok"_L1].toBool());
}

/// An endpoint that gives back what it was sent, plainly or escaped: the key is in no list of models, neither in the
/// test's answer nor in what the runner gets.
void GatewayEndpointTest::neverRepeatsTheKey()
{
    FakeProvider provider([](const FakeProvider::Request &request) {
        const QByteArray sent = request.headers.value("authorization");
        request.socket->write(httpAnswer(200, R"({"data": [{"id": "you sent )" + sent + R"("}, {"id": ")" +
                                                  QByteArray(sent).replace("-", "\\u002d") + R"("}, {"id": "m"}]})"));
    });
    const QString key = u"sk-canary-5d41402a"_s;
    const QJsonObject verdict =
        verdictOn({{u"provider"_s, u"custom"_s}, {u"base_url"_s, provider.baseUrl()}, {u"key"_s, key}});
    QCOMPARE(verdict["models"_L1].toArray(), QJsonArray({u"you sent Bearer ***"_s, u"Bearer ***"_s, u"m"_s}));
    QVERIFY(!QJsonDocument(verdict).toJson().contains("canary"));

    GatewayProcess gateway({customEntry(provider.baseUrl(), {}, u"1"_s)});
    gateway.setKeys({{u"1"_s, key}});
    QVERIFY(gateway.start());
    const HttpReply reply = exchange(gateway.port(), httpRequest("GET", "/0/v1/models"));
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.json()["data"_L1].toArray().at(0).toObject()["id"_L1].toString(), u"you sent Bearer ***"_s);
    QCOMPARE(reply.json()["data"_L1].toArray().at(1).toObject()["id"_L1].toString(), u"Bearer ***"_s);
    QVERIFY2(!reply.body.contains(key.toUtf8()), reply.body.constData());
}

void GatewayEndpointTest::exportsItsProviders()
{
    QProcess process;
    process.start(gatewayProgram(), {u"--providers"_s});
    QVERIFY(QTest::qWaitFor([&process] { return process.state() == QProcess::NotRunning; }, 10000));
    QStringList names;
    for (const QJsonValue &provider :
        QJsonDocument::fromJson(process.readAllStandardOutput())["providers"_L1].toArray())
        names << provider["name"_L1].toString();
    QCOMPARE(names, QStringList({u"openai"_s, u"deepseek"_s, u"qwen"_s, u"zhipuai"_s, u"siliconflow"_s, u"volcengine"_s,
                        u"vllm"_s, u"custom"_s, u"practice"_s}));
}

QTEST_GUILESS_MAIN(GatewayEndpointTest)
#include "tst_gateway_endpoint.moc"
