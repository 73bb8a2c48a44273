// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ledger/ledgerfixture.h"

#include "services/store/transaction.h"

/// Tenants, recharges, corrections, holds and prices, one at a time.
class TestLedger : public QObject {
    Q_OBJECT
private slots:
    void tenants();
    void tenantsRefused_data();
    void tenantsRefused();
    void unknownTenant();
    void recharges();
    void rechargesRefused_data();
    void rechargesRefused();
    void corrects();
    void correctionsRefused();
    void holds();
    void holdsRefused();
    void holdJoinsTheCallersTransaction();
    void prices();
    void pricesRefused();
};

void TestLedger::tenants()
{
    Book book;
    QCOMPARE(must(book.ledger.addTenant(u"a-1"_s)).name, u"a-1"_s);
    QCOMPARE(codeOf(book.ledger.addTenant(u"lab"_s)), u"tenant_exists"_s);
    const QList<Tenant> all = must(book.ledger.tenants());
    QCOMPARE(all.size(), 2);
    QCOMPARE(all.at(0).id, u"a-1"_s);
    QCOMPARE(all.at(1).name, u"The lab"_s);
    QCOMPARE(must(book.ledger.requireTenant(u""_s)).name, u"public"_s);
    QCOMPARE(book.account(u"a-1"_s), (Account{u"a-1"_s, {}, {}, {}}));
}

void TestLedger::tenantsRefused_data()
{
    QTest::addColumn<QString>("id");
    for (const char *id : {"", "_", "Lab", "-a", "a b", "../x", "a/b", "ä"})
        QTest::newRow(id) << QString::fromUtf8(id);
    QTest::newRow("long") << QString(64, u'a');
}

void TestLedger::tenantsRefused()
{
    QFETCH(QString, id);
    Book book;
    QCOMPARE(codeOf(book.ledger.addTenant(id)), u"tenant_invalid"_s);
    QCOMPARE(must(book.ledger.tenants()).size(), 1);
}

void TestLedger::unknownTenant()
{
    Book book;
    const auto id = ExperimentId::random();
    for (const QString &nobody : {u"nobody"_s, u""_s}) {
        QCOMPARE(codeOf(book.ledger.account(nobody)), u"tenant_unknown"_s);
        QCOMPARE(codeOf(book.ledger.recharge(nobody, yuan("1"))), u"tenant_unknown"_s);
        QCOMPARE(codeOf(book.ledger.placeHold(nobody, id, {}, {})), u"tenant_unknown"_s);
        QCOMPARE(codeOf(book.ledger.settle({nobody, id, {}})), u"tenant_unknown"_s);
        QCOMPARE(codeOf(book.ledger.holds(nobody)), u"tenant_unknown"_s);
        BillFilter filter;
        filter.tenant = nobody;
        QCOMPARE(codeOf(book.ledger.bills(filter)), u"tenant_unknown"_s);
    }
    QCOMPARE(codeOf(book.ledger.requireTenant(u"nobody"_s)), u"tenant_unknown"_s);
    QCOMPARE(codeOf(book.ledger.audit(u"nobody"_s)), u"tenant_unknown"_s);
}

void TestLedger::recharges()
{
    Book book;
    const Bill bill = must(book.ledger.recharge(u"lab"_s, yuan("100"), u"  from the faculty\0 "_s));
    QCOMPARE(bill.amount, yuan("100"));
    QCOMPARE(bill.balanceAfter, yuan("100"));
    QCOMPARE(bill.createdAt, book.clock.now());
    QCOMPARE(bill.item, Item::Recharge);
    QVERIFY(bill.description.startsWith(u"from the faculty"_s));
    book.clock.advance(1000);
    QCOMPARE(must(book.ledger.recharge(u"lab"_s, yuan("0.01"))).balanceAfter, yuan("100.01"));
    QCOMPARE(book.account().balance, yuan("100.01"));
    QCOMPARE(book.account().available, yuan("100.01"));
    const BillPage page = must(book.ledger.bills({.tenant = u"lab"_s}));
    QCOMPARE(page.total, 2);
    QCOMPARE(page.bills.at(1), bill);
}

