// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/store/members.h"

#include "services/store/query.h"
#include "services/store/transaction.h"

#include <QCoreApplication>

namespace society::store {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Database", text);
}

Result<> requireShared(const Database &database)
{
    if (database.dialect() == Dialect::PostgreSql)
        return {};
    return fail(ErrorKind::Refused, "not_shared", tr("This workspace's database is a file, and has no members."),
        tr("Move it to a server first, by “society-cli database move”."));
}

Result<QList<Member>> select(Database &database, const QString &where)
{
    SOCIETY_TRY(requireShared(database));
    return rows(database,
        QStringLiteral("SELECT login, tenant, role, created_at FROM members ") + where +
            QStringLiteral(" ORDER BY tenant, login"),
        {}, [](const Query &row) {
            return Member{row.text(0), row.text(1), row.text(2), row.time(3)};
        });
}

} // namespace

QStringList memberRoles()
{
    return {QStringLiteral("observer"), QStringLiteral("member"), QStringLiteral("owner"), QStringLiteral("admin")};
}

Result<QList<Member>> members(Database &database)
{
    return select(database, {});
}

Result<QList<Member>> ownRoles(Database &database)
{
    return select(database, QStringLiteral("WHERE login = session_user"));
}

Result<> setMember(Database &database, const QString &login, const TenantId &tenant, const QString &role)
{
    SOCIETY_TRY(requireShared(database));
    if (!memberRoles().contains(role))
        return fail(ErrorKind::Refused, "role_unknown", tr("“%1” is no role.").arg(role.left(40)),
            tr("Use one of: %1.").arg(memberRoles().join(QStringLiteral(", "))));
    const bool isAdmin = role == memberRoles().constLast();
    SOCIETY_ASSIGN(Transaction transaction, Transaction::begin(database));
    SOCIETY_ASSIGN(
        const auto known, first(database, QStringLiteral("SELECT id FROM tenants WHERE id = ?"),
                              {isAdmin ? TenantId() : tenant}, [](const Query &row) { return row.text(0); }));
    if (!known || (!isAdmin && tenant.isEmpty()))
        return fail(ErrorKind::NotFound, "tenant_unknown", tr("There is no tenant “%1”.").arg(tenant.left(80)),
            tr("Choose one from the list of tenants, or add it."));
    SOCIETY_TRY(
        execute(database, QStringLiteral("SELECT set_member(?, ?, ?)"), {login, isAdmin ? QString() : tenant, role}));
    return transaction.commit();
}

Result<> removeMember(Database &database, const QString &login, const TenantId &tenant)
{
    SOCIETY_TRY(requireShared(database));
    SOCIETY_ASSIGN(Transaction transaction, Transaction::begin(database));
    SOCIETY_ASSIGN(const auto removed, first(database, QStringLiteral("SELECT remove_member(?, ?)"), {login, tenant},
                                           [](const Query &row) { return row.boolean(0); }));
    if (!removed.value_or(false))
        return fail(ErrorKind::NotFound, "member_unknown",
            tr("“%1” has no role in the tenant “%2”.").arg(login.left(80), tenant.left(80)),
            tr("Look at the list of members."));
    return transaction.commit();
}

} // namespace society::store
