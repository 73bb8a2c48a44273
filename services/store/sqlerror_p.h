// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/error.h"

#include <QString>

class QSqlError;

namespace society::store {

/// SQLite's extended result code of an error; 0 where the driver gives none.
[[nodiscard]] int nativeCode(const QSqlError &error);
/// True for errors after which SQLite may have rolled the transaction back by itself.
[[nodiscard]] bool endsTransaction(int nativeCode);
/// The Error for what SQLite says, by its code and never by its text. `sql` goes into the detail; values do not.
[[nodiscard]] Error sqlError(const QSqlError &error, const QString &path, const QString &sql = {});

} // namespace society::store
