// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gateway/fakeprovider.h"
#include "tests/gateway/gatewayprocess.h"
#include "tests/gateway/httpclient.h"

#include <QJsonDocument>
#include <QTcpSocket>
#include <QTest>
#include <csignal>

using namespace Qt::StringLiterals;

namespace {

const QJsonObject kStream{{u"stream"_s, true}};
const QJsonObject kStreamWithUsage{{u"stream"_s, true}, {u"stream_options"_s, QJsonObject{{u"include_usage"_s, true}}}};
const QByteArray kUsageEvent =
    "data: {\"id\":\"s-1\",\"choices\":[],\"usage\":{\"prompt_tokens\":79,\"completion_tokens\":12}}\n\n";
const QByteArray kDone = "data: [DONE]\n\n";

QByteArray wordEvent(const QByteArray &word, const QByteArray &reason = "null")
{
    return "data: {\"id\":\"s-1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + word +
           "\"},\"finish_reason\":" + reason + "}]}\n\n";
}

/// The JSON of a stream's events.
QList<QJsonObject> eventsOf(const QByteArray &body)
{
    QList<QJsonObject> events;
    for (const QByteArray &event : body.split('\n')) {
        if (event.startsWith("data: {"))
            events << QJsonDocument::fromJson(event.mid(6)).object();
    }
    return events;
}

/// What a stream says, put together.
QString textOf(const QByteArray &body)
{
    QString text;
    for (const QJsonObject &event : eventsOf(body))
        text += event["choices"_L1][0]["delta"_L1]["content"_L1].toString();
    return text;
}

} // namespace

/// Answers that come as server-sent events.
class GatewayStreamTest : public QObject {
    Q_OBJECT

private slots:
    void practiceStreamsWhatItSays();
    void passesEventsOnAsTheyCome();
    void writesDownBeforeTheEnd();
    void asksForUsageAndKeepsIt();
    void passesUsageOnWhereAskedFor();
    void estimatesWithoutUsage();
    void recordsEndings_data();
    void recordsEndings();
    void passesAnErrorOnInsteadOfAStream();
    void metersWhereTheClientLeaves();
    void metersWhatIsLeftWhenStopped();
    void waitsForASlowClient();
    void keepsTheConnection();
    void hidesAKeyInPieces();
};

void GatewayStreamTest::practiceStreamsWhatItSays()
{
    GatewayProcess gateway({practiceEntry()});
    QVERIFY(gateway.start());
    const QString said = u"\"selected_option\" Need to satisfy hungry"_s;
    const QString whole = complete(gateway.port(), 0, chatBody(said)).message()["content"_L1].toString();
    const HttpReply reply = complete(gateway.port(), 0, chatBody(said, kStreamWithUsage));
    QCOMPARE(reply.status, 200);
    QVERIFY(reply.isWhole);
    QCOMPARE(reply.headers.value("content-type"), QByteArray("text/event-stream"));
    QCOMPARE(textOf(reply.body), whole);
    QVERIFY(whole.size() > 100);
    QVERIFY(reply.body.endsWith(kDone));
    const QList<QJsonObject> events = eventsOf(reply.body);
    QCOMPARE(events[0]["choices"_L1][0]["delta"_L1]["role"_L1].toString(), u"assistant"_s);
    QCOMPARE(events[events.size() - 2]["choices"_L1][0]["finish_reason"_L1].toString(), u"stop"_s);
    const QList<QJsonObject> usage = gateway.usage();
    QCOMPARE(usage[1]["tokens_out"_L1], usage[0]["tokens_out"_L1]);
    QCOMPARE(events.constLast()["usage"_L1]["completion_tokens"_L1], usage[0]["tokens_out"_L1]);
    QVERIFY(!complete(gateway.port(), 0, chatBody(said, kStream)).body.contains("\"usage\""));
}

