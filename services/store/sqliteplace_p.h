// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/error.h"

namespace society::store {

/// `database_unreachable`.
[[nodiscard]] tl::unexpected<Error> unreachable(const QString &path, const QString &message, const QString &remedy);
/// Whether a database is there, or may be made there. Errors: `database_unreachable`, `database_damaged`.
[[nodiscard]] Result<> requirePlace(const QString &path, bool readOnly);
/// Errors that SQLite reports for a place where nothing may be written, told from those of a place that is not there.
[[nodiscard]] Error placeError(Error error, const QString &path);

} // namespace society::store
