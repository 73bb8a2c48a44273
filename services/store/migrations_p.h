// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/error.h"
#include "services/store/server.h"

#include <QLatin1String>
#include <QStringList>

class QSqlDatabase;

namespace society::store {

/// The statements of an SQL script without comments between them, in order. Knows strings, quoted names, comments and
/// the BEGIN … END of triggers, and PostgreSQL's `$$`.
[[nodiscard]] QStringList splitSql(const QString &script);

/// Brings the database to the newest version of `folder` (files NNNN_name.sql, numbered from 1 without a gap) and gives
/// that version. With `readOnly` it only compares. Errors: as Database::open.
[[nodiscard]] Result<int> migrate(const QSqlDatabase &database, const QString &folder, bool readOnly);

/// Whether the database is empty, or ours and not newer than `folder`; changes nothing. Errors: `database_foreign`,
/// `database_newer`.
[[nodiscard]] Result<> requireOurs(const QSqlDatabase &database, const QString &folder);

/// The statements of every migration in `folder`, in order. Error: `migration_failed`.
[[nodiscard]] Result<QStringList> migrationStatements(const QString &folder);

/// The table in which a server's schema says its version: there before any migration.
inline constexpr QLatin1String VersionsTable(
    "CREATE TABLE schema_versions (version BIGINT NOT NULL PRIMARY KEY, name TEXT COLLATE \"C\" NOT NULL, "
    "applied_at TEXT COLLATE \"C\" NOT NULL)");

/// The number of the newest migration in `folder`.
[[nodiscard]] int newestVersion(const QString &folder);

/// Applies what is missing to the schema on a server, `applied` being the version it has; within the caller's
/// transaction, and as the schema's owner. Gives the version. Errors: `migration_failed`, serverError()'s.
[[nodiscard]] Result<int> migrateServer(
    const QSqlDatabase &database, const Server &server, const QString &folder, int applied);

} // namespace society::store
