// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/jsonvalues.h"
#include "app/cli/verbs.h"
#include "app/cli/words.h"
#include "services/ledger/ledger.h"

#include <CLI/CLI.hpp>
#include <QLocale>

namespace society::cli {

namespace {

QJsonObject tenantObject(const ledger::Tenant &tenant)
{
    return {{QStringLiteral("id"), tenant.id}, {QStringLiteral("name"), tenant.name},
        {QStringLiteral("created_at"), timeValue(tenant.createdAt)}};
}

Result<int> listTenants(Session &session)
{
    SOCIETY_TRY(session.openDatabase());
    SOCIETY_ASSIGN(const QList<ledger::Tenant> tenants, session.ledger().tenants());
    QJsonArray array;
    TextTable table({{Cli::tr("Tenant")}, {Cli::tr("Name")}, {Cli::tr("Balance"), TextTable::Align::Right}});
    for (const ledger::Tenant &tenant : tenants) {
        SOCIETY_ASSIGN(const ledger::Account account, session.ledger().account(tenant.id));
        QJsonObject object = tenantObject(tenant);
        addMoney(object, QStringLiteral("balance"), account.balance);
        array.append(object);
        table.add({tenant.id, tenant.name, account.balance.toDisplay(QLocale())});
    }
    session.out.document(array);
    session.out.table(table, Cli::tr("There are no tenants."));
    return 0;
}

Result<int> addTenant(Session &session, const QString &id, const QString &name)
{
    SOCIETY_TRY(session.openDatabase());
    SOCIETY_ASSIGN(const ledger::Tenant tenant, session.ledger().addTenant(id, name));
    session.out.document(tenantObject(tenant));
    session.out.line(
        Cli::tr("Tenant “%1” was added, with a balance of %2.").arg(tenant.id, Money().toDisplay(QLocale())));
    return 0;
}

} // namespace

void addTenantVerbs(CLI::App &app, Action &chosen)
{
    auto *group = app.add_subcommand("tenant", help(Cli::tr("Who owns configurations, experiments and money")));
    group->require_subcommand(1);
    group->add_subcommand("list", help(Cli::tr("All tenants")))->callback([&chosen] { chosen = listTenants; });

    auto *add = group->add_subcommand("add", help(Cli::tr("A new tenant, with an account")));
    struct Arguments {
        std::string id;
        std::string name;
    };
    const auto arguments = std::make_shared<Arguments>();
    add->add_option("ID", arguments->id, help(Cli::tr("a–z, 0–9, point, dash, underscore")))->required();
    add->add_option("--name", arguments->name, help(Cli::tr("The name that is shown")));
    add->callback([&chosen, arguments] {
        chosen = [arguments](
                     Session &session) { return addTenant(session, text(arguments->id), text(arguments->name)); };
    });
}

} // namespace society::cli
