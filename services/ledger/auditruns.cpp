// SPDX-License-Identifier: GPL-3.0-or-later
// Settlements, experiments and holds, against what was billed.
#include "services/ledger/auditor_p.h"
#include "services/store/scan.h"

#include <algorithm>

namespace society::ledger {

using store::Query;

Result<> Auditor::checkSettlements()
{
    SOCIETY_TRY(scanRuns(QStringLiteral("SELECT experiment, tenant, bills, total_micro FROM settlements WHERE ") +
                             only(QStringLiteral("tenant")),
        &Auditor::checkSettlement));
    for (auto it = m_charged.cbegin(); it != m_charged.cend(); ++it)
        if (!it->settled)
            differ("settlement_missing", m_words.text(it->tenant), idOf(it.key()),
                tr("The experiment %1 has bills but was never settled.").arg(nameOf(it.key())), {}, it->sum);
    return {};
}

void Auditor::checkSettlement(const store::ScanRow &row)
{
    const RunKey key = keyOf(row.text(0));
    const int tenant = m_words.of(row.text(1));
    Charged &charged = m_charged[key];
    charged.settled = true;
    struct Written {
        qint64 bills = 0;
        Money amount;
        bool operator==(const Written &) const = default;
    };
    Written found;
    if (charged.tenant == tenant)
        found = {charged.bills, charged.sum};
    if (const auto bills = m_strangeBills.constFind(key); bills != m_strangeBills.cend()) {
        found = {};
        for (const Bill &bill : *bills) {
            if (bill.tenant != m_words.text(tenant))
                continue;
            ++found.bills;
            found.amount = added(found.amount, bill.amount);
        }
    }
    const Written said{row.integer(2), Money::fromMicro(row.integer(3))};
    if (said != found)
        differ("settlement_wrong", m_words.text(tenant), idOf(key),
            tr("The experiment %1 was settled with %2 bills, and has %3.")
                .arg(nameOf(key))
                .arg(said.bills)
                .arg(found.bills),
            said.amount, found.amount);
}

Result<> Auditor::checkExperiments()
{
    return scanRuns(QStringLiteral("SELECT id, tenant, state, settled, cost_micro FROM experiments WHERE ") +
                        only(QStringLiteral("tenant")),
        &Auditor::checkExperiment);
}

Result<> Auditor::scanRuns(const QString &sql, void (Auditor::*check)(const store::ScanRow &row))
{
    const qsizetype before = m_report.differences.size();
    SOCIETY_TRY(
        store::scan(m_database, sql, values(), [this, check](const store::ScanRow &row) { (this->*check)(row); }));
    std::stable_sort(m_report.differences.begin() + before, m_report.differences.end(),
        [](const Difference &a, const Difference &b) { return a.experiment.text() < b.experiment.text(); });
    return {};
}

void Auditor::checkExperiment(const store::ScanRow &row)
{
    const RunKey key = keyOf(row.text(0));
    const int tenant = m_words.of(row.text(1));
    const QByteArrayView state = row.text(2);
    const bool ended = state == QByteArrayView("finished") || state == QByteArrayView("failed") ||
                       state == QByteArrayView("stopped") || state == QByteArrayView("lost");
    const bool saysSettled = row.integer(3) != 0;
    const Money cost = Money::fromMicro(row.integer(4));
    m_experiments.insert(key, {tenant, ended});
    const Charged charged = m_charged.value(key);
    const auto say = [&](const char *code, const QString &words, Money expected, Money found) {
        differ(code, m_words.text(tenant), idOf(key), words.arg(nameOf(key)), expected, found);
    };
    if (ended && !charged.settled)
        say("not_settled", tr("The experiment %1 has ended but was not settled."), {}, {});
    else if (charged.settled != saysSettled)
        say("settled_mark_wrong",
            saysSettled ? tr("The experiment %1 is marked as settled but was not.")
                        : tr("The experiment %1 was settled but is not marked so."),
            {}, {});
    if (charged.settled && saysSettled && cost != charged.sum.negated())
        say("cost_wrong", tr("The cost shown of the experiment %1 is not the sum of its bills."), charged.sum.negated(),
            cost);
    const QList<Bill> strange = m_strangeBills.value(key);
    const bool isForeign = (charged.bills > 0 && charged.tenant != tenant) ||
                           std::any_of(strange.cbegin(), strange.cend(),
                               [&](const Bill &bill) { return bill.tenant != m_words.text(tenant); });
    if (isForeign)
        say("tenant_wrong", tr("The experiment %1 was billed to another tenant."), {}, charged.sum);
}

Result<> Auditor::checkHolds()
{
    SOCIETY_ASSIGN(const auto holds,
        store::rows(m_database,
            QStringLiteral("SELECT experiment, tenant, amount_micro FROM holds WHERE released_at IS NULL AND ") +
                only(QStringLiteral("tenant")) + QStringLiteral(" ORDER BY created_at, experiment"),
            values(), [](const Query &row) { return std::tuple(row.text(0), row.text(1), row.money(2)); }));
    QSet<RunKey> open;
    for (const auto &[experiment, tenant, amount] : holds) {
        const RunKey key = keyOf(experiment.toUtf8());
        const auto id = ExperimentId::parse(experiment).value_or(ExperimentId());
        open.insert(key);
        const auto say = [&, tenant = tenant, amount = amount](const char *code, const QString &words, bool proposes) {
            Proposal release{Proposal::Kind::Release, {}, amount, u'[' + QString::fromLatin1(code) + u']'};
            differ(
                code, tenant, id, words.arg(nameOf(key)), {}, amount, proposes ? std::optional(release) : std::nullopt);
        };
        const auto known = m_experiments.constFind(key);
        if (known == m_experiments.cend())
            say("hold_orphan", tr("Money is held for %1, which is no experiment of this tenant."), true);
        else if (m_charged.value(key).settled)
            say("hold_open", tr("Money is still held for the settled experiment %1."), true);
        else if (known->ended)
            say("hold_of_ended", tr("Money is still held for the experiment %1, which has ended."), false);
    }
    for (auto it = m_experiments.cbegin(); it != m_experiments.cend(); ++it)
        if (!it->ended && !open.contains(it.key()) && !m_charged.value(it.key()).settled)
            differ("hold_missing", m_words.text(it->tenant), idOf(it.key()),
                tr("No money is held for the experiment %1, which has not ended.").arg(nameOf(it.key())));
    return {};
}

} // namespace society::ledger
