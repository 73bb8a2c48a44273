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
    return selected * 100 >= found.size() * ManyPercent ? Amounts::Many : Amounts::Few;
}

} // namespace society::ledger
