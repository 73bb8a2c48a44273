// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/experiment/observer.h"

#include "services/agentsociety/failure.h"
#include "services/agentsociety/resultdatabase.h"
#include "services/agentsociety/runnerkit.h"
#include "services/core/handles.h"
#include "services/experiment/rows.h"
#include "services/experiment/runsfolder.h"
#include "services/experiment/settlement.h"
#include "services/store/transaction.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>
#include <QLocale>
#include <QThread>

namespace society::experiment {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Experiment", text);
}

/// A start that has come no further than its row within this time was cut short: its program is gone.
constexpr qint64 StartSecondsMax = 60;
/// The runner has ended, so nobody else should hold its database for long.
constexpr int DatabaseTries = 5;

/// What a row that has ended says of its outcome.
executor::Outcome outcomeOf(State state)
{
    switch (state) {
    case State::Finished:
        return executor::Outcome::Finished;
    case State::Stopped:
        return executor::Outcome::Stopped;
    case State::Lost:
        return executor::Outcome::Lost;
    default:
        return executor::Outcome::Failed;
    }
}

/// Whether what was seen of the end stays, whatever is found later. That a run was lost says only that nobody knew
/// more.
bool isFinal(State state)
{
    return isEnded(state) && state != State::Lost;
}

/// The state that a run's own status tells.
State stateOf(const executor::RunStatus &status)
{
    switch (status.outcome) {
    case executor::Outcome::Finished:
        return State::Finished;
    case executor::Outcome::Failed:
        return State::Failed;
    case executor::Outcome::Stopped:
        return State::Stopped;
    case executor::Outcome::Lost:
        return State::Lost;
    case executor::Outcome::None:
        break;
    }
    if (status.stop)
        return State::Stopping;
    const bool running = status.phase == QLatin1String("workflow") || status.phase == QLatin1String("closing") ||
                         status.phase == QLatin1String("ending");
    return running ? State::Running : State::Starting;
}

QString detailOf(const agentsociety::Failure &failure)
{
    if (failure.parameters.isEmpty())
        return {};
    QJsonObject json;
    for (auto it = failure.parameters.begin(); it != failure.parameters.end(); ++it)
        json.insert(it.key(), it.value());
    return QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Compact));
}

/// What the run used and what it cost are facts: settling them fails again however often it is tried, unless only the
/// database was in the way, or a disk.
bool canPass(const Error &error)
{
    return error.kind == ErrorKind::Database || error.code == QLatin1String("disk_full") ||
           error.code == QLatin1String("run_unreachable") || error.code == QLatin1String("run_unreadable");
}

Error unsettledError(const Experiment &experiment, const Error &why)
{
    // What is there, and cannot be read, is not gone: a person may give it up once the file has been moved away.
    const bool isUnread = why.code == QLatin1String("read_failed");
    const bool isThere = isUnread || why.code == QLatin1String("file_too_large") ||
                         why.code == QLatin1String("record_newer") || why.code == QLatin1String("usage_newer");
    const QString next =
        isUnread  ? tr("Nothing was billed, and its hold of %1 stays; the next start of the program tries again. See "
                        "that you may read the file; only where its disk has lost it, move it away and give the bill up.")
        : isThere ? tr("Nothing was billed, and its hold of %1 stays; the next start of the program tries again.")
                  : tr("Nothing was billed, and its hold of %1 stays; the next start of the program tries again. Where "
                       "it can never be mended, give its bill up with a reason: Experiments › Give up its bill…, or "
                       "“society-cli abandon”.");
    return {ErrorKind::Refused, isThere ? UnsettledUnread : QStringLiteral("unsettled"),
        tr("“%1” has ended, but its bill cannot be made: %2").arg(experiment.name, why.message),
        (why.remedy.isEmpty() ? QString() : why.remedy + u' ') + next.arg(experiment.hold.toDisplay(QLocale())),
        why.code + QStringLiteral(": ") + why.detail, experiment.runDirectory};
}

} // namespace

executor::RunStatus withWhatWasSeen(executor::RunStatus status, const Experiment &known)
{
    if (!status.hasStarted())
        status.startedAt = known.startedAt;
    status.runMs = std::max(status.runMs, known.runMs);
    return status;
}

