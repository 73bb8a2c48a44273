// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/ledger/book_p.h"
#include "services/ledger/ledger.h"
#include "services/store/transaction.h"

#include <QLocale>

namespace society::ledger {

using store::Transaction;

namespace {

tl::unexpected<Error> noFunds(Money available, Money needed)
{
    const QLocale locale;
    Money missing;
    if (const auto gap = needed.plus(available.negated()))
        missing = *gap;
    return fail(ErrorKind::Funds, "funds",
        tr("Not enough money: %1 available, %2 needed.").arg(available.toDisplay(locale), needed.toDisplay(locale)),
        tr("Recharge at least %1, lower the cap, or wait until a run in progress has ended.")
            .arg(missing.toDisplay(locale)));
}

} // namespace

Result<Hold> Ledger::placeHold(
    const TenantId &tenant, const ExperimentId &experiment, Money amount, const QString &reason)
{
    if (amount.isNegative())
        return fail(ErrorKind::Refused, "amount_negative", tr("A hold cannot be negative."),
            tr("Enter an amount of zero or more."));
    Hold hold;
    hold.experiment = experiment;
    hold.tenant = tenant;
    hold.amount = amount;
    hold.createdAt = fromIso(toIso(m_clock.now()));
    SOCIETY_ASSIGN(hold.reason, checkedNote(reason));
    // The write lock is taken before the balance is read: nobody can start on the same money in between.
    SOCIETY_ASSIGN(Transaction transaction, Transaction::begin(m_database));
    SOCIETY_ASSIGN(const Account now, account(tenant));
    SOCIETY_ASSIGN(const auto settled, settledFor(m_database, experiment));
    if (settled)
        return fail(ErrorKind::Refused, "experiment_settled", tr("The experiment was settled before."),
            tr("Run it again as a new experiment."));
    SOCIETY_ASSIGN(const auto before, holdOf(m_database, experiment));
    if (before)
        return fail(ErrorKind::Refused, "hold_exists", tr("Money is set aside for this experiment already."),
            tr("Run it again as a new experiment."));
    if (!amount.isZero() && amount > now.available)
        return noFunds(now.available, amount);
    SOCIETY_TRY(store::execute(m_database,
        QStringLiteral(
            "INSERT INTO holds (experiment, tenant, amount_micro, reason, created_at) VALUES (?, ?, ?, ?, ?)"),
        {experiment.text(), tenant, number(amount), hold.reason, toIso(hold.createdAt)}));
    SOCIETY_ASSIGN(const auto placed, holdOf(m_database, experiment));
    SOCIETY_TRY(transaction.commit());
    return placed.value_or(hold);
}

Result<Hold> Ledger::releaseHold(const TenantId &tenant, const ExperimentId &experiment, const QString &reason)
{
    SOCIETY_ASSIGN(const QString why, checkedNote(reason));
    SOCIETY_ASSIGN(Transaction transaction, Transaction::begin(m_database));
    SOCIETY_ASSIGN(const auto hold, holdOf(m_database, experiment));
    if (!hold)
        return fail(ErrorKind::NotFound, "hold_unknown", tr("No money is set aside for this experiment."),
            tr("Choose one from the list of holds."));
    if (hold->tenant != tenant)
        return fail(ErrorKind::Forbidden, "hold_foreign", tr("The hold belongs to another tenant."),
            tr("Change to that tenant first."));
    SOCIETY_TRY(endHold(m_database, m_clock, experiment, why));
    SOCIETY_ASSIGN(const auto released, holdOf(m_database, experiment));
    SOCIETY_TRY(transaction.commit());
    return released.value_or(*hold);
}

Result<Hold> Ledger::releaseOrphan(const TenantId &tenant, const ExperimentId &experiment, const QString &reason)
{
    SOCIETY_ASSIGN(const QString why, checkedNote(reason));
    if (why.isEmpty())
        return fail(ErrorKind::Refused, "note_missing", tr("Giving a hold back needs a reason."),
            tr("Say why it is given back."));
    SOCIETY_ASSIGN(Transaction transaction, Transaction::begin(m_database));
    SOCIETY_ASSIGN(const auto hold, holdOf(m_database, experiment));
    if (hold && hold->tenant == tenant && !hold->isOpen())
        return fail(
            ErrorKind::Refused, "hold_released", tr("The hold was given back before."), tr("Nothing need be done."));
    if (hold && hold->tenant == tenant && !hold->isOrphan())
        return fail(ErrorKind::Refused, "hold_in_use",
            tr("“%1” has not ended and may still use the money.").arg(hold->experimentName),
            tr("Stop it: its end gives the money back."));
    SOCIETY_ASSIGN(Hold released, releaseHold(tenant, experiment, why));
    SOCIETY_TRY(transaction.commit());
    return released;
}

Result<QList<Hold>> Ledger::holds(const TenantId &tenant, bool openOnly) const
{
    SOCIETY_TRY(balanceOf(m_database, tenant));
    return store::rows(m_database,
        selectHolds() + QStringLiteral("WHERE h.tenant = ? ") +
            (openOnly ? QStringLiteral("AND h.released_at IS NULL ") : QString()) +
            QStringLiteral("ORDER BY h.created_at DESC, h.experiment"),
        {tenant}, readHold);
}

} // namespace society::ledger
