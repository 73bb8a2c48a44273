// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gateway/jsoncheck.h"

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <string>

namespace society::gateway {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isBetween(char c, unsigned char least, unsigned char most)
{
    const auto byte = static_cast<unsigned char>(c);
    return byte >= least && byte <= most;
}

/// Goes through a text once, from left to right.
class Checker {
public:
    Checker(std::string_view text, std::size_t deepest)
        : m_at(text.data())
        , m_end(text.data() + text.size())
        , m_deepest(deepest)
    {
    }

    bool run();

private:
    bool begin();
    bool end();
    bool name();
    bool scalar();
    bool string();
    bool escape();
    bool codePoint();
    bool number();
    bool digits();
    unsigned hexDigits();
    bool word(std::string_view text);
    bool take(char c);
    void skipBlanks();
    void skipPlain();

    [[nodiscard]] std::size_t left() const { return static_cast<std::size_t>(m_end - m_at); }
    [[nodiscard]] char now() const { return m_at < m_end ? *m_at : '\0'; }

    const char *m_at;
    const char *const m_end;
    const std::size_t m_deepest;
    std::string m_closers; // of what is open, the innermost last
};

/// Value after value: each begins, and ends as many of those around it as end with it.
bool Checker::run()
{
    for (;;) {
        skipBlanks();
        const std::size_t depth = m_closers.size();
        if (!begin())
            return false;
        if (m_closers.size() > depth)
            continue; // the first one within it
        if (!end())
            return false;
        if (m_closers.empty())
            return m_at == m_end;
    }
}

/// A scalar, an empty array or object, or the beginning of one up to its first value.
bool Checker::begin()
{
    const char c = now();
    if (c != '{' && c != '[')
        return scalar();
    ++m_at;
    skipBlanks();
    const char closer = c == '{' ? '}' : ']';
    if (m_closers.size() >= m_deepest)
        return false;
    if (take(closer))
        return true;
    m_closers.push_back(closer);
    return c == '[' || name();
}

/// What follows a value, up to where the next one begins, or to the end of the text.
bool Checker::end()
{
    for (;;) {
        skipBlanks();
        if (m_closers.empty())
            return m_at == m_end;
        if (take(','))
            return m_closers.back() == ']' || name();
        if (!take(m_closers.back()))
            return false;
        m_closers.pop_back();
    }
}

bool Checker::name()
{
    skipBlanks();
    if (!string())
        return false;
    skipBlanks();
    return take(':');
}

bool Checker::scalar()
{
    switch (now()) {
    case '"':
        return string();
    case 't':
        return word("true");
    case 'f':
        return word("false");
    case 'n':
        return word("null");
    default:
        return number();
    }
}

bool Checker::string()
{
    if (!take('"'))
        return false;
    for (;;) {
        skipPlain();
        if (take('"'))
            return true;
        if (m_at == m_end || !(*m_at == '\\' ? escape() : codePoint()))
            return false;
    }
}

/// Prompts are long and mostly plain: sixteen characters at a time, which the compiler does at once.
void Checker::skipPlain()
{
    constexpr std::size_t step = 16;
    const auto isPlain = [](char c) { return isBetween(c, 0x20, 0x7f) && c != '"' && c != '\\'; };
    while (left() >= step) {
        unsigned others = 0;
        for (std::size_t i = 0; i < step; ++i)
            others |= isPlain(m_at[i]) ? 0U : 1U;
        if (others != 0)
            break;
        m_at += step;
    }
    while (m_at < m_end && isPlain(*m_at))
        ++m_at;
}

bool Checker::escape()
{
    ++m_at;
    if (!take('u'))
        return m_at < m_end && std::string_view("\"\\/bfnrt").find(*m_at++) != std::string_view::npos;
    const auto isFirstHalf = [](unsigned unit) { return unit >= 0xD800 && unit <= 0xDBFF; };
    const auto isSecondHalf = [](unsigned unit) { return unit >= 0xDC00 && unit <= 0xDFFF; };
    const unsigned unit = hexDigits();
    if (isFirstHalf(unit))
        return take('\\') && take('u') && isSecondHalf(hexDigits());
    return unit <= 0xFFFF && !isSecondHalf(unit);
}

/// Four of them; more than they can say where there are not four.
unsigned Checker::hexDigits()
{
    constexpr std::size_t count = 4;
    constexpr unsigned none = 0x10000;
    unsigned unit = 0;
    if (left() < count || std::from_chars(m_at, m_at + count, unit, 16).ptr != m_at + count)
        return none;
    m_at += count;
    return unit;
}

/// One beyond ASCII, as UTF-8 has it: no longer than needed, no half of a pair, nothing beyond U+10FFFF.
bool Checker::codePoint()
{
    const char lead = *m_at;
    std::size_t more = 0;
    unsigned char least = 0x80; // of the second byte
    unsigned char most = 0xBF;
    if (isBetween(lead, 0xC2, 0xDF)) {
        more = 1;
    } else if (isBetween(lead, 0xE0, 0xEF)) {
        more = 2;
        least = isBetween(lead, 0xE0, 0xE0) ? 0xA0 : least;
        most = isBetween(lead, 0xED, 0xED) ? 0x9F : most;
    } else if (isBetween(lead, 0xF0, 0xF4)) {
        more = 3;
        least = isBetween(lead, 0xF0, 0xF0) ? 0x90 : least;
        most = isBetween(lead, 0xF4, 0xF4) ? 0x8F : most;
    }
    if (more == 0 || left() <= more || !isBetween(m_at[1], least, most))
        return false;
    for (std::size_t i = 2; i <= more; ++i) {
        if (!isBetween(m_at[i], 0x80, 0xBF))
            return false;
    }
    m_at += more + 1;
    return true;
}

bool Checker::number()
{
    const char *const start = m_at;
    take('-');
    if (!take('0') && !digits())
        return false;
    if (take('.') && !digits())
        return false;
    const bool hasExponent = take('e') || take('E');
    if (hasExponent) {
        if (!take('+'))
            take('-');
        if (!digits())
            return false;
    }
    const auto length = static_cast<std::size_t>(m_at - start);
    constexpr std::size_t alwaysFits = 300;
    return (!hasExponent && length < alwaysFits) ||
           std::isfinite(std::strtod(std::string(start, length).c_str(), nullptr));
}

bool Checker::digits()
{
    const char *const start = m_at;
    while (isDigit(now()))
        ++m_at;
    return m_at != start;
}

bool Checker::word(std::string_view text)
{
    if (!std::string_view(m_at, left()).starts_with(text))
        return false;
    m_at += text.size();
    return true;
}

bool Checker::take(char c)
{
    if (m_at == m_end || *m_at != c)
        return false;
    ++m_at;
    return true;
}

void Checker::skipBlanks()
{
    while (m_at < m_end && (*m_at == ' ' || *m_at == '\n' || *m_at == '\r' || *m_at == '\t'))
        ++m_at;
}

} // namespace

bool isJson(std::string_view text, std::size_t deepest)
{
    return Checker(text, deepest).run();
}

} // namespace society::gateway