Result<> readUsage(UsageReader &usage, const Experiment &known)
{
    SOCIETY_TRY(usage.update());
    const QString path = known.runDirectory + QStringLiteral("/usage.jsonl");
    if (known.calls == 0 || usage.calls() > 0 || QFile::exists(path))
        return {};
    return fail(ErrorKind::Refused, "usage_missing", tr("Its list of calls is gone."),
        tr("Put back the run's own usage.jsonl."), {}, path);
}

Result<Record> readOwnRecord(const Experiment &experiment)
{
    SOCIETY_ASSIGN(Record record, readRecord(experiment.runDirectory));
    if (!isRecordOf(record, experiment))
        return fail(ErrorKind::Refused, "record_invalid", tr("The record in its folder is not this run's."),
            tr("Put back the run's own record.json."), {}, experiment.runDirectory);
    return record;
}

std::optional<Error> Observer::untold(const Look &look)
{
    const QMutexLocker lock(&m_mutex);
    for (const std::optional<Error> &error : {look.unsettled, look.logUnread}) {
        if (!error || m_told.contains({look.experiment.id, error->code}))
            continue;
        m_told.insert({look.experiment.id, error->code});
        return error;
    }
    return {};
}

Observer::Look Observer::lookOf(const Watch &watch, const Experiment &experiment, const executor::RunStatus &status)
{
    // Another program, or a person, may have settled it since.
    return {
        experiment, status, watch.usage.totals(), experiment.settled ? std::nullopt : watch.unsettled, watch.logUnread};
}

std::shared_ptr<Observer::Watch> Observer::watch(const Experiment &experiment)
{
    const QMutexLocker lock(&m_mutex);
    std::shared_ptr<Watch> &watch = m_watches[experiment.id];
    if (!watch)
        watch = std::make_shared<Watch>(experiment.runDirectory);
    return watch;
}

/// Its status; nothing where no keeper has written one yet.
Result<std::optional<executor::RunStatus>> Observer::statusOf(const Experiment &known)
{
    auto status = executor::readStatus(known.runDirectory);
    if (!status) {
        if (status.error().code == QLatin1String("file_missing"))
            return std::nullopt;
        return fail(status.error());
    }
    if (status->hasEnded() || m_services.executor.liveness(known.runDirectory) == executor::Liveness::Alive)
        return std::move(*status);
    // The keeper may have written the end between the two looks.
    SOCIETY_ASSIGN(executor::RunStatus again, executor::readStatus(known.runDirectory));
    if (again.hasEnded())
        return again;
    SOCIETY_ASSIGN(executor::RunStatus lost, m_services.executor.markLost(known.runDirectory, m_services.clock.now()));
    return lost;
}

/// Of a run that has ended, why its calls are not known stays with the watch: its end can be written all the same.
Result<> Observer::readCalls(Watch &watch, const Experiment &known, const executor::RunStatus &status)
{
    const auto read = readUsage(watch.usage, known);
    watch.usageUnread = read ? std::nullopt : std::optional(read.error());
    // Handles may be free again in a moment: a run is not said to have ended without its bill for them.
    return read || (status.hasEnded() && !areHandlesUsedUp()) ? Result<>() : read;
}

Result<> Observer::follow(Watch &watch, Experiment &experiment, const executor::RunStatus &status)
{
    if (!watch.record) {
        auto record = readRecord(experiment.runDirectory);
        // A run that has ended must not stay open for ever because its record was lost: see settle().
        if (!record && !status.hasEnded())
            return fail(record.error());
        watch.record = std::move(record).value_or(Record());
    }
    SOCIETY_TRY(readCalls(watch, experiment, status));
    auto progress = agentsociety::readProgress(experiment.runDirectory + QStringLiteral("/log.txt"), watch.progress);
    watch.logUnread = progress ? std::nullopt : std::optional(progress.error());
    if (progress)
        watch.progress = *std::move(progress);
    if (!isFinal(experiment.state)) {
        experiment.state = stateOf(status);
        experiment.phase = status.phase;
        experiment.startedAt = status.startedAt;
        experiment.endedAt = status.endedAt;
        experiment.exitCode = status.exitCode;
        experiment.signal = status.signal;
        experiment.reasonCode = status.reasonCode;
        experiment.reason = status.reason;
    }
    experiment.runMs = status.runMs;
    if (!watch.usageUnread) {
        experiment.calls = watch.usage.calls();
        experiment.tokensIn = watch.usage.tokensIn();
        experiment.tokensOut = watch.usage.tokensOut();
    }
    experiment.day = std::max(0, watch.progress.day);
    experiment.secondOfDay = watch.progress.secondOfDay;
    experiment.step = watch.progress.step + 1;
    // What it cost so far stays as it was last seen where nothing tells it any more.
    if (watch.usageUnread || !isRecordOf(*watch.record, experiment))
        return {};
    if (const auto used = usageOf(*watch.record, watch.usage.totals(), status))
        experiment.cost = costOf(*used).value_or(experiment.cost);
    return {};
}

