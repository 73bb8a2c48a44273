// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/error.h"
#include "services/core/money.h"
#include "services/store/database.h"

#include <QDateTime>
#include <QList>
#include <QVariant>
#include <memory>
#include <optional>

class QSqlQuery;

namespace society::store {

/// One statement in progress on the calling thread's connection; hides QtSql. Values are bound to `?` in order; a
/// default-constructed QVariant is NULL, an empty or null QString is the empty text. Columns count from 0.
/// Errors of every function here: `unique` (a unique or primary key), `immutable` (a trigger refused), `constraint`
/// (another rule of the table); ErrorKind::Database: `database_locked`, `database_damaged`, `database_unwritable`,
/// `database_unreachable`, `database_failed`; `disk_full`. On a server also Forbidden `role_forbids`, `text_invalid` (a
/// character 0), and after any error within a transaction nothing more can be done in it.
/// On a server the rows of one Query are read before the next one is run: of one left unread the rest is lost, and its
/// next() says so.
class Query {
public:
    /// Prepares, binds and runs.
    [[nodiscard]] static Result<Query> run(Database &database, const QString &sql, const QVariantList &values = {});
    Query(Query &&) noexcept;
    Query &operator=(Query &&) noexcept;
    ~Query();

    /// Goes to the next row (the first, at the first call); false after the last.
    [[nodiscard]] Result<bool> next();

    [[nodiscard]] bool isNull(int column) const;
    [[nodiscard]] QString text(int column) const;
    [[nodiscard]] qint64 integer(int column) const;
    [[nodiscard]] bool boolean(int column) const;
    [[nodiscard]] Money money(int column) const;
    /// A time written by toIso(); invalid where NULL or empty.
    [[nodiscard]] QDateTime time(int column) const;

    /// Rows that an INSERT, UPDATE or DELETE changed.
    [[nodiscard]] qint64 affected() const;

private:
    Query(Database &database, std::unique_ptr<QSqlQuery> query);
    [[nodiscard]] Result<> requireWholeNumbers() const;
    Database *m_database;
    std::unique_ptr<QSqlQuery> m_query;
    QList<int> m_sums;      ///< columns whose numbers have no bounds
    qint64 m_affected = -1; ///< known before the statement's transaction was ended; -1: ask the query
};

/// `?, ?, ?`: places for so many values.
[[nodiscard]] QString placesFor(qsizetype count);

/// Runs a statement that gives no rows; the number of rows it changed.
[[nodiscard]] Result<qint64> execute(Database &database, const QString &sql, const QVariantList &values = {});

/// All rows, each through `read(const Query &) -> T`.
template <class Read>
[[nodiscard]] auto rows(Database &database, const QString &sql, const QVariantList &values, Read read)
    -> Result<QList<std::invoke_result_t<Read, const Query &>>>
{
    SOCIETY_ASSIGN(Query query, Query::run(database, sql, values));
    QList<std::invoke_result_t<Read, const Query &>> list;
    for (;;) {
        SOCIETY_ASSIGN(const bool more, query.next());
        if (!more)
            return list;
        list.append(read(std::as_const(query)));
    }
}

/// The first row through `read(const Query &) -> T`, or nothing.
template <class Read>
[[nodiscard]] auto first(Database &database, const QString &sql, const QVariantList &values, Read read)
    -> Result<std::optional<std::invoke_result_t<Read, const Query &>>>
{
    SOCIETY_ASSIGN(Query query, Query::run(database, sql, values));
    SOCIETY_ASSIGN(const bool more, query.next());
    if (!more)
        return std::nullopt;
    return std::make_optional(read(std::as_const(query)));
}

/// A text for LIKE … ESCAPE '\' that finds `text` anywhere, its own wildcards meaning themselves.
[[nodiscard]] QString containing(const QString &text);

} // namespace society::store
