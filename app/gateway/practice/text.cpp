// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gateway/practice/text.h"

#include <algorithm>
#include <array>
#include <clocale>
#include <cstdio>
#include <cstdlib>
#include <cwctype>

namespace society::gateway::practice {

namespace {

/// The digit zero of every script that has decimal digits: ten code points follow one another from each (Unicode 14).
constexpr std::array kZeros{0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66,
    0xde6, 0xe50, 0xed0, 0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40,
    0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10, 0x104a0, 0x10d30, 0x11066, 0x110f0, 0x11136,
    0x111d0, 0x112f0, 0x11450, 0x114d0, 0x11650, 0x116c0, 0x11730, 0x118e0, 0x11950, 0x11c50, 0x11d50, 0x11da0, 0x16a60,
    0x16ac0, 0x16b50, 0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6, 0x1e140, 0x1e2f0, 0x1e950, 0x1fbf0};

bool isContinuation(char byte)
{
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

/// Length in bytes of the code point that starts with this byte.
std::size_t lengthOf(char lead)
{
    const auto byte = static_cast<unsigned char>(lead);
    return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

int codePointAt(std::string_view text, std::size_t at)
{
    const std::size_t length = lengthOf(text[at]);
    if (length == 1)
        return static_cast<unsigned char>(text[at]);
    int point = static_cast<unsigned char>(text[at]) & (0xFF >> (length + 1));
    for (std::size_t i = 1; i < length && at + i < text.size(); ++i)
        point = point << 6 | (static_cast<unsigned char>(text[at + i]) & 0x3F);
    return point;
}

void append(std::string &text, int point)
{
    const auto byte = [&](int value) { text.push_back(static_cast<char>(value)); };
    if (point < 0x80) {
        byte(point);
    } else if (point < 0x800) {
        byte(0xC0 | point >> 6);
        byte(0x80 | (point & 0x3F));
    } else if (point < 0x10000) {
        byte(0xE0 | point >> 12);
        byte(0x80 | (point >> 6 & 0x3F));
        byte(0x80 | (point & 0x3F));
    } else {
        byte(0xF0 | point >> 18);
        byte(0x80 | (point >> 12 & 0x3F));
        byte(0x80 | (point >> 6 & 0x3F));
        byte(0x80 | (point & 0x3F));
    }
}

bool isSpace(int point)
{
    return (point >= 0x09 && point <= 0x0D) || (point >= 0x1C && point <= 0x20) || point == 0x85 || point == 0xA0 ||
           point == 0x1680 || (point >= 0x2000 && point <= 0x200A) || point == 0x2028 || point == 0x2029 ||
           point == 0x202F || point == 0x205F || point == 0x3000;
}

/// The value of a decimal digit, or -1.
int digitValue(int point)
{
    const auto next = std::upper_bound(kZeros.begin(), kZeros.end(), point);
    if (next == kZeros.begin())
        return -1;
    const int value = point - *(next - 1);
    return value < 10 ? value : -1;
}

/// The C library's case tables for all of Unicode, whatever the locale of the process.
locale_t unicodeLocale()
{
    static const locale_t locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
    return locale;
}

int changedCase(int point, bool upper)
{
    const locale_t locale = unicodeLocale();
    if (locale == nullptr) { // a C library without C.UTF-8: ASCII only
        if (point >= 0x80)
            return point;
        return upper ? std::toupper(point) : std::tolower(point);
    }
    const auto wide = static_cast<wint_t>(point);
    return static_cast<int>(upper ? towupper_l(wide, locale) : towlower_l(wide, locale));
}

template <class Unwanted>
std::string_view stripped(std::string_view text, Unwanted unwanted)
{
    while (!text.empty() && unwanted(codePointAt(text, 0)))
        text.remove_prefix(std::min(lengthOf(text[0]), text.size()));
    while (!text.empty()) {
        std::size_t last = text.size() - 1;
        while (last > 0 && isContinuation(text[last]))
            --last;
        if (!unwanted(codePointAt(text, last)))
            break;
        text = text.substr(0, last);
    }
    return text;
}

} // namespace

std::size_t codePoints(std::string_view text)
{
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char byte) { return !isContinuation(byte); }));
}

