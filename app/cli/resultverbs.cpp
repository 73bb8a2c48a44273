// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/logcopy.h"
#include "app/cli/resulttable.h"
#include "app/cli/verbs.h"
#include "app/cli/words.h"
#include "services/experiment/experimentservice.h"

#include <CLI/CLI.hpp>

namespace society::cli {

namespace {

Result<int> showLog(Session &session, const QString &reference, const LogRequest &request)
{
    SOCIETY_TRY(session.open());
    SOCIETY_ASSIGN(const experiment::Experiment found, session.experiments().find(session.tenant(), reference));
    return copyLog(session, found, request);
}

Result<int> showResults(Session &session, const QString &reference, const QString &table, const QString &csv)
{
    SOCIETY_TRY(session.open());
    SOCIETY_ASSIGN(const experiment::Experiment found, session.experiments().find(session.tenant(), reference));
    const agentsociety::ResultDatabase database(found.runDirectory + QStringLiteral("/home"), found.id, found.tenant);
    if (table.isEmpty() && !csv.isEmpty())
        return fail(ErrorKind::Usage, "usage", Cli::tr("--csv needs the name of a table"));
    if (table.isEmpty())
        return showTables(session.out, database);
    SOCIETY_ASSIGN(const agentsociety::ResultTable which, agentsociety::resultTableFromName(table));
    return csv.isEmpty() ? showRows(session.out, database, which) : writeRows(session.out, database, which, csv);
}

} // namespace

void addResultVerbs(CLI::App &app, Action &chosen)
{
    auto *log = app.add_subcommand("log", help(Cli::tr("The runner's log, byte for byte")));
    struct LogArguments {
        std::string id, pattern;
        LogRequest request;
    };
    const auto wanted = std::make_shared<LogArguments>();
    log->add_option("ID", wanted->id, help(Cli::tr("An id, its beginning, or a name")))->required();
    log->add_option("--lines", wanted->request.lines, help(Cli::tr("Only the last so many")))
        ->check(CLI::NonNegativeNumber)
        ->type_name("N");
    log->add_flag("--follow", wanted->request.follow, help(Cli::tr("Go on until the run has ended")));
    log->add_option("--grep", wanted->pattern, help(Cli::tr("Only lines that match (PCRE2)")))->type_name("REGEX");
    log->callback([&chosen, wanted] {
        chosen = [wanted](Session &session) {
            wanted->request.pattern = text(wanted->pattern);
            return showLog(session, text(wanted->id), wanted->request);
        };
    });

    auto *results =
        app.add_subcommand("results", help(Cli::tr("What came out: profile, status, dialog, survey, metric, prompt")));
    struct ResultArguments {
        std::string id, table, csv;
    };
    const auto asked = std::make_shared<ResultArguments>();
    results->add_option("ID", asked->id, help(Cli::tr("An id, its beginning, or a name")))->required();
    results->add_option("TABLE", asked->table, help(Cli::tr("Without it: the tables and their numbers of rows")));
    results->add_option("--csv", asked->csv, help(Cli::tr("Write the table to a file; - is standard output")))
        ->type_name("FILE");
    results->callback([&chosen, asked] {
        chosen = [asked](Session &session) {
            return showResults(session, text(asked->id), text(asked->table), text(asked->csv));
        };
    });

    auto *bundle = app.add_subcommand("export", help(Cli::tr("Not yet: everything of an experiment in one file")));
    const auto arguments = std::make_shared<std::vector<std::string>>();
    bundle->add_option("ID FILE.zip", *arguments)->required()->expected(2);
    bundle->callback([&chosen, arguments] { // which live as long as the callback
        chosen = [](Session &) -> Result<int> { return notYet(Cli::tr("export of an experiment as one file")); };
    });
}

} // namespace society::cli
