// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>
#include <ctime>

namespace society::log {

/// What this thread has used of its processor, nanoseconds: unlike the clock on the wall the same on a busy machine.
[[nodiscard]] inline qint64 threadTimeNs()
{
    timespec time = {};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<qint64>(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

} // namespace society::log
