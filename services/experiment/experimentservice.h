// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/agentsociety/launch.h"
#include "services/config/configstore.h"
#include "services/config/preflight.h"
#include "services/core/clock.h"
#include "services/core/workspace.h"
#include "services/executor/executor.h"
#include "services/executor/runstatus.h"
#include "services/experiment/experiment.h"
#include "services/experiment/runsettings.h"
#include "services/experiment/usage.h"
#include "services/ledger/ledger.h"
#include "services/secrets/secretstore.h"

#include <QStringList>
#include <memory>
#include <optional>

namespace society::experiment {

/// What a person asks for with Start. References are an id, an exact name or a unique prefix of an id.
struct Request {
    TenantId tenant;
    QString llm, agents, map, workflow;
    QString name;                ///< empty: the workflow's name
    std::optional<Money> cap;    ///< empty: the setting, ¥ 1.00
    std::optional<quint32> seed; ///< empty: random
};

/// What the checks found and what Start would do. Nothing has been changed.
struct Check {
    QList<config::Problem> problems; ///< in a fixed order: configuration, runner, keys, money
    Money hold;                      ///< what Start sets aside; 0 for practice
    bool practice = false;
    int agentCount = 0;
    int stepsTotal = 0;
    [[nodiscard]] bool canStart() const; ///< no error among the problems
};

/// How an experiment is asked for in lists.
struct Query {
    TenantId tenant;
    std::optional<State> state;
    QString text;                       ///< part of the name
    int limit = 1000;                   ///< rows at most
    std::optional<ExperimentId> before; ///< only those made before this one
};

/// Where the run is, in detail: the row, and what its run directory says. For the Run page.
struct Details {
    Experiment experiment;
    executor::RunStatus status;     ///< phases with times, warnings, the stop in progress
    QList<UsageTotal> usage;        ///< per LLM entry and model
    std::optional<Error> unsettled; ///< why the bill of an ended run cannot be made: its hold stays
    std::optional<Error> logUnread; ///< why its log cannot be read: day and step stand still
};

/// An experiment that was deleted: its row is kept for its bills' sake, its folder is gone.
struct Removed {
    Experiment experiment;
    QDateTime removedAt;
};

/// What reconcile() found.
struct Reconciled {
    QList<ExperimentId> settled;
    QList<ExperimentId> lost;
};

/// What refreshUnfinished() found.
struct Refreshed {
    QList<Experiment> experiments; ///< one that could not be read is as it was last seen, and may be `outOfReach`
    std::optional<Error> problem;  ///< why the first of those could not be read, or what is amiss with it (said once)
};

/// What an experiment needs from the rest of the house. All outlive the service.
struct Services {
    Workspace workspace;
    store::Database &database;
    ledger::Ledger &ledger;
    config::ConfigStore &configs;
    secrets::SecretStore &secrets;
    executor::Executor &executor;
    const Clock &clock;
};

/// The one object that knows configurations, executor and ledger: it makes experiments, starts and stops them, tells
/// their true state and settles them, once. Every method blocks (SQL, files, at most seconds): call it in a worker
/// thread or from the command line. Several threads and several processes may do so on one workspace.
class ExperimentService {
public:
    explicit ExperimentService(const Services &services);
    ~ExperimentService();

    /// Everything that Start would refuse or warn of. `testEndpoints` asks each provider for its model list (free;
    /// cached for five minutes). Errors only where the check itself cannot be made (unknown configuration, database).
    [[nodiscard]] Result<Check> check(const Request &request, bool testEndpoints);

    /// Checks, sets money aside, writes the run directory and starts the keeper; returns when it runs. Errors: the
    /// first problem's code (kind Funds or Runner only where nothing else is wrong), `name_invalid`, `run_unreachable`
    /// (the folder of the tenant's runs is on a disk that is away); nothing has been started then.
    [[nodiscard]] Result<Experiment> start(const Request &request);

    /// A new experiment with the record of an old one, seed included; `changes` are (path in the runner's
    /// configuration, JSON value). Today's prices and keys. Errors: as start(), `path_unknown`, `path_fixed` (of an
    /// LLM only model and concurrency may be changed).
    struct Rerun {
        QString name;
        std::optional<quint32> seed;
        std::optional<Money> cap;
        QList<std::pair<QString, QString>> changes;
    };
    [[nodiscard]] Result<Experiment> rerun(const TenantId &tenant, const ExperimentId &id, const Rerun &rerun);

