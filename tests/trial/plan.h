// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>
#include <cstdint>

namespace society::trial {

/// When something is done to a run.
struct Moment {
    QString when;  ///< `asked` (to start), `keeper` (there), `calls` (answered), `exit` (of the runner), `settled`
    int calls = 0; ///< for `calls`: how many
    int ms = 0;    ///< so long after it
};

/// Everything that is decided about one run before it is started; a function of seed, number and options alone.
struct Plan {
    int number = 0;
    QString token; ///< t0017: the last word of its name
    bool real = false;
    QString end; ///< what is done to it, of endNames()
    QString name;
    QString way; ///< `start` (society-cli run), `wait` (with --wait) or `window` (a process that holds the services)
    QString llm; ///< `practice`, `own` (a key, if any, is stored), `once` (key given for this run) or `public` (billed)
    int entries = 1;
    QString key; ///< empty: none is needed
    QString agents, workflow;
    QByteArray agentsText, workflowText; ///< of its own; empty: `agents` and `workflow` name samples
    QString cap;
    std::uint32_t seed = 0;
    int graceSeconds = -1; ///< of a stop; -1: the usual one
    QString disk;          ///< for a full disk: `runs` or `all`, the part of the workspace that is on it
    Moment moment;
    QJsonObject play;      ///< for the trial's runner
    int latencyMs = 0;     ///< of the provider
    QJsonArray misbehaves; ///< the provider's script

    /// A run has its own provider, unless it practises.
    [[nodiscard]] bool hasProvider() const { return llm != QLatin1String("practice"); }
    [[nodiscard]] QJsonObject toJson() const;
};

/// What a plan is made for.
struct Wish {
    std::uint64_t seed = 1;
    bool real = false;
    QStringList ends; ///< chosen from; empty: all that suit the runner
};

/// The names of all ends: what may be done to a run.
[[nodiscard]] QStringList endNames(bool real);
/// All keys of a trial begin with this text, which nothing else contains.
[[nodiscard]] QString canary(std::uint64_t seed);
/// The plan of run `number`, from 0.
[[nodiscard]] Plan planOf(const Wish &wish, int number);

} // namespace society::trial
