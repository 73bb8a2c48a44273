// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/ledger/book_p.h"
#include "services/ledger/ledger.h"
#include "services/store/transaction.h"

#include <algorithm>

namespace society::ledger {

using store::Query;
using store::Transaction;

namespace {

bool isOfARun(Item item)
{
    return item == Item::InputTokens || item == Item::OutputTokens || item == Item::RunTime;
}

/// The items in the order in which they are billed: the same whoever settles.
Result<QList<Usage>> checkedItems(const Settlement &settlement)
{
    QList<Usage> items = settlement.items;
    const auto key = [](const Usage &usage) { return std::pair(usage.item, usage.model); };
    std::sort(items.begin(), items.end(), [key](const Usage &a, const Usage &b) { return key(a) < key(b); });
    for (qsizetype i = 0; i < items.size(); ++i) {
        const Usage &usage = items.at(i);
        const bool isTwice = i > 0 && key(items.at(i - 1)) == key(usage);
        if (isTwice || !isOfARun(usage.item) || usage.quantity < 0 || usage.unitSize < 1 ||
            usage.unitPrice.isNegative())
            return fail(ErrorKind::Refused, "usage_invalid",
                tr("What the run used cannot be billed as it was recorded."), tr("Report it with the details."),
                QStringLiteral("%1 %2: quantity %3, price %4, unit size %5%6")
                    .arg(itemWord(usage.item), usage.model)
                    .arg(usage.quantity)
                    .arg(usage.unitPrice.micro())
                    .arg(usage.unitSize)
                    .arg(isTwice ? QStringLiteral(", twice") : QString()));
    }
    return items;
}

/// What has to be known before a settlement, read at once.
struct Before {
    Money balance;
    bool isSettled = false;
    QString experimentName;
};

Result<Before> lookBefore(store::Database &database, const Settlement &settlement)
{
    const QString experiment = settlement.experiment.text();
    QStringList owners;
    SOCIETY_ASSIGN(const auto before,
        store::first(database,
            QStringLiteral(
                "SELECT a.balance_micro, (SELECT tenant FROM settlements WHERE experiment = ?), (SELECT tenant "
                "FROM holds WHERE experiment = ?), e.tenant, e.name FROM accounts a LEFT JOIN experiments e ON "
                "e.id = ? WHERE a.tenant = ?"),
            {experiment, experiment, experiment, settlement.tenant}, [&owners](const Query &row) {
                for (const int column : {1, 2, 3})
                    if (!row.isNull(column))
                        owners << row.text(column);
                return Before{row.money(0), !row.isNull(1), row.text(4)};
            }));
    if (!before)
        return tenantUnknown(settlement.tenant);
    for (const TenantId &owner : std::as_const(owners))
        if (owner != settlement.tenant)
            return fail(ErrorKind::Forbidden, "experiment_foreign", tr("The experiment belongs to another tenant."),
                tr("Change to that tenant first."), experiment);
    return *before;
}

/// The bills that the settlement wrote, without later corrections.
Result<Settled> settledBefore(store::Database &database, const Settlement &settlement)
{
    Settled settled;
    settled.already = true;
    SOCIETY_ASSIGN(settled.bills,
        store::rows(database,
            selectBills() +
                QStringLiteral("WHERE b.tenant = ? AND b.experiment = ? AND b.corrects IS NULL ORDER BY b.seq"),
            {settlement.tenant, settlement.experiment.text()}, readBill));
    for (const Bill &bill : std::as_const(settled.bills)) {
        SOCIETY_ASSIGN(settled.total, settled.total.plus(bill.amount));
    }
    return settled;
}

Result<Bill> billFor(const Settlement &settlement, const Usage &usage)
{
    Bill bill;
    bill.tenant = settlement.tenant;
    bill.experiment = settlement.experiment;
    bill.item = usage.item;
    bill.model = usage.model;
    bill.quantity = usage.quantity;
    bill.unit = unitOf(usage.item);
    bill.unitPrice = usage.unitPrice;
    bill.unitSize = usage.unitSize;
    bill.free = usage.free;
    bill.description = usage.description;
    if (!usage.free) {
        SOCIETY_ASSIGN(const Money price, priceOf(usage.quantity, usage.unitPrice, usage.unitSize));
        bill.amount = price.negated();
    }
    return bill;
}

} // namespace

Result<Settled> Ledger::settle(const Settlement &settlement)
{
    SOCIETY_ASSIGN(const QList<Usage> items, checkedItems(settlement));
    SOCIETY_ASSIGN(Transaction transaction, Transaction::begin(m_database));
    SOCIETY_ASSIGN(const Before before, lookBefore(m_database, settlement));
    if (before.isSettled) {
        SOCIETY_ASSIGN(Settled settled, settledBefore(m_database, settlement));
        SOCIETY_TRY(transaction.commit());
        return settled;
    }
    Settled settled;
    for (const Usage &usage : items) {
        SOCIETY_ASSIGN(Bill bill, billFor(settlement, usage));
        bill.experimentName = before.experimentName;
        SOCIETY_ASSIGN(settled.total, settled.total.plus(bill.amount));
        settled.bills.append(bill);
    }
    SOCIETY_ASSIGN(settled.bills, writeBills(m_database, m_clock, before.balance, settled.bills));
    SOCIETY_TRY(store::execute(m_database,
        QStringLiteral(
            "INSERT INTO settlements (experiment, tenant, bills, total_micro, settled_at) VALUES (?, ?, ?, ?, ?)"),
        {settlement.experiment.text(), settlement.tenant, items.size(), number(settled.total), toIso(m_clock.now())}));
    SOCIETY_TRY(endHold(m_database, m_clock, settlement.experiment, QStringLiteral("settled")));
    SOCIETY_TRY(transaction.commit());
    return settled;
}

} // namespace society::ledger
