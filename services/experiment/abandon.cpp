// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/experiment/abandon.h"

#include "services/core/handles.h"
#include "services/experiment/observer.h"
#include "services/experiment/rows.h"
#include "services/ledger/limits.h"
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

tl::unexpected<Error> settledBefore(const Experiment &experiment)
{
    return fail(ErrorKind::Refused, "experiment_settled", tr("“%1” has been settled.").arg(experiment.name),
        tr("Nothing is held for it."));
}

/// A run of this workspace as its folder tells, where nothing of it lives and its bill cannot be made.
Result<Experiment> unbillable(const Services &services, const Experiment &known)
{
    // Not the service's own observer: what kept the run from being settled may have been mended since.
    const auto look = Observer(services).look(known);
    if (look) {
        if (look->experiment.settled)
            return settledBefore(look->experiment);
        if (look->unsettled) {
            if (areHandlesUsedUp() || look->unsettled->code == UnsettledUnread) // only out of reach
                return fail(orTooManyFiles(*look->unsettled));
            return look->experiment;
        }
        return fail(ErrorKind::Refused, "experiment_unfinished", tr("“%1” has not ended yet.").arg(known.name),
            tr("Stop it first."));
    }
    const Error why = orTooManyFiles(look.error());
    if (why.code == QLatin1String("run_unreachable"))
        return known; // by a disk that is gone for good, says who gives it up
    // Whatever else keeps a run from being looked at now need not do so later.
    if (isEnded(known.state) || why.code == QLatin1String("too_many_files") || why.kind == ErrorKind::Database)
        return fail(why);
    return fail(ErrorKind::Refused, "experiment_unfinished",
        tr("Whether “%1” has ended cannot be told: %2").arg(known.name, why.message), why.remedy, why.detail, why.path);
}

/// The reason stays on the hold, which nobody can change any more; where that was given back before, on the run's note.
Result<> keepReason(const Services &services, Rows &rows, const Experiment &experiment, const QString &reason)
{
    SOCIETY_ASSIGN(const QList<ledger::Hold> open, services.ledger.holds(experiment.tenant));
    const bool isHeld = std::any_of(
        open.cbegin(), open.cend(), [&](const ledger::Hold &hold) { return hold.experiment == experiment.id; });
    const QString words = Rows::GivenUp + reason;
    if (isHeld) {
        SOCIETY_TRY(services.ledger.releaseHold(experiment.tenant, experiment.id, words));
        return {};
    }
    return rows.setNote(experiment.id, experiment.note.isEmpty() ? words : words + u'\n' + experiment.note);
}

} // namespace

Result<Experiment> abandon(const Services &services, const ExperimentId &id, const QString &reason)
{
    const QString why = reason.simplified();
    if (why.size() > ledger::LongestNote - Rows::GivenUp.size())
        return fail(ErrorKind::Refused, "note_too_long",
            tr("The reason is longer than %L1 characters.").arg(ledger::LongestNote - Rows::GivenUp.size()),
            tr("Shorten it."));
    if (why.isEmpty())
        return fail(ErrorKind::Refused, "reason_missing", tr("A run is not given up without a reason."),
            tr("Say what has become of it."));
    Rows rows(services.database, services.workspace);
    SOCIETY_ASSIGN(Experiment experiment, rows.get(id));
    SOCIETY_TRY(requireOwner(services.database, experiment.tenant));
    if (experiment.settled)
        return settledBefore(experiment);
    SOCIETY_ASSIGN(const bool elsewhere, rows.isElsewhere(id));
    if (!elsewhere) {
        SOCIETY_ASSIGN(experiment, unbillable(services, experiment));
    }
    SOCIETY_ASSIGN(auto transaction, store::Transaction::begin(services.database));
    SOCIETY_ASSIGN(const Experiment now, rows.get(id));
    if (now.settled)
        return settledBefore(now);
    experiment.note = now.note;
    if (!isEnded(experiment.state)) {
        experiment.state = State::Lost;
        experiment.endedAt = services.clock.now();
        experiment.reasonCode = elsewhere ? QStringLiteral("workspace_gone") : QStringLiteral("disk_gone");
        experiment.reason = why;
    }
    experiment.settled = true;
    experiment.cost = {};
    SOCIETY_TRY(keepReason(services, rows, experiment, why));
    SOCIETY_TRY(services.ledger.settle({experiment.tenant, experiment.id, {}}));
    SOCIETY_TRY(rows.settle(experiment));
    // A failure's own cause stays; of what ended well there is nothing else to say.
    if (experiment.reasonCode.isEmpty() || experiment.reasonCode == QLatin1String("finished"))
        SOCIETY_TRY(rows.setReason(id, QStringLiteral("given_up"), why));
    SOCIETY_TRY(transaction.commit());
    return rows.get(id);
}

} // namespace society::experiment
