// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gateway/jsonview.h"

#include "app/gateway/jsoncheck.h"

#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>

namespace society::gateway {

namespace {

bool isBlank(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/// Behind the closing quote of the string that starts at `at`. Prompts are long: the quotes are sought, and counted as
/// escaped where an odd number of backslashes stands before them.
std::size_t afterString(std::string_view text, std::size_t at)
{
    const std::size_t first = at + 1;
    for (std::size_t quote = text.find('"', first); quote != std::string_view::npos;
         quote = text.find('"', quote + 1)) {
        std::size_t backslashes = 0;
        while (quote - backslashes > first && text[quote - backslashes - 1] == '\\')
            ++backslashes;
        if (backslashes % 2 == 0)
            return quote + 1;
    }
    return text.size();
}

std::size_t afterValue(std::string_view text, std::size_t at)
{
    if (text[at] == '"')
        return afterString(text, at);
    if (text[at] != '{' && text[at] != '[')
        return std::min(text.find_first_of(",}] \t\r\n", at), text.size());
    for (std::size_t depth = 0; at < text.size();) {
        const char c = text[at];
        if (c == '"') {
            at = afterString(text, at);
            continue;
        }
        ++at;
        if (c == '{' || c == '[')
            ++depth;
        else if ((c == '}' || c == ']') && --depth == 0)
            break;
    }
    return at;
}

/// The value of a number; JSON's form is one of C's.
double valueOf(std::string_view number)
{
    return std::strtod(std::string(number).c_str(), nullptr);
}

bool isContinuation(char c)
{
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

/// The bytes of the escape that starts there; two of \u for what is beyond 16 bits.
std::size_t escapeLength(std::string_view text, std::size_t at)
{
    constexpr std::size_t simple = 2;
    constexpr std::size_t unicode = 6;
    if (text[at + 1] != 'u')
        return simple;
    const bool isFirstHalf = (text[at + 2] == 'd' || text[at + 2] == 'D') &&
                             std::string_view("89abAB").find(text[at + 3]) != std::string_view::npos;
    return isFirstHalf ? 2 * unicode : unicode;
}

} // namespace

JsonView JsonView::read(std::string_view text, std::size_t deepest)
{
    text = text.substr(0, text.find('\0'));
    if (text.starts_with("\xEF\xBB\xBF"))
        text.remove_prefix(3);
    return isJson(text, deepest) ? ofValid(text) : JsonView();
}

JsonView JsonView::ofValid(std::string_view text)
{
    const auto *const start = std::ranges::find_if_not(text, isBlank);
    text.remove_prefix(static_cast<std::size_t>(start - text.begin()));
    return text.empty() ? JsonView() : JsonView(text.substr(0, afterValue(text, 0)));
}

bool JsonView::isNumber() const
{
    return !m_text.empty() && (m_text.front() == '-' || (m_text.front() >= '0' && m_text.front() <= '9'));
}

std::string JsonView::string() const
{
    if (!isString())
        return {};
    if (m_text.find('\\') != std::string_view::npos)
        return nlohmann::json::parse(m_text).get<std::string>();
    return std::string(m_text.substr(1, m_text.size() - 2));
}

std::int64_t JsonView::codePoints() const
{
    if (!isString())
        return 0;
    std::int64_t count = 0;
    for (std::size_t at = 1; at + 1 < m_text.size();) {
        const std::size_t escape = std::min(m_text.find('\\', at), m_text.size() - 1);
        const std::string_view plain = m_text.substr(at, escape - at);
        count += static_cast<std::int64_t>(plain.size()) - std::ranges::count_if(plain, isContinuation);
        at = escape;
        for (; at + 1 < m_text.size() && m_text[at] == '\\'; ++count)
            at += escapeLength(m_text, at);
    }
    return count;
}

double JsonView::number() const
{
    return isNumber() ? valueOf(m_text) : 0;
}

bool JsonView::says(std::string_view text) const
{
    if (m_text.size() == text.size() + 2)
        return m_text.substr(1, text.size()) == text;
    return m_text.find('\\') != std::string_view::npos && string() == text;
}

JsonView JsonView::valueFrom(std::size_t at) const
{
    while (at < m_text.size() && (isBlank(m_text[at]) || m_text[at] == ',' || m_text[at] == ':'))
        ++at;
    if (at >= m_text.size() || m_text[at] == '}' || m_text[at] == ']')
        return {};
    return JsonView(m_text.substr(at, afterValue(m_text, at) - at));
}

} // namespace society::gateway
