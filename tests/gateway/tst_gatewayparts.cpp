// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gateway/calls.h"
#include "app/gateway/completion.h"
#include "app/gateway/endpointtest.h"
#include "app/gateway/events.h"
#include "app/gateway/outbox.h"
#include "app/gateway/providers.h"
#include "app/gateway/requestpatch.h"
#include "app/gateway/route.h"
#include "app/gateway/settings.h"
#include "app/gateway/upstream.h"
#include "app/gateway/usagelog.h"

#include <QDateTime>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>
#include <boost/asio/io_context.hpp>
#include <cerrno>
#include <csignal>
#include <nlohmann/json.hpp>
#include <optional>
#include <sys/resource.h>
#include <sys/stat.h>

using namespace society::gateway;
using namespace Qt::StringLiterals;

/// The gateway's parts without a network.
class GatewayPartsTest : public QObject {
    Q_OBJECT

private slots:
    void patchesOneMemberOnly_data();
    void patchesOneMemberOnly();
    void readsUsage_data();
    void readsUsage();
    void holdsBackTheEndOfAStream();
    void takesOnlyWordsForAnEnd();
    void anErrorThatIsNullIsNone();
    void hidesUsageThatWasNotAskedFor();
    void survivesAStreamInAnyPieces();
    void routes_data();
    void routes();
    void letsInTheTokenOnly_data();
    void letsInTheTokenOnly();
    void knowsEndpoints_data();
    void knowsEndpoints();
    void knowsLoopback_data();
    void knowsLoopback();
    void refusesUnusableSettings_data();
    void refusesUnusableSettings();
    void hidesTheKeyHoweverItIsSpelled_data();
    void hidesTheKeyHoweverItIsSpelled();
    void continuesAUsageFile_data();
    void continuesAUsageFile();
    void refusesAnotherUsageFile_data();
    void refusesAnotherUsageFile();
    void refusesAFileThatCannotBeRead();
    void refusesEverythingWhileItStops();
    void noticesAFullDiskBeforeTheCall();
    void writesLinesAsTheLibraryWould();
    void saysThatTooManyFilesAreOpen();

private:
    QByteArray contents(const QString &path) const
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("unreadable");
    }
};

void GatewayPartsTest::patchesOneMemberOnly_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::newRow("replaced") << QByteArray(R"({"a": 1.50, "model": "old", "b": null})")
                              << QByteArray(R"({"a": 1.50, "model": "new", "b": null})");
    QTest::newRow("added") << QByteArray(R"( {"a":[1,{"model":"x"}]} )")
                           << QByteArray(R"( {"model": "new", "a":[1,{"model":"x"}]} )");
    QTest::newRow("empty") << QByteArray("{ }") << QByteArray(R"({"model": "new" })");
    QTest::newRow("last") << QByteArray(R"({"a":"}\"","model":{"deep":["]"]}})")
                          << QByteArray(R"({"a":"}\"","model":"new"})");
    QTest::newRow("number") << QByteArray(R"({"model":17})") << QByteArray(R"({"model":"new"})");
    QTest::newRow("twice") << QByteArray(R"({"model":1, "model" : 2 ,"z":0})")
                           << QByteArray(R"({"model":"new", "model" : "new" ,"z":0})");
    QTest::newRow("with escapes") << QByteArray(R"({"mod\u0065l": "old"})") << QByteArray(R"({"mod\u0065l": "new"})");
    QTest::newRow("big number kept") << QByteArray(R"({"n":123456789012345678901234567890,"model":""})")
                                     << QByteArray(R"({"n":123456789012345678901234567890,"model":"new"})");
}

void GatewayPartsTest::patchesOneMemberOnly()
{
    QFETCH(QByteArray, before);
    QTEST(QByteArray::fromStdString(withMember(before.toStdString(), "model", "\"new\"")), "after");
}

