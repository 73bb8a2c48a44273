// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/core/currency.h"
#include "services/ledger/pricefile.h"
#include "tests/ledger/ledgerfixture.h"

#include <QScopeGuard>

namespace {

QList<PriceChange> read(const Book &book, const char *csv)
{
    return must(readPriceFile(book.ledger, csv, book.clock.now()));
}

Error refusal(const Book &book, const QByteArray &csv)
{
    const auto changes = readPriceFile(book.ledger, csv, book.clock.now());
    return changes ? Error() : changes.error();
}

} // namespace

/// Slips of the pen, price files, the sign before amounts; and what a person may give back or look over.
class TestPriceBook : public QObject {
    Q_OBJECT
private slots:
    void slipsAreQuestioned_data();
    void slipsAreQuestioned();
    void modelsHaveNames_data();
    void modelsHaveNames();
    void fileComesBackUnchanged();
    void fileSaysWhatItWouldChange();
    void badFilesNameTheLine_data();
    void badFilesNameTheLine();
    void importIsAllOrNothing();
    void anotherPriceChangesNoBill();
    void signStandsBeforeAmounts();
    void orphansAreGivenBackWithAReason();
    void summariesAddUp();
};

void TestPriceBook::slipsAreQuestioned_data()
{
    QTest::addColumn<QString>("amount");
    QTest::addColumn<QString>("code");
    const QString none;
    const QString unlikely = u"price_unlikely"_s; // 3.00 is in force
    QTest::newRow("the same") << u"3"_s << none;
    QTest::newRow("ten times") << u"30"_s << none;
    QTest::newRow("below a hundred times") << u"299.999999"_s << none;
    QTest::newRow("a hundred times") << u"300"_s << unlikely;
    QTest::newRow("a thousand times") << u"3000"_s << unlikely;
    QTest::newRow("above a hundredth") << u"0.030001"_s << none;
    QTest::newRow("a hundredth") << u"0.03"_s << unlikely;
    QTest::newRow("a thousandth") << u"0.003"_s << unlikely;
    QTest::newRow("free") << u"0"_s << none;
    QTest::newRow("largest") << u"9223372036854.775807"_s << unlikely;
    QTest::newRow("negative") << u"-1"_s << u"amount_negative"_s;
}

void TestPriceBook::slipsAreQuestioned()
{
    const Book book;
    QFETCH(QString, amount);
    const auto checked =
        requireLikelyPrice(book.ledger, Item::InputTokens, u"new"_s, must(Money::parse(amount)), book.clock.now());
    QTEST(codeOf(checked), "code");
}

void TestPriceBook::modelsHaveNames_data()
{
    QTest::addColumn<QString>("model");
    QTest::addColumn<QString>("code");
    const QString none;
    const QString invalid = u"name_invalid"_s;
    QTest::newRow("none") << QString() << none;
    QTest::newRow("longest") << QString(200, u'm') << none;
    QTest::newRow("too long") << QString(201, u'm') << invalid;
    QTest::newRow("a megabyte") << QString(1 << 20, u'm') << invalid;
    QTest::newRow("any script") << u"模型 \"=x\" 🙂"_s << none;
    QTest::newRow("two lines") << u"a\nb"_s << invalid;
    QTest::newRow("a line's end") << u"a\r\n"_s << invalid;
    QTest::newRow("tab") << u"a\tb"_s << invalid;
    QTest::newRow("nothing in it") << u"a"_s + QChar(0) + u"b"_s << invalid;
    QTest::newRow("separator of lines") << u"a\u2028b"_s << invalid;
    QTest::newRow("blanks alone") << u"  "_s << invalid;
    QTest::newRow("blank at its end") << u"m "_s << invalid;
}

void TestPriceBook::modelsHaveNames()
{
    Book book;
    QFETCH(QString, model);
    QTEST(codeOf(requireLikelyPrice(book.ledger, Item::InputTokens, model, yuan("3"), book.clock.now())), "code");
    const auto set = book.ledger.setPrice(Item::InputTokens, model, yuan("3"));
    QTEST(codeOf(set), "code");
    QCOMPARE(must(book.ledger.priceList()).size(), set ? 4 : 3);
}

