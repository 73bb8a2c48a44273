// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>
#include <functional>

namespace society::log {

/// How many threads work on one file. Copies out of the page cache share one memory bus: a third thread gains little,
/// and the runs need processors, too.
constexpr int ParallelThreads = 2;

/// Calls work(thread, 0) … work(thread, count - 1), each once and begun in this order, on up to ParallelThreads threads
/// of which the caller's is one (thread: 0 … ParallelThreads - 1), and returns when all are done. `work` must not
/// throw.
void inParallel(qint64 count, const std::function<void(size_t thread, qint64 index)> &work);

} // namespace society::log
