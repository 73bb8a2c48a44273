// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace society::agentsociety {

// ASCII alone, and a part of a line's bytes: std::isdigit asks the locale.
[[nodiscard]] inline bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

// Only the start of a line is looked at: prompts, which may quote anything, come later.
inline constexpr qsizetype LineHead = 240;

} // namespace society::agentsociety
