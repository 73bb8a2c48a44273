// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/ledger/auditor_p.h"
#include "services/ledger/ledger.h"
#include "services/store/transaction.h"

#include <algorithm>

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
    , m_charges{m_words.of("llm_input_token"), m_words.of("llm_output_token"), m_words.of("run_time")}
    , m_noModel(m_words.of(""))
{
}

Result<AuditReport> Auditor::run(const QList<RunFact> &facts)
{
    SOCIETY_TRY(checkRules());
    SOCIETY_TRY(readPrices());
    SOCIETY_TRY(checkBills());
    readFixes();
    SOCIETY_TRY(checkStrange());
    SOCIETY_TRY(checkSequence());
    SOCIETY_TRY(checkAccounts());
    SOCIETY_TRY(checkAmounts());
    SOCIETY_TRY(checkTotals());
    SOCIETY_TRY(checkCorrections());
    SOCIETY_TRY(checkSettlements());
    SOCIETY_TRY(checkExperiments());
    SOCIETY_TRY(checkHolds());
    for (const RunFact &fact : facts)
        if (!m_tenant || *m_tenant == fact.tenant)
            SOCIETY_TRY(compare(fact));
    checkSuspects(); // after what the run directories say of them
    weighProposals();
    return m_report;
}

void Auditor::differ(const char *code, const TenantId &tenant, const ExperimentId &experiment, const QString &words,
    Money expected, Money found, const std::optional<Proposal> &proposal)
{
    m_report.differences.append({QString::fromLatin1(code), tenant, experiment, words, expected, found, proposal});
}

QString Auditor::only(const QString &column) const
{
    return m_tenant ? column + QStringLiteral(" = ?") : QStringLiteral("1 = 1");
}

RunKey Auditor::keyOf(QByteArrayView text)
{
    bool isUuid = false;
    const RunKey key = RunKey::of(text, &isUuid);
    constexpr qsizetype longest = 80;
    if (!isUuid && !m_oddIds.contains(key))
        m_oddIds.insert(key, QString::fromUtf8(text).left(longest));
    return key;
}

QString Auditor::nameOf(const RunKey &key) const
{
    const auto odd = m_oddIds.constFind(key);
    return odd == m_oddIds.cend() ? key.id().text() : u'“' + *odd + u'”';
}

ExperimentId Auditor::idOf(const RunKey &key) const
{
    return m_oddIds.contains(key) ? ExperimentId() : key.id();
}

QVariantList Auditor::values() const
{
    return m_tenant ? QVariantList{*m_tenant} : QVariantList();
}

Result<> Auditor::readPrices()
{
    SOCIETY_ASSIGN(const auto prices,
        store::rows(m_database, QStringLiteral("SELECT item, model, amount_micro, unit_size FROM prices"), {},
            [this](const Query &row) {
                return std::tuple(
                    m_words.of(row.text(0).toUtf8()), m_words.of(row.text(1).toUtf8()), row.integer(2), row.integer(3));
            }));
    m_prices = {prices.begin(), prices.end()};
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
        const Money sum = m_sums[m_words.of(tenant.toUtf8())].sum;
        if (!hasAccount)
            differ("account_missing", tenant, {}, tr("The tenant “%1” has no account.").arg(tenant), sum);
        else if (balance != sum)
            differ("balance_wrong", tenant, {}, tr("The balance of “%1” is not the sum of its bills.").arg(tenant), sum,
                balance, Proposal{Proposal::Kind::Recount});
        m_report.accounts += hasAccount ? 1 : 0;
    }
    return {};
}

Result<> Auditor::checkSequence()
{
    if (m_tenant)
        return {}; // the numbers run over all tenants
    // Numbers are given without a gap, as a rolled back transaction gives its numbers back.
    const bool onServer = m_database.dialect() == store::Dialect::PostgreSql;
    SOCIETY_ASSIGN(const auto numbers,
        store::first(m_database,
            QStringLiteral("SELECT coalesce(max(seq), 0), (SELECT seq FROM %1 WHERE name = 'bills') FROM bills")
                .arg(onServer ? QStringLiteral("last_numbers") : QStringLiteral("sqlite_sequence")),
            {}, [](const Query &row) { return std::tuple(row.integer(0), row.integer(1), row.isNull(1)); }));
    if (!numbers)
        return {};
    const auto [highest, given, isUnknown] = *numbers;
    if (onServer && isUnknown)
        return {}; // only an admin sees the bills of all tenants
    if (const qint64 last = std::max(highest, given); last != m_report.bills)
        differ("bills_missing", {}, {}, tr("%L1 bills are missing from the sequence.").arg(last - m_report.bills));
    return {};
}

} // namespace society::ledger
