// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/document.h"

#include <QTemporaryDir>
#include <QTest>

using namespace society;
using namespace society::config;

class TestDocument : public QObject {
    Q_OBJECT

private slots:
    void refusesBadJson_data();
    void refusesBadJson();
    void refusesBadYaml_data();
    void refusesBadYaml();
    void readsYamlAsPyYamlDoes_data();
    void readsYamlAsPyYamlDoes();
    void mergesYamlKeys();
    void keepsAliasesFromMultiplying();
    void convertsPaths_data();
    void convertsPaths();
    void findsPositions();
    void findsPositionsInYaml();
    void slicesAsWritten();
    void patchesOnlyTheValue_data();
    void patchesOnlyTheValue();
    void removes_data();
    void removes();
    void saysWhatIsMissing();
    void namesDuplicateKeys();
    void keepsOrderAndNumbers();
    void limits();
};

void TestDocument::refusesBadJson_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("place");
    QTest::addColumn<QString>("remedy");
    QTest::newRow("empty") << QByteArray() << QStringLiteral("line 1, column 1") << QStringLiteral("empty");
    QTest::newRow("cut off") << QByteArray("{\"a\": [1,\n 2") << QStringLiteral("line 2")
                             << QStringLiteral("too early");
    QTest::newRow("comma too many") << QByteArray("{\n \"a\": 1,\n}") << QStringLiteral("line 3, column 1")
                                    << QStringLiteral("comma before");
    QTest::newRow("comma missing") << QByteArray("{\"a\": 1\n \"b\": 2}") << QStringLiteral("line 2")
                                   << QStringLiteral("comma is missing");
    QTest::newRow("single quotes") << QByteArray("{'a': 1}") << QStringLiteral("line 1, column 2")
                                   << QStringLiteral("double quotation");
    QTest::newRow("comment") << QByteArray("{\n// x\n}") << QStringLiteral("line 2, column 1")
                             << QStringLiteral("no comments");
    QTest::newRow("Python") << QByteArray("{\"a\": True}") << QStringLiteral("line 1, column 7")
                            << QStringLiteral("small letters");
    QTest::newRow("column counts characters")
        << QByteArray("{\"你好\": x}") << QStringLiteral("line 1, column 8") << QString();
    QTest::newRow("trailing text") << QByteArray("{} x") << QStringLiteral("line 1, column 4") << QString();
    QTest::newRow("lone surrogate") << QByteArray("\"\\ud800\"") << QStringLiteral("line 1") << QString();
    QTest::newRow("number too large") << QByteArray("1e999") << QStringLiteral("too large") << QStringLiteral("10^308");
}

void TestDocument::refusesBadJson()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, place);
    QFETCH(QString, remedy);
    const auto document = Document::parse(text, Format::Json, QStringLiteral("x.json"));
    QVERIFY(!document);
    QCOMPARE(document.error().code, QStringLiteral("json_invalid"));
    QVERIFY2(document.error().message.contains(place), qPrintable(document.error().message));
    QVERIFY2(document.error().message.contains(QStringLiteral("x.json")), qPrintable(document.error().message));
    QVERIFY(!document.error().remedy.isEmpty());
    QVERIFY2(document.error().remedy.contains(remedy), qPrintable(document.error().remedy));
}

void TestDocument::refusesBadYaml_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("message");
    QTest::newRow("indentation") << QByteArray("a:\n  b: 1\n c: 2\n") << QStringLiteral("line 3");
    QTest::newRow("two documents") << QByteArray("a: 1\n---\nb: 2\n") << QStringLiteral("line 2");
    QTest::newRow("unclosed") << QByteArray("a: [1, 2\n") << QStringLiteral("line");
    QTest::newRow("python tag") << QByteArray("a: !!python/object/apply:os.system [x]\nb: !!python/name:os.system x\n")
                                << QStringLiteral("tag");
    QTest::newRow("list as key") << QByteArray("? [1, 2]\n: 3\n") << QStringLiteral("key must be text");
    QTest::newRow("infinite") << QByteArray("a: .inf\n") << QStringLiteral("finite");
    QTest::newRow("itself inside") << QByteArray("&a [*a]\n") << QStringLiteral("line");
}

