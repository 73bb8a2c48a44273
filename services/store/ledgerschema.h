// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/store/database.h"

namespace society::store {

/// What createLedger() came to: the version that the ledger has now.
struct Created {
    int version = 0;
    bool isNew = false; ///< false: it was there, and was brought to the newest version where it was older
};

/// Makes the ledger in a server's database, or brings it to this program's version, in one transaction: the roles
/// `society_schema` (owns the tables; nobody logs in as it) and `society_users` (may use them), the schema `society`;
/// who makes it is its first admin. The login must be allowed to make roles and schemas. Errors: as Database::open for
/// a server, `database_foreign` (a schema of that name that is not ours), `migration_failed`.
[[nodiscard]] Result<Created> createLedger(
    const Server &server, const QString &password, const Database::Options &options = {});

} // namespace society::store
