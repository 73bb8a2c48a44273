// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/agentsociety/resultdatabase.h"

#include <QThread>
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

/// Asks again while the answer is `results_busy` (the run writes just now, and is done within 2 s). Worker threads
/// only.
template <class Ask>
[[nodiscard]] auto patiently(Ask ask, const std::atomic_bool *cancelled = nullptr) -> decltype(ask())
{
    constexpr int tries = 40;
    constexpr unsigned long pauseMs = 50;
    for (int i = 1;; ++i) {
        auto answer = ask();
        if (answer || answer.error().code != QLatin1String("results_busy") || i == tries || (cancelled && *cancelled))
            return answer;
        QThread::msleep(pauseMs);
    }
}

/// Hands on every page, the first one too where it is empty; asks again while the run writes just now (at most 2 s a
/// page). Errors: the source's, what `each` returns, `cancelled`.
[[nodiscard]] Result<> readPages(const RowSource &source,
    const std::function<Result<>(const agentsociety::ResultPage &)> &each, const std::atomic_bool *cancelled = nullptr);

/// Takes some bytes; false: no more can be written.
using ByteSink = std::function<bool(const QByteArray &)>;
/// Writes every row as CSV (RFC 4180, UTF-8, a header line with the columns' plain names). Returns the number of rows.
/// Errors: those of readPages(), `write_failed`.
[[nodiscard]] Result<qint64> writeCsv(
    const RowSource &source, const ByteSink &write, const std::atomic_bool *cancelled = nullptr);
/// The same into a file, which is put in the target's place at the end. Error besides: `disk_full`.
[[nodiscard]] Result<qint64> saveCsv(
    const RowSource &source, const QString &target, const std::atomic_bool *cancelled = nullptr);

} // namespace society::models
