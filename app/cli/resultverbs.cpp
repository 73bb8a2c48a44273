// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/logcopy.h"
#include "app/cli/resulttable.h"
#include "app/cli/verbs.h"
#include "app/cli/words.h"
#include "models/runexport.h"
#include "services/experiment/experimentservice.h"

#include <CLI/CLI.hpp>
#include <QFileInfo>
#include <QLocale>

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
    const QString home = found.runDirectory + QStringLiteral("/home");
    if (table.isEmpty() && !csv.isEmpty())
        return fail(ErrorKind::Usage, "usage", Cli::tr("--csv needs the name of a table"));
    if (table.isEmpty()) {
        SOCIETY_ASSIGN(const auto tables,
            models::patiently([&] { return agentsociety::ResultDatabase(home, found.id, found.tenant).tables(); }));
        return showTables(session.out, tables);
    }
    SOCIETY_ASSIGN(const agentsociety::ResultTable which, agentsociety::resultTableFromName(table));
    const models::RowSource rows = models::resultRows(home, found.id, found.tenant, which);
    return csv.isEmpty() ? showRows(session.out, rows) : writeRows(session.out, rows, csv);
}

Result<int> exportBundle(Session &session, const QString &reference, const QString &file)
{
    SOCIETY_TRY(session.open());
    SOCIETY_ASSIGN(const experiment::Experiment found, session.experiments().find(session.tenant(), reference));
    SOCIETY_ASSIGN(const experiment::Experiment now, session.experiments().refresh(found.id));
    const QString path = QFileInfo(file).absoluteFilePath();
    SOCIETY_TRY(models::bundleRun(path, now));
    const qint64 bytes = QFileInfo(path).size();
    session.out.document(QJsonObject{{QStringLiteral("file"), path}, {QStringLiteral("bytes"), bytes}});
    session.out.line(Cli::tr("“%1” was written (%2).").arg(path, QLocale().formattedDataSize(bytes)));
    return 0;
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

    auto *bundle = app.add_subcommand("export",
        help(Cli::tr("Everything of an ended experiment in one file: record, log, calls, results, map and profiles")));
    struct BundleArguments {
        std::string id, file;
    };
    const auto wantedBundle = std::make_shared<BundleArguments>();
    bundle->add_option("ID", wantedBundle->id, help(Cli::tr("An id, its beginning, or a name")))->required();
    bundle->add_option("FILE.zip", wantedBundle->file, help(Cli::tr("The new file")))->required();
    bundle->callback([&chosen, wantedBundle] {
        chosen = [wantedBundle](Session &session) {
            return exportBundle(session, text(wantedBundle->id), text(wantedBundle->file));
        };
    });
}

} // namespace society::cli
