// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/ledger/book_p.h"
#include "services/ledger/ledger.h"
#include "services/ledger/totals_p.h"
#include "services/store/transaction.h"

#include <QMap>
#include <algorithm>

namespace society::ledger {

using store::Query;
using store::Transaction;

namespace {

struct Part {
    QString key;
    qint64 bills = 0;
    Money sum;
};

Result<QList<Part>> partsBy(store::Database &database, const QString &column, const Source &source)
{
    return store::rows(database,
        QStringLiteral("SELECT %1, sum(bills), sum(amount_micro) FROM (%2) t GROUP BY %1 ORDER BY %1")
            .arg(column, source.sql),
        source.values, [](const Query &row) {
            return Part{row.text(0), row.integer(1), row.money(2)};
        });
}

Result<QList<BillGroup>> byColumn(store::Database &database, const QString &column, const BillFilter &filter,
    void (*setKey)(BillGroup &group, const QString &key))
{
    SOCIETY_ASSIGN(const QList<Part> parts, partsBy(database, column, totalsOf(filter, false)));
    QList<BillGroup> groups;
    for (const Part &part : parts) {
        BillGroup group;
        setKey(group, part.key);
        group.bills = part.bills;
        group.sum = part.sum;
        groups.append(group);
    }
    return groups;
}

Result<QList<BillGroup>> byItem(store::Database &database, const BillFilter &filter)
{
    SOCIETY_ASSIGN(QList<BillGroup> groups,
        byColumn(database, QStringLiteral("item"), filter,
            [](BillGroup &group, const QString &key) { group.item = itemFromWord(key).value_or(Item::Correction); }));
    std::sort(groups.begin(), groups.end(), [](const BillGroup &a, const BillGroup &b) { return a.item < b.item; });
    return groups;
}

Result<QList<BillGroup>> byModel(store::Database &database, const BillFilter &filter)
{
    return byColumn(
        database, QStringLiteral("model"), filter, [](BillGroup &group, const QString &key) { group.model = key; });
}

// SQL knows no time zones; a zone's days are sums of quarters of an hour.
Result<QList<BillGroup>> byDay(store::Database &database, const BillFilter &filter, bool months, const QTimeZone &zone)
{
    SOCIETY_ASSIGN(const QList<Part> parts, partsBy(database, QStringLiteral("start"), totalsOf(filter, true)));
    QMap<QDate, BillGroup> days;
    for (const Part &part : parts) {
        QDate day = dayOf(part.key, zone);
        if (months)
            day = monthOf(day);
        BillGroup &group = days[day];
        group.day = day;
        group.bills += part.bills;
        SOCIETY_ASSIGN(group.sum, group.sum.plus(part.sum));
    }
    QList<BillGroup> newestFirst = days.values();
    std::reverse(newestFirst.begin(), newestFirst.end());
    return newestFirst;
}

Result<QList<BillGroup>> byExperiment(store::Database &database, const BillFilter &filter, int most)
{
    Where where = whereOf(filter);
    where.values << most;
    return store::rows(database,
        QStringLiteral("SELECT b.experiment, coalesce(max(e.name), ''), count(*), sum(b.amount_micro) FROM bills b "
                       "LEFT JOIN experiments e ON e.id = b.experiment ") +
            where.sql + QStringLiteral(" GROUP BY b.experiment ORDER BY 4, 1 LIMIT ?"),
        where.values, [](const Query &row) {
            BillGroup group;
            group.experiment = readId<ExperimentId>(row, 0);
            group.experimentName = row.text(1);
            group.bills = row.integer(2);
            group.sum = row.money(3);
            return group;
        });
}

} // namespace

Result<QList<BillGroup>> Ledger::groups(const BillFilter &filter, GroupBy by, const QTimeZone &zone, int most) const
{
    SOCIETY_ASSIGN(Transaction view, Transaction::begin(m_database, Transaction::Mode::Read));
    SOCIETY_TRY(balanceOf(m_database, filter.tenant));
    const auto read = [&]() -> Result<QList<BillGroup>> {
        switch (by) {
        case GroupBy::Item:
            return byItem(m_database, filter);
        case GroupBy::Model:
            return byModel(m_database, filter);
        case GroupBy::Experiment:
            return byExperiment(m_database, filter, most);
        case GroupBy::Day:
        case GroupBy::Month:
            return byDay(m_database, filter, by == GroupBy::Month, zone);
        }
        return {};
    };
    SOCIETY_ASSIGN(QList<BillGroup> groups, read());
    SOCIETY_TRY(view.commit());
    return groups;
}

} // namespace society::ledger
