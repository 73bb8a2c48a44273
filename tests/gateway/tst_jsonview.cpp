// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gateway/jsonview.h"

#include <QTest>
#include <algorithm>
#include <nlohmann/json.hpp>
#include <random>

using namespace society::gateway;
using Json = nlohmann::json;

namespace {

std::int64_t pointsOf(const std::string &text)
{
    return std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
}

/// Whether a view reads what the library reads; down to the leaves. Why not, else empty.
QByteArray difference(const JsonView &view, const Json &value)
{
    const QByteArray here = " at " + QByteArray(view.text().data(), qsizetype(view.text().size()));
    if (view.isObject() != value.is_object() || view.isArray() != value.is_array() ||
        view.isString() != value.is_string() || view.isNumber() != value.is_number() ||
        view.isNull() != value.is_null() || view.isTrue() != (value.is_boolean() && value.get<bool>()))
        return "another kind" + here;
    if (value.is_string()) {
        if (view.string() != value.get<std::string>() || view.codePoints() != pointsOf(value.get<std::string>()))
            return "other words" + here;
    } else if (view.codePoints() != 0 || !view.string().empty()) {
        return "words in what is no string" + here;
    }
    if (view.number() != (value.is_number() ? value.get<double>() : 0))
        return "another number" + here;
    QByteArray found;
    std::size_t items = 0;
    view.eachItem([&](const JsonView &item) {
        if (value.is_array() && items < value.size())
            found += difference(item, value.at(items));
        ++items;
    });
    if (value.is_array() && items != value.size())
        return "another number of items" + here;
    if (value.is_object()) {
        for (const auto &[name, member] : value.items())
            found += difference(view.member(name), member);
    }
    view.eachMember([&](const JsonView &name, const JsonView &) {
        if (!value.contains(name.string()))
            found += "a member that is none" + here;
    });
    return found;
}

} // namespace

/// What the gateway reads of requests and answers is what a JSON library would read, for good text and bad.
class JsonViewTest : public QObject {
    Q_OBJECT

private slots:
    void readsAsTheLibraryDoes_data();
    void readsAsTheLibraryDoes();
    void readsDamagedTextAsTheLibraryDoes();
    void refusesWhatIsTooDeep();
    void survivesWhatIsVeryDeep();
    void takesTheLastOfAName();

private:
    void compare(const std::string &text)
    {
        const Json value = Json::parse(text, nullptr, false);
        const JsonView view = JsonView::read(text);
        QVERIFY2(bool(view) == !value.is_discarded(), text.c_str());
        if (view)
            QCOMPARE(difference(view, value), QByteArray());
    }
};

