// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Words about UTF-8 text, which must be valid, in Python's understanding of them. Pure functions; any thread.
namespace society::gateway::practice {

/// The number of Unicode code points.
[[nodiscard]] std::size_t codePoints(std::string_view text);
/// At most the first `count` code points.
[[nodiscard]] std::string_view firstCodePoints(std::string_view text, std::size_t count);
/// The text cut into pieces of `size` code points, the last one shorter; no piece where the text is empty.
[[nodiscard]] std::vector<std::string_view> pieces(std::string_view text, std::size_t size);
/// What a text counts as: a token per four code points, rounded up.
[[nodiscard]] std::int64_t tokens(std::string_view text);

/// Without the white space (Python's str.isspace) at both ends.
[[nodiscard]] std::string_view strip(std::string_view text);
/// Without the code points of `unwanted` at both ends.
[[nodiscard]] std::string_view strip(std::string_view text, std::string_view unwanted);
/// Without dots at the end.
[[nodiscard]] std::string_view withoutLastDots(std::string_view text);

/// In lower case, letter by letter: a form that needs the neighbours or more than one code point is not known.
[[nodiscard]] std::string lower(std::string_view text);
/// The first letter in upper case, the others as they are.
[[nodiscard]] std::string upperFirst(std::string_view text);
/// The first letter in lower case, the others as they are.
[[nodiscard]] std::string lowerFirst(std::string_view text);
/// The first letter in upper case, all others in lower case.
[[nodiscard]] std::string capitalized(std::string_view text);

/// The parts between separators, empty ones too; an empty text is one empty part.
[[nodiscard]] std::vector<std::string> split(std::string_view text, std::string_view separator);
[[nodiscard]] bool contains(std::string_view text, std::string_view part);

/// More Chinese characters than Latin words.
[[nodiscard]] bool mostlyChinese(std::string_view text);

/// The number that a run of decimal digits (of any script) states; past 18 digits only the first 18.
[[nodiscard]] std::int64_t whole(std::string_view digits);
/// The number at the start of a text ("0.85." is 0.85), else `otherwise`.
[[nodiscard]] double decimal(std::string_view text, double otherwise);
/// Rounded to two decimals as Python rounds: exactly, ties to even.
[[nodiscard]] double twoDecimals(double value);

} // namespace society::gateway::practice
