// SPDX-License-Identifier: GPL-3.0-or-later
// One page of the ledger's file is damaged: that is said, nothing is half written, and what is whole can be had back
// from a copy.
#include "services/store/backup.h"
#include "tests/ledger/ledgerfixture.h"

#include <QFile>

class TestDamagedPage : public QObject {
    Q_OBJECT

private slots:
    void isSaid_data();
    void isSaid();
};

namespace {

constexpr int Runs = 400;

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read");
    return file.readAll();
}

/// Every bill of the tenant, page by page, or the first error.
Result<QList<Bill>> allBills(const Ledger &ledger)
{
    BillFilter filter;
    filter.tenant = u"lab"_s;
    filter.limit = 100;
    QList<Bill> bills;
    do {
        SOCIETY_ASSIGN(const BillPage page, ledger.bills(filter));
        bills += page.bills;
        filter.after = page.next;
    } while (!filter.after.isEmpty());
    return bills;
}

} // namespace

void TestDamagedPage::isSaid_data()
{
    QTest::addColumn<QString>("part");  // whose page
    QTest::addColumn<QByteArray>("as"); // what it holds then
    for (const QString &part : {u"bills"_s, u"settlements"_s, u"holds"_s, u"bill_totals"_s})
        for (const QByteArray &as : {QByteArray(4096, '\xfe'), QByteArray(4096, '\0')})
            QTest::addRow("%s, %s", qPrintable(part), as.at(0) == '\0' ? "zeros" : "noise") << part << as;
}

void TestDamagedPage::isSaid()
{
    QFETCH(QString, part);
    QFETCH(QByteArray, as);
    Book book;
    if (book.isOnServer())
        QFAIL("a server looks after its own pages");
    book.doNotSync();
    must(book.ledger.recharge(u"lab"_s, yuan("1000")));
    for (int i = 0; i < Runs; ++i) {
        const ExperimentId id = book.experiment(u"finished"_s);
        must(book.ledger.placeHold(u"lab"_s, id, yuan("0.01"), u"run"_s));
        must(book.ledger.settle({u"lab"_s, id,
            {usage(Item::InputTokens, 1'000, u"m"_s), usage(Item::OutputTokens, 10, u"m"_s),
                usage(Item::RunTime, 1'000)}}));
        book.clock.advance(86'400'000); // every day has sums of its own
    }
    const QList<Bill> before = must(allBills(book.ledger));
    const Account account = book.account();
    const QList<Difference> differences = must(book.ledger.audit({}, {})).differences;
    const QString copy = book.dir.filePath(u"copy.db"_s);
    must(store::backUp(*book.database, copy));
    must(store::Query::run(*book.database, u"PRAGMA wal_checkpoint(TRUNCATE)"_s));
    const QList<qint64> pages = must(
        store::rows(*book.database, u"SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY pageno"_s,
            {part}, [](const store::Query &row) { return row.integer(0); }));
    QVERIFY2(pages.size() > 2, qPrintable(QString::number(pages.size())));

    const QString file = book.place.file;
    book.reopen([&] {
        QByteArray bytes = bytesOf(file);
        bytes.replace((pages.at(pages.size() / 2) - 1) * as.size(), as.size(), as);
        QFile damaged(file);
        QVERIFY(damaged.open(QIODevice::WriteOnly) && damaged.write(bytes) == bytes.size());
    });
    // Whoever comes to the page says so; nobody takes what is left for the whole. Of holds the audit reads the open
    // ones alone, which have an index of their own.
    const auto audit = book.ledger.audit({}, {});
    if (part == u"holds" && audit) {
        QCOMPARE(audit->differences, differences);
    } else {
        QCOMPARE(codeOf(audit), u"database_damaged"_s);
        QVERIFY2(audit.error().remedy.contains(u"copy"_s), qPrintable(audit.error().remedy));
    }
    const auto listed = allBills(book.ledger);
    if (part == u"bills")
        QCOMPARE(codeOf(listed), u"database_damaged"_s);
    else if (listed)
        QCOMPARE(*listed, before);
    // A recharge is there as a whole, or not at all.
    const auto recharged = book.ledger.recharge(u"lab"_s, yuan("1"));
    if (!recharged)
        QCOMPARE(codeOf(recharged), u"database_damaged"_s);
    const Money balance = recharged ? must(account.balance.plus(yuan("1"))) : account.balance;
    if (const auto now = book.ledger.account(u"lab"_s))
        QCOMPARE(now->balance, balance);
    else
        QCOMPARE(codeOf(now), u"database_damaged"_s);
    // As the remedy says: from the copy everything of then is there, and right.
    book.reopen([&] { must(store::restore(copy, file, QDateTime::currentDateTimeUtc())); });
    QCOMPARE(must(allBills(book.ledger)), before);
    QCOMPARE(book.account(), account);
    QCOMPARE(must(book.ledger.audit({}, {})).differences, differences);
}

QTEST_GUILESS_MAIN(TestDamagedPage)
#include "tst_damagedpage.moc"
