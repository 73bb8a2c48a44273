// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/gateway/practice/pythonform.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace society::gateway::practice {

/// The same thing said in English and in Chinese.
struct Phrase {
    std::string_view english;
    std::string_view chinese;
};

/// One request: its text, the language to answer in, and choices that follow from text and seed alone, never from
/// time or order. A value for one answer; one thread.
class Prompt {
public:
    /// `request` is kept by reference and has passed isChat().
    Prompt(const Json &request, std::string_view seed);

    /// An object with a non-empty list of message objects, as the constructor needs it.
    [[nodiscard]] static bool isChat(const Json &request);

    [[nodiscard]] const Json &request() const { return m_request; }
    /// All contents, a line feed between them.
    [[nodiscard]] const std::string &text() const { return m_text; }
    /// The last message's content.
    [[nodiscard]] const std::string &last() const { return m_last; }
    /// Hash of text and seed.
    [[nodiscard]] std::uint32_t hash() const { return m_hash; }
    /// What the request counts as in tokens.
    [[nodiscard]] std::int64_t tokensIn() const { return m_tokensIn; }

    [[nodiscard]] bool isChinese() const { return m_chinese; }
    void setChinese(bool chinese) { m_chinese = chinese; }

    /// 0 … below-1 for this salt.
    [[nodiscard]] std::int64_t number(std::string_view salt, std::int64_t below) const;
    /// One of the choices, of which there is at least one.
    template <class List>
    [[nodiscard]] auto pick(std::string_view salt, const List &choices) const
    {
        return choices[static_cast<std::size_t>(number(salt, static_cast<std::int64_t>(std::size(choices))))];
    }
    /// One of a hundred steps between low and high, two decimals.
    [[nodiscard]] double share(std::string_view salt, double low, double high) const;

    /// What the pattern's first group holds, stripped; else `otherwise`.
    [[nodiscard]] std::string find(std::string_view pattern, std::string_view otherwise = {}) const;
    /// The items of the Python list that the pattern's group holds.
    [[nodiscard]] std::vector<std::string> listed(std::string_view pattern) const;
    [[nodiscard]] bool has(std::string_view words) const;

    /// The simulated time in the prompt, in hours; 12 where it names none.
    [[nodiscard]] double hour() const;
    /// A profile attribute in any of the ways in which prompts state one; empty where it is not known.
    [[nodiscard]] std::string known(std::string_view name) const;
    /// The person in one clause, "a 34-year-old teacher"; empty where the prompt tells nothing.
    [[nodiscard]] std::string about() const;
    /// The same as the beginning of a sentence, "As a 34-year-old teacher, "; empty where the prompt tells nothing.
    [[nodiscard]] std::string speakingAs() const;

    [[nodiscard]] std::string say(std::string_view english, std::string_view chinese) const;
    [[nodiscard]] std::string say(const Phrase &phrase) const { return say(phrase.english, phrase.chinese); }

private:
    const Json &m_request;
    std::string m_text;
    std::string m_last;
    std::uint32_t m_hash = 0;
    std::int64_t m_tokensIn = 0;
    bool m_chinese = false;
};

} // namespace society::gateway::practice
