// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/store/query.h"

#include "services/core/clock.h"
#include "services/store/connections_p.h"
#include "services/store/serversql_p.h"
#include "services/store/sqlerror_p.h"
#include "services/store/transaction.h"

#include <QCoreApplication>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlField>
#include <QSqlQuery>
#include <QSqlRecord>

namespace society::store {

namespace {

/// QtSql binds a null QString as NULL; to us it is a text without characters.
QVariant bindable(const QVariant &value)
{
    if (value.metaType() == QMetaType::fromType<QString>() && value.toString().isNull())
        return QStringLiteral("");
    return value;
}

tl::unexpected<Error> failed(const Database &database, const QSqlQuery &query, const QString &sql)
{
    // A server ends a transaction at the first error of any kind.
    if (ThreadConnection *thread = Connections::ofThisThread(database); thread != nullptr && thread->depth > 0)
        thread->broken = thread->broken || database.dialect() == Dialect::PostgreSql ||
                         endsTransaction(nativeCode(query.lastError()));
    return fail(database.errorOf(query.lastError(), sql));
}

tl::unexpected<Error> brokenBefore(const Database &database, const QString &sql)
{
    return fail(ErrorKind::Database, "database_failed",
        QCoreApplication::translate("Database", "Nothing was saved, as the database failed on the way."),
        QCoreApplication::translate("Database", "Try again; if it happens again, report it with the details."),
        sql.left(500), database.path());
}

/// LIKE means what SQLite means by it: ASCII letters of either case are one (as the columns are COLLATE "C").
QString likeOnServer(const QString &sql)
{
    return QString(sql).replace(QLatin1String(" LIKE "), QLatin1String(" ILIKE "));
}

bool isWrite(const QString &sql)
{
    const auto begins = [&](const char *word) { return sql.startsWith(QLatin1String(word), Qt::CaseInsensitive); };
    return begins("INSERT") || begins("UPDATE") || begins("DELETE") || begins("REPLACE");
}

std::unique_ptr<QSqlQuery> queryOn(const QSqlDatabase &connection)
{
    auto query = std::make_unique<QSqlQuery>(connection);
    query->setForwardOnly(true);
    return query;
}

/// Runs it on a server; a reading statement once more, where it finds that the connection has died since its last use.
Result<std::unique_ptr<QSqlQuery>> runOnServer(Database &database, const QString &sql, const QVariantList &values)
{
    SOCIETY_ASSIGN(const QString filled, serverSql(likeOnServer(sql), values));
    SOCIETY_ASSIGN(QSqlDatabase connection, database.connection());
    auto query = queryOn(connection);
    if (connection.isOpen() && query->exec(filled)) // it is not, where it died within a transaction
        return query;
    const bool again = Connections::ofThisThread(database)->depth == 0 &&
                       database.errorOf(query->lastError()).code == u"database_unreachable";
    if (!again)
        return failed(database, *query, sql);
    query.reset();
    SOCIETY_ASSIGN(connection, database.connection()); // a new one
    query = queryOn(connection);
    if (!query->exec(filled))
        return failed(database, *query, sql);
    return query;
}

Result<std::unique_ptr<QSqlQuery>> runOnFile(Database &database, const QString &sql, const QVariantList &values)
{
    SOCIETY_ASSIGN(const QSqlDatabase connection, database.connection());
    auto query = queryOn(connection);
    if (!query->prepare(sql))
        return failed(database, *query, sql);
    for (const QVariant &value : values)
        query->addBindValue(bindable(value));
    if (!query->exec())
        return failed(database, *query, sql);
    return query;
}

} // namespace

Query::Query(Database &database, std::unique_ptr<QSqlQuery> query)
    : m_database(&database)
    , m_query(std::move(query))
{
    constexpr int numeric = 1700; // PostgreSQL's number of the type
    if (m_database->dialect() == Dialect::PostgreSql && m_query->isSelect()) {
        const QSqlRecord record = m_query->record();
        for (int column = 0; column < record.count(); ++column)
            if (record.field(column).typeID() == numeric)
                m_sums.append(column);
    }
}
Query::Query(Query &&) noexcept = default;
Query &Query::operator=(Query &&) noexcept = default;
Query::~Query() = default;

Result<Query> Query::run(Database &database, const QString &sql, const QVariantList &values)
{
    SOCIETY_ASSIGN([[maybe_unused]] const QSqlDatabase connection, database.connection());
    const ThreadConnection *thread = Connections::ofThisThread(database);
    if (thread->depth > 0 && thread->broken)
        return brokenBefore(database, sql);
    if (thread->depth > 0 && thread->mode == Transaction::Mode::Read && isWrite(sql))
        return fail(writesWhileReading()); // a file would take it, without its turn among the writers
    const auto runHere = database.dialect() == Dialect::Sqlite ? runOnFile : runOnServer;
    if (thread->depth > 0 || !isWrite(sql)) {
        SOCIETY_ASSIGN(auto query, runHere(database, sql, values));
        return Query(database, std::move(query));
    }
    // A transaction of its own takes its turn among the writers, notices a file that was moved away meanwhile, and
    // knows what became of it if a server is lost.
    SOCIETY_ASSIGN(Transaction transaction, Transaction::begin(database));
    SOCIETY_ASSIGN(auto query, runHere(database, sql, values));
    Query written(database, std::move(query));
    written.m_affected = written.m_query->numRowsAffected();
    SOCIETY_TRY(transaction.commit());
    return written;
}

Result<bool> Query::next()
{
    if (m_query->next()) {
        SOCIETY_TRY(requireWholeNumbers());
        return true;
    }
    if (m_query->lastError().type() != QSqlError::NoError)
        return failed(*m_database, *m_query, m_query->lastQuery());
    m_query->finish();
    return false;
}

/// On a server a sum is of a type without bounds; one that is too large must not be read as 0.
Result<> Query::requireWholeNumbers() const
{
    for (const int column : m_sums) {
        const QVariant value = m_query->value(column);
        bool fits = true;
        if (!value.isNull())
            std::ignore = value.toLongLong(&fits);
        if (!fits)
            return fail(ErrorKind::Database, "database_failed",
                QCoreApplication::translate("Database", "A sum is larger than any amount can be."),
                QCoreApplication::translate("Database", "Report it with the details."), m_query->lastQuery().left(500),
                m_database->path());
    }
    return {};
}

bool Query::isNull(int column) const
{
    return m_query->isNull(column);
}

QString Query::text(int column) const
{
    return m_query->value(column).toString();
}

qint64 Query::integer(int column) const
{
    return m_query->value(column).toLongLong();
}

bool Query::boolean(int column) const
{
    return integer(column) != 0;
}

Money Query::money(int column) const
{
    return Money::fromMicro(integer(column));
}

QDateTime Query::time(int column) const
{
    return fromIso(text(column));
}

qint64 Query::affected() const
{
    return m_affected >= 0 ? m_affected : m_query->numRowsAffected();
}

QString placesFor(qsizetype count)
{
    return QStringList(count, QStringLiteral("?")).join(QStringLiteral(", "));
}

Result<qint64> execute(Database &database, const QString &sql, const QVariantList &values)
{
    SOCIETY_ASSIGN(const Query query, Query::run(database, sql, values));
    return query.affected();
}

QString containing(const QString &text)
{
    QString pattern = text;
    pattern.replace(u'\\', QLatin1String("\\\\"))
        .replace(u'%', QLatin1String("\\%"))
        .replace(u'_', QLatin1String("\\_"));
    return u'%' + pattern + u'%';
}

} // namespace society::store
