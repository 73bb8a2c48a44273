// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/ledger/book_p.h"
#include "services/ledger/ledger.h"
#include "services/store/transaction.h"

namespace society::ledger {

using store::Query;
using store::Transaction;

namespace {

Tenant readTenant(const Query &row)
{
    return {row.text(0), row.text(1), row.time(2)};
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

} // namespace society::ledger
