// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/error.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>

namespace society {

/// Writes a whole file so that a reader, a crash or a power cut finds the old or the new one, never half: temporary
/// file with `mode`, sync, rename, sync of the folder. Error: `write_failed` (or `disk_full`) with the system's text.
[[nodiscard]] Result<> writeFileAtomically(const QString &path, const QByteArray &data, unsigned mode = 0600);

/// Reads a file of at most maxBytes. Errors: `file_missing`, `file_too_large`, `read_failed`.
[[nodiscard]] Result<QByteArray> readFile(const QString &path, qint64 maxBytes);

/// Reads a JSON object of our own making. Errors: as readFile, and `json_invalid` with the offset in bytes.
[[nodiscard]] Result<QJsonObject> readJsonObject(const QString &path, qint64 maxBytes);

/// Makes a folder and its parents, the folder itself with mode 0700. Error: `write_failed`.
[[nodiscard]] Result<> makePrivateFolder(const QString &path);

/// Lower-case hex SHA-256 of a file, read in blocks. Errors: as readFile.
[[nodiscard]] Result<QString> sha256OfFile(const QString &path);

} // namespace society
