// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/population.h"
#include "tests/config/configfixture.h"

#include <QTemporaryDir>
#include <QTest>

using namespace society;
using namespace society::config;

class TestPopulation : public QObject {
    Q_OBJECT

private slots:
    void givesIds_data();
    void givesIds();
    void knowsGroups();
    void filesOfTwoGroupsShareNoId();
    void survivesNonsense_data();
    void survivesNonsense();
};

void TestPopulation::givesIds_data()
{
    QTest::addColumn<QByteArray>("agents");
    QTest::addColumn<QString>("citizens");
    QTest::addColumn<qint64>("institutions");
    const auto row = [](const char *name, const char *agents, const char *citizens, qint64 institutions) {
        QTest::newRow(name) << QByteArray(agents) << QString::fromUtf8(citizens) << institutions;
    };
    row("built-in: institutions first", R"({"citizens": [{"agent_class": "citizen", "number": 10}]})", "5–14", 4);
    row("SocietyAgent is built in", R"({"citizens": [{"agent_class": "SocietyAgent"}]})", "5", 4);
    row("community: none added", R"({"citizens": [{"agent_class": "AgreeAgent", "number": 2}]})", "1–2", 0);
    row("one built-in group is enough", R"({"citizens": [{"agent_class": "AgreeAgent"}, {"agent_class": "citizen"}]})",
        "5–6", 4);
    row("own firms", R"({"citizens": [{"agent_class": "citizen"}], "firms": [{"agent_class": "firm", "number": 3}]})",
        "7", 6);
    row("empty list counts as left out", R"({"citizens": [{"agent_class": "citizen"}], "firms": [], "banks": []})", "5",
        4);
    row("firms without built-in",
        R"({"citizens": [{"agent_class": "AgreeAgent"}], "firms": [{"agent_class": "firm"}]})", "2", 1);
    row("file: ids stay",
        R"({"citizens": [{"agent_class": "citizen", "number": 2, "memory_from_file": "people.json"}]})", "3, 6", 4);
    row("file and number",
        R"({"citizens": [{"agent_class": "citizen", "number": 3}, {"agent_class": "citizen", "number": 3, "memory_from_file": "people.json"}]})",
        "3, 6–9, 101", 4);
    row("number caps the file", R"({"citizens": [{"agent_class": "AgreeAgent", "memory_from_file": "people.json"}]})",
        "3", 0);
    row("nobody", R"({"citizens": [{"agent_class": "AgreeAgent", "number": 0}]})", "", 0);
}

void TestPopulation::givesIds()
{
    QFETCH(QByteArray, agents);
    QFETCH(QString, citizens);
    QFETCH(qint64, institutions);
    QTemporaryDir folder;
    writeFile(folder.filePath(QStringLiteral("people.json")), R"([{"id": 3}, {"id": 6}, {"id": 101}])");
    const Population people = population(json(agents), folder.path());
    QCOMPARE(idText(people.citizenIds()), citizens);
    QCOMPARE(people.institutions(), institutions);
    QCOMPARE(lines(people.problems), QStringList());
}

void TestPopulation::knowsGroups()
{
    const Population people = population(
        json(R"({"citizens": [{"agent_class": "citizen", "number": 2}, {"agent_class": "RumorSpreader"}]})"), {});
    QVERIFY(people.hasBuiltInCitizens());
    QCOMPARE(people.citizens(), 3);
    QCOMPARE(people.groupOf(1)->list, QStringLiteral("firms"));
    QCOMPARE(people.groupOf(1)->agentClass, QStringLiteral("firm"));
    QVERIFY(people.groupOf(4)->isInstitution());
    QCOMPARE(people.groupOf(4)->list, QStringLiteral("governments"));
    QCOMPARE(people.groupOf(6)->path, QStringLiteral("citizens.0"));
    QCOMPARE(people.groupOf(7)->agentClass, QStringLiteral("RumorSpreader"));
    QVERIFY(!people.groupOf(8));
    QVERIFY(!people.groupOf(0));
}

void TestPopulation::filesOfTwoGroupsShareNoId()
{
    QTemporaryDir folder;
    writeFile(folder.filePath(QStringLiteral("a.json")), R"([{"id": 3}, {"id": 4}])");
    const Population people = population(
        json(
            R"({"citizens": [{"agent_class": "citizen", "number": 2, "memory_from_file": "a.json"}, {"agent_class": "AgreeAgent", "number": 2, "memory_from_file": "a.json"}]})"),
        folder.path());
    QCOMPARE(
        lines(people.problems), QStringList{QStringLiteral("error citizens.1.memory_from_file profile_id_duplicate")});
    QVERIFY(people.problems.first().message.contains(u'3'));
}

void TestPopulation::survivesNonsense_data()
{
    QTest::addColumn<QByteArray>("agents");
    QTest::addColumn<QStringList>("expected");
    QTest::newRow("null") << QByteArray("null") << QStringList();
    QTest::newRow("list") << QByteArray("[]") << QStringList();
    QTest::newRow("citizens no list") << QByteArray(R"({"citizens": 3})") << QStringList();
    QTest::newRow("entries no objects") << QByteArray(R"({"citizens": [1, "x", null]})") << QStringList();
    QTest::newRow("negative") << QByteArray(R"({"citizens": [{"agent_class": "AgreeAgent", "number": -5}]})")
                              << QStringList();
    QTest::newRow("text as number") << QByteArray(R"({"citizens": [{"agent_class": 7, "number": "x"}]})")
                                    << QStringList();
    QTest::newRow("more than there are ids")
        << QByteArray(R"({"citizens": [{"agent_class": "AgreeAgent", "number": 9000000000000000000}]})")
        << QStringList{QStringLiteral("error citizens.0.number agents_too_many")};
    QTest::newRow("file missing")
        << QByteArray(R"({"citizens": [{"agent_class": "citizen", "memory_from_file": "none.json"}]})")
        << QStringList{QStringLiteral("error citizens.0.memory_from_file profile_missing")};
    QTest::newRow("file of another type")
        << QByteArray(R"({"citizens": [{"agent_class": "citizen", "memory_from_file": "people.csv"}]})")
        << QStringList{QStringLiteral("error citizens.0.memory_from_file profile_file_type")};
    QTest::newRow("suffix in capitals")
        << QByteArray(R"({"citizens": [{"agent_class": "citizen", "memory_from_file": "people.JSON"}]})")
        << QStringList{QStringLiteral("error citizens.0.memory_from_file profile_file_type")};
}

void TestPopulation::survivesNonsense()
{
    QFETCH(QByteArray, agents);
    QFETCH(QStringList, expected);
    QTemporaryDir folder;
    const Population people = population(json(agents), folder.path());
    QCOMPARE(lines(people.problems), expected);
    QVERIFY(!people.groupOf(-1));
    QVERIFY(people.citizens() <= 100'000'000);
}

QTEST_GUILESS_MAIN(TestPopulation)
#include "tst_population.moc"
