// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gateway/practice/pythonform.h"

#include "app/gateway/practice/pattern.h"

#include <array>
#include <charconv>
#include <cmath>
#include <optional>

namespace society::gateway::practice {

namespace {

void appendQuoted(std::string &out, std::string_view text)
{
    constexpr std::string_view digits = "0123456789abcdef";
    out.push_back('"');
    for (const char byte : text) {
        switch (byte) {
        case '"':
            out.append("\\\"");
            break;
        case '\\':
            out.append("\\\\");
            break;
        case '\n':
            out.append("\\n");
            break;
        case '\r':
            out.append("\\r");
            break;
        case '\t':
            out.append("\\t");
            break;
        case '\b':
            out.append("\\b");
            break;
        case '\f':
            out.append("\\f");
            break;
        default:
            if (static_cast<unsigned char>(byte) < 0x20) {
                out.append("\\u00");
                out.push_back(digits[static_cast<unsigned char>(byte) >> 4]);
                out.push_back(digits[static_cast<unsigned char>(byte) & 0xF]);
            } else {
                out.push_back(byte);
            }
        }
    }
    out.push_back('"');
}

void appendDumped(std::string &out, const Json &value)
{
    switch (value.type()) {
    case Json::value_t::object: {
        std::string_view separator;
        out.push_back('{');
        for (const auto &[key, item] : value.items()) {
            out.append(separator);
            appendQuoted(out, key);
            out.append(": ");
            appendDumped(out, item);
            separator = ", ";
        }
        out.push_back('}');
        break;
    }
    case Json::value_t::array: {
        std::string_view separator;
        out.push_back('[');
        for (const Json &item : value) {
            out.append(separator);
            appendDumped(out, item);
            separator = ", ";
        }
        out.push_back(']');
        break;
    }
    case Json::value_t::string:
        appendQuoted(out, value.get_ref<const std::string &>());
        break;
    case Json::value_t::number_float:
        out.append(pythonFloat(value.get<double>()));
        break;
    default:
        out.append(value.dump()); // null, true, whole numbers: the same in both
    }
}

/// One quoted Python text at the start of `rest`, which is moved past it.
std::optional<std::string> takeQuoted(std::string_view &rest)
{
    const char quote = rest.front();
    std::string text;
    for (std::size_t at = 1; at < rest.size(); ++at) {
        if (rest[at] == quote) {
            rest.remove_prefix(at + 1);
            return text;
        }
        if (rest[at] == '\n')
            return std::nullopt;
        if (rest[at] != '\\') {
            text.push_back(rest[at]);
            continue;
        }
        if (++at == rest.size())
            return std::nullopt;
        switch (rest[at]) {
        case 'n':
            text.push_back('\n');
            break;
        case 't':
            text.push_back('\t');
            break;
        case 'r':
            text.push_back('\r');
            break;
        case '\\':
        case '\'':
        case '"':
            text.push_back(rest[at]);
            break;
        default:
            text.append({'\\', rest[at]}); // Python keeps what it does not know
        }
    }
    return std::nullopt;
}

void skipBlanks(std::string_view &rest)
{
    while (!rest.empty() && (rest.front() == ' ' || rest.front() == '\n' || rest.front() == '\t'))
        rest.remove_prefix(1);
}

} // namespace

std::string dumped(const Json &value)
{
    std::string out;
    appendDumped(out, value);
    return out;
}

std::string pythonFloat(double value)
{
    if (std::isnan(value))
        return "NaN";
    if (std::isinf(value))
        return value > 0 ? "Infinity" : "-Infinity";
    std::array<char, 40> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::scientific);
    const std::string_view text(buffer.data(), static_cast<std::size_t>(end.ptr - buffer.data()));
    const std::size_t e = text.find('e');
    int exponent = 0;
    const std::string_view exponentText = text.substr(text[e + 1] == '+' ? e + 2 : e + 1);
    std::from_chars(exponentText.data(), exponentText.data() + exponentText.size(), exponent);
    if (exponent < -4 || exponent >= 16)
        return std::string(text);
    std::string digits(text.substr(0, e));
    const std::string sign = digits.starts_with('-') ? "-" : "";
    std::erase_if(digits, [](char c) { return c == '.' || c == '-'; });
    if (exponent < 0)
        return sign + "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits;
    const auto before = static_cast<std::size_t>(exponent) + 1;
    if (digits.size() <= before)
        return sign + digits + std::string(before - digits.size(), '0') + ".0";
    return sign + digits.substr(0, before) + "." + digits.substr(before);
}

std::vector<std::string> listItems(std::string_view literal)
{
    if (literal.size() < 2 || literal.front() != '[' || literal.back() != ']')
        return {};
    std::string_view rest = literal.substr(1, literal.size() - 2);
    std::vector<std::string> items;
    for (skipBlanks(rest); !rest.empty(); skipBlanks(rest)) {
        std::string item;
        if (rest.front() == '\'' || rest.front() == '"') {
            while (!rest.empty() && (rest.front() == '\'' || rest.front() == '"')) { // neighbours are one text
                std::optional<std::string> text = takeQuoted(rest);
                if (!text)
                    return {};
                item += *text;
                skipBlanks(rest);
            }
        } else if (const auto number = search(R"(^(?:0|[1-9][0-9]*|True|False|None)(?![\w.]))", rest)) {
            item = (*number)[0];
            rest.remove_prefix(item.size());
            skipBlanks(rest);
        } else {
            return {};
        }
        items.push_back(std::move(item));
        if (rest.empty())
            break;
        if (rest.front() != ',')
            return {};
        rest.remove_prefix(1);
    }
    return items;
}

} // namespace society::gateway::practice
