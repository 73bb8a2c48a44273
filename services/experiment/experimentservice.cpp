// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/experiment/experimentservice.h"

#include "services/core/handles.h"
#include "services/core/names.h"
#include "services/experiment/abandon.h"
#include "services/experiment/checks.h"
#include "services/experiment/launcher.h"
#include "services/experiment/observer.h"
#include "services/experiment/rows.h"
#include "services/experiment/settlement.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QDir>
#include <QSet>
#include <QThread>

namespace society::experiment {

namespace {

constexpr unsigned long PollMs = 100;
constexpr int StopSlackMs = 30000; // beyond the grace: the sweep and the last writings

QString tr(const char *text)
{
    return QCoreApplication::translate("Experiment", text);
}

/// A name that was given must be one; where none is, `otherwise` is one already.
Result<QString> nameOr(const QString &name, const QString &otherwise)
{
    if (name.trimmed().isEmpty())
        return otherwise;
    return checkedName(name);
}

Result<Experiment> withTrueCause(const Result<Experiment> &started)
{
    return started ? started : fail(orTooManyFiles(started.error()));
}

/// What a run directory says; false where no keeper has ever written there, so that there is nothing to say.
Result<bool> readFact(const Experiment &experiment, ledger::RunFact &fact)
{
    const auto status = executor::readStatus(experiment.runDirectory);
    if (!status && status.error().code == QLatin1String("file_missing") && !experiment.startedAt.isValid())
        return false;
    if (!status)
        return fail(status.error());
    SOCIETY_ASSIGN(const Record record, readOwnRecord(experiment));
    UsageReader usage(experiment.runDirectory + QStringLiteral("/usage.jsonl"));
    SOCIETY_TRY(readUsage(usage, experiment));
    fact.ended = status->hasEnded();
    if (fact.ended) {
        SOCIETY_ASSIGN(fact.used, usageOf(record, usage.totals(), withWhatWasSeen(*status, experiment)));
    }
    return true;
}

QString unbilledText(const Rows::Unbilled &run)
{
    if (run.reason.isEmpty())
        return tr("“%1” (%2) was settled without a bill: nothing of it was left to be read.")
            .arg(run.name, run.id.text());
    return tr("“%1” (%2) was given up without a bill: %3").arg(run.name, run.id.text(), run.reason);
}

} // namespace

bool Check::canStart() const
{
    return !config::hasErrors(problems);
}

class ExperimentService::Private {
public:
    explicit Private(const Services &given)
        : services(given)
        , checks(services)
        , launcher(services)
        , observer(services)
        , rows(services.database, services.workspace)
    {
    }

    Services services;
    Checks checks;
    Launcher launcher;
    Observer observer;
    Rows rows;

    Result<Experiment> refresh(const ExperimentId &id)
    {
        SOCIETY_ASSIGN(const Experiment known, rows.get(id));
        if (isEnded(known.state) && known.settled)
            return known;
        SOCIETY_ASSIGN(const Observer::Look look, observer.look(known));
        return look.experiment;
    }

    /// refresh(), and what is to be said of it once.
    Result<Experiment> refreshAndTell(const ExperimentId &id, std::optional<Error> &problem)
    {
        SOCIETY_ASSIGN(const Experiment known, rows.get(id));
        if (isEnded(known.state) && known.settled)
            return known;
        SOCIETY_ASSIGN(const Observer::Look look, observer.look(known));
        if (!problem)
            problem = observer.untold(look);
        return look.experiment;
    }