void TestPriceBook::fileComesBackUnchanged()
{
    Book book;
    must(book.ledger.setPrice(Item::OutputTokens, u"=evil, \"quoted\""_s, yuan("4.5"), book.clock.now().addDays(30)));
    must(book.ledger.setPrice(Item::InputTokens, u"mine"_s, Money()));
    const QByteArray csv = must(pricesAsCsv(book.ledger));
    const QList<PriceChange> changes = must(readPriceFile(book.ledger, csv, book.clock.now()));
    QCOMPARE(changes.size(), 5);
    for (const PriceChange &change : changes)
        QVERIFY2(change.known, qPrintable(change.price.model));
    QVERIFY(must(importPrices(book.ledger, changes, false)).isEmpty());
    QCOMPARE(must(book.ledger.priceList()).size(), 5);
}

void TestPriceBook::fileSaysWhatItWouldChange()
{
    Book book;
    const auto changes = read(book,
        "item,price,model,valid_from\n"
        "llm_input_token,3,,\n" // as it is
        "llm_input_token,2.5,qwen,2026-04-01\n"
        "\n"
        "run_time,1,,\n");
    QCOMPARE(changes.size(), 3);
    QVERIFY(changes.at(0).known);
    QVERIFY(!changes.at(1).known);
    QCOMPARE(changes.at(1).before, yuan("3"));
    QCOMPARE(toIso(changes.at(1).price.validFrom), u"2026-04-01T00:00:00.000Z"_s);
    QVERIFY(!changes.at(1).unlikely);
    QCOMPARE(changes.at(2).line, 5);
    QVERIFY(changes.at(2).unlikely); // a thousand times 0.001
    const auto refused = importPrices(book.ledger, changes, false);
    QCOMPARE(codeOf(refused), u"price_unlikely"_s);
    QVERIFY(refused.error().message.contains(u"Line 5"_s));
    QCOMPARE(must(book.ledger.priceList()).size(), 3);
    QCOMPARE(must(importPrices(book.ledger, changes, true)).size(), 2);
    QCOMPARE(must(book.ledger.priceAt(Item::InputTokens, u"qwen"_s, book.clock.now())).amount, yuan("3"));
    QCOMPARE(must(book.ledger.priceAt(Item::InputTokens, u"qwen"_s, book.clock.now().addDays(40))).amount, yuan("2.5"));
}

void TestPriceBook::badFilesNameTheLine_data()
{
    QTest::addColumn<QByteArray>("csv");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("line");
    const auto row = [](const char *name, const char *csv, const char *code, const char *line) {
        QTest::newRow(name) << QByteArray(csv) << QString::fromLatin1(code) << QString::fromLatin1(line);
    };
    row("empty", "", "prices_invalid", "1");
    row("unknown column", "item,price,colour\n", "prices_invalid", "1");
    row("column twice", "item,price,item\n", "prices_invalid", "1");
    row("no price", "item,model\n", "prices_invalid", "1");
    row("item", "item,price\nrun_time,1\nsun,1\n", "item_unknown", "3");
    row("recharge", "item,price\nrecharge,1\n", "item_not_priced", "2");
    row("run time of a model", "item,price,model\nrun_time,1,x\n", "item_not_priced", "2");
    row("amount", "item,price\nrun_time,1e9\n", "amount_invalid", "2");
    row("wide digits", "item,price\nrun_time,１２\n", "amount_invalid", "2");
    row("precise", "item,price\nrun_time,0.0000001\n", "amount_too_precise", "2");
    row("large", "item,price\nrun_time,10000000000000000000\n", "amount_too_large", "2");
    row("negative", "item,price\nrun_time,-1\n", "amount_negative", "2");
    row("minus nothing", "item,price\nrun_time,-0.00\n", "amount_negative", "2"); // 0 is free: not by a slip
    row("time", "item,price,valid_from\nrun_time,1,soon\n", "time_invalid", "2");
    row("unit", "item,price,unit_size\nllm_input_token,1,1000\n", "prices_invalid", "2");
    row("fields", "item,price\nrun_time,1,2\n", "prices_invalid", "2");
    row("twice", "item,price\nrun_time,1\nrun_time,2\n", "prices_invalid", "3");
    row("after a quoted line end", "item,model,price\nllm_input_token,\"a\n\",1\nsun,,1\n", "item_unknown", "4");
    row("model on two lines", "item,model,price\nrun_time,,1\nllm_input_token,\"a\nb\",1\n", "name_invalid", "3");
    const QByteArray longest(200, 'm');
    QTest::newRow("long model") << "item,model,price\nllm_input_token," + longest + ",1\nllm_input_token," + longest +
                                       "m,1\n"
                                << u"name_invalid"_s << u"3"_s;
}

