// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ledger/ledgerfixture.h"

#include "services/store/transaction.h"

/// Settlement: what it writes, that it happens once, and how amounts are rounded.
class TestSettle : public QObject {
    Q_OBJECT
private slots:
    void writesBillsAndReleasesTheHold();
    void truncates_data();
    void truncates();
    void freeItemsCostNothing();
    void practiceRun();
    void onceOnly();
    void nothingUsedIsSettledToo();
    void releasedHoldIsStillBilled();
    void balanceMayBecomeNegative();
    void allOrNothing();
    void joinsTheCallersTransaction();
    void refused_data();
    void refused();
    void foreign();
    void priceChangeLeavesBills();
};

void TestSettle::writesBillsAndReleasesTheHold()
{
    Book book;
    must(book.ledger.recharge(u"lab"_s, yuan("10")));
    const auto run = book.experiment();
    must(book.ledger.placeHold(u"lab"_s, run, yuan("1"), {}));
    book.clock.advance(60'000);
    Settlement settlement{u"lab"_s, run, {}};
    settlement.items = {usage(Item::RunTime, 190'123), usage(Item::OutputTokens, 12, u"qwen-plus"_s),
        usage(Item::InputTokens, 79, u"qwen-plus"_s), usage(Item::InputTokens, 1'000'001, u"other"_s)};
    settlement.items[0].description = u"3 min 10 s"_s;
    const Settled settled = must(book.ledger.settle(settlement));
    QVERIFY(!settled.already);
    QCOMPARE(settled.bills.size(), 4);
    // In an order of its own, whatever the caller's: by item, then model.
    const Bill &other = settled.bills.at(0);
    QCOMPARE(other.model, u"other"_s);
    QCOMPARE(other.amount, yuan("-3.000003"));
    QCOMPARE(other.unit, u"token"_s);
    QCOMPARE(other.unitSize, 1'000'000);
    QCOMPARE(other.balanceAfter, yuan("6.999997"));
    QCOMPARE(settled.bills.at(1).amount, yuan("-0.000237"));
    QCOMPARE(settled.bills.at(2).amount, yuan("-0.000036"));
    const Bill &time = settled.bills.at(3);
    QCOMPARE(time.amount, yuan("-0.190123"));
    QCOMPARE(time.unit, u"ms"_s);
    QCOMPARE(time.quantity, 190'123);
    QCOMPARE(time.description, u"3 min 10 s"_s);
    QCOMPARE(time.createdAt, book.clock.now());
    QCOMPARE(settled.total, yuan("-3.190399"));
    QCOMPARE(book.account(), (Account{u"lab"_s, yuan("6.809601"), {}, yuan("6.809601")}));
    const Hold hold = must(book.ledger.holds(u"lab"_s, false)).at(0);
    QCOMPARE(hold.releaseReason, u"settled"_s);
    QCOMPARE(must(book.ledger.billsOf(u"lab"_s, run)), settled.bills);
}

void TestSettle::truncates_data()
{
    QTest::addColumn<qint64>("quantity");
    QTest::addColumn<qint64>("price");
    QTest::addColumn<qint64>("unitSize");
    QTest::addColumn<qint64>("amount");
    const auto row = [](const char *name, qint64 quantity, qint64 price, qint64 unitSize, qint64 amount) {
        QTest::newRow(name) << quantity << price << unitSize << amount;
    };
    row("nothing", 0, 3'000'000, 1'000'000, 0);
    row("one token", 1, 3'000'000, 1'000'000, -3);
    row("a token below one micro", 1, 999'999, 1'000'000, 0);
    row("just one micro", 1, 1'000'000, 1'000'000, -1);
    row("1.999999 micro", 1'999'999, 1, 1'000'000, -1);
    row("cheap model", 333'333, 800'000, 1'000'000, -266'666);
    row("one ms", 1, 1'000, 1'000, -1);
    row("half a micro per ms", 1, 500, 1'000, 0);
    row("three half micros", 3, 500, 1'000, -1);
    row("an hour", 3'600'000, 1'000, 1'000, -3'600'000);
    // Where floats go astray: 0.1 + 0.2, and more digits than a double has.
    row("many digits", 9'007'199'254'740'993, 1'000'000, 1'000'000, -9'007'199'254'740'993);
    row("128 bits in between", 4'000'000'000'000'000'000, 2'000'000, 1'000'000, -8'000'000'000'000'000'000);
}

void TestSettle::truncates()
{
    QFETCH(qint64, quantity);
    QFETCH(qint64, price);
    QFETCH(qint64, unitSize);
    QFETCH(qint64, amount);
    Book book;
    const auto run = book.experiment();
    const Settlement settlement{
        u"lab"_s, run, {{Item::InputTokens, u"m"_s, quantity, Money::fromMicro(price), unitSize, {}, false}}};
    const Settled settled = must(book.ledger.settle(settlement));
    QCOMPARE(settled.bills.at(0).amount.micro(), amount);
    QCOMPARE(settled.bills.at(0).quantity, quantity);
    QCOMPARE(settled.total.micro(), amount);
    QCOMPARE(book.account().balance.micro(), amount);
}

void TestSettle::freeItemsCostNothing()
{
    // A tenant's own key: tokens free, run time not.
    Book book;
    const auto run = book.experiment();
    const Settled settled = must(book.ledger.settle({u"lab"_s, run,
        {usage(Item::InputTokens, 5'000'000, u"m"_s, true), usage(Item::OutputTokens, 7, u"m"_s, true),
            usage(Item::RunTime, 2'000)}}));
    QCOMPARE(settled.total, yuan("-0.002"));
    QCOMPARE(settled.bills.at(0).amount, Money());
    QVERIFY(settled.bills.at(0).free);
    QCOMPARE(settled.bills.at(0).unitPrice, yuan("3")); // what it would have cost stays to be seen
    QCOMPARE(settled.bills.at(0).quantity, 5'000'000);
    QVERIFY(!settled.bills.at(2).free);
    QVERIFY(must(book.ledger.bills({.tenant = u"lab"_s})).bills.at(2).free);
}

void TestSettle::practiceRun()
{
    Book book; // with no money at all
    const auto run = book.experiment();
    must(book.ledger.placeHold(u"lab"_s, run, {}, u"practice"_s));
    const Settled settled = must(book.ledger.settle({u"lab"_s, run,
        {usage(Item::InputTokens, 734'517, u"practice"_s, true), usage(Item::OutputTokens, 56'731, u"practice"_s, true),
            usage(Item::RunTime, 185'000, {}, true)}}));
    QCOMPARE(settled.total, Money());
    QCOMPARE(settled.bills.size(), 3);
    QCOMPARE(book.account(), (Account{u"lab"_s, {}, {}, {}}));
}

void TestSettle::onceOnly()
{
    Book book;
    must(book.ledger.recharge(u"lab"_s, yuan("10")));
    const auto run = book.experiment();
    must(book.ledger.placeHold(u"lab"_s, run, yuan("1"), {}));
    const Settlement settlement{
        u"lab"_s, run, {usage(Item::InputTokens, 1'000'000, u"m"_s), usage(Item::RunTime, 1'000)}};
    const Settled first = must(book.ledger.settle(settlement));
    const Account after = book.account();
    book.clock.advance(1'000);
    must(book.ledger.correct(u"lab"_s, first.bills.at(0).id, yuan("1"), u"a gift"_s));
    // Again, with other figures, with none: the first one stands.
    const QList<Settlement> again{settlement,
        {u"lab"_s, run, {usage(Item::InputTokens, 9, u"m"_s), usage(Item::OutputTokens, 9, u"n"_s)}},
        {u"lab"_s, run, {}}};
    for (const Settlement &each : again) {
        const Settled second = must(book.ledger.settle(each));
        QVERIFY(second.already);
        QCOMPARE(second.bills, first.bills);
        QCOMPARE(second.total, first.total);
    }
    QCOMPARE(book.account().balance, must(after.balance.plus(yuan("1"))));
    QCOMPARE(must(book.ledger.billsOf(u"lab"_s, run)).size(), 3);
}

void TestSettle::nothingUsedIsSettledToo()
{
    Book book;
    must(book.ledger.recharge(u"lab"_s, yuan("10")));
    const auto run = book.experiment();
    must(book.ledger.placeHold(u"lab"_s, run, yuan("1"), {}));
    const Settled settled = must(book.ledger.settle({u"lab"_s, run, {}}));
    QVERIFY(settled.bills.isEmpty());
    QVERIFY(!settled.already);
    QCOMPARE(book.account().held, Money());
    const Settled late = must(book.ledger.settle({u"lab"_s, run, {usage(Item::RunTime, 1'000'000)}}));
    QVERIFY(late.already);
    QVERIFY(late.bills.isEmpty());
    QCOMPARE(book.account().balance, yuan("10"));
}

void TestSettle::releasedHoldIsStillBilled()
{
    Book book;
    must(book.ledger.recharge(u"lab"_s, yuan("10")));
    const auto run = book.experiment();
    must(book.ledger.placeHold(u"lab"_s, run, yuan("1"), {}));
    must(book.ledger.releaseHold(u"lab"_s, run, u"an old one"_s));
    QCOMPARE(must(book.ledger.settle({u"lab"_s, run, {usage(Item::RunTime, 1'000'000)}})).total, yuan("-1"));
    QCOMPARE(must(book.ledger.holds(u"lab"_s, false)).at(0).releaseReason, u"an old one"_s);
}

void TestSettle::balanceMayBecomeNegative()
{
    Book book;
    must(book.ledger.recharge(u"lab"_s, yuan("1")));
    const auto run = book.experiment();
    must(book.ledger.placeHold(u"lab"_s, run, yuan("1"), {}));
    QCOMPARE(must(book.ledger.settle({u"lab"_s, run, {usage(Item::RunTime, 2'500'000)}})).total, yuan("-2.5"));
    QCOMPARE(book.account().available, yuan("-1.5"));
    QCOMPARE(codeOf(book.ledger.placeHold(u"lab"_s, book.experiment(), yuan("0.01"), {})), u"funds"_s);
    must(book.ledger.placeHold(u"lab"_s, book.experiment(), {}, u"practice"_s));
}

void TestSettle::allOrNothing()
{
    Book book;
    must(book.ledger.recharge(u"lab"_s, yuan("10")));
    const auto run = book.experiment();
    must(book.ledger.placeHold(u"lab"_s, run, yuan("1"), {}));
    // The second item is beyond 64 bits: the first one is not billed either, and the hold stays.
    const QList<Usage> items{
        usage(Item::InputTokens, 1'000'000, u"m"_s), {Item::OutputTokens, u"m"_s, INT64_MAX, yuan("3"), 1, {}, false}};
    QCOMPARE(codeOf(book.ledger.settle({u"lab"_s, run, items})), u"amount_too_large"_s);
    QCOMPARE(book.account(), (Account{u"lab"_s, yuan("10"), yuan("1"), yuan("9")}));
    QCOMPARE(book.number(u"SELECT count(*) FROM bills"_s), 1);
    must(book.ledger.settle({u"lab"_s, run, items.mid(0, 1)}));
}

void TestSettle::joinsTheCallersTransaction()
{
    Book book;
    const auto run = book.experiment();
    const Settlement settlement{u"lab"_s, run, {usage(Item::RunTime, 1'000)}};
    {
        const auto transaction = must(store::Transaction::begin(*book.database));
        must(book.ledger.settle(settlement));
        book.sql(u"UPDATE experiments SET settled = 1 WHERE id = ?"_s, {run.text()});
    }
    QCOMPARE(book.account().balance, Money()); // not without the experiment's mark
    auto transaction = must(store::Transaction::begin(*book.database));
    QVERIFY(!must(book.ledger.settle(settlement)).already);
    book.sql(u"UPDATE experiments SET settled = 1 WHERE id = ?"_s, {run.text()});
    must(transaction.commit());
    QCOMPARE(book.account().balance, yuan("-0.001"));
}

void TestSettle::refused_data()
{
    QTest::addColumn<QList<Usage>>("items");
    const Usage good = usage(Item::InputTokens, 1, u"m"_s);
    const auto row = [&](const char *name, auto change) {
        Usage bad = good;
        change(bad);
        QTest::newRow(name) << QList<Usage>{usage(Item::RunTime, 1), bad};
    };
    row("negative quantity", [](Usage &usage) { usage.quantity = -1; });
    row("no unit size", [](Usage &usage) { usage.unitSize = 0; });
    row("negative price", [](Usage &usage) { usage.unitPrice = yuan("-1"); });
    row("a recharge", [](Usage &usage) { usage.item = Item::Recharge; });
    row("a correction", [](Usage &usage) { usage.item = Item::Correction; });
    QTest::newRow("twice") << QList<Usage>{good, usage(Item::RunTime, 1), good};
}

void TestSettle::refused()
{
    QFETCH(QList<Usage>, items);
    Book book;
    QCOMPARE(codeOf(book.ledger.settle({u"lab"_s, book.experiment(), items})), u"usage_invalid"_s);
    QCOMPARE(book.number(u"SELECT count(*) FROM bills"_s), 0);
    QCOMPARE(book.number(u"SELECT count(*) FROM settlements"_s), 0);
}

void TestSettle::foreign()
{
    Book book;
    must(book.ledger.addTenant(u"other"_s));
    const auto byRow = book.experiment(u"running"_s, u"other"_s);
    const auto byHold = ExperimentId::random();
    must(book.ledger.placeHold(u"other"_s, byHold, {}, {}));
    const auto bySettlement = ExperimentId::random();
    must(book.ledger.settle({u"other"_s, bySettlement, {}}));
    for (const auto &run : {byRow, byHold, bySettlement}) {
        const auto settled = book.ledger.settle({u"lab"_s, run, {usage(Item::RunTime, 1'000)}});
        QCOMPARE(codeOf(settled), u"experiment_foreign"_s);
        QVERIFY(settled.error().kind == ErrorKind::Forbidden);
    }
    QCOMPARE(book.account().balance, Money());
}

void TestSettle::priceChangeLeavesBills()
{
    Book book;
    const auto run = book.experiment();
    const Settled settled = must(book.ledger.settle({u"lab"_s, run, {usage(Item::InputTokens, 1'000'000, u"m"_s)}}));
    must(book.ledger.setPrice(Item::InputTokens, {}, yuan("4"), fromIso(u"2000-01-01T00:00:00.000Z"_s)));
    QCOMPARE(must(book.ledger.billsOf(u"lab"_s, run)), settled.bills);
    QCOMPARE(book.account().balance, yuan("-3"));
}

QTEST_GUILESS_MAIN(TestSettle)
#include "tst_settle.moc"