void GatewayStreamTest::passesEventsOnAsTheyCome()
{
    QTcpSocket *socket = nullptr;
    FakeProvider provider([&socket](const FakeProvider::Request &request) {
        socket = request.socket;
        socket->write(streamHead() + chunk(wordEvent("one ")));
    });
    GatewayProcess gateway({customEntry(provider.baseUrl(), u"m"_s)});
    QVERIFY(gateway.start());
    HttpCall call(gateway.port());
    call.complete(0, chatBody(u"x"_s, kStream));
    QTRY_COMPARE(call.reply().body, wordEvent("one "));
    QVERIFY(gateway.usage().isEmpty());
    // Events need not come in whole chunks.
    const QByteArray second = wordEvent("two");
    socket->write(chunk(second.left(20)));
    socket->write(chunk(second.mid(20)));
    QTRY_COMPARE(call.reply().body, wordEvent("one ") + second);
    socket->write(chunk(wordEvent("", "\"stop\"") + kUsageEvent + kDone) + chunk({}));
    QTRY_VERIFY(call.isFinished());
    QCOMPARE(call.reply().body, wordEvent("one ") + second + wordEvent("", "\"stop\"") + kDone);
    QCOMPARE(gateway.usage().constFirst()["tokens_in"_L1].toInt(), 79);
    QCOMPARE(gateway.usage().constFirst()["upstream_id"_L1].toString(), u"s-1"_s);
}

void GatewayStreamTest::writesDownBeforeTheEnd()
{
    QTcpSocket *socket = nullptr;
    FakeProvider provider([&socket](const FakeProvider::Request &request) {
        socket = request.socket;
        socket->write(streamHead() + chunk(wordEvent("all there is") + wordEvent("", "\"stop\"")));
    });
    GatewayProcess gateway({customEntry(provider.baseUrl())});
    QVERIFY(gateway.start());
    HttpCall call(gateway.port());
    call.complete(0, chatBody(u"x"_s, kStream));
    QTRY_COMPARE(call.reply().body, wordEvent("all there is")); // its end is held back
    QVERIFY(gateway.usage().isEmpty());
    socket->write(chunk(kUsageEvent + kDone) + chunk({}));
    QTRY_VERIFY(call.reply().body.contains("\"stop\""));
    QCOMPARE(gateway.usage().size(), 1);
}

void GatewayStreamTest::asksForUsageAndKeepsIt()
{
    FakeProvider provider([](const FakeProvider::Request &request) {
        request.socket->write(streamHead() + chunk(wordEvent("x", "\"stop\"") + kUsageEvent + kDone) + chunk({}));
    });
    GatewayProcess gateway({customEntry(provider.baseUrl())});
    QVERIFY(gateway.start());
    QCOMPARE(complete(gateway.port(), 0, chatBody(u"x"_s, kStream)).body, wordEvent("x", "\"stop\"") + kDone);
    const QJsonObject options{
        {u"stream"_s, true}, {u"stream_options"_s, QJsonObject{{u"other"_s, 7}, {u"include_usage"_s, false}}}};
    QCOMPARE(complete(gateway.port(), 0, chatBody(u"x"_s, options)).body, wordEvent("x", "\"stop\"") + kDone);
    const auto asked = [&provider](qsizetype n) {
        return QJsonDocument::fromJson(provider.requests()[n].body)["stream_options"_L1].toObject();
    };
    QCOMPARE(asked(0), QJsonObject({{u"include_usage"_s, true}}));
    QCOMPARE(asked(1), QJsonObject({{u"include_usage"_s, true}, {u"other"_s, 7}}));
    QCOMPARE(gateway.usage()[1]["tokens_out"_L1].toInt(), 12);
    QVERIFY(!gateway.usage()[1]["estimated"_L1].toBool(true));
}

void GatewayStreamTest::passesUsageOnWhereAskedFor()
{
    FakeProvider provider([](const FakeProvider::Request &request) {
        request.socket->write(streamHead() + chunk(wordEvent("x", "\"stop\"") + kUsageEvent + kDone) + chunk({}));
    });
    GatewayProcess gateway({customEntry(provider.baseUrl())});
    QVERIFY(gateway.start());
    const QByteArray body = chatBody(u"x"_s, kStreamWithUsage);
    QCOMPARE(complete(gateway.port(), 0, body).body, wordEvent("x", "\"stop\"") + kUsageEvent + kDone);
    QCOMPARE(provider.requests()[0].body, body); // nothing to add
}

void GatewayStreamTest::estimatesWithoutUsage()
{
    FakeProvider provider([](const FakeProvider::Request &request) {
        request.socket->write(
            streamHead() + chunk(wordEvent("你好吗") + wordEvent("你好", "\"stop\"") + kDone) + chunk({}));
    });
    GatewayProcess gateway({customEntry(provider.baseUrl())});
    QVERIFY(gateway.start());
    QVERIFY(complete(gateway.port(), 0, chatBody(u"nine signs"_s, kStream)).isWhole);
    const QJsonObject line = gateway.usage().constFirst();
    QVERIFY(line["estimated"_L1].toBool());
    QCOMPARE(line["tokens_in"_L1].toInt(), 3);
    QCOMPARE(line["tokens_out"_L1].toInt(), 2);
}

