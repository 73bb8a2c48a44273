// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/error.h"

#include <QString>
#include <memory>

class QSqlDatabase;

namespace society::store {

class Connections;

/// The workspace's database: SQLite in write-ahead mode with foreign keys and full sync, brought to the newest version
/// when it is opened. Any thread may use it; each has a connection of its own, made at its first use and closed when
/// the thread ends or the Database dies. It must outlive every use by other threads. Never for the thread that paints.
class Database {
public:
    struct Options {
        bool readOnly = false;                               ///< only look; the version must be this program's
        int busyMs = 5000;                                   ///< how long to wait for another program's transaction
        QString migrations = QStringLiteral(":/migrations"); ///< folder of NNNN_name.sql; others only in tests
    };

    /// Opens or makes the file and applies the migrations that are missing, each in a transaction. Several programs may
    /// do so at once. Errors, all ErrorKind::Database: `database_unreachable` (folder missing, not a file, no
    /// write-ahead mode there), `database_unwritable`, `database_damaged`, `database_foreign` (another program's),
    /// `database_newer`, `database_older` (read-only, and migrations are missing), `database_locked`,
    /// `migration_failed`; `disk_full`.
    [[nodiscard]] static Result<std::unique_ptr<Database>> open(const QString &path, const Options &options);
    [[nodiscard]] static Result<std::unique_ptr<Database>> open(const QString &path);
    /// One that is not open yet, for who needs the object before the file: nothing may be asked of it until open() has
    /// succeeded.
    [[nodiscard]] static std::unique_ptr<Database> closed(const QString &path);
    /// Opens it as the other two do. Where that fails it may be tried again.
    [[nodiscard]] Result<> open();
    ~Database();
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;

    [[nodiscard]] const QString &path() const { return m_path; }
    /// The version of the newest migration that was applied.
    [[nodiscard]] int version() const { return m_version; }

    /// The calling thread's connection, opened at its first use. Prefer Query. Errors: as open.
    [[nodiscard]] Result<QSqlDatabase> connection();
    /// How many threads have a connection open now.
    [[nodiscard]] int connectionCount() const;

private:
    friend class Connections;
    Database(QString path, Options options);
    [[nodiscard]] Result<> prepare();
    void close();

    QString m_path;
    Options m_options;
    int m_version = 0;
    std::shared_ptr<Connections> m_connections; // shared with the threads that have one
};

} // namespace society::store
