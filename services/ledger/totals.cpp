// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/ledger/totals_p.h"

#include "services/core/clock.h"
#include "services/ledger/book_p.h"
#include "services/ledger/steps_p.h"

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

constexpr std::size_t FirstOfAmounts = 1; ///< finer ones are not kept by amounts

QDateTime up(const Grain &grain, const QDateTime &time)
{
    const QDateTime down = grain.down(time);
    return down == time ? down : grain.next(down);
}

/// What rows of totals are wanted for: the columns that keep them apart, and whether beside each its bills' first and
/// last number is. Of one sum of many bills these would take as long again as adding them up.
struct Wanted {
    QStringList columns;
    bool bounds = false;
    [[nodiscard]] bool quarters() const { return columns.contains(QLatin1String("start")); }
};

QString bounds(const Wanted &wanted, const char *columns)
{
    return wanted.bounds ? QLatin1String(columns) : QString();
}

/// What a bill has in a column of kept totals.
QString ofBill(const QString &column)
{
    if (column == QLatin1String("start"))
        return quarterSql() + QStringLiteral(" AS start");
    if (column == QLatin1String("of_run"))
        return QStringLiteral("CASE WHEN b.experiment IS NULL THEN 0 ELSE 1 END AS of_run");
    return QStringLiteral("b.") + column;
}

// Nothing is read that is not wanted: then an index alone often has it.
Clause billsOf(const Part &part, const Wanted &wanted)
{
    if (wanted.columns.isEmpty())
        return selectFrom(
            {part}, QStringLiteral("count(*) AS bills, coalesce(sum(b.amount_micro), 0) AS amount_micro") +
                        bounds(wanted, ", min(b.seq) AS first_seq, max(b.seq) AS last_seq"));
    QString columns =
        QStringLiteral("1 AS bills, b.amount_micro") + bounds(wanted, ", b.seq AS first_seq, b.seq AS last_seq");
    for (const QString &column : wanted.columns)
        columns += QStringLiteral(", ") + ofBill(column);
    return selectFrom({part}, columns);
}

/// Where totals are kept of what: of a filter's item and model and, by amounts, of some steps.
struct Kept {
    const BillFilter &filter;
    const Wanted &wanted;
    std::optional<AmountRange> steps = {};
};

/// Kept rows of one grain from a start to a start; an invalid end is none.
Clause keptOf(const Kept &of, const Grain &grain, const QDateTime &from, const QDateTime &to)
{
    QString columns = QStringLiteral("bills, amount_micro") + bounds(of.wanted, ", first_seq, last_seq");
    for (const QString &column : of.wanted.columns)
        columns += QStringLiteral(", ") + column;
    Clause kept{QStringLiteral("SELECT %1 FROM %2 WHERE tenant = ? AND grain = ?")
                    .arg(columns, of.steps ? QStringLiteral("amount_totals") : QStringLiteral("bill_totals")),
        {of.filter.tenant, QString::fromLatin1(grain.name)}};
    const auto narrow = [&kept](const char *sql, const QVariantList &values) {
        kept.sql += QStringLiteral(" AND ") + QString::fromLatin1(sql);
        kept.values += values;
    };
    if (from.isValid())
        narrow("start >= ?", {toIso(from).left(grain.startLength)});
    if (to.isValid())
        narrow("start < ?", {toIso(to).left(grain.startLength)});
    if (of.filter.item)
        narrow("item = ?", {itemWord(*of.filter.item)});
    if (of.filter.model)
        narrow("model = ?", {*of.filter.model});
    if (of.steps)
        narrow("step_micro BETWEEN ? AND ?", {number(of.steps->first), number(of.steps->last)});
    return kept;
}

