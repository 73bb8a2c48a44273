// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/experiment/abandon.h"

#include "services/experiment/rows.h"
#include "services/store/members.h"
#include "services/store/transaction.h"

#include <QCoreApplication>
#include <algorithm>

namespace society::experiment {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Experiment", text);
}

/// A member may settle his own runs, and so the database lets him; that another's are gone is not his to say.
Result<> requireOwner(store::Database &database, const TenantId &tenant)
{
    if (!database.server())
        return {};
    SOCIETY_ASSIGN(const QList<store::Member> roles, store::ownRoles(database));
    const bool isOwner = std::any_of(roles.cbegin(), roles.cend(), [&](const store::Member &role) {
        return role.tenant.isEmpty() || (role.tenant == tenant && role.role == QLatin1String("owner"));
    });
    if (isOwner)
        return {};
    return fail(ErrorKind::Forbidden, "role_forbids", tr("Only an owner of the tenant or an admin may give up a run."),
        tr("Ask one of them."));
}

} // namespace

Result<Experiment> abandon(store::Database &database, ledger::Ledger &ledger, const Workspace &workspace,
    const Clock &clock, const ExperimentId &id, const QString &reason)
{
    if (reason.trimmed().isEmpty())
        return fail(ErrorKind::Refused, "reason_missing", tr("A run is not given up without a reason."),
            tr("Say what has become of its workspace."));
    Rows rows(database, workspace);
    SOCIETY_ASSIGN(auto transaction, store::Transaction::begin(database));
    SOCIETY_ASSIGN(Experiment experiment, rows.get(id));
    SOCIETY_TRY(requireOwner(database, experiment.tenant));
    if (experiment.settled)
        return fail(ErrorKind::Refused, "experiment_settled", tr("“%1” has been settled.").arg(experiment.name),
            tr("Nothing is held for it."));
    SOCIETY_ASSIGN(const bool elsewhere, rows.isElsewhere(id));
    if (!elsewhere)
        return fail(ErrorKind::Refused, "experiment_here",
            tr("The run of “%1” is in this workspace.").arg(experiment.name),
            tr("“society-cli reconcile” settles it by what its folder says, also where the run is lost."));
    if (!isEnded(experiment.state)) {
        experiment.state = State::Lost;
        experiment.endedAt = clock.now();
        experiment.reasonCode = QStringLiteral("workspace_gone");
        experiment.reason = reason.trimmed();
    }
    experiment.settled = true;
    experiment.cost = {};
    SOCIETY_TRY(ledger.settle({experiment.tenant, experiment.id, {}}));
    SOCIETY_TRY(rows.settle(experiment));
    SOCIETY_TRY(transaction.commit());
    return rows.get(id);
}

} // namespace society::experiment
