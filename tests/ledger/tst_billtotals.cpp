// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/store/ledgerschema.h"
#include "tests/ledger/ledgerfixture.h"

#include <QBuffer>
#include <QRandomGenerator>

/// What is kept beside the bills: totals of quarters of an hour, days and months, and where their bills are.
class TestBillTotals : public QObject {
    Q_OBJECT

private slots:
    void totalsOfABookFromBefore_data();
    void totalsOfABookFromBefore();
    void wholeYears();
    void withoutKeptTotals();
};

void TestBillTotals::totalsOfABookFromBefore_data()
{
    QTest::addColumn<int>("version");
    QTest::newRow("without totals") << 1;
    QTest::newRow("without those by amounts") << 3;
    QTest::newRow("whose rows need not stay in their tenant") << 4;
}

void TestBillTotals::totalsOfABookFromBefore()
{
    // Bills of a book that kept less beside them: the migration adds them up.
    QFETCH(int, version);
    Book book;
    book.clock.set(u"2026-03-08T06:29:59.999Z"_s);
    must(book.ledger.recharge(u"lab"_s, yuan("5")));
    book.clock.set(u"2026-03-08T06:30:00.000Z"_s);
    must(book.ledger.settle(
        {u"lab"_s, ExperimentId::random(), {usage(Item::RunTime, 5'000), usage(Item::InputTokens, 9, u"m"_s)}}));
    const auto kept = [&] {
        return must(store::rows(*book.database,
            u"SELECT grain, start, item, model, of_run, bills, amount_micro, first_seq, last_seq FROM bill_totals "
            "UNION ALL SELECT 'amounts of a ' || grain, start, item, model, of_run, bills, amount_micro, step_micro, "
            "0 FROM amount_totals ORDER BY 1, 2, 3, 4, 5"_s,
            {}, [](const store::Query &row) {
                QStringList columns;
                for (int i = 0; i < 9; ++i)
                    columns += row.text(i);
                return columns.join(u' ');
            }));
    };
    const QStringList before = kept();
    QCOMPARE(before.size(), 9 + 6);
    const QString ofBills = book.isOnServer() ? u" ON bills"_s : QString();
    for (const QString &table : {u"configurations"_s, u"experiments"_s})
        book.ownerSql({u"DROP TRIGGER %1_stay%2"_s.arg(table, book.isOnServer() ? u" ON "_s + table : QString())});
    if (book.isOnServer())
        book.ownerSql({u"DROP FUNCTION require_role"_s, u"DROP FUNCTION begin_write"_s, u"DROP TABLE writes"_s,
            u"DROP FUNCTION step_of"_s});
    if (version < 4) {
        book.ownerSql({u"DROP TRIGGER bills_add_amounts"_s + ofBills, u"DROP TABLE amount_totals"_s,
            u"DROP INDEX bills_amount"_s, u"CREATE INDEX bills_amount ON bills (tenant, amount_micro)"_s});
        if (book.isOnServer())
            book.ownerSql({u"DROP FUNCTION bills_add_amounts"_s, u"DROP FUNCTION add_amounts_of"_s});
    }
    if (version == 1) {
        book.ownerSql({u"DROP TRIGGER bills_add_totals"_s + ofBills});
        if (book.isOnServer())
            book.ownerSql(
                {u"DROP FUNCTION bills_add_totals"_s, u"DROP FUNCTION recount"_s, u"DROP FUNCTION add_totals_of"_s});
        for (const QString &index : {u"bills_amount"_s, u"bills_model"_s, u"bills_item"_s, u"bills_notes"_s,
                 u"experiments_names"_s, u"bills_experiment"_s})
            book.ownerSql({u"DROP INDEX "_s + index});
        book.ownerSql({u"CREATE INDEX bills_experiment ON bills (experiment)"_s, u"DROP TABLE bill_totals"_s});
    }
    book.ownerSql({u"DELETE FROM schema_versions WHERE version > %1"_s.arg(version)});
    if (book.isOnServer()) {
        QCOMPARE(codeOf(store::Database::open(book.place)), u"database_older"_s); // its admin does it
        must(store::createLedger(
            test::PostgresServer::shared().server(book.place.server->database), book.place.password));
    }
    const auto migrated = must(store::Database::open(book.place));
    QCOMPARE(kept(), before);
    QVERIFY(must(book.ledger.audit()).isOk());
}

void TestBillTotals::wholeYears()
{
    // Whole months in the middle, cut at both ends: over a New Year, a 29 February, and a clock that was set back.
    Book book;
    book.doNotSync();
    book.clock.set(u"2027-11-20T10:07:03.250Z"_s);
    QRandomGenerator random(17);
    for (int i = 0; i < 90; ++i) {
        book.clock.advance(
            random.bounded(1, 12) * 86'400'000LL + random.bounded(86'400'000) - (i % 9 == 8 ? 2'000'000'000LL : 0));
        if (i % 3 == 0)
            must(book.ledger.recharge(u"lab"_s, Money::fromMicro(10'000 + random.bounded(1'000'000))));
        else
            must(book.ledger.settle({u"lab"_s, ExperimentId::random(),
                {usage(Item::RunTime, random.bounded(900'000)),
                    usage(Item::InputTokens, 9'000, i % 2 == 0 ? u"a"_s : u"b"_s)}}));
    }
    BillFilter filter;
    filter.tenant = u"lab"_s;
    filter.limit = 10'000;
    const QList<Bill> all = must(book.ledger.bills(filter)).bills;
    QCOMPARE(all.size(), 30 + 2 * 60);
    QVERIFY(must(book.ledger.audit()).isOk());
    const auto check = [&] {
        for (int i = 0; i < 200; ++i) {
            BillFilter some = filter;
            const QDateTime from = all.at(random.bounded(all.size())).createdAt;
            const QDateTime to = all.at(random.bounded(all.size())).createdAt;
            if (i % 4 != 0)
                some.from = i % 3 == 0 ? from.date().startOfDay(Qt::UTC) : from;
            if (i % 5 != 0)
                some.to = i % 3 == 1 ? QDate(to.date().year(), to.date().month(), 1).startOfDay(Qt::UTC) : to;
            if (i % 2 == 0)
                some.item = Item::RunTime;
            QList<Bill> expected;
            for (const Bill &bill : all)
                if ((!some.from.isValid() || bill.createdAt >= some.from) &&
                    (!some.to.isValid() || bill.createdAt < some.to) && (!some.item || bill.item == *some.item))
                    expected.append(bill);
            const BillPage page = must(book.ledger.bills(some));
            QCOMPARE(page.bills, expected);
            QCOMPARE(page.total, expected.size());
            QCOMPARE(page.sum, sumOf(expected));
        }
    };
    check();
    book.ownerSql({u"DELETE FROM bill_totals WHERE grain <> 'day'"_s, // made anew, they are the same
        u"DELETE FROM amount_totals WHERE grain = 'month'"_s});
    const AuditReport report = must(book.ledger.audit());
    QVERIFY(!report.isOk());
    must(book.ledger.putRight(report.differences));
    QVERIFY(must(book.ledger.audit()).isOk());
    check();
}

void TestBillTotals::withoutKeptTotals()
{
    // By hand nearly everything can be done; a list still shows every bill, and a file that cannot be whole says so.
    Book book;
    must(book.ledger.recharge(u"lab"_s, yuan("5")));
    must(book.ledger.recharge(u"lab"_s, yuan("6")));
    book.ownerSql({u"DELETE FROM bill_totals"_s});
    BillFilter filter;
    filter.tenant = u"lab"_s;
    QCOMPARE(must(book.ledger.bills(filter)).bills.size(), 2);
    QBuffer buffer;
    QVERIFY(buffer.open(QIODevice::WriteOnly));
    const auto written = book.ledger.exportCsv(filter, buffer);
    QCOMPARE(codeOf(written), u"totals_wrong"_s);
    QVERIFY(written.error().remedy.contains(u"audit"_s));
    QCOMPARE(buffer.data().count("recharge"), 2);
}

QTEST_GUILESS_MAIN(TestBillTotals)
#include "tst_billtotals.moc"
