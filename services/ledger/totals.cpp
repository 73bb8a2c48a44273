// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/ledger/totals_p.h"

#include "services/core/clock.h"
#include "services/ledger/book_p.h"

namespace society::ledger {

namespace {

constexpr qint64 QuarterMs = 15LL * 60 * 1000;

/// The quarter of an hour of a bill, as the trigger `bills_add_totals` writes it.
QString quarterSql()
{
    return QStringLiteral("substr(b.created_at, 1, 14) || CASE WHEN substr(b.created_at, 15, 2) < '15' THEN '00' "
                          "WHEN substr(b.created_at, 15, 2) < '30' THEN '15' "
                          "WHEN substr(b.created_at, 15, 2) < '45' THEN '30' ELSE '45' END");
}

QDateTime roundedDown(const QDateTime &time, qint64 ms)
{
    const qint64 since = time.toMSecsSinceEpoch();
    const qint64 rest = ((since % ms) + ms) % ms;
    return QDateTime::fromMSecsSinceEpoch(since - rest, Qt::UTC);
}

QDateTime roundedUp(const QDateTime &time, qint64 ms)
{
    const QDateTime down = roundedDown(time, ms);
    return down == time ? down : down.addMSecs(ms);
}

Source billsOf(const BillFilter &filter)
{
    const Where where = whereOf(filter);
    return {QStringLiteral("SELECT %1 AS start, b.item, b.model, CASE WHEN b.experiment IS NULL THEN 0 ELSE 1 END AS "
                           "of_run, 1 AS bills, b.amount_micro FROM bills b ")
                    .arg(quarterSql()) +
                (where.needsNames ? QStringLiteral("LEFT JOIN experiments e ON e.id = b.experiment ") : QString()) +
                where.sql,
        where.values};
}

/// Kept rows of one grain from a start to a start; an empty end is none.
Source keptOf(const BillFilter &filter, const char *grain, const QString &from, const QString &to)
{
    Source source{QStringLiteral("SELECT start, item, model, of_run, bills, amount_micro FROM "
                                 "bill_totals WHERE tenant = ? AND grain = ?"),
        {filter.tenant, QString::fromLatin1(grain)}};
    const auto narrow = [&source](const char *sql, const QVariant &value) {
        source.sql += QStringLiteral(" AND ") + QString::fromLatin1(sql);
        source.values << value;
    };
    if (!from.isEmpty())
        narrow("start >= ?", from);
    if (!to.isEmpty())
        narrow("start < ?", to);
    if (filter.item)
        narrow("item = ?", itemWord(*filter.item));
    if (filter.model)
        narrow("model = ?", *filter.model);
    return source;
}

void add(Source &all, const Source &part)
{
    if (!all.sql.isEmpty())
        all.sql += QStringLiteral(" UNION ALL ");
    all.sql += part.sql;
    all.values += part.values;
}

BillFilter between(BillFilter filter, const QDateTime &from, const QDateTime &to)
{
    filter.from = from;
    filter.to = to;
    return filter;
}

QString dayText(const QDateTime &time)
{
    return toIso(time).left(10);
}

QString quarterText(const QDateTime &time)
{
    return toIso(time).left(16);
}

/// Whether the kept totals alone can say what a filter selects.
bool isKept(const BillFilter &filter)
{
    return !filter.experiment && filter.text.trimmed().isEmpty() && !filter.least && !filter.most;
}

} // namespace

Result<> recount(store::Database &database, const Clock &clock, const TenantId &tenant)
{
    if (database.dialect() == store::Dialect::PostgreSql) { // there nobody may write kept sums; the database does it
        SOCIETY_TRY(store::execute(database, QStringLiteral("SELECT recount(?, ?)"), {tenant, toIso(clock.now())}));
        return {};
    }
    SOCIETY_TRY(store::execute(database,
        QStringLiteral("UPDATE accounts SET balance_micro = (SELECT coalesce(sum(amount_micro), 0) FROM bills WHERE "
                       "tenant = ?), updated_at = ? WHERE tenant = ?"),
        {tenant, toIso(clock.now()), tenant}));
    SOCIETY_TRY(store::execute(database, QStringLiteral("DELETE FROM bill_totals WHERE tenant = ?"), {tenant}));
    for (const auto &[grain, start] :
        {std::pair("day", QStringLiteral("substr(b.created_at, 1, 10)")), std::pair("quarter", quarterSql())})
        SOCIETY_TRY(store::execute(database,
            QStringLiteral(
                "INSERT INTO bill_totals (tenant, grain, start, item, model, of_run, bills, amount_micro) "
                "SELECT b.tenant, '%1', %2, b.item, b.model, CASE WHEN b.experiment IS NULL THEN 0 ELSE 1 "
                "END, count(*), sum(b.amount_micro) FROM bills b WHERE b.tenant = ? GROUP BY 1, 2, 3, 4, 5, 6")
                .arg(QLatin1String(grain), start),
            {tenant}));
    return {};
}

QString quarterOf(const QDateTime &time)
{
    return quarterText(roundedDown(time.toUTC(), QuarterMs));
}

// Whole days from the days' totals, whole quarters at both ends from the quarters', and the rest, minutes at the most,
// from the bills themselves. Everything is in UTC.
Source totalsOf(const BillFilter &filter, bool quarters)
{
    if (!isKept(filter))
        return billsOf(filter);
    const QDateTime from = filter.from.toUTC();
    const QDateTime to = filter.to.toUTC();
    const QDateTime firstQuarter = filter.from.isValid() ? roundedUp(from, QuarterMs) : QDateTime();
    const QDateTime lastQuarter = filter.to.isValid() ? roundedDown(to, QuarterMs) : QDateTime();
    if (firstQuarter.isValid() && lastQuarter.isValid() && firstQuarter > lastQuarter)
        return billsOf(filter); // within one quarter
    Source all;
    if (firstQuarter.isValid() && firstQuarter != from)
        add(all, billsOf(between(filter, from, firstQuarter)));
    if (lastQuarter.isValid() && lastQuarter != to)
        add(all, billsOf(between(filter, lastQuarter, to)));
    const auto text = [](const QDateTime &time, QString (*form)(const QDateTime &)) {
        return time.isValid() ? form(time) : QString();
    };
    constexpr qint64 dayMs = 24LL * 60 * 60 * 1000;
    const QDateTime firstDay = firstQuarter.isValid() ? roundedUp(firstQuarter, dayMs) : QDateTime();
    const QDateTime lastDay = lastQuarter.isValid() ? roundedDown(lastQuarter, dayMs) : QDateTime();
    if (quarters || (firstDay.isValid() && lastDay.isValid() && firstDay >= lastDay)) {
        add(all, keptOf(filter, "quarter", text(firstQuarter, quarterText), text(lastQuarter, quarterText)));
        return all;
    }
    if (firstQuarter.isValid())
        add(all, keptOf(filter, "quarter", quarterText(firstQuarter), quarterText(firstDay)));
    add(all, keptOf(filter, "day", text(firstDay, dayText), text(lastDay, dayText)));
    if (lastQuarter.isValid())
        add(all, keptOf(filter, "quarter", quarterText(lastDay), quarterText(lastQuarter)));
    return all;
}

QDate dayOf(const QString &start, const QTimeZone &zone)
{
    const QString rest = QStringLiteral("T00:00:00.000Z");
    return fromIso(start + rest.mid(start.size() - 10)).toTimeZone(zone).date();
}

QDate monthOf(QDate day)
{
    return QDate(day.year(), day.month(), 1);
}

} // namespace society::ledger