void GatewayPartsTest::readsUsage_data()
{
    QTest::addColumn<QByteArray>("usage");
    QTest::addColumn<qint64>("in");
    QTest::addColumn<qint64>("out");
    QTest::addColumn<qint64>("cached");
    QTest::addColumn<qint64>("reasoning");
    QTest::newRow("plain") << QByteArray(R"({"prompt_tokens":79,"completion_tokens":12})") << qint64(79) << qint64(12)
                           << qint64(0) << qint64(0);
    QTest::newRow("details")
        << QByteArray(
               R"({"prompt_tokens":79,"completion_tokens":12,"prompt_tokens_details":{"cached_tokens":64},"completion_tokens_details":{"reasoning_tokens":5}})")
        << qint64(79) << qint64(12) << qint64(64) << qint64(5);
    QTest::newRow("cache hits") << QByteArray(
                                       R"({"prompt_tokens":79,"completion_tokens":12,"prompt_cache_hit_tokens":8})")
                                << qint64(79) << qint64(12) << qint64(8) << qint64(0);
    QTest::newRow("whole floats") << QByteArray(R"({"prompt_tokens":79.0,"completion_tokens":1.2e1})") << qint64(79)
                                  << qint64(12) << qint64(0) << qint64(0);
    QTest::newRow("missing") << QByteArray("null") << qint64(-1) << qint64(-1) << qint64(0) << qint64(0);
    QTest::newRow("negative") << QByteArray(R"({"prompt_tokens":-5,"completion_tokens":12})") << qint64(-1)
                              << qint64(12) << qint64(0) << qint64(0);
    QTest::newRow("absurd") << QByteArray(R"({"prompt_tokens":1e300,"completion_tokens":12.5})") << qint64(-1)
                            << qint64(-1) << qint64(0) << qint64(0);
    QTest::newRow("words") << QByteArray(R"({"prompt_tokens":"79","completion_tokens":[],"prompt_tokens_details":7})")
                           << qint64(-1) << qint64(-1) << qint64(0) << qint64(0);
}

void GatewayPartsTest::readsUsage()
{
    QFETCH(QByteArray, usage);
    const QByteArray body = R"({"id":"x","choices":[{"message":{"content":"你好"}}],"usage":)" + usage + "}";
    const Metered metered = readCompletion(body.toStdString());
    QVERIFY(metered.isCompletion);
    QCOMPARE(metered.textLength, 2);
    QTEST(qint64(metered.tokensIn), "in");
    QTEST(qint64(metered.tokensOut), "out");
    QTEST(qint64(metered.cachedIn), "cached");
    QTEST(qint64(metered.reasoning), "reasoning");
}

void GatewayPartsTest::holdsBackTheEndOfAStream()
{
    StreamMeter meter(false);
    const std::string first =
        "data: {\"id\":\"s1\",\"choices\":[{\"delta\":{\"content\":\"Hal\"},\"finish_reason\":null}]}\n\n";
    const std::string last = "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
    const std::string usage = "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2}}\n\n";
    QVERIFY(meter.feed(first) == first);
    QVERIFY(!meter.metered().isCompletion);
    QVERIFY(meter.feed(last).empty());
    QVERIFY(meter.feed(usage + "data: [DONE]\n\n").empty());
    QVERIFY(meter.finish() == last + usage + "data: [DONE]\n\n");
    QVERIFY(meter.metered().isCompletion);
    QCOMPARE(meter.metered().tokensIn, 3);
    QCOMPARE(meter.metered().tokensOut, 2);
    QCOMPARE(meter.metered().textLength, 3);
    QVERIFY(meter.metered().id == "s1");
}

/// A provider that writes an empty reason into every piece: they are passed on as they come, and a stream that is cut
/// between them is not taken for a whole one.
void GatewayPartsTest::takesOnlyWordsForAnEnd()
{
    StreamMeter meter(false);
    const std::string piece = "data: {\"choices\":[{\"delta\":{\"content\":\"Hal\"},\"finish_reason\":\"\"}]}\n\n";
    QVERIFY(meter.feed(piece) == piece);
    QVERIFY(meter.feed(piece) == piece);
    QVERIFY(!meter.metered().isCompletion);
    QVERIFY(meter.feed("data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n").empty());
    QVERIFY(meter.metered().isCompletion);
}

