// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/core/csvreader.h"
#include "services/config/profiles.h"
#include "tests/config/configfixture.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace society;
using namespace society::config;

class TestProfiles : public QObject {
    Q_OBJECT

private slots:
    void readsCsv_data();
    void readsCsv();
    void typesCsv();
    void fillsIds();
    void reads_data();
    void reads();
    void readsThePracticePeople();
    void finds_data();
    void finds();
    void refuses_data();
    void refuses();
    void manyRowsAreQuick();
};

void TestProfiles::readsCsv_data()
{
    QTest::addColumn<QByteArray>("csv");
    QTest::addColumn<QList<QStringList>>("rows");
    const QStringList ab{QStringLiteral("a"), QStringLiteral("b")};
    QTest::newRow("plain") << QByteArray("a,b\n1,2\n")
                           << QList<QStringList>{ab, {QStringLiteral("1"), QStringLiteral("2")}};
    QTest::newRow("no end, CRLF, BOM") << QByteArray("\xEF\xBB\xBF"
                                                     "a,b\r\n1,2")
                                       << QList<QStringList>{ab, {QStringLiteral("1"), QStringLiteral("2")}};
    QTest::newRow("quoted") << QByteArray("a,b\n\"x, \"\"y\"\"\nz\",2\n")
                            << QList<QStringList>{ab, {QStringLiteral("x, \"y\"\nz"), QStringLiteral("2")}};
    QTest::newRow("semicolons") << QByteArray("a;b\n1,5;2\n")
                                << QList<QStringList>{ab, {QStringLiteral("1,5"), QStringLiteral("2")}};
    QTest::newRow("tabs") << QByteArray("a\tb\n1\t2\n")
                          << QList<QStringList>{ab, {QStringLiteral("1"), QStringLiteral("2")}};
    QTest::newRow("empty lines") << QByteArray("\n\na,b\n\n1,\n")
                                 << QList<QStringList>{ab, {QStringLiteral("1"), QString()}};
    QTest::newRow("nothing") << QByteArray() << QList<QStringList>{};
}

void TestProfiles::readsCsv()
{
    QFETCH(QByteArray, csv);
    QFETCH(QList<QStringList>, rows);
    const auto read = readCsv(csv);
    QVERIFY(read.has_value());
    QCOMPARE(*read, rows);
}

void TestProfiles::typesCsv()
{
    const auto table =
        parseProfiles("id,name,age,income,zip,married,social_network\n"
                      "1,Ann,30,1.5,00123,true,\"[{\"\"target_id\"\": 2, \"\"kind\"\": \"\"friend\"\"}]\"\n"
                      "2,李雷,31,2,00124,false,\n",
            QStringLiteral("csv"));
    QVERIFY2(table.has_value(), table ? "" : qPrintable(table.error().message));
    const QJsonObject first = table->rows.at(0).toObject();
    QCOMPARE(first.value(QStringLiteral("age")), QJsonValue(30));
    QCOMPARE(first.value(QStringLiteral("income")), QJsonValue(1.5));
    QCOMPARE(first.value(QStringLiteral("zip")), QJsonValue(QStringLiteral("00123"))); // a number would lose its zeros
    QCOMPARE(first.value(QStringLiteral("married")), QJsonValue(true));
    QVERIFY(first.value(QStringLiteral("social_network")).isArray());
    QCOMPARE(table->rows.at(1)[QStringLiteral("name")].toString(), QStringLiteral("李雷"));
    QVERIFY(!table->rows.at(1).toObject().contains(QStringLiteral("social_network")));
    QCOMPARE(table->columns.first().name, QStringLiteral("id"));
    const QStringList expected{QStringLiteral("warning 0.married profile_column_dropped"),
        QStringLiteral("warning 0.zip profile_column_dropped")};
    QStringList found = lines(table->problems);
    found.sort();
    QCOMPARE(found, expected);
    const auto again = parseProfiles(table->toJson(), QStringLiteral("json"));
    QVERIFY(again.has_value());
    QCOMPARE(again->rows, table->rows);
}

void TestProfiles::fillsIds()
{
    const auto table = parseProfiles("id,name\n,Ann\n2,Bob\n,Cy\n", QStringLiteral("csv"));
    QVERIFY(table.has_value());
    QCOMPARE(table->rows.at(0)[QStringLiteral("id")].toInteger(), 1);
    QCOMPARE(table->rows.at(1)[QStringLiteral("id")].toInteger(), 2);
    QCOMPARE(table->rows.at(2)[QStringLiteral("id")].toInteger(), 3);
    const auto none = parseProfiles("name\nAnn\nBob\n", QStringLiteral("csv"));
    QVERIFY(none.has_value());
    QCOMPARE(none->rows.at(1)[QStringLiteral("id")].toInteger(), 2);
    QVERIFY(none->problems.isEmpty());
}

void TestProfiles::reads_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("suffix");
    QTest::newRow("list") << QByteArray("[{\"id\": 1}, {\"id\": 2}]") << QStringLiteral("json");
    QTest::newRow("lines") << QByteArray("{\"id\": 1}\n\n{\"id\": 2}\n") << QStringLiteral("jsonl");
    QTest::newRow("table") << QByteArray("id\n1\n2\n") << QStringLiteral("csv");
}

void TestProfiles::reads()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, suffix);
    const auto table = parseProfiles(text, suffix);
    QVERIFY(table.has_value());
    QCOMPARE(table->rows.size(), 2);
    QCOMPARE(table->columns.size(), 1);
    QCOMPARE(table->columns.first().type, ColumnType::Integer);
    QVERIFY(table->problems.isEmpty());
}

