// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/error.h"

#include <QByteArrayView>
#include <QJsonArray>
#include <QList>
#include <QString>
#include <optional>

namespace society::agentsociety {

struct LaunchPhase;

/// Names of the phases of a run in the order in which they begin: "database", "llm", "environment", "agents",
/// "workflow", "closing"; before them "runner" (docs/run-directory.md adds the keeper's own).
[[nodiscard]] const QList<QString> &phaseNames();
/// The text whose first appearance in a log line begins a phase; empty for a name that is not in phaseNames().
[[nodiscard]] QString phaseLine(const QString &phase);

/// The phase that a message of AgentSociety begins, unless a later one has begun: one of phaseNames(); null for other
/// messages.
[[nodiscard]] const char *phaseOf(QByteArrayView message);

/// Where a run is, as far as its log tells. `offset` is how much of the log it accounts for.
struct LogProgress {
    QString phase = QStringLiteral("runner"); ///< the last phase that began
    int day = -1;                             ///< simulated day, from 0; -1: no step yet
    int secondOfDay = 0;
    int step = -1;          ///< 0-based number of the step in progress over the whole run; -1: none
    QString error;          ///< text after the last `Init error: ` or `Simulation error: `
    QString errorPhase;     ///< the phase in which that was said; empty: no such line yet
    qint64 offset = 0;      ///< bytes of the log that were read, up to the end of a line

    bool operator==(const LogProgress &) const = default;
};

/// Takes one line (without its end) into account. Any thread.
void takeLine(LogProgress &progress, QByteArrayView line);

/// Reads what was appended to a log since `progress`, whole lines only, in blocks; lines are looked at up to 4 KiB. A
/// log that shrank is read from its start. Blocks on the file; any thread. A missing log is no error. Error:
/// `read_failed`.
[[nodiscard]] Result<LogProgress> readProgress(const QString &logFile, LogProgress progress = {});

/// How many steps a workflow (`exp.workflow`) will run when it starts at a second of day 0 (contract §2.5); nothing
/// where it cannot be said (ticks below 1, days or steps that are no number, more than 10^7 steps).
[[nodiscard]] std::optional<qint64> expectedSteps(const QJsonArray &workflow, int startTick = 28800);

} // namespace society::agentsociety