void GatewayPartsTest::anErrorThatIsNullIsNone()
{
    StreamMeter meter(false);
    const std::string piece = "data: {\"error\":null,\"choices\":[{\"delta\":{\"content\":\"Hal\"}}]}\n\n";
    QVERIFY(meter.feed(piece) == piece);
    QVERIFY(!meter.isMalformed());
    QCOMPARE(meter.metered().textLength, 3);
    QVERIFY(meter.feed("data: {\"error\":{\"message\":\"overloaded\"}}\n\n").size() > 0);
    QVERIFY(meter.isMalformed());
}

void GatewayPartsTest::hidesUsageThatWasNotAskedFor()
{
    StreamMeter meter(true);
    const std::string usage = "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2}}\n\n";
    QVERIFY(meter.feed(usage).empty());
    QVERIFY(meter.feed("data: [DONE]\n\n").empty());
    QVERIFY(meter.finish() == "data: [DONE]\n\n");
    QCOMPARE(meter.metered().tokensIn, 3);
}

void GatewayPartsTest::survivesAStreamInAnyPieces()
{
    const std::string text =
        ": hello\r\n\r\ndata:{\"choices\":[{\"delta\":{\"content\":\"你\"},\"finish_reason\":null}]}\r\n\r\n"
        "data: broken\n\nevent: x\ndata: [DONE]"; // the last event has no blank line behind it
    for (std::size_t size = 1; size < text.size(); ++size) {
        StreamMeter meter(true);
        std::string passed;
        for (std::size_t at = 0; at < text.size(); at += size)
            passed += meter.feed(std::string_view(text).substr(at, size));
        QVERIFY(passed + meter.finish() == text);
        QCOMPARE(meter.metered().textLength, 1);
        QVERIFY(meter.metered().isCompletion);
        QVERIFY(meter.isMalformed());
    }
}

void GatewayPartsTest::routes_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<int>("status"); // 200: served
    QTest::addColumn<int>("entry");
    QTest::newRow("first") << QByteArray("POST") << QByteArray("/0/v1/chat/completions") << 200 << 0;
    QTest::newRow("second") << QByteArray("POST") << QByteArray("/1/v1/chat/completions?x=1") << 200 << 1;
    QTest::newRow("models") << QByteArray("GET") << QByteArray("/1/v1/models") << 200 << 1;
    QTest::newRow("no such entry") << QByteArray("POST") << QByteArray("/2/v1/chat/completions") << 404 << 0;
    QTest::newRow("huge entry") << QByteArray("POST") << QByteArray("/99999999999999999999/v1/models") << 404 << 0;
    QTest::newRow("negative entry") << QByteArray("POST") << QByteArray("/-1/v1/models") << 404 << 0;
    QTest::newRow("no entry") << QByteArray("POST") << QByteArray("/v1/chat/completions") << 404 << 0;
    QTest::newRow("other path") << QByteArray("POST") << QByteArray("/0/v1/embeddings") << 404 << 0;
    QTest::newRow("below") << QByteArray("POST") << QByteArray("/0/v1/models/x") << 404 << 0;
    QTest::newRow("wrong method") << QByteArray("GET") << QByteArray("/0/v1/chat/completions") << 405 << 0;
    QTest::newRow("empty") << QByteArray("GET") << QByteArray() << 404 << 0;
}

void GatewayPartsTest::routes()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, target);
    const auto route = routeOf(method.toStdString(), target.toStdString(), 2);
    QTEST(route ? 200 : static_cast<int>(route.error().status), "status");
    QTEST(route ? static_cast<int>(route->entry) : 0, "entry");
}

