// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/error.h"

#include <QDate>
#include <QString>

namespace society::store {

class Database;

/// Writes a whole copy of the database, as of one moment, while others go on writing, and checks it before it takes its
/// name (replacing what has it). Not inside a transaction; takes as long as reading the database. Errors: as Query,
/// `write_failed`, `disk_full`, `database_damaged` (the copy is not whole), `backup_on_server` (a file only).
[[nodiscard]] Result<> backUp(Database &database, const QString &path);

/// `FOLDER/society-YYYY-MM-DD.db` of `today`, unless it is there already, then the path is empty; removes all but the
/// newest `keep` of these; does nothing where the database is on a server. Errors: as backUp.
[[nodiscard]] Result<QString> backUpDaily(Database &database, const QString &folder, QDate today, int keep = 7);

/// Puts a copy in the place of the database `path`, which nobody may have open; what was there is kept beside it, under
/// the name that is given back (empty where there was none). A damaged database is replaced, too. Errors:
/// `database_unreachable`, `database_foreign`, `database_newer`, `database_damaged` (of the copy); `database_in_use`;
/// `write_failed`, `disk_full`. After an error the database is as it was, and nothing new is beside it.
[[nodiscard]] Result<QString> restore(const QString &copy, const QString &path, const QDateTime &now);

} // namespace society::store
