// SPDX-License-Identifier: GPL-3.0-or-later
// `database move`: from the workspace's file to a server, and back.
#include "app/cli/databaseoptions.h"
#include "app/cli/words.h"
#include "services/experiment/databaseplace.h"
#include "services/ledger/ledger.h"
#include "services/store/query.h"
#include "services/store/transaction.h"
#include "services/store/transfer.h"

#include <CLI/CLI.hpp>
#include <QFile>
#include <QLocale>

namespace society::cli {

namespace {

using store::Transaction;

/// What an audit finds, in a form that can be compared: a move changes nothing of it, better or worse.
Result<QStringList> found(store::Database &database, const Clock &clock)
{
    SOCIETY_ASSIGN(const ledger::AuditReport report, ledger::Ledger(database, clock).audit());
    QStringList list{QString::number(report.accounts), QString::number(report.bills)};
    for (const ledger::Difference &difference : report.differences)
        list.append(QStringList{difference.code, difference.tenant, difference.experiment.text(),
            difference.expected.toDecimal(), difference.found.toDecimal()}
                        .join(u' '));
    list.sort();
    return list;
}

Result<> requireSameAudit(store::Database &from, store::Database &to, const Clock &clock)
{
    SOCIETY_ASSIGN(const QStringList before, found(from, clock));
    SOCIETY_ASSIGN(const QStringList after, found(to, clock));
    if (before == after)
        return {};
    return fail(ErrorKind::Database, "transfer_differs",
        Cli::tr("The audits of the two databases do not say the same."),
        Cli::tr("Nothing was moved. See what “society-cli audit” says of this one."));
}

/// Both in a transaction that keeps all other writers out until the workspace has changed over.
class Move {
public:
    Move(Session &session, store::Database &from, store::Database &to)
        : m_session(session)
        , m_from(from)
        , m_to(to)
    {
    }