void GatewayPartsTest::letsInTheTokenOnly_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<bool>("allowed");
    QTest::newRow("right") << QByteArray("Bearer abcdef") << true;
    QTest::newRow("wrong") << QByteArray("Bearer abcdeg") << false;
    QTest::newRow("longer") << QByteArray("Bearer abcdefabcdef") << false;
    QTest::newRow("shorter") << QByteArray("Bearer abc") << false;
    QTest::newRow("empty") << QByteArray("Bearer ") << false;
    QTest::newRow("none") << QByteArray() << false;
    QTest::newRow("bare") << QByteArray("abcdef") << false;
    QTest::newRow("other scheme") << QByteArray("Basic abcdef") << false;
}

void GatewayPartsTest::letsInTheTokenOnly()
{
    QFETCH(QByteArray, header);
    QTEST(isAuthorized(header.toStdString(), "abcdef"), "allowed");
    QVERIFY(!isAuthorized(header.toStdString(), ""));
}

void GatewayPartsTest::knowsEndpoints_data()
{
    QTest::addColumn<QByteArray>("provider");
    QTest::addColumn<QByteArray>("baseUrl");
    QTest::addColumn<QByteArray>("endpoint"); // "!" and a part of the error
    QTest::newRow("qwen") << QByteArray("qwen") << QByteArray()
                          << QByteArray("https://dashscope.aliyuncs.com/compatible-mode/v1");
    QTest::newRow("zhipuai") << QByteArray("zhipuai") << QByteArray()
                             << QByteArray("https://open.bigmodel.cn/api/paas/v4");
    QTest::newRow("vllm") << QByteArray("vllm") << QByteArray("http://gpu:8000/v1//")
                          << QByteArray("http://gpu:8000/v1");
    QTest::newRow("vllm without") << QByteArray("vllm") << QByteArray() << QByteArray("https://api.openai.com/v1");
    QTest::newRow("practice") << QByteArray("practice") << QByteArray() << QByteArray();
    QTest::newRow("custom without") << QByteArray("custom") << QByteArray() << QByteArray("!missing");
    QTest::newRow("not supported") << QByteArray("openai") << QByteArray("http://x/v1") << QByteArray("!not supported");
    QTest::newRow("unknown") << QByteArray("OpenAI") << QByteArray() << QByteArray("!unknown");
    QTest::newRow("no scheme") << QByteArray("custom") << QByteArray("gpu:8000/v1") << QByteArray("!no http");
    QTest::newRow("file") << QByteArray("custom") << QByteArray("file:///etc/passwd") << QByteArray("!no http");
    QTest::newRow("rubbish") << QByteArray("custom") << QByteArray("http://") << QByteArray("!no http");
}

void GatewayPartsTest::knowsEndpoints()
{
    QFETCH(QByteArray, provider);
    QFETCH(QByteArray, baseUrl);
    QFETCH(QByteArray, endpoint);
    const auto found = endpointOf(provider.toStdString(), baseUrl.toStdString());
    if (endpoint.startsWith('!'))
        QVERIFY(!found && QByteArray::fromStdString(found.error()).contains(endpoint.mid(1)));
    else
        QCOMPARE(QByteArray::fromStdString(found.value_or("refused")), endpoint);
}

void GatewayPartsTest::knowsLoopback_data()
{
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<bool>("loopback");
    QTest::newRow("address") << QByteArray("http://127.0.0.1:8000/v1") << true;
    QTest::newRow("other address") << QByteArray("http://127.8.9.1/v1") << true;
    QTest::newRow("short address") << QByteArray("http://127.1/v1") << true;
    QTest::newRow("name") << QByteArray("https://LocalHost:1/v1") << true;
    QTest::newRow("name with dot") << QByteArray("http://localhost./v1") << true;
    QTest::newRow("v6") << QByteArray("http://[::1]:8000/v1") << true;
    QTest::newRow("far") << QByteArray("https://api.openai.com/v1") << false;
    QTest::newRow("looks like") << QByteArray("http://127.0.0.1.example.org/v1") << false;
    QTest::newRow("as user") << QByteArray("http://localhost@example.org/v1") << false;
}

void GatewayPartsTest::knowsLoopback()
{
    QFETCH(QByteArray, url);
    QTEST(isLoopback(url.toStdString()), "loopback");
}

