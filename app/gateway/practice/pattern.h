// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Regular expressions with the meaning that Python's `re` gives them, over valid UTF-8. Any thread.
namespace society::gateway::practice {

/// One match: what each group holds (empty where it took no part); [0] is the whole. The views point into the subject.
using Match = std::vector<std::string_view>;

/// The first match anywhere in the text. Patterns are the program's own, compiled once per thread and kept; one that
/// does not compile is a programming error and ends the program. A search that would take absurdly long finds nothing.
[[nodiscard]] std::optional<Match> search(std::string_view pattern, std::string_view text);
/// All matches, one after the other.
[[nodiscard]] std::vector<Match> findAll(std::string_view pattern, std::string_view text);
/// Whether there is a match.
[[nodiscard]] bool matches(std::string_view pattern, std::string_view text);

} // namespace society::gateway::practice