    /// The experiment that an id, a unique prefix (≥ 4 characters) or an exact, unique name means.
    /// Errors: `experiment_unknown`, `experiment_ambiguous` (lists the candidates), `experiment_forbidden`.
    [[nodiscard]] Result<Experiment> find(const TenantId &tenant, const QString &reference);
    /// Newest first, as last seen: no run directory is read.
    [[nodiscard]] Result<QList<Experiment>> list(const Query &query);
    /// The true state from the run directory; settles what has ended. A run whose bill cannot be made is ended, not
    /// settled, and keeps its hold; details() says why. Errors: `experiment_unknown`.
    [[nodiscard]] Result<Experiment> refresh(const ExperimentId &id);
    /// refresh() of every experiment of the tenant that has not ended or is not settled (empty tenant: of all). One
    /// that fails does not keep the others. Errors: database errors.
    [[nodiscard]] Result<Refreshed> refreshUnfinished(const TenantId &tenant);
    /// refresh() with all that the Run page shows.
    [[nodiscard]] Result<Details> details(const ExperimentId &id);

    /// Asks the run to end and returns at once; `graceMs` 0 kills. A run that has ended is left as it is.
    [[nodiscard]] Result<Experiment> requestStop(const ExperimentId &id, std::optional<int> graceMs = {});
    /// requestStop(), then waits until nothing of the run is left (grace and 30 s at most: `stop_timeout`).
    [[nodiscard]] Result<Experiment> stop(const ExperimentId &id, std::optional<int> graceMs = {});
    /// Waits for the end. Error: `wait_timeout` (kind TimedOut) after `seconds`; negative: for ever.
    [[nodiscard]] Result<Experiment> waitForEnd(const ExperimentId &id, int seconds);

    /// Removes an ended experiment and its run directory; its bills stay. Errors: `experiment_unfinished`, `unsettled`,
    /// `unsettled_unread`.
    [[nodiscard]] Result<> remove(const ExperimentId &id);
    /// Settles a run that can never be billed, without a bill: one that has ended here and whose record is gone for
    /// good (its state stays), one whose folder is out of reach for good, or one of another workspace of the shared
    /// ledger that is gone (it counts as lost where it was not seen to end; whether it lives there cannot be told). Its
    /// hold is given back; the reason, as one line, stays on it, and the audit names the run with it. Should what is
    /// missing come back after all, the audit names what was not billed. For an owner of the tenant or an admin.
    /// Errors: `experiment_unknown`, `experiment_unfinished` (it lives, or nothing tells that it has ended),
    /// `unsettled_unread` and `run_unreadable` (what is wanted is there, but cannot be read now), `experiment_settled`
    /// (it was before, or could be billed after all and now is), `reason_missing`, `note_too_long`, `role_forbids`,
    /// `too_many_files`, database errors, and what else keeps an ended run from being looked at.
    [[nodiscard]] Result<Experiment> abandon(const ExperimentId &id, const QString &reason);
    /// What is kept of one that was deleted; nothing where none of the tenant's was. Errors: database errors.
    [[nodiscard]] Result<std::optional<Removed>> removed(const TenantId &tenant, const ExperimentId &id);
    /// Errors: as a name's at a start, `experiment_unknown`, database errors.
    [[nodiscard]] Result<Experiment> rename(const ExperimentId &id, const QString &name);
    /// Errors: `experiment_unknown`, database errors.
    [[nodiscard]] Result<Experiment> setNote(const ExperimentId &id, const QString &note);

    /// Notices ended and lost runs of all tenants and settles them, as the window does when it opens. Errors: the first
    /// that kept a run from being read or settled, after all others were; `unsettled` and `unsettled_unread` are said
    /// once per service.
    [[nodiscard]] Result<Reconciled> reconcile();

    /// What run directories say of every run that has started, or why that cannot be read, for Ledger::audit. Empty
    /// tenant: of all tenants.
    [[nodiscard]] Result<QList<ledger::RunFact>> runFacts(const TenantId &tenant);

    /// How runs are started where nothing else is said. Errors: database errors.
    [[nodiscard]] Result<RunSettings> runSettings();
    /// Errors: `amount_negative`, `ray_address_invalid`, database errors.
    [[nodiscard]] Result<> setRunSettings(const RunSettings &settings);

    /// Checks what a provider answers to a request for its model list, for each LLM entry of a configuration.
    [[nodiscard]] Result<QList<config::Problem>> testLlm(const TenantId &tenant, const QString &llm);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace society::experiment
