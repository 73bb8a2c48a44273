// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/rowsource.h"

#include <QStringList>

namespace society::models {

/// What a run leaves, copied into a new folder below `parent`: its log, its record and every table as CSV. Files that
/// the run has not written are left out. Blocks: for worker threads. Returns the folder's path. Errors: `write_failed`,
/// `cancelled`, those of saveCsv().
[[nodiscard]] Result<QString> exportRun(const QString &parent, const QString &name, const QString &runDirectory,
    const ExperimentId &id, const TenantId &tenant, const std::atomic_bool *cancelled = nullptr);

} // namespace society::models
