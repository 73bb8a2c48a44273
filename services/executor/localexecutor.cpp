// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/executor/localexecutor.h"

#include "services/core/clock.h"
#include "services/core/files.h"
#include "services/core/workspace.h"
#include "services/executor/childinput.h"
#include "services/executor/runlock.h"
#include "services/executor/sweep.h"
#include "services/executor/waitingkeeper.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonDocument>
#include <QProcess>
#include <QScopeGuard>
#include <QThread>

#include <memory>

namespace society::executor {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Executor", text);
}

Result<> writeStop(const QString &runDirectory, const StopRequest &request)
{
    QJsonObject stop{{QStringLiteral("schema"), 1}, {QStringLiteral("reason"), request.reason},
        {QStringLiteral("at"), toIso(SystemClock().now())}};
    if (request.graceMs)
        stop.insert(QStringLiteral("grace_ms"), *request.graceMs);
    return writeFileAtomically(runDirectory + QStringLiteral("/stop.json"), QJsonDocument(stop).toJson());
}

tl::unexpected<Error> alive(const QString &runDirectory)
{
    return fail(ErrorKind::Refused, "run_alive", tr("This run is still being kept by its keeper."),
        tr("Stop it first."), {}, runDirectory);
}

tl::unexpected<Error> notAnswered(const QString &runDirectory, const QString &detail)
{
    return fail(ErrorKind::Refused, "keeper_start", tr("The run's keeper did not start."),
        tr("Look into keeper.log in the folder of the run, and start again."), detail, runDirectory);
}

/// The keeper's `error CODE WORDS` as an Error.
tl::unexpected<Error> refusal(const QString &runDirectory, const QString &line)
{
    const QString code = line.section(u' ', 1, 1);
    const QString words = line.section(u' ', 2);
    if (code == QLatin1String("locked"))
        return fail(ErrorKind::Refused, "run_locked", tr("Another keeper holds this run."),
            tr("Wait until it has ended."), words, runDirectory);
    if (code == QLatin1String("ended"))
        return fail(ErrorKind::Refused, "run_ended", tr("This run has already been started once."),
            tr("Start the experiment anew."), words, runDirectory);
    if (code == QLatin1String("launch"))
        return fail(ErrorKind::Refused, "launch_invalid", tr("The keeper cannot use what it was given: %1").arg(words),
            tr("Start the experiment anew."), words, runDirectory);
    if (code == QLatin1String("io"))
        return fail(ErrorKind::Refused, "keeper_io",
            tr("The keeper cannot work in the folder of the run: %1").arg(words),
            tr("Check that the folder may be written to and that the disk has space."), words, runDirectory);
    return notAnswered(runDirectory, line);
}

/// What the line means that a keeper prints; `otherwise`: what is known besides.
Result<> outcome(const QString &runDirectory, const QString &line, const QString &otherwise = {})
{
    if (line == QLatin1String("ready"))
        return {};
    if (line.startsWith(QLatin1String("error ")))
        return refusal(runDirectory, line);
    return notAnswered(runDirectory, line + otherwise);
}

/// It may yet come up: it then finds that it is to stop, and starts nothing.
tl::unexpected<Error> late(const QString &runDirectory, std::chrono::milliseconds deadline)
{
    (void)writeStop(runDirectory, {QStringLiteral("user"), 0});
    return notAnswered(runDirectory, QStringLiteral("no answer within %1 ms").arg(deadline.count()));
}

/// Takes the lock; others look at it for an instant at times.
bool takeLock(const QString &runDirectory, std::unique_ptr<RunLock> &lock)
{
    constexpr int tries = 20;
    for (int i = 0; i < tries; ++i) {
        lock = std::make_unique<RunLock>(runDirectory, RunLock::Kind::Exclusive);
        if (lock->isHeld() || !lock->isTaken())
            return lock->isHeld();
        QThread::msleep(20);
    }
    return false;
}

/// The lock of a run that no keeper holds.
Result<std::unique_ptr<RunLock>> holdRun(const QString &runDirectory)
{
    std::unique_ptr<RunLock> lock;
    if (takeLock(runDirectory, lock))
        return lock;
    if (lock->isTaken())
        return alive(runDirectory);
    return fail(ErrorKind::Refused, "write_failed", tr("The folder of the run cannot be written to."),
        tr("Check that the folder exists and may be written to."), {}, runDirectory);
}

Result<> writeStatus(const QString &runDirectory, const RunStatus &status)
{
    return writeFileAtomically(runDirectory + QStringLiteral("/status.json"), QJsonDocument(status.toJson()).toJson());
}

} // namespace

LocalExecutor::LocalExecutor(QString keeperProgram, std::chrono::milliseconds deadline)
    : m_keeperProgram(std::move(keeperProgram))
    , m_deadline(deadline)
{
}

LocalExecutor::~LocalExecutor() = default;

Result<QString> LocalExecutor::program() const
{
    return m_keeperProgram.isEmpty() ? findProgram(QStringLiteral("society-keeper")) : m_keeperProgram;
}

