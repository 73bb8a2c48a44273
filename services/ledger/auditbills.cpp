// SPDX-License-Identifier: GPL-3.0-or-later
// The pass over the bills, in the order in which they were written.
#include "services/ledger/auditor_p.h"
#include "services/store/scan.h"

#include <algorithm>

namespace society::ledger {

namespace {

// The columns of the pass.
constexpr int Sequence = 0;
constexpr int Id = 1;
constexpr int TenantOf = 2;
constexpr int RunOf = 3;
constexpr int ItemOf = 4;
constexpr int ModelOf = 5;
constexpr int Amount = 6;
constexpr int UnitPrice = 7;
constexpr int Quantity = 8;
constexpr int UnitSize = 9;
constexpr int Free = 10;
constexpr int BalanceAfter = 12;
constexpr int Corrects = 13;
constexpr int Note = 14;

QString textOf(const store::ScanRow &row, int column)
{
    const QByteArrayView text = row.text(column);
    return QString::fromUtf8(text.data(), text.size());
}

/// What a charge should be by its own quantity and price; nothing where no amount can be right.
std::optional<Money> expectedAmount(const store::ScanRow &row)
{
    if (row.integer(Free) != 0)
        return Money();
    if (row.integer(UnitSize) < 1)
        return std::nullopt; // no rule lets it in, but a hand may
    const auto price = priceOf(row.integer(Quantity), Money::fromMicro(row.integer(UnitPrice)), row.integer(UnitSize));
    return price ? std::optional(price->negated()) : std::nullopt;
}

} // namespace

QString Auditor::Passing::id() const
{
    return textOf(row, Id);
}

ExperimentId Auditor::Passing::experiment() const
{
    return ExperimentId::parse(textOf(row, RunOf)).value_or(ExperimentId());
}

Result<> Auditor::checkBills()
{
    SOCIETY_TRY(store::scan(m_database,
        QStringLiteral("SELECT seq, id, tenant, experiment, item, model, amount_micro, unit_price_micro, quantity, "
                       "unit_size, free, created_at, balance_after_micro, corrects, description FROM bills WHERE ") +
            only(QStringLiteral("tenant")) + QStringLiteral(" ORDER BY seq"),
        values(), [this](const store::ScanRow &row) { checkBill(row); }));
    flushQuarter();
    return {};
}

void Auditor::checkBill(const store::ScanRow &row)
{
    ++m_report.bills;
    const Passing bill{row, m_words.of(row.text(TenantOf)), m_words.of(row.text(ItemOf)), m_words.of(row.text(ModelOf)),
        Money::fromMicro(row.integer(Amount))};
    Sum &sum = m_sums[bill.tenant];
    const Money balance = added(sum.lastBalance, bill.amount);
    const Money balanceAfter = Money::fromMicro(row.integer(BalanceAfter));
    if (balance != balanceAfter)
        differ("balance_after_wrong", m_words.text(bill.tenant), bill.experiment(),
            tr("After the bill %1 the balance is not the one before it and its amount together.").arg(bill.id()),
            balance, balanceAfter);
    sum.lastBalance = balanceAfter;
    sum.sum = added(sum.sum, bill.amount);
    addToTotals(bill);
    if (std::find(std::begin(m_charges), std::end(m_charges), bill.item) != std::end(m_charges))
        checkCharge(bill);
    else if (row.text(ItemOf) == QByteArrayView("correction"))
        m_corrections.push_back({row.integer(Sequence), bill.id(), m_words.text(bill.tenant), textOf(row, RunOf),
            bill.amount, textOf(row, Corrects), textOf(row, Note)});
}

void Auditor::checkCharge(const Passing &bill)
{
    if (const auto expected = expectedAmount(bill.row); expected != bill.amount)
        m_suspects.push_back({BillId::parse(bill.id()).value_or(BillId()), m_words.text(bill.tenant), bill.experiment(),
            expected, bill.amount});
    const qint64 price = bill.row.integer(UnitPrice);
    const qint64 size = bill.row.integer(UnitSize);
    if (bill.row.integer(Free) == 0 && !m_prices.contains({bill.item, bill.model, price, size}) &&
        !m_prices.contains({bill.item, m_noModel, price, size}))
        differ("price_unknown", m_words.text(bill.tenant), bill.experiment(),
            tr("The price of the bill %1 was never in the price book.").arg(bill.id()), {}, Money::fromMicro(price));
    // A settlement writes its bills one after the other, under the write lock: so a run's stand together, and are
    // counted where the first of them was.
    const QByteArrayView run = bill.row.text(RunOf);
    if (m_blockCharged == nullptr || run != m_block) {
        m_block = run.toByteArray();
        m_blockKey = keyOf(run);
        m_blockItems.clear();
        m_blockCharged = &m_charged[m_blockKey];
        if (m_blockCharged->bills > 0)
            m_strange.insert(m_blockKey);
    }
    const RunKey &key = m_blockKey;
    Charged &charged = *m_blockCharged;
    const std::pair item(bill.item, bill.model);
    if (std::find(m_blockItems.cbegin(), m_blockItems.cend(), item) != m_blockItems.cend())
        m_strange.insert(key);
    m_blockItems.push_back(item);
    if (charged.bills == 0)
        charged.tenant = bill.tenant;
    else if (charged.tenant != bill.tenant)
        m_strange.insert(key);
    ++charged.bills;
    charged.sum = added(charged.sum, bill.amount);
}

void Auditor::checkSuspects()
{
    for (const Suspect &suspect : m_suspects) {
        const QString id = suspect.bill.text();
        if (suspect.expected && wasPutRight(id, *suspect.expected, suspect.amount))
            continue;
        const bool byUse = m_fixes.value(id).byUse;
        if (const auto used = m_used.constFind(id);
            byUse && used != m_used.cend() && wasPutRight(id, *used, suspect.amount))
            continue;
        // What the run's directory was said to have outweighs the bill's own figures also while it is not there to ask.
        const QString words = tr("The amount of the bill %1 is not quantity times price.").arg(id);
        differ("amount_wrong", suspect.tenant, suspect.experiment, words, suspect.expected.value_or(Money()),
            suspect.amount,
            suspect.expected && !(byUse && !m_used.contains(id))
                ? correction(suspect.bill, id, *suspect.expected, suspect.amount, QStringLiteral("amount_wrong"), words)
                : std::nullopt);
    }
}

Result<QList<Bill>> Auditor::chargesOf(const QString &experiment)
{
    QVariantList bound{experiment};
    bound += values();
    return store::rows(m_database,
        selectBills() +
            QStringLiteral("WHERE b.experiment = ? AND b.corrects IS NULL AND b.item IN ('llm_input_token', "
                           "'llm_output_token', 'run_time') AND ") +
            only(QStringLiteral("b.tenant")) + QStringLiteral(" ORDER BY b.seq"),
        bound, readBill);
}

Result<> Auditor::checkStrange()
{
    for (const RunKey &key : std::as_const(m_strange)) {
        SOCIETY_ASSIGN(const QList<Bill> bills, chargesOf(m_oddIds.value(key, key.id().text())));
        checkTwice(bills);
        m_strangeBills.insert(key, bills);
    }
    return {};
}

void Auditor::checkTwice(const QList<Bill> &bills)
{
    for (qsizetype at = 1; at < bills.size(); ++at) {
        const Bill &bill = bills.at(at);
        const auto first = std::find_if(bills.cbegin(), bills.cbegin() + at,
            [&](const Bill &other) { return other.item == bill.item && other.model == bill.model; });
        if (first == bills.cbegin() + at || wasPutRight(bill.id.text(), {}, bill.amount))
            continue;
        const QString words =
            tr("The experiment %1 was billed twice for %2.").arg(bill.experiment.text(), itemWord(bill.item));
        differ("billed_twice", bill.tenant, bill.experiment, words, first->amount, added(first->amount, bill.amount),
            correction(bill.id, bill.id.text(), {}, bill.amount, QStringLiteral("billed_twice"), words));
    }
}

Result<> Auditor::checkCorrections()
{
    for (const Correction &each : m_corrections) {
        SOCIETY_ASSIGN(const auto corrected,
            store::first(m_database,
                QStringLiteral("SELECT seq, tenant, coalesce(experiment, '') FROM bills WHERE id = ?"), {each.corrects},
                [](const store::Query &row) { return std::tuple(row.integer(0), row.text(1), row.text(2)); }));
        if (corrected && std::get<0>(*corrected) < each.sequence && std::get<1>(*corrected) == each.tenant &&
            std::get<2>(*corrected) == each.experiment)
            continue;
        differ("correction_wrong", each.tenant, ExperimentId::parse(each.experiment).value_or(ExperimentId()),
            tr("The correction %1 names a bill that it cannot be for.").arg(each.id), {}, each.amount);
    }
    return {};
}

} // namespace society::ledger
