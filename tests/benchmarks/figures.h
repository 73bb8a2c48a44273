// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace society::bench {

/// Milliseconds on the clock that no one sets back.
[[nodiscard]] double nowMs();

/// What was measured of one thing, in one unit.
class Samples {
public:
    void add(double value);
    [[nodiscard]] std::size_t count() const { return m_values.size(); }
    [[nodiscard]] double min() const { return at(0); }
    [[nodiscard]] double median() const { return at(0.5); }
    [[nodiscard]] double p99() const { return at(0.99); }
    [[nodiscard]] double at(double share) const; ///< 0 … 1; 0 where there is none

private:
    mutable std::vector<double> m_values;
    mutable bool m_isSorted = true;
};

/// Prints what a benchmark found, for people, or with `--json` as one JSON object a line for tests/benchmarks/run.
class Report {
public:
    explicit Report(bool asJson)
        : m_asJson(asJson)
    {
    }

    /// min, median and p99 of a thing.
    void samples(std::string_view name, const Samples &samples, std::string_view unit = "ms") const;
    /// One number, such as a ratio of two medians of the same run.
    void value(std::string_view name, double value, std::string_view unit = "x") const;

private:
    bool m_asJson;
};

/// `--name value` among the arguments; `fallback` where it is not there.
[[nodiscard]] std::string option(int argc, char **argv, std::string_view name, std::string_view fallback);
[[nodiscard]] int option(int argc, char **argv, std::string_view name, int fallback);
/// Whether `--name` is there.
[[nodiscard]] bool hasFlag(int argc, char **argv, std::string_view name);

} // namespace society::bench
