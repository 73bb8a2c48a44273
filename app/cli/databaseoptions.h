// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/verbs.h"
#include "services/store/database.h"

#include <memory>
#include <string>

namespace society::cli {

/// A server as it is named on the command line; never its password.
struct DatabaseOptions {
    std::string host;
    int port = 5432;
    std::string database;
    std::string user;
    std::string caFile;
    int connectSeconds = 3;
    bool readsPassword = false; ///< from standard input
};

void addDatabaseOptions(CLI::App &verb, const std::shared_ptr<DatabaseOptions> &options);
/// The server that was named, else that of the workspace, with its password. Errors: kind Usage `usage` (neither),
/// `server_invalid`; the secret store's.
[[nodiscard]] Result<store::Place> placeFor(Session &session, const DatabaseOptions &options);

/// `database move`.
void addDatabaseMove(CLI::App &group, Action &chosen);

} // namespace society::cli
