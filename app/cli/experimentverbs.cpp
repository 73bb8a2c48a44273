// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/experimenttext.h"
#include "app/cli/jsonvalues.h"
#include "app/cli/times.h"
#include "app/cli/verbs.h"
#include "app/cli/words.h"
#include "models/experimentlistmodel.h"
#include "services/experiment/experimentservice.h"

#include <CLI/CLI.hpp>
#include <QLocale>

namespace society::cli {

namespace {

using experiment::Experiment;

struct ListArguments {
    std::string state, name, before;
    int limit = 100;
};

Result<int> listExperiments(Session &session, const ListArguments &arguments)
{
    SOCIETY_TRY(session.open());
    experiment::Query query;
    query.tenant = session.tenant();
    query.text = text(arguments.name);
    query.limit = arguments.limit;
    if (!arguments.state.empty()) {
        auto state = experiment::parseState(text(arguments.state));
        if (!state) {
            Error error = state.error();
            error.kind = ErrorKind::Usage;
            return fail(std::move(error));
        }
        query.state = *state;
    }
    if (!arguments.before.empty()) {
        SOCIETY_ASSIGN(const Experiment before, session.experiments().find(session.tenant(), text(arguments.before)));
        query.before = before.id;
    }
    // What the rows say may be old: the run directories are the truth.
    SOCIETY_ASSIGN(const experiment::Refreshed refreshed, session.experiments().refreshUnfinished(session.tenant()));
    if (refreshed.problem)
        session.out.remark(refreshed.problem->message, refreshed.problem->remedy);
    SOCIETY_ASSIGN(const QList<Experiment> list, session.experiments().list(query));
    QJsonArray array;
    TextTable table(
        {{Cli::tr("Id")}, {Cli::tr("Name")}, {Cli::tr("State")}, {Cli::tr("Progress")}, {Cli::tr("Created")},
            {Cli::tr("Tokens"), TextTable::Align::Right}, {Cli::tr("Cost"), TextTable::Align::Right}});
    const QLocale locale;
    for (const Experiment &experiment : list) {
        array.append(experimentObject(experiment));
        constexpr int IdDigits = 8;
        table.add({experiment.id.text().left(IdDigits), experiment.name, stateWithPractice(experiment),
            models::progressText(experiment), localTime(experiment.createdAt),
            locale.toString(experiment.tokensIn + experiment.tokensOut), experiment.cost.toDisplay(locale)});
    }
    session.out.document(array);
    session.out.table(table, Cli::tr("There are no such experiments."));
    return 0;
}

Result<int> showStatus(Session &session, const QString &reference)
{
    SOCIETY_TRY(session.open());
    SOCIETY_ASSIGN(const Experiment found, session.experiments().find(session.tenant(), reference));
    SOCIETY_ASSIGN(const experiment::Details details, session.experiments().details(found.id));
    session.out.document(statusObject(details));
    session.out.fields(statusFields(details));
    return 0;
}

Result<int> stop(Session &session, const QString &reference, std::optional<int> graceSeconds)
{
    SOCIETY_TRY(session.open());
    SOCIETY_ASSIGN(const Experiment found, session.experiments().find(session.tenant(), reference));
    SOCIETY_ASSIGN(Experiment now, session.experiments().refresh(found.id));
    if (experiment::isEnded(now.state)) {
        session.out.line(Cli::tr("“%1” has already ended: nothing was changed.").arg(printable(now.name)));
    } else {
        constexpr int MillisecondsPerSecond = 1000;
        const auto graceMs = graceSeconds ? std::optional(*graceSeconds * MillisecondsPerSecond) : std::nullopt;
        SOCIETY_ASSIGN(now, session.experiments().stop(found.id, graceMs));
    }
    SOCIETY_ASSIGN(const experiment::Details details, session.experiments().details(found.id));
    session.out.document(statusObject(details));
    session.out.fields(statusFields(details));
    return 0;
}

/// A run that can never be billed: of a workspace, or with a record, that is gone for good.
Result<int> abandon(Session &session, const QString &reference, const QString &reason)
{
    SOCIETY_TRY(session.open());
    SOCIETY_ASSIGN(const Experiment found, session.experiments().find(session.tenant(), reference));
    SOCIETY_ASSIGN(const Experiment given, session.experiments().abandon(found.id, reason));
    session.out.document(QJsonObject{{QStringLiteral("id"), given.id.text()},
        {QStringLiteral("state"), experiment::stateWord(given.state)}, {QStringLiteral("settled"), given.settled}});
    const bool isLost = given.state == experiment::State::Lost;
    session.out.line((isLost ? Cli::tr("“%1” counts as lost; nothing is held for it any more.")
                             : Cli::tr("“%1” was given up without a bill; nothing is held for it any more."))
                         .arg(printable(given.name)));
    return 0;
}

Result<int> remove(Session &session, const QString &reference)
{
    SOCIETY_TRY(session.open());
    SOCIETY_ASSIGN(const Experiment found, session.experiments().find(session.tenant(), reference));
    SOCIETY_TRY(session.experiments().refresh(found.id));
    SOCIETY_TRY(session.experiments().remove(found.id));
    session.out.document(QJsonObject{{QStringLiteral("id"), found.id.text()}, {QStringLiteral("deleted"), true}});
    session.out.line(Cli::tr("“%1” was deleted. Its bills stay.").arg(printable(found.name)));
    return 0;
}

Result<int> reconcile(Session &session)
{
    SOCIETY_TRY(session.open());
    SOCIETY_ASSIGN(const experiment::Reconciled found, session.experiments().reconcile());
    const auto ids = [](const QList<ExperimentId> &list) {
        QJsonArray array;
        for (const ExperimentId &id : list)
            array.append(id.text());
        return array;
    };
    session.out.document(
        QJsonObject{{QStringLiteral("settled"), ids(found.settled)}, {QStringLiteral("lost"), ids(found.lost)}});
    session.out.fields({{Cli::tr("Settled now"), QLocale().toString(found.settled.size())},
        {Cli::tr("Found lost"), QLocale().toString(found.lost.size())}});
    return 0;
}

/// A verb that takes one experiment.
CLI::App *addForOne(CLI::App &app, const char *name, const QString &description, Action &chosen,
    Result<int> (*action)(Session &, const QString &))
{
    auto *verb = app.add_subcommand(name, help(description));
    const auto reference = std::make_shared<std::string>();
    verb->add_option("ID", *reference, help(Cli::tr("An id, its beginning, or a name")))->required();
    verb->callback([&chosen, reference, action] {
        chosen = [reference, action](Session &session) { return action(session, text(*reference)); };
    });
    return verb;
}

} // namespace

void addExperimentVerbs(CLI::App &app, Action &chosen)
{
    auto *list = app.add_subcommand("experiments", help(Cli::tr("All experiments, newest first")));
    const auto arguments = std::make_shared<ListArguments>();
    list->add_option("--state", arguments->state,
        help(Cli::tr("queued, starting, running, stopping, finished, failed, stopped or lost")));
    list->add_option("--name", arguments->name, help(Cli::tr("Part of the name")));
    list->add_option("--limit", arguments->limit, help(Cli::tr("At most so many")))
        ->check(CLI::Range(1, 100000))
        ->capture_default_str();
    list->add_option("--before", arguments->before, help(Cli::tr("Those made before this one")));
    list->callback([&chosen, arguments] {
        chosen = [arguments](Session &session) { return listExperiments(session, *arguments); };
    });

    addForOne(app, "status", Cli::tr("The true state of an experiment"), chosen, showStatus);
    addForOne(app, "delete", Cli::tr("Deletes an ended experiment; its bills stay"), chosen, remove);

    struct StopArguments {
        std::string id;
        std::optional<int> grace;
    };
    struct AbandonArguments {
        std::string id, reason;
    };
    const auto given = std::make_shared<AbandonArguments>();
    auto *up = app.add_subcommand("abandon",
        help(Cli::tr(
            "Settles a run that can never be billed, its record or its workspace gone for good, without a bill")));
    up->add_option("ID", given->id, help(Cli::tr("An id, its beginning, or a name")))->required();
    up->add_option("--reason", given->reason, help(Cli::tr("Why")))->required();
    up->callback([&chosen, given] {
        chosen = [given](Session &session) { return abandon(session, text(given->id), text(given->reason)); };
    });
    const auto stopArguments = std::make_shared<StopArguments>();
    auto *end = app.add_subcommand("stop", help(Cli::tr("Ends an experiment and waits until nothing of it is left")));
    end->add_option("ID", stopArguments->id, help(Cli::tr("An id, its beginning, or a name")))->required();
    constexpr int LongestGrace = 3600;
    end->add_option("--grace", stopArguments->grace, help(Cli::tr("Seconds to end by itself; 0 kills at once")))
        ->check(CLI::Range(0, LongestGrace))
        ->type_name("SECONDS");
    end->callback([&chosen, stopArguments] {
        chosen = [stopArguments](
                     Session &session) { return stop(session, text(stopArguments->id), stopArguments->grace); };
    });
    app.add_subcommand("reconcile", help(Cli::tr("Notices ended runs and settles them")))->callback([&chosen] {
        chosen = reconcile;
    });
}

} // namespace society::cli
