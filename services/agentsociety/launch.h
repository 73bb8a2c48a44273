// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/agentsociety/runnerkit.h"

#include <QList>
#include <QMap>
#include <QStringList>
#include <chrono>

namespace society::agentsociety {

/// On what a run's agents and LLM workers run.
enum class RunMode {
    Light, ///< our stand-in for Ray: two processes, repeatable
    Ray,   ///< Ray itself, of the run's own or a cluster's
};

/// How the stand-in for Ray plays its LLM workers.
enum class LightWorkers { ByPopulation, Threads, Forked };

/// What launchFor() needs to know of a run.
struct LaunchOptions {
    RunMode mode = RunMode::Light;
    LightWorkers workers = LightWorkers::ByPopulation;
    quint32 seed = 0;
    int citizens = 0; ///< decides between threads and forked workers
    City city = City::Practice;
    TenantId tenant;
    QString runDirectory; ///< absolute; holds runner.json and home/
    QString rayAddress;   ///< host:port of a cluster; empty: a Ray of the run's own
};

/// A phase that begins with the first log line that contains `line` (docs/run-directory.md, launch.json). Phase
/// "runner" has no line: from exec to the first of the list.
struct LaunchPhase {
    QString name;
    QString line;
    std::chrono::milliseconds silentLimit{0}; ///< without a sign of life for so long it is stalled; 0: never

    bool operator==(const LaunchPhase &) const = default;
};

/// A log line that contains `line` raises the warning `code`.
struct LaunchAlarm {
    QString code;
    QString line;

    bool operator==(const LaunchAlarm &) const = default;
};

enum class StopSignal { Interrupt, Terminate };

/// How AgentSociety is started, watched and stopped; `services/experiment` makes the executor's launch of it.
struct RunnerLaunch {
    QStringList argv;                   ///< program first; runner.json is relative to workingDirectory
    QString workingDirectory;           ///< the run directory
    QMap<QString, QString> environment; ///< the whole environment; nothing secret
    StopSignal stopSignal = StopSignal::Interrupt;
    std::chrono::milliseconds grace{0};
    QList<LaunchPhase> phases;
    QList<LaunchAlarm> alarms;
    QString database;        ///< relative to the run directory: "home/sqlite.db"
    QString simulator;       ///< part of the simulator's command line, by which its process is known
    QString simulatorUntil;  ///< the phase from which the simulator may go
    bool takesTurns = false; ///< starts one after the other (Ray)
    QString turnUntilPhase;  ///< with takesTurns: the phase with which the next one may start
    QStringList removeAfter; ///< folders to remove when nothing of the run is left
};

/// The command line and surroundings of one run (contract §2, §9). Reads this process's environment for proxies only
/// where AgentSociety's own city must be fetched. Pure but for that and for a made-up Ray folder's name.
[[nodiscard]] RunnerLaunch launchFor(const InstalledRunner &runner, const RunnerKit &kit, const LaunchOptions &options);

/// Citizens from which on light start forks its workers instead of using threads.
inline constexpr int ForkFromCitizens = 100;

} // namespace society::agentsociety
