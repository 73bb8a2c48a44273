// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/rowsource.h"
#include "services/experiment/experiment.h"

#include <QStringList>

namespace society::models {

/// What a run leaves, copied into a new folder below `parent`: its log, its record and every table as CSV. Files that
/// the run has not written are left out. Blocks: for worker threads. Returns the folder's path. Errors: those of
/// saveCsv().
[[nodiscard]] Result<QString> exportRun(const QString &parent, const QString &name, const QString &runDirectory,
    const ExperimentId &id, const TenantId &tenant, const std::atomic_bool *cancelled = nullptr);

/// The bundle of an ended run, all below one folder of its name: record, log, status, metered calls, the runner's
/// database, every table as CSV, and the map and profile files it used (`files/`, by the names the record gives). No
/// key and no token is in it. The same threads and errors, and `experiment_unfinished`.
[[nodiscard]] Result<> bundleRun(
    const QString &zipFile, const experiment::Experiment &run, const std::atomic_bool *cancelled = nullptr);

} // namespace society::models
