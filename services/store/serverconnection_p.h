// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/store/database.h"

namespace society::store {

/// The schema of the server's database in which everything of ours is.
inline constexpr QLatin1String ServerSchema("society");

/// Adds and opens the connection `name`. Errors: as Database::open for a server.
[[nodiscard]] Result<> connectToServer(
    const QString &name, const Server &server, const QString &password, const Database::Options &options);
/// Opens one again that is closed or has died.
[[nodiscard]] Result<> reconnect(QSqlDatabase &database, const Server &server, const Database::Options &options);

/// The version of the schema, which must be that of the newest migration. Errors: `database_empty`, `database_older`,
/// `database_newer`, `role_forbids`.
[[nodiscard]] Result<int> serverVersion(const QSqlDatabase &database, const Server &server, const QString &migrations);

} // namespace society::store