void GatewayPartsTest::refusesUnusableSettings_data()
{
    QTest::addColumn<QByteArray>("config");
    QTest::addColumn<QByteArray>("secrets");
    QTest::addColumn<QByteArray>("why");
    const QByteArray good = R"({"schema":1,"experiment":"x","entries":[{"provider":"qwen","key":"1"}]})";
    QTest::newRow("good") << good << QByteArray(R"({"token":"t","keys":{"1":"sk-secret"}})") << QByteArray();
    QTest::newRow("not JSON") << QByteArray("{") << QByteArray(R"({"token":"t"})") << QByteArray("not what");
    QTest::newRow("newer") << QByteArray(R"({"schema":2,"entries":[]})") << QByteArray(R"({"token":"t"})")
                           << QByteArray("newer");
    QTest::newRow("no entries") << QByteArray(R"({"schema":1,"entries":[]})") << QByteArray(R"({"token":"t"})")
                                << QByteArray("no LLM");
    QTest::newRow("entry is no object") << QByteArray(R"({"schema":1,"entries":[1]})") << QByteArray(R"({"token":"t"})")
                                        << QByteArray("no object");
    QTest::newRow("no token") << good << QByteArray("{}") << QByteArray("token");
    QTest::newRow("no secrets") << good << QByteArray() << QByteArray("token");
    QTest::newRow("key missing") << good << QByteArray(R"({"token":"t","keys":{}})") << QByteArray("\"1\"");
    QTest::newRow("key breaks the header")
        << good << QByteArray(R"({"token":"t","keys":{"1":"sk-secret\r\nX: y"}})") << QByteArray("control");
}

void GatewayPartsTest::refusesUnusableSettings()
{
    QFETCH(QByteArray, config);
    QFETCH(QByteArray, secrets);
    QFETCH(QByteArray, why);
    const auto settings = readSettings(config.toStdString(), secrets.toStdString());
    QCOMPARE(settings.has_value(), why.isEmpty());
    if (!settings) {
        QVERIFY2(QByteArray::fromStdString(settings.error()).contains(why), settings.error().c_str());
        QVERIFY(!QByteArray::fromStdString(settings.error()).contains("secret"));
    }
}

void GatewayPartsTest::hidesTheKeyHoweverItIsSpelled_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("shown");
    QTest::newRow("as it is") << QByteArray("sk/canary-1: sk/canary-1") << QByteArray("***: ***");
    QTest::newRow("first") << QByteArray(R"("\u0073k/canary-1")") << QByteArray(R"("***")");
    QTest::newRow("in the middle") << QByteArray(R"(a sk/c\u0061nary-1 b sk/canar\u0079-1)")
                                   << QByteArray("a *** b ***");
    QTest::newRow("last, in capitals") << QByteArray(R"(sk/canary\u002D1 sk/canary-\u0031)") << QByteArray("*** ***");
    QTest::newRow("slash") << QByteArray(R"(sk\/canary-1)") << QByteArray("***");
    QTest::newRow("JSON inside JSON") << QByteArray(R"("{\"key\":\"sk\\/c\\u0061nary-1\"}")")
                                      << QByteArray(R"("{\"key\":\"***\"}")");
    QTest::newRow("all of it") << QByteArray(R"(\u0073\u006b\u002f\u0063\u0061\u006e\u0061\u0072\u0079\u002d\u0031)")
                               << QByteArray("***");
    for (const char *other : {R"("a\nb \"c\" \u4e2d \\ ")", R"(sk\/canary-2 \u0073k)", R"(\u00)", R"(sk\)", "\\"})
        QTest::newRow(other) << QByteArray(other) << QByteArray(other);
}

void GatewayPartsTest::hidesTheKeyHoweverItIsSpelled()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, shown);
    QCOMPARE(QByteArray::fromStdString(withoutKey(text.toStdString(), "sk/canary-1")), shown);
}

