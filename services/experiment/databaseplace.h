// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/workspace.h"
#include "services/secrets/secretstore.h"
#include "services/store/database.h"

namespace society::experiment {

/// `database.json` of a workspace: there where its database is on a server.
[[nodiscard]] QString serverFile(const Workspace &workspace);

/// Where a workspace's database is: the one place where this is decided. Blocks as SecretStore does. Errors:
/// store::loadServer's, and those of SecretStore::read but `secret_missing`: then libpq looks for the password.
[[nodiscard]] Result<store::Place> databasePlace(const Workspace &workspace, secrets::SecretStore &secrets);
/// The place of a server with the password that is stored for it.
[[nodiscard]] Result<store::Place> placeOf(const store::Server &server, secrets::SecretStore &secrets);

/// What a database's rows call who runs the experiments of this workspace. In a ledger that several share, `local`
/// alone would not tell whose they are.
[[nodiscard]] QString executorOf(const store::Database &database);

/// The name of the password of a login on a server (whatever the database) in the secret store.
[[nodiscard]] secrets::SecretName passwordName(const store::Server &server);

} // namespace society::experiment
