// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/log/parallel.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace society::log {

void inParallel(qint64 count, const std::function<void(size_t thread, qint64 index)> &work)
{
    std::atomic<qint64> next = 0;
    const auto loop = [&](size_t thread) {
        for (qint64 index = next++; index < count; index = next++)
            work(thread, index);
    };
    // Threads are made for each call: that is 20 µs beside the milliseconds of the work, and nothing is left of them.
    static const auto processors = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    const qint64 helpers = std::min<qint64>({count, ParallelThreads, processors}) - 1;
    std::vector<std::jthread> threads;
    for (qint64 i = 0; i < helpers; ++i)
        threads.emplace_back(loop, static_cast<size_t>(i + 1));
    loop(0);
}

} // namespace society::log
