// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/error.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>

namespace society {

/// Writes a whole file so that a reader, a crash or a power cut finds the old or the new one, never half: temporary
/// file with `mode`, sync, rename, sync of the folder. Errors: `write_failed`, `disk_full`, with the system's text.
[[nodiscard]] Result<> writeFileAtomically(const QString &path, const QByteArray &data, unsigned mode = 0600);

/// Gives a finished temporary file in the same folder its name, in the place of what has it: sync, rename, sync of the
/// folder. After an error the temporary file is gone. Errors: `write_failed`, `disk_full`.
[[nodiscard]] Result<> nameFile(const QString &temporary, const QString &path);

/// The failed side for a file that could not be written: `disk_full` where its file system has no room left, else
/// `write_failed`. `detail` is the system's words. Ask while the file's remains are still there.
[[nodiscard]] tl::unexpected<Error> writeFailed(const QString &path, const QString &detail);

/// The failed side for a file that could not be read: `read_failed`. `detail` is the system's words.
[[nodiscard]] tl::unexpected<Error> readFailed(const QString &path, const QString &detail);

/// Reads a file of at most maxBytes. Errors: `file_missing`, `file_too_large`, `read_failed`.
[[nodiscard]] Result<QByteArray> readFile(const QString &path, qint64 maxBytes);

/// Reads a JSON object of our own making. Errors: as readFile, and `json_invalid` with the offset in bytes.
[[nodiscard]] Result<QJsonObject> readJsonObject(const QString &path, qint64 maxBytes);

/// Makes a folder and its parents, the folder itself with mode 0700. Errors: `write_failed`, `disk_full`.
[[nodiscard]] Result<> makePrivateFolder(const QString &path);

/// Lower-case hex SHA-256 of a file of any size, read in blocks. Errors: `file_missing`, `read_failed`.
[[nodiscard]] Result<QString> sha256OfFile(const QString &path);

} // namespace society
