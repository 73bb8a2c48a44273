// SPDX-License-Identifier: GPL-3.0-or-later
// What run directories say, against the bills.
#include "services/ledger/auditor_p.h"

#include <algorithm>

namespace society::ledger {

namespace {

/// What should have been billed for a use; 0 where no amount can be right.
Money amountOf(const Usage &used)
{
    const auto price = used.free ? Result<Money>(Money()) : priceOf(used.quantity, used.unitPrice, used.unitSize);
    return price ? price->negated() : Money();
}

/// What stands in brackets before the note of a correction for a use: `usage_differs llm_input_token m`.
QString usedNote(Item item, const QString &model)
{
    const QString note = QStringLiteral("usage_differs ") + itemWord(item);
    return model.isEmpty() ? note : note + u' ' + model;
}

} // namespace

Result<> Auditor::compare(const RunFact &fact)
{
    if (!fact.unread.isEmpty()) {
        m_report.unread.append(fact);
        return {};
    }
    const RunKey key = RunKey::of(fact.experiment.text().toUtf8());
    const bool settled = m_charged.value(key).settled;
    const auto known = m_experiments.constFind(key);
    if (fact.ended && !settled && (known == m_experiments.cend() || !known->ended))
        differ("not_settled", fact.tenant, fact.experiment,
            tr("The experiment %1 has ended but was not settled.").arg(fact.experiment.text()));
    if (fact.used.isEmpty() || !settled)
        return {};
    SOCIETY_ASSIGN(const QList<Bill> all, chargesOf(fact.experiment.text()));
    QList<Bill> bills = all;
    for (const Usage &used : fact.used) {
        const auto bill = std::find_if(bills.begin(), bills.end(),
            [&](const Bill &each) { return each.item == used.item && each.model == used.model; });
        if (bill == bills.end()) {
            compareUsage(fact, used, {}, all);
        } else {
            compareUsage(fact, used, *bill, all);
            bills.removeAt(bill - bills.begin());
        }
    }
    for (const Bill &bill : std::as_const(bills)) {
        const QString words = tr("The experiment %1 was billed for %2, which it did not use.")
                                  .arg(fact.experiment.text(), itemWord(bill.item));
        if (!wasPutRight(bill.id.text(), {}, bill.amount, true))
            differ("usage_differs", fact.tenant, fact.experiment, words, {}, bill.amount,
                correction(bill.id, {}, bill.amount, usedNote(bill.item, bill.model), words));
    }
    return {};
}

void Auditor::compareUsage(
    const RunFact &fact, const Usage &used, const std::optional<Bill> &bill, const QList<Bill> &all)
{
    const qint64 billed = bill ? bill->quantity : 0;
    if (billed == used.quantity)
        return;
    Usage meant = used;
    if (bill) { // at the bill's own price
        meant.unitPrice = bill->unitPrice;
        meant.unitSize = bill->unitSize;
        meant.free = bill->free;
    }
    const Money should = meant.unitSize < 1 ? Money() : amountOf(meant);
    const Money was = bill ? bill->amount : Money();
    const QString note = usedNote(used.item, used.model);
    if (wasPutRight(bill ? bill->id.text() : fact.experiment.text() + note, should, was, true))
        return;
    // What was not billed at all is added to another bill of the run: a correction has to name one.
    const BillId toCorrect = bill ? bill->id : all.isEmpty() ? BillId() : all.constFirst().id;
    const QString words = tr("The experiment %1 used %L2 of %3 and was billed for %L4.")
                              .arg(fact.experiment.text())
                              .arg(used.quantity)
                              .arg(itemWord(used.item))
                              .arg(billed);
    differ("usage_differs", fact.tenant, fact.experiment, words, should, was,
        correction(toCorrect, should, was, bill ? note : note + QStringLiteral(" unbilled"), words));
}

} // namespace society::ledger
