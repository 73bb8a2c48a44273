// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/store/transaction.h"

#include "services/store/connections_p.h"
#include "services/store/sqlerror_p.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QSqlRecord>
#include <QThread>
#include <QUuid>
#include <QVariant>

namespace society::store {

namespace {

// Takes the one lock of all writers: what BEGIN IMMEDIATE is on SQLite. In READ COMMITTED each statement after it sees
// what the one before has committed; a snapshot taken with the first statement would be older than the lock.
constexpr QLatin1String BeginWrite("SELECT begin_write('%1'), pg_current_xact_id()::text");

Result<QString> ask(Database &database, const QString &sql)
{
    SOCIETY_ASSIGN(const QSqlDatabase connection, database.connection());
    QSqlQuery query(connection);
    if (!connection.isOpen() || !query.exec(sql))
        return fail(database.errorOf(query.lastError(), sql));
    return query.next() ? query.value(query.record().count() - 1).toString() : QString();
}

Result<> run(Database &database, const QString &sql)
{
    SOCIETY_TRY(ask(database, sql));
    return {};
}

bool isGone(const Error &error)
{
    return error.code == u"database_unreachable";
}

Result<> beginOnServer(Database &database, ThreadConnection &thread, Transaction::Mode mode)
{
    const QString sql = mode == Transaction::Mode::Write
                            ? QStringLiteral("BEGIN ISOLATION LEVEL READ COMMITTED")
                            : QStringLiteral("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    auto begun = run(database, sql);
    if (!begun && isGone(begun.error()))
        begun = run(database, sql); // the connection had died since its last use; this one is new
    SOCIETY_TRY(begun);
    if (mode == Transaction::Mode::Read)
        return {};
    thread.token = QUuid::createUuid().toString(QUuid::WithoutBraces);
    auto locked = ask(database, QString(BeginWrite).arg(thread.token));
    if (!locked) {
        if (!isGone(locked.error()))
            (void)run(database, QStringLiteral("ROLLBACK"));
        return fail(locked.error());
    }
    thread.number = *locked;
    return {};
}

Result<> beginHere(Database &database, ThreadConnection &thread, Transaction::Mode mode)
{
    if (database.dialect() == Dialect::PostgreSql)
        return beginOnServer(database, thread, mode);
    if (mode == Transaction::Mode::Read)
        return run(database, QStringLiteral("BEGIN"));
    SOCIETY_TRY(Connections::requireSameFile(database));
    SOCIETY_TRY(run(database, QStringLiteral("BEGIN IMMEDIATE")));
    // It may have been moved away by the one who had the lock until now.
    auto same = Connections::requireSameFile(database);
    if (!same)
        (void)run(database, QStringLiteral("ROLLBACK"));
    return same;
}

/// What a server says of a transaction: `saved` where its token is there, else what became of its number, which after a
/// crash may be another's. Empty where it cannot be asked now, whatever the reason: none says that nothing was saved.
QString fateOf(Database &database, const QString &token, const QString &number)
{
    const auto connection = database.connection();
    if (!connection || !connection->isOpen())
        return {};
    QSqlQuery query(*connection);
    if (query.exec(QStringLiteral("SELECT CASE WHEN EXISTS (SELECT 1 FROM writes WHERE token = '%1') THEN 'saved' "
                                  "ELSE pg_xact_status('%2'::xid8) END")
                       .arg(token, number)))
        return query.next() ? query.value(0).toString() : QString();
    // A number that the restarted server has not given yet: it never reached its log.
    return query.lastError().nativeErrorCode() == u"22023" ? QStringLiteral("aborted") : QString();
}

/// What became of a transaction on a server whose answer to COMMIT was lost: the server knows, as soon as it can be
/// asked. Errors: `lost` where it was rolled back; `commit_unknown`.
Result<> outcome(Database &database, const ThreadConnection &thread, const Error &lost)
{
    constexpr int wait = 100; // ms
    QElapsedTimer timer;
    timer.start();
    bool isCommitted = false;
    do {
        const QString fate = fateOf(database, thread.token, thread.number);
        if (fate == u"saved")
            return {};
        // Where the token cannot be seen although the number is said to be committed, the number is another's.
        if (fate == u"aborted" || (fate == u"committed" && isCommitted))
            return fail(lost);
        isCommitted = fate == u"committed"; // it may have been while the token was looked for
        if (!isCommitted)
            QThread::msleep(wait);
    } while (timer.elapsed() < 2L * database.busyMs());
    return fail(ErrorKind::Database, "commit_unknown",
        QCoreApplication::translate("Database", "The connection to the server broke just as it was to save."),
        QCoreApplication::translate(
            "Database", "Look whether it was saved before you do it again; a settlement may simply be repeated."),
        lost.detail, database.path());
}

Result<> commitHere(Database &database, ThreadConnection &thread)
{
    auto done = run(database, QStringLiteral("COMMIT"));
    if (done || database.dialect() == Dialect::Sqlite || !isGone(done.error()))
        return done;
    thread.depth = 0; // the connection is gone, and with it the transaction: a new one may be made
    done = thread.mode == Transaction::Mode::Write ? outcome(database, thread, done.error()) : Result<>();
    thread.depth = 1;
    thread.lost = true;
    thread.broken = !done;
    return done;
}

tl::unexpected<Error> doomed()
{
    return fail(ErrorKind::Refused, "transaction_doomed",
        QCoreApplication::translate("Database", "Nothing was saved, as a part of it failed."),
        QCoreApplication::translate("Database", "Try again; if it happens again, report it with the details."));
}

} // namespace

Result<Transaction> Transaction::begin(Database &database, Mode mode)
{
    SOCIETY_ASSIGN([[maybe_unused]] const QSqlDatabase connection, database.connection());
    ThreadConnection &thread = *Connections::ofThisThread(database);
    if (thread.depth == 0) {
        SOCIETY_TRY(beginHere(database, thread, mode));
        thread.mode = mode;
        thread.doomed = false;
        thread.broken = false;
        thread.lost = false;
    } else if (mode == Mode::Write && thread.mode == Mode::Read) {
        return fail(ErrorKind::Database, "transaction_mode",
            QCoreApplication::translate("Database", "A program error: it wanted to write while it only reads."),
            QCoreApplication::translate("Database", "Report it with the details."));
    }
    ++thread.depth;
    return Transaction(&database, mode);
}

Transaction::Transaction(Database *database, Mode mode)
    : m_database(database)
    , m_mode(mode)
{
}

Transaction::Transaction(Transaction &&other) noexcept
    : m_database(std::exchange(other.m_database, nullptr))
    , m_mode(other.m_mode)
{
}

Transaction::~Transaction()
{
    rollBack();
}

Result<> Transaction::commit()
{
    if (m_database == nullptr)
        return doomed();
    ThreadConnection &thread = *Connections::ofThisThread(*m_database);
    if (thread.doomed || thread.broken) {
        rollBack();
        return doomed();
    }
    if (thread.depth == 1) {
        if (auto done = commitHere(*m_database, thread); !done) {
            rollBack();
            return done;
        }
    }
    --thread.depth;
    m_database = nullptr;
    return {};
}

void Transaction::rollBack()
{
    if (m_database == nullptr)
        return;
    ThreadConnection &thread = *Connections::ofThisThread(*m_database);
    if (thread.depth == 1 && thread.lost)
        thread.broken = true;
    else if (thread.depth == 1)
        (void)run(*m_database, QStringLiteral("ROLLBACK")); // fails only where the database has done so by itself
    else if (m_mode == Mode::Write)
        thread.doomed = true;
    --thread.depth;
    m_database = nullptr;
}

} // namespace society::store
