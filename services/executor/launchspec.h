// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/error.h"

#include <QJsonObject>
#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

namespace society::executor {

/// The signal that makes a runner clean up and end; it goes to the runner's own process only.
enum class StopSignal { Interrupt, Terminate };

/// A program that the keeper starts before the runner and ends after it.
struct CompanionSpec {
    QString name;           ///< its key in the secrets' object; "gateway" is the one whose port fills `@GATEWAY@`
    QStringList argv;       ///< absolute program, then its arguments; no secret
    qint64 readyMs = 10000; ///< to print its ready line, else the run fails as `companion_failed`

    bool operator==(const CompanionSpec &) const = default;
};

/// A phase of the run; it begins when a line of the log contains `line`.
struct PhaseSpec {
    QString name;
    QString line;        ///< empty: `name` is one of the keeper's own phases ("runner") and only the limit is set
    qint64 silentMs = 0; ///< no new byte in log or database and no answered call for so long is `stalled`; 0: never

    bool operator==(const PhaseSpec &) const = default;
};

/// A log line that contains `line` raises the warning `code`, once.
struct AlarmSpec {
    QString code;
    QString line;

    bool operator==(const AlarmSpec &) const = default;
};

/// What a keeper does: `launch.json` of docs/run-directory.md. A value; any thread. Holds no secret.
struct LaunchSpec {
    static constexpr int schema = 1;

    QString id; ///< the experiment's

    QStringList runnerArgv;             ///< absolute program, then its arguments
    QString runnerCwd;                  ///< absolute
    QMap<QString, QString> environment; ///< the runner's whole environment: nothing is inherited

    QStringList fill; ///< files, relative to the run directory, in which `@GATEWAY@` and `@TOKEN@` are replaced
    QList<CompanionSpec> companions;

    StopSignal stopSignal = StopSignal::Interrupt;
    qint64 graceMs = 10000; ///< from that signal to SIGKILL

    QList<PhaseSpec> phases; ///< in the order in which they come
    QList<AlarmSpec> alarms;

    QString watchDatabase;  ///< relative to the run directory; empty: only the log tells that the run lives
    QString watchSimulator; ///< part of the name of a process below the runner that must not go away; empty: none
    QString simulatorUntil; ///< the phase from which the simulator may go; empty: none

    QMap<QString, bool> endsRun; ///< `policy`: code → whether it ends the run (true: "end", false: "warn")

    QString turnLock;       ///< absolute file on which keepers take turns to start; empty: no turns
    QString turnUntilPhase; ///< the phase at which the next one may start

    QStringList removeAfter; ///< absolute folders removed when nothing of the run is left

    bool operator==(const LaunchSpec &) const = default;

    [[nodiscard]] QJsonObject toJson() const;
    /// Errors, in this order: `launch_newer` (schema larger than ours), `launch_invalid` (`path` names the field).
    [[nodiscard]] static Result<LaunchSpec> fromJson(const QJsonObject &json);
};

} // namespace society::executor