void TestPriceBook::badFilesNameTheLine()
{
    const Book book;
    QFETCH(QByteArray, csv);
    const Error error = refusal(book, csv);
    QTEST(error.code, "code");
    QTEST(error.path, "line");
    QVERIFY2(error.message.startsWith(u"Line "_s + error.path), qPrintable(error.message));
}

void TestPriceBook::importIsAllOrNothing()
{
    Book book;
    auto changes = read(book, "item,price\nllm_input_token,2\nrun_time,0.002\n");
    changes[1].price.amount = yuan("-1"); // refused by the ledger itself, after the first was written
    QCOMPARE(codeOf(importPrices(book.ledger, changes, true)), u"amount_negative"_s);
    QCOMPARE(must(book.ledger.priceList()).size(), 3);
}

void TestPriceBook::anotherPriceChangesNoBill()
{
    Book book;
    Settlement settlement{u"lab"_s, book.experiment(), {usage(Item::InputTokens, 1'000'000, u"qwen"_s)}};
    must(book.ledger.settle(settlement));
    must(importPrices(book.ledger, read(book, "item,price,valid_from\nllm_input_token,5,1970-01-01\n"), false));
    BillFilter all;
    all.tenant = u"lab"_s;
    QCOMPARE(must(book.ledger.bills(all)).bills.first().unitPrice, yuan("3"));
    QCOMPARE(book.account().balance, yuan("-3"));
}

void TestPriceBook::signStandsBeforeAmounts()
{
    Book book;
    const auto back = qScopeGuard([] { setCurrencySign({}); });
    QCOMPARE(yuan("1.5").toDisplay(QLocale::c()), u"¥ 1.50"_s);
    QCOMPARE(must(book.ledger.setCurrencySign(u"  credits "_s)), u"credits"_s);
    QCOMPARE(yuan("-1.5").toDisplay(QLocale::c()), u"−credits 1.50"_s);
    QCOMPARE(yuan("1.5").toDecimal(), u"1.50"_s); // no calculation and no file knows it
    setCurrencySign({});
    QCOMPARE(must(book.ledger.takeCurrencySign()), u"credits"_s); // as another process finds it
    QCOMPARE(codeOf(book.ledger.setCurrencySign(u"1"_s)), u"currency_invalid"_s);
    QCOMPARE(codeOf(book.ledger.setCurrencySign(u"thirteen chars"_s)), u"currency_invalid"_s);
    QCOMPARE(codeOf(book.ledger.setCurrencySign(u"a\nb"_s)), u"currency_invalid"_s);
    book.sql(u"UPDATE settings SET value = '12.' WHERE key = 'money.sign'"_s); // by hand
    QCOMPARE(must(book.ledger.takeCurrencySign()), u"¥"_s);
    QCOMPARE(must(book.ledger.setCurrencySign({})), u"¥"_s);
}

