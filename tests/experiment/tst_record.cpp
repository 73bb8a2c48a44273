// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/experiment/record.h"

#include "services/core/files.h"

#include <QTemporaryDir>
#include <QTest>

using namespace society;
using namespace society::experiment;

class TestRecord : public QObject {
    Q_OBJECT

private slots:
    void comesBackAsItWas()
    {
        Record record;
        record.id = ExperimentId::random();
        record.tenant = QStringLiteral("default");
        record.name = QStringLiteral("小城 \"rumour\"\n");
        record.createdAt = QDateTime::fromString(QStringLiteral("2026-01-02T03:04:05.678Z"), Qt::ISODateWithMs);
        record.seed = 4'294'967'295U;
        record.hold = Money::fromMicro(1'000'000);
        record.mode = agentsociety::RunMode::Ray;
        record.city = agentsociety::City::Own;
        record.llm = {ConfigId::random(), {}, QStringLiteral("Practice model"), 3};
        record.agents = {ConfigId::random(), QStringLiteral("default"), QStringLiteral("People"), 1};
        record.map = {ConfigId::random(), {}, QStringLiteral("Town"), 1};
        record.workflow = {ConfigId::random(), {}, QStringLiteral("Day"), 9};
        record.changes = {{QStringLiteral("exp.workflow.0.steps"), QStringLiteral("2")}};
        record.entries = {
            {{QStringLiteral("qwen"), {}, QStringLiteral("qwen-plus"), 0, 20}, QStringLiteral("default/x/0"), true}};
        record.mapFile = {QStringLiteral("/maps/a.pb"), QStringLiteral("ab")};
        record.profiles = {{QStringLiteral("/p.json"), QStringLiteral("cd")}};
        record.prices.resize(1);
        record.prices.first().item = ledger::Item::InputTokens;
        record.prices.first().amount = Money::fromMicro(3'000'000);
        record.prices.first().unitSize = 1'000'000;
        record.citizens = 10;
        record.agentCount = 14;
        record.stepsTotal = 104;
        record.configuration = "{\"zebra\": 1, \"apple\": {\"n\": 9007199254740993}}";

        const auto back = Record::fromJson(record.toJson());
        QVERIFY2(back, back ? "" : qPrintable(back.error().detail));
        QCOMPARE(back->toJson(), record.toJson());
        QCOMPARE(back->seed, record.seed);
        QCOMPARE(back->entries, record.entries);
        QCOMPARE(back->changes, record.changes);
        // The order of keys and every digit survive: both decide what the runner draws.
        QVERIFY2(back->configuration.indexOf("zebra") < back->configuration.indexOf("apple"),
            back->configuration.constData());
        QVERIFY(back->configuration.contains("9007199254740993"));
    }

    void refusesWhatItCannotRead_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("code");
        QTest::newRow("not JSON") << QByteArray("{") << QStringLiteral("record_invalid");
        QTest::newRow("newer") << QByteArray("{\"schema\": 2}") << QStringLiteral("record_newer");
        QTest::newRow("no id") << QByteArray("{\"schema\": 1, \"configuration\": {}}")
                               << QStringLiteral("record_invalid");
    }
    void refusesWhatItCannotRead()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, code);
        const auto record = Record::fromJson(text);
        QVERIFY(!record);
        QCOMPARE(record.error().code, code);
    }

    void priceOfAModelBeforeThatOfAll()
    {
        Record record;
        record.prices.resize(2);
        record.prices[0].item = record.prices[1].item = ledger::Item::InputTokens;
        record.prices[0].amount = Money::fromMicro(1);
        record.prices[1].model = QStringLiteral("m");
        record.prices[1].amount = Money::fromMicro(2);
        QCOMPARE(record.price(ledger::Item::InputTokens, QStringLiteral("m"))->amount, Money::fromMicro(2));
        QCOMPARE(record.price(ledger::Item::InputTokens, QStringLiteral("other"))->amount, Money::fromMicro(1));
        QVERIFY(!record.price(ledger::Item::RunTime, {}));
    }
};

QTEST_GUILESS_MAIN(TestRecord)
#include "tst_record.moc"
