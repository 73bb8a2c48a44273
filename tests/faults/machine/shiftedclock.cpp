// SPDX-License-Identifier: GPL-3.0-or-later
// Preloaded into a program: the file that SOCIETY_TEST_CLOCK names holds numbers of milliseconds: by how much the clock
// on the wall is wrong, how long the machine has slept (which the monotonic clock leaves out), and how much later it is
// than it is.

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fcntl.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

namespace {

struct Shift {
    long long wall = 0;
    long long slept = 0;
    long long later = 0;
};

Shift shift()
{
    const int error = errno;
    Shift now;
    if (const char *name = std::getenv("SOCIETY_TEST_CLOCK")) {
        char text[96] = {};
        const int fd = static_cast<int>(::syscall(SYS_openat, AT_FDCWD, name, O_RDONLY | O_CLOEXEC));
        if (fd >= 0 && ::syscall(SYS_read, fd, text, sizeof text - 1) > 0)
            std::sscanf(text, "%lld %lld %lld", &now.wall, &now.slept, &now.later);
        if (fd >= 0)
            ::syscall(SYS_close, fd);
    }
    errno = error;
    return now;
}

void add(timespec &time, long long ms)
{
    const long long nanoseconds = time.tv_nsec + ms % 1000 * 1'000'000;
    time.tv_sec += ms / 1000 + (nanoseconds >= 1'000'000'000) - (nanoseconds < 0);
    time.tv_nsec = static_cast<long>((nanoseconds + 1'000'000'000) % 1'000'000'000);
}

} // namespace

extern "C" {

int clock_gettime(clockid_t clock, timespec *time)
{
    const auto result = static_cast<int>(::syscall(SYS_clock_gettime, clock, time));
    if (result != 0)
        return result;
    const Shift now = shift();
    if (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)
        add(*time, now.wall + now.slept + now.later); // the wall's clock has gone on meanwhile
    else if (clock == CLOCK_BOOTTIME)
        add(*time, now.slept + now.later);
    else if (clock == CLOCK_MONOTONIC || clock == CLOCK_MONOTONIC_COARSE)
        add(*time, now.later);
    return result;
}

int gettimeofday(timeval *time, void *)
{
    timespec now = {};
    ::clock_gettime(CLOCK_REALTIME, &now);
    *time = {now.tv_sec, now.tv_nsec / 1000};
    return 0;
}

time_t time(time_t *result)
{
    timespec now = {};
    ::clock_gettime(CLOCK_REALTIME, &now);
    if (result)
        *result = now.tv_sec;
    return now.tv_sec;
}

} // extern "C"
