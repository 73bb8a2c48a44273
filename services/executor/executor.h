// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/error.h"
#include "services/executor/runstatus.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>
#include <optional>

namespace society::executor {

/// Who asks a run to stop, and how.
struct StopRequest {
    QString reason = QStringLiteral("user"); ///< "user" or "budget"; `stop.json`'s word
    std::optional<qint64> graceMs;           ///< nothing: as in launch.json; 0: kill at once
};

/// Whether a keeper holds a run directory.
enum class Liveness {
    Alive,        ///< a keeper lives: it alone says what the run does
    Gone,         ///< a keeper has had it and lives no more: status.json is final, or the run is lost
    NeverStarted, ///< no keeper has ever written a status
};

/// Where keepers are started: this machine, or a cluster's queue. Knows processes and run directories, nothing of what
/// is run. What is known of a run is in its directory alone, so any program may ask about any run. Any thread; all
/// calls but liveness() block (files, processes), so call them in a worker or a program without a window.
class Executor {
public:
    Executor() = default;
    virtual ~Executor() = default;
    Executor(const Executor &) = delete;
    Executor &operator=(const Executor &) = delete;

    /// Starts a keeper for a run directory that has its launch.json, and returns when the keeper holds it and has
    /// written status.json. `secretsJson` is one JSON object ({"gateway": {…}}); it goes through a pipe and nowhere
    /// else. Errors: `program_missing`, `keeper_start` (did not start or answer in time), and the keeper's words:
    /// `run_locked` (another keeper has it), `run_ended` (it has already ended), `launch_invalid`, `keeper_io`.
    [[nodiscard]] virtual Result<> start(const QString &runDirectory, const QByteArray &secretsJson) = 0;

    /// Asks the run's keeper to stop it, and returns at once: status.json tells the rest. A keeper that has yet to come
    /// up stops as soon as it does. Asking again with a graceMs of 0 kills. Errors: `run_ended`, `run_not_running` (its
    /// keeper is gone, or there is no folder yet), `write_failed`, `disk_full`.
    [[nodiscard]] virtual Result<> requestStop(const QString &runDirectory, const StopRequest &request) = 0;

    /// Whether a keeper holds the run. Quick; changes nothing. A keeper on another machine counts where the file system
    /// has locks that reach so far.
    [[nodiscard]] virtual Liveness liveness(const QString &runDirectory) const = 0;

    /// Ends whatever is left of a run whose keeper is gone: runner, companions, the runner's session; each known by pid
    /// and start time and boot, so never a stranger. A runner that still cleans up has the grace of its launch.json for
    /// it. Returns when nothing of it is left. Does nothing for a run of
    /// another boot. Errors: `run_alive` (its keeper lives), `sweep_failed` (something could not be ended; `detail`
    /// names it).
    [[nodiscard]] virtual Result<> sweep(const QString &runDirectory, const RunStatus &status) = 0;

    /// Records that a run's keeper is gone without having told the end: takes the lock, sweeps, removes the
    /// launch's folders, writes status.json with
    /// outcome lost, `lost_reboot` (another boot) or `lost_keeper`, ended at the last heartbeat; returns it. A status
    /// that already has an outcome is returned unchanged. `now` is noted as the time of phase "ended"; `heartbeat_at`
    /// stays the last word of the keeper. Errors: `run_alive` (a keeper lives), `file_missing` (never started),
    /// `sweep_failed`, `write_failed`, `disk_full`.
    [[nodiscard]] virtual Result<RunStatus> markLost(const QString &runDirectory, const QDateTime &now) = 0;

    /// Bars a run that no keeper has taken from ever starting: takes the lock and writes status.json with outcome
    /// failed, `never_started`; a keeper that comes late finds a run that has ended. A status that is there already is
    /// returned unchanged. `id` is the experiment's. Errors: `run_alive` (a keeper holds it), `write_failed`,
    /// `disk_full`.
    [[nodiscard]] virtual Result<RunStatus> markNeverStarted(
        const QString &runDirectory, const QString &id, const QDateTime &now) = 0;
};

} // namespace society::executor
