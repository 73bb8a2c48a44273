// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/ledger/steps_p.h"
#include "tests/ledger/ledgerfixture.h"

#include <QRandomGenerator>

namespace {

constexpr qint64 Unset = 0; // an end of a range of amounts; 0 itself is tried as any other by others

} // namespace

/// What is kept of the bills by their amounts: the steps, the same in the program and in both databases.
class TestAmountTotals : public QObject {
    Q_OBJECT
private slots:
    void stepOfAnAmount_data();
    void stepOfAnAmount();
    void rangesTakenApart_data();
    void rangesTakenApart();
    void everyAmountIsInOnePart();
};

void TestAmountTotals::stepOfAnAmount_data()
{
    QTest::addColumn<qint64>("amount");
    QTest::addColumn<qint64>("step");
    const auto row = [](qint64 amount, qint64 step) {
        QTest::newRow(qPrintable(QString::number(amount))) << amount << step;
    };
    row(0, 0);
    row(INT64_MAX, 9'200'000'000'000'000'000);
    row(INT64_MIN, -9'200'000'000'000'000'000);
    for (const auto &[amount, step] :
        QList<std::pair<qint64, qint64>>{{1, 1}, {9, 9}, {10, 10}, {99, 99}, {100, 100}, {101, 100}, {109, 100},
            {110, 110}, {999, 990}, {1'000, 1'000}, {1'099, 1'000}, {1'100, 1'100}, {99'999, 99'000},
            {100'000, 100'000}, {12'345'678, 12'000'000}, {999'999'999'999'999'999, 990'000'000'000'000'000},
            {1'000'000'000'000'000'000, 1'000'000'000'000'000'000}}) {
        row(amount, step);
        row(-amount, -step);
    }
}

void TestAmountTotals::stepOfAnAmount()
{
    QFETCH(qint64, amount);
    QFETCH(qint64, step);
    QCOMPARE(stepOf(Money::fromMicro(amount)).micro(), step);
    Book book;
    book.doNotSync();
    QCOMPARE(
        book.number(u"SELECT %1 FROM (SELECT CAST(? AS BIGINT) AS amount) a"_s.arg(stepSql(u"amount"_s)), {amount}),
        step);
    const bool isRecharge = amount > 0;
    book.sql(u"INSERT INTO bills (id, tenant, experiment, item, amount_micro, created_at, balance_after_micro) VALUES "
             "(?, 'lab', ?, ?, ?, '2026-03-01T12:00:00.000Z', ?)"_s,
        {BillId::random().text(), isRecharge ? QVariant() : ExperimentId::random().text(),
            itemWord(isRecharge ? Item::Recharge : Item::RunTime), amount, amount});
    QCOMPARE(book.number(u"SELECT count(*) FROM amount_totals WHERE bills = 1 AND amount_micro = ? AND step_micro = ? "
                         "AND of_run = ?"_s,
                 {amount, step, isRecharge ? 0 : 1}),
        2); // of the day, of the month
}

void TestAmountTotals::rangesTakenApart_data()
{
    QTest::addColumn<qint64>("least");
    QTest::addColumn<qint64>("most");
    QTest::addColumn<AmountParts>("parts");
    const auto range = [](qint64 first, qint64 last) {
        return AmountRange{Money::fromMicro(first), Money::fromMicro(last)};
    };
    const auto row = [](const char *name, qint64 least, qint64 most, AmountRange steps,
                         const QList<AmountRange> &cuts) {
        QTest::newRow(name) << least << most << AmountParts{steps, cuts};
    };
    constexpr qint64 end = 9'200'000'000'000'000'000;
    const AmountRange none = range(0, -1);
    row("all", Unset, Unset, range(-end, end), {});
    row("charges at most", Unset, -1'300'000, range(-end, -1'300'000), {});
    row("charges at least", -1'300'000, -1, range(-1'200'000, -1), {range(-1'300'000, -1'300'000)});
    row("recharges at least", 1'300'000, Unset, range(1'300'000, end), {});
    row("recharges at most", 1, 1'300'000, range(1, 1'200'000), {range(1'300'000, 1'300'000)});
    row("to the end of a step", 1'300'000, 1'399'999, range(1'300'000, 1'300'000), {});
    row("on one step", -1'350'000, -1'310'000, none, {range(-1'350'000, -1'310'000)});
    row("one amount", 1'234'567, 1'234'567, none, {range(1'234'567, 1'234'567)});
    row("one small amount", -7, -7, range(-7, -7), {});
    row("two steps, both cut", 1'299'999, 1'300'000, none, {range(1'299'999, 1'299'999), range(1'300'000, 1'300'000)});
    row("over zero", -1'310'964, 2'345'678, range(-1'300'000 + 100'000, 2'200'000),
        {range(-1'310'964, -1'300'000), range(2'300'000, 2'345'678)});
    row("least above most", 5, -5, none, {range(5, -5)});
    row("the first", INT64_MIN, INT64_MIN, none, {range(INT64_MIN, INT64_MIN)});
    row("the last", INT64_MAX, INT64_MAX, none, {range(INT64_MAX, INT64_MAX)});
}

void TestAmountTotals::rangesTakenApart()
{
    QFETCH(qint64, least);
    QFETCH(qint64, most);
    QFETCH(AmountParts, parts);
    const auto end = [](qint64 micro) {
        return micro == Unset ? std::nullopt : std::optional(Money::fromMicro(micro));
    };
    QCOMPARE(partsOfAmounts(end(least), end(most)), parts);
}

void TestAmountTotals::everyAmountIsInOnePart()
{
    QRandomGenerator random(5);
    const auto any = [&random] { // of any size, often at an end of a step
        qint64 micro = static_cast<qint64>(random.generate64() >> random.bounded(1, 64));
        if (random.bounded(2) == 0)
            micro = stepOf(Money::fromMicro(micro)).micro() + random.bounded(-1, 2);
        return Money::fromMicro(random.bounded(2) == 0 ? micro : -micro);
    };
    for (int i = 0; i < 20'000; ++i) {
        const Money least = any();
        const Money most = random.bounded(5) == 0 ? least : any();
        const AmountParts parts = partsOfAmounts(least, most);
        for (int j = 0; j < 12; ++j) {
            const Money amount = j == 0   ? least
                                 : j == 1 ? most
                                 : j == 2 ? stepOf(least)
                                 : j == 3 ? stepOf(most)
                                          : any();
            const Money step = stepOf(amount);
            int found = step >= parts.steps.first && step <= parts.steps.last ? 1 : 0;
            for (const AmountRange &cut : parts.cuts)
                found += amount >= cut.first && amount <= cut.last ? 1 : 0;
            QCOMPARE(found, amount >= least && amount <= most ? 1 : 0);
        }
    }
}

QTEST_GUILESS_MAIN(TestAmountTotals)
#include "tst_amounttotals.moc"
