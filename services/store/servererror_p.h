// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/error.h"
#include "services/store/server.h"

class QSqlError;

namespace society::store {

/// The Error for what a server says, by its SQLSTATE and never by its text. `sql` goes into the detail; values do not.
/// One without an SQLSTATE comes from a connection that is gone: `database_unreachable`.
[[nodiscard]] Error serverError(const QSqlError &error, const Server &server, const QString &sql = {});

/// The Error for a connection that could not be made. The driver gives no SQLSTATE for these, only the words of libpq
/// and of the server, in whose language they are: what they do not tell is `database_unreachable`, with them as detail.
[[nodiscard]] Error connectError(const QSqlError &error, const Server &server);

} // namespace society::store