    /// `changeOver` is run when the rows are safe in the new place.
    Result<store::Transferred> run(const std::function<Result<>()> &changeOver)
    {
        SOCIETY_ASSIGN(Transaction source, Transaction::begin(m_from));
        SOCIETY_ASSIGN(Transaction target, Transaction::begin(m_to));
        SOCIETY_ASSIGN(
            const store::Transferred done, store::transfer(m_from, m_to, [this](const QString &table, qint64 rows) {
                m_session.out.progress(Cli::tr("%1: %L2 rows").arg(table).arg(rows));
            }));
        SOCIETY_TRY(requireSameAudit(m_from, m_to, m_session.clock()));
        // Whose runs they are: in a file there is but one workspace.
        SOCIETY_TRY(store::execute(m_to, QStringLiteral("UPDATE experiments SET executor = ? WHERE executor = ?"),
            {experiment::executorOf(m_to), experiment::executorOf(m_from)}));
        SOCIETY_TRY(target.commit());
        SOCIETY_TRY(changeOver());
        SOCIETY_TRY(source.commit());
        return done;
    }

private:
    Session &m_session;
    store::Database &m_from;
    store::Database &m_to;
};

QString asideName(Session &session)
{
    return session.workspace.database() + QStringLiteral(".moved-") +
           session.clock().now().toUTC().toString(QStringLiteral("yyyyMMdd-HHmmss"));
}

Result<> rename(const QString &from, const QString &to)
{
    if (QFile::rename(from, to))
        return {};
    return fail(ErrorKind::Refused, "write_failed", Cli::tr("“%1” could not be renamed.").arg(from),
        Cli::tr("Rename it by hand: the workspace does not use it any more."), {}, from);
}

void say(Session &session, const store::Transferred &done, const QString &from, const QString &to)
{
    session.out.document(QJsonObject{{QStringLiteral("rows"), done.rows}, {QStringLiteral("bills"), done.bills},
        {QStringLiteral("database"), to}, {QStringLiteral("kept"), from}});
    session.out.line(Cli::tr("%L1 rows, %L2 of them bills, are now in “%3”; both databases were audited and compared.")
                         .arg(done.rows)
                         .arg(done.bills)
                         .arg(to));
    session.out.line(Cli::tr("What was before is kept as “%1”; nobody writes to it any more.").arg(from));
}

Result<int> moveToServer(Session &session, const DatabaseOptions &options)
{
    SOCIETY_ASSIGN(const auto known, store::loadServer(experiment::serverFile(session.workspace)));
    if (known)
        return fail(ErrorKind::Refused, "database_shared",
            Cli::tr("The database of this workspace is on a server already."),
            Cli::tr("“society-cli database show” says on which."));
    SOCIETY_ASSIGN(store::Place place, placeFor(session, options));
    place.server->home = store::newHome();
    SOCIETY_TRY(session.openDatabase());
    SOCIETY_ASSIGN(const auto to, store::Database::open(place));
    const QString aside = asideName(session);
    SOCIETY_ASSIGN(const store::Transferred done, Move(session, session.database(), *to).run([&]() -> Result<> {
        SOCIETY_TRY(store::saveServer(experiment::serverFile(session.workspace), *place.server));
        // Who waits for the lock finds its name gone and writes nothing; the log beside it is written into it at the
        // end.
        return rename(session.workspace.database(), aside);
    }));
    say(session, done, aside, place.server->text());
    return 0;
}

Result<int> moveToFile(Session &session)
{
    SOCIETY_ASSIGN(const auto known, store::loadServer(experiment::serverFile(session.workspace)));
    if (!known)
        return fail(ErrorKind::Refused, "not_shared", Cli::tr("The database of this workspace is a file already."),
            Cli::tr("“society-cli database show” says which."));
    const QString file = session.workspace.database();
    const QString unfinished = file + QStringLiteral(".unfinished");
    if (QFile::exists(file))
        return fail(ErrorKind::Refused, "database_in_workspace", Cli::tr("There is a file “%1” already.").arg(file),
            Cli::tr("Move it away first."));
    for (const char *ending : {"", "-wal", "-shm"}) // of a move that was interrupted
        QFile::remove(unfinished + QLatin1String(ending));
    SOCIETY_TRY(session.openDatabase());
    store::Transferred done;
    {
        SOCIETY_ASSIGN(auto to, store::Database::open(unfinished));
        SOCIETY_ASSIGN(done, Move(session, session.database(), *to).run([&]() -> Result<> {
            SOCIETY_TRY(store::closeLedger(session.database()));
            to.reset(); // its log is written into it
            SOCIETY_TRY(rename(unfinished, file));
            return rename(experiment::serverFile(session.workspace),
                experiment::serverFile(session.workspace) +
                    asideName(session).mid(session.workspace.database().size()));
        }));
    }
    say(session, done, known->text(), file);
    return 0;
}

Result<int> move(Session &session, const DatabaseOptions &options, bool toFile)
{
    return toFile ? moveToFile(session) : moveToServer(session, options);
}

} // namespace

void addDatabaseMove(CLI::App &group, Action &chosen)
{
    auto *verb = group.add_subcommand("move",
        help(Cli::tr("Moves everything to an empty ledger on a server, or back, audits both and changes over")));
    const auto toServer = std::make_shared<bool>(false);
    const auto toFile = std::make_shared<bool>(false);
    const auto options = std::make_shared<DatabaseOptions>();
    auto *server = verb->add_flag("--to-server", *toServer, help(Cli::tr("To the server that is named")));
    auto *file = verb->add_flag("--to-file", *toFile, help(Cli::tr("From the server to a file of the workspace")));
    server->excludes(file);
    addDatabaseOptions(*verb, options);
    verb->callback([&chosen, toServer, toFile, options] {
        if (!*toServer && !*toFile)
            throw CLI::RequiredError("--to-server, --to-file");
        chosen = [options, toFile](Session &session) { return move(session, *options, *toFile); };
    });
}

} // namespace society::cli
