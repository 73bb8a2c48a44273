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

struct Sum {
    QString key;
    qint64 bills = 0;
    Money sum;
};

Result<QList<Sum>> sumsBy(store::Database &database, const QString &column, const Clause &source)
{
    return store::rows(database,
        QStringLiteral("SELECT %1, sum(bills), sum(amount_micro) FROM (%2) t GROUP BY %1 ORDER BY %1")
            .arg(column, source.sql),
        source.values, [](const Query &row) {
            return Sum{row.text(0), row.integer(1), row.money(2)};
        });
}

Result<QList<BillGroup>> byColumn(store::Database &database, const QString &column, const QList<Part> &selected,
    void (*setKey)(BillGroup &group, const QString &key))
{
    SOCIETY_ASSIGN(const QList<Sum> sums, sumsBy(database, column, totalsOf(selected, {column})));
    QList<BillGroup> groups;
    for (const Sum &each : sums) {
        BillGroup group;
        setKey(group, each.key);
        group.bills = each.bills;
        group.sum = each.sum;
        groups.append(group);
    }
    return groups;
}

Result<QList<BillGroup>> byItem(store::Database &database, const QList<Part> &selected)
{
    SOCIETY_ASSIGN(QList<BillGroup> groups,
        byColumn(database, QStringLiteral("item"), selected,
            [](BillGroup &group, const QString &key) { group.item = itemFromWord(key).value_or(Item::Correction); }));
    std::sort(groups.begin(), groups.end(), [](const BillGroup &a, const BillGroup &b) { return a.item < b.item; });
    return groups;
}

Result<QList<BillGroup>> byModel(store::Database &database, const QList<Part> &selected)
{
    return byColumn(
        database, QStringLiteral("model"), selected, [](BillGroup &group, const QString &key) { group.model = key; });
}

// SQL knows no time zones; a zone's days are sums of quarters of an hour.
Result<QList<BillGroup>> byDay(
    store::Database &database, const QList<Part> &selected, bool months, const QTimeZone &zone)
{
    SOCIETY_ASSIGN(const QList<Sum> sums,
        sumsBy(database, QStringLiteral("start"), totalsOf(selected, {QStringLiteral("start")})));
    QMap<QDate, BillGroup> days;
    for (const Sum &each : sums) {
        QDate day = dayOf(each.key, zone);
        if (months)
            day = monthOf(day);
        BillGroup &group = days[day];
        group.day = day;
        group.bills += each.bills;
        SOCIETY_ASSIGN(group.sum, group.sum.plus(each.sum));
    }
    QList<BillGroup> newestFirst = days.values();
    std::reverse(newestFirst.begin(), newestFirst.end());
    return newestFirst;
}

Result<QList<BillGroup>> byExperiment(store::Database &database, const QList<Part> &selected, int most)
{
    Clause bills = selectFrom(selected, QStringLiteral("b.experiment, b.amount_micro"));
    bills.values << most;
    return store::rows(database,
        QStringLiteral(
            "SELECT t.experiment, coalesce((SELECT e.name FROM experiments e WHERE e.id = t.experiment), ''), "
            "t.bills, t.sum FROM (SELECT experiment, count(*) AS bills, sum(amount_micro) AS sum FROM (%1) b "
            "GROUP BY experiment ORDER BY 3, 1 LIMIT ?) t ORDER BY 4, 1")
            .arg(bills.sql),
        bills.values, [](const Query &row) {
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
    SOCIETY_ASSIGN(const QList<Part> selected, partsOf(m_database, filter));
    const auto read = [&]() -> Result<QList<BillGroup>> {
        switch (by) {
        case GroupBy::Item:
            return byItem(m_database, selected);
        case GroupBy::Model:
            return byModel(m_database, selected);
        case GroupBy::Experiment:
            return byExperiment(m_database, selected, most);
        case GroupBy::Day:
        case GroupBy::Month:
            return byDay(m_database, selected, by == GroupBy::Month, zone);
        }
        return {};
    };
    SOCIETY_ASSIGN(QList<BillGroup> groups, read());
    SOCIETY_TRY(view.commit());
    return groups;
}

Result<qint64> Ledger::experimentGroups(const BillFilter &filter) const
{
    SOCIETY_ASSIGN(Transaction view, Transaction::begin(m_database, Transaction::Mode::Read));
    SOCIETY_TRY(balanceOf(m_database, filter.tenant));
    SOCIETY_ASSIGN(const QList<Part> selected, partsOf(m_database, filter));
    const Clause bills = selectFrom(selected, QStringLiteral("b.experiment"));
    SOCIETY_ASSIGN(const auto count,
        store::first(m_database,
            QStringLiteral("SELECT count(*) FROM (SELECT DISTINCT experiment FROM (%1) b) t").arg(bills.sql),
            bills.values, [](const Query &row) { return row.integer(0); }));
    SOCIETY_TRY(view.commit());
    return count.value_or(0);
}

} // namespace society::ledger
