// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/ledger/selection_p.h"
#include "services/ledger/steps_p.h"
#include "tests/ledger/ledgerfixture.h"

#include <QMap>
#include <QRandomGenerator>
#include <QScopeGuard>

Q_DECLARE_METATYPE(society::ledger::SelectionLimits)

namespace {

constexpr qint64 Unset = 0; // an end of a range of amounts; 0 itself is tried as any other by others

QList<Bill> allOf(const Book &book)
{
    return must(book.ledger.bills({.tenant = u"lab"_s, .limit = 10'000})).bills;
}

/// The bills that pass, found without SQL.
QList<Bill> byHand(const QList<Bill> &all, const BillFilter &filter)
{
    QList<Bill> passed;
    for (const Bill &bill : all)
        if ((!filter.item || bill.item == *filter.item) && (!filter.model || bill.model == *filter.model) &&
            (!filter.from.isValid() || bill.createdAt >= filter.from) &&
            (!filter.to.isValid() || bill.createdAt < filter.to) && (!filter.least || bill.amount >= *filter.least) &&
            (!filter.most || bill.amount <= *filter.most) &&
            (filter.text.isEmpty() || bill.model.contains(filter.text) || bill.description.contains(filter.text)))
            passed.append(bill);
    return passed;
}

template <class Key, class KeyOf>
QMap<Key, std::pair<qint64, Money>> sumsBy(const QList<Bill> &bills, KeyOf keyOf)
{
    QMap<Key, std::pair<qint64, Money>> sums;
    for (const Bill &bill : bills) {
        auto &[count, sum] = sums[keyOf(bill)];
        ++count;
        sum = must(sum.plus(bill.amount));
    }
    return sums;
}

template <class Key, class KeyOf>
QMap<Key, std::pair<qint64, Money>> sumsOf(const QList<BillGroup> &groups, KeyOf keyOf)
{
    QMap<Key, std::pair<qint64, Money>> sums;
    for (const BillGroup &group : groups)
        sums.insert(keyOf(group), {group.bills, group.sum});
    return sums;
}

/// An end of a range: a bill's amount, at an end of its step, beside one, or anywhere.
Money anEnd(const QList<Bill> &all, QRandomGenerator &random)
{
    const Money amount = all.at(random.bounded(all.size())).amount;
    const Money step = stepOf(amount);
    switch (random.bounded(5)) {
    case 0:
        return amount;
    case 1:
        return step;
    case 2:
        return Money::fromMicro(step.micro() + random.bounded(-1, 2));
    case 3: // as people type them
        return Money::fromMicro(random.bounded(-40, 20) * 100'000);
    default:
        return Money::fromMicro(amount.micro() + random.bounded(-500'000, 500'000));
    }
}

QDateTime aTime(const QList<Bill> &all, QRandomGenerator &random)
{
    const QDateTime time = all.at(random.bounded(all.size())).createdAt;
    const QTimeZone zone(
        QList<QByteArray>{"UTC", "Asia/Shanghai", "America/St_Johns", "Asia/Kathmandu"}.at(random.bounded(4)));
    const QDate day = time.toTimeZone(zone).date();
    switch (random.bounded(3)) {
    case 0:
        return time.addMSecs(random.bounded(-1, 2));
    case 1:
        return day.startOfDay(zone);
    default:
        return QDate(day.year(), day.month(), 1).startOfDay(zone);
    }
}

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
    void filtersByAmount_data();
    void filtersByAmount();
    void answeredByWhatIsKept();
    void differencesOfAnySize();

private:
    /// Bills of every size over most of a year, of two tenants.
    static void fill(Book &book);
    Book m_book;
    int m_tenants = 0;
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
    const QString tenant = u"of-%1"_s.arg(m_tenants++); // no balance holds two of the greatest
    must(m_book.ledger.addTenant(tenant));
    QCOMPARE(
        m_book.number(u"SELECT %1 FROM (SELECT CAST(? AS BIGINT) AS amount) a"_s.arg(stepSql(u"amount"_s)), {amount}),
        step);
    const bool isRecharge = amount > 0;
    m_book.sql(
        u"INSERT INTO bills (id, tenant, experiment, item, amount_micro, created_at, balance_after_micro) VALUES "
        "(?, ?, ?, ?, ?, '2026-03-01T12:00:00.000Z', ?)"_s,
        {BillId::random().text(), tenant, isRecharge ? QVariant() : ExperimentId::random().text(),
            itemWord(isRecharge ? Item::Recharge : Item::RunTime), amount, amount});
    QCOMPARE(
        m_book.number(u"SELECT count(*) FROM amount_totals WHERE tenant = ? AND bills = 1 AND amount_micro = ? AND "
                      "step_micro = ? AND of_run = ?"_s,
            {tenant, amount, step, isRecharge ? 0 : 1}),
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

void TestAmountTotals::fill(Book &book)
{
    book.doNotSync();
    book.clock.set(u"2026-01-20T10:07:03.250Z"_s);
    must(book.ledger.addTenant(u"other"_s));
    QRandomGenerator random(23);
    for (int i = 0; i < 80; ++i) {
        book.clock.advance(
            random.bounded(1, 7) * 86'400'000LL + random.bounded(86'400'000) - (i % 13 == 12 ? 1'500'000'000LL : 0));
        const QString tenant = i % 5 == 4 ? u"other"_s : u"lab"_s;
        const auto micro = [&random] { return 1 + static_cast<qint64>(random.generate() >> random.bounded(9, 32)); };
        const Bill recharged =
            must(book.ledger.recharge(tenant, Money::fromMicro(10'000 + micro()), i % 2 ? u"a note"_s : u""_s));
        must(book.ledger.settle({tenant, ExperimentId::random(),
            {usage(Item::RunTime, micro()), usage(Item::InputTokens, micro(), i % 2 ? u"alpha"_s : u"beta"_s),
                usage(Item::OutputTokens, micro(), u"alpha"_s, i % 6 == 0)}}));
        if (i % 4 == 0)
            must(book.ledger.correct(tenant, recharged.id, Money::fromMicro(i % 8 ? micro() : -micro()), u"typo"_s));
    }
}

void TestAmountTotals::filtersByAmount_data()
{
    QTest::addColumn<SelectionLimits>("limits");
    QTest::newRow("as they are") << SelectionLimits();
    QTest::newRow("as of many bills") << SelectionLimits{.few = 0, .sampled = 0};
}

void TestAmountTotals::filtersByAmount()
{
    QFETCH(SelectionLimits, limits);
    Book book;
    fill(book);
    const QList<Bill> all = allOf(book);
    QVERIFY(all.size() > 200);
    QVERIFY(must(book.ledger.audit()).isOk());
    const SelectionLimits usual = std::exchange(selectionLimits(), limits);
    const auto restore = qScopeGuard([&usual] { selectionLimits() = usual; });
    QRandomGenerator random(29);
    qsizetype found = 0;
    for (int i = 0; i < 400; ++i) {
        BillFilter filter{.tenant = u"lab"_s, .limit = 10'000};
        if (i % 3 != 0)
            filter.least = anEnd(all, random);
        if (i % 3 != 1)
            filter.most = i % 9 == 2 ? filter.least : anEnd(all, random);
        if (filter.least && filter.most && *filter.most < *filter.least && i % 7 != 0)
            std::swap(filter.least, filter.most);
        if (random.bounded(3) == 0)
            filter.item = static_cast<Item>(random.bounded(5));
        if (random.bounded(4) == 0)
            filter.model = QStringList{u"alpha"_s, u"beta"_s, u""_s}.at(random.bounded(3));
        if (random.bounded(2) == 0)
            filter.from = aTime(all, random);
        if (random.bounded(2) == 0)
            filter.to =
                random.bounded(4) == 0 && filter.from.isValid() ? filter.from.addSecs(5'000) : aTime(all, random);
        if (random.bounded(5) == 0)
            filter.text = QStringList{u"alpha"_s, u"t"_s, u"no such"_s}.at(random.bounded(3));
        const QList<Bill> expected = byHand(all, filter);
        found += expected.isEmpty() ? 0 : 1;
        const BillPage page = must(book.ledger.bills(filter));
        QCOMPARE(page.bills, expected);
        QCOMPARE(page.total, expected.size());
        QCOMPARE(page.sum, sumOf(expected));
        const auto groups = [&](GroupBy by) { return must(book.ledger.groups(filter, by, QTimeZone::utc())); };
        QCOMPARE(sumsOf<Item>(groups(GroupBy::Item), [](const BillGroup &group) { return *group.item; }),
            sumsBy<Item>(expected, [](const Bill &bill) { return bill.item; }));
        QCOMPARE(sumsOf<QString>(groups(GroupBy::Model), [](const BillGroup &group) { return group.model; }),
            sumsBy<QString>(expected, [](const Bill &bill) { return bill.model; }));
        QCOMPARE(sumsOf<QDate>(groups(GroupBy::Day), [](const BillGroup &group) { return group.day; }),
            sumsBy<QDate>(expected, [](const Bill &bill) { return bill.createdAt.date(); }));
    }
    QVERIFY(found > 150);
}

// What a range of amounts comes to is not added up from the bills, however many there are: as who changes what is kept
// can see, and the audit says.
void TestAmountTotals::answeredByWhatIsKept()
{
    Book book;
    fill(book);
    const BillFilter filter{.tenant = u"lab"_s, .least = yuan("-0.5"), .most = yuan("0.5"), .limit = 0};
    const BillPage before = must(book.ledger.bills(filter));
    book.ownerSql({u"UPDATE amount_totals SET bills = bills + 1000000 WHERE tenant = 'lab' AND grain = 'month' AND "
                   "step_micro BETWEEN -90000 AND 90000"_s});
    QVERIFY(must(book.ledger.bills(filter)).total > before.total + 1'000'000);
    const AuditReport report = must(book.ledger.audit());
    QVERIFY(!report.isOk());
    for (const Difference &difference : report.differences) {
        QCOMPARE(difference.code, u"totals_wrong"_s);
        QCOMPARE(difference.tenant, u"lab"_s);
    }
    must(book.ledger.putRight(report.differences));
    QVERIFY(must(book.ledger.audit()).isOk());
    QCOMPARE(must(book.ledger.bills(filter)).total, before.total);
    QCOMPARE(must(book.ledger.bills(filter)).sum, before.sum);
}

/// What is kept is compared by sums with other multipliers in each audit: no size of a difference may hide from them.
void TestAmountTotals::differencesOfAnySize()
{
    constexpr int Audits = 15; // one bit that says nothing would show in them
    Book book;
    fill(book);
    for (const int bit : {0, 40, 60, 62}) {
        const QString change = u"UPDATE amount_totals SET amount_micro = amount_micro %2 %1 WHERE grain = 'month' AND "
                               "item = 'recharge' AND tenant = 'lab'"_s.arg(INT64_C(1) << bit);
        book.ownerSql({change.arg(u"+")});
        for (int i = 0; i < Audits; ++i) {
            const AuditReport report = must(book.ledger.audit());
            QVERIFY2(!report.isOk(), qPrintable(QString::number(bit)));
            for (const Difference &difference : report.differences)
                QCOMPARE(difference.code, u"totals_wrong"_s);
        }
        book.ownerSql({change.arg(u"-")});
        QVERIFY(must(book.ledger.audit()).isOk());
    }
}

QTEST_GUILESS_MAIN(TestAmountTotals)
#include "tst_amounttotals.moc"
