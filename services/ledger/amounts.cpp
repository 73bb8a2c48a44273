// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/ledger/selection_p.h"

#include <QRandomGenerator>
#include <algorithm>

namespace society::ledger {

using store::Query;

namespace {

constexpr int SampleSize = 400;
constexpr qsizetype LeastFound = 40; ///< of those looked at, of the tenant: of fewer nothing is concluded
/// Of 100: beyond it, reading every bill in the order of an index that has all that is asked is quicker than going from
/// the index over amounts to each bill (0.1 and 5 µs of each, of ten million).
constexpr qsizetype ManyPercent = 2;
constexpr qsizetype MostPercent = 50;

} // namespace

// No database counts the bills of a range without going through them, and SQLite's statistics are not kept: so a few
// are looked at, always the same ones.
Result<Amounts> amountsOf(store::Database &database, const BillFilter &filter)
{
    if ((!filter.least && !filter.most) || (filter.experiment && !filter.experiment->isNull()))
        return Amounts::Few;
    SOCIETY_ASSIGN(const auto ends,
        store::first(database,
            QStringLiteral("SELECT coalesce((SELECT min(seq) FROM bills WHERE tenant = ?), 0), coalesce((SELECT "
                           "max(seq) FROM bills WHERE tenant = ?), -1)"),
            {filter.tenant, filter.tenant},
            [](const Query &row) { return std::pair(row.integer(0), row.integer(1)); }));
    const auto [lowest, highest] = ends.value_or(std::pair(qint64(0), qint64(-1)));
    if (highest - lowest < selectionLimits().sampled)
        return Amounts::Few;
    QRandomGenerator random(1);
    QVariantList values{filter.tenant};
    for (int i = 0; i < SampleSize; ++i)
        values << QVariant::fromValue<qlonglong>(
            lowest + static_cast<qint64>(random.generateDouble() * static_cast<double>(highest - lowest + 1)));
    SOCIETY_ASSIGN(const auto found,
        store::rows(database,
            QStringLiteral("SELECT b.amount_micro FROM bills b WHERE coalesce(b.tenant, '') = ? AND b.seq IN (%1)")
                .arg(store::placesFor(SampleSize)),
            values, [](const Query &row) { return row.money(0); }));
    if (found.size() < LeastFound)
        return Amounts::Few;
    const qsizetype selected = std::count_if(found.cbegin(), found.cend(), [&filter](Money amount) {
        return (!filter.least || amount >= *filter.least) && (!filter.most || amount <= *filter.most);
    });
    return selected * 100 > found.size() * MostPercent    ? Amounts::Most
           : selected * 100 >= found.size() * ManyPercent ? Amounts::Many
                                                          : Amounts::Few;
}

bool asksAmountsOnly(const Part &part)
{
    const BillFilter &filter = part.filter;
    return part.also.sql.isEmpty() && (filter.least || filter.most) && !filter.item && !filter.model &&
           !filter.experiment && !filter.from.isValid() && !filter.to.isValid();
}

QList<Part> partsBeyondAmounts(const Part &part)
{
    QList<Part> beyond;
    Part rest = part;
    rest.filter.least.reset();
    rest.filter.most.reset();
    rest.isMany = true; // looked for by the tenant and the amount
    const auto add = [&](const std::optional<Money> &end, const char *sql) {
        if (!end)
            return;
        beyond.append(rest);
        beyond.last().also.sql += QLatin1String(sql);
        beyond.last().also.values << QVariant::fromValue<qlonglong>(end->micro());
    };
    add(part.filter.least, " AND b.amount_micro < ?");
    add(part.filter.most, " AND b.amount_micro > ?");
    return beyond;
}

} // namespace society::ledger
