// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/figures.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>

namespace society::bench {

double nowMs()
{
    timespec time = {};
    ::clock_gettime(CLOCK_MONOTONIC, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

void Samples::add(double value)
{
    m_values.push_back(value);
    m_isSorted = false;
}

double Samples::at(double share) const
{
    if (m_values.empty())
        return 0;
    if (!m_isSorted)
        std::sort(m_values.begin(), m_values.end());
    m_isSorted = true;
    return m_values[static_cast<std::size_t>(std::lround(share * static_cast<double>(m_values.size() - 1)))];
}

void Report::samples(std::string_view name, const Samples &samples, std::string_view unit) const
{
    const std::string what(name);
    const std::string of(unit);
    if (m_asJson)
        std::printf(
            "{\"name\": \"%s\", \"min\": %.4f, \"median\": %.4f, \"p99\": %.4f, \"unit\": \"%s\", \"count\": %zu}\n",
            what.c_str(), samples.min(), samples.median(), samples.p99(), of.c_str(), samples.count());
    else
        std::printf("%-46s min %9.3f   median %9.3f   p99 %9.3f %s   (%zu)\n", what.c_str(), samples.min(),
            samples.median(), samples.p99(), of.c_str(), samples.count());
    std::fflush(stdout);
}

void Report::value(std::string_view name, double value, std::string_view unit) const
{
    const std::string what(name);
    const std::string of(unit);
    if (m_asJson)
        std::printf("{\"name\": \"%s\", \"value\": %.4f, \"unit\": \"%s\"}\n", what.c_str(), value, of.c_str());
    else
        std::printf("%-46s %13.3f %s\n", what.c_str(), value, of.c_str());
    std::fflush(stdout);
}

bool hasFlag(int argc, char **argv, std::string_view name)
{
    const std::string flag = "--" + std::string(name);
    return std::find(argv + 1, argv + argc, flag) != argv + argc;
}

std::string option(int argc, char **argv, std::string_view name, std::string_view fallback)
{
    const std::string flag = "--" + std::string(name);
    char **const found = std::find(argv + 1, argv + argc, flag);
    return argv + argc - found >= 2 ? std::string(found[1]) : std::string(fallback);
}

int option(int argc, char **argv, std::string_view name, int fallback)
{
    return std::atoi(option(argc, argv, name, std::to_string(fallback)).c_str());
}

} // namespace society::bench
