// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/error.h"

#include <QList>
#include <QString>
#include <atomic>

namespace society {

/// A file that goes into an archive.
struct ZipEntry {
    QString name; ///< inside the archive, with `/` between folders
    QString path; ///< of the file on disk; links are followed
};

/// Writes files of any size (ZIP64 where needed) into a new ZIP archive with UTF-8 names and puts it in the target's
/// place at the end; an unfinished one leaves nothing. A file that grows meanwhile is taken as long as it was. Blocks:
/// for worker threads. Errors: `write_failed`, `disk_full`, `read_failed` (with the path), `cancelled`,
/// `archive_library_missing`.
[[nodiscard]] Result<> writeZip(
    const QString &target, const QList<ZipEntry> &entries, const std::atomic_bool *cancelled = nullptr);

} // namespace society
