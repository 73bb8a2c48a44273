// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/store/query.h"

#include "services/core/clock.h"
#include "services/store/connections_p.h"
#include "services/store/sqlerror_p.h"

#include <QCoreApplication>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>

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
    if (ThreadConnection *thread = Connections::ofThisThread(database); thread != nullptr && thread->depth > 0)
        thread->broken = thread->broken || endsTransaction(nativeCode(query.lastError()));
    return fail(sqlError(query.lastError(), database.path(), sql));
}

} // namespace

Query::Query(Database &database, std::unique_ptr<QSqlQuery> query)
    : m_database(&database)
    , m_query(std::move(query))
{
}
Query::Query(Query &&) noexcept = default;
Query &Query::operator=(Query &&) noexcept = default;
Query::~Query() = default;

Result<Query> Query::run(Database &database, const QString &sql, const QVariantList &values)
{
    SOCIETY_ASSIGN(const QSqlDatabase connection, database.connection());
    if (const ThreadConnection *thread = Connections::ofThisThread(database); thread->depth > 0 && thread->broken)
        return fail(ErrorKind::Database, "database_failed",
            QCoreApplication::translate("Database", "Nothing was saved, as the database failed on the way."),
            QCoreApplication::translate("Database", "Try again; if it happens again, report it with the details."),
            sql.left(500), database.path());
    auto query = std::make_unique<QSqlQuery>(connection);
    query->setForwardOnly(true);
    if (!query->prepare(sql))
        return failed(database, *query, sql);
    for (const QVariant &value : values)
        query->addBindValue(bindable(value));
    if (!query->exec())
        return failed(database, *query, sql);
    return Query(database, std::move(query));
}

Result<bool> Query::next()
{
    if (m_query->next())
        return true;
    if (m_query->lastError().type() != QSqlError::NoError)
        return failed(*m_database, *m_query, m_query->lastQuery());
    m_query->finish();
    return false;
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
    return m_query->numRowsAffected();
}

qint64 Query::lastId() const
{
    return m_query->lastInsertId().toLongLong();
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
