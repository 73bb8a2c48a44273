// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/config/problem.h"
#include "services/core/error.h"

#include <QJsonArray>
#include <QStringList>

namespace society::config {

/// What the values of a column are.
enum class ColumnType { Integer, Number, Boolean, Text, Structure };

/// A column of a profile file.
struct ProfileColumn {
    QString name;
    ColumnType type = ColumnType::Text;
    qsizetype filled = 0; ///< entries that have a value
    bool kept = true;     ///< false: AgentSociety's built-in citizen drops it
};

/// A file of people: entries with a compulsory integer `id`. A value; any thread.
struct ProfileTable {
    QJsonArray rows; ///< objects
    QList<ProfileColumn> columns;
    QList<Problem> problems; ///< paths are "ROW.COLUMN", rows from 0 (in a CSV file the header is no row)

    /// The entries as AgentSociety reads them: a JSON list of objects.
    [[nodiscard]] QByteArray toJson() const;
};

/// Largest profile file: 64 MiB.
inline constexpr qint64 MaxProfileBytes = 64LL * 1024 * 1024;
/// Ids of agents are 1 to this.
inline constexpr qint64 MaxAgentId = 100'000'000;

/// Reads .json (a list), .jsonl or .csv (first line: names; typed: whole numbers where every value of the column is
/// one). In a CSV file a missing id column, or empty ids, are filled with the lowest free ids. Errors:
/// `profile_missing`, `profile_too_large`, `profile_file_type`, `profile_unreadable` (message names line or row).
/// Problems of single rows are in `problems`: `profile_id_missing`, `profile_id_type`, `profile_id_range`,
/// `profile_id_duplicate`, `profile_row_length`, `profile_column_dropped` (warning), `profile_value_type`.
[[nodiscard]] Result<ProfileTable> readProfiles(const QString &path);
/// The same from bytes; `suffix` is "json", "jsonl" or "csv".
[[nodiscard]] Result<ProfileTable> parseProfiles(const QByteArray &bytes, const QString &suffix);

} // namespace society::config