void TestDocument::refusesBadYaml()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, message);
    const auto document = Document::parse(text, Format::Yaml, QStringLiteral("x.yaml"));
    QVERIFY(!document);
    QVERIFY2(document.error().message.contains(message), qPrintable(document.error().message));
}

void TestDocument::readsYamlAsPyYamlDoes_data()
{
    QTest::addColumn<QByteArray>("yaml");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *yaml, const char *expected) {
        QTest::newRow(yaml) << QByteArray(yaml) << QByteArray(expected);
    };
    row("yes", "true");
    row("Off", "false");
    row("oN", "\"oN\"");
    row("~", "null");
    row("12", "12");
    row("-12", "-12");
    row("+12", "12");
    row("1_000", "1000");
    row("010", "8");
    row("0x1F", "31");
    row("0b101", "5");
    row("09", "\"09\"");
    row("1:30", "90");
    row("1.5", "1.5");
    row("1e3", "\"1e3\"");
    row("1.0e+3", "1000.0");
    row("'12'", "\"12\"");
    row("\"yes\"", "\"yes\"");
    row("!!str 12", "\"12\"");
    row("2026-01-01", "\"2026-01-01\"");
    row("你好", "\"你好\"");
    row("[1, a, null]", "[1,\"a\",null]");
    row("18446744073709551615", "18446744073709551615");
}

void TestDocument::readsYamlAsPyYamlDoes()
{
    QFETCH(QByteArray, yaml);
    QFETCH(QByteArray, expected);
    const auto document = Document::parse("v: " + yaml + "\n", Format::Yaml);
    QVERIFY2(document.has_value(), document ? "" : qPrintable(document.error().detail));
    QCOMPARE(document->slice(QStringLiteral("v")).simplified().replace(" ", ""), expected);
}

void TestDocument::mergesYamlKeys()
{
    const auto document = Document::parse("base: &b {x: 1, y: 2}\nuse:\n  <<: *b\n  y: 3\n", Format::Yaml);
    QVERIFY(document.has_value());
    QCOMPARE(document->value(QStringLiteral("use.x")).toInt(), 1);
    QCOMPARE(document->value(QStringLiteral("use.y")).toInt(), 3);
}

void TestDocument::keepsAliasesFromMultiplying()
{
    QByteArray text("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; ++i) {
        const QByteArray before = "*a" + QByteArray::number(i - 1);
        text += "a" + QByteArray::number(i) + ": &a" + QByteArray::number(i) + " [" +
                QByteArrayList(10, before).join(", ") + "]\n";
    }
    const auto document = Document::parse(text, Format::Yaml);
    QVERIFY(!document);
    QCOMPARE(document.error().code, QStringLiteral("document_too_large"));
}

void TestDocument::convertsPaths_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QStringList>("parts");
    QTest::newRow("root") << QString() << QStringList();
    QTest::newRow("plain") << QStringLiteral("exp.workflow.0.days")
                           << QStringLiteral("exp workflow 0 days").split(u' ');
    QTest::newRow("dot in key") << QStringLiteral("a\\.b.c") << QStringList{QStringLiteral("a.b"), QStringLiteral("c")};
    QTest::newRow("slash and tilde") << QStringLiteral("a/b.c~d")
                                     << QStringList{QStringLiteral("a/b"), QStringLiteral("c~d")};
    QTest::newRow("backslash") << QStringLiteral("a\\\\b") << QStringList{QStringLiteral("a\\b")};
    QTest::newRow("empty key") << QStringLiteral("a..b")
                               << QStringList{QStringLiteral("a"), QString(), QStringLiteral("b")};
}

void TestDocument::convertsPaths()
{
    QFETCH(QString, path);
    QFETCH(QStringList, parts);
    QCOMPARE(splitPath(path), parts);
    QCOMPARE(joinPath(parts), path);
}

