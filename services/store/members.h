// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/ids.h"
#include "services/store/database.h"

#include <QDateTime>
#include <QList>

namespace society::store {

/// What a login may do in a tenant of a shared ledger. The database itself enforces it.
struct Member {
    QString login;
    TenantId tenant; ///< empty for an admin, who has every tenant
    QString role;    ///< `observer`, `member`, `owner` or `admin`
    QDateTime since;
    bool operator==(const Member &) const = default;
};

/// `observer` reads; `member` also runs and is billed; `owner` also recharges, corrects and says who else is in the
/// tenant; `admin` does all of it everywhere, and tenants, prices, settings and what is public. In this order.
[[nodiscard]] QStringList memberRoles();

// Errors of all: `not_shared` (the database is a file, which whoever can read it uses), role_forbids, and as Query.

/// Those whom one may see: oneself, the members of one's own tenants, for an admin all.
[[nodiscard]] Result<QList<Member>> members(Database &database);
/// One's own.
[[nodiscard]] Result<QList<Member>> ownRoles(Database &database);
/// Gives a login of the server a role, in the place of the one it had there. Errors: `role_unknown`, `login_unknown`,
/// `tenant_unknown`.
[[nodiscard]] Result<> setMember(Database &database, const QString &login, const TenantId &tenant, const QString &role);
/// Errors: `member_unknown`, `last_admin`.
[[nodiscard]] Result<> removeMember(Database &database, const QString &login, const TenantId &tenant);

} // namespace society::store
