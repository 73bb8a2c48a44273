// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gateway/settings.h"

#include "app/gateway/providers.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <nlohmann/json.hpp>
#include <unistd.h>

namespace society::gateway {

namespace {

using Json = nlohmann::json;

std::string textOf(const Json &object, const char *name)
{
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::chrono::milliseconds durationOf(const Json &object, const char *name, std::chrono::milliseconds otherwise)
{
    const auto found = object.find(name);
    if (found == object.end() || !found->is_number_integer())
        return otherwise;
    return std::chrono::milliseconds(std::clamp<std::int64_t>(found->get<std::int64_t>(), 0, 86'400'000));
}

/// A header's value: no control character may end it early.
bool isPrintable(const std::string &text)
{
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) > 0x20 && c != 0x7f; });
}

tl::expected<Entry, std::string> readEntry(const Json &object, const Json &keys)
{
    if (!object.is_object())
        return tl::unexpected(std::string("an entry of gateway.json is no object"));
    Entry entry;
    entry.provider = textOf(object, "provider");
    entry.model = textOf(object, "model");
    auto endpoint = endpointOf(entry.provider, textOf(object, "base_url"));
    if (!endpoint)
        return tl::unexpected(endpoint.error());
    entry.endpoint = std::move(*endpoint);
    const std::string name = textOf(object, "key");
    if (name.empty())
        return entry;
    if (!keys.is_object() || !keys.contains(name) || !keys.at(name).is_string())
        return tl::unexpected("the key \"" + name + "\" did not come on standard input");
    entry.key = keys.at(name).get<std::string>();
    if (!isPrintable(entry.key))
        return tl::unexpected("the key \"" + name + "\" holds a blank or a control character");
    return entry;
}

/// Where one character that is written as it is, or as one of JSON's escapes (of JSON inside JSON, too), ends; npos: it
/// does not stand there. Of ASCII, as keys are.
std::size_t spelledUntil(std::string_view text, std::size_t at, char wanted)
{
    constexpr std::size_t hexDigits = 4;
    if (at >= text.size())
        return std::string_view::npos;
    if (text[at] != '\\')
        return text[at] == wanted ? at + 1 : std::string_view::npos;
    const std::size_t after = text.find_first_not_of('\\', at);
    if (after != std::string_view::npos && text[after] == 'u' && after + hexDigits < text.size()) {
        const char *digits = text.data() + after + 1;
        unsigned code = 0;
        const auto [end, error] = std::from_chars(digits, digits + hexDigits, code, 16);
        if (error == std::errc() && end == digits + hexDigits && code == static_cast<unsigned char>(wanted))
            return after + 1 + hexDigits;
    }
    if (wanted == '\\')
        return at + (text.substr(at).starts_with("\\\\") ? 2 : 1);
    return after != std::string_view::npos && text[after] == wanted ? after + 1 : std::string_view::npos;
}

/// The same of a whole key.
std::size_t spelledUntil(std::string_view text, std::size_t at, std::string_view key)
{
    for (const char wanted : key) {
        at = spelledUntil(text, at, wanted);
        if (at == std::string_view::npos)
            break;
    }
    return at;
}

} // namespace

tl::expected<Settings, std::string> readSettings(std::string_view gatewayJson, std::string_view secretsJson)
{
    const Json config = Json::parse(gatewayJson, nullptr, false);
    if (!config.is_object() || !config.contains("entries") || !config.at("entries").is_array())
        return tl::unexpected(std::string("gateway.json is not what a gateway needs"));
    if (!config.contains("schema") || !config.at("schema").is_number_integer() || config.at("schema") > 1)
        return tl::unexpected(std::string("gateway.json is of a newer program"));
    const Json secrets = Json::parse(secretsJson, nullptr, false);
    Settings settings;
    settings.token = secrets.is_object() ? textOf(secrets, "token") : std::string();
    if (settings.token.empty())
        return tl::unexpected(std::string("no token came on standard input"));
    settings.experiment = textOf(config, "experiment");
    settings.seed = config.contains("seed") && config.at("seed").is_number_integer() ? config.at("seed").dump()
                                                                                     : textOf(config, "seed");
    settings.practiceLatency = durationOf(config, "practice_latency_ms", settings.practiceLatency);
    settings.deadline = durationOf(config, "deadline_ms", settings.deadline);
    settings.connectDeadline = durationOf(config, "connect_ms", settings.connectDeadline);
    settings.deadAfter = durationOf(config, "dead_ms", settings.deadAfter);
    for (const Json &object : config.at("entries")) {
        auto entry = readEntry(object, secrets.contains("keys") ? secrets.at("keys") : Json());
        if (!entry)
            return tl::unexpected(entry.error());
        settings.entries.push_back(std::move(*entry));
    }
    if (settings.entries.empty())
        return tl::unexpected(std::string("gateway.json names no LLM"));
    return settings;
}

tl::expected<std::string, std::string> readWhole(int fd, std::size_t maxBytes)
{
    std::string text(maxBytes + 1, '\0');
    std::size_t filled = 0;
    while (filled < text.size()) {
        const ssize_t count = ::read(fd, text.data() + filled, text.size() - filled);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return tl::unexpected(std::string(std::strerror(errno)));
        if (count == 0)
            break;
        filled += static_cast<std::size_t>(count);
    }
    if (filled > maxBytes)
        return tl::unexpected("more than " + std::to_string(maxBytes) + " bytes");
    text.resize(filled);
    return text;
}

std::string withoutKey(std::string text, std::string_view key)
{
    if (key.size() < kShortestKey)
        return text;
    for (std::size_t at = text.find(key); at != std::string::npos; at = text.find(key, at))
        text.replace(at, key.size(), "***");
    const std::size_t escape = text.find('\\');
    if (escape == std::string::npos)
        return text;
    const std::string begins{key.front(), '\\'};
    std::size_t at = escape - std::min(escape, key.size()); // its first characters may stand before the first escape
    for (; (at = text.find_first_of(begins, at)) != std::string::npos; ++at) {
        if (const std::size_t end = spelledUntil(text, at, key); end != std::string::npos)
            text.replace(at, end - at, "***");
    }
    return text;
}

void wipe(std::string &secret)
{
    ::explicit_bzero(secret.data(), secret.size());
    secret.clear();
}

} // namespace society::gateway
