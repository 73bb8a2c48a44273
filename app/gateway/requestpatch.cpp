// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gateway/requestpatch.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace society::gateway {

namespace {

std::size_t afterBlanks(std::string_view text, std::size_t at)
{
    const std::size_t next = text.find_first_not_of(" \t\r\n", at);
    return next == std::string_view::npos ? text.size() : next;
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
    return text.size() + 1;
}

std::size_t afterValue(std::string_view text, std::size_t at)
{
    std::size_t depth = 0;
    while (at < text.size()) {
        const char c = text[at];
        if (c == '"') {
            at = afterString(text, at);
        } else if (c == '{' || c == '[') {
            ++depth;
            ++at;
        } else if (c == '}' || c == ']') {
            if (depth == 0)
                return at; // the end of the object around a bare number or word
            --depth;
            ++at;
        } else if (depth > 0) {
            ++at;
            continue;
        } else {
            return std::min(text.find_first_of(",}] \t\r\n", at), text.size());
        }
        if (depth == 0)
            return at;
    }
    return at;
}

} // namespace

std::string withMember(std::string_view object, std::string_view name, std::string_view value)
{
    std::string patched;
    std::size_t copied = 0;
    bool found = false;
    const std::size_t start = object.find('{') + 1;
    for (std::size_t at = afterBlanks(object, start); at < object.size() && object[at] == '"';) {
        const std::size_t keyEnd = afterString(object, at);
        const std::string_view key = object.substr(at, keyEnd - at);
        const std::size_t valueStart = afterBlanks(object, object.find(':', keyEnd) + 1);
        const std::size_t valueEnd = afterValue(object, valueStart);
        if (nlohmann::json::parse(key, nullptr, false) == name) { // also where the name is written with escapes
            patched.append(object.substr(copied, valueStart - copied)).append(value);
            copied = valueEnd;
            found = true;
        }
        at = afterBlanks(object, valueEnd);
        if (at < object.size() && object[at] == ',')
            at = afterBlanks(object, at + 1);
    }
    if (found)
        return patched.append(object.substr(copied));
    const bool isEmpty = object[afterBlanks(object, start)] == '}';
    patched.append(object.substr(0, start)).append(nlohmann::json(name).dump()).append(": ").append(value);
    return patched.append(isEmpty ? "" : ", ").append(object.substr(start));
}

std::size_t nestingOf(std::string_view json)
{
    std::size_t depth = 0;
    std::size_t deepest = 0;
    for (std::size_t at = 0; at < json.size(); ++at) {
        switch (json[at]) {
        case '"':
            at = afterString(json, at) - 1;
            break;
        case '{':
        case '[':
            deepest = std::max(deepest, ++depth);
            break;
        case '}':
        case ']':
            depth -= depth > 0 ? 1 : 0;
            break;
        default:
            break;
        }
    }
    return deepest;
}

} // namespace society::gateway