void GatewayPartsTest::continuesAUsageFile_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("kept"); // what stands before the new line
    QTest::addColumn<int>("seq");
    const QByteArray header = "{\"schema\":1,\"experiment\":\"x\"}\n";
    QTest::newRow("new") << QByteArray() << header << 1;
    QTest::newRow("cut header") << QByteArray("{\"sche") << header << 1;
    QTest::newRow("no calls yet") << header << header << 1;
    QTest::newRow("calls") << header + "{\"seq\":1}\n{\"seq\":2}\n" << header + "{\"seq\":1}\n{\"seq\":2}\n" << 3;
    QTest::newRow("cut line") << header + "{\"seq\":7}\n{\"seq\":8,\"t" << header + "{\"seq\":7}\n{\"seq\":8,\"t\n"
                              << 8;
    QTest::newRow("line ended earlier") << header + "{\"seq\":7}\n{\"se\n" << header + "{\"seq\":7}\n{\"se\n" << 8;
}

void GatewayPartsTest::continuesAUsageFile()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, kept);
    QFETCH(int, seq);
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"usage.jsonl"_s);
    if (!before.isEmpty()) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(before);
    }
    {
        const auto log = UsageLog::open(path.toStdString(), "x");
        QVERIFY2(log.has_value(), log ? "" : log.error().c_str());
        const auto second = UsageLog::open(path.toStdString(), "x");
        QVERIFY(!second.has_value()); // one writer at a time
        CallRecord record;
        record.model = std::string(5000, 'm');
        record.upstreamId = "a\xff\"\n";
        record.error = "cut";
        QVERIFY((*log)->append(record));
        QVERIFY(contents(path).endsWith("\"error\":\"cut\"}\n")); // before anything is synced or closed
    }
    const QByteArray after = contents(path);
    QVERIFY2(after.startsWith(kept), after.constData());
    const QJsonObject line = QJsonDocument::fromJson(after.mid(kept.size())).object();
    QCOMPARE(line["seq"_L1].toInt(), seq);
    QCOMPARE(line["model"_L1].toString().size(), 128);
    struct stat info {};
    QCOMPARE(::stat(qPrintable(path), &info), 0);
    if (before.isEmpty())
        QCOMPARE(info.st_mode & 0777U, 0600U);
    QVERIFY(info.st_blocks * 512 <= 16384); // the room set aside is given back
}

void GatewayPartsTest::refusesAnotherUsageFile_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::newRow("another experiment") << QByteArray("{\"schema\":1,\"experiment\":\"y\"}\n");
    QTest::newRow("newer") << QByteArray("{\"schema\":2,\"experiment\":\"x\"}\n");
    QTest::newRow("no header") << QByteArray("{\"seq\":1}\n");
    QTest::newRow("rubbish") << QByteArray("hello\n");
}

void GatewayPartsTest::refusesAnotherUsageFile()
{
    QFETCH(QByteArray, before);
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"usage.jsonl"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(before);
    file.close();
    QVERIFY(!UsageLog::open(file.fileName().toStdString(), "x").has_value());
    QCOMPARE(contents(file.fileName()), before);
}

/// What cannot be read has not ended: its calls must not be cut off, nor their numbers given again. A pipe can be
/// opened and locked as a file can, and refuses to be read at a place.
void GatewayPartsTest::refusesAFileThatCannotBeRead()
{
    const QTemporaryDir folder;
    const std::string path = folder.filePath(u"usage.jsonl"_s).toStdString();
    QCOMPARE(::mkfifo(path.c_str(), 0600), 0);
    const auto log = UsageLog::open(path, "x");
    QVERIFY(!log.has_value());
    QVERIFY2(log.error().starts_with("usage.jsonl: read: "), log.error().c_str());
}

