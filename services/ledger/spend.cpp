// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/ledger/book_p.h"
#include "services/ledger/ledger.h"

#include <QMap>

namespace society::ledger {

using store::Query;

namespace {

/// Bills of one minute together. SQL knows no time zones; every zone's days and months begin at a whole minute.
struct Minute {
    QDateTime time;
    Item item = Item::RunTime;
    bool ofARun = false;
    Money amount;
};

Result<QList<Minute>> minutesOf(
    store::Database &database, const TenantId &tenant, const QDateTime &from, const QDateTime &to)
{
    SOCIETY_TRY(balanceOf(database, tenant));
    return store::rows(database,
        QStringLiteral("SELECT substr(created_at, 1, 16), item, experiment IS NOT NULL, sum(amount_micro) FROM bills "
                       "WHERE tenant = ? AND created_at >= ? AND created_at < ? GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"),
        {tenant, toIso(from), toIso(to)}, [](const Query &row) {
            return Minute{fromIso(row.text(0) + QStringLiteral(":00.000Z")),
                itemFromWord(row.text(1)).value_or(Item::Correction), row.boolean(2), row.money(3)};
        });
}

} // namespace

Result<QList<DaySpend>> Ledger::spendPerDay(const TenantId &tenant, QDate from, QDate to, const QTimeZone &zone) const
{
    SOCIETY_ASSIGN(const QList<Minute> minutes,
        minutesOf(m_database, tenant, from.startOfDay(zone), to.addDays(1).startOfDay(zone)));
    QMap<std::pair<QDate, Item>, Money> sums;
    for (const Minute &minute : minutes) {
        Money &sum = sums[{minute.time.toTimeZone(zone).date(), minute.item}];
        SOCIETY_ASSIGN(sum, sum.plus(minute.amount));
    }
    QList<DaySpend> days;
    for (auto it = sums.cbegin(); it != sums.cend(); ++it)
        days.append({it.key().first, it.key().second, it.value()});
    return days;
}

Result<QList<MonthTotal>> Ledger::monthTotals(const TenantId &tenant, const QTimeZone &zone, int count) const
{
    const QDate today = m_clock.now().toTimeZone(zone).date();
    const QDate first = QDate(today.year(), today.month(), 1).addMonths(1 - qBound(1, count, 1'200));
    // To the end of time rather than of today: a clock that was set back must not hide bills.
    SOCIETY_ASSIGN(const QList<Minute> minutes,
        minutesOf(m_database, tenant, first.startOfDay(zone), QDate(9999, 12, 31).startOfDay(zone)));
    QMap<QDate, MonthTotal> months;
    for (const Minute &minute : minutes) {
        const QDate day = minute.time.toTimeZone(zone).date();
        const QDate month(day.year(), day.month(), 1);
        MonthTotal &total = months[month];
        total.month = month;
        Money &sum = minute.ofARun ? total.spent : total.recharged;
        SOCIETY_ASSIGN(sum, sum.plus(minute.amount));
    }
    const QList<MonthTotal> oldestFirst = months.values();
    return QList<MonthTotal>(oldestFirst.crbegin(), oldestFirst.crend());
}

} // namespace society::ledger
