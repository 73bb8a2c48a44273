// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/core/csvreader.h"
#include "services/ledger/forecast.h"
#include "services/ledger/statement.h"
#include "tests/ledger/ledgerfixture.h"

#include <QBuffer>

namespace {

QTimeZone zoneOf(const char *name)
{
    return QTimeZone(QByteArray(name));
}

/// A run of this cost (input tokens at 3 yuan a million), settled now.
void bill(Book &book, qint64 tokens, const QString &model = u"qwen"_s, bool free = false)
{
    Settlement settlement;
    settlement.tenant = u"lab"_s;
    settlement.experiment = book.experiment();
    settlement.items = {usage(Item::InputTokens, tokens, model, free)};
    must(book.ledger.settle(settlement));
}

QString csvOf(const Book &book, const StatementPeriod &period)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    must(writeStatementCsv(book.ledger, period, buffer));
    return QString::fromUtf8(buffer.data());
}

} // namespace

/// Statements of a period, spending by day, the balance's course and what it foresees.
class TestStatement : public QObject {
    Q_OBJECT
private slots:
    void periodsJoin();
    void csvIsTheWholeStatement();
    void csvRunsNoFormula();
    void refusesBadPeriods();
    void aClockSetBackChangesNoSum();
    void spendingIsWhatSqlSays_data();
    void spendingIsWhatSqlSays();
    void balanceFollowsTheBills();
    void forecastIsARange();
    void forecastIsTheAccountsWhateverIsShown();
    void noForecastFromTooLittle();
    void whatIsFreeIsNoCharge();
};

