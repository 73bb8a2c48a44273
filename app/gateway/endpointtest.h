// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace society::gateway {

/// Tries an LLM's endpoint and key by asking for its list of models: never a paid call. `requestJson` is
/// `{"provider", "base_url", "key"}`. The answer is one JSON object: `{"ok", "status", "models": [names], "code",
/// "detail"}`; code is empty or one of `llm_key_refused` (401, 403), `llm_unreachable`, `llm_not_found` (404: the
/// address is not such an API), `llm_error` (all else). The key is never in it. Blocks for at most the deadline.
[[nodiscard]] std::string testEndpoint(
    std::string_view requestJson, std::chrono::milliseconds deadline = std::chrono::milliseconds(9500));

} // namespace society::gateway
