// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace society::gateway {

/// Who answers as an LLM. The only table of endpoints in the program; other programs ask `society-gateway --providers`.
struct Provider {
    std::string_view name;
    std::string_view baseUrl;  ///< root of its OpenAI-compatible API, without a last slash; empty where it takes one
    bool takesBaseUrl = false; ///< whether the configuration may name the root
};

/// AgentSociety's seven, `custom` (any OpenAI-compatible address), `practice` (the built-in scripted model).
[[nodiscard]] std::span<const Provider> providers();

/// The table as one JSON object: `{"providers": [{"name", "base_url", "takes_base_url"}]}`.
[[nodiscard]] std::string providersJson();

inline constexpr std::string_view kPractice = "practice";

/// The root to which "/chat/completions" is added, without a last slash; empty for practice. The error is a sentence
/// for the log: unknown provider, a root where none is taken, none where one is needed, no http(s) address.
[[nodiscard]] tl::expected<std::string, std::string> endpointOf(std::string_view provider, std::string_view baseUrl);

/// The host of an address, as words for the log; empty where it is none.
[[nodiscard]] std::string hostOf(const std::string &url);

/// Whether an address is on this machine, so that no proxy may be asked: localhost, 127.0.0.0/8, ::1.
[[nodiscard]] bool isLoopback(const std::string &url);

} // namespace society::gateway
