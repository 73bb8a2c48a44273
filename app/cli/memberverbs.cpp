// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/jsonvalues.h"
#include "app/cli/verbs.h"
#include "app/cli/words.h"
#include "services/ledger/ledger.h"
#include "services/store/members.h"

#include <CLI/CLI.hpp>

namespace society::cli {

namespace {

QJsonObject memberObject(const store::Member &member)
{
    return {{QStringLiteral("login"), member.login}, {QStringLiteral("tenant"), member.tenant},
        {QStringLiteral("role"), member.role}, {QStringLiteral("since"), timeValue(member.since)}};
}

Result<int> listMembers(Session &session)
{
    SOCIETY_TRY(session.openDatabase());
    SOCIETY_ASSIGN(const QList<store::Member> members, store::members(session.database()));
    QJsonArray array;
    TextTable table({{Cli::tr("Login")}, {Cli::tr("Tenant")}, {Cli::tr("Role")}});
    for (const store::Member &member : members) {
        array.append(memberObject(member));
        table.add({member.login, member.tenant.isEmpty() ? Cli::tr("all") : member.tenant, member.role});
    }
    session.out.document(array);
    session.out.table(table, Cli::tr("You have no role in this ledger."));
    return 0;
}

Result<int> addMember(Session &session, const QString &login, const QString &role)
{
    SOCIETY_TRY(session.openDatabase());
    const bool isAdmin = role == store::memberRoles().constLast();
    const TenantId tenant = isAdmin ? TenantId() : session.tenant();
    SOCIETY_TRY(store::setMember(session.database(), login, tenant, role));
    session.out.document(memberObject({login, tenant, role, session.clock().now()}));
    session.out.line(isAdmin ? Cli::tr("“%1” is an admin of the ledger.").arg(login)
                             : Cli::tr("“%1” is %2 of the tenant “%3”.").arg(login, role, tenant));
    return 0;
}

Result<int> removeMember(Session &session, const QString &login, bool isAdmin)
{
    SOCIETY_TRY(session.openDatabase());
    const TenantId tenant = isAdmin ? TenantId() : session.tenant();
    SOCIETY_TRY(store::removeMember(session.database(), login, tenant));
    session.out.document(QJsonObject{{QStringLiteral("login"), login}, {QStringLiteral("tenant"), tenant}});
    session.out.line(isAdmin ? Cli::tr("“%1” is no admin of the ledger any more.").arg(login)
                             : Cli::tr("“%1” has no role in the tenant “%2” any more.").arg(login, tenant));
    return 0;
}

} // namespace

void addMemberVerbs(CLI::App &app, Action &chosen)
{
    auto *group = app.add_subcommand("member", help(Cli::tr("Who may do what in a ledger on a server")));
    group->require_subcommand(1);
    group->add_subcommand("list", help(Cli::tr("The members whom one may see")))->callback([&chosen] {
        chosen = listMembers;
    });
    struct Arguments {
        std::string login;
        std::string role;
        bool isAdmin = false;
    };
    const auto arguments = std::make_shared<Arguments>();
    auto *add =
        group->add_subcommand("add", help(Cli::tr("Gives a login of the server a role in the tenant (--tenant)")));
    add->add_option("LOGIN", arguments->login, help(Cli::tr("A login that the server has")))->required();
    add->add_option("ROLE", arguments->role, help(Cli::tr("observer, member, owner; or admin, of all tenants")))
        ->required();
    add->callback([&chosen, arguments] {
        chosen = [arguments](
                     Session &session) { return addMember(session, text(arguments->login), text(arguments->role)); };
    });
    auto *remove = group->add_subcommand("remove", help(Cli::tr("Takes a login's role in the tenant (--tenant) away")));
    remove->add_option("LOGIN", arguments->login, help(Cli::tr("A login that the server has")))->required();
    remove->add_flag("--admin", arguments->isAdmin, help(Cli::tr("That of an admin")));
    remove->callback([&chosen, arguments] {
        chosen = [arguments](
                     Session &session) { return removeMember(session, text(arguments->login), arguments->isAdmin); };
    });
}

} // namespace society::cli