/// AgentSociety's own error tells more than an exit code; read now that nobody writes the database any more.
void Observer::refine(Experiment &experiment, const executor::RunStatus &status, const Watch &watch)
{
    if (status.outcome != executor::Outcome::Failed)
        return;
    agentsociety::RunEnd end;
    end.exitCode = status.exitCode;
    end.signal = status.signal;
    end.keeperCode = status.reasonCode;
    end.keeperDetail = status.reason;
    end.lastError = status.lastError;
    end.phase = watch.progress.errorPhase.isEmpty() ? watch.progress.phase : watch.progress.errorPhase;
    const agentsociety::ResultDatabase database(
        experiment.runDirectory + QStringLiteral("/home"), experiment.id, experiment.tenant);
    for (int tries = 0; tries < DatabaseTries; ++tries) {
        const auto row = database.experiment();
        if (row) {
            end.databaseError = row->error;
            end.databaseStatus = row->status;
        } else if (row.error().code == QLatin1String("results_busy")) {
            QThread::msleep(100);
            continue;
        }
        break;
    }
    const agentsociety::Failure failure = agentsociety::explain(end);
    experiment.reasonCode = failure.code;
    experiment.reason = detailOf(failure);
}

Result<> Observer::settle(Watch &watch, Experiment &experiment, const executor::RunStatus &status)
{
    // Without its record nothing is known of prices, nor of what is free. What was used is not given away for that: it
    // waits until the record is there again. Only of a run without a folder, or that never ran, nothing can be billed.
    const bool wasUsed =
        status.hasStarted() || status.runMs > 0 || watch.usage.calls() > 0; // its status may be damaged
    bool known = isRecordOf(*watch.record, experiment);
    if (!known && wasUsed && !experiment.practice) {
        SOCIETY_ASSIGN(const bool removed, isRemoved(experiment));
        if (!removed) {
            SOCIETY_ASSIGN(watch.record, readOwnRecord(experiment));
            known = true;
        }
    }
    ledger::Settlement settlement{experiment.tenant, experiment.id, {}};
    if (known) {
        if (watch.usageUnread)
            return fail(*watch.usageUnread);
        SOCIETY_ASSIGN(
            settlement.items, usageOf(*watch.record, watch.usage.totals(), status, watch.usage.unreadLines()));
    }
    Rows rows(m_services.database, m_services.workspace);
    SOCIETY_ASSIGN(auto transaction, store::Transaction::begin(m_services.database));
    SOCIETY_ASSIGN(const ledger::Settled settled, m_services.ledger.settle(settlement));
    experiment.cost = settled.total.negated();
    experiment.settled = true;
    SOCIETY_TRY(rows.settle(experiment));
    return transaction.commit();
}

/// Writes down the end: with its bill, or, where that can never be made, by itself.
Result<> Observer::close(Watch &watch, Experiment &experiment, const executor::RunStatus &status)
{
    Experiment settled = experiment;
    auto done = settle(watch, settled, status);
    if (done) {
        experiment = settled;
        return {};
    }
    if (canPass(done.error()))
        return done;
    SOCIETY_TRY(Rows(m_services.database, m_services.workspace).update(experiment));
    watch.unsettled = unsettledError(experiment, done.error());
    return {};
}