void TestStatement::periodsJoin()
{
    Book book;
    must(book.ledger.recharge(u"lab"_s, yuan("10"), u"February"_s));
    book.clock.set(u"2026-03-31T15:59:59.999Z"_s); // the last millisecond of March in Shanghai
    bill(book, 1'000'000);
    book.clock.set(u"2026-03-31T16:00:00.000Z"_s);
    bill(book, 100'000);
    must(book.ledger.recharge(u"lab"_s, yuan("5")));
    const QTimeZone shanghai = zoneOf("Asia/Shanghai");
    const QDateTime april = QDate(2026, 4, 1).startOfDay(shanghai);
    StatementPeriod first{u"lab"_s, QDate(2026, 3, 1).startOfDay(shanghai), april, shanghai};
    StatementPeriod second{u"lab"_s, april, QDate(2026, 5, 1).startOfDay(shanghai), shanghai};
    const StatementRows march = must(readStatement(book.ledger, first));
    const StatementRows then = must(readStatement(book.ledger, second));
    QCOMPARE(march.statement.opening, Money());
    QCOMPARE(march.statement.closing, yuan("7"));
    QCOMPARE(march.statement.bills, 2);
    QCOMPARE(march.rows.size(), 2);
    QCOMPARE(march.rows.last().second, march.statement.closing);
    QCOMPARE(march.statement.items.size(), 2);
    QCOMPARE(march.statement.items.at(0).item.value(), Item::Recharge);
    QCOMPARE(march.statement.items.at(1).sum, yuan("-3"));
    QCOMPARE(then.statement.opening, march.statement.closing);
    QCOMPARE(then.statement.closing, book.account().balance);
    QCOMPARE(then.rows.last().second, then.statement.closing);
    QCOMPARE(then.rows.last().second, then.rows.last().first.balanceAfter);
}

void TestStatement::csvIsTheWholeStatement()
{
    Book book;
    must(book.ledger.recharge(u"lab"_s, yuan("10"), u"科研经费"_s));
    bill(book, 500'000);
    StatementPeriod period;
    period.tenant = u"lab"_s;
    period.zone = zoneOf("Asia/Shanghai");
    const QList<QStringList> rows = must(readCsv(csvOf(book, period).toUtf8()));
    QStringList kinds;
    for (const QStringList &row : rows) {
        QCOMPARE(row.size(), rows.first().size());
        kinds.append(row.first());
    }
    QCOMPARE(kinds.mid(1), (QStringList{u"tenant"_s, u"name"_s, u"zone"_s, u"to"_s, u"created"_s, u"opening"_s,
                               u"bill"_s, u"bill"_s, u"sum"_s, u"sum"_s, u"closing"_s}));
    const auto cell = [&](int row, const char *column) {
        return rows.at(row).at(rows.first().indexOf(QLatin1String(column)));
    };
    QCOMPARE(cell(1, "description"), u"lab"_s);
    QCOMPARE(cell(3, "description"), u"Asia/Shanghai"_s);
    QCOMPARE(cell(6, "balance"), u"0.00"_s);
    QCOMPARE(cell(7, "time"), u"2026-03-01T20:00:00.000+08:00"_s);
    QCOMPARE(cell(7, "description"), u"科研经费"_s);
    QCOMPARE(cell(8, "amount"), u"-1.50"_s);
    QCOMPARE(cell(8, "balance"), u"8.50"_s);
    QCOMPARE(cell(11, "balance"), u"8.50"_s);
    QCOMPARE(cell(11, "amount"), u"8.50"_s);
}

void TestStatement::csvRunsNoFormula()
{
    Book book;
    must(book.ledger.recharge(u"lab"_s, yuan("1"), u"=cmd|' /C calc'!A0"_s));
    must(book.ledger.recharge(u"lab"_s, yuan("1"), u"two\nlines, \"quoted\""_s));
    StatementPeriod period;
    period.tenant = u"lab"_s;
    const QString csv = csvOf(book, period);
    QVERIFY(csv.contains(u",'=cmd"_s));
    QVERIFY(!csv.contains(u",=cmd"_s));
    QCOMPARE(must(readCsv(csv.toUtf8())).at(8).at(12), u"two\nlines, \"quoted\""_s);
}

void TestStatement::refusesBadPeriods()
{
    const Book book;
    StatementPeriod period{u"lab"_s, book.clock.now(), book.clock.now()};
    QCOMPARE(codeOf(readStatement(book.ledger, period)), u"period_invalid"_s);
    period.tenant = u"nobody"_s;
    QCOMPARE(codeOf(readStatement(book.ledger, period)), u"tenant_unknown"_s);
    Book full;
    must(full.ledger.recharge(u"lab"_s, yuan("1")));
    must(full.ledger.recharge(u"lab"_s, yuan("1")));
    StatementPeriod all;
    all.tenant = u"lab"_s;
    all.mostBills = 1;
    QCOMPARE(codeOf(readStatement(full.ledger, all)), u"statement_too_long"_s);
}

void TestStatement::aClockSetBackChangesNoSum()
{
    Book book;
    must(book.ledger.recharge(u"lab"_s, yuan("10")));
    book.clock.advance(-86'400'000);
    must(book.ledger.recharge(u"lab"_s, yuan("1")));
    StatementPeriod earlier{u"lab"_s, {}, fromIso(u"2026-03-01T00:00:00.000Z"_s)};
    StatementPeriod later{u"lab"_s, earlier.to, fromIso(u"2026-03-02T00:00:00.000Z"_s)};
    const auto first = must(readStatement(book.ledger, earlier));
    const auto second = must(readStatement(book.ledger, later));
    QCOMPARE(first.statement.closing, yuan("1"));
    QCOMPARE(second.statement.opening, yuan("1"));
    QCOMPARE(second.rows.first().second, yuan("11")); // by time; the bill itself says 10, by sequence
    QCOMPARE(second.statement.closing, book.account().balance);
}

void TestStatement::spendingIsWhatSqlSays_data()
{
    QTest::addColumn<QByteArray>("zone");
    for (const char *zone : {"UTC", "Asia/Shanghai", "America/St_Johns"})
        QTest::newRow(zone) << QByteArray(zone);
}

void TestStatement::spendingIsWhatSqlSays()
{
    QFETCH(QByteArray, zone);
    Book book;
    must(book.ledger.recharge(u"lab"_s, yuan("100")));
    for (int i = 0; i < 60; ++i) {
        book.clock.advance(7 * 3'600'000 + 11 * 60'000); // over daylight saving's beginning, too
        bill(book, 1'000 * (i + 1), i % 2 == 0 ? u"a"_s : u"b"_s);
    }
    for (const QString &text : {QString(), u"Run"_s}) { // from the kept totals, and from the bills
        BillFilter filter;
        filter.tenant = u"lab"_s;
        filter.text = text;
        filter.model = u"a"_s;
        const Spending spending = must(book.ledger.spending(filter, false, QTimeZone(zone)));
        QCOMPARE(spending.balance, book.account().balance);
        qint64 bills = 0;
        for (const SpendPart &part : spending.parts) {
            QCOMPARE(part.model, u"a"_s);
            QVERIFY(part.ofRun);
            const QDateTime from = part.day.startOfDay(QTimeZone(zone));
            const QDateTime to = part.day.addDays(1).startOfDay(QTimeZone(zone));
            QCOMPARE(part.amount.micro(),
                book.number(
                    u"SELECT sum(amount_micro) FROM bills WHERE model = 'a' AND created_at >= ? AND created_at < ?"_s,
                    {toIso(from), toIso(to)}));
            bills += part.bills;
        }
        QCOMPARE(bills, 30);
    }
}

void TestStatement::balanceFollowsTheBills()
{
    Book book;
    must(book.ledger.recharge(u"lab"_s, yuan("10")));
    book.clock.advance(2 * 86'400'000LL);
    bill(book, 1'000'000);
    BillFilter filter;
    filter.tenant = u"lab"_s;
    const Spending spending = must(book.ledger.spending(filter, false, QTimeZone::utc()));
    const BurnDown course = burnDown(spending, QDate(2026, 2, 28), QDate(2026, 3, 4));
    QCOMPARE(course.days,
        (QList<DayBalance>{{QDate(2026, 2, 28), Money()}, {QDate(2026, 3, 1), yuan("10")},
            {QDate(2026, 3, 2), yuan("10")}, {QDate(2026, 3, 3), yuan("7")}, {QDate(2026, 3, 4), yuan("7")}}));
    QVERIFY(!course.forecast);
    QCOMPARE(course.why, NoForecast::TooLittle);
}

void TestStatement::forecastIsARange()
{
    // 30 days of 1.00 a day, the last 7 of 2.00; today's 100.00 counts in neither average.
    const QDate today(2026, 3, 31);
    Spending spending;
    spending.balance = yuan("60");
    spending.firstCharge = today.addDays(-40);
    for (int i = 1; i <= 40; ++i)
        spending.parts.append({today.addDays(-i), Item::RunTime, {}, true, 1, i <= 7 ? yuan("-2") : yuan("-1")});
    spending.parts.append({today, Item::RunTime, {}, true, 1, yuan("-100")});
    spending.parts.append({today.addDays(-3), Item::Recharge, {}, false, 1, yuan("500")});
    const BurnDown course = burnDown(spending, today.addDays(-30), today);
    QVERIFY(course.forecast);
    QCOMPARE(course.forecast->most, yuan("2"));
    QCOMPARE(course.forecast->least, Money::fromMicro(37'000'000 / 30));
    QCOMPARE(course.forecast->earliest, today.addDays(30));
    QCOMPARE(course.forecast->latest, today.addDays(60'000'000 / (37'000'000 / 30)));
    // Nothing in the last week: the later end is open.
    spending.parts.removeIf([&](const SpendPart &part) { return part.day >= today.addDays(-7); });
    const BurnDown quiet = burnDown(spending, today.addDays(-30), today);
    QVERIFY(quiet.forecast);
    QCOMPARE(quiet.forecast->least, Money());
    QVERIFY(!quiet.forecast->latest.isValid());
    QVERIFY(quiet.forecast->earliest.isValid());
    spending.balance = yuan("-1");
    QCOMPARE(burnDown(spending, today.addDays(-30), today).why, NoForecast::UsedUp);
}

/// An account that rested: charges 40 days ago and in the last week.
void TestStatement::forecastIsTheAccountsWhateverIsShown()
{
    Book book;
    constexpr qint64 day = 86'400'000;
    must(book.ledger.recharge(u"lab"_s, yuan("100")));
    bill(book, 1'000'000);
    book.clock.advance(35 * day);
    for (int i = 0; i < 5; ++i) {
        bill(book, 1'000'000);
        book.clock.advance(day);
    }
    const QDate today = book.clock.now().toUTC().date();
    QList<std::optional<Forecast>> forecasts;
    for (const int shown : {10, 30, 90}) {
        BillFilter filter;
        filter.tenant = u"lab"_s;
        filter.from = today.addDays(-std::max(shown, ForecastDays)).startOfDay(QTimeZone::utc());
        const Spending spending = must(book.ledger.spending(filter, false, QTimeZone::utc()));
        QCOMPARE(spending.firstCharge, today.addDays(-40));
        forecasts += burnDown(spending, today.addDays(-shown), today).forecast;
    }
    QVERIFY(forecasts.first());
    QCOMPARE(forecasts.first()->least, Money::fromMicro(15'000'000 / 30));
    QCOMPARE(forecasts.first()->most, Money::fromMicro(15'000'000 / 7));
    QCOMPARE(forecasts.at(1), forecasts.first());
    QCOMPARE(forecasts.at(2), forecasts.first());
}

void TestStatement::noForecastFromTooLittle()
{
    const QDate today(2026, 3, 31);
    Spending spending;
    spending.balance = yuan("60");
    spending.firstCharge = today.addDays(-6);
    for (int i = 1; i <= 6; ++i) // six days of history only
        spending.parts.append({today.addDays(-i), Item::RunTime, {}, true, 1, yuan("-1")});
    QCOMPARE(burnDown(spending, today.addDays(-30), today).why, NoForecast::TooLittle);
    spending.firstCharge = today.addDays(-20);
    spending.parts = {{today.addDays(-20), Item::RunTime, {}, true, 1, yuan("-1")},
        {today.addDays(-10), Item::RunTime, {}, true, 1, yuan("-1")}}; // two days with charges
    QCOMPARE(burnDown(spending, today.addDays(-30), today).why, NoForecast::TooLittle);
    spending.parts.append({today.addDays(-9), Item::RunTime, {}, true, 1, Money::fromMicro(-1)});
    QVERIFY(burnDown(spending, today.addDays(-30), today).forecast);
    for (SpendPart &part : spending.parts)
        part.amount = Money::fromMicro(-1); // three millionths in a month: for ever
    QCOMPARE(burnDown(spending, today.addDays(-30), today).why, NoForecast::NothingGoes);
}

/// Practice runs say nothing of how money goes, however many days one practises.
void TestStatement::whatIsFreeIsNoCharge()
{
    Book book;
    constexpr qint64 day = 86'400'000;
    must(book.ledger.recharge(u"lab"_s, yuan("100")));
    BillFilter filter;
    filter.tenant = u"lab"_s;
    const auto spending = [&] { return must(book.ledger.spending(filter, false, QTimeZone::utc())); };
    const auto courseNow = [&] {
        const QDate today = book.clock.now().toUTC().date();
        return burnDown(spending(), today.addDays(-30), today);
    };
    for (int i = 0; i < 10; ++i) {
        bill(book, 1'000, u"qwen"_s, true);
        book.clock.advance(day);
    }
    QVERIFY(!spending().firstCharge.isValid());
    QCOMPARE(courseNow().why, NoForecast::TooLittle);
    const QDate first = book.clock.now().toUTC().date();
    for (int i = 0; i < 2; ++i) {
        bill(book, 1'000'000);
        book.clock.advance(day);
    }
    for (int i = 0; i < 8; ++i) {
        bill(book, 1'000, u"qwen"_s, true);
        book.clock.advance(day);
    }
    QCOMPARE(spending().firstCharge, first);
    QCOMPARE(courseNow().why, NoForecast::TooLittle); // two days with charges, whatever was practised
    bill(book, 1'000'000);
    book.clock.advance(day);
    const BurnDown course = courseNow();
    QVERIFY(course.forecast);
    QCOMPARE(course.forecast->least, Money::fromMicro(3'000'000 / 7));
    QCOMPARE(
        course.forecast->most, Money::fromMicro(9'000'000 / 11)); // days since the first charge, not since practice
}

QTEST_GUILESS_MAIN(TestStatement)
#include "tst_statement.moc"
