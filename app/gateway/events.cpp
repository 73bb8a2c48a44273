// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gateway/events.h"

#include <cerrno>
#include <nlohmann/json.hpp>
#include <unistd.h>

namespace society::gateway {

using Json = nlohmann::ordered_json;

bool Events::ready(unsigned short port)
{
    return say({{"ready", true}, {"port", port}});
}

void Events::notReady(std::string_view detail)
{
    say({{"ready", false}, {"detail", detail}});
}

void Events::raise(std::string_view code, std::size_t entry, int status, std::string_view detail)
{
    if (m_raised.emplace(code, entry).second)
        say({{"event", code}, {"entry", entry}, {"status", status}, {"detail", detail}});
}

bool Events::say(const Json &line)
{
    const std::string text = line.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
    std::string_view rest = text;
    while (!rest.empty()) {
        const ssize_t count = ::write(STDOUT_FILENO, rest.data(), rest.size());
        if (count < 0 && errno != EINTR)
            return false;
        rest.remove_prefix(count > 0 ? static_cast<std::size_t>(count) : 0);
    }
    return true;
}

} // namespace society::gateway
