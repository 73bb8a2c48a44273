// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/ledger/book_p.h"
#include "services/ledger/ledger.h"
#include "services/ledger/totals_p.h"
#include "services/store/transaction.h"

#include <QMap>

namespace society::ledger {

using store::Query;
using store::Transaction;

namespace {

BillFilter between(const TenantId &tenant, const QDateTime &from, const QDateTime &to)
{
    BillFilter filter;
    filter.tenant = tenant;
    filter.from = from;
    filter.to = to;
    return filter;
}

/// The first day of the month of the newest bill before a time (UTC, as the kept totals name it); invalid where none
/// is.
Result<QDate> newestMonth(
    store::Database &database, const TenantId &tenant, const QTimeZone &zone, const QString &before)
{
    SOCIETY_ASSIGN(const auto newest, store::first(database,
                                          QStringLiteral("SELECT coalesce(max(start), '') FROM bill_totals WHERE "
                                                         "tenant = ? AND grain = 'quarter' AND start < ?"),
                                          {tenant, before}, [](const Query &row) { return row.text(0); }));
    const QDate day = newest && !newest->isEmpty() ? dayOf(*newest, zone) : QDate();
    return day.isValid() ? monthOf(day) : QDate();
}

/// The day of the account's first charge, which what is before it (a recharge or a few) does not hide for long.
Result<QDate> firstCharge(store::Database &database, const TenantId &tenant, const QTimeZone &zone)
{
    SOCIETY_ASSIGN(const auto first, store::first(database,
                                         QStringLiteral("SELECT start FROM bill_totals WHERE tenant = ? AND grain = "
                                                        "'quarter' AND of_run = 1 ORDER BY start LIMIT 1"),
                                         {tenant}, [](const Query &row) { return row.text(0); }));
    return first ? dayOf(*first, zone) : QDate();
}

} // namespace

Result<QList<DaySpend>> Ledger::spendPerDay(const TenantId &tenant, QDate from, QDate to, const QTimeZone &zone) const
{
    SOCIETY_ASSIGN(Transaction view, Transaction::begin(m_database, Transaction::Mode::Read));
    SOCIETY_TRY(balanceOf(m_database, tenant));
    const Clause source = totalsOf({{between(tenant, from.startOfDay(zone), to.addDays(1).startOfDay(zone))}}, true);
    SOCIETY_ASSIGN(const auto parts,
        store::rows(m_database,
            QStringLiteral("SELECT start, item, sum(amount_micro) FROM (%1) t GROUP BY start, item").arg(source.sql),
            source.values, [](const Query &row) {
                return std::tuple(row.text(0), itemFromWord(row.text(1)).value_or(Item::Correction), row.money(2));
            }));
    QMap<std::pair<QDate, Item>, Money> sums;
    for (const auto &[start, item, amount] : parts) {
        Money &sum = sums[{dayOf(start, zone), item}];
        SOCIETY_ASSIGN(sum, sum.plus(amount));
    }
    QList<DaySpend> days;
    for (auto it = sums.cbegin(); it != sums.cend(); ++it)
        days.append({it.key().first, it.key().second, it.value()});
    SOCIETY_TRY(view.commit());
    return days;
}

Result<Spending> Ledger::spending(const BillFilter &filter, bool months, const QTimeZone &zone) const
{
    SOCIETY_ASSIGN(Transaction view, Transaction::begin(m_database, Transaction::Mode::Read));
    Spending spending;
    SOCIETY_ASSIGN(spending.balance, balanceOf(m_database, filter.tenant));
    SOCIETY_ASSIGN(spending.firstCharge, firstCharge(m_database, filter.tenant, zone));
    SOCIETY_ASSIGN(const QList<Part> selected, partsOf(m_database, filter));
    const Clause source = totalsOf(selected, true);
    SOCIETY_ASSIGN(const auto parts,
        store::rows(m_database,
            QStringLiteral("SELECT start, item, model, of_run, sum(bills), sum(amount_micro) FROM (%1) t "
                           "GROUP BY start, item, model, of_run")
                .arg(source.sql),
            source.values, [&](const Query &row) {
                const QDate day = dayOf(row.text(0), zone);
                return SpendPart{months ? monthOf(day) : day, itemFromWord(row.text(1)).value_or(Item::Correction),
                    row.text(2), row.boolean(3), row.integer(4), row.money(5)};
            }));
    QMap<std::tuple<QDate, Item, QString, bool>, SpendPart> sums;
    for (const SpendPart &part : parts) {
        SpendPart &sum = sums[{part.day, part.item, part.model, part.ofRun}];
        SOCIETY_ASSIGN(const Money amount, sum.amount.plus(part.amount));
        sum = {part.day, part.item, part.model, part.ofRun, sum.bills + part.bills, amount};
    }
    spending.parts = sums.values();
    SOCIETY_TRY(view.commit());
    return spending;
}

Result<QList<MonthTotal>> Ledger::monthTotals(const TenantId &tenant, const QTimeZone &zone, int count) const
{
    SOCIETY_ASSIGN(Transaction view, Transaction::begin(m_database, Transaction::Mode::Read));
    SOCIETY_TRY(balanceOf(m_database, tenant));
    const QDate today = m_clock.now().toTimeZone(zone).date();
    const QDate first = monthOf(today).addMonths(1 - qBound(1, count, 1'200));
    // From the newest bill rather than from today: a clock that was set back must not hide bills. From one month with
    // bills to the next, since a clock may have stood centuries ahead.
    QList<MonthTotal> months;
    SOCIETY_ASSIGN(QDate month, newestMonth(m_database, tenant, zone, QStringLiteral("9999-12-31T24")));
    while (month.isValid() && month >= first) {
        const Clause source =
            totalsOf({{between(tenant, month.startOfDay(zone), month.addMonths(1).startOfDay(zone))}}, false);
        SOCIETY_ASSIGN(const auto total,
            store::first(m_database,
                QStringLiteral("SELECT coalesce(sum(bills), 0), coalesce(sum(CASE WHEN of_run = 1 THEN amount_micro "
                               "END), 0), coalesce(sum(CASE WHEN of_run = 0 THEN amount_micro END), 0) FROM (%1) t")
                    .arg(source.sql),
                source.values,
                [](const Query &row) { return std::tuple(row.integer(0), row.money(1), row.money(2)); }));
        if (const auto [bills, spent, recharged] = total.value_or(std::tuple(0, Money(), Money())); bills > 0)
            months.append({month, spent, recharged});
        SOCIETY_ASSIGN(month, newestMonth(m_database, tenant, zone, quarterOf(month.startOfDay(zone))));
    }
    SOCIETY_TRY(view.commit());
    return months;
}

} // namespace society::ledger