void TestDocument::findsPositions()
{
    const auto document =
        Document::parse("{\n  \"a\": [\n    {\"b\": 1},\n    {\"你\": 2, \"c\": 3}\n  ]\n}\n", Format::Json);
    QVERIFY(document.has_value());
    QCOMPARE(document->position(QStringLiteral("a")), (Position{2, 3}));
    QCOMPARE(document->position(QStringLiteral("a.1")), (Position{4, 5}));
    QCOMPARE(document->position(QStringLiteral("a.1.c")), (Position{4, 14}));
    QCOMPARE(document->position(QStringLiteral("a.1.missing")), (Position{4, 5}));
    QCOMPARE(document->position(QStringLiteral("nothing.at.all")), (Position{1, 1}));
}

void TestDocument::findsPositionsInYaml()
{
    const auto document = Document::parse("a:\n  - b: 1\n  - c: 2\n", Format::Yaml);
    QVERIFY(document.has_value());
    QCOMPARE(document->position(QStringLiteral("a.1.c")), (Position{3, 5}));
    QCOMPARE(document->position(QStringLiteral("a.1.c.d")), (Position{3, 5}));
}

void TestDocument::slicesAsWritten()
{
    const auto document = Document::parse(
        "{\n    \"a\": {\n        \"x\": 1.50,\n        \"y\": \"two  spaces\"\n    }\n}", Format::Json);
    QVERIFY(document.has_value());
    QCOMPARE(document->slice(QStringLiteral("a")), QByteArray("{\n    \"x\": 1.50,\n    \"y\": \"two  spaces\"\n}"));
    QCOMPARE(document->slice(QStringLiteral("a.x")), QByteArray("1.50"));
    QCOMPARE(document->slice(QStringLiteral("b")), QByteArray());
}

void TestDocument::patchesOnlyTheValue_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("number") << QByteArray("{ \"a\" : 1 ,\"b\":2}") << QStringLiteral("b") << QByteArray("3")
                            << QByteArray("{ \"a\" : 1 ,\"b\":3}");
    QTest::newRow("whole") << QByteArray(" [1] ") << QString() << QByteArray("{}") << QByteArray(" {} ");
    QTest::newRow("last of two") << QByteArray("{\"a\": 1, \"a\": 2}") << QStringLiteral("a") << QByteArray("3")
                                 << QByteArray("{\"a\": 1, \"a\": 3}");
    QTest::newRow("new in line") << QByteArray("{\"a\": 1}") << QStringLiteral("b") << QByteArray("2")
                                 << QByteArray("{\"a\": 1, \"b\": 2}");
    QTest::newRow("new on a line") << QByteArray("{\n  \"a\": 1\n}") << QStringLiteral("b.c") << QByteArray()
                                   << QByteArray();
    QTest::newRow("new below") << QByteArray("{\n  \"a\": 1\n}") << QStringLiteral("b") << QByteArray("[\n  2\n]")
                               << QByteArray("{\n  \"a\": 1,\n  \"b\": [\n    2\n  ]\n}");
    QTest::newRow("into empty") << QByteArray("{\"a\": {}}") << QStringLiteral("a.b") << QByteArray("1")
                                << QByteArray("{\"a\": {\"b\": 1}}");
    QTest::newRow("appended") << QByteArray("[1, 2]") << QStringLiteral("2") << QByteArray("3")
                              << QByteArray("[1, 2, 3]");
    QTest::newRow("beyond the end") << QByteArray("[1, 2]") << QStringLiteral("4") << QByteArray("3") << QByteArray();
    QTest::newRow("escaped key") << QByteArray("{\"a\\u002eb\": 1}") << QStringLiteral("a\\.b") << QByteArray("2")
                                 << QByteArray("{\"a\\u002eb\": 2}");
    QTest::newRow("not JSON") << QByteArray("{\"a\": 1}") << QStringLiteral("a") << QByteArray("x") << QByteArray();
}

void TestDocument::patchesOnlyTheValue()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, path);
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, expected);
    const auto document = Document::parse(text, Format::Json);
    QVERIFY(document.has_value());
    const auto changed = document->with(path, value);
    QCOMPARE(changed.has_value(), !expected.isEmpty());
    if (changed)
        QCOMPARE(changed->text(), expected);
}