void TestProfiles::readsThePracticePeople()
{
    const auto table = readProfiles(sourcePath(QStringLiteral("resources/runner/practice_people.json")));
    QVERIFY(table.has_value());
    QCOMPARE(table->rows.size(), 10);
    QCOMPARE(lines(table->problems), QStringList());
}

void TestProfiles::finds_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QStringList>("expected");
    const auto row = [](const char *name, const char *text, const QStringList &expected) {
        QTest::newRow(name) << QByteArray(text) << expected;
    };
    row("no id", "[{\"name\": \"x\"}]", {QStringLiteral("error 0.id profile_id_missing")});
    row("id as text", "[{\"id\": 1}, {\"id\": \"2\"}]", {QStringLiteral("error 1.id profile_id_type")});
    row("id with a fraction", "[{\"id\": 1.5}]", {QStringLiteral("error 0.id profile_id_type")});
    row("id 0", "[{\"id\": 0}]", {QStringLiteral("error 0.id profile_id_range")});
    row("id too large", "[{\"id\": 100000001}]", {QStringLiteral("error 0.id profile_id_range")});
    row("largest id", "[{\"id\": 100000000}]", {});
    row("id twice", "[{\"id\": 7}, {\"id\": 8}, {\"id\": 7}]", {QStringLiteral("error 2.id profile_id_duplicate")});
    row("no object", "[3]", {QStringLiteral("error 0 profile_value_type")});
    row("network no list", "[{\"id\": 1, \"social_network\": 3}]",
        {QStringLiteral("error 0.social_network profile_value_type")});
    row("unknown kind of tie", "[{\"id\": 1, \"social_network\": [{\"target_id\": 1, \"kind\": \"enemy\"}]}]",
        {QStringLiteral("error 0.social_network profile_value_type")});
    row("strength above 1",
        "[{\"id\": 1, \"social_network\": [{\"target_id\": 1, \"kind\": \"friend\", \"strength\": 2}]}]",
        {QStringLiteral("error 0.social_network profile_value_type")});
    row("dropped column", "[{\"id\": 1, \"persona\": \"x\"}]",
        {QStringLiteral("warning 0.persona profile_column_dropped")});
}

void TestProfiles::finds()
{
    QFETCH(QByteArray, text);
    QFETCH(QStringList, expected);
    const auto table = parseProfiles(text, QStringLiteral("json"));
    QVERIFY(table.has_value());
    QCOMPARE(lines(table->problems), expected);
    for (const Problem &problem : table->problems)
        QVERIFY(!problem.message.isEmpty() && !problem.remedy.isEmpty());
}

void TestProfiles::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("suffix");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("word");
    QTest::newRow("other type") << QByteArray("x") << QStringLiteral("xlsx") << QStringLiteral("profile_file_type")
                                << QStringLiteral("xlsx");
    QTest::newRow("no list") << QByteArray("{\"id\": 1}") << QStringLiteral("json")
                             << QStringLiteral("profile_unreadable") << QStringLiteral("list");
    QTest::newRow("not JSON") << QByteArray("[{]") << QStringLiteral("json") << QStringLiteral("profile_unreadable")
                              << QStringLiteral("line 1");
    QTest::newRow("bad line") << QByteArray("{\"id\": 1}\nx\n") << QStringLiteral("jsonl")
                              << QStringLiteral("profile_unreadable") << QStringLiteral("Line 2");
    QTest::newRow("empty table") << QByteArray("\n") << QStringLiteral("csv") << QStringLiteral("profile_unreadable")
                                 << QStringLiteral("empty");
    QTest::newRow("names twice") << QByteArray("a,a\n1,2\n") << QStringLiteral("csv")
                                 << QStringLiteral("profile_unreadable") << QStringLiteral("first line");
    QTest::newRow("open quote") << QByteArray("a,b\n1,\"2\n") << QStringLiteral("csv")
                                << QStringLiteral("profile_unreadable") << QStringLiteral("line 2");
    QTest::newRow("text after quote") << QByteArray("a,b\n\"1\"x,2\n") << QStringLiteral("csv")
                                      << QStringLiteral("profile_unreadable") << QStringLiteral("line 2");
    QTest::newRow("deep") << QByteArray(100'000, '[') << QStringLiteral("json") << QStringLiteral("profile_unreadable")
                          << QStringLiteral("levels");
}

void TestProfiles::refuses()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, suffix);
    QFETCH(QString, code);
    QFETCH(QString, word);
    const auto table = parseProfiles(text, suffix);
    QVERIFY(!table);
    QCOMPARE(table.error().code, code);
    QVERIFY2(table.error().message.contains(word), qPrintable(table.error().message));
    QVERIFY(!table.error().remedy.isEmpty());
    QTemporaryDir folder;
    QCOMPARE(
        readProfiles(folder.filePath(QStringLiteral("none.json"))).error().code, QStringLiteral("profile_missing"));
}

void TestProfiles::manyRowsAreQuick()
{
    QByteArray csv("id,name,age\n");
    for (int i = 1; i <= 100'000; ++i)
        csv += QByteArray::number(i) + ",Person,30\n";
    QElapsedTimer timer;
    timer.start();
    const auto table = parseProfiles(csv, QStringLiteral("csv"));
    QVERIFY(table.has_value());
    QCOMPARE(table->rows.size(), 100'000);
    QVERIFY2(timer.elapsed() < 20'000, qPrintable(QString::number(timer.elapsed())));
}

QTEST_GUILESS_MAIN(TestProfiles)
#include "tst_profiles.moc"
