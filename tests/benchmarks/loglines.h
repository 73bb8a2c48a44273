// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace society::bench {

/// A log like the runner's, always the same: steps with their lines, retries with whole prompts, workers' prefixes with
/// colours, now and then a traceback; 120 bytes a line on average.
class LogLines {
public:
    /// Appends the next lines, some kilobytes of them, each with its newline.
    void appendStep(std::string &text);

private:
    void line(std::string &text, const char *level, const std::string &message, bool fromWorker = false);
    [[nodiscard]] std::uint64_t below(std::uint64_t bound);

    std::uint64_t m_state = 0x9e3779b97f4a7c15;
    std::int64_t m_ms = 0; // since the first line
    std::int64_t m_step = 0;
};

} // namespace society::bench