Result<Observer::Look> Observer::endWithoutStatus(Watch &watch, Experiment experiment, State state, const char *code)
{
    if (!isEnded(experiment.state)) { // else what was seen of its end stays
        experiment.state = state;
        experiment.reasonCode = QString::fromLatin1(code);
        experiment.endedAt = m_services.clock.now();
    }
    executor::RunStatus status;
    status.outcome = outcomeOf(experiment.state);
    status.startedAt = experiment.startedAt;
    status.runMs = experiment.runMs; // as it was last seen
    if (!watch.record)               // nothing is known of it, so nothing but the hold's release can be settled
        watch.record = readRecord(experiment.runDirectory).value_or(Record());
    SOCIETY_TRY(readCalls(watch, experiment, status));
    SOCIETY_TRY(close(watch, experiment, status));
    return lookOf(watch, experiment, status);
}

/// A start that was cut short, or is very slow: whoever is first to take its run directory decides which.
Result<Observer::Look> Observer::bar(Watch &watch, const Experiment &known)
{
    // The folder above it is made before its row: away now, the run may have been well under way in it.
    SOCIETY_TRY(isRemoved(known));
    SOCIETY_TRY(makeRunDirectory(known));
    const auto barred =
        m_services.executor.markNeverStarted(known.runDirectory, known.id.text(), m_services.clock.now());
    if (barred && barred->reasonCode == QLatin1String("never_started"))
        return endWithoutStatus(watch, known, State::Failed, "never_started");
    if (barred || barred.error().code == QLatin1String("run_alive"))
        return lookOf(watch, known, {}); // a keeper has it after all: the next look reads what it says
    return fail(barred.error());
}

Result<Observer::Look> Observer::look(const Experiment &known)
{
    const std::shared_ptr<Watch> watch = this->watch(known);
    const QMutexLocker lock(&watch->mutex);
    auto result = look(*watch, known);
    if (result && isEnded(result->experiment.state) && !result->unsettled) {
        const QMutexLocker all(&m_mutex);
        m_watches.remove(known.id);
    }
    return result;
}

Result<Observer::Look> Observer::look(Watch &watch, const Experiment &known)
{
    SOCIETY_ASSIGN(const bool elsewhere, Rows(m_services.database, m_services.workspace).isElsewhere(known.id));
    if (elsewhere)
        return lookOf(watch, known, {}); // the row is all that can be known of it here
    Experiment experiment = known;
    auto found = statusOf(known);
    const bool unreadable = !found && (found.error().code == QLatin1String("json_invalid") ||
                                          found.error().code == QLatin1String("status_invalid"));
    if (!found && !unreadable)
        return fail(found.error());
    const bool open = !isEnded(known.state) || (!known.settled && !watch.unsettled);
    if (unreadable || !*found) {
        if (!open)
            return lookOf(watch, experiment, {});
        // Its keeper was seen, if only for a moment: then it is not a start that was cut short.
        const bool wasKept = known.startedAt.isValid() || !known.phase.isEmpty();
        const bool isOld = known.createdAt.secsTo(m_services.clock.now()) > StartSecondsMax;
        if (wasKept) {
            SOCIETY_ASSIGN(const bool removed, isRemoved(known));
            if (removed)
                return endWithoutStatus(watch, experiment, State::Lost, "run_directory_missing");
        }
        const bool isLost = unreadable || (wasKept && isOld); // a start that has a past was not cut short
        if (isLost && m_services.executor.liveness(known.runDirectory) != executor::Liveness::Alive)
            return endWithoutStatus(watch, experiment, State::Lost, "status_unreadable");
        if (!isLost && isOld)
            return bar(watch, experiment);
        return lookOf(watch, experiment, {});
    }
    const executor::RunStatus status = withWhatWasSeen(std::move(**found), known);
    if (!open) { // its row is final: only what the row does not hold is wanted
        if (auto read = watch.usage.update(); !read && !watch.usageUnread)
            return fail(read.error());
        return lookOf(watch, known, status);
    }
    SOCIETY_TRY(follow(watch, experiment, status));
    if (status.hasEnded()) {
        if (!isFinal(known.state))
            refine(experiment, status, watch);
        SOCIETY_TRY(close(watch, experiment, status));
        // Where it cannot be kept (disk full), the next run downloads it again: no reason to leave this one unsettled.
        (void)agentsociety::RunnerKit(m_services.workspace)
            .keepDownloads(experiment.runDirectory + QStringLiteral("/home"));
    } else if (experiment != known) {
        SOCIETY_TRY(Rows(m_services.database, m_services.workspace).update(experiment));
    }
    return lookOf(watch, experiment, status);
}

} // namespace society::experiment
