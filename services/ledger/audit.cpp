// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/ledger/auditor_p.h"
#include "services/ledger/ledger.h"
#include "services/store/transaction.h"

namespace society::ledger {

using store::Query;
using store::Transaction;

Result<AuditReport> Ledger::audit(const std::optional<TenantId> &tenant, const QList<RunFact> &facts) const
{
    SOCIETY_ASSIGN(Transaction view, Transaction::begin(m_database, Transaction::Mode::Read));
    if (tenant)
        SOCIETY_TRY(requireTenant(*tenant));
    Auditor auditor(m_database, tenant);
    SOCIETY_ASSIGN(AuditReport report, auditor.run(facts));
    SOCIETY_TRY(view.commit());
    return report;
}

Auditor::Auditor(store::Database &database, const std::optional<TenantId> &tenant)
    : m_database(database)
    , m_tenant(tenant)
{
}

Result<AuditReport> Auditor::run(const QList<RunFact> &facts)
{
    SOCIETY_TRY(readPrices());
    SOCIETY_TRY(checkBills());
    SOCIETY_TRY(checkSequence());
    SOCIETY_TRY(checkAccounts());
    SOCIETY_TRY(checkTotals());
    SOCIETY_TRY(checkCorrections());
    SOCIETY_TRY(checkSettlements());
    SOCIETY_TRY(checkExperiments());
    SOCIETY_TRY(checkHolds());
    for (const RunFact &fact : facts)
        if (!m_tenant || *m_tenant == fact.tenant)
            compare(fact);
    return m_report;
}

void Auditor::differ(const char *code, const TenantId &tenant, const ExperimentId &experiment, const QString &words,
    Money expected, Money found)
{
    m_report.differences.append({QString::fromLatin1(code), tenant, experiment, words, expected, found});
}

QString Auditor::only(const QString &column) const
{
    return m_tenant ? column + QStringLiteral(" = ?") : QStringLiteral("1 = 1");
}

QVariantList Auditor::values() const
{
    return m_tenant ? QVariantList{*m_tenant} : QVariantList();
}

Result<> Auditor::readPrices()
{
    SOCIETY_ASSIGN(const auto prices,
        store::rows(m_database, QStringLiteral("SELECT item, model, amount_micro, unit_size FROM prices"), {},
            [](const Query &row) {
                return PriceKey{row.text(0), row.text(1), row.integer(2), row.integer(3)};
            }));
    m_prices = std::set<PriceKey>(prices.begin(), prices.end());
    return {};
}

Result<> Auditor::checkAccounts()
{
    SOCIETY_ASSIGN(const auto accounts,
        store::rows(m_database,
            QStringLiteral("SELECT t.id, a.tenant IS NOT NULL, coalesce(a.balance_micro, 0) FROM tenants t "
                           "LEFT JOIN accounts a ON a.tenant = t.id WHERE t.id <> '' AND ") +
                only(QStringLiteral("t.id")) + QStringLiteral(" ORDER BY t.id"),
            values(), [](const Query &row) { return std::tuple(row.text(0), row.boolean(1), row.money(2)); }));
    for (const auto &[tenant, hasAccount, balance] : accounts) {
        const Money sum = m_sums.value(tenant).sum;
        if (!hasAccount)
            differ("account_missing", tenant, {}, tr("The tenant “%1” has no account.").arg(tenant), sum);
        else if (balance != sum)
            differ("balance_wrong", tenant, {}, tr("The balance of “%1” is not the sum of its bills.").arg(tenant), sum,
                balance);
        m_report.accounts += hasAccount ? 1 : 0;
    }
    return {};
}

Result<> Auditor::checkSequence()
{
    if (m_tenant)
        return {}; // the numbers run over all tenants
    // Numbers are given without a gap, as a rolled back transaction gives its numbers back.
    SOCIETY_ASSIGN(
        const auto counted, store::first(m_database,
                                QStringLiteral("SELECT count(*), max(coalesce(max(seq), 0), coalesce((SELECT seq FROM "
                                               "sqlite_sequence WHERE name = 'bills'), 0)) "
                                               "FROM bills"),
                                {}, [](const Query &row) { return std::pair(row.integer(0), row.integer(1)); }));
    if (counted && counted->first != counted->second)
        differ("bills_missing", {}, {},
            tr("%L1 bills are missing from the sequence.").arg(counted->second - counted->first));
    return {};
}

Result<> Auditor::checkSettlements()
{
    SOCIETY_ASSIGN(const auto found,
        store::rows(m_database,
            QStringLiteral(
                "SELECT s.experiment, s.tenant, s.bills, s.total_micro, count(b.seq), coalesce(sum(b.amount_micro), 0) "
                "FROM settlements s LEFT JOIN bills b ON b.experiment = s.experiment AND b.tenant = s.tenant "
                "AND b.corrects IS NULL WHERE ") +
                only(QStringLiteral("s.tenant")) + QStringLiteral(" GROUP BY s.experiment ORDER BY s.experiment"),
            values(), [](const Query &row) {
                return std::tuple(readId<ExperimentId>(row, 0), row.text(1), row.integer(2), row.money(3),
                    row.integer(4), row.money(5));
            }));
    for (const auto &[experiment, tenant, bills, total, billsFound, totalFound] : found) {
        m_settled.insert(experiment);
        if (bills != billsFound || total != totalFound)
            differ("settlement_wrong", tenant, experiment,
                tr("The experiment %1 was settled with %2 bills, and has %3.")
                    .arg(experiment.text())
                    .arg(bills)
                    .arg(billsFound),
                total, totalFound);
    }
    for (auto it = m_charged.cbegin(); it != m_charged.cend(); ++it)
        if (!m_settled.contains(it.key()))
            differ("settlement_missing", it.value().tenant, it.key(),
                tr("The experiment %1 has bills but was never settled.").arg(it.key().text()), {}, it.value().sum);
    return {};
}

Result<> Auditor::checkExperiments()
{
    SOCIETY_ASSIGN(const auto found,
        store::rows(m_database,
            QStringLiteral("SELECT id, tenant, state, settled, cost_micro FROM experiments WHERE ") +
                only(QStringLiteral("tenant")) + QStringLiteral(" ORDER BY created_at, id"),
            values(), [](const Query &row) {
                const QString state = row.text(2);
                const bool ended =
                    state == u"finished" || state == u"failed" || state == u"stopped" || state == u"lost";
                return std::tuple(readId<ExperimentId>(row, 0), row.text(1), ended, row.boolean(3), row.money(4));
            }));
    for (const auto &[id, tenant, ended, saysSettled, cost] : found) {
        m_experiments.insert(id, {tenant, ended});
        const bool settled = m_settled.contains(id);
        const Charged charged = m_charged.value(id);
        if (ended && !settled)
            differ("not_settled", tenant, id, tr("The experiment %1 has ended but was not settled.").arg(id.text()));
        else if (settled != saysSettled)
            differ("settled_mark_wrong", tenant, id,
                saysSettled ? tr("The experiment %1 is marked as settled but was not.").arg(id.text())
                            : tr("The experiment %1 was settled but is not marked so.").arg(id.text()));
        if (settled && saysSettled && cost != charged.sum.negated())
            differ("cost_wrong", tenant, id,
                tr("The cost shown of the experiment %1 is not the sum of its bills.").arg(id.text()),
                charged.sum.negated(), cost);
        if (!charged.tenant.isEmpty() && charged.tenant != tenant)
            differ("tenant_wrong", tenant, id, tr("The experiment %1 was billed to another tenant.").arg(id.text()), {},
                charged.sum);
    }
    return {};
}

Result<> Auditor::checkHolds()
{
    SOCIETY_ASSIGN(const auto found,
        store::rows(m_database,
            QStringLiteral("SELECT experiment, tenant, amount_micro, released_at IS NULL FROM holds WHERE ") +
                only(QStringLiteral("tenant")) + QStringLiteral(" ORDER BY created_at, experiment"),
            values(), [](const Query &row) {
                return std::tuple(readId<ExperimentId>(row, 0), row.text(1), row.money(2), row.boolean(3));
            }));
    QSet<ExperimentId> open;
    for (const auto &[id, tenant, amount, isOpen] : found) {
        if (!isOpen)
            continue;
        open.insert(id);
        const auto experiment = m_experiments.constFind(id);
        if (experiment == m_experiments.cend())
            differ("hold_orphan", tenant, id,
                tr("Money is held for %1, which is no experiment of this tenant.").arg(id.text()), {}, amount);
        else if (m_settled.contains(id))
            differ("hold_open", tenant, id, tr("Money is still held for the settled experiment %1.").arg(id.text()), {},
                amount);
        else if (experiment->ended)
            differ("hold_of_ended", tenant, id,
                tr("Money is still held for the experiment %1, which has ended.").arg(id.text()), {}, amount);
    }
    for (auto it = m_experiments.cbegin(); it != m_experiments.cend(); ++it)
        if (!it->ended && !m_settled.contains(it.key()) && !open.contains(it.key()))
            differ("hold_missing", it->tenant, it.key(),
                tr("No money is held for the experiment %1, which has not ended.").arg(it.key().text()));
    return {};
}

} // namespace society::ledger
