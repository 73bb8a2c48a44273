// SPDX-License-Identifier: GPL-3.0-or-later
// Preloaded into a runner: of every sleep of more than a tenth of a second only a hundredth is slept. AgentSociety
// waits minutes between its ten tries of a call (time.sleep, which is clock_nanosleep). Its children sleep as ever.

#include <cerrno>
#include <cstdlib>
#include <ctime>
#include <sys/syscall.h>
#include <unistd.h>

namespace {

constexpr long long second = 1'000'000'000;
constexpr long long Short = second / 10;

long long nanoseconds(const timespec &time)
{
    return time.tv_sec * second + time.tv_nsec;
}

[[gnu::constructor]] void leaveChildrenAlone()
{
    ::unsetenv("LD_PRELOAD");
}

} // namespace

extern "C" int clock_nanosleep(clockid_t clock, int flags, const timespec *request, timespec *left)
{
    long long pause = nanoseconds(*request);
    if ((flags & TIMER_ABSTIME) != 0) {
        timespec now = {};
        ::clock_gettime(clock, &now);
        pause -= nanoseconds(now);
    }
    if (pause > Short)
        pause /= 100;
    if (pause <= 0)
        return 0;
    const timespec slept{pause / second, pause % second};
    return ::syscall(SYS_clock_nanosleep, clock, 0, &slept, left) == 0 ? 0 : errno;
}
