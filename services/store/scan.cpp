// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/store/scan.h"

#include "services/store/database.h"
#include "services/store/query.h"
#include "services/store/sqlerror_p.h"

#include <QSqlDatabase>
#include <QSqlDriver>
#include <QSqlError>
#include <QSqlQuery>
#include <QVariant>

#include <cstring>
#include <dlfcn.h>
#include <memory>
#include <optional>
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

/// What is used of SQLite's own interface, from the library that Qt's driver has loaded. Linked, a window would wait
/// for it before it is seen, though the database is opened by another thread meanwhile. Functions are named as there.
struct Sqlite {
    /// Null where the driver uses another library: then Qt's own interface does the same, slower.
    [[nodiscard]] static const Sqlite *ofDriver(const QSqlDatabase &connection);

    decltype(&::sqlite3_bind_int64) bind_int64 = nullptr;
    decltype(&::sqlite3_bind_text) bind_text = nullptr;
    decltype(&::sqlite3_column_bytes) column_bytes = nullptr;
    decltype(&::sqlite3_column_int64) column_int64 = nullptr;
    decltype(&::sqlite3_column_text) column_text = nullptr;
    decltype(&::sqlite3_errmsg) errmsg = nullptr;
    decltype(&::sqlite3_extended_errcode) extended_errcode = nullptr;
    decltype(&::sqlite3_finalize) finalize = nullptr;
    decltype(&::sqlite3_prepare_v2) prepare_v2 = nullptr;
    decltype(&::sqlite3_sourceid) sourceid = nullptr;
    decltype(&::sqlite3_step) step = nullptr;
};

const Sqlite *Sqlite::ofDriver(const QSqlDatabase &connection)
{
    static const std::optional<Sqlite> found = [&]() -> std::optional<Sqlite> {
        void *library = ::dlopen("libsqlite3.so.0", RTLD_LAZY | RTLD_NOLOAD);
        if (library == nullptr)
            return {};
        Sqlite functions;
        bool whole = true;
        const auto find = [&]<class Function>(Function &function, const char *name) {
            function = reinterpret_cast<Function>(::dlsym(library, name));
            whole = whole && function != nullptr;
        };
        find(functions.bind_int64, "sqlite3_bind_int64");
        find(functions.bind_text, "sqlite3_bind_text");
        find(functions.column_bytes, "sqlite3_column_bytes");
        find(functions.column_int64, "sqlite3_column_int64");
        find(functions.column_text, "sqlite3_column_text");
        find(functions.errmsg, "sqlite3_errmsg");
        find(functions.extended_errcode, "sqlite3_extended_errcode");
        find(functions.finalize, "sqlite3_finalize");
        find(functions.prepare_v2, "sqlite3_prepare_v2");
        find(functions.sourceid, "sqlite3_sourceid");
        find(functions.step, "sqlite3_step");
        // A driver with a SQLite of its own, beside the system's that something else has loaded: what its connection
        // points to may be laid out otherwise.
        QSqlQuery own(connection);
        whole = whole && own.exec(QStringLiteral("SELECT sqlite_source_id()")) && own.next() &&
                own.value(0).toString() == QLatin1String(functions.sourceid());
        return whole ? std::optional(functions) : std::nullopt;
    }();
    return found ? &*found : nullptr;
}

class SqliteRow final : public ScanRow {
public:
    SqliteRow(const Sqlite &sqlite, sqlite3_stmt *statement)
        : m_sqlite(sqlite)
        , m_statement(statement)
    {
    }
    [[nodiscard]] qint64 integer(int column) const override { return m_sqlite.column_int64(m_statement, column); }
    [[nodiscard]] QByteArrayView text(int column) const override
    {
        const auto *text = reinterpret_cast<const char *>(m_sqlite.column_text(m_statement, column));
        return {text, text == nullptr ? 0 : m_sqlite.column_bytes(m_statement, column)};
    }

private:
    const Sqlite &m_sqlite;
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
    const Sqlite *const loaded = handle == nullptr ? nullptr : Sqlite::ofDriver(connection);
    if (loaded == nullptr)
        return scanAny(database, sql, values, row);
    const Sqlite &sqlite = *loaded;
    const auto failed = [&] {
        const QString native = QString::number(sqlite.extended_errcode(handle));
        return fail(
            sqlError(QSqlError(QString(), QString::fromUtf8(sqlite.errmsg(handle)), QSqlError::StatementError, native),
                database.path(), sql));
    };
    sqlite3_stmt *prepared = nullptr;
    if (sqlite.prepare_v2(handle, sql.toUtf8().constData(), -1, &prepared, nullptr) != SQLITE_OK)
        return failed();
    const std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt *)> statement(prepared, sqlite.finalize);
    for (int at = 0; at < values.size(); ++at) {
        const QVariant &value = values.at(at);
        const QByteArray text = value.toString().toUtf8();
        const int bound =
            value.typeId() == QMetaType::QString
                ? sqlite.bind_text(prepared, at + 1, text.constData(), static_cast<int>(text.size()), SQLITE_TRANSIENT)
                : sqlite.bind_int64(prepared, at + 1, value.toLongLong());
        if (bound != SQLITE_OK)
            return failed();
    }
    const SqliteRow view(sqlite, prepared);
    for (;;) {
        const int stepped = sqlite.step(prepared);
        if (stepped == SQLITE_DONE)
            return {};
        if (stepped != SQLITE_ROW)
            return failed();
        row(view);
    }
}

} // namespace society::store
