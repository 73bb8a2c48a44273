// SPDX-License-Identifier: GPL-3.0-or-later
// A workspace's database goes from its file to a server, and back.
#include "services/experiment/databasemove_p.h"
#include "services/experiment/databaseplace.h"
#include "services/experiment/workspacedatabase.h"
#include "services/ledger/ledger.h"
#include "services/store/query.h"
#include "services/store/transaction.h"

#include <QCoreApplication>
#include <QFile>

namespace society::experiment {

namespace {

using store::Transaction;

QString tr(const char *text)
{
    return QCoreApplication::translate("WorkspaceDatabase", text);
}

/// What an audit finds, in a form that can be compared: a move changes nothing of it, better or worse.
Result<QStringList> found(store::Database &database, const Clock &clock)
{
    SOCIETY_ASSIGN(const ledger::AuditReport report, ledger::Ledger(database, clock).audit());
    QStringList list{QString::number(report.accounts), QString::number(report.bills)};
    for (const ledger::Difference &difference : report.differences) {
        if (difference.code.startsWith(QLatin1String("rules_")))
            continue; // the new place has rules of its own
        list.append(QStringList{difference.code, difference.tenant, difference.experiment.text(),
            difference.expected.toDecimal(), difference.found.toDecimal()}
                        .join(u' '));
    }
    list.sort();
    return list;
}

/// How many differences there are in each.
Result<qsizetype> requireSameAudit(store::Database &from, store::Database &to, const Clock &clock)
{
    SOCIETY_ASSIGN(const QStringList before, found(from, clock));
    SOCIETY_ASSIGN(const QStringList after, found(to, clock));
    if (before == after)
        return before.size() - 2;
    return fail(ErrorKind::Database, "transfer_differs", tr("The audits of the two databases do not say the same."),
        tr("Nothing was moved. See what an audit says of this one."));
}

/// A server ends a transaction that is silent for a minute; one side of a move may be, while the other is audited.
Result<> allowSilence(store::Database &database)
{
    if (database.dialect() == store::Dialect::Sqlite)
        return {};
    SOCIETY_TRY(store::execute(database, QStringLiteral("SET LOCAL idle_in_transaction_session_timeout = 0")));
    return {};
}

/// Both in a transaction that keeps all other writers out until the workspace has changed over; `changeOver` is run
/// when the rows are safe in the new place.
Result<Moved> moveRows(store::Database &from, store::Database &to, const Clock &clock, const MoveProgress &progress,
    const std::function<Result<>()> &changeOver)
{
    SOCIETY_ASSIGN(Transaction source, Transaction::begin(from));
    SOCIETY_ASSIGN(Transaction target, Transaction::begin(to));
    for (store::Database *database : {&from, &to})
        SOCIETY_TRY(allowSilence(*database));
    SOCIETY_ASSIGN(const store::Transferred done, store::transfer(from, to, progress));
    Moved moved;
    moved.rows = done.rows;
    moved.bills = done.bills;
    if (progress && !progress({}, done.rows))
        return fail(ErrorKind::Refused, "cancelled", tr("The move was cancelled."),
            tr("Nothing was moved; begin again when it suits."));
    SOCIETY_ASSIGN(moved.differences, requireSameAudit(from, to, clock));
    // Whose runs they are: in a file there is but one workspace.
    SOCIETY_TRY(store::execute(to, QStringLiteral("UPDATE experiments SET executor = ? WHERE executor = ?"),
        {executorOf(to), executorOf(from)}));
    SOCIETY_TRY(target.commit());
    SOCIETY_TRY(changeOver());
    SOCIETY_TRY(source.commit());
    return moved;
}

} // namespace

Result<> renameFile(const QString &from, const QString &to)
{
    if (QFile::rename(from, to))
        return {};
    return fail(ErrorKind::Refused, "write_failed", tr("“%1” could not be renamed.").arg(from),
        tr("Rename it by hand: the workspace does not use it any more."), {}, from);
}

Result<Moved> WorkspaceDatabase::moveToServer(
    const store::Server &server, const Password &password, const MoveProgress &progress) const
{
    SOCIETY_ASSIGN(const DatabaseWhere here, where());
    if (here.server)
        return fail(ErrorKind::Refused, "database_shared", tr("The database of this workspace is on a server already."),
            tr("It is in %1.").arg(here.server->text()));
    SOCIETY_ASSIGN(const Reached reached, reach(server, password));
    const QString aside = here.file + QStringLiteral(".moved-") + stamp();
    SOCIETY_ASSIGN(Moved moved, moveRows(m_own, *reached.database, m_clock, progress, [&]() -> Result<> {
        SOCIETY_TRY(store::saveServer(serverFile(m_workspace), *reached.place.server));
        // Who waits for the lock finds its name gone and writes nothing; the log beside it is written into it at the
        // end.
        return renameFile(here.file, aside);
    }));
    moved.database = reached.place.server->text();
    moved.kept = aside;
    return moved;
}

/// Of a file that is not there any more, left by a program that was killed: the next file of the name would be read
/// with them.
Result<> WorkspaceDatabase::moveLogsAside(const QString &aside) const
{
    for (const char *ending : {"-wal", "-shm"}) {
        const QString log = m_workspace.database() + QLatin1String(ending);
        if (QFile::exists(log))
            SOCIETY_TRY(renameFile(log, aside + QLatin1String(ending)));
    }
    return {};
}

Result<Moved> WorkspaceDatabase::moveToFile(const MoveProgress &progress) const
{
    SOCIETY_ASSIGN(const DatabaseWhere here, where());
    if (!here.server)
        return fail(ErrorKind::Refused, "not_shared", tr("The database of this workspace is a file already."),
            tr("It is “%1”.").arg(here.file));
    if (QFile::exists(here.file))
        return fail(ErrorKind::Refused, "database_in_workspace", tr("There is a file “%1” already.").arg(here.file),
            tr("Move it away first."));
    const QString ending = QStringLiteral(".moved-") + stamp();
    const QString unfinished = here.file + QStringLiteral(".unfinished");
    for (const char *part : {"", "-wal", "-shm"}) // of a move that was interrupted
        QFile::remove(unfinished + QLatin1String(part));
    SOCIETY_TRY(moveLogsAside(here.file + ending));
    SOCIETY_ASSIGN(auto to, store::Database::open(unfinished));
    SOCIETY_ASSIGN(Moved moved, moveRows(m_own, *to, m_clock, progress, [&]() -> Result<> {
        SOCIETY_TRY(store::closeLedger(m_own));
        to.reset(); // its log is written into it
        SOCIETY_TRY(renameFile(unfinished, here.file));
        return renameFile(serverFile(m_workspace), serverFile(m_workspace) + ending);
    }));
    moved.database = here.file;
    moved.kept = here.server->text();
    return moved;
}

} // namespace society::experiment
