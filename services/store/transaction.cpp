// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/store/transaction.h"

#include "services/store/connections_p.h"
#include "services/store/sqlerror_p.h"

#include <QCoreApplication>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>

namespace society::store {

namespace {

Result<> run(Database &database, const QString &sql)
{
    SOCIETY_ASSIGN(const QSqlDatabase connection, database.connection());
    QSqlQuery query(connection);
    if (!query.exec(sql))
        return fail(sqlError(query.lastError(), database.path(), sql));
    return {};
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
        if (mode == Mode::Write)
            SOCIETY_TRY(Connections::requireSameFile(database));
        SOCIETY_TRY(run(database, mode == Mode::Write ? QStringLiteral("BEGIN IMMEDIATE") : QStringLiteral("BEGIN")));
        thread.mode = mode;
        thread.doomed = false;
        thread.broken = false;
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
        if (auto done = run(*m_database, QStringLiteral("COMMIT")); !done) {
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
    if (thread.depth == 1)
        (void)run(*m_database, QStringLiteral("ROLLBACK")); // fails only where SQLite has rolled back by itself
    else if (m_mode == Mode::Write)
        thread.doomed = true;
    --thread.depth;
    m_database = nullptr;
}

} // namespace society::store
