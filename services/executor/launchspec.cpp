// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/executor/launchspec.h"

#include "services/executor/fields.h"

#include <QCoreApplication>

namespace society::executor {

namespace {

QJsonArray toArray(const QStringList &texts)
{
    return QJsonArray::fromStringList(texts);
}

QJsonArray companionsToJson(const QList<CompanionSpec> &companions)
{
    QJsonArray array;
    for (const CompanionSpec &companion : companions) {
        array.append(QJsonObject{{QStringLiteral("name"), companion.name},
            {QStringLiteral("argv"), toArray(companion.argv)}, {QStringLiteral("ready_ms"), companion.readyMs}});
    }
    return array;
}

QJsonArray phasesToJson(const QList<PhaseSpec> &phases)
{
    QJsonArray array;
    for (const PhaseSpec &phase : phases) {
        QJsonObject object{{QStringLiteral("name"), phase.name}, {QStringLiteral("silent_ms"), phase.silentMs}};
        if (!phase.line.isEmpty())
            object.insert(QStringLiteral("line"), phase.line);
        array.append(object);
    }
    return array;
}

QJsonArray alarmsToJson(const QList<AlarmSpec> &alarms)
{
    QJsonArray array;
    for (const AlarmSpec &alarm : alarms)
        array.append(QJsonObject{{QStringLiteral("code"), alarm.code}, {QStringLiteral("line"), alarm.line}});
    return array;
}

void readRunner(const Fields &root, LaunchSpec &spec)
{
    const Fields runner = root.object("runner");
    spec.runnerArgv = runner.texts("argv");
    spec.runnerCwd = runner.text("cwd");
    const Fields environment = runner.object("env");
    for (const QString &name : environment.keys())
        spec.environment.insert(name, environment.text(name.toUtf8().constData()));
}

void readStop(const Fields &stop, LaunchSpec &spec)
{
    const QString signal = stop.text("signal");
    if (signal != QLatin1String("INT") && signal != QLatin1String("TERM") && !signal.isEmpty())
        stop.refuse("signal");
    spec.stopSignal = signal == QLatin1String("INT") ? StopSignal::Interrupt : StopSignal::Terminate;
    spec.graceMs = stop.number("grace_ms", spec.graceMs);
}

void readLists(const Fields &root, LaunchSpec &spec)
{
    for (const Fields &companion : root.objects("companions")) {
        spec.companions.append(
            {companion.text("name"), companion.texts("argv"), companion.number("ready_ms", CompanionSpec().readyMs)});
    }
    for (const Fields &phase : root.objects("phases"))
        spec.phases.append({phase.text("name"), phase.text("line"), phase.number("silent_ms", 0)});
    for (const Fields &alarm : root.objects("alarms"))
        spec.alarms.append({alarm.text("code"), alarm.text("line")});
    const Fields policy = root.object("policy");
    for (const QString &code : policy.keys())
        spec.endsRun.insert(code, policy.text(code.toUtf8().constData()) == QLatin1String("end"));
}

} // namespace

QJsonObject LaunchSpec::toJson() const
{
    QJsonObject environmentObject;
    for (auto it = environment.begin(); it != environment.end(); ++it)
        environmentObject.insert(it.key(), it.value());
    QJsonObject policy;
    for (auto it = endsRun.begin(); it != endsRun.end(); ++it)
        policy.insert(it.key(), it.value() ? QStringLiteral("end") : QStringLiteral("warn"));
    const QString signal = stopSignal == StopSignal::Interrupt ? QStringLiteral("INT") : QStringLiteral("TERM");
    return {{QStringLiteral("schema"), schema}, {QStringLiteral("id"), id},
        {QStringLiteral("runner"), QJsonObject{{QStringLiteral("argv"), toArray(runnerArgv)},
                                       {QStringLiteral("cwd"), runnerCwd}, {QStringLiteral("env"), environmentObject}}},
        {QStringLiteral("fill"), toArray(fill)}, {QStringLiteral("companions"), companionsToJson(companions)},
        {QStringLiteral("stop"),
            QJsonObject{{QStringLiteral("signal"), signal}, {QStringLiteral("grace_ms"), graceMs}}},
        {QStringLiteral("phases"), phasesToJson(phases)}, {QStringLiteral("alarms"), alarmsToJson(alarms)},
        {QStringLiteral("watch"),
            QJsonObject{{QStringLiteral("database"), watchDatabase}, {QStringLiteral("simulator"), watchSimulator},
                {QStringLiteral("simulator_until"), simulatorUntil}}},
        {QStringLiteral("policy"), policy},
        {QStringLiteral("turn"),
            QJsonObject{{QStringLiteral("lock"), turnLock}, {QStringLiteral("until_phase"), turnUntilPhase}}},
        {QStringLiteral("remove_after"), toArray(removeAfter)}};
}

Result<LaunchSpec> LaunchSpec::fromJson(const QJsonObject &json)
{
    Fields::Fault fault;
    const Fields root(json, &fault);
    if (root.number("schema", 0) > schema)
        return fail(ErrorKind::Refused, "launch_newer",
            QCoreApplication::translate(
                "LaunchSpec", "The run's launch.json was written by a newer version of this program."),
            QCoreApplication::translate("LaunchSpec", "Update this program."));
    LaunchSpec spec;
    spec.id = root.text("id");
    readRunner(root, spec);
    spec.fill = root.texts("fill");
    readStop(root.object("stop"), spec);
    readLists(root, spec);
    const Fields watch = root.object("watch");
    spec.watchDatabase = watch.text("database");
    spec.watchSimulator = watch.text("simulator");
    spec.simulatorUntil = watch.text("simulator_until");
    const Fields turn = root.object("turn");
    spec.turnLock = turn.text("lock");
    spec.turnUntilPhase = turn.text("until_phase");
    spec.removeAfter = root.texts("remove_after");
    if (spec.runnerArgv.isEmpty())
        root.refuse("runner.argv");
    if (!fault.path.isEmpty())
        return fail(ErrorKind::Refused, "launch_invalid",
            QCoreApplication::translate("LaunchSpec", "The run's launch.json is not usable: field “%1”.")
                .arg(fault.path),
            QCoreApplication::translate("LaunchSpec", "Start the experiment anew."), {}, fault.path);
    return spec;
}

} // namespace society::executor
