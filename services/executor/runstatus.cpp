// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/executor/runstatus.h"

#include "services/core/clock.h"
#include "services/core/files.h"
#include "services/executor/fields.h"

#include <QCoreApplication>
#include <QFile>

namespace society::executor {

namespace {

constexpr qint64 longestStatus = 4 << 20;

QString tr(const char *text)
{
    return QCoreApplication::translate("RunStatus", text);
}

QString pathOf(const QString &runDirectory)
{
    return runDirectory + QStringLiteral("/status.json");
}

/// Whether the machine lost its power before the first status was on the disk: the file has its name then and nothing,
/// or zeros, in it. Every later one is on the disk before it has the name.
bool isBlank(const QString &path)
{
    QFile file(path);
    char first = 0;
    return file.open(QIODevice::ReadOnly) && (file.read(&first, 1) == 0 || first == 0);
}

QString timeToJson(const QDateTime &time)
{
    return time.isValid() ? toIso(time) : QString();
}

QDateTime readTime(const Fields &fields, const char *name)
{
    const QString text = fields.text(name);
    QDateTime time = fromIso(text);
    if (!text.isEmpty() && !time.isValid())
        fields.refuse(name);
    return time;
}

ProcessId readProcess(const Fields &fields)
{
    return {fields.number("pid", 0), fields.number("start_ticks", 0)};
}

QJsonObject processToJson(const ProcessId &process)
{
    return {{QStringLiteral("pid"), qint64(process.pid)}, {QStringLiteral("start_ticks"), qint64(process.startTicks)}};
}

QJsonValue optionalToJson(const std::optional<int> &number)
{
    return number ? QJsonValue(*number) : QJsonValue();
}

void readLists(const Fields &root, RunStatus &status)
{
    for (const Fields &fields : root.objects("companions"))
        status.companions.append(
            {fields.text("name"), readProcess(fields), static_cast<int>(fields.number("port", 0))});
    for (const Fields &fields : root.objects("phases"))
        status.phases.append({fields.text("name"), readTime(fields, "at")});
    for (const Fields &fields : root.objects("warnings")) {
        status.warnings.append(
            {fields.text("code"), readTime(fields, "at"), readTime(fields, "until"), fields.text("detail")});
    }
    const Fields stop = root.object("stop");
    if (!stop.isEmpty()) {
        status.stop = RunStatus::Stop{
            readTime(stop, "requested_at"), stop.text("reason"), stop.number("grace_ms", 0), readTime(stop, "kill_at")};
    }
}

QJsonArray companionsToJson(const QList<RunStatus::Companion> &companions)
{
    QJsonArray array;
    for (const RunStatus::Companion &companion : companions) {
        QJsonObject object = processToJson(companion.process);
        object.insert(QStringLiteral("name"), companion.name);
        object.insert(QStringLiteral("port"), companion.port);
        array.append(object);
    }
    return array;
}

QJsonArray phasesToJson(const QList<RunStatus::Phase> &phases)
{
    QJsonArray array;
    for (const RunStatus::Phase &phase : phases)
        array.append(QJsonObject{{QStringLiteral("name"), phase.name}, {QStringLiteral("at"), timeToJson(phase.at)}});
    return array;
}

QJsonArray warningsToJson(const QList<RunStatus::Warning> &warnings)
{
    QJsonArray array;
    for (const RunStatus::Warning &warning : warnings) {
        array.append(QJsonObject{{QStringLiteral("code"), warning.code}, {QStringLiteral("at"), timeToJson(warning.at)},
            {QStringLiteral("until"), timeToJson(warning.until)}, {QStringLiteral("detail"), warning.detail}});
    }
    return array;
}

QJsonValue stopToJson(const std::optional<RunStatus::Stop> &stop)
{
    if (!stop)
        return {};
    return QJsonObject{{QStringLiteral("requested_at"), timeToJson(stop->requestedAt)},
        {QStringLiteral("reason"), stop->reason}, {QStringLiteral("grace_ms"), stop->graceMs},
        {QStringLiteral("kill_at"), timeToJson(stop->killAt)}};
}

} // namespace

QString toWord(Outcome outcome)
{
    switch (outcome) {
    case Outcome::None:
        return {};
    case Outcome::Finished:
        return QStringLiteral("finished");
    case Outcome::Failed:
        return QStringLiteral("failed");
    case Outcome::Stopped:
        return QStringLiteral("stopped");
    case Outcome::Lost:
        return QStringLiteral("lost");
    }
    return {};
}

std::optional<Outcome> outcomeFromWord(const QString &word)
{
    for (const Outcome outcome : {Outcome::None, Outcome::Finished, Outcome::Failed, Outcome::Stopped, Outcome::Lost}) {
        if (toWord(outcome) == word)
            return outcome;
    }
    return std::nullopt;
}

QJsonObject RunStatus::toJson() const
{
    QJsonObject runnerObject = processToJson(runner);
    runnerObject.insert(QStringLiteral("session"), runnerSession);
    return {{QStringLiteral("schema"), schema}, {QStringLiteral("id"), id}, {QStringLiteral("phase"), phase},
        {QStringLiteral("outcome"), toWord(outcome)}, {QStringLiteral("reason_code"), reasonCode},
        {QStringLiteral("reason"), reason}, {QStringLiteral("keeper"), processToJson(keeper)},
        {QStringLiteral("guard"), processToJson(guard)}, {QStringLiteral("runner"), runnerObject},
        {QStringLiteral("companions"), companionsToJson(companions)}, {QStringLiteral("boot_id"), bootId},
        {QStringLiteral("created_at"), timeToJson(createdAt)}, {QStringLiteral("started_at"), timeToJson(startedAt)},
        {QStringLiteral("ended_at"), timeToJson(endedAt)}, {QStringLiteral("heartbeat_at"), timeToJson(heartbeatAt)},
        {QStringLiteral("run_ms"), runMs}, {QStringLiteral("suspended_ms"), suspendedMs},
        {QStringLiteral("exit_code"), optionalToJson(exitCode)}, {QStringLiteral("signal"), optionalToJson(signal)},
        {QStringLiteral("last_error"), lastError}, {QStringLiteral("stop"), stopToJson(stop)},
        {QStringLiteral("phases"), phasesToJson(phases)}, {QStringLiteral("warnings"), warningsToJson(warnings)}};
}

Result<RunStatus> RunStatus::fromJson(const QJsonObject &json)
{
    Fields::Fault fault;
    const Fields root(json, &fault);
    if (root.number("schema", 0) > schema)
        return fail(ErrorKind::Refused, "status_newer",
            tr("The state of this run was written by a newer version of this program."), tr("Update this program."));
    RunStatus status;
    status.id = root.text("id");
    status.phase = root.text("phase");
    const auto outcome = outcomeFromWord(root.text("outcome"));
    if (!outcome)
        root.refuse("outcome");
    status.outcome = outcome.value_or(Outcome::None);
    status.reasonCode = root.text("reason_code");
    status.reason = root.text("reason");
    status.keeper = readProcess(root.object("keeper"));
    status.guard = readProcess(root.object("guard"));
    status.runner = readProcess(root.object("runner"));
    status.runnerSession = root.object("runner").number("session", 0);
    status.bootId = root.text("boot_id");
    status.createdAt = readTime(root, "created_at");
    status.startedAt = readTime(root, "started_at");
    status.endedAt = readTime(root, "ended_at");
    status.heartbeatAt = readTime(root, "heartbeat_at");
    status.runMs = root.number("run_ms", 0);
    status.suspendedMs = root.number("suspended_ms", 0);
    status.exitCode = root.optionalNumber("exit_code");
    status.signal = root.optionalNumber("signal");
    status.lastError = root.text("last_error");
    readLists(root, status);
    if (!fault.path.isEmpty())
        return fail(ErrorKind::Refused, "status_invalid",
            tr("The state of this run cannot be read: field “%1”.").arg(fault.path),
            tr("Look into keeper.log in the folder of the run."), {}, fault.path);
    return status;
}

Result<RunStatus> readStatus(const QString &runDirectory)
{
    const QString path = pathOf(runDirectory);
    if (isBlank(path))
        return fail(ErrorKind::NotFound, "file_missing", tr("The run has no status yet."),
            tr("Look again in a moment."), {}, path);
    SOCIETY_ASSIGN(const QJsonObject json, readJsonObject(path, longestStatus));
    return RunStatus::fromJson(json);
}

bool hasStatus(const QString &runDirectory)
{
    const QString path = pathOf(runDirectory);
    return QFile::exists(path) && !isBlank(path);
}

} // namespace society::executor