void TestPriceBook::orphansAreGivenBackWithAReason()
{
    Book book;
    must(book.ledger.addTenant(u"other"_s));
    must(book.ledger.recharge(u"lab"_s, yuan("10")));
    const ExperimentId living = book.experiment();
    const ExperimentId ended = book.experiment(u"lost"_s);
    const ExperimentId deleted = book.experiment(u"finished"_s);
    book.sql(u"UPDATE experiments SET deleted_at = ? WHERE id = ?"_s, {toIso(book.clock.now()), deleted.text()});
    const ExperimentId stranger = ExperimentId::random();
    for (const ExperimentId &id : {living, ended, deleted, stranger})
        must(book.ledger.placeHold(u"lab"_s, id, yuan("1"), u"start"_s));
    QHash<ExperimentId, HoldRun> runs;
    for (const Hold &hold : must(book.ledger.holds(u"lab"_s)))
        runs.insert(hold.experiment, hold.run);
    QCOMPARE(runs.value(living), HoldRun::Living);
    QCOMPARE(runs.value(ended), HoldRun::Ended);
    QCOMPARE(runs.value(deleted), HoldRun::Unknown);
    QCOMPARE(runs.value(stranger), HoldRun::Unknown);
    QCOMPARE(codeOf(book.ledger.releaseOrphan(u"lab"_s, ended, u"  "_s)), u"note_missing"_s);
    QCOMPARE(codeOf(book.ledger.releaseOrphan(u"lab"_s, ExperimentId::random(), u"x"_s)), u"hold_unknown"_s);
    QCOMPARE(codeOf(book.ledger.releaseOrphan(u"other"_s, ended, u"x"_s)), u"hold_foreign"_s);
    QCOMPARE(codeOf(book.ledger.releaseOrphan(u"lab"_s, living, u"x"_s)), u"hold_in_use"_s);
    QCOMPARE(book.account().held, yuan("4"));
    for (const ExperimentId &id : {ended, deleted, stranger}) {
        const Hold released = must(book.ledger.releaseOrphan(u"lab"_s, id, u"its machine is gone"_s));
        QVERIFY(!released.isOpen());
        QCOMPARE(released.releaseReason, u"its machine is gone"_s);
        QCOMPARE(codeOf(book.ledger.releaseOrphan(u"lab"_s, id, u"again"_s)), u"hold_released"_s);
    }
    QCOMPARE(book.account().held, yuan("1"));
    QCOMPARE(book.account().balance, yuan("10"));
}

void TestPriceBook::summariesAddUp()
{
    Book book;
    must(book.ledger.addTenant(u"empty"_s, u"Nobody yet"_s));
    must(book.ledger.recharge(u"lab"_s, yuan("10")));
    must(book.ledger.placeHold(u"lab"_s, book.experiment(), yuan("2"), u"start"_s));
    const Settlement old{u"lab"_s, book.experiment(u"finished"_s), {usage(Item::InputTokens, 1'000'000, u"qwen"_s)}};
    must(book.ledger.settle(old));
    book.clock.set(u"2026-04-02T08:00:00.000Z"_s);
    const Settlement fresh{u"lab"_s, book.experiment(u"finished"_s), {usage(Item::InputTokens, 500'000, u"qwen"_s)}};
    must(book.ledger.settle(fresh));
    const QList<TenantSummary> all = must(book.ledger.tenantSummaries(QTimeZone::utc()));
    QCOMPARE(all.size(), 2);
    QCOMPARE(all.at(0).tenant.id, u"empty"_s);
    QVERIFY(!all.at(0).lastBill.isValid());
    QCOMPARE(all.at(0).runs, 0);
    QCOMPARE(all.at(1).account, book.account());
    QCOMPARE(all.at(1).monthSpent, yuan("-1.5")); // March's is not April's
    QCOMPARE(all.at(1).lastBill, book.clock.now());
    QCOMPARE(all.at(1).runs, 1);
}

QTEST_GUILESS_MAIN(TestPriceBook)
#include "tst_pricebook.moc"
