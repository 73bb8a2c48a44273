// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/experimenttext.h"
#include "app/cli/jsonvalues.h"
#include "app/cli/keys.h"
#include "app/cli/verbs.h"
#include "app/cli/words.h"
#include "models/experimentlistmodel.h"
#include "services/ledger/ledger.h"

#include <CLI/CLI.hpp>
#include <QDeadlineTimer>
#include <QLocale>

namespace society::cli {

namespace {

using experiment::Experiment;

constexpr int ForEver = -1;

/// What `run` and `rerun` have in common.
struct StartArguments {
    std::string name, cap;
    std::optional<quint32> seed;
    std::string wait; ///< empty: not asked for; "true": as long as it takes; else seconds
};

struct RunArguments : StartArguments {
    std::string file, llm, agents, map, workflow;
};

struct RerunArguments : StartArguments {
    std::string id;
    std::vector<std::string> changes;
};

Result<std::optional<Money>> capOf(const StartArguments &arguments)
{
    if (arguments.cap.empty())
        return std::optional<Money>();
    SOCIETY_ASSIGN(const Money cap, Money::parse(text(arguments.cap)));
    if (cap.isNegative())
        return fail(ErrorKind::Usage, "amount_negative", Cli::tr("The cap is negative."),
            Cli::tr("Give an amount of 0 or more."));
    return std::optional(cap);
}

/// How many seconds to wait, ForEver, or nothing where that was not asked for.
Result<std::optional<int>> waitOf(const StartArguments &arguments)
{
    if (arguments.wait.empty())
        return std::optional<int>();
    if (arguments.wait == "true")
        return std::optional(ForEver);
    bool isNumber = false;
    const int seconds = text(arguments.wait).toInt(&isNumber);
    if (!isNumber || seconds < 0)
        return fail(ErrorKind::Usage, "usage", Cli::tr("“%1” is no number of seconds").arg(text(arguments.wait)),
            Cli::tr("Write --wait or --wait=60"));
    return std::optional(seconds);
}

/// Waits in short turns, so that a person who watches sees where the run is. Error: `wait_timeout`.
Result<Experiment> wait(Session &session, const ExperimentId &id, int seconds)
{
    const QDeadlineTimer deadline =
        seconds == ForEver ? QDeadlineTimer(QDeadlineTimer::Forever) : QDeadlineTimer(std::chrono::seconds(seconds));
    for (;;) {
        constexpr qint64 MillisecondsPerSecond = 1000;
        const bool isLastTurn = !deadline.isForever() && deadline.remainingTime() <= MillisecondsPerSecond;
        auto ended = session.experiments().waitForEnd(
            id, isLastTurn
                    ? static_cast<int>((deadline.remainingTime() + MillisecondsPerSecond - 1) / MillisecondsPerSecond)
                    : 1);
        if (ended || ended.error().kind != ErrorKind::TimedOut)
            return ended;
        if (isLastTurn) // it knows of the last turn only
            return fail(ErrorKind::TimedOut, "wait_timeout",
                Cli::tr("The run has not ended within %n second(s); it goes on", nullptr, seconds),
                Cli::tr("Look at its status later, or stop it"));
        if (!isWatched())
            continue;
        SOCIETY_ASSIGN(const Experiment now, session.experiments().refresh(id));
        QString line = stateWithPractice(now);
        if (const QString progress = models::progressText(now); !progress.isEmpty())
            line += QStringLiteral("  ") + progress;
        session.out.progress(line);
    }
}

QJsonObject runObject(const Experiment &experiment)
{
    return experimentObject(experiment); // more than id, state, seed and hold, which are in it
}

/// What came out, for people: the figures somebody who has just run something looks for.
Result<> showEnd(Session &session, const Experiment &experiment)
{
    SOCIETY_ASSIGN(const experiment::Details details, session.experiments().details(experiment.id));
    QList<std::pair<QString, QString>> fields = statusFields(details);
    SOCIETY_ASSIGN(const ledger::Account account, session.ledger().account(session.tenant()));
    fields.append({Cli::tr("Balance"), account.balance.toDisplay(QLocale())});
    session.out.fields(fields);
    return {};
}

/// Tells of an experiment that was started, waits where that was asked for, and gives the exit code.
Result<int> follow(Session &session, Experiment experiment, std::optional<int> seconds)
{
    if (!seconds) {
        session.out.document(runObject(experiment));
        session.out.fields({{Cli::tr("Experiment"), experiment.name}, {Cli::tr("Id"), experiment.id.text()},
            {Cli::tr("State"), stateWithPractice(experiment)}, {Cli::tr("Seed"), QString::number(experiment.seed)},
            {Cli::tr("Set aside"), experiment.hold.toDisplay(QLocale())},
            {Cli::tr("Folder"), experiment.runDirectory}});
        return 0;
    }
    const Result<Experiment> ended = wait(session, experiment.id, *seconds);
    if (ended)
        experiment = *ended;
    else if (auto now = session.experiments().refresh(experiment.id))
        experiment = *now;
    // Once there is an experiment, it is the document, whatever came of it.
    session.out.document(runObject(experiment));
    if (!ended) {
        session.out.error(ended.error());
        return exitCode(ended.error().kind);
    }
    SOCIETY_TRY(showEnd(session, experiment));
    return experiment.state == experiment::State::Finished ? 0 : 1;
}

/// Imports a run file and puts what it made in the places that no option names.
Result<> importRun(Session &session, const QString &file, experiment::Request &request)
{
    config::ImportOptions options;
    options.tenant = session.tenant();
    options.storeSecret = keyKeeper(session, session.tenant());
    SOCIETY_ASSIGN(const config::ImportReport report, session.configs().importFiles({file}, options));
    for (const config::Problem &note : report.notes)
        session.out.remark(note.path + QStringLiteral(": ") + note.message, note.remedy);
    for (const config::Imported &made : report.made) {
        QString *place = made.kind == config::Kind::Llm        ? &request.llm
                         : made.kind == config::Kind::Agents   ? &request.agents
                         : made.kind == config::Kind::Map      ? &request.map
                         : made.kind == config::Kind::Workflow ? &request.workflow
                                                               : nullptr;
        if (place != nullptr && place->isEmpty())
            *place = made.id.text();
    }
    return {};
}

Result<> requireAllParts(const experiment::Request &request)
{
    const std::pair<const char *, const QString &> parts[] = {
        {"--llm", request.llm}, {"--agents", request.agents}, {"--map", request.map}, {"--workflow", request.workflow}};
    for (const auto &[option, value] : parts)
        if (value.isEmpty())
            return fail(ErrorKind::Usage, "usage", Cli::tr("%1 is missing").arg(QString::fromLatin1(option)),
                Cli::tr("Name a configuration; “society-cli config list” shows them"));
    return {};
}

Result<int> run(Session &session, const RunArguments &arguments)
{
    experiment::Request request;
    request.llm = text(arguments.llm);
    request.agents = text(arguments.agents);
    request.map = text(arguments.map);
    request.workflow = text(arguments.workflow);
    request.name = text(arguments.name);
    request.seed = arguments.seed;
    if (arguments.file.empty())
        SOCIETY_TRY(requireAllParts(request));
    SOCIETY_ASSIGN(request.cap, capOf(arguments));
    SOCIETY_ASSIGN(const std::optional<int> seconds, waitOf(arguments));
    SOCIETY_TRY(session.open());
    request.tenant = session.tenant();
    if (!arguments.file.empty()) {
        SOCIETY_TRY(importRun(session, text(arguments.file), request));
        SOCIETY_TRY(requireAllParts(request));
    }
    SOCIETY_TRY(askForMissingKeys(session, request.llm));
    SOCIETY_ASSIGN(const Experiment experiment, session.experiments().start(request));
    return follow(session, experiment, seconds);
}

/// `PATH=VALUE`; what the value is, JSON or a text, the service sees.
Result<std::pair<QString, QString>> changeOf(const std::string &argument)
{
    const QString whole = text(argument);
    const qsizetype equals = whole.indexOf(u'=');
    if (equals < 1)
        return fail(ErrorKind::Usage, "usage", Cli::tr("“%1” is not PATH=VALUE").arg(whole),
            Cli::tr("Write for instance exp.workflow.0.days=2"));
    return std::pair(whole.left(equals), whole.mid(equals + 1));
}

Result<int> rerun(Session &session, const RerunArguments &arguments)
{
    experiment::ExperimentService::Rerun request;
    request.name = text(arguments.name);
    request.seed = arguments.seed;
    SOCIETY_ASSIGN(request.cap, capOf(arguments));
    SOCIETY_ASSIGN(const std::optional<int> seconds, waitOf(arguments));
    for (const std::string &change : arguments.changes) {
        SOCIETY_ASSIGN(const auto pair, changeOf(change));
        request.changes.append(pair);
    }
    SOCIETY_TRY(session.open());
    SOCIETY_ASSIGN(const Experiment old, session.experiments().find(session.tenant(), text(arguments.id)));
    SOCIETY_ASSIGN(const Experiment experiment, session.experiments().rerun(session.tenant(), old.id, request));
    return follow(session, experiment, seconds);
}

void addStartOptions(CLI::App &verb, StartArguments &arguments)
{
    verb.add_option("--name", arguments.name, help(Cli::tr("The experiment's name")));
    verb.add_option("--cap", arguments.cap, help(Cli::tr("Set so much aside, in yuan")))->type_name("AMOUNT");
    verb.add_option("--seed", arguments.seed, help(Cli::tr("0 to 4294967295; else random")))->type_name("N");
    // A flag, so that a value is taken only after `=`: `run --wait FILE` has a file.
    verb.add_flag("--wait", arguments.wait, help(Cli::tr("Wait for the end; with =SECONDS, no longer than that")))
        ->option_text("[=SECONDS]");
}

} // namespace

void addRunVerbs(CLI::App &app, Action &chosen)
{
    auto *start = app.add_subcommand("run", help(Cli::tr("Starts an experiment from configurations or a run file")));
    const auto arguments = std::make_shared<RunArguments>();
    start->add_option(
        "FILE", arguments->file, help(Cli::tr("A run file of AgentSociety (JSON or YAML): its parts are imported")));
    start->add_option("--llm", arguments->llm, help(Cli::tr("A configuration of language models")))->type_name("REF");
    start->add_option("--agents", arguments->agents, help(Cli::tr("A configuration of agents")))->type_name("REF");
    start->add_option("--map", arguments->map, help(Cli::tr("A configuration of a map")))->type_name("REF");
    start->add_option("--workflow", arguments->workflow, help(Cli::tr("A configuration of a workflow")))
        ->type_name("REF");
    addStartOptions(*start, *arguments);
    start->callback(
        [&chosen, arguments] { chosen = [arguments](Session &session) { return run(session, *arguments); }; });

    auto *again = app.add_subcommand("rerun", help(Cli::tr("Runs an experiment again, changed where said")));
    const auto repeated = std::make_shared<RerunArguments>();
    again->add_option("ID", repeated->id, help(Cli::tr("An id, its beginning, or a name")))->required();
    again->add_option("--set", repeated->changes, help(Cli::tr("Changes a value, such as exp.workflow.0.days=2")))
        ->type_name("PATH=VALUE")
        ->allow_extra_args(false);
    addStartOptions(*again, *repeated);
    again->callback(
        [&chosen, repeated] { chosen = [repeated](Session &session) { return rerun(session, *repeated); }; });
}

} // namespace society::cli
