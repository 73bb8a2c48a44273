// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/core/csv.h"
#include "services/ledger/book_p.h"
#include "services/ledger/ledger.h"
#include "services/ledger/totals_p.h"
#include "services/store/transaction.h"

#include <QIODevice>

namespace society::ledger {

using store::Query;
using store::Transaction;

namespace {

constexpr int LargestPage = 10'000;
constexpr int ExportPage = 1'000;

Result<QList<Bill>> pageOf(store::Database &database, const Where &where, qint64 before, int limit)
{
    QVariantList values = where.values;
    values << before << limit;
    return store::rows(database,
        selectBills() + where.sql + QStringLiteral(" AND b.seq < ? ORDER BY b.seq DESC LIMIT ?"), values, readBill);
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

Where whereOf(const BillFilter &filter)
{
    // A run's bills are few, wherever they are: not to be looked for among all of the tenant's from the newest on.
    const bool ofOneRun = filter.experiment && !filter.experiment->isNull();
    Where where{ofOneRun ? QStringLiteral("WHERE coalesce(b.tenant, '') = ?") : QStringLiteral("WHERE b.tenant = ?"),
        {filter.tenant}};
    const auto narrow = [&where](const QString &sql, const QVariantList &values) {
        where.sql += QStringLiteral(" AND ") + sql;
        where.values += values;
    };
    if (filter.item)
        narrow(QStringLiteral("b.item = ?"), {itemWord(*filter.item)});
    if (filter.experiment && filter.experiment->isNull())
        narrow(QStringLiteral("b.experiment IS NULL"), {});
    else if (filter.experiment)
        narrow(QStringLiteral("b.experiment = ?"), {filter.experiment->text()});
    if (filter.model)
        narrow(QStringLiteral("b.model = ?"), {*filter.model});
    if (filter.from.isValid())
        narrow(QStringLiteral("b.created_at >= ?"), {toIso(filter.from)});
    if (filter.to.isValid())
        narrow(QStringLiteral("b.created_at < ?"), {toIso(filter.to)});
    if (filter.least)
        narrow(QStringLiteral("b.amount_micro >= ?"), {number(*filter.least)});
    if (filter.most)
        narrow(QStringLiteral("b.amount_micro <= ?"), {number(*filter.most)});
    if (const QString text = filter.text.trimmed(); !text.isEmpty()) {
        const QString anywhere = store::containing(text);
        const QString start = anywhere.mid(1);
        narrow(QStringLiteral(
                   "(b.description LIKE ? ESCAPE '\\' OR b.model LIKE ? ESCAPE '\\' OR e.name LIKE ? ESCAPE '\\' "
                   "OR b.id LIKE ? ESCAPE '\\' OR b.experiment LIKE ? ESCAPE '\\')"),
            {anywhere, anywhere, anywhere, start, start});
        where.needsNames = true;
    }
    return where;
}

Result<BillPage> Ledger::bills(const BillFilter &filter) const
{
    SOCIETY_ASSIGN(const qint64 before, cursorOf(filter.after));
    const int limit = qBound(0, filter.limit, LargestPage);
    const Where where = whereOf(filter);
    // One frozen view: totals and rows agree whatever is billed meanwhile.
    SOCIETY_ASSIGN(Transaction view, Transaction::begin(m_database, Transaction::Mode::Read));
    SOCIETY_TRY(balanceOf(m_database, filter.tenant));
    BillPage page;
    const Source source = totalsOf(filter, false);
    SOCIETY_ASSIGN(const auto totals,
        store::first(m_database,
            QStringLiteral("SELECT coalesce(sum(bills), 0), coalesce(sum(amount_micro), 0) FROM (%1) t")
                .arg(source.sql),
            source.values, [](const Query &row) { return std::pair(row.integer(0), row.money(1)); }));
    if (totals)
        std::tie(page.total, page.sum) = *totals;
    if (limit > 0) { // else only the totals are wanted
        SOCIETY_ASSIGN(page.bills, pageOf(m_database, where, before, limit + 1));
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
    const Where where = whereOf(filter);
    SOCIETY_ASSIGN(Transaction view, Transaction::begin(m_database, Transaction::Mode::Read));
    SOCIETY_TRY(balanceOf(m_database, filter.tenant));
    SOCIETY_TRY(write(device, csvHeader()));
    qint64 count = 0;
    qint64 before = INT64_MAX;
    for (;;) {
        SOCIETY_ASSIGN(const QList<Bill> page, pageOf(m_database, where, before, ExportPage));
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
    return count;
}

} // namespace society::ledger
