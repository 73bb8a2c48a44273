// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/ledger/book_p.h"
#include "services/ledger/ledger.h"
#include "services/ledger/totals_p.h"
#include "services/store/transaction.h"

namespace society::ledger {

using store::Query;
using store::Transaction;

namespace {

Tenant readTenant(const Query &row)
{
    return {row.text(0), row.text(1), row.time(2)};
}

Result<Money> spentBetween(
    store::Database &database, const TenantId &tenant, const QDateTime &from, const QDateTime &to)
{
    BillFilter filter;
    filter.tenant = tenant;
    filter.from = from;
    filter.to = to;
    const Clause source = totalsOf({{filter}}, {QStringLiteral("of_run")});
    SOCIETY_ASSIGN(const auto spent,
        store::first(database,
            QStringLiteral("SELECT coalesce(sum(amount_micro), 0) FROM (%1) t WHERE of_run = 1").arg(source.sql),
            source.values, [](const Query &row) { return row.money(0); }));
    return spent.value_or(Money());
}

} // namespace

Result<Tenant> Ledger::addTenant(const QString &id, const QString &name)
{
    SOCIETY_ASSIGN(const TenantId checked, parseTenantId(id));
    SOCIETY_ASSIGN(const QString givenName, checkedNote(name));
    const QString now = toIso(m_clock.now());
    const Tenant tenant{checked, givenName.isEmpty() ? checked : givenName, fromIso(now)};
    SOCIETY_ASSIGN(Transaction transaction, Transaction::begin(m_database));
    const auto added = store::execute(m_database,
        QStringLiteral("INSERT INTO tenants (id, name, created_at) VALUES (?, ?, ?)"), {tenant.id, tenant.name, now});
    if (!added && added.error().code == u"unique")
        return fail(ErrorKind::Refused, "tenant_exists", tr("There is a tenant “%1” already.").arg(checked),
            tr("Choose another id."));
    SOCIETY_TRY(added);
    SOCIETY_TRY(store::execute(m_database,
        QStringLiteral("INSERT INTO accounts (tenant, created_at, updated_at) VALUES (?, ?, ?)"),
        {tenant.id, now, now}));
    SOCIETY_TRY(transaction.commit());
    return tenant;
}

Result<QList<Tenant>> Ledger::tenants() const
{
    return store::rows(m_database,
        QStringLiteral("SELECT id, name, created_at FROM tenants WHERE id <> '' ORDER BY id"), {}, readTenant);
}

Result<Tenant> Ledger::requireTenant(const TenantId &id) const
{
    SOCIETY_ASSIGN(const auto tenant,
        store::first(
            m_database, QStringLiteral("SELECT id, name, created_at FROM tenants WHERE id = ?"), {id}, readTenant));
    if (!tenant)
        return tenantUnknown(id);
    return *tenant;
}

Result<QList<TenantSummary>> Ledger::tenantSummaries(const QTimeZone &zone) const
{
    SOCIETY_ASSIGN(Transaction view, Transaction::begin(m_database, Transaction::Mode::Read));
    SOCIETY_ASSIGN(const QList<Tenant> all, tenants());
    const QDate month = monthOf(m_clock.now().toTimeZone(zone).date());
    QList<TenantSummary> summaries;
    for (const Tenant &tenant : all) {
        TenantSummary summary;
        summary.tenant = tenant;
        SOCIETY_ASSIGN(summary.account, account(tenant.id));
        SOCIETY_ASSIGN(summary.monthSpent,
            spentBetween(m_database, tenant.id, month.startOfDay(zone), month.addMonths(1).startOfDay(zone)));
        SOCIETY_ASSIGN(const auto more,
            store::first(m_database,
                QStringLiteral("SELECT (SELECT coalesce(max(created_at), '') FROM bills WHERE tenant = ?), "
                               "(SELECT count(*) FROM experiments WHERE tenant = ? AND deleted_at IS NULL AND state IN "
                               "('queued', 'starting', 'running', 'stopping'))"),
                {tenant.id, tenant.id}, [](const Query &row) { return std::pair(row.time(0), row.integer(1)); }));
        if (more)
            std::tie(summary.lastBill, summary.runs) = *more;
        summaries.append(summary);
    }
    SOCIETY_TRY(view.commit());
    return summaries;
}

} // namespace society::ledger
