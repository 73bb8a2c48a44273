// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/store/database.h"

namespace society::store {

/// What every connection is told before it is used. Errors: `database_unreachable`, and sqlError()'s.
[[nodiscard]] Result<> setUp(const QSqlDatabase &database, const Database::Options &options);
/// Changing to write-ahead mode needs the file alone for a moment and does not wait for it by itself.
[[nodiscard]] Result<> enterWriteAheadMode(const QSqlDatabase &database, int busyMs);

} // namespace society::store
