// SPDX-License-Identifier: GPL-3.0-or-later
// The kept totals of days and of quarters of an hour, against the bills.
#include "services/ledger/auditor_p.h"
#include "services/ledger/totals_p.h"

namespace society::ledger {

using store::Query;

Money added(Money a, Money b)
{
    return a.plus(b).value_or(Money::fromMicro(a.isNegative() ? -INT64_MAX : INT64_MAX));
}

void Auditor::addToTotals(const Bill &bill)
{
    const QString quarter = quarterOf(bill.createdAt);
    for (const QString &start : {quarter, quarter.left(10)}) {
        Total &total = m_totals[{bill.tenant, start, itemWord(bill.item), bill.model, !bill.experiment.isNull()}];
        ++total.bills;
        total.amount = added(total.amount, bill.amount);
    }
}

Result<> Auditor::checkTotals()
{
    SOCIETY_ASSIGN(Query query,
        Query::run(m_database,
            QStringLiteral("SELECT tenant, start, item, model, of_run, bills, amount_micro FROM "
                           "bill_totals WHERE ") +
                only(QStringLiteral("tenant")) + QStringLiteral(" ORDER BY tenant, start, item, model, of_run"),
            values()));
    for (;;) {
        SOCIETY_ASSIGN(const bool more, query.next());
        if (!more)
            break;
        const TotalKey key{query.text(0), query.text(1), query.text(2), query.text(3), query.boolean(4)};
        const auto added = m_totals.extract(key);
        compareTotal(key, added ? added.mapped() : Total(), {query.integer(5), query.money(6)});
    }
    for (const auto &[key, total] : std::as_const(m_totals)) // nothing is kept for these
        compareTotal(key, total, {});
    return {};
}

void Auditor::compareTotal(const TotalKey &key, const Total &expected, const Total &kept)
{
    if (expected.bills == kept.bills && expected.amount == kept.amount)
        return;
    differ("totals_wrong", key.tenant, {},
        tr("The kept total of %1 (%2) is of %L3 bills; there are %L4.")
            .arg(key.start, key.item)
            .arg(kept.bills)
            .arg(expected.bills),
        expected.amount, kept.amount);
}

} // namespace society::ledger