void LocalExecutor::prepare()
{
    const auto hasOne = [this] {
        const std::scoped_lock lock(m_mutex);
        return m_waiting != nullptr;
    };
    const auto keeper = program();
    if (!keeper || hasOne())
        return;
    auto waiting =
        WaitingKeeper::start(*keeper, QDeadlineTimer(m_deadline)); // not under the lock: a start must not wait for it
    const std::scoped_lock lock(m_mutex);
    if (!m_waiting)
        m_waiting = std::move(waiting);
}

Result<> LocalExecutor::start(const QString &runDirectory, const QByteArray &secretsJson)
{
    std::unique_ptr<WaitingKeeper> waiting;
    {
        const std::scoped_lock lock(m_mutex);
        waiting = std::move(m_waiting);
    }
    const auto tell = qScopeGuard([this] {
        if (m_started)
            m_started();
    });
    if (!waiting)
        return startAnew(runDirectory, secretsJson);
    QString answer;
    switch (waiting->own(QFileInfo(runDirectory).absoluteFilePath(), secretsJson, QDeadlineTimer(m_deadline), answer)) {
    case WaitingKeeper::Reply::Said:
        return outcome(runDirectory, answer);
    case WaitingKeeper::Reply::Late:
        return late(runDirectory, m_deadline);
    case WaitingKeeper::Reply::Gone:
        break;
    }
    return startAnew(runDirectory, secretsJson);
}

Result<> LocalExecutor::startAnew(const QString &runDirectory, const QByteArray &secretsJson)
{
    SOCIETY_ASSIGN(const QString program, this->program());
    // Not startDetached(): the keeper detaches itself, and says first whether it could take the run.
    QProcess process;
    ChildInput input(process);
    process.start(program, {QFileInfo(runDirectory).absoluteFilePath()});
    const int deadline = static_cast<int>(m_deadline.count());
    if (!process.waitForStarted(deadline))
        return notAnswered(runDirectory, process.errorString());
    (void)input.write({secretsJson}, QDeadlineTimer(m_deadline)); // what it did not read, its own answer tells
    if (!process.waitForFinished(deadline)) {
        auto error = late(runDirectory, m_deadline);
        process.kill();
        process.waitForFinished(1000);
        return error;
    }
    const QString answer = QString::fromUtf8(process.readAllStandardOutput()).trimmed();
    return outcome(runDirectory, answer, QString::fromUtf8(process.readAllStandardError()));
}

Result<> LocalExecutor::requestStop(const QString &runDirectory, const StopRequest &request)
{
    const auto status = readStatus(runDirectory);
    if (status && status->hasEnded())
        return fail(ErrorKind::Refused, "run_ended", tr("This run has already ended."),
            tr("Look at its state: there is nothing left to stop."), {}, runDirectory);
    if (liveness(runDirectory) == Liveness::Gone || !QFileInfo(runDirectory).isDir())
        return fail(ErrorKind::Refused, "run_not_running", tr("This run is not running."),
            tr("Look at its state in a moment; if it runs then, stop it again."), {}, runDirectory);
    return writeStop(runDirectory, request);
}

Liveness LocalExecutor::liveness(const QString &runDirectory) const
{
    if (RunLock(runDirectory, RunLock::Kind::Shared).isTaken())
        return Liveness::Alive;
    return hasStatus(runDirectory) ? Liveness::Gone : Liveness::NeverStarted;
}

Result<> LocalExecutor::sweep(const QString &runDirectory, const RunStatus &status)
{
    if (liveness(runDirectory) == Liveness::Alive)
        return alive(runDirectory);
    return sweepProcesses(runDirectory, status);
}

Result<RunStatus> LocalExecutor::markLost(const QString &runDirectory, const QDateTime &now)
{
    if (liveness(runDirectory) == Liveness::Alive)
        return alive(runDirectory);
    SOCIETY_TRY(readStatus(runDirectory)); // before the lock's file is made
    SOCIETY_ASSIGN(const auto lock, holdRun(runDirectory));
    SOCIETY_ASSIGN(RunStatus status, readStatus(runDirectory)); // again: another may have been faster
    if (status.hasEnded())
        return status;
    SOCIETY_TRY(sweepProcesses(runDirectory, status));
    removeFolders(runDirectory);
    status.outcome = Outcome::Lost;
    status.reasonCode =
        status.bootId == currentBootId() ? QStringLiteral("lost_keeper") : QStringLiteral("lost_reboot");
    if (!status.endedAt.isValid()) // else its keeper has seen the runner's end
        status.endedAt = status.heartbeatAt;
    status.phase = QStringLiteral("ended");
    status.phases.append({status.phase, now});
    SOCIETY_TRY(writeStatus(runDirectory, status));
    return status;
}

Result<RunStatus> LocalExecutor::markNeverStarted(const QString &runDirectory, const QString &id, const QDateTime &now)
{
    SOCIETY_ASSIGN(const auto lock, holdRun(runDirectory));
    auto there = readStatus(runDirectory);
    if (there || there.error().code != QLatin1String("file_missing"))
        return there;
    RunStatus status;
    status.id = id;
    status.phase = QStringLiteral("ended");
    status.outcome = Outcome::Failed;
    status.reasonCode = QStringLiteral("never_started");
    status.bootId = currentBootId();
    status.createdAt = status.endedAt = status.heartbeatAt = now;
    status.phases = {{status.phase, now}};
    SOCIETY_TRY(writeStatus(runDirectory, status));
    return status;
}

} // namespace society::executor
