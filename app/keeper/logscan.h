// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/keeper/launch.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace society::keeper {

/// Finds the line that says best why a run failed. It is a text for people, never a verdict: lines that look like
/// errors stand in logs of good runs too.
class ErrorLines {
public:
    static constexpr std::size_t limit = 2000;

    /// A line, or the first piece of one.
    void see(std::string_view line);
    /// The last `Init error:` or `Simulation error:`; else the last ` - ERROR - `, `Error: ` or end of a traceback,
    /// where tracebacks of an ordinary end (cancelled, interrupted) do not count.
    [[nodiscard]] const std::string &text() const { return m_fatal.empty() ? m_error : m_fatal; }

private:
    std::string m_fatal;
    std::string m_error;
    bool m_inTraceback = false;
};

/// Finds phases and alarms in the lines of a log.
class LogScan {
public:
    struct Alarm {
        std::string code;
        std::string line;
    };

    explicit LogScan(const Launch &launch);

    /// A line or a piece of one.
    void see(std::string_view text);

    /// How many of the launch's phases have begun: the last of them is the current one.
    [[nodiscard]] std::size_t phasesBegun() const { return m_phasesBegun; }
    /// Indexes of phases that began, in order, since the last call.
    [[nodiscard]] std::vector<std::size_t> takePhases() { return std::exchange(m_newPhases, {}); }
    /// Alarms raised since the last call; each code once in a run.
    [[nodiscard]] std::vector<Alarm> takeAlarms() { return std::exchange(m_newAlarms, {}); }

private:
    const Launch *m_launch;
    std::size_t m_phasesBegun = 0;
    std::vector<std::size_t> m_newPhases;
    std::vector<Alarm> m_newAlarms;
    std::vector<bool> m_raised;
};

/// The text cut to at most `limit` bytes, never inside a UTF-8 character.
[[nodiscard]] std::string_view clipped(std::string_view text, std::size_t limit);

} // namespace society::keeper