/// Whole months from the months' totals, whole days at both ends from the days', the rest from the quarters'.
void uniteKept(Clause &all, const Kept &of, std::size_t grain, const QDateTime &from, const QDateTime &to)
{
    const std::size_t coarsest = of.wanted.quarters() ? 0 : grains.size() - 1;
    const std::size_t next = grain + 1;
    const QDateTime first = grain < coarsest && from.isValid() ? up(grains.at(next), from) : from;
    const QDateTime last = grain < coarsest && to.isValid() ? grains.at(next).down(to) : to;
    if (grain == coarsest || (first.isValid() && last.isValid() && first >= last)) {
        unite(all, keptOf(of, grains.at(grain), from, to));
        return;
    }
    if (first != from)
        unite(all, keptOf(of, grains.at(grain), from, first));
    uniteKept(all, of, next, first, last);
    if (last != to)
        unite(all, keptOf(of, grains.at(grain), last, to));
}

Part between(Part part, const QDateTime &from, const QDateTime &to)
{
    part.filter.from = from;
    part.filter.to = to;
    return part;
}

/// The bills of a part before and after the whole quarters of an hour or days that it has; gives from when to when
/// these are. Where it has none, nothing is kept of it.
std::optional<std::pair<QDateTime, QDateTime>> uniteCut(
    Clause &all, const Part &part, const Wanted &wanted, const Grain &grain)
{
    const QDateTime from = part.filter.from.toUTC();
    const QDateTime to = part.filter.to.toUTC();
    const QDateTime first = from.isValid() ? up(grain, from) : from;
    const QDateTime last = to.isValid() ? grain.down(to) : to;
    if (first.isValid() && last.isValid() && first >= last) {
        unite(all, billsOf(part, wanted));
        return {};
    }
    if (first != from)
        unite(all, billsOf(between(part, from, first), wanted));
    if (last != to)
        unite(all, billsOf(between(part, last, to), wanted));
    return std::pair(first, last);
}

/// Of whole days the steps that are wholly in the range of amounts from what is kept, and of those that are cut the
/// bills.
void uniteAmounts(Clause &all, Part part, const Wanted &wanted)
{
    part.amounts = Amounts::Many; // few bills are of days that are cut, whatever their amounts
    const auto days = uniteCut(all, part, wanted, grains.at(FirstOfAmounts));
    if (!days)
        return;
    const AmountParts amounts = partsOfAmounts(part.filter.least, part.filter.most);
    if (!amounts.steps.isEmpty())
        uniteKept(all, {part.filter, wanted, amounts.steps}, FirstOfAmounts, days->first, days->second);
    for (const AmountRange &cut : amounts.cuts) {
        Part step = between(part, days->first, days->second);
        step.filter.least = cut.first;
        step.filter.most = cut.last;
        step.amounts = Amounts::OneStep;
        unite(all, billsOf(step, wanted));
    }
}

/// What is kept, and of the quarters of an hour that are cut, minutes at the most, the bills themselves. All in UTC.
void unitePart(Clause &all, const Part &part, const Wanted &wanted)
{
    if (part.isKeptByAmount() && !wanted.quarters() && !wanted.bounds)
        uniteAmounts(all, part, wanted);
    else if (!part.isKept())
        unite(all, billsOf(part, wanted));
    else if (const auto quarters = uniteCut(all, part, wanted, grains.front()))
        uniteKept(all, {part.filter, wanted}, 0, quarters->first, quarters->second);
}

} // namespace

QString quarterSql()
{
    return QStringLiteral("substr(b.created_at, 1, 14) || CASE WHEN substr(b.created_at, 15, 2) < '15' THEN '00' "
                          "WHEN substr(b.created_at, 15, 2) < '30' THEN '15' "
                          "WHEN substr(b.created_at, 15, 2) < '45' THEN '30' ELSE '45' END");
}

Clause totalsOf(const QList<Part> &parts, const QStringList &columns)
{
    Clause all;
    for (const Part &part : parts)
        unitePart(all, part, {columns});
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
        unitePart(all, part, {{}, isBoth});
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
        unitePart(
            bounds, {BillFilter{filter.tenant, filter.item, {}, filter.model, {}, filter.from, filter.to}}, {{}, true});
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
