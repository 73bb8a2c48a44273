// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/agentsociety/launch.h"

#include "services/agentsociety/launch_p.h"
#include "services/agentsociety/logphases.h"

#include <QRandomGenerator>

namespace society::agentsociety {

using namespace Qt::StringLiterals;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

/// A name of our own, short because Ray's socket paths may have 107 bytes and it adds up to 68 of its own.
QString freshRayFolder()
{
    return u"/tmp/society-"_s + QString::number(QRandomGenerator::global()->generate64() | (1ULL << 63), 36);
}

/// How long each phase may be silent on a busy machine; measured on an idle one: 3 s of imports, 10 s for Ray, under 1
/// s for the rest. In the workflow a line comes at least with every new LLM call, and one attempt lasts up to 300 s.
QList<LaunchPhase> phasesFor(const LaunchOptions &options, bool mustDownload)
{
    const QMap<QString, std::chrono::milliseconds> limits{{u"database"_s, minutes(1)},
        {u"llm"_s, options.mode == RunMode::Ray ? minutes(4) : minutes(1)},
        {u"environment"_s, mustDownload ? minutes(30) : minutes(3)}, {u"agents"_s, minutes(10)},
        {u"workflow"_s, minutes(10)}, {u"closing"_s, minutes(2)}};
    QList<LaunchPhase> phases{{u"runner"_s, {}, minutes(2)}};
    for (const QString &name : phaseNames())
        phases.append({name, phaseLine(name), limits.value(name)});
    return phases;
}

} // namespace

RunnerLaunch launchFor(const InstalledRunner &runner, const RunnerKit &kit, const LaunchOptions &options)
{
    const bool ownRay = options.mode == RunMode::Ray && options.rayAddress.isEmpty();
    const QString rayFolder = ownRay ? freshRayFolder() : QString();

    RunnerLaunch launch;
    launch.argv = {runner.interpreter, u"-m"_s, u"agentsociety.cli.cli"_s, u"run"_s, u"-c"_s, u"runner.json"_s,
        u"--tenant-id"_s, options.tenant};
    launch.workingDirectory = options.runDirectory;
    launch.environment = environmentFor(kit, options, rayFolder);
    // Python ends at SIGTERM without cleaning up; Ray has a handler for it, and hangs at SIGINT while it starts.
    launch.stopSignal = options.mode == RunMode::Ray ? StopSignal::Terminate : StopSignal::Interrupt;
    launch.grace = options.mode == RunMode::Ray ? seconds(15) : seconds(10);
    launch.phases = phasesFor(options, kit.mustDownload(options.city));
    launch.alarms = {{u"llm_retries"_s, u"Retry 3 of 10"_s}};
    launch.database = u"home/sqlite.db"_s;
    launch.simulator = options.city == City::Practice ? u"practice_city.py"_s : u"agentsociety-sim-oss"_s;
    launch.simulatorUntil = u"closing"_s;
    launch.takesTurns = ownRay;
    launch.turnUntilPhase = ownRay ? u"environment"_s : QString();
    if (ownRay)
        launch.removeAfter = {rayFolder};
    return launch;
}

} // namespace society::agentsociety
