// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/error.h"
#include "services/executor/process.h"

#include <QDateTime>
#include <QJsonObject>
#include <QList>
#include <QMetaType>
#include <QString>
#include <optional>

namespace society::executor {

/// How a run ended; None while it has not.
enum class Outcome { None, Finished, Failed, Stopped, Lost };

/// The word in status.json: "", "finished", "failed", "stopped", "lost".
[[nodiscard]] QString toWord(Outcome outcome);
/// The reverse; nothing for another word.
[[nodiscard]] std::optional<Outcome> outcomeFromWord(const QString &word);

/// Where a run is and how it ended: `status.json` of docs/run-directory.md. A value; any thread.
struct RunStatus {
    static constexpr int schema = 1;

    struct Companion {
        QString name;
        ProcessId process;
        int port = 0; ///< 0: not ready yet
        bool operator==(const Companion &) const = default;
    };
    struct Stop {
        QDateTime requestedAt;
        QString reason; ///< "user" or "budget"
        qint64 graceMs = 0;
        QDateTime killAt; ///< when the grace ends; for the countdown
        bool operator==(const Stop &) const = default;
    };
    struct Phase {
        QString name;
        QDateTime at;
        bool operator==(const Phase &) const = default;
    };
    struct Warning {
        QString code;
        QDateTime at;
        QDateTime until; ///< `stalled`: when the run went on; invalid while it lasts, and for other codes
        QString detail;
        bool operator==(const Warning &) const = default;
    };

    QString id;
    QString phase; ///< "companions", "waiting", "runner", names of launch.json, "ending", "ended"
    Outcome outcome = Outcome::None;
    QString reasonCode; ///< a stable word (docs/run-directory.md); empty while it runs
    QString reason;     ///< a detail for people, as it came from the system or the log; never a secret
    ProcessId keeper;
    ProcessId guard;  ///< the keeper's parent, which ends what is left should the keeper be killed
    ProcessId runner; ///< null: never started
    qint64 runnerSession = 0;
    QList<Companion> companions;
    QString bootId;
    QDateTime createdAt;   ///< the keeper took the run
    QDateTime startedAt;   ///< the runner's exec; invalid: never started
    QDateTime endedAt;     ///< the runner was reaped (for lost: the last heartbeat)
    QDateTime heartbeatAt; ///< the last writing, at most some seconds old while the keeper lives
    qint64 runMs = 0;      ///< runner's exec until reaped or the last heartbeat, without time suspended: what is billed
    qint64 suspendedMs = 0; ///< time the machine slept meanwhile
    std::optional<int> exitCode;
    std::optional<int> signal;
    QString lastError;        ///< last line of the log that is an error; at most 2,000 bytes
    std::optional<Stop> stop; ///< set once someone asked to stop
    QList<Phase> phases;      ///< those that began, in order
    QList<Warning> warnings;

    bool operator==(const RunStatus &) const = default;

    [[nodiscard]] bool hasEnded() const { return outcome != Outcome::None; }
    [[nodiscard]] bool hasStarted() const { return startedAt.isValid(); }

    [[nodiscard]] QJsonObject toJson() const;
    /// Fields that are missing keep their defaults. Errors, in this order: `status_newer` (schema larger than ours),
    /// `status_invalid` (`path` names the field).
    [[nodiscard]] static Result<RunStatus> fromJson(const QJsonObject &json);
};

/// Reads a run directory's status.json. Any thread; one small file. Errors: `file_missing` (no keeper ever held this
/// run, or the power failed before anything of it was on the disk), `file_too_large`, `read_failed`, `json_invalid`,
/// and those of RunStatus::fromJson.
[[nodiscard]] Result<RunStatus> readStatus(const QString &runDirectory);

/// Whether a keeper has held the run: not `file_missing` to readStatus(). Any thread.
[[nodiscard]] bool hasStatus(const QString &runDirectory);

} // namespace society::executor

Q_DECLARE_METATYPE(society::executor::RunStatus)
