// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/config/profiles.h"

#include <QJsonValue>

namespace society::config {

/// `profile_unreadable`.
[[nodiscard]] tl::unexpected<Error> unreadableProfiles(const QString &message, const QString &detail = {});

/// The entries of a .json, .jsonl or .csv file. Rows of a CSV file that are too short or long go to `problems`.
[[nodiscard]] Result<QJsonArray> profileList(const QByteArray &bytes);
[[nodiscard]] Result<QJsonArray> profileLines(const QByteArray &bytes);
[[nodiscard]] Result<QJsonArray> profileTable(const QByteArray &bytes, QList<Problem> &problems);

[[nodiscard]] ColumnType valueType(const QJsonValue &value);
/// What the cells of a column of a CSV file are, its first row left out.
[[nodiscard]] ColumnType cellType(const QList<QStringList> &rows, qsizetype column);
[[nodiscard]] QJsonValue cellValue(const QString &text, ColumnType type);
/// The columns of the entries, the id first.
[[nodiscard]] QList<ProfileColumn> columnsOf(const QJsonArray &rows);

/// The rules for each entry, and the columns that AgentSociety drops.
[[nodiscard]] QList<Problem> checkProfiles(const ProfileTable &table);

} // namespace society::config
