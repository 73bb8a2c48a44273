// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/keeper/clocks.h"

#include "app/keeper/files.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <fcntl.h>

namespace society::keeper {

namespace {

Millis read(clockid_t clock)
{
    timespec time = {};
    ::clock_gettime(clock, &time);
    return static_cast<Millis>(time.tv_sec) * 1000 + time.tv_nsec / 1'000'000;
}

} // namespace

Millis SystemClocks::wall() const
{
    return read(CLOCK_REALTIME);
}

Millis SystemClocks::monotonic() const
{
    return read(CLOCK_MONOTONIC);
}

Millis SystemClocks::boot() const
{
    return read(CLOCK_BOOTTIME);
}

std::string SystemClocks::bootId() const
{
    auto text = readAt(AT_FDCWD, "/proc/sys/kernel/random/boot_id", 100);
    if (!text)
        return {};
    text->erase(std::remove(text->begin(), text->end(), '\n'), text->end());
    return *text;
}

void RunClock::start()
{
    m_running = true;
    m_monotonicStart = m_clocks->monotonic();
    m_bootStart = m_clocks->boot();
}

void RunClock::stop()
{
    m_ran = ran();
    m_suspended = suspended();
    m_running = false;
}

Millis RunClock::ran() const
{
    return m_running ? m_clocks->monotonic() - m_monotonicStart : m_ran;
}

Millis RunClock::suspended() const
{
    if (!m_running)
        return m_suspended;
    // The clocks are read one after the other: a difference of a millisecond is that, not sleep.
    const Millis slept = (m_clocks->boot() - m_bootStart) - (m_clocks->monotonic() - m_monotonicStart);
    return slept > 1 ? slept : 0;
}

std::string toIso(Millis wall)
{
    // Not gmtime_r(): it looks for the zone's file first, though it needs none.
    using namespace std::chrono;
    const sys_time<milliseconds> time{milliseconds(wall)};
    const auto midnight = floor<days>(time);
    const year_month_day date(midnight);
    const hh_mm_ss clock(time - midnight);
    char text[80];
    std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), static_cast<int>(clock.hours().count()),
        static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()),
        static_cast<int>(clock.subseconds().count()));
    return text;
}

} // namespace society::keeper
