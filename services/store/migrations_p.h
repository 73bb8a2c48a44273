// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/error.h"

#include <QStringList>

class QSqlDatabase;

namespace society::store {

/// The statements of an SQL script without comments between them, in order. Knows strings, quoted names, comments and
/// the BEGIN … END of triggers.
[[nodiscard]] QStringList splitSql(const QString &script);

/// Brings the database to the newest version of `folder` (files NNNN_name.sql, numbered from 1 without a gap) and gives
/// that version. With `readOnly` it only compares. Errors: as Database::open.
[[nodiscard]] Result<int> migrate(const QSqlDatabase &database, const QString &folder, bool readOnly);

} // namespace society::store