std::string_view firstCodePoints(std::string_view text, std::size_t count)
{
    std::size_t at = 0;
    for (; count > 0 && at < text.size(); --count)
        at += lengthOf(text[at]);
    return text.substr(0, at);
}

std::vector<std::string_view> pieces(std::string_view text, std::size_t size)
{
    std::vector<std::string_view> result;
    while (!text.empty()) {
        result.push_back(firstCodePoints(text, size));
        text.remove_prefix(result.back().size());
    }
    return result;
}

std::int64_t tokens(std::string_view text)
{
    return static_cast<std::int64_t>((codePoints(text) + 3) / 4);
}

std::string_view strip(std::string_view text)
{
    return stripped(text, isSpace);
}

std::string_view strip(std::string_view text, std::string_view unwanted)
{
    return stripped(text, [unwanted](int point) {
        for (std::size_t at = 0; at < unwanted.size(); at += lengthOf(unwanted[at])) {
            if (codePointAt(unwanted, at) == point)
                return true;
        }
        return false;
    });
}

std::string_view withoutLastDots(std::string_view text)
{
    while (text.ends_with('.'))
        text.remove_suffix(1);
    return text;
}

std::string lower(std::string_view text)
{
    std::string result;
    result.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); at += lengthOf(text[at]))
        append(result, changedCase(codePointAt(text, at), false));
    return result;
}

std::string upperFirst(std::string_view text)
{
    std::string result;
    if (!text.empty())
        append(result, changedCase(codePointAt(text, 0), true));
    return result.append(text.substr(firstCodePoints(text, 1).size()));
}

std::string lowerFirst(std::string_view text)
{
    const std::string_view first = firstCodePoints(text, 1);
    return lower(first).append(text.substr(first.size()));
}

std::string capitalized(std::string_view text)
{
    return upperFirst(lower(text));
}

std::vector<std::string> split(std::string_view text, std::string_view separator)
{
    std::vector<std::string> parts;
    for (;;) {
        const std::size_t end = text.find(separator);
        parts.emplace_back(text.substr(0, end));
        if (end == std::string_view::npos)
            return parts;
        text.remove_prefix(end + separator.size());
    }
}

bool contains(std::string_view text, std::string_view part)
{
    return text.find(part) != std::string_view::npos;
}

bool mostlyChinese(std::string_view text)
{
    std::int64_t lead = 0; // Chinese characters less Latin words
    bool inWord = false;
    for (std::size_t at = 0; at < text.size(); at += lengthOf(text[at])) {
        const int point = codePointAt(text, at);
        const bool latin = (point >= 'A' && point <= 'Z') || (point >= 'a' && point <= 'z');
        lead -= latin && !inWord ? 1 : 0;
        lead += point >= 0x4E00 && point <= 0x9FFF ? 1 : 0;
        inWord = latin;
    }
    return lead > 0;
}

std::int64_t whole(std::string_view digits)
{
    std::int64_t value = 0;
    int count = 0;
    for (std::size_t at = 0; at < digits.size() && count < 18; at += lengthOf(digits[at]), ++count) {
        const int digit = digitValue(codePointAt(digits, at));
        if (digit < 0)
            break;
        value = value * 10 + digit;
    }
    return value;
}

double decimal(std::string_view text, double otherwise)
{
    std::string plain;
    bool pointSeen = false;
    for (std::size_t at = 0; at < text.size(); at += lengthOf(text[at])) {
        const int point = codePointAt(text, at);
        const int digit = digitValue(point);
        if (digit >= 0)
            plain.push_back(static_cast<char>('0' + digit));
        else if (point == '.' && !pointSeen && !plain.empty())
            plain.push_back('.');
        else
            break;
        pointSeen = pointSeen || point == '.';
    }
    return plain.empty() ? otherwise : std::strtod(plain.c_str(), nullptr);
}

double twoDecimals(double value)
{
    std::array<char, 400> digits{};
    std::snprintf(digits.data(), digits.size(), "%.2f", value);
    return std::strtod(digits.data(), nullptr);
}

} // namespace society::gateway::practice