void GatewayStreamTest::recordsEndings_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<bool>("closes");
    QTest::addColumn<bool>("whole"); // for the client
    QTest::addColumn<QString>("error");
    QTest::addColumn<int>("tokensOut");
    const QByteArray word = streamHead() + chunk(wordEvent("x"));
    QTest::newRow("cut between events") << word << true << false << u"cut"_s << 0;
    QTest::newRow("cut after usage") << word + chunk(kUsageEvent) << true << false << u"cut"_s << 12;
    QTest::newRow("ended without end") << word + chunk({}) << false << false << u"cut"_s << 0;
    QTest::newRow("no event") << streamHead() + chunk({}) << false << true << u"cut"_s << 0; // an error in words
    QTest::newRow("no [DONE]") << word + chunk(wordEvent("", "\"stop\"") + kUsageEvent) + chunk({}) << false << true
                               << QString() << 12;
    QTest::newRow("malformed event") << word + chunk("data: {\n\n" + kUsageEvent + kDone) + chunk({}) << false << true
                                     << u"malformed"_s << 12;
    QTest::newRow("error event") << word + chunk("data: {\"error\":{\"message\":\"overloaded\"}}\n\n" + kDone) +
                                        chunk({})
                                 << false << true << u"malformed"_s << 0;
    QTest::newRow("hangs") << word << false << false << u"timeout"_s << 0;
    QTest::newRow("endless event") << streamHead() + chunk("data: " + QByteArray(5'000'000, 'x')) << false << true
                                   << u"too_large"_s << 0;
}

void GatewayStreamTest::recordsEndings()
{
    QFETCH(QByteArray, answer);
    QFETCH(bool, closes);
    FakeProvider provider([&](const FakeProvider::Request &request) {
        request.socket->write(answer);
        if (closes)
            request.socket->disconnectFromHost();
    });
    GatewayProcess gateway({customEntry(provider.baseUrl())}, {{u"deadline_ms"_s, 1000}});
    QVERIFY(gateway.start());
    const HttpReply reply = complete(gateway.port(), 0, chatBody(u"x"_s, kStream));
    QTEST(reply.isWhole, "whole");
    QCOMPARE(gateway.usage().size(), 1);
    const QJsonObject line = gateway.usage().constFirst();
    QTEST(line["error"_L1].toString(), "error");
    QTEST(line["tokens_out"_L1].toInt(), "tokensOut");
    QCOMPARE(line["status"_L1].toInt(), 200);
    QVERIFY(!line["estimated"_L1].toBool(true));
}

void GatewayStreamTest::passesAnErrorOnInsteadOfAStream()
{
    FakeProvider provider([](const FakeProvider::Request &request) {
        request.socket->write(httpAnswer(429, R"({"error": {"code": "slow_down"}})", "Retry-After: 3\r\n"));
    });
    GatewayProcess gateway({customEntry(provider.baseUrl())});
    QVERIFY(gateway.start());
    const HttpReply reply = complete(gateway.port(), 0, chatBody(u"x"_s, kStream));
    QCOMPARE(reply.status, 429);
    QCOMPARE(reply.errorCode(), u"slow_down"_s);
    QCOMPARE(reply.headers.value("retry-after"), QByteArray("3"));
    QCOMPARE(gateway.usage().constFirst()["error"_L1].toString(), u"rate_limited"_s);
}

