// SPDX-License-Identifier: GPL-3.0-or-later
// What run directories say, against the bills.
#include "services/ledger/auditor_p.h"

#include <QLocale>
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
QString usedNote(Item item, const QString &model, const char *code = "usage_differs")
{
    const QString note = QLatin1String(code) + u' ' + itemWord(item);
    return model.isEmpty() ? note : note + u' ' + model;
}

/// `¥ 3.00 for 1,000,000 (free)`
template <class Priced>
QString priceWords(const Priced &priced)
{
    const QString price = tr("%1 for %L2").arg(priced.unitPrice.toDisplay(QLocale())).arg(priced.unitSize);
    return priced.free ? tr("%1 (free)").arg(price) : price;
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
        m_used.insert(bill.id.text(), Money());
        const QString words = tr("The experiment %1 was billed for %2, which it did not use.")
                                  .arg(fact.experiment.text(), itemWord(bill.item));
        if (!wasPutRight(bill.id.text(), {}, bill.amount))
            differ("usage_differs", fact.tenant, fact.experiment, words, {}, bill.amount,
                correction(bill.id, bill.id.text(), {}, bill.amount, usedNote(bill.item, bill.model), words));
    }
    return {};
}

void Auditor::compareUsage(
    const RunFact &fact, const Usage &used, const std::optional<Bill> &bill, const QList<Bill> &all)
{
    // At the record's price, not the bill's, which somebody may have changed: to 0, or to another one of the book.
    const Money should = used.unitSize < 1 ? Money() : amountOf(used);
    const Money was = bill ? bill->amount : Money();
    const qint64 billed = bill ? bill->quantity : 0;
    const bool isPriced =
        !bill || (bill->unitPrice == used.unitPrice && bill->unitSize == used.unitSize && bill->free == used.free);
    if (bill)
        m_used.insert(bill->id.text(), should);
    if (billed == used.quantity && isPriced)
        return;
    const char *code = billed == used.quantity ? "price_differs" : "usage_differs";
    const QString note = usedNote(used.item, used.model, code);
    const QString key = bill ? bill->id.text() : fact.experiment.text() + note;
    if (wasPutRight(key, should, was))
        return;
    // What was not billed at all is added to another bill of the run: a correction has to name one.
    const BillId toCorrect = bill ? bill->id : all.isEmpty() ? BillId() : all.constFirst().id;
    const QString run = fact.experiment.text();
    const QString item = itemWord(used.item);
    const QString words = billed == used.quantity ? tr("The experiment %1 was billed for %2 at %3; its record says %4.")
                                                        .arg(run, item, priceWords(*bill), priceWords(used))
                                                  : tr("The experiment %1 used %L2 of %3 and was billed for %L4.")
                                                        .arg(run)
                                                        .arg(used.quantity)
                                                        .arg(item)
                                                        .arg(billed);
    differ(code, fact.tenant, fact.experiment, words, should, was,
        correction(toCorrect, key, should, was, bill ? note : note + QStringLiteral(" unbilled"), words));
}

} // namespace society::ledger
