// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/log/hitlist.h"
#include "services/log/logfile.h"

#include <atomic>
#include <memory>

namespace society::log {

/// How far a long copy is, and the way to end it. Any thread.
struct SaveProgress {
    std::atomic<qint64> doneBytes = 0;  ///< of the part of the log that is gone through
    std::atomic<qint64> totalBytes = 0; ///< 0: not known yet
    std::atomic_bool stop = false;
};

/// What of a log is to be saved.
struct SavedPart {
    std::shared_ptr<const LogFile> file;
    qint64 begin = 0; ///< from this byte, where a line starts,
    qint64 end = 0;   ///< to this one
    qint64 firstLine = 0;
    std::shared_ptr<const HitList> only; ///< the lines of it that are wanted; null: all
};

/// Writes the bytes of a part of a log to a file, which has them all or is as it was before; holes stay holes. Any
/// thread. Errors: `read_failed` (also where the log became shorter), `write_failed`, `disk_full`, `cancelled`.
[[nodiscard]] Result<> saveLog(const QString &target, const SavedPart &part, SaveProgress &progress);

} // namespace society::log