    /// Launches a draft unless a problem forbids it, then tells what is so.
    Result<Experiment> launch(const Draft &draft, const Launcher::Order &order)
    {
        if (const auto error = refusal(draft.problems))
            return fail(*error);
        SOCIETY_ASSIGN(const Experiment started, launcher.launch(draft, order));
        return refresh(started.id);
    }
};

ExperimentService::ExperimentService(const Services &services)
    : d(std::make_unique<Private>(services))
{
}

ExperimentService::~ExperimentService() = default;

Result<Check> ExperimentService::check(const Request &request, bool testEndpoints)
{
    const Result<Draft> draft = d->checks.draft(request, testEndpoints);
    // What is found wrong may be wrong without handles, too.
    if (const Error cause = orTooManyFiles(draft ? Error() : draft.error()); !cause.code.isEmpty())
        return fail(cause);
    Check check;
    check.problems = draft->problems;
    check.hold = draft->hold;
    check.practice = draft->practice;
    check.agentCount = static_cast<int>(draft->merged.population.citizens() + draft->merged.population.institutions());
    check.stepsTotal = draft->stepsTotal;
    return check;
}

Result<Experiment> ExperimentService::start(const Request &request)
{
    SOCIETY_ASSIGN(const QString name, nameOr(request.name, {}));
    const Result<Draft> draft = d->checks.draft(request, true);
    return withTrueCause(draft ? d->launch(*draft, {request.tenant, name, request.seed}) : fail(draft.error()));
}

Result<Experiment> ExperimentService::rerun(const TenantId &tenant, const ExperimentId &id, const Rerun &rerun)
{
    SOCIETY_ASSIGN(const Experiment old, find(tenant, id.text()));
    SOCIETY_ASSIGN(const QString name, nameOr(rerun.name, old.name));
    SOCIETY_ASSIGN(const Record record, readRecord(old.runDirectory));
    const std::optional<Money> cap = rerun.cap         ? rerun.cap
                                     : record.practice ? std::nullopt
                                                       : std::optional(record.hold);
    const Result<Draft> draft = d->checks.draft(record, rerun.changes, cap, true);
    return withTrueCause(
        draft ? d->launch(*draft, {tenant, name, rerun.seed.value_or(record.seed)}) : fail(draft.error()));
}

Result<Experiment> ExperimentService::find(const TenantId &tenant, const QString &reference)
{
    return d->rows.find(tenant, reference);
}

Result<QList<Experiment>> ExperimentService::list(const Query &query)
{
    return d->rows.list(query);
}

Result<Experiment> ExperimentService::refresh(const ExperimentId &id)
{
    return d->refresh(id);
}

Result<Refreshed> ExperimentService::refreshUnfinished(const TenantId &tenant)
{
    Refreshed refreshed;
    SOCIETY_ASSIGN(refreshed.experiments, d->rows.unfinished(tenant));
    for (Experiment &experiment : refreshed.experiments) {
        if (auto now = d->refreshAndTell(experiment.id, refreshed.problem))
            experiment = *now;
        else {
            experiment.outOfReach = now.error().code == QLatin1String("run_unreachable");
            if (!refreshed.problem)
                refreshed.problem = now.error();
        }
    }
    return refreshed;
}

Result<Details> ExperimentService::details(const ExperimentId &id)
{
    SOCIETY_ASSIGN(const Experiment known, d->rows.get(id));
    SOCIETY_ASSIGN(Observer::Look look, d->observer.look(known));
    return Details{look.experiment, look.status, look.usage, look.unsettled, look.logUnread};
}

Result<Experiment> ExperimentService::requestStop(const ExperimentId &id, std::optional<int> graceMs)
{
    SOCIETY_ASSIGN(const Experiment now, d->refresh(id));
    if (isEnded(now.state))
        return now;
    SOCIETY_TRY(d->rows.requireHere(id));
    executor::StopRequest request;
    if (graceMs)
        request.graceMs = *graceMs;
    const auto asked = d->services.executor.requestStop(now.runDirectory, request);
    SOCIETY_ASSIGN(const Experiment then, d->refresh(id));
    if (!asked && !isEnded(then.state)) // it may have ended just now; then that is the answer
        return fail(asked.error());
    return then;
}

Result<Experiment> ExperimentService::stop(const ExperimentId &id, std::optional<int> graceMs)
{
    SOCIETY_ASSIGN(Experiment now, requestStop(id, graceMs));
    if (isEnded(now.state))
        return now;
    qint64 grace = graceMs.value_or(0);
    if (const auto status = executor::readStatus(now.runDirectory); status && status->stop)
        grace = status->stop->graceMs;
    const QDeadlineTimer deadline(grace + StopSlackMs);
    while (!isEnded(now.state)) {
        if (deadline.hasExpired())
            return fail(ErrorKind::TimedOut, "stop_timeout", tr("The run has not ended yet."),
                tr("Kill it: stop it again with a grace of 0 seconds."));
        QThread::msleep(PollMs);
        SOCIETY_ASSIGN(now, d->refresh(id));
    }
    return now;
}

Result<Experiment> ExperimentService::waitForEnd(const ExperimentId &id, int seconds)
{
    const QDeadlineTimer deadline(
        seconds < 0 ? QDeadlineTimer(QDeadlineTimer::Forever) : QDeadlineTimer(static_cast<qint64>(seconds) * 1000));
    while (true) {
        SOCIETY_ASSIGN(const Experiment now, d->refresh(id));
        if (isEnded(now.state))
            return now;
        if (deadline.hasExpired())
            return fail(ErrorKind::TimedOut, "wait_timeout",
                tr("The run has not ended within %1 seconds; it goes on.").arg(seconds),
                tr("Look at its status later, or stop it."));
        QThread::msleep(PollMs);
    }
}

Result<> ExperimentService::remove(const ExperimentId &id)
{
    SOCIETY_TRY(d->rows.requireHere(id));
    SOCIETY_ASSIGN(const Experiment now, d->refresh(id));
    if (isEnded(now.state) && !now.settled) { // what it used is in its folder, and still to be billed
        SOCIETY_ASSIGN(const Details known, details(id));
        if (known.unsettled)
            return fail(*known.unsettled);
    }
    if (!isEnded(now.state) || !now.settled)
        return fail(ErrorKind::Refused, "experiment_unfinished", tr("“%1” has not ended yet.").arg(now.name),
            tr("Stop it first."));
    if (d->services.executor.liveness(now.runDirectory) == executor::Liveness::Alive)
        return fail(ErrorKind::Refused, "experiment_unfinished", tr("“%1” is still being ended.").arg(now.name),
            tr("Try again in a moment."));
    // The folder first: a row without a folder can be removed again, a folder without a row would be found by nobody.
    QDir directory(now.runDirectory);
    if (directory.exists() && !directory.removeRecursively())
        return fail(ErrorKind::Refused, "write_failed", tr("Some files of “%1” could not be removed.").arg(now.name),
            tr("Check that you may write to this folder, then delete it again: %1").arg(now.runDirectory), {},
            now.runDirectory);
    return d->rows.markDeleted(id, d->services.clock.now());
}

Result<std::optional<Removed>> ExperimentService::removed(const TenantId &tenant, const ExperimentId &id)
{
    SOCIETY_ASSIGN(std::optional<Removed> found, d->rows.removed(id));
    return found && found->experiment.tenant == tenant ? found : std::nullopt;
}

Result<Experiment> ExperimentService::abandon(const ExperimentId &id, const QString &reason)
{
    return experiment::abandon(d->services, id, reason);
}

Result<Experiment> ExperimentService::rename(const ExperimentId &id, const QString &name)
{
    SOCIETY_ASSIGN(const QString checked, checkedName(name));
    SOCIETY_TRY(d->rows.rename(id, checked));
    return d->rows.get(id);
}

Result<Experiment> ExperimentService::setNote(const ExperimentId &id, const QString &note)
{
    SOCIETY_TRY(d->rows.setNote(id, note));
    return d->rows.get(id);
}

Result<Reconciled> ExperimentService::reconcile()
{
    Reconciled reconciled;
    SOCIETY_ASSIGN(const QList<Experiment> open, d->rows.unfinished({}));
    std::optional<Error> first;
    for (const Experiment &known : open) {
        const auto now = d->refreshAndTell(known.id, first);
        if (!now) {
            if (!first)
                first = now.error();
            continue;
        }
        if (now->settled && !known.settled)
            reconciled.settled.append(known.id);
        if (now->state == State::Lost && known.state != State::Lost)
            reconciled.lost.append(known.id);
    }
    if (first)
        return fail(*first);
    return reconciled;
}

namespace {

/// Run directories of no experiment that the database knows: it was put back from a copy, or somebody wrote into it.
QList<ledger::RunFact> strayFolders(const Workspace &workspace, const TenantId &tenant, const QList<Experiment> &known)
{
    QSet<ExperimentId> ids;
    for (const Experiment &experiment : known)
        ids.insert(experiment.id);
    const QDir top(workspace.runs());
    const QStringList tenants =
        tenant.isEmpty() ? top.entryList(QDir::Dirs | QDir::NoDotAndDotDot) : QStringList(tenant);
    QList<ledger::RunFact> facts;
    for (const QString &owner : tenants) {
        for (const QString &name : QDir(top.filePath(owner)).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
            const auto id = ExperimentId::parse(name);
            if (id && !ids.contains(*id))
                facts.append({owner, *id, false, {},
                    tr("The folder “%1” is of a run that the database does not know.")
                        .arg(top.filePath(owner + u'/' + name))});
        }
    }
    return facts;
}

} // namespace

Result<QList<ledger::RunFact>> ExperimentService::runFacts(const TenantId &tenant)
{
    SOCIETY_ASSIGN(const QList<Experiment> all, d->rows.all(tenant));
    SOCIETY_ASSIGN(const QList<Rows::Unbilled> unbilledRuns, d->rows.unbilled(tenant));
    QHash<ExperimentId, Rows::Unbilled> unbilled;
    for (const Rows::Unbilled &run : unbilledRuns)
        unbilled.insert(run.id, run);
    QList<ledger::RunFact> facts;
    for (const Experiment &experiment : all) {
        ledger::RunFact fact{experiment.tenant, experiment.id, false, {}, {}};
        if (const auto here = d->rows.requireHere(experiment.id); !here)
            fact.unread =
                tr("“%1” (%2): %3").arg(experiment.name, experiment.id.text(), orTooManyFiles(here.error()).message);
        else if (const auto read = readFact(experiment, fact); !read)
            fact.unread =
                tr("“%1” (%2): %3").arg(experiment.name, experiment.id.text(), orTooManyFiles(read.error()).message);
        else if (!*read)
            continue;
        const Rows::Unbilled given = unbilled.take(experiment.id);
        if (!fact.unread.isEmpty() && !given.id.isNull())
            fact.unread = unbilledText(given);
        facts.append(fact);
    }
    for (const Rows::Unbilled &run : unbilledRuns) // deleted since, or with nothing in a folder to compare
        if (unbilled.contains(run.id))
            facts.append({run.tenant, run.id, false, {}, unbilledText(run)});
    return facts + strayFolders(d->services.workspace, tenant, all);
}

Result<RunSettings> ExperimentService::runSettings()
{
    return loadRunSettings(d->services.database);
}

Result<> ExperimentService::setRunSettings(const RunSettings &settings)
{
    return saveRunSettings(d->services.database, settings);
}

Result<QList<config::Problem>> ExperimentService::testLlm(const TenantId &tenant, const QString &llm)
{
    SOCIETY_ASSIGN(const config::ConfigRow row, d->services.configs.find(tenant, llm, config::Kind::Llm));
    SOCIETY_ASSIGN(const config::StoredConfig stored, d->services.configs.show(tenant, {row.id, 0}));
    SOCIETY_ASSIGN(const QList<config::LlmEntry> entries, config::llmEntries(stored.document));
    return d->checks.llmProblems(Checks::entriesOf(entries, {row.id, row.tenant, row.name, row.version}), true, true);
}

} // namespace society::experiment
