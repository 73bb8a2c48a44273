// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/error.h"
#include "services/store/server.h"

#include <QString>
#include <memory>

class QSqlDatabase;
class QSqlError;

namespace society::store {

class Connections;

/// What understands the SQL. It is written once, in what both know; `LIKE` means the same on both (ASCII letters of
/// either case are one).
enum class Dialect { Sqlite, PostgreSql };

/// Where a database is: a file, or on a server that others share.
struct Place {
    QString file; ///< where there is no server
    std::optional<Server> server;
    QString password; ///< for the server; empty: libpq looks for it in ~/.pgpass
};

/// The workspace's database: an SQLite file in write-ahead mode with foreign keys and full sync, brought to the newest
/// version when it is opened; or one on a PostgreSQL server, which its admin makes (store::createLedger). Any thread
/// may use it; each has a connection of its own, made at its first use and closed when the thread ends or the Database
/// dies. One to a server that died is made anew at the next use outside a transaction. It must outlive every use by
/// other threads. Never for the thread that paints.
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
    /// The same for a place. On a server nothing is made or changed. Errors there: `database_unreachable`,
    /// `database_unknown`, `login_refused`, `tls_refused`, `server_too_old`, `driver_missing`, `database_empty`,
    /// `database_older`, `database_newer`; Forbidden `role_forbids`.
    [[nodiscard]] static Result<std::unique_ptr<Database>> open(const Place &place, const Options &options);
    [[nodiscard]] static Result<std::unique_ptr<Database>> open(const Place &place);
    /// One that is not open yet, for who needs the object before the file: nothing may be asked of it until open() has
    /// succeeded.
    [[nodiscard]] static std::unique_ptr<Database> closed(const QString &path);
    /// Opens it as the others do. Where that fails it may be tried again.
    [[nodiscard]] Result<> open();
    /// The same, elsewhere. Only while nothing else uses it.
    [[nodiscard]] Result<> reopen(const Place &place);
    ~Database();
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;

    [[nodiscard]] Dialect dialect() const { return m_place.server ? Dialect::PostgreSql : Dialect::Sqlite; }
    [[nodiscard]] const std::optional<Server> &server() const { return m_place.server; }
    /// The file; for a server its text().
    [[nodiscard]] const QString &path() const { return m_path; }
    [[nodiscard]] int busyMs() const { return m_options.busyMs; }
    /// The version of the newest migration that was applied.
    [[nodiscard]] int version() const { return m_version; }

    /// The calling thread's connection, opened at its first use. Prefer Query. Errors: as open.
    [[nodiscard]] Result<QSqlDatabase> connection();
    /// How many threads have a connection open now.
    [[nodiscard]] int connectionCount() const;
    /// The Error for what the database says.
    [[nodiscard]] Error errorOf(const QSqlError &error, const QString &sql = {}) const;

private:
    friend class Connections;
    Database(Place place, Options options);
    [[nodiscard]] Result<> prepare();
    [[nodiscard]] Result<> connectTo(const QString &name, bool isFirst);
    void close();

    Place m_place;
    QString m_path;
    Options m_options;
    int m_version = 0;
    std::shared_ptr<Connections> m_connections; // shared with the threads that have one
};

} // namespace society::store