/// Told to stop, it asks no provider for anything any more, not even for what is free.
void GatewayPartsTest::refusesEverythingWhileItStops()
{
    const QTemporaryDir folder;
    const auto log = UsageLog::open(folder.filePath(u"usage.jsonl"_s).toStdString(), "x");
    QVERIFY(log.has_value());
    Settings settings;
    settings.entries = {{"custom", "http://127.0.0.1:9/v1", "m", ""}};
    boost::asio::io_context io;
    Upstream upstream(io);
    Events events;
    Calls calls(
        settings, **log, upstream, events, [](auto, auto) {}, [] {});
    calls.refuseNew();
    for (const bool models : {true, false}) {
        const auto outbox = std::make_shared<Outbox>();
        if (models)
            calls.listModels(0, outbox);
        else
            calls.complete(0, "{}", outbox);
        QCOMPARE(outbox->status, 503); // at once: nobody was asked
    }
    QCOMPARE((*log)->written(), 0);
}

void GatewayPartsTest::noticesAFullDiskBeforeTheCall()
{
    const QTemporaryDir folder;
    const auto log = UsageLog::open(folder.filePath(u"usage.jsonl"_s).toStdString(), "x");
    QVERIFY(log.has_value());
    QVERIFY((*log)->hasRoom(200));
    // A limit on file sizes is what a full disk is to a program.
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    ::getrlimit(RLIMIT_FSIZE, &before);
    const rlimit small{600U * 1024, before.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &small);
    const bool fits = (*log)->hasRoom(200);
    const bool fitsMany = (*log)->hasRoom(2000);
    const bool afterwards = (*log)->hasRoom(1);
    ::setrlimit(RLIMIT_FSIZE, &before);
    QVERIFY(fits);
    QVERIFY(!fitsMany);
    QVERIFY(!afterwards); // once it failed nothing more may be spent
    QCOMPARE((*log)->failure(), EFBIG);
}

void GatewayPartsTest::writesLinesAsTheLibraryWould()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"usage.jsonl"_s);
    const auto log = UsageLog::open(path.toStdString(), "x");
    QVERIFY(log.has_value());
    CallRecord record;
    record.entry = 3;
    record.model = "a \"b\" \\ 你\n\xff\x7f";
    record.tokensIn = 1'000'000'000'000;
    record.estimated = true;
    record.upstreamId = std::string(300, 'i');
    record.error = "cut";
    QVERIFY((*log)->append(record));
    const QByteArray line = contents(path).split('\n').at(1);
    using Json = nlohmann::ordered_json;
    const Json parsed = Json::parse(line.toStdString());
    QCOMPARE(QByteArray::fromStdString(parsed.dump()), line);
    const Json expected{{"seq", 1}, {"t", parsed.value("t", "")}, {"entry", 3}, {"model", "a \"b\" \\ 你\n\uFFFD\x7f"},
        {"kind", ""}, {"tokens_in", 1'000'000'000'000}, {"tokens_out", 0}, {"estimated", true}, {"cached_in", 0},
        {"reasoning", 0}, {"latency_ms", 0}, {"status", 0}, {"retries", 0}, {"upstream_id", std::string(128, 'i')},
        {"error", "cut"}};
    QCOMPARE(QByteArray::fromStdString(expected.dump()), line);
    const QDateTime written = QDateTime::fromString(QString::fromStdString(parsed.value("t", "")), Qt::ISODateWithMs);
    QVERIFY(qAbs(written.msecsTo(QDateTime::currentDateTimeUtc())) < 60'000);
}

void GatewayPartsTest::saysThatTooManyFilesAreOpen()
{
    boost::asio::io_context io;
    std::optional<Upstream> upstream(std::in_place, io); // the loop's own files are open then
    upstream.reset();
    rlimit before{};
    ::getrlimit(RLIMIT_NOFILE, &before);
    const rlimit none{0, before.rlim_max};
    ::setrlimit(RLIMIT_NOFILE, &none);
    std::string words;
    try {
        upstream.emplace(io);
    } catch (const std::exception &error) {
        words = error.what();
    }
    ::setrlimit(RLIMIT_NOFILE, &before);
    QCOMPARE(QByteArray::fromStdString(words), QByteArray("cannot watch sockets: Too many open files"));
}

QTEST_GUILESS_MAIN(GatewayPartsTest)
#include "tst_gatewayparts.moc"
