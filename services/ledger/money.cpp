// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/ledger/book_p.h"
#include "services/ledger/ledger.h"
#include "services/store/transaction.h"

#include <QLocale>

namespace society::ledger {

using store::Query;
using store::Transaction;

namespace {

constexpr Money SmallestRecharge = Money::fromMicro(10'000);

Result<Bill> requireBill(store::Database &database, const TenantId &tenant, const BillId &id)
{
    SOCIETY_ASSIGN(const auto bill,
        store::first(database, selectBills() + QStringLiteral("WHERE b.id = ?"), {id.text()}, readBill));
    if (!bill)
        return fail(ErrorKind::NotFound, "bill_unknown", tr("There is no bill “%1”.").arg(id.text()),
            tr("Choose one from the list of bills."));
    if (bill->tenant != tenant)
        return fail(ErrorKind::Forbidden, "bill_foreign", tr("The bill “%1” belongs to another tenant.").arg(id.text()),
            tr("Change to that tenant first."));
    return *bill;
}

} // namespace

Result<Account> Ledger::account(const TenantId &tenant) const
{
    // One statement, so that balance and holds are of the same moment.
    SOCIETY_ASSIGN(
        const auto found, store::first(m_database,
                              QStringLiteral("SELECT a.balance_micro, (SELECT coalesce(sum(h.amount_micro), 0) FROM "
                                             "holds h WHERE h.tenant = a.tenant "
                                             "AND h.released_at IS NULL) FROM accounts a WHERE a.tenant = ?"),
                              {tenant}, [](const Query &row) { return std::pair(row.money(0), row.money(1)); }));
    if (!found)
        return tenantUnknown(tenant);
    SOCIETY_ASSIGN(const Money available, found->first.plus(found->second.negated()));
    return Account{tenant, found->first, found->second, available};
}

Result<Bill> Ledger::recharge(const TenantId &tenant, Money amount, const QString &note)
{
    if (amount < SmallestRecharge)
        return fail(ErrorKind::Refused, "amount_too_small",
            tr("%1 cannot be added: the smallest recharge is %2.")
                .arg(amount.toDisplay(QLocale()), SmallestRecharge.toDisplay(QLocale())),
            tr("Enter a larger amount; to take money off, correct the bill it came by."));
    Bill bill;
    SOCIETY_ASSIGN(bill.description, checkedNote(note));
    bill.tenant = tenant;
    bill.item = Item::Recharge;
    bill.amount = amount;
    SOCIETY_ASSIGN(Transaction transaction, Transaction::begin(m_database));
    SOCIETY_ASSIGN(bill, writeBill(m_database, m_clock, bill));
    SOCIETY_TRY(transaction.commit());
    return bill;
}

Result<Bill> Ledger::correct(const TenantId &tenant, const BillId &id, Money amount, const QString &note)
{
    if (amount.isZero())
        return fail(ErrorKind::Refused, "amount_zero", tr("A correction of zero corrects nothing."),
            tr("Enter the amount to add, or, with a minus sign, to take off."));
    Bill bill;
    SOCIETY_ASSIGN(bill.description, checkedNote(note));
    if (bill.description.isEmpty())
        return fail(ErrorKind::Refused, "note_missing", tr("A correction needs a note."), tr("Say why it is made."));
    SOCIETY_ASSIGN(Transaction transaction, Transaction::begin(m_database));
    SOCIETY_TRY(balanceOf(m_database, tenant));
    SOCIETY_ASSIGN(const Bill corrected, requireBill(m_database, tenant, id));
    bill.tenant = tenant;
    bill.item = Item::Correction;
    bill.experiment = corrected.experiment;
    bill.experimentName = corrected.experimentName;
    bill.model = corrected.model;
    bill.corrects = corrected.id;
    bill.amount = amount;
    SOCIETY_ASSIGN(bill, writeBill(m_database, m_clock, bill));
    SOCIETY_TRY(transaction.commit());
    return bill;
}

} // namespace society::ledger
