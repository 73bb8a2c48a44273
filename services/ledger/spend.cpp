// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/ledger/book_p.h"
#include "services/ledger/ledger.h"
#include "services/ledger/totals_p.h"
#include "services/store/transaction.h"

#include <QMap>
#include <algorithm>
#include <functional>

namespace society::ledger {

using store::Query;
using store::Transaction;

namespace {

constexpr qsizetype MonthsAtOnce = 48; ///< five sums each at the most, of the 500 that SQLite unites

BillFilter between(const TenantId &tenant, const QDateTime &from, const QDateTime &to)
{
    BillFilter filter;
    filter.tenant = tenant;
    filter.from = from;
    filter.to = to;
    return filter;
}

/// The first days of the months that may have bills, newest first and none before `first`: those of `zone` that a month
/// with bills (UTC, as the kept totals name it) lies in. A clock may have stood centuries ahead, hence no range.
Result<QList<QDate>> monthsToLookAt(
    store::Database &database, const TenantId &tenant, const QTimeZone &zone, QDate first)
{
    const QDate from = monthOf(first.startOfDay(zone).toUTC().date());
    SOCIETY_ASSIGN(const auto kept,
        store::rows(database,
            QStringLiteral(
                "SELECT DISTINCT start FROM bill_totals WHERE tenant = ? AND grain = 'month' AND start >= ?"),
            {tenant, from.toString(Qt::ISODate)},
            [](const Query &row) { return QDate::fromString(row.text(0), Qt::ISODate).startOfDay(Qt::UTC); }));
    QList<QDate> months;
    for (const QDateTime &start : kept)
        for (const QDateTime &end : {start, start.addMonths(1).addMSecs(-1)})
            if (const QDate month = monthOf(end.toTimeZone(zone).date());
                month.isValid() && month >= first && month.year() < 10'000) // four digits, or texts are not in order
                months.append(month);
    std::sort(months.begin(), months.end(), std::greater<>());
    months.resize(std::unique(months.begin(), months.end()) - months.begin());
    return months;
}

/// What some months come to, in one statement.
Result<QMap<QDate, MonthTotal>> sumsOf(
    store::Database &database, const TenantId &tenant, const QTimeZone &zone, const QList<QDate> &months)
{
    Clause all;
    for (const QDate month : months) {
        const Clause source = totalsOf({{between(tenant, month.startOfDay(zone), month.addMonths(1).startOfDay(zone))}},
            {QStringLiteral("of_run")});
        unite(all,
            {QStringLiteral("SELECT '%1' AS month, coalesce(sum(bills), 0) AS bills, coalesce(sum(CASE WHEN of_run = 1 "
                            "THEN amount_micro END), 0) AS spent, coalesce(sum(CASE WHEN of_run = 0 THEN amount_micro "
                            "END), 0) AS recharged FROM (%2) t")
                    .arg(month.toString(Qt::ISODate), source.sql),
                source.values});
    }
    SOCIETY_ASSIGN(const auto read,
        store::rows(database, QStringLiteral("SELECT month, spent, recharged FROM (%1) m WHERE bills > 0").arg(all.sql),
            all.values, [](const Query &row) {
                return MonthTotal{QDate::fromString(row.text(0), Qt::ISODate), row.money(1), row.money(2)};
            }));
    QMap<QDate, MonthTotal> sums;
    for (const MonthTotal &month : read)
        sums.insert(month.month, month);
    return sums;
}

/// The day of the account's first charge that is not free, which what is before it (recharges, practice) does not hide
/// for long.
Result<QDate> firstCharge(store::Database &database, const TenantId &tenant, const QTimeZone &zone)
{
    SOCIETY_ASSIGN(
        const auto first, store::first(database,
                              QStringLiteral("SELECT start FROM bill_totals WHERE tenant = ? AND grain = "
                                             "'quarter' AND of_run = 1 AND amount_micro <> 0 ORDER BY start LIMIT 1"),
                              {tenant}, [](const Query &row) { return row.text(0); }));
    return first ? dayOf(*first, zone) : QDate();
}

} // namespace

Result<QList<DaySpend>> Ledger::spendPerDay(const TenantId &tenant, QDate from, QDate to, const QTimeZone &zone) const
{
    SOCIETY_ASSIGN(Transaction view, Transaction::begin(m_database, Transaction::Mode::Read));
    SOCIETY_TRY(balanceOf(m_database, tenant));
    const Clause source = totalsOf({{between(tenant, from.startOfDay(zone), to.addDays(1).startOfDay(zone))}},
        {QStringLiteral("start"), QStringLiteral("item")});
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
    const Clause source = totalsOf(
        selected, {QStringLiteral("start"), QStringLiteral("item"), QStringLiteral("model"), QStringLiteral("of_run")});
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
    // From the newest bill rather than from today: a clock that was set back must not hide bills.
    SOCIETY_ASSIGN(const QList<QDate> wanted, monthsToLookAt(m_database, tenant, zone, first));
    QList<MonthTotal> months;
    for (qsizetype at = 0; at < wanted.size(); at += MonthsAtOnce) {
        const QList<QDate> some = wanted.mid(at, MonthsAtOnce);
        SOCIETY_ASSIGN(const auto sums, sumsOf(m_database, tenant, zone, some));
        for (const QDate month : some)
            if (const auto sum = sums.constFind(month); sum != sums.cend())
                months.append(*sum);
    }
    SOCIETY_TRY(view.commit());
    return months;
}

} // namespace society::ledger
