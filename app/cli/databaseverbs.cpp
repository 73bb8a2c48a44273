// SPDX-License-Identifier: GPL-3.0-or-later
// Where the workspace's database is: `database …`. Moving it is in databasemove.cpp.
#include "app/cli/databaseoptions.h"
#include "app/cli/jsonvalues.h"
#include "app/cli/keyinput.h"
#include "app/cli/verbs.h"
#include "app/cli/words.h"
#include "services/experiment/databaseplace.h"
#include "services/experiment/workspacedatabase.h"
#include "services/store/ledgerschema.h"
#include "services/store/members.h"
#include "services/store/transfer.h"

#include <CLI/CLI.hpp>
#include <QFile>
#include <QLocale>

namespace society::cli {

namespace {

QJsonObject serverObject(const store::Server &server)
{
    QJsonObject object = store::toJson(server);
    object.remove(QStringLiteral("schema"));
    object.insert(QStringLiteral("tls"), server.tlsMode());
    return object;
}

/// The file or the server: nothing is opened, so that it answers where the server does not.
Result<int> showDatabase(Session &session)
{
    SOCIETY_ASSIGN(const auto server, store::loadServer(experiment::serverFile(session.workspace)));
    if (!server) {
        session.out.document(QJsonObject{
            {QStringLiteral("kind"), QStringLiteral("file")}, {QStringLiteral("file"), session.workspace.database()}});
        session.out.fields({{Cli::tr("Database"), session.workspace.database()}});
        return 0;
    }
    SOCIETY_ASSIGN(const bool isStored, session.secrets().contains(experiment::passwordName(*server)));
    session.out.document(QJsonObject{{QStringLiteral("kind"), QStringLiteral("server")},
        {QStringLiteral("server"), serverObject(*server)}, {QStringLiteral("password_stored"), isStored}});
    session.out.fields({{Cli::tr("Server"), server->host + u':' + QString::number(server->port)},
        {Cli::tr("Database"), server->database}, {Cli::tr("Login"), server->user},
        {Cli::tr("Password"), isStored ? Cli::tr("stored") : Cli::tr("not stored: libpq looks for it in ~/.pgpass")},
        {Cli::tr("Encryption"), server->tlsMode()}});
    return 0;
}

Result<int> testDatabase(Session &session, const DatabaseOptions &options)
{
    SOCIETY_ASSIGN(const store::Place place, placeFor(session, options));
    const auto own = store::Database::closed(session.workspace.database());
    SOCIETY_ASSIGN(const experiment::DatabaseTest found,
        experiment::WorkspaceDatabase(session.workspace, *own, session.secrets(), session.clock())
            .test(*place.server, {}));
    const store::ServerFacts &facts = found.facts;
    QJsonArray array;
    QStringList words;
    for (const store::Member &role : found.roles) {
        array.append(QJsonObject{{QStringLiteral("tenant"), role.tenant}, {QStringLiteral("role"), role.role}});
        words.append(role.tenant.isEmpty() ? role.role : Cli::tr("%1 of %2").arg(role.role, role.tenant));
    }
    session.out.document(
        QJsonObject{{QStringLiteral("ok"), true}, {QStringLiteral("server"), serverObject(*place.server)},
            {QStringLiteral("server_version"), facts.version}, {QStringLiteral("version"), found.version},
            {QStringLiteral("encrypted"), facts.encrypted}, {QStringLiteral("tls_version"), facts.tlsVersion},
            {QStringLiteral("round_trip_ms"), facts.roundTripMs}, {QStringLiteral("roles"), array}});
    session.out.fields({{Cli::tr("Server"), place.server->text()}, {Cli::tr("PostgreSQL"), facts.version},
        {Cli::tr("Ledger"), Cli::tr("version %1").arg(found.version)},
        {Cli::tr("Encryption"), facts.encrypted ? facts.tlsVersion : Cli::tr("none (this machine)")},
        {Cli::tr("Round trip"), Cli::tr("%1 ms").arg(QLocale().toString(facts.roundTripMs, 'f', 1))},
        {Cli::tr("Roles"), words.isEmpty() ? Cli::tr("none") : words.join(QStringLiteral(", "))}});
    return 0;
}

Result<int> createDatabase(Session &session, const DatabaseOptions &options)
{
    SOCIETY_ASSIGN(const store::Place place, placeFor(session, options));
    SOCIETY_ASSIGN(const store::Created created, store::createLedger(*place.server, place.password));
    session.out.document(QJsonObject{{QStringLiteral("server"), serverObject(*place.server)},
        {QStringLiteral("version"), created.version}, {QStringLiteral("created"), created.isNew}});
    session.out.line(
        created.isNew
            ? Cli::tr("A ledger was made in %1; its admin is “%2”.").arg(place.server->text(), place.server->user)
            : Cli::tr("The ledger in %1 is of version %2.").arg(place.server->text()).arg(created.version));
    return 0;
}

/// Another machine's workspace joins the shared ledger.
Result<int> useDatabase(Session &session, const DatabaseOptions &options)
{
    if (QFile::exists(session.workspace.database()))
        return fail(ErrorKind::Refused, "database_in_workspace",
            Cli::tr("This workspace has a database of its own, “%1”.").arg(session.workspace.database()),
            Cli::tr("Move it to the server by “society-cli database move”, or name a new workspace by --workspace."));
    SOCIETY_ASSIGN(const store::Place place, placeFor(session, options));
    const auto own = store::Database::closed(session.workspace.database());
    const experiment::WorkspaceDatabase database(session.workspace, *own, session.secrets(), session.clock());
    SOCIETY_TRY(database.use(*place.server, {}));
    SOCIETY_ASSIGN(const experiment::DatabaseTest found, database.test(*place.server, {}));
    session.out.document(QJsonObject{{QStringLiteral("server"), serverObject(found.server)},
        {QStringLiteral("version"), found.version}});
    session.out.line(Cli::tr("The workspace uses the ledger in %1.").arg(place.server->text()));
    return 0;
}

Result<int> keepPassword(Session &session, DatabaseOptions options)
{
    options.readsPassword = true;
    SOCIETY_ASSIGN(const store::Place place, placeFor(session, options));
    session.out.document(QJsonObject{{QStringLiteral("server"), serverObject(*place.server)}});
    session.out.line(
        Cli::tr("The password of “%1” is kept: %2").arg(place.server->user, session.secrets().where().sentence));
    return 0;
}

} // namespace

void addDatabaseOptions(CLI::App &verb, const std::shared_ptr<DatabaseOptions> &options)
{
    verb.add_option("--host", options->host, help(Cli::tr("Host name or address of the PostgreSQL server")));
    verb.add_option("--port", options->port, help(Cli::tr("Its port")))->capture_default_str();
    verb.add_option("--database", options->database, help(Cli::tr("The database on it")));
    verb.add_option("--user", options->user, help(Cli::tr("The login")));
    verb.add_option("--ca-file", options->caFile,
            help(Cli::tr("Certificate of the authority that must have signed the server's")))
        ->type_name("FILE");
    verb.add_option("--connect-seconds", options->connectSeconds, help(Cli::tr("How long to wait for an answer")))
        ->capture_default_str();
    verb.add_flag("--password-stdin", options->readsPassword,
        help(Cli::tr("Read the password from standard input and keep it with the other secrets")));
}

Result<store::Place> placeFor(Session &session, const DatabaseOptions &options)
{
    store::Server server;
    if (options.host.empty() && options.database.empty() && options.user.empty()) {
        SOCIETY_ASSIGN(const auto known, store::loadServer(experiment::serverFile(session.workspace)));
        if (!known)
            return fail(ErrorKind::Usage, "usage", Cli::tr("No server was named, and this workspace uses none."),
                Cli::tr("Give --host, --database and --user."));
        server = *known;
    } else {
        server = {text(options.host), options.port, text(options.database), text(options.user), text(options.caFile),
            options.connectSeconds, {}};
    }
    auto checked = store::checkedServer(server);
    if (!checked) {
        Error error = checked.error();
        error.kind = ErrorKind::Usage;
        return fail(std::move(error));
    }
    if (options.readsPassword) {
        SOCIETY_ASSIGN(
            const secrets::SecretBytes password, readKey(Cli::tr("Password of “%1”:").arg(checked->user), -1));
        SOCIETY_TRY(session.workspace.create()); // where it may have to be kept
        SOCIETY_ASSIGN(
            const secrets::Place kept, session.secrets().write(experiment::passwordName(*checked), password));
        if (kept == secrets::Place::SessionOnly) {
            const secrets::Whereabouts where = session.secrets().where();
            session.out.remark(Cli::tr("The password is not kept: %1 %2").arg(where.sentence, where.remedy));
        }
    }
    return experiment::placeOf(*checked, session.secrets());
}

void addDatabaseVerbs(CLI::App &app, Action &chosen)
{
    auto *group =
        app.add_subcommand("database", help(Cli::tr("Where the workspace's database is: a file, or a server")));
    group->require_subcommand(1);
    group->add_subcommand("show", help(Cli::tr("Which file or server it is")))->callback([&chosen] {
        chosen = showDatabase;
    });
    const auto add = [&](const char *name, const QString &description, auto action) {
        auto *verb = group->add_subcommand(name, help(description));
        const auto options = std::make_shared<DatabaseOptions>();
        addDatabaseOptions(*verb, options);
        verb->callback([&chosen, options, action] {
            chosen = [options, action](Session &session) { return action(session, *options); };
        });
    };
    add("test", Cli::tr("Connects, and says what is there and which roles one has"), testDatabase);
    add("create", Cli::tr("Makes the ledger on a server, or brings it up to date"), createDatabase);
    add("use", Cli::tr("Lets a new workspace use the ledger on a server"), useDatabase);
    add("password", Cli::tr("Keeps a login's password, read from standard input"), keepPassword);
    addDatabaseMove(*group, chosen);
}

} // namespace society::cli
