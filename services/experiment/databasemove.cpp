// SPDX-License-Identifier: GPL-3.0-or-later
// A workspace's database goes from its file to a server, and back.
#include "services/core/files.h"
#include "services/experiment/databasemove_p.h"
#include "services/experiment/databaseplace.h"
#include "services/experiment/workspacedatabase.h"
#include "services/ledger/ledger.h"
#include "services/store/query.h"
#include "services/store/transaction.h"

#include <QCoreApplication>
#include <QFile>
#include <QScopeGuard>

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

/// What is left to do when the rows are in the new place. Each undoes what it has done where it fails.
struct LastSteps {
    std::function<Result<>()> prepare;                       ///< while nothing is saved anywhere
    std::function<Result<>(Transaction &source)> changeOver; ///< the copy is saved: what decides comes last
    QString words; ///< of a failure after the copy was, or may have been, saved
};

tl::unexpected<Error> withWords(Error error, const QString &words)
{
    if (!words.isEmpty())
        error.remedy = error.remedy.isEmpty() ? words : error.remedy + u' ' + words;
    return fail(std::move(error));
}

/// Both in a transaction that keeps all other writers out until the workspace has changed over.
Result<Moved> moveRows(
    store::Database &from, store::Database &to, const Clock &clock, const MoveProgress &progress, const LastSteps &last)
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
    SOCIETY_TRY(last.prepare());
    if (auto saved = target.commit(); !saved)
        return withWords(saved.error(), saved.error().code == u"commit_unknown" ? last.words : QString());
    if (auto changed = last.changeOver(source); !changed)
        return withWords(changed.error(), last.words);
    return moved;
}

/// A name that is to be given while all is as it was.
Result<> rename(const QString &from, const QString &to)
{
    auto renamed = renameFile(from, to);
    if (!renamed)
        renamed.error().remedy = tr("Take away what is in the way, “%1”.").arg(to);
    return renamed;
}

/// Gives a name back after a later step has failed.
tl::unexpected<Error> takenBack(const Error &error, const QString &from, const QString &to)
{
    return withWords(
        error, renameFile(from, to) ? QString() : tr("“%1” is to be renamed to “%2” by hand.").arg(from, to));
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
    const QString decides = serverFile(m_workspace);
    const QString coming = decides + QStringLiteral(".moving"); // Workspace::requireDatabase() knows this name, too
    const auto forget = qScopeGuard([&] { QFile::remove(coming); });
    LastSteps last;
    last.prepare = [&] { return store::saveServer(coming, *reached.place.server); };
    // Who waits for the lock finds the file's name gone and writes nothing; the log beside it is written into it at the
    // end. So it goes first: with both names there would be two ledgers.
    last.changeOver = [&](Transaction &) -> Result<> {
        SOCIETY_TRY(rename(here.file, aside));
        if (auto decided = nameFile(coming, decides); !decided)
            return takenBack(decided.error(), aside, here.file);
        return {};
    };
    last.words = tr("The workspace goes on where it was. The copy in “%1” belongs to nobody: its administrator empties "
                    "that ledger before the next move.")
                     .arg(reached.place.server->text());
    SOCIETY_ASSIGN(Moved moved, moveRows(m_own, *reached.database, m_clock, progress, last));
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
    const auto removeParts = [&unfinished] {
        for (const char *part : {"", "-wal", "-shm"})
            QFile::remove(unfinished + QLatin1String(part));
    };
    removeParts(); // of a move that was interrupted
    SOCIETY_TRY(moveLogsAside(here.file + ending));
    SOCIETY_ASSIGN(auto to, store::Database::open(unfinished));
    LastSteps last;
    last.prepare = [&] { return store::closeLedger(m_own); };
    last.changeOver = [&](Transaction &source) -> Result<> {
        to.reset(); // its log is written into it
        SOCIETY_TRY(rename(unfinished, here.file));
        if (auto closed = source.commit(); !closed)
            return withWords(takenBack(closed.error(), here.file, unfinished).value(),
                closed.error().code == u"commit_unknown"
                    ? tr("The ledger on the server may be closed for writing already; it can be moved again.")
                    : QString());
        return renameFile(serverFile(m_workspace), serverFile(m_workspace) + ending); // says to do so by hand
    };
    auto done = moveRows(m_own, *to, m_clock, progress, last);
    if (!done) {
        to.reset();
        removeParts();
        return done;
    }
    Moved moved = *done;
    moved.database = here.file;
    moved.kept = here.server->text();
    return moved;
}

} // namespace society::experiment