void TestDocument::removes_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("first") << QByteArray("{\"a\": 1, \"b\": 2}") << QStringLiteral("a") << QByteArray("{\"b\": 2}");
    QTest::newRow("last") << QByteArray("{\"a\": 1, \"b\": 2}") << QStringLiteral("b") << QByteArray("{\"a\": 1}");
    QTest::newRow("only") << QByteArray("[{\"a\": 1}]") << QStringLiteral("0.a") << QByteArray("[{}]");
    QTest::newRow("middle of a list") << QByteArray("[1, 2, 3]") << QStringLiteral("1") << QByteArray("[1, 3]");
}

void TestDocument::removes()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, path);
    QFETCH(QByteArray, expected);
    const auto document = Document::parse(text, Format::Json);
    QVERIFY(document.has_value());
    const auto changed = document->without(path);
    QVERIFY(changed.has_value());
    QCOMPARE(changed->text(), expected);
}

void TestDocument::saysWhatIsMissing()
{
    const Document empty;
    QVERIFY(!empty.contains(QStringLiteral("a")));
    QVERIFY(empty.value(QStringLiteral("a")).isUndefined());
    QCOMPARE(empty.size({}), 0);
    QCOMPARE(empty.without(QStringLiteral("a")).error().code, QStringLiteral("path_missing"));
    QCOMPARE(empty.with(QStringLiteral("a"), "1").error().code, QStringLiteral("path_missing"));
    QTemporaryDir folder;
    QCOMPARE(Document::read(folder.filePath(QStringLiteral("none.json"))).error().code, QStringLiteral("file_missing"));
}

void TestDocument::namesDuplicateKeys()
{
    const auto document = Document::parse("{\"a\": {\"b\": 1, \"b\": 2}, \"c\": 3, \"a\": {}}", Format::Json);
    QVERIFY(document.has_value());
    QCOMPARE(document->duplicateKeys(), (QStringList{QStringLiteral("a.b"), QStringLiteral("a")}));
    const auto yaml = Document::parse("a: 1\na: 2\n", Format::Yaml);
    QVERIFY(yaml.has_value());
    QCOMPARE(yaml->duplicateKeys(), QStringList{QStringLiteral("a")});
}

void TestDocument::keepsOrderAndNumbers()
{
    const QByteArray text("{\"z\": 9007199254740993, \"a\": 0.1, \"m\": 18446744073709551615}");
    const auto document = Document::parse(text, Format::Json);
    QVERIFY(document.has_value());
    QCOMPARE(document->keys({}), (QStringList{QStringLiteral("z"), QStringLiteral("a"), QStringLiteral("m")}));
    QCOMPARE(document->value(QStringLiteral("z")).toInteger(), 9007199254740993LL);
    QCOMPARE(document->text(), text);
    const auto yaml = Document::parse("z: 9007199254740993\na: 0.1\n", Format::Yaml);
    QVERIFY(yaml.has_value());
    QCOMPARE(yaml->toJson(), QByteArray("{\n  \"z\": 9007199254740993,\n  \"a\": 0.1\n}\n"));
}

void TestDocument::limits()
{
    QCOMPARE(Document::parse(QByteArray(MaxDocumentBytes + 1, ' '), Format::Json).error().code,
        QStringLiteral("document_too_large"));
    const QByteArray deep = QByteArray(100'000, '[');
    QCOMPARE(Document::parse(deep, Format::Json).error().code, QStringLiteral("document_too_deep"));
    QVERIFY(!Document::parse(deep, Format::Yaml));
    QVERIFY(Document::parse(QByteArray(MaxDocumentDepth, '[') + QByteArray(MaxDocumentDepth, ']'), Format::Json)
                .has_value());
    const auto broken = Document::parse("{\n\"a\": \"\xff\"}", Format::Json, QStringLiteral("x"));
    QVERIFY(!broken);
    QCOMPARE(broken.error().code, QStringLiteral("not_utf8"));
    QVERIFY2(broken.error().message.contains(QStringLiteral("line 2, column 7")), qPrintable(broken.error().message));
    QCOMPARE(Document::parse("\"\xed\xa0\x80\"", Format::Json).error().code, QStringLiteral("not_utf8"));
    QVERIFY(Document::parse("\xEF\xBB\xBF{\"a\": 1}", Format::Json)->contains(QStringLiteral("a")));
}

QTEST_GUILESS_MAIN(TestDocument)
#include "tst_document.moc"
