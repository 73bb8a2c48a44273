// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/ledger/totals_p.h"

#include "services/core/clock.h"
#include "services/ledger/book_p.h"

#include <array>

namespace society::ledger {

namespace {

constexpr qint64 QuarterMs = 15LL * 60 * 1000;

QDateTime quarterDown(const QDateTime &time)
{
    const qint64 since = time.toMSecsSinceEpoch();
    const qint64 rest = ((since % QuarterMs) + QuarterMs) % QuarterMs;
    return QDateTime::fromMSecsSinceEpoch(since - rest, Qt::UTC);
}

QDateTime dayDown(const QDateTime &time)
{
    return time.date().startOfDay(Qt::UTC);
}

QDateTime monthDown(const QDateTime &time)
{
    return monthOf(time.date()).startOfDay(Qt::UTC);
}

/// What totals are kept of, finest first.
struct Grain {
    const char *name;
    qsizetype startLength; ///< of a time's text
    QDateTime (*down)(const QDateTime &time);
    QDateTime (*next)(const QDateTime &start);
};

constexpr std::array grains{
    Grain{"quarter", 16, quarterDown, [](const QDateTime &start) { return start.addMSecs(QuarterMs); }},
    Grain{"day", 10, dayDown, [](const QDateTime &start) { return start.addDays(1); }},
    Grain{"month", 10, monthDown, [](const QDateTime &start) { return start.addMonths(1); }},
};

QDateTime up(const Grain &grain, const QDateTime &time)
{
    const QDateTime down = grain.down(time);
    return down == time ? down : grain.next(down);
}

/// What rows of totals are wanted for. A sum of all needs less of each bill: then an index alone has it. And where it
/// is one of many bills, the least and greatest number of them would take as long again as adding them up.
enum class Detail { Sum, Extent, Kinds, Quarters };

constexpr bool isOfAll(Detail detail)
{
    return detail == Detail::Sum || detail == Detail::Extent;
}

Clause billsOf(const Part &part, Detail detail)
{
    if (isOfAll(detail))
        return selectFrom(
            {part}, QStringLiteral("count(*) AS bills, coalesce(sum(b.amount_micro), 0) AS amount_micro") +
                        (detail == Detail::Sum ? QString()
                                               : QStringLiteral(", min(b.seq) AS first_seq, max(b.seq) AS last_seq")));
    return selectFrom({part},
        QStringLiteral("1 AS bills, b.amount_micro, b.seq AS first_seq, b.seq AS last_seq, %1 AS start, b.item, "
                       "b.model, CASE WHEN b.experiment IS NULL THEN 0 ELSE 1 END AS of_run")
            .arg(quarterSql()));
}

/// Kept rows of one grain from a start to a start; an invalid end is none.
Clause keptOf(const BillFilter &filter, Detail detail, const Grain &grain, const QDateTime &from, const QDateTime &to)
{
    Clause kept{QStringLiteral("SELECT bills, amount_micro%1%2 FROM bill_totals WHERE tenant = ? AND grain = ?")
                    .arg(detail == Detail::Sum ? QString() : QStringLiteral(", first_seq, last_seq"),
                        isOfAll(detail) ? QString() : QStringLiteral(", start, item, model, of_run")),
        {filter.tenant, QString::fromLatin1(grain.name)}};
    const auto narrow = [&kept](const char *sql, const QVariant &value) {
        kept.sql += QStringLiteral(" AND ") + QString::fromLatin1(sql);
        kept.values << value;
    };
    if (from.isValid())
        narrow("start >= ?", toIso(from).left(grain.startLength));
    if (to.isValid())
        narrow("start < ?", toIso(to).left(grain.startLength));
    if (filter.item)
        narrow("item = ?", itemWord(*filter.item));
    if (filter.model)
        narrow("model = ?", *filter.model);
    return kept;
}

/// Whole months from the months' totals, whole days at both ends from the days', the rest from the quarters'.
void uniteKept(
    Clause &all, const BillFilter &filter, Detail detail, std::size_t grain, const QDateTime &from, const QDateTime &to)
{
    const std::size_t coarsest = detail == Detail::Quarters ? 0 : grains.size() - 1;
    const std::size_t next = grain + 1;
    const QDateTime first = grain < coarsest && from.isValid() ? up(grains.at(next), from) : from;
    const QDateTime last = grain < coarsest && to.isValid() ? grains.at(next).down(to) : to;
    if (grain == coarsest || (first.isValid() && last.isValid() && first >= last)) {
        unite(all, keptOf(filter, detail, grains.at(grain), from, to));
        return;
    }
    if (first != from)
        unite(all, keptOf(filter, detail, grains.at(grain), from, first));
    uniteKept(all, filter, detail, next, first, last);
    if (last != to)
        unite(all, keptOf(filter, detail, grains.at(grain), last, to));
}

Part between(Part part, const QDateTime &from, const QDateTime &to)
{
    part.filter.from = from;
    part.filter.to = to;
    return part;
}

/// What is kept, and of the quarters of an hour that are cut, minutes at the most, the bills themselves. All in UTC.
void unitePart(Clause &all, const Part &part, Detail detail)
{
    const QDateTime from = part.filter.from.toUTC();
    const QDateTime to = part.filter.to.toUTC();
    const QDateTime first = from.isValid() ? up(grains.front(), from) : from;
    const QDateTime last = to.isValid() ? quarterDown(to) : to;
    if (detail == Detail::Sum && part.amounts == Amounts::Most &&
        asksAmountsOnly(part)) { // all but the others, who are fewer
        unitePart(all, {BillFilter{part.filter.tenant}}, detail);
        for (const Part &rest : partsBeyondAmounts(part))
            unite(all, selectFrom({rest}, QStringLiteral("-count(*) AS bills, -coalesce(sum(b.amount_micro), 0) AS "
                                                         "amount_micro")));
        return;
    }
    if (!part.isKept() || (first.isValid() && last.isValid() && first > last)) {
        unite(all, billsOf(part, detail));
        return;
    }
    if (first != from)
        unite(all, billsOf(between(part, from, first), detail));
    if (last != to)
        unite(all, billsOf(between(part, last, to), detail));
    uniteKept(all, part.filter, detail, 0, first, last);
}

} // namespace

QString quarterSql()
{
    return QStringLiteral("substr(b.created_at, 1, 14) || CASE WHEN substr(b.created_at, 15, 2) < '15' THEN '00' "
                          "WHEN substr(b.created_at, 15, 2) < '30' THEN '15' "
                          "WHEN substr(b.created_at, 15, 2) < '45' THEN '30' ELSE '45' END");
}

Clause totalsOf(const QList<Part> &parts, bool quarters)
{
    Clause all;
    for (const Part &part : parts)
        unitePart(all, part, quarters ? Detail::Quarters : Detail::Kinds);
    return all;
}

// A filter by time, item or model is bounded by what is kept of these; without one, a list shows every bill there is,
// whatever the kept totals say.
Result<Extent> extentOf(store::Database &database, const BillFilter &filter, const QList<Part> &parts)
{
    const bool bounded = filter.item || filter.model || filter.from.isValid() || filter.to.isValid();
    // What is kept of a filter that asks for nothing else is read once for both.
    const bool isBoth = bounded && parts.size() == 1 && parts.constFirst().isKept();
    Clause all;
    for (const Part &part : parts)
        unitePart(all, part, isBoth ? Detail::Extent : Detail::Sum);
    const auto read = [](const store::Query &row) {
        return Extent{row.integer(0), row.money(1), row.integer(2), row.integer(3)};
    };
    const QString sums = QStringLiteral(
        "SELECT coalesce(sum(bills), 0) AS bills, coalesce(sum(amount_micro), 0) AS amount%1 FROM (%2) p");
    const QString ends =
        QStringLiteral("coalesce(min(first_seq), 0) AS lowest, coalesce(max(last_seq), -1) AS highest");
    if (isBoth) {
        SOCIETY_ASSIGN(const auto extent,
            store::first(database, sums.arg(QStringLiteral(", ") + ends, all.sql), all.values, read));
        return extent.value_or(Extent());
    }
    Clause bounds{
        QStringLiteral("SELECT 1 AS first_seq, max(seq) AS last_seq FROM bills WHERE tenant = ?"), {filter.tenant}};
    if (bounded) {
        bounds = {};
        unitePart(bounds, {BillFilter{filter.tenant, filter.item, {}, filter.model, {}, filter.from, filter.to}},
            Detail::Extent);
    }
    SOCIETY_ASSIGN(const auto extent,
        store::first(database,
            QStringLiteral("SELECT t.bills, t.amount, s.lowest, s.highest FROM (%1) t, (SELECT %2 FROM (%3) k) s")
                .arg(sums.arg(QString(), all.sql), ends, bounds.sql),
            all.values + bounds.values, read));
    return extent.value_or(Extent());
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
