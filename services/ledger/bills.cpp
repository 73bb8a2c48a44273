// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/core/csv.h"
#include "services/ledger/book_p.h"
#include "services/ledger/ledger.h"
#include "services/ledger/totals_p.h"
#include "services/store/transaction.h"

#include <QIODevice>
#include <algorithm>

namespace society::ledger {

using store::Query;
using store::Transaction;

namespace {

constexpr int LargestPage = 10'000;
constexpr int ExportPage = 5'000;

Result<QList<Bill>> newest(store::Database &database, Clause where, int limit)
{
    where.values << limit;
    return store::rows(database, selectBills() + QStringLiteral("WHERE %1 ORDER BY b.seq DESC LIMIT ?").arg(where.sql),
        where.values, readBill);
}

/// The bills of some numbers, which a SELECT gives.
Clause numbered(const Clause &numbers, qint64 lowest, qint64 highest)
{
    return {QStringLiteral("b.seq IN (%1) AND b.seq BETWEEN ? AND ?").arg(numbers.sql),
        numbers.values + QVariantList{lowest, highest}};
}

/// The numbers of each part's newest bills: the page's are among them.
Clause newestOfEach(const QList<Part> &parts, qint64 lowest, qint64 highest, int limit)
{
    Clause all;
    for (const Part &part : parts) {
        Clause some = conditionOf(part, Order::NewestFirst);
        some.sql =
            QStringLiteral("SELECT seq FROM (SELECT b.seq FROM bills b WHERE %1 AND b.seq BETWEEN ? AND ? ORDER BY "
                           "b.seq DESC LIMIT ?) newest")
                .arg(some.sql);
        some.values << lowest << highest << limit;
        unite(all, some);
    }
    return all;
}

/// Every bill between two numbers that is of one of the parts, by looking at each.
Clause near(const QList<Part> &parts, qint64 lowest, qint64 highest)
{
    Clause where{QStringLiteral("b.seq BETWEEN ? AND ?"), {lowest, highest}};
    QStringList conditions;
    for (const Part &part : parts) {
        const Clause condition = conditionOf(part, Order::NewestFirst);
        conditions << u'(' + condition.sql + u')';
        where.values += condition.values;
    }
    where.sql += QStringLiteral(" AND CASE WHEN %1 THEN 1 ELSE 0 END = 1").arg(conditions.join(QLatin1String(" OR ")));
    return where;
}

// A page is read in the order of the numbers. How it is found depends on how many bills there are: a few are gathered
// and sorted; of many, the first page is often near; else each part gives its newest.
Result<QList<Bill>> pageOf(
    store::Database &database, const QList<Part> &parts, const Extent &extent, qint64 before, int limit)
{
    const qint64 lowest = extent.firstSequence;
    const qint64 highest = std::min(before - 1, extent.lastSequence);
    if (highest < lowest)
        return QList<Bill>();
    const bool single = parts.size() == 1;
    const BillFilter &filter = parts.constFirst().filter;
    if (extent.bills <= selectionLimits().few && (!single || filter.least || filter.most))
        return newest(database, numbered(selectFrom(parts, QStringLiteral("b.seq")), lowest, highest), limit);
    if (single) {
        Clause where = conditionOf(parts.constFirst(), Order::NewestFirst);
        where.sql += QStringLiteral(" AND b.seq BETWEEN ? AND ?");
        where.values << lowest << highest;
        return newest(database, where, limit);
    }
    SOCIETY_ASSIGN(QList<Bill> page,
        newest(database, near(parts, std::max(lowest, highest - selectionLimits().near), highest), limit));
    if (page.size() == limit || highest - selectionLimits().near <= lowest)
        return page;
    return newest(database, numbered(newestOfEach(parts, lowest, highest, limit), lowest, highest), limit);
}

Result<qint64> cursorOf(const QString &text)
{
    if (text.isEmpty())
        return INT64_MAX;
    bool ok = false;
    const qint64 sequence = text.toLongLong(&ok);
    if (!ok || sequence < 1)
        return fail(ErrorKind::Refused, "cursor_invalid",
            tr("“%1” is not where a page of bills ended.").arg(text.left(40)),
            tr("Use the value “next” of the page before."));
    return sequence;
}

Result<> write(QIODevice &device, const QByteArray &data)
{
    if (device.write(data) == data.size())
        return {};
    return fail(ErrorKind::Refused, "write_failed", tr("The bills could not be written."),
        tr("Check that the folder exists, may be written to, and has free space."), device.errorString());
}

QByteArray csvOf(const Bill &bill)
{
    return csvLine({toIso(bill.createdAt), bill.id.text(), bill.experiment.text(), bill.experimentName,
        itemWord(bill.item), bill.model, QString::number(bill.quantity), bill.unit, bill.unitPrice.toDecimal(),
        QString::number(bill.unitSize), bill.free ? QStringLiteral("1") : QStringLiteral("0"), bill.amount.toDecimal(),
        bill.balanceAfter.toDecimal(), bill.description, bill.corrects.text()});
}

QByteArray csvHeader()
{
    return QByteArrayLiteral(
        "created_at,id,experiment,experiment_name,item,model,quantity,unit,unit_price,unit_size,free,amount,"
        "balance_after,description,corrects\r\n");
}

} // namespace

Result<BillPage> Ledger::bills(const BillFilter &filter) const
{
    SOCIETY_ASSIGN(const qint64 before, cursorOf(filter.after));
    const int limit = qBound(0, filter.limit, LargestPage);
    // One frozen view: totals and rows agree whatever is billed meanwhile.
    SOCIETY_ASSIGN(Transaction view, Transaction::begin(m_database, Transaction::Mode::Read));
    SOCIETY_TRY(balanceOf(m_database, filter.tenant));
    SOCIETY_ASSIGN(const QList<Part> parts, partsOf(m_database, filter));
    SOCIETY_ASSIGN(const Extent extent, extentOf(m_database, filter, parts));
    BillPage page;
    page.total = extent.bills;
    page.sum = extent.sum;
    if (limit > 0) { // else only the totals are wanted
        SOCIETY_ASSIGN(page.bills, pageOf(m_database, parts, extent, before, limit + 1));
    }
    if (page.bills.size() > limit) {
        page.bills.removeLast();
        if (!page.bills.isEmpty())
            page.next = QString::number(page.bills.constLast().sequence);
    }
    SOCIETY_TRY(view.commit());
    return page;
}

Result<QList<Bill>> Ledger::billsOf(const TenantId &tenant, const ExperimentId &experiment) const
{
    return store::rows(m_database,
        selectBills() + QStringLiteral("WHERE b.tenant = ? AND b.experiment = ? ORDER BY b.seq"),
        {tenant, experiment.text()}, readBill);
}

Result<qint64> Ledger::exportCsv(const BillFilter &filter, QIODevice &device) const
{
    SOCIETY_ASSIGN(Transaction view, Transaction::begin(m_database, Transaction::Mode::Read));
    SOCIETY_TRY(balanceOf(m_database, filter.tenant));
    SOCIETY_ASSIGN(const QList<Part> parts, partsOf(m_database, filter));
    SOCIETY_ASSIGN(const Extent extent, extentOf(m_database, filter, parts));
    SOCIETY_TRY(write(device, csvHeader()));
    qint64 count = 0;
    qint64 before = INT64_MAX;
    for (;;) {
        SOCIETY_ASSIGN(const QList<Bill> page, pageOf(m_database, parts, extent, before, ExportPage));
        if (page.isEmpty())
            break;
        QByteArray lines;
        for (const Bill &bill : page)
            lines += csvOf(bill);
        SOCIETY_TRY(write(device, lines));
        count += page.size();
        before = page.constLast().sequence;
    }
    SOCIETY_TRY(view.commit());
    if (count != extent.bills)
        return fail(ErrorKind::Database, "totals_wrong",
            tr("%L1 bills were written; by the kept totals it should have been %L2.").arg(count).arg(extent.bills),
            tr("Run the audit, which puts the totals right, and export again."));
    return count;
}

} // namespace society::ledger