void GatewayStreamTest::metersWhereTheClientLeaves()
{
    QTcpSocket *socket = nullptr;
    FakeProvider provider([&socket](const FakeProvider::Request &request) {
        socket = request.socket;
        socket->write(streamHead() + chunk(wordEvent("one ")));
    });
    GatewayProcess gateway({customEntry(provider.baseUrl())});
    QVERIFY(gateway.start());
    HttpCall call(gateway.port());
    call.complete(0, chatBody(u"x"_s, kStream));
    QTRY_VERIFY(!call.reply().body.isEmpty());
    call.leave();
    const QByteArray many =
        chunk(wordEvent(QByteArray(100'000, 'x'))).repeated(50); // more than is ever held for a client
    socket->write(many + chunk(wordEvent("", "\"stop\"") + kUsageEvent + kDone) + chunk({}));
    QTRY_COMPARE(gateway.usage().size(), 1);
    QCOMPARE(gateway.usage().constFirst()["tokens_out"_L1].toInt(), 12);
    QCOMPARE(gateway.usage().constFirst()["error"_L1].toString(), QString());
}

void GatewayStreamTest::metersWhatIsLeftWhenStopped()
{
    FakeProvider provider([](const FakeProvider::Request &request) {
        request.socket->write(streamHead() + chunk(wordEvent("one ") + kUsageEvent));
    });
    GatewayProcess gateway({customEntry(provider.baseUrl())});
    QVERIFY(gateway.start());
    HttpCall call(gateway.port());
    call.complete(0, chatBody(u"x"_s, kStreamWithUsage));
    QTRY_VERIFY(call.reply().body.contains("usage"));
    call.leave(); // nobody waits for this call any more, but it was paid for
    gateway.send(SIGTERM);
    QCOMPARE(gateway.waitForEnd(), 0);
    QCOMPARE(gateway.usage().size(), 1);
    QCOMPARE(gateway.usage().constFirst()["error"_L1].toString(), u"stopped"_s);
    QCOMPARE(gateway.usage().constFirst()["tokens_in"_L1].toInt(), 79); // as far as the provider has said
}

void GatewayStreamTest::waitsForASlowClient()
{
    const QByteArray piece = wordEvent(QByteArray(100'000, 'x'));
    QTcpSocket *socket = nullptr;
    FakeProvider provider([&](const FakeProvider::Request &request) {
        socket = request.socket;
        socket->write(streamHead() + chunk(piece).repeated(200) + chunk(kUsageEvent + kDone) + chunk({}));
    });
    GatewayProcess gateway({customEntry(provider.baseUrl())});
    QVERIFY(gateway.start());
    HttpCall call(gateway.port());
    call.setReading(false);
    call.complete(0, chatBody(u"x"_s, kStream));
    // The provider is not read any further once the client's share is full: most of the 20 MB stay where they are.
    QTRY_VERIFY(socket);
    qint64 left = 0;
    const auto hasSettled = [&] {
        const qint64 before = std::exchange(left, socket->bytesToWrite());
        return before == left && left < 20'000'000;
    };
    QTRY_VERIFY(hasSettled());
    QVERIFY2(left > 5'000'000, qPrintable(QString::number(left)));
    QVERIFY(gateway.usage().isEmpty());
    call.setReading(true);
    QTRY_VERIFY_WITH_TIMEOUT(gateway.usage().size() == 1, 30000);
    QTRY_VERIFY_WITH_TIMEOUT(call.isFinished(), 30000);
    QCOMPARE(call.reply().body, piece.repeated(200) + kDone);
}

void GatewayStreamTest::keepsTheConnection()
{
    GatewayProcess gateway({practiceEntry()});
    QVERIFY(gateway.start());
    HttpCall call(gateway.port());
    for (int n = 0; n < 5; ++n) {
        call.clear();
        call.complete(0, chatBody(u"x"_s, n % 2 == 0 ? kStream : QJsonObject()));
        QTRY_VERIFY(call.isFinished());
        QCOMPARE(call.reply().status, 200);
        QVERIFY(call.isConnected());
    }
}

/// A provider that repeats its key word by word: nobody gets it, and the rest comes.
void GatewayStreamTest::hidesAKeyInPieces()
{
    FakeProvider provider([](const FakeProvider::Request &request) {
        QByteArray events;
        for (const char *word : {"Your key ", "sk-c", "anary", "-1234", " is ", "sk-can", "ned"})
            events += chunk(wordEvent(word));
        request.socket->write(
            streamHead() + events + chunk(wordEvent("", "\"stop\"") + kUsageEvent + kDone) + chunk({}));
    });
    GatewayProcess gateway({customEntry(provider.baseUrl(), u"m"_s, u"1"_s)});
    gateway.setKeys({{u"1"_s, u"sk-canary-1234"_s}});
    QVERIFY(gateway.start());
    const HttpReply reply = complete(gateway.port(), 0, chatBody(u"x"_s, kStream));
    QVERIFY(reply.isWhole);
    QCOMPARE(textOf(reply.body), u"Your key *** is sk-canned"_s);
    QCOMPARE(gateway.usage().constLast()["error"_L1].toString(), QString());
}

QTEST_GUILESS_MAIN(GatewayStreamTest)
#include "tst_gateway_stream.moc"
