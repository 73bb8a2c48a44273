// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace society::gateway {

/// One LLM of the run's list, served below `/i/v1`.
struct Entry {
    std::string provider;
    std::string endpoint; ///< root of the provider's API; empty for practice
    std::string model;    ///< replaces the request's model; empty: the request's own
    std::string key;      ///< the provider's key: never logged, never in an answer; empty: none is sent
    [[nodiscard]] bool isPractice() const { return endpoint.empty(); }
};

/// What one gateway does: `gateway.json` and the secrets from standard input (docs/run-directory.md).
struct Settings {
    std::string experiment;
    std::string seed;
    std::vector<Entry> entries;
    std::string token; ///< what the runner must show
    std::chrono::milliseconds practiceLatency{0};
    std::chrono::milliseconds deadline{300'000};       ///< for one call
    std::chrono::milliseconds connectDeadline{10'000}; ///< of it, for the connection
    std::chrono::milliseconds deadAfter{10'000};       ///< of failed connections in a row until `llm_unreachable`
};

/// Reads both. The error is a sentence for the log, without secrets.
[[nodiscard]] tl::expected<Settings, std::string> readSettings(
    std::string_view gatewayJson, std::string_view secretsJson);

/// The whole file, or an error with the system's text; at most maxBytes.
[[nodiscard]] tl::expected<std::string, std::string> readWhole(int fd, std::size_t maxBytes);

inline constexpr std::size_t kShortestKey = 8;

/// The text with `***` wherever the key stood in it, as it is or with JSON's escapes (`\u0073k-…`, `\/`): an endpoint that
/// repeats what it was sent must not tell the key.
/// Keys of fewer than kShortestKey characters are words such as "none" and stay.
[[nodiscard]] std::string withoutKey(std::string text, std::string_view key);

/// Overwrites a secret in memory, as far as the language lets us.
void wipe(std::string &secret);

} // namespace society::gateway
