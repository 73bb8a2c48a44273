// SPDX-License-Identifier: GPL-3.0-or-later
// `database move`: from the workspace's file to a server, and back.
#include "app/cli/databaseoptions.h"
#include "app/cli/words.h"
#include "services/experiment/databaseplace.h"
#include "services/experiment/workspacedatabase.h"

#include <CLI/CLI.hpp>

namespace society::cli {

namespace {

void say(Session &session, const experiment::Moved &moved)
{
    session.out.document(QJsonObject{{QStringLiteral("rows"), moved.rows}, {QStringLiteral("bills"), moved.bills},
        {QStringLiteral("differences"), moved.differences}, {QStringLiteral("database"), moved.database},
        {QStringLiteral("kept"), moved.kept}});
    session.out.line(Cli::tr("%L1 rows, %L2 of them bills, are now in “%3”; both databases were audited and compared.")
                         .arg(moved.rows)
                         .arg(moved.bills)
                         .arg(moved.database));
    if (moved.differences > 0)
        session.out.line(Cli::tr("The audits found %L1 differences, the same in both.").arg(moved.differences));
    session.out.line(Cli::tr("What was before is kept as “%1”; nobody writes to it any more.").arg(moved.kept));
}

Result<int> move(Session &session, const DatabaseOptions &options, bool toFile)
{
    SOCIETY_ASSIGN(const auto known, store::loadServer(experiment::serverFile(session.workspace)));
    if (known && !toFile)
        return fail(ErrorKind::Refused, "database_shared",
            Cli::tr("The database of this workspace is on a server already."),
            Cli::tr("“society-cli database show” says on which."));
    if (!known && toFile)
        return fail(ErrorKind::Refused, "not_shared", Cli::tr("The database of this workspace is a file already."),
            Cli::tr("“society-cli database show” says which."));
    std::optional<store::Place> place;
    if (!toFile) {
        SOCIETY_ASSIGN(place, placeFor(session, options));
    }
    SOCIETY_TRY(session.openDatabase());
    const experiment::WorkspaceDatabase database(
        session.workspace, session.database(), session.secrets(), session.clock());
    const auto progress = [&session](const QString &table, qint64 rows) {
        session.out.progress(table.isEmpty() ? Cli::tr("auditing both and comparing")
                                             : Cli::tr("%1: %L2 rows").arg(table).arg(rows));
        return true;
    };
    SOCIETY_ASSIGN(const experiment::Moved moved,
        toFile ? database.moveToFile(progress) : database.moveToServer(*place->server, {}, progress));
    say(session, moved);
    return 0;
}

} // namespace

void addDatabaseMove(CLI::App &group, Action &chosen)
{
    auto *verb = group.add_subcommand("move",
        help(Cli::tr("Moves everything to an empty ledger on a server, or back, audits both and changes over")));
    const auto toServer = std::make_shared<bool>(false);
    const auto toFile = std::make_shared<bool>(false);
    const auto options = std::make_shared<DatabaseOptions>();
    auto *server = verb->add_flag("--to-server", *toServer, help(Cli::tr("To the server that is named")));
    auto *file = verb->add_flag("--to-file", *toFile, help(Cli::tr("From the server to a file of the workspace")));
    server->excludes(file);
    addDatabaseOptions(*verb, options);
    verb->callback([&chosen, toServer, toFile, options] {
        if (!*toServer && !*toFile)
            throw CLI::RequiredError("--to-server, --to-file");
        chosen = [options, toFile](Session &session) { return move(session, *options, *toFile); };
    });
}

} // namespace society::cli