void TestLedger::rechargesRefused_data()
{
    QTest::addColumn<qint64>("micro");
    QTest::addColumn<qsizetype>("note");
    QTest::addColumn<QString>("code");
    QTest::newRow("zero") << qint64(0) << qsizetype(0) << u"amount_too_small"_s;
    QTest::newRow("just below") << qint64(9'999) << qsizetype(0) << u"amount_too_small"_s;
    QTest::newRow("negative") << qint64(-10'000'000) << qsizetype(0) << u"amount_too_small"_s;
    QTest::newRow("long note") << qint64(10'000) << qsizetype(1'000'000) << u"note_too_long"_s;
    QTest::newRow("beyond 64 bits") << qint64(INT64_MAX) << qsizetype(0) << u"amount_too_large"_s;
}

void TestLedger::rechargesRefused()
{
    QFETCH(qint64, micro);
    QFETCH(qsizetype, note);
    QFETCH(QString, code);
    Book book;
    must(book.ledger.recharge(u"lab"_s, yuan("1")));
    QCOMPARE(codeOf(book.ledger.recharge(u"lab"_s, Money::fromMicro(micro), QString(note, u'x'))), code);
    QCOMPARE(book.account().balance, yuan("1"));
    QCOMPARE(book.number(u"SELECT count(*) FROM bills"_s), 1);
}

void TestLedger::corrects()
{
    Book book;
    const Bill wrong = must(book.ledger.recharge(u"lab"_s, yuan("100")));
    const Bill fixed = must(book.ledger.correct(u"lab"_s, wrong.id, yuan("-90"), u"typed a zero too many"_s));
    QCOMPARE(fixed.corrects, wrong.id);
    QCOMPARE(fixed.item, Item::Correction);
    QCOMPARE(fixed.balanceAfter, yuan("10"));
    QCOMPARE(must(book.ledger.bills({.tenant = u"lab"_s})).bills.at(1), wrong); // the first one stands as it was

    const auto run = book.experiment();
    const Bill charge =
        must(book.ledger.settle({u"lab"_s, run, {usage(Item::InputTokens, 1'000'000, u"m"_s)}})).bills.at(0);
    must(book.ledger.correct(u"lab"_s, charge.id, yuan("1.5"), u"half is our fault"_s));
    const QList<Bill> ofRun = must(book.ledger.billsOf(u"lab"_s, run));
    QCOMPARE(ofRun.size(), 2);
    QCOMPARE(ofRun.at(1).model, u"m"_s);
    QCOMPARE(ofRun.at(1).experiment, run);
    // A second correction of the same bill is another bill, not a double one.
    must(book.ledger.correct(u"lab"_s, charge.id, yuan("0.5"), u"and a bit"_s));
    QCOMPARE(book.account().balance, yuan("9"));
}

void TestLedger::correctionsRefused()
{
    Book book;
    must(book.ledger.addTenant(u"other"_s));
    const Bill bill = must(book.ledger.recharge(u"other"_s, yuan("5")));
    QCOMPARE(codeOf(book.ledger.correct(u"lab"_s, bill.id, {}, {})), u"amount_zero"_s);
    QCOMPARE(codeOf(book.ledger.correct(u"lab"_s, bill.id, yuan("1"), u" \n"_s)), u"note_missing"_s);
    QCOMPARE(codeOf(book.ledger.correct(u"lab"_s, BillId::random(), yuan("1"), u"x"_s)), u"bill_unknown"_s);
    const auto foreign = book.ledger.correct(u"lab"_s, bill.id, yuan("1"), u"x"_s);
    QCOMPARE(codeOf(foreign), u"bill_foreign"_s);
    QVERIFY(foreign.error().kind == ErrorKind::Forbidden);
    QCOMPARE(book.account(u"other"_s).balance, yuan("5"));
}

void TestLedger::holds()
{
    Book book;
    must(book.ledger.recharge(u"lab"_s, yuan("2")));
    const auto first = book.experiment();
    const auto second = book.experiment();
    const Hold hold = must(book.ledger.placeHold(u"lab"_s, first, yuan("1.5"), u"cap"_s));
    QVERIFY(hold.isOpen());
    QVERIFY(hold.experimentName.startsWith(u"Run "_s));
    QCOMPARE(book.account(), (Account{u"lab"_s, yuan("2"), yuan("1.5"), yuan("0.5")}));

    const auto tooMuch = book.ledger.placeHold(u"lab"_s, second, yuan("0.500001"), {});
    QCOMPARE(codeOf(tooMuch), u"funds"_s);
    QVERIFY(tooMuch.error().kind == ErrorKind::Funds);
    QVERIFY2(tooMuch.error().message.contains(u"0.50 available"_s), qPrintable(tooMuch.error().message));
    QVERIFY2(tooMuch.error().message.contains(u"0.500001 needed"_s), qPrintable(tooMuch.error().message));
    must(book.ledger.placeHold(u"lab"_s, second, yuan("0.5"), {})); // exactly what is left
    const auto practice = book.experiment();
    must(book.ledger.placeHold(u"lab"_s, practice, {}, u"practice"_s)); // with nothing left, practice still starts

    QCOMPARE(must(book.ledger.holds(u"lab"_s)).size(), 3);
    book.clock.advance(5);
    const Hold released = must(book.ledger.releaseHold(u"lab"_s, first, u"the start failed"_s));
    QCOMPARE(released.releasedAt, book.clock.now());
    book.clock.advance(5);
    QCOMPARE(must(book.ledger.releaseHold(u"lab"_s, first, u"again"_s)), released);
    QCOMPARE(book.account().available, yuan("1.5"));
    QCOMPARE(must(book.ledger.holds(u"lab"_s)).size(), 2);
    QCOMPARE(must(book.ledger.holds(u"lab"_s, false)).size(), 3);
}

void TestLedger::holdsRefused()
{
    Book book;
    must(book.ledger.addTenant(u"other"_s));
    must(book.ledger.recharge(u"lab"_s, yuan("10")));
    const auto run = book.experiment();
    QCOMPARE(codeOf(book.ledger.placeHold(u"lab"_s, run, yuan("-1"), {})), u"amount_negative"_s);
    QCOMPARE(codeOf(book.ledger.releaseHold(u"lab"_s, run, {})), u"hold_unknown"_s);
    must(book.ledger.placeHold(u"lab"_s, run, yuan("1"), {}));
    QCOMPARE(codeOf(book.ledger.placeHold(u"lab"_s, run, yuan("1"), {})), u"hold_exists"_s);
    QCOMPARE(codeOf(book.ledger.releaseHold(u"other"_s, run, {})), u"hold_foreign"_s);
    must(book.ledger.settle({u"lab"_s, run, {}}));
    QCOMPARE(codeOf(book.ledger.placeHold(u"lab"_s, run, yuan("1"), {})), u"experiment_settled"_s);
    QCOMPARE(book.account().held, Money());
}

void TestLedger::holdJoinsTheCallersTransaction()
{
    Book book;
    must(book.ledger.recharge(u"lab"_s, yuan("1")));
    {
        auto outer = must(store::Transaction::begin(*book.database));
        const auto run = book.experiment();
        QCOMPARE(codeOf(book.ledger.placeHold(u"lab"_s, run, yuan("2"), {})), u"funds"_s);
        QCOMPARE(codeOf(outer.commit()), u"transaction_doomed"_s);
    }
    QCOMPARE(book.number(u"SELECT count(*) FROM experiments"_s), 0); // no experiment without its hold
    auto outer = must(store::Transaction::begin(*book.database));
    must(book.ledger.placeHold(u"lab"_s, book.experiment(), yuan("1"), {}));
    must(outer.commit());
    QCOMPARE(book.number(u"SELECT count(*) FROM experiments"_s), 1);
    QCOMPARE(book.account().held, yuan("1"));
}

void TestLedger::prices()
{
    Book book;
    const QDateTime now = book.clock.now();
    QCOMPARE(must(book.ledger.priceList()).size(), 3);
    QCOMPARE(must(book.ledger.priceAt(Item::InputTokens, u"any"_s, now)).amount, yuan("3"));
    QCOMPARE(must(book.ledger.priceAt(Item::OutputTokens, u"any"_s, now)).unitSize, 1'000'000);
    QCOMPARE(must(book.ledger.priceAt(Item::RunTime, {}, now)).amount, yuan("0.001"));
    QCOMPARE(must(book.ledger.priceAt(Item::RunTime, {}, now)).unitSize, 1'000);

    must(book.ledger.setPrice(Item::InputTokens, u"qwen"_s, yuan("0.8")));
    must(book.ledger.setPrice(Item::InputTokens, {}, yuan("4"), now.addDays(1)));
    QCOMPARE(must(book.ledger.priceAt(Item::InputTokens, u"qwen"_s, now)).amount, yuan("0.8"));
    QCOMPARE(must(book.ledger.priceAt(Item::InputTokens, u"qwen"_s, now.addMSecs(-1))).amount, yuan("3"));
    QCOMPARE(must(book.ledger.priceAt(Item::InputTokens, u"qwen"_s, now.addDays(2))).amount, yuan("0.8"));
    QCOMPARE(must(book.ledger.priceAt(Item::InputTokens, u"other"_s, now.addDays(1).addMSecs(-1))).amount, yuan("3"));
    QCOMPARE(must(book.ledger.priceAt(Item::InputTokens, u"other"_s, now.addDays(1))).amount, yuan("4"));
    must(book.ledger.setPrice(Item::InputTokens, u"qwen"_s, yuan("0.9"))); // from the same moment: the later one counts
    QCOMPARE(must(book.ledger.priceAt(Item::InputTokens, u"qwen"_s, now)).amount, yuan("0.9"));
    must(book.ledger.setPrice(Item::OutputTokens, u"gift"_s, {}));
    QCOMPARE(must(book.ledger.priceAt(Item::OutputTokens, u"gift"_s, now)).amount, Money());
}

void TestLedger::pricesRefused()
{
    Book book;
    QCOMPARE(codeOf(book.ledger.setPrice(Item::Recharge, {}, yuan("1"))), u"item_not_priced"_s);
    QCOMPARE(codeOf(book.ledger.setPrice(Item::RunTime, u"qwen"_s, yuan("1"))), u"item_not_priced"_s);
    QCOMPARE(codeOf(book.ledger.setPrice(Item::RunTime, {}, yuan("-1"))), u"amount_negative"_s);
    QCOMPARE(
        codeOf(book.ledger.priceAt(Item::RunTime, {}, fromIso(u"1969-12-31T00:00:00.000Z"_s))), u"price_missing"_s);
    QCOMPARE(codeOf(itemFromWord(u"runtime")), u"item_unknown"_s);
}

QTEST_GUILESS_MAIN(TestLedger)
#include "tst_ledger.moc"
