// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace society::gateway {

/// What a request is for.
struct Route {
    std::size_t entry = 0;
    bool isModels = false; ///< the list of models; else a chat completion
};

/// Why a request is not served.
struct Refusal {
    unsigned status;
    std::string_view code;
    std::string_view message;
    std::string_view allow; ///< the method that is allowed instead; may be empty
};

/// `POST /i/v1/chat/completions` and `GET /i/v1/models`, i below `entries`; what follows a `?` is ignored. Pure.
[[nodiscard]] tl::expected<Route, Refusal> routeOf(
    std::string_view method, std::string_view target, std::size_t entries);

/// Whether an Authorization header shows the token. The time it takes does not tell how much of it was right. Pure.
[[nodiscard]] bool isAuthorized(std::string_view header, std::string_view token);

} // namespace society::gateway
