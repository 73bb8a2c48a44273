// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace society::gateway {

/// What the gateway says to who started it: one JSON object a line on standard output. Nothing secret. One thread.
class Events {
public:
    /// The server listens. False: nobody reads standard output any more, so nobody would ever end the gateway.
    [[nodiscard]] bool ready(unsigned short port);
    /// It will not; `detail` is a sentence for the log.
    void notReady(std::string_view detail);
    /// Something the run's owner must know at once, such as `llm_key_refused`; only the first of each code and entry.
    void raise(std::string_view code, std::size_t entry, int status, std::string_view detail);

private:
    static bool say(const nlohmann::ordered_json &line);

    std::set<std::pair<std::string, std::size_t>> m_raised;
};

} // namespace society::gateway
