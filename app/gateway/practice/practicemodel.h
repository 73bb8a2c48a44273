// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace society::gateway::practice {

/// What the practice model says to one request.
struct Answer {
    std::string kind;           ///< its name for the prompt, as written into usage.jsonl
    std::string content;        ///< the reply's text, or the arguments of the tool call
    std::string toolName;       ///< JSON of the name of the tool to call; empty: a reply in words
    std::string callId;         ///< id of the tool call
    std::int64_t tokensIn = 0;  ///< one per four code points of all contents, rounded up
    std::int64_t tokensOut = 0; ///< the same of `content`
};

/// The scripted model that practice runs talk to: no key, no network. The answer is a function of the request's
/// contents and the seed only. Nothing where the request is not a chat (no list of message objects) or its tools are
/// malformed. Pure; any thread. Ported word for word from tests/support/scripted_replies.py, and tested against it.
[[nodiscard]] std::optional<Answer> answerTo(const nlohmann::ordered_json &request, std::string_view seed);

} // namespace society::gateway::practice
