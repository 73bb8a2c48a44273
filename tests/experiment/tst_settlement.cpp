// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/experiment/crosscheck.h"
#include "services/experiment/settlement.h"
#include "tests/support/results.h"

#include <QTest>

using namespace society;
using namespace society::experiment;
using ledger::Item;
using namespace Qt::StringLiterals;

namespace {

ledger::Price price(Item item, const QString &model, std::int64_t micro)
{
    ledger::Price price;
    price.item = item;
    price.model = model;
    price.amount = Money::fromMicro(micro);
    price.unitSize = ledger::unitSizeOf(item);
    return price;
}

RecordEntry entry(const QString &model, bool free)
{
    RecordEntry entry;
    entry.llm.model = model;
    entry.free = free;
    return entry;
}

Record record()
{
    Record record;
    record.entries = {entry(QStringLiteral("a"), false), entry(QStringLiteral("b"), true)};
    record.prices = {price(Item::InputTokens, {}, 3'000'000), price(Item::OutputTokens, QStringLiteral("a"), 7'000'000),
        price(Item::OutputTokens, {}, 3'000'000), price(Item::RunTime, {}, 1'000)};
    return record;
}

executor::RunStatus status(qint64 runMs, executor::Outcome outcome = executor::Outcome::Finished)
{
    executor::RunStatus status;
    status.startedAt = QDateTime::currentDateTimeUtc();
    status.runMs = runMs;
    status.outcome = outcome;
    return status;
}

QList<ledger::Usage> used(
    const Record &record, const QList<UsageTotal> &totals, const executor::RunStatus &status, int unread = 0)
{
    return test::must(usageOf(record, totals, status, unread));
}

} // namespace

class TestSettlement : public QObject {
    Q_OBJECT

private slots:
    void paidModelAndRunTime()
    {
        const auto items = used(
            record(), {{.entry = 0, .model = QStringLiteral("a"), .tokensIn = 333, .tokensOut = 7}}, status(12'345));
        QCOMPARE(items.size(), 3);
        QCOMPARE(items.at(0).item, Item::InputTokens);
        QCOMPARE(items.at(0).quantity, 333);
        QCOMPARE(items.at(1).unitPrice, Money::fromMicro(7'000'000));
        QCOMPARE(items.at(2).item, Item::RunTime);
        QCOMPARE(items.at(2).quantity, 12'345);
        // 999 + 49 + 12,345 micro-CNY, each truncated by itself.
        QCOMPARE(costOf(items)->micro(), 999 + 49 + 12'345);
    }

    void ownKeyPaysForRunTimeOnly()
    {
        const auto items = used(record(),
            {{.entry = 1, .model = QStringLiteral("b"), .tokensIn = 1'000'000, .tokensOut = 5}}, status(2'000));
        QVERIFY(items.at(0).free && items.at(1).free && !items.at(2).free);
        QCOMPARE(costOf(items)->micro(), 2'000);
    }

    void practiceIsFree()
    {
        Record practice = record();
        practice.practice = true;
        const auto items =
            used(practice, {{.entry = 1, .model = QStringLiteral("b"), .tokensIn = 10, .tokensOut = 5}}, status(2'000));
        QVERIFY(items.at(2).free);
        QCOMPARE(costOf(items)->micro(), 0);
    }

    void nothingIsGivenAwayForWantOfAPrice_data()
    {
        QTest::addColumn<qsizetype>("without"); // the price that the record lacks
        QTest::addColumn<QString>("model");
        QTest::newRow("tokens in") << qsizetype(0) << u"a"_s;
        QTest::newRow("run time") << qsizetype(3) << u"a"_s;
        QTest::newRow("what is free needs none") << qsizetype(0) << u"b"_s;
    }
    void nothingIsGivenAwayForWantOfAPrice()
    {
        QFETCH(qsizetype, without);
        QFETCH(QString, model);
        Record poor = record();
        poor.prices.remove(without);
        const auto items =
            usageOf(poor, {{.entry = model == u"a" ? 0 : 1, .model = model, .tokensIn = 1, .tokensOut = 1}}, status(1));
        QCOMPARE(test::codeOf(items), model == u"a" ? u"price_missing"_s : QString());
        if (!items)
            QVERIFY(items.error().remedy.contains(u"record.json"_s));
    }

    /// usage.jsonl keeps the beginning of a name: it is billed by the whole one, also beside one that begins the same.
    void aLongNameHasItsPrice()
    {
        Record record = ::record();
        const QString one = QString(128, u'n') + u"one"_s;
        const QString other = QString(128, u'n') + u"other"_s;
        record.entries = {entry(one, false), entry(other, false)};
        record.prices = {price(Item::InputTokens, one, 5'000'000), price(Item::OutputTokens, one, 5'000'000),
            price(Item::InputTokens, other, 7'000'000), price(Item::OutputTokens, other, 7'000'000)};
        const auto items = used(record,
            {{.entry = 0, .model = one.left(128), .tokensIn = 10},
                {.entry = 1, .model = one.left(128), .tokensIn = 20}},
            {});
        QCOMPARE(items.size(), 4);
        QCOMPARE(items.at(0).unitPrice, Money::fromMicro(5'000'000));
        QCOMPARE(items.at(0).model, one);
        QCOMPARE(items.at(0).quantity, 10);
        QCOMPARE(items.at(2).unitPrice, Money::fromMicro(7'000'000));
        QCOMPARE(items.at(2).model, other);
        QCOMPARE(items.at(2).quantity, 20);
    }

    /// A damaged status may have lost when it started.
    void timeWithoutAStartIsBilled()
    {
        executor::RunStatus damaged = status(5'000);
        damaged.startedAt = {};
        const auto items = used(record(), {}, damaged);
        QCOMPARE(items.size(), 1);
        QCOMPARE(items.first().quantity, 5'000);
    }

    void neverStartedCostsNoRunTime() { QVERIFY(used(record(), {}, {}).isEmpty()); }

    void lostSaysSo()
    {
        const auto items = used(record(), {}, status(5'000, executor::Outcome::Lost));
        QCOMPARE(items.size(), 1);
        QVERIFY2(items.first().description.contains(QStringLiteral("lost")), qPrintable(items.first().description));
    }

    void sleptTimeIsSaid()
    {
        auto slept = status(5'000);
        slept.suspendedMs = 61'500;
        const auto items = used(record(), {}, slept);
        QCOMPARE(items.first().quantity, 5'000); // what the machine slept is not in it
        QVERIFY2(items.first().description.contains(QStringLiteral("62 s")), qPrintable(items.first().description));
    }

    void crossCheckSaysWhyItDiffers_data()
    {
        QTest::addColumn<CrossCheck>("check");
        QTest::addColumn<QStringList>("says");
        QTest::newRow("the same") << CrossCheck{1'000, 20, 1'000, 20}
                                  << QStringList{QLocale().toString(1'000), u"20"_s, u"the same"_s};
        QTest::newRow("more billed: the last interviews")
            << CrossCheck{1'500, 30, 1'000, 20}
            << QStringList{QLocale().toString(1'000), u"500"_s, u"10"_s, u"interviews"_s};
        QTest::newRow("less billed") << CrossCheck{900, 30, 1'000, 20} << QStringList{u"900"_s, u"gateway"_s};
    }
    void crossCheckSaysWhyItDiffers()
    {
        QFETCH(CrossCheck, check);
        QFETCH(QStringList, says);
        const QString text = crossCheckText(check);
        for (const QString &part : says)
            QVERIFY2(text.contains(part), qPrintable(text));
        QCOMPARE(check.agrees(), text.contains(u"the same"_s));
    }

    void unreadLinesAreSaid()
    {
        const auto items = used(record(), {}, status(5'000), 2);
        QCOMPARE(items.size(), 1);
        QVERIFY2(items.first().description.contains(u'2'), qPrintable(items.first().description));
        QVERIFY(used(record(), {}, status(5'000)).first().description.isEmpty());
    }

    void freeAndPaidEntriesOfOneModelStayApart()
    {
        Record both = record();
        both.entries = {
            entry(QStringLiteral("a"), false), entry(QStringLiteral("a"), true), entry(QStringLiteral("a"), false)};
        const auto items = used(both,
            {{.entry = 0, .model = QStringLiteral("a"), .tokensIn = 1},
                {.entry = 1, .model = QStringLiteral("a"), .tokensIn = 10},
                {.entry = 2, .model = QStringLiteral("a"), .tokensIn = 100}},
            {});
        QCOMPARE(items.size(), 4);
        QCOMPARE(items.at(0).quantity, 101);
        QVERIFY(!items.at(0).free);
        QCOMPARE(items.at(2).quantity, 10);
        QVERIFY(items.at(2).free);
        QVERIFY(items.at(0).model != items.at(2).model);
    }

    void damagedRunTimePaysNothingBack()
    {
        const auto items = used(record(), {}, status(-1));
        QCOMPARE(items.first().quantity, 0);
    }
};

QTEST_GUILESS_MAIN(TestSettlement)
#include "tst_settlement.moc"
