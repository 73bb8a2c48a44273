// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gateway/route.h"

#include <charconv>

namespace society::gateway {

namespace {

constexpr Refusal kNoSuchPath{404, "not_found", "no such path", ""};

} // namespace

tl::expected<Route, Refusal> routeOf(std::string_view method, std::string_view target, std::size_t entries)
{
    std::string_view path = target.substr(0, target.find('?'));
    if (!path.starts_with('/'))
        return tl::unexpected(kNoSuchPath);
    path.remove_prefix(1);
    Route route;
    const auto number = std::from_chars(path.data(), path.data() + path.size(), route.entry);
    if (number.ec != std::errc() || route.entry >= entries)
        return tl::unexpected(kNoSuchPath);
    path.remove_prefix(static_cast<std::size_t>(number.ptr - path.data()));
    route.isModels = path == "/v1/models";
    if (!route.isModels && path != "/v1/chat/completions")
        return tl::unexpected(kNoSuchPath);
    const std::string_view allowed = route.isModels ? "GET" : "POST";
    if (method != allowed)
        return tl::unexpected(Refusal{405, "method_not_allowed", "this path has another method", allowed});
    return route;
}

bool isAuthorized(std::string_view header, std::string_view token)
{
    constexpr std::string_view scheme = "Bearer ";
    const bool isBearer = header.starts_with(scheme);
    const std::string_view shown = isBearer ? header.substr(scheme.size()) : std::string_view();
    bool differs = shown.size() != token.size() || token.empty();
    for (std::size_t i = 0; i < token.size(); ++i) // `|` and not `||`: every character is looked at
        differs = differs | (token[i] != (shown.empty() ? '\0' : shown[i % shown.size()]));
    return !differs;
}

} // namespace society::gateway
