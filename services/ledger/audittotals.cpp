// SPDX-License-Identifier: GPL-3.0-or-later
// The kept totals of months, days and quarters of an hour, against the bills.
#include "services/ledger/auditor_p.h"
#include "services/ledger/steps_p.h"
#include "services/store/scan.h"

#include <algorithm>

namespace society::ledger {

namespace {

constexpr int Sequence = 0; // of the pass over the bills
constexpr int RunOf = 3;
constexpr int CreatedAt = 11;
constexpr qsizetype ToMinutes = 14; // `2026-03-01T12:`
constexpr qsizetype ToDay = 10;
constexpr qsizetype ToMonth = 8; // `2026-03-`

/// The first minute of the quarter of an hour that a text of minutes lies in, as the trigger compares: by the text.
const char *quarterOfMinutes(QByteArrayView minutes)
{
    return minutes < QByteArrayView("15")   ? "00"
           : minutes < QByteArrayView("30") ? "15"
           : minutes < QByteArrayView("45") ? "30"
                                            : "45";
}

QByteArrayView minutesOf(QByteArrayView time)
{
    return time.size() > ToMinutes ? time.sliced(ToMinutes).first(qMin<qsizetype>(2, time.size() - ToMinutes))
                                   : QByteArrayView("");
}

/// The quarter of an hour of a bill's time, as the trigger `bills_add_totals` writes it, whatever the text is.
QByteArray quarterOfText(QByteArrayView time)
{
    return time.first(qMin(ToMinutes, time.size())).toByteArray() + quarterOfMinutes(minutesOf(time));
}

/// The same compared, without making a text: this is asked for every bill.
bool isOfQuarter(QByteArrayView time, QByteArrayView quarter)
{
    return quarter.size() == ToMinutes + 2 && time.size() >= ToMinutes && time.startsWith(quarter.first(ToMinutes)) &&
           quarter.endsWith(QByteArrayView(quarterOfMinutes(minutesOf(time))));
}

} // namespace

void Total::add(const Total &part)
{
    bills += part.bills;
    amount = added(amount, part.amount);
    firstSequence = qMin(firstSequence, part.firstSequence);
    lastSequence = qMax(lastSequence, part.lastSequence);
    print += part.print;
}

Money added(Money a, Money b)
{
    return a.plus(b).value_or(Money::fromMicro(a.isNegative() ? -INT64_MAX : INT64_MAX));
}

void Auditor::addToTotals(const Passing &bill)
{
    // Bills of one quarter follow one another (unless the clock was set back): few sums, found by looking.
    const QByteArrayView time = bill.row.text(CreatedAt);
    if (!isOfQuarter(time, m_quarter)) {
        flushQuarter();
        m_quarter = quarterOfText(time);
    }
    const TotalKey key{bill.tenant, 0, bill.item, bill.model, !bill.row.text(RunOf).isEmpty()};
    auto sum = std::find_if(
        m_quarterTotals.begin(), m_quarterTotals.end(), [&](const auto &each) { return each.first == key; });
    if (sum == m_quarterTotals.end())
        sum = m_quarterTotals.insert(sum, {key, Total()});
    const qint64 sequence = bill.row.integer(Sequence);
    sum->second.add({1, bill.amount, sequence, sequence, printOf(stepOf(bill.amount), 1, bill.amount)});
}

void Auditor::flushQuarter()
{
    if (m_quarterTotals.empty())
        return;
    const int quarter = m_words.of("quarter " + m_quarter);
    const int day = m_words.of("day " + m_quarter.left(ToDay));
    const int month = m_words.of("month " + m_quarter.left(ToMonth) + "01");
    for (const auto &[key, total] : m_quarterTotals)
        for (const int start : {quarter, day, month}) {
            TotalKey of = key;
            of.start = start;
            m_totals[of].add(total);
            if (start == quarter) // kept of days and months only
                m_totals[of].print = 0;
        }
    m_quarterTotals.clear();
}

Result<> Auditor::checkTotals()
{
    SOCIETY_TRY(store::scan(m_database,
        QStringLiteral("SELECT tenant, grain, start, item, model, of_run, bills, amount_micro, first_seq, "
                       "last_seq FROM bill_totals WHERE ") +
            only(QStringLiteral("tenant")) + QStringLiteral(" ORDER BY tenant, grain, start, item, model, of_run"),
        values(), [this](const store::ScanRow &row) {
            const QByteArray start = row.text(1).toByteArray() + ' ' + row.text(2).toByteArray();
            const TotalKey key{m_words.of(row.text(0)), m_words.of(start), m_words.of(row.text(3)),
                m_words.of(row.text(4)), row.integer(5) != 0};
            const auto expected = m_totals.extract(key);
            compareTotal(key, expected ? expected.mapped() : Total(),
                {row.integer(6), Money::fromMicro(row.integer(7)), row.integer(8), row.integer(9), 0});
        }));
    for (const auto &[key, total] : m_totals) // nothing is kept for these
        compareTotal(key, total, {});
    return {};
}

void Auditor::compareTotal(const TotalKey &key, const Total &expected, const Total &kept)
{
    if (expected == kept)
        return;
    if (expected.bills == kept.bills && expected.amount == kept.amount) {
        differ("totals_wrong", m_words.text(key.tenant), {},
            tr("The kept total of %1 (%2) names other bills as its first and last than there are.")
                .arg(m_words.text(key.start).section(u' ', 1), m_words.text(key.item)),
            expected.amount, kept.amount, Proposal{Proposal::Kind::Recount});
        return;
    }
    differ("totals_wrong", m_words.text(key.tenant), {},
        tr("The kept total of %1 (%2) is of %L3 bills; there are %L4.")
            .arg(m_words.text(key.start).section(u' ', 1), m_words.text(key.item))
            .arg(kept.bills)
            .arg(expected.bills),
        expected.amount, kept.amount, Proposal{Proposal::Kind::Recount});
}

} // namespace society::ledger
