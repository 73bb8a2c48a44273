// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/store/scan.h"

#include "services/store/database.h"
#include "services/store/query.h"
#include "services/store/sqlerror_p.h"

#include <QSqlDatabase>
#include <QSqlDriver>
#include <QSqlError>

#include <cstring>
#include <memory>
#include <sqlite3.h>
#include <vector>

namespace society::store {

namespace {

/// Qt's own connection to SQLite (its driver uses the system's library, as this does); null for another database.
sqlite3 *handleOf(const QSqlDatabase &connection)
{
    const QVariant handle = connection.driver()->handle();
    return handle.isValid() && qstrcmp(handle.typeName(), "sqlite3*") == 0
               ? *static_cast<sqlite3 *const *>(handle.constData())
               : nullptr;
}

class SqliteRow final : public ScanRow {
public:
    explicit SqliteRow(sqlite3_stmt *statement)
        : m_statement(statement)
    {
    }
    [[nodiscard]] qint64 integer(int column) const override { return sqlite3_column_int64(m_statement, column); }
    [[nodiscard]] QByteArrayView text(int column) const override
    {
        const auto *text = reinterpret_cast<const char *>(sqlite3_column_text(m_statement, column));
        return {text, text == nullptr ? 0 : sqlite3_column_bytes(m_statement, column)};
    }

private:
    sqlite3_stmt *m_statement;
};

/// A row of any other database: slower, and as right.
class QueryRow final : public ScanRow {
public:
    explicit QueryRow(const Query &query)
        : m_query(query)
    {
    }
    void next() { m_texts.clear(); }
    [[nodiscard]] qint64 integer(int column) const override { return m_query.integer(column); }
    [[nodiscard]] QByteArrayView text(int column) const override
    {
        m_texts.push_back(std::make_unique<QByteArray>(m_query.text(column).toUtf8()));
        return *m_texts.back();
    }

private:
    const Query &m_query;
    mutable std::vector<std::unique_ptr<QByteArray>> m_texts;
};

Result<> scanAny(
    Database &database, const QString &sql, const QVariantList &values, const std::function<void(const ScanRow &)> &row)
{
    SOCIETY_ASSIGN(Query query, Query::run(database, sql, values));
    QueryRow view(query);
    for (;;) {
        SOCIETY_ASSIGN(const bool more, query.next());
        if (!more)
            return {};
        view.next();
        row(view);
    }
}

} // namespace

Result<> scan(
    Database &database, const QString &sql, const QVariantList &values, const std::function<void(const ScanRow &)> &row)
{
    SOCIETY_ASSIGN(const QSqlDatabase connection, database.connection());
    sqlite3 *handle = handleOf(connection);
    if (handle == nullptr)
        return scanAny(database, sql, values, row);
    const auto failed = [&] {
        const QString native = QString::number(sqlite3_extended_errcode(handle));
        return fail(
            sqlError(QSqlError(QString(), QString::fromUtf8(sqlite3_errmsg(handle)), QSqlError::StatementError, native),
                database.path(), sql));
    };
    sqlite3_stmt *prepared = nullptr;
    if (sqlite3_prepare_v2(handle, sql.toUtf8().constData(), -1, &prepared, nullptr) != SQLITE_OK)
        return failed();
    const std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt *)> statement(prepared, sqlite3_finalize);
    for (int at = 0; at < values.size(); ++at) {
        const QVariant &value = values.at(at);
        const QByteArray text = value.toString().toUtf8();
        const int bound =
            value.typeId() == QMetaType::QString
                ? sqlite3_bind_text(prepared, at + 1, text.constData(), static_cast<int>(text.size()), SQLITE_TRANSIENT)
                : sqlite3_bind_int64(prepared, at + 1, value.toLongLong());
        if (bound != SQLITE_OK)
            return failed();
    }
    const SqliteRow view(prepared);
    for (;;) {
        const int stepped = sqlite3_step(prepared);
        if (stepped == SQLITE_DONE)
            return {};
        if (stepped != SQLITE_ROW)
            return failed();
        row(view);
    }
}

} // namespace society::store
