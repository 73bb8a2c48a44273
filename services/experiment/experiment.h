// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/ids.h"
#include "services/core/money.h"

#include <QDateTime>
#include <QList>
#include <QString>
#include <optional>

namespace society::experiment {

/// What an experiment is doing, or how it ended. Once ended it never changes.
enum class State { Queued, Starting, Running, Stopping, Finished, Failed, Stopped, Lost };

/// The stable word of a state ("running"), as the command line and the database have it.
[[nodiscard]] QString stateWord(State state);
/// The reverse. Error: `state_unknown`.
[[nodiscard]] Result<State> parseState(QStringView word);
/// The state's name for people, translated.
[[nodiscard]] QString stateText(State state);
[[nodiscard]] constexpr bool isEnded(State state)
{
    return state >= State::Finished;
}

/// One of the four configurations of an experiment, at one version.
struct ConfigUse {
    ConfigId id;
    TenantId tenant; ///< its owner; empty: public
    QString name;    ///< as it was named when the experiment was made
    int version = 0;
    bool operator==(const ConfigUse &) const = default;
};

/// An experiment as lists show it. Times in UTC; amounts in micro-CNY. A value; any thread.
struct Experiment {
    ExperimentId id;
    TenantId tenant;
    QString name;
    State state = State::Queued;
    bool practice = false;
    QString reasonCode; ///< stable word, empty while nothing is to be said (docs/run-directory.md)
    QString reason;     ///< its detail (system text, a name, a number); words come from reasonText()
    std::optional<int> exitCode;
    std::optional<int> signal;
    QDateTime createdAt;
    QDateTime startedAt; ///< the runner's exec; invalid where it never came to that
    QDateTime endedAt;
    quint32 seed = 0;
    ConfigUse llm, agents, map, workflow;
    int agentCount = 0;
    int day = 0;         ///< simulated day, from 0
    int secondOfDay = 0; ///< simulated second of that day, 0–86399
    int step = 0;        ///< agent rounds begun
    int stepsTotal = 0;  ///< agent rounds of the whole workflow; 0: not known
    QString phase;       ///< as in status.json
    qint64 calls = 0;    ///< LLM calls metered, failed ones too
    qint64 tokensIn = 0;
    qint64 tokensOut = 0;
    Money cost;       ///< so far, or as settled
    Money hold;       ///< set aside at the start
    qint64 runMs = 0; ///< milliseconds from the runner's exec to its end, or to the last sign of life
    bool settled = false;
    bool elsewhere = false;  ///< its run is in another of the workspaces that share the ledger
    bool outOfReach = false; ///< its folder was out of reach when it was looked at; as read from the database: false
    QString mode;            ///< "light" or "ray"
    QString note;
    QString runDirectory; ///< full path
    bool operator==(const Experiment &) const = default;
};

/// Why an experiment is as it is, in one translated sentence; empty where there is nothing to say.
[[nodiscard]] QString reasonText(const Experiment &experiment);
/// What to do about it, in one translated sentence; empty where nothing need be done.
[[nodiscard]] QString remedyText(const Experiment &experiment);

} // namespace society::experiment

Q_DECLARE_METATYPE(society::experiment::Experiment)
