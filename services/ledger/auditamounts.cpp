// SPDX-License-Identifier: GPL-3.0-or-later
// The kept totals by amounts, against the bills. There are a million of them of ten million bills: so of all steps of
// one item and model on one day or in one month only a sum of prints is kept, which each bill and each kept total
// changes by what nobody can foresee, and which is 0 where both come to the same.
#include "services/ledger/auditor_p.h"
#include "services/ledger/steps_p.h"
#include "services/store/scan.h"

#include <numeric>

namespace society::ledger {

namespace {

/// Spreads a number over all 64 bits (splitmix64).
quint64 spread(quint64 number)
{
    number = (number ^ (number >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    number = (number ^ (number >> 27U)) * 0x94D049BB133111EBULL;
    return number ^ (number >> 31U);
}

} // namespace

// 64 unforeseeable bits times 64 bits, kept whole: of 64 bits of the product as many would say nothing as the
// difference ends in zeros, and one of 2^62 would pass every fourth audit. So it is one chance in 2^64, whatever
// differs: to what all other rows come to one multiplier alone could be the answer.
Print Auditor::printOf(Money step, qint64 bills, Money amount) const
{
    const auto number = static_cast<quint64>(step.micro());
    const auto part = [number](quint64 key, qint64 value) {
        return static_cast<Print>(spread(number ^ key)) * static_cast<Print>(value);
    };
    return part(m_printKeys[0], bills) + part(m_printKeys[1], amount.micro());
}

// In whatever order: what the rows come to is the same in each.
Result<> Auditor::checkAmounts()
{
    SOCIETY_TRY(store::scan(m_database,
        QStringLiteral("SELECT tenant, grain, start, item, model, of_run, step_micro, bills, amount_micro FROM "
                       "amount_totals WHERE ") +
            only(QStringLiteral("tenant")),
        values(), [this](const store::ScanRow &row) {
            const QByteArray start = row.text(1).toByteArray() + ' ' + row.text(2).toByteArray();
            const qint64 bills = row.integer(7);
            Total &total = m_totals[{m_words.of(row.text(0)), m_words.of(start), m_words.of(row.text(3)),
                m_words.of(row.text(4)), row.integer(5) != 0}];
            total.print -= printOf(Money::fromMicro(row.integer(6)), bills, Money::fromMicro(row.integer(8)));
            total.print += bills < 1 ? 1 : 0; // of nothing nothing is kept
        }));
    for (auto &[key, total] : m_totals) {
        if (total.print == 0)
            continue;
        total.print = 0; // checkTotals() compares the rest
        const QString start = m_words.text(key.start);
        // Added here: SQLite's sum() fails where somebody's hand wrote more than 64 bits hold.
        SOCIETY_ASSIGN(const QList<Money> kept,
            store::rows(m_database,
                QStringLiteral("SELECT amount_micro FROM amount_totals WHERE tenant = ? AND grain = ? AND start = ? "
                               "AND item = ? AND model = ? AND of_run = ?"),
                {m_words.text(key.tenant), start.section(u' ', 0, 0), start.section(u' ', 1), m_words.text(key.item),
                    m_words.text(key.model), key.ofRun ? 1 : 0},
                [](const store::Query &row) { return row.money(0); }));
        differ("totals_wrong", m_words.text(key.tenant), {},
            tr("What is kept of the amounts of %1 (%2) is not what the bills come to.")
                .arg(start.section(u' ', 1), m_words.text(key.item)),
            total.amount, std::accumulate(kept.cbegin(), kept.cend(), Money(), added),
            Proposal{Proposal::Kind::Recount});
    }
    return {};
}

} // namespace society::ledger
