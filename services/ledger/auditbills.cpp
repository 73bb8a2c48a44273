// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/ledger/auditor_p.h"

#include <algorithm>

namespace society::ledger {

using store::Query;

namespace {

bool isCharge(Item item)
{
    return item == Item::InputTokens || item == Item::OutputTokens || item == Item::RunTime;
}

/// What a charge should be by its own quantity and price; nothing where no amount can be right.
std::optional<Money> expectedAmount(const Bill &bill)
{
    if (bill.free)
        return Money();
    if (bill.unitSize < 1)
        return std::nullopt; // no rule lets it in, but a hand may
    const auto price = priceOf(bill.quantity, bill.unitPrice, bill.unitSize);
    return price ? std::optional(price->negated()) : std::nullopt;
}

} // namespace

Result<> Auditor::checkBills()
{
    SOCIETY_ASSIGN(Query query, Query::run(m_database,
                                    selectBills() + QStringLiteral("WHERE ") + only(QStringLiteral("b.tenant")) +
                                        QStringLiteral(" ORDER BY b.seq"),
                                    values()));
    for (;;) {
        SOCIETY_ASSIGN(const bool more, query.next());
        if (!more)
            return {};
        checkBill(readBill(query));
    }
}

void Auditor::checkBill(const Bill &bill)
{
    ++m_report.bills;
    Sum &sum = m_sums[bill.tenant];
    const Money balance = added(sum.lastBalance, bill.amount);
    if (balance != bill.balanceAfter)
        differ("balance_after_wrong", bill.tenant, bill.experiment,
            tr("After the bill %1 the balance is not the one before it and its amount together.").arg(bill.id.text()),
            balance, bill.balanceAfter);
    sum.lastBalance = bill.balanceAfter;
    sum.sum = added(sum.sum, bill.amount);
    addToTotals(bill);
    if (!isCharge(bill.item))
        return;
    checkAmount(bill);
    Charged &charged = m_charged[bill.experiment];
    for (const Bill &other : std::as_const(charged.bills))
        if (other.item == bill.item && other.model == bill.model)
            differ("billed_twice", bill.tenant, bill.experiment,
                tr("The experiment %1 was billed twice for %2.").arg(bill.experiment.text(), itemWord(bill.item)),
                other.amount, added(other.amount, bill.amount));
    charged.tenant = bill.tenant;
    charged.sum = added(charged.sum, bill.amount);
    charged.bills.append(bill);
}

void Auditor::checkAmount(const Bill &bill)
{
    if (const auto expected = expectedAmount(bill); expected != bill.amount)
        differ("amount_wrong", bill.tenant, bill.experiment,
            tr("The amount of the bill %1 is not quantity times price.").arg(bill.id.text()),
            expected.value_or(Money()), bill.amount);
    const auto inBook = [&](const QString &model) {
        return m_prices.contains({itemWord(bill.item), model, bill.unitPrice.micro(), bill.unitSize});
    };
    if (!bill.free && !inBook(bill.model) && !inBook(QString()))
        differ("price_unknown", bill.tenant, bill.experiment,
            tr("The price of the bill %1 was never in the price book.").arg(bill.id.text()), {}, bill.unitPrice);
}

Result<> Auditor::checkCorrections()
{
    SOCIETY_ASSIGN(const auto wrong,
        store::rows(m_database,
            QStringLiteral("SELECT b.tenant, b.experiment, b.id, b.amount_micro FROM bills b "
                           "LEFT JOIN bills c ON c.id = b.corrects "
                           "WHERE b.item = 'correction' AND (c.id IS NULL OR c.tenant <> b.tenant OR c.seq >= b.seq "
                           "OR coalesce(c.experiment, '') <> coalesce(b.experiment, '')) AND ") +
                only(QStringLiteral("b.tenant")) + QStringLiteral(" ORDER BY b.seq"),
            values(), [](const Query &row) {
                return std::tuple(row.text(0), readId<ExperimentId>(row, 1), row.text(2), row.money(3));
            }));
    for (const auto &[tenant, experiment, bill, amount] : wrong)
        differ("correction_wrong", tenant, experiment,
            tr("The correction %1 names a bill that it cannot be for.").arg(bill), {}, amount);
    return {};
}

void Auditor::compare(const RunFact &fact)
{
    if (!fact.unread.isEmpty()) {
        m_report.unread.append(fact);
        return;
    }
    const bool settled = m_settled.contains(fact.experiment);
    const auto known = m_experiments.constFind(fact.experiment);
    if (fact.ended && !settled && (known == m_experiments.cend() || !known->ended))
        differ("not_settled", fact.tenant, fact.experiment,
            tr("The experiment %1 has ended but was not settled.").arg(fact.experiment.text()));
    if (fact.used.isEmpty() || !settled)
        return;
    QList<Bill> bills = m_charged.value(fact.experiment).bills;
    for (const Usage &used : fact.used) {
        const auto bill = std::find_if(bills.begin(), bills.end(),
            [&](const Bill &each) { return each.item == used.item && each.model == used.model; });
        if (bill == bills.end()) {
            compareUsage(fact, used, {});
        } else {
            compareUsage(fact, used, *bill);
            bills.removeAt(bill - bills.begin());
        }
    }
    for (const Bill &bill : std::as_const(bills))
        differ("usage_differs", fact.tenant, fact.experiment,
            tr("The experiment %1 was billed for %2, which it did not use.")
                .arg(fact.experiment.text(), itemWord(bill.item)),
            {}, bill.amount);
}

void Auditor::compareUsage(const RunFact &fact, const Usage &used, const std::optional<Bill> &bill)
{
    const qint64 billed = bill ? bill->quantity : 0;
    if (billed == used.quantity)
        return;
    Bill expected = bill.value_or(Bill());
    if (!bill) {
        expected.unitPrice = used.unitPrice;
        expected.unitSize = used.unitSize;
        expected.free = used.free;
    }
    expected.quantity = used.quantity;
    differ("usage_differs", fact.tenant, fact.experiment,
        tr("The experiment %1 used %L2 of %3 and was billed for %L4.")
            .arg(fact.experiment.text())
            .arg(used.quantity)
            .arg(itemWord(used.item))
            .arg(billed),
        expectedAmount(expected).value_or(Money()), bill ? bill->amount : Money());
}

} // namespace society::ledger
