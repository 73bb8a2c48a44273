// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gateway/streamguard.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace society::gateway;
using namespace Qt::StringLiterals;

namespace {

const std::string kKey = "sk-s-key-0123";

std::string word(const std::string &text, const std::string &field = "content", int choice = 0)
{
    return R"(data: {"choices":[{"index":)" + std::to_string(choice) + R"(,"delta":{")" + field + R"(":")" + text +
           "\"}}]}\n\n";
}

/// The words of a field, put together as a client does.
QString wordsOf(const std::string &events, const QString &field, int choice = 0)
{
    QString words;
    for (const QByteArray &line : QByteArray::fromStdString(events).split('\n')) {
        if (!line.startsWith("data: {"))
            continue;
        const QJsonObject first = QJsonDocument::fromJson(line.mid(6))["choices"_L1][0].toObject();
        if (first["index"_L1].toInt() == choice)
            words += first["delta"_L1][field].toString();
    }
    return words;
}

} // namespace

/// The key does not come through a stream, and all else does as soon as it is known to be no key.
class StreamGuardTest : public QObject {
    Q_OBJECT

private slots:
    void hidesAKeyInPieces_data();
    void hidesAKeyInPieces();
    void passesOnAtOnce();
    void holdsOnlyWhatMayBeTheKey();
    void keepsChannelsApart();
    void doesNotWaitForEver();
    void leavesShortKeysAlone();
};

void StreamGuardTest::hidesAKeyInPieces_data()
{
    QTest::addColumn<int>("size");
    for (int size = 1; size <= int(kKey.size()) + 1; ++size)
        QTest::addRow("%d characters each", size) << size;
}

void StreamGuardTest::hidesAKeyInPieces()
{
    QFETCH(int, size);
    // The second one begins within what looked like a beginning.
    const std::string said = "Key: " + kKey + ", not sk-s-sk-s-key-0123!";
    for (const char *field : {"content", "reasoning_content"}) {
        StreamGuard guard(kKey);
        std::string passed;
        for (std::size_t at = 0; at < said.size(); at += std::size_t(size))
            passed +=
                guard.feed(word(said.substr(at, std::size_t(size)), field) + (at % 2 == 0 ? ": comment\n\n" : ""));
        passed += guard.feed("data: [DONE]\n\n");
        passed += guard.finish();
        QCOMPARE(wordsOf(passed, QString::fromLatin1(field)), u"Key: ***, not sk-s-***!"_s);
        QVERIFY(passed.ends_with("data: [DONE]\n\n"));
    }
}

void StreamGuardTest::passesOnAtOnce()
{
    StreamGuard guard(kKey);
    for (const std::string &event : {word("Hello"), word("desks "), word("ask-"), word("你\\n\\\"ok\\\""), word(""),
             std::string(": comment\r\n\r\n"), std::string("data: broken\n\n"), std::string("data: [DONE]\n\n"),
             std::string("event: x\ndata: {\"choices\":[]}")}) {
        const std::string passed = guard.feed(event);
        if (event == word("ask-")) { // may be the beginning of the key
            QVERIFY(passed.empty());
            continue;
        }
        QVERIFY2(passed.ends_with(event), event.c_str());
    }
    QVERIFY(guard.finish().empty());
}

void StreamGuardTest::holdsOnlyWhatMayBeTheKey()
{
    StreamGuard guard(kKey);
    QVERIFY(guard.feed(word("this")).empty());
    QCOMPARE(guard.feed(word("k-") + word("x")), word("this") + word("k-") + word("x"));
    QVERIFY(guard.feed(word("sk-s")).empty());
    const std::string passed = guard.feed(word("-cat"));
    QCOMPARE(QByteArray::fromStdString(passed), QByteArray::fromStdString(word("sk-s") + word("-cat")));
    QVERIFY(guard.feed(word("sk-s-key-")).empty());
    QCOMPARE(QByteArray::fromStdString(guard.finish()), QByteArray::fromStdString(word("sk-s-key-")));
}

void StreamGuardTest::keepsChannelsApart()
{
    StreamGuard guard(kKey);
    const auto call = [](int index, const std::string &arguments) {
        return R"(data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":)" + std::to_string(index) +
               R"(,"function":{"arguments":")" + arguments + "\"}}]}}]}\n\n";
    };
    std::string passed = guard.feed(word("a sk-s-", "content", 0) + word("b sk-s-", "content", 1));
    passed += guard.feed(call(0, "{\\\"k\\\":\\\"sk-s-") + call(1, "sk-s"));
    passed += guard.feed(word("key-0123.", "content", 1) + word("ok", "content", 0));
    passed += guard.feed(call(1, "ave") + call(0, "key-\\u0030123\\\"}"));
    passed += guard.finish();
    QCOMPARE(wordsOf(passed, u"content"_s, 0), u"a sk-s-ok"_s);
    QCOMPARE(wordsOf(passed, u"content"_s, 1), u"b ***."_s);
    QString arguments;
    for (const QByteArray &line : QByteArray::fromStdString(passed).split('\n')) {
        const QJsonValue called = QJsonDocument::fromJson(line.mid(6))["choices"_L1][0]["delta"_L1]["tool_calls"_L1][0];
        if (called["index"_L1].toInt() == 0)
            arguments += called["function"_L1]["arguments"_L1].toString();
    }
    QCOMPARE(arguments, u"{\"k\":\"***\"}"_s);
}

/// Where words that may begin the key are followed by none, what comes behind them does not wait without an end.
void StreamGuardTest::doesNotWaitForEver()
{
    StreamGuard guard(kKey);
    QVERIFY(guard.feed(word("s")).empty());
    std::size_t sent = word("s").size();
    std::size_t passed = 0;
    for (int i = 0; i < 100; ++i) {
        const std::string thought = word(std::string(2000, 't'), "reasoning_content");
        sent += thought.size();
        passed += guard.feed(thought).size();
        QVERIFY(sent - passed <= 70'000);
    }
    QCOMPARE(passed + guard.finish().size(), sent);
}

void StreamGuardTest::leavesShortKeysAlone()
{
    StreamGuard guard("none");
    for (const char *text : {"no", "ne", "none"})
        QVERIFY(guard.feed(word(text)) == word(text));
}

QTEST_APPLESS_MAIN(StreamGuardTest)
#include "tst_streamguard.moc"
