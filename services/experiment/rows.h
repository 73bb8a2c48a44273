// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/workspace.h"
#include "services/experiment/experiment.h"
#include "services/experiment/experimentservice.h"
#include "services/store/database.h"

namespace society::experiment {

/// The experiments table: what was last seen of each run. Private to this library; any thread; errors as store::Query.
class Rows {
public:
    Rows(store::Database &database, Workspace workspace)
        : m_database(database)
        , m_workspace(std::move(workspace))
    {
    }

    [[nodiscard]] Result<> insert(const Experiment &experiment);
    /// What a look at the run directory found. A row that has ended is left as it is, whoever comes late.
    [[nodiscard]] Result<> update(const Experiment &experiment);
    /// The settlement's sum, and the end where the row has none yet, or only that the run was lost; call it in the
    /// settlement's transaction.
    [[nodiscard]] Result<> settle(const Experiment &experiment);
    [[nodiscard]] Result<> setReason(const ExperimentId &id, const QString &code, const QString &reason);
    [[nodiscard]] Result<> rename(const ExperimentId &id, const QString &name);
    [[nodiscard]] Result<> setNote(const ExperimentId &id, const QString &note);
    [[nodiscard]] Result<> markDeleted(const ExperimentId &id, const QDateTime &at);

    /// Error: `experiment_unknown`.
    [[nodiscard]] Result<Experiment> get(const ExperimentId &id) const;
    /// A deleted one, and when it was; nothing where there is none.
    [[nodiscard]] Result<std::optional<Removed>> removed(const ExperimentId &id) const;
    [[nodiscard]] Result<Experiment> find(const TenantId &tenant, const QString &reference) const;
    [[nodiscard]] Result<QList<Experiment>> list(const Query &query) const;
    /// Not ended, or not settled; of one tenant, or (empty) of all. Oldest first.
    [[nodiscard]] Result<QList<Experiment>> unfinished(const TenantId &tenant) const;
    /// Every experiment that is not deleted; of one tenant, or (empty) of all.
    [[nodiscard]] Result<QList<Experiment>> all(const TenantId &tenant) const;

    /// A run that was used and settled without any bill; deleted ones, too.
    struct Unbilled {
        ExperimentId id;
        TenantId tenant;
        QString name;
        QString reason; ///< why a person gave it up; empty where nobody did
    };
    /// Of one tenant, or (empty) of all.
    [[nodiscard]] Result<QList<Unbilled>> unbilled(const TenantId &tenant) const;
    /// Whether its run directory is in another of the workspaces that share the ledger: then nothing that is missing
    /// here says anything about it.
    [[nodiscard]] Result<bool> isElsewhere(const ExperimentId &id) const;
    /// Error: `experiment_elsewhere`.
    [[nodiscard]] Result<> requireHere(const ExperimentId &id) const;

    /// What stands before the reason on the hold of a run that a person gave up.
    static constexpr QLatin1String GivenUp{"[given_up] "};

private:
    [[nodiscard]] Result<QList<Experiment>> select(const QString &where, const QVariantList &values) const;

    store::Database &m_database;
    Workspace m_workspace;
};

} // namespace society::experiment
