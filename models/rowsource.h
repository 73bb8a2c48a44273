// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/agentsociety/resultdatabase.h"

#include <atomic>
#include <functional>

namespace society::models {

/// Rows of some columns, page by page, from wherever they are. Blocks (files, databases): for worker threads.
struct RowSource {
    QList<agentsociety::ResultColumn> columns;
    /// The rows after a cursor (0: from the start). `next` 0, or the cursor itself: no more.
    std::function<Result<agentsociety::ResultPage>(qint64 cursor)> page;
};

/// A table of a run's results.
[[nodiscard]] RowSource resultRows(
    const QString &home, const ExperimentId &id, const TenantId &tenant, agentsociety::ResultTable table);
/// The LLM calls of a run (usage.jsonl).
[[nodiscard]] RowSource callRows(const QString &usageFile);

/// Writes every row as CSV (RFC 4180, UTF-8, a header line with the columns' plain names) and puts it in the target's
/// place at the end. Returns the number of rows. Errors: the source's, `write_failed`, `cancelled`.
[[nodiscard]] Result<qint64> saveCsv(
    const RowSource &source, const QString &target, const std::atomic_bool *cancelled = nullptr);

} // namespace society::models
