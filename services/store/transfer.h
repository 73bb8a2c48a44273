// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/store/database.h"

#include <QStringList>
#include <functional>

namespace society::store {

/// What was carried over.
struct Transferred {
    qint64 rows = 0; ///< of all tables
    qint64 bills = 0;
};

/// Copies every row of one database into another of the same version (one a file, the other on a server), ids, numbers
/// and times as they are, and compares: rows, the sum of every number and the length of every text of each table. The
/// caller has a write transaction open on both, and commits or drops the one of `to`. Memory: some hundred rows.
/// `progress(table, rows)`: so far; false ends it. Errors: `database_not_empty` (of `to`), `transfer_differs`,
/// `cancelled`, `role_forbids` (to a server only an admin may), and as Query.
[[nodiscard]] Result<Transferred> transfer(
    Database &from, Database &to, const std::function<bool(const QString &table, qint64 rows)> &progress = {});

/// On a server: nobody writes to the ledger from now on, as it lives elsewhere. Within the caller's transaction.
[[nodiscard]] Result<> closeLedger(Database &database);

/// How a server is reached and what it is.
struct ServerFacts {
    QString version; ///< of PostgreSQL
    bool encrypted = false;
    QString tlsVersion;
    double roundTripMs = 0; ///< of a question, the median of some
};
/// Error: `not_shared`, and as Query.
[[nodiscard]] Result<ServerFacts> serverFacts(Database &database);

} // namespace society::store