void JsonViewTest::readsAsTheLibraryDoes_data()
{
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const char *name, const QByteArray &text) { QTest::newRow(name) << text; };
    row("request", R"({"model": "m", "messages": [{"role": "user", "content": "Hal\tlo \u00e4 \ud83d\ude00 \\"}],)"
                   R"( "stream": true, "max_tokens": 500, "temperature": 1.50, "stop": null})");
    row("answer", R"({"id":"x","choices":[{"message":{"content":"你好😀","tool_calls":[]},"finish_reason":""}],)"
                  R"("usage":{"prompt_tokens":-0,"completion_tokens":1.2e1}})");
    row("blanks", " \t\r\n[ 1 , { } , [ ] , \"\" ] \n");
    row("names with escapes", R"({"\u0061":1,"a":2,"b\n":3,"":4,"\"":5})");
    row("nothing", "");
    row("blanks only", " ");
    row("word", "true");
    row("cut word", "tru");
    row("long word", "truex");
    row("two values", "1 2");
    row("comma at the end", "[1,]");
    row("comma in front", "[,1]");
    row("only a comma", "{,}");
    row("no comma", "[1 2]");
    row("no colon", R"({"a" 1})");
    row("no value", R"({"a":})");
    row("a name that is none", "{1:2}");
    row("wrong bracket", "[1}");
    row("open array", "[[1]");
    row("open string", R"("abc)");
    row("open escape", R"("abc\)");
    row("unknown escape", R"("\x41")");
    row("short \\u", R"("\u12")");
    row("no hex", R"("\u12g4")");
    row("signed hex", R"("\u-123")");
    row("first half only", R"("\ud83d")");
    row("first half and a letter", R"("\ud83dx")");
    row("two first halves", R"("\ud83d\ud83d")");
    row("second half only", R"("\ude00")");
    row("d that is no half", R"("\ud7ff\uD7FF\ue000")");
    row("zero escaped", R"("a\u0000b")");
    row("control character", "\"a\x01\"");
    row("line break", "\"a\nb\"");
    row("delete", "\"\x7f\"");
    row("zero byte in a string", QByteArray("\"a\0b\"", 5));
    row("zero byte behind", QByteArray("[1]\0]", 5));
    row("zero byte in front", QByteArray("\0[1]", 4));
    row("comment", "[1] // x");
    row("byte order mark", "\xEF\xBB\xBF{\"a\":1}");
    row("half a byte order mark", "\xEF\xBB{}");
    row("byte order mark alone", "\xEF\xBB\xBF");
    row("NaN", "NaN");
    for (const char *number : {"0", "-0", "-", "01", "1.", ".5", "1.5", "1e5", "1E+05", "1e-5", "1e", "1e+", "+1",
             "0x10", "-1.50e-3", "18446744073709551615", "18446744073709551616", "-9223372036854775809", "1e308",
             "1e309", "-1e400", "1e-400", "0e999999999999", "1.0.0", "1-", "--1"})
        row(number, number);
    row("301 digits", QByteArray(301, '1'));
    row("310 digits", QByteArray(310, '1'));
    row("many zeros", "0." + QByteArray(400, '0') + "1e400");
    for (const char *bytes : {"\xc3\xa4", "\xc1\xbf", "\x80", "\xc3", "\xc3\x28", "\xe0\x80\x80", "\xe0\xa0\x80",
             "\xed\xa0\x80", "\xed\x9f\xbf", "\xef\xbf\xbf", "\xe4\xbd", "\xf0\x8f\x80\x80", "\xf0\x90\x80\x80",
             "\xf4\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "\xf0\x9f\x98"})
        row(QByteArray("utf-8 " + QByteArray(bytes).toHex()).constData(), "\"" + QByteArray(bytes) + "\"");
    // Plain text is looked at in steps: what ends it at each place of one.
    for (int length = 0; length < 40; ++length) {
        for (const char *what : {"", "\\n", "\xc3\xa4", "\x1f", "\\"})
            row(QByteArray::number(length).append(QByteArray(what).toHex()).constData(),
                '"' + QByteArray(length, 'x') + what + "x\"");
    }
}

void JsonViewTest::readsAsTheLibraryDoes()
{
    QFETCH(QByteArray, text);
    compare(text.toStdString());
}

/// Good text with a byte changed, taken out or doubled, or cut: the library is right about each.
void JsonViewTest::readsDamagedTextAsTheLibraryDoes()
{
    const std::string good =
        R"( {"id":"x\u00e4","choices":[{"message":{"content":"你\ud83d\ude00\\\"好","n":-1.5e+3},"f":true}],"u":[0,10,{}]} )";
    std::mt19937 random(20); // always the same
    const auto pick = [&](std::size_t below) {
        return std::uniform_int_distribution<std::size_t>(0, below - 1)(random);
    };
    const std::string likely("\"\\{}[]:,0123456789.eE+-utrfn \xc3\xa4\xed\0\x01", 34);
    for (int i = 0; i < 40000; ++i) {
        std::string text = good;
        for (std::size_t changes = 1 + pick(3); changes > 0; --changes) {
            const std::size_t at = pick(text.size());
            switch (pick(4)) {
            case 0:
                text[at] = likely[pick(likely.size())];
                break;
            case 1:
                text.erase(at, 1);
                break;
            case 2:
                text.insert(at, 1, likely[pick(likely.size())]);
                break;
            default:
                text.insert(at, text.substr(pick(text.size()), pick(12)));
            }
        }
        if (pick(20) == 0)
            text.resize(pick(text.size()));
        compare(text);
        if (QTest::currentTestFailed())
            return;
    }
}

void JsonViewTest::refusesWhatIsTooDeep()
{
    QVERIFY(JsonView::read("[[[1]], \"[[[[\"]", 3));
    QVERIFY(!JsonView::read("[[[1]]]", 2));
    QVERIFY(!JsonView::read("[[{}]]", 2));
    QVERIFY(JsonView::read("[{},{},[]]", 2));
}

void JsonViewTest::survivesWhatIsVeryDeep()
{
    constexpr std::size_t depth = 1U << 20;
    const std::string text = R"({"a":)" + std::string(depth, '[') + std::string(depth, ']') + R"(,"b":1})";
    const JsonView view = JsonView::read(text);
    QCOMPARE(view.member("b").number(), 1.0);
    QVERIFY(!JsonView::read(text.substr(0, text.size() - 7)));
}

void JsonViewTest::takesTheLastOfAName()
{
    const auto [a, b, none] =
        JsonView::read(R"({"a":1,"b":"x","\u0061":[2],"b":"\u0062"})").members<3>({"a", "b", "c"});
    QVERIFY(a.isArray());
    QVERIFY(b.says("b") && !b.says("x"));
    QVERIFY(!none);
}

QTEST_APPLESS_MAIN(JsonViewTest)
#include "tst_jsonview.moc"
