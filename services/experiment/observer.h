// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/agentsociety/logphases.h"
#include "services/experiment/experimentservice.h"
#include "services/experiment/record.h"
#include "services/experiment/usage.h"

#include <QHash>
#include <QMutex>
#include <QSet>
#include <memory>

namespace society::experiment {

/// An experiment's record, which must be its own: by id, tenant and whether it costs money. Errors: those of
/// readRecord(), `record_invalid`.
[[nodiscard]] Result<Record> readOwnRecord(const Experiment &experiment);

/// The code of `Look::unsettled` where what is wanted for the bill is there, but cannot be read now.
inline const QString UnsettledUnread = QStringLiteral("unsettled_unread");

/// A run's status, with what was seen of it before where a damaged one no longer tells: that it started, and for how
/// long it ran.
[[nodiscard]] executor::RunStatus withWhatWasSeen(executor::RunStatus status, const Experiment &known);

/// Reads on in the run's list of calls. Errors: those of UsageReader::update(), `usage_missing` (it is gone, though the
/// run was seen to make calls).
[[nodiscard]] Result<> readUsage(UsageReader &usage, const Experiment &known);

/// Looks at run directories and tells what is so: state, progress, cost; marks runs lost, refines reasons, settles what
/// has ended. Remembers how far it has read of each run's log and calls. Private to this library. Any thread.
class Observer {
public:
    explicit Observer(const Services &services)
        : m_services(services)
    {
    }

    struct Look {
        Experiment experiment;
        executor::RunStatus status; ///< empty where the keeper has written none yet
        QList<UsageTotal> usage;
        std::optional<Error> unsettled; ///< it has ended, and its settlement can never succeed
        std::optional<Error> logUnread; ///< its log cannot be read, so that day and step stand still
    };
    /// The truth about one experiment, written to the database where it differs from what was there.
    [[nodiscard]] Result<Look> look(const Experiment &known);
    /// What of this look is to be said once, and was not said yet.
    [[nodiscard]] std::optional<Error> untold(const Look &look);

private:
    struct Watch {
        explicit Watch(const QString &directory)
            : usage(directory + QStringLiteral("/usage.jsonl"))
        {
        }
        QMutex mutex; ///< one look at a run at a time
        std::optional<Record> record;
        UsageReader usage;
        agentsociety::LogProgress progress;
        std::optional<Error> unsettled; ///< why settling is not tried again by this process
        std::optional<Error> logUnread;
        std::optional<Error> usageUnread; ///< why its calls are not known
    };
    [[nodiscard]] static Look lookOf(
        const Watch &watch, const Experiment &experiment, const executor::RunStatus &status);

    [[nodiscard]] Result<Look> look(Watch &watch, const Experiment &known);
    [[nodiscard]] std::shared_ptr<Watch> watch(const Experiment &experiment);
    [[nodiscard]] Result<std::optional<executor::RunStatus>> statusOf(const Experiment &known);
    [[nodiscard]] static Result<> readCalls(Watch &watch, const Experiment &known, const executor::RunStatus &status);
    [[nodiscard]] Result<> follow(Watch &watch, Experiment &experiment, const executor::RunStatus &status);
    void refine(Experiment &experiment, const executor::RunStatus &status, const Watch &watch);
    [[nodiscard]] Result<> settle(Watch &watch, Experiment &experiment, const executor::RunStatus &status);
    [[nodiscard]] Result<> close(Watch &watch, Experiment &experiment, const executor::RunStatus &status);
    [[nodiscard]] Result<Look> bar(Watch &watch, const Experiment &known);
    [[nodiscard]] Result<Look> endWithoutStatus(Watch &watch, Experiment experiment, State state, const char *code);

    Services m_services;
    QMutex m_mutex; // guards what follows
    QHash<ExperimentId, std::shared_ptr<Watch>> m_watches;
    QSet<std::pair<ExperimentId, QString>> m_told; ///< with the error's code
};

} // namespace society::experiment
