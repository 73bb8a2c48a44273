// SPDX-License-Identifier: GPL-3.0-or-later
// What an audit proposes, and how a later one knows what was done about it: by the note of the correction, which begins
// with the code of the difference in brackets. Notes are never changed, and no other place would be safer.
#include "services/ledger/auditor_p.h"
#include "services/ledger/ledger.h"
#include "services/ledger/totals_p.h"
#include "services/store/transaction.h"

namespace society::ledger {

using store::Transaction;

namespace {

constexpr qsizetype LongestWords = 1'000; // of a difference in a note, far below what a note may be
const QLatin1String Unbilled(" unbilled");

/// What stands in brackets at the start of a note; empty where nothing does.
QString inBrackets(const QString &note)
{
    const qsizetype end = note.indexOf(u']');
    return note.startsWith(u'[') && end > 0 ? note.mid(1, end - 1) : QString();
}

/// The same of two audits that say the same, in whatever language. Only of one with a proposal.
QString identityOf(const Difference &difference)
{
    const Proposal &proposal = *difference.proposal;
    return QStringList{difference.code, difference.tenant, difference.experiment.text(),
        QString::number(difference.expected.micro()), QString::number(difference.found.micro()),
        QString::number(static_cast<int>(proposal.kind)), proposal.bill.text(),
        QString::number(proposal.amount.micro())}
        .join(u'\n');
}

} // namespace

void Auditor::readFixes()
{
    for (const Correction &each : m_corrections) {
        QString what = inBrackets(each.note);
        const bool byUse =
            what.startsWith(QLatin1String("usage_differs ")) || what.startsWith(QLatin1String("price_differs "));
        if (!byUse && what != QLatin1String("amount_wrong") && what != QLatin1String("billed_twice"))
            continue;
        const bool unbilled = what.endsWith(Unbilled);
        if (unbilled)
            what.chop(Unbilled.size());
        Fix &fix = m_fixes[unbilled ? each.experiment + what : each.corrects];
        fix.amount = added(fix.amount, each.amount);
        fix.byUse = fix.byUse || byUse;
    }
}

// By the amounts alone: a note is easily written.
bool Auditor::wasPutRight(const QString &key, Money expected, Money found) const
{
    const auto fix = m_fixes.constFind(key);
    return fix != m_fixes.cend() && added(found, fix->amount) == expected;
}

std::optional<Proposal> Auditor::correction(const BillId &bill, const QString &key, Money expected, Money found,
    const QString &what, const QString &words) const
{
    const auto amount = expected.plus(added(found, m_fixes.value(key).amount).negated());
    if (bill.isNull() || !amount || amount->isZero() || what.contains(u']'))
        return {};
    return Proposal{
        Proposal::Kind::Correct, bill, *amount, u'[' + what + QStringLiteral("] ") + words.left(LongestWords)};
}

void Auditor::weighProposals()
{
    QSet<TenantId> broken; // their bills do not follow one another; empty: somebody's are missing
    QSet<ExperimentId> contradicted;
    for (const Difference &difference : std::as_const(m_report.differences)) {
        if (difference.code == QLatin1String("bills_missing") ||
            difference.code == QLatin1String("balance_after_wrong"))
            broken.insert(difference.tenant);
        else if (difference.code == QLatin1String("usage_differs") || difference.code == QLatin1String("price_differs"))
            contradicted.insert(difference.experiment);
    }
    const auto canRecount = [&](const TenantId &tenant) {
        const Sum sum = m_sums[m_words.of(tenant.toUtf8())];
        return sum.sum == sum.lastBalance && !broken.contains(tenant) && !broken.contains(TenantId());
    };
    for (Difference &difference : m_report.differences) {
        if (!difference.proposal)
            continue;
        // Of bills that do not follow one another nothing may be made: it would hide what was done to them. And what
        // the run's directory says outweighs figures that somebody may have changed.
        const bool wouldHide = difference.proposal->kind == Proposal::Kind::Recount && !canRecount(difference.tenant);
        const bool isOutweighed =
            (difference.code == QLatin1String("amount_wrong") || difference.code == QLatin1String("billed_twice")) &&
            contradicted.contains(difference.experiment);
        if (wouldHide || isOutweighed)
            difference.proposal.reset();
    }
}

Result<qint64> Ledger::putRight(
    const QList<Difference> &differences, const std::optional<TenantId> &tenant, const QList<RunFact> &facts)
{
    SOCIETY_ASSIGN(Transaction transaction, Transaction::begin(m_database));
    Auditor auditor(m_database, tenant);
    SOCIETY_ASSIGN(const AuditReport now, auditor.run(facts));
    QSet<QString> valid;
    for (const Difference &difference : now.differences)
        if (difference.proposal)
            valid.insert(identityOf(difference));
    qint64 followed = 0;
    QSet<TenantId> recounted;
    for (const Difference &difference : differences) {
        if (!difference.proposal)
            continue;
        if (!valid.contains(identityOf(difference)))
            return fail(ErrorKind::Refused, "audit_changed", tr("The ledger has changed since it was audited."),
                tr("Audit it again; nothing was written."), difference.words);
        ++followed;
        // Before any correction: it goes on from the balance that there is.
        if (difference.proposal->kind == Proposal::Kind::Recount && !recounted.contains(difference.tenant)) {
            SOCIETY_TRY(recount(m_database, m_clock, difference.tenant));
            recounted.insert(difference.tenant);
        }
    }
    for (const Difference &difference : differences) {
        if (!difference.proposal)
            continue;
        const Proposal &proposal = *difference.proposal;
        if (proposal.kind == Proposal::Kind::Correct)
            SOCIETY_TRY(correct(difference.tenant, proposal.bill, proposal.amount, proposal.note));
        else if (proposal.kind == Proposal::Kind::Release)
            SOCIETY_TRY(releaseHold(difference.tenant, difference.experiment, proposal.note));
    }
    SOCIETY_TRY(transaction.commit());
    return followed;
}

} // namespace society::ledger
