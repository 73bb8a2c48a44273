// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <utility> // before asio: 1.74's awaitable.hpp uses std::exchange without it

#include <boost/asio/ip/tcp.hpp>
#include <functional>
#include <memory>
#include <string>

namespace society::gateway {

class Calls;

/// What all connections share. One thread.
struct Desk {
    Desk(Calls &who, std::string runToken)
        : calls(who)
        , token(std::move(runToken))
    {
    }

    Calls &calls;
    std::string token;
    std::size_t connections = 0;
    std::size_t busy = 0;       ///< requests whose answer is not sent yet
    std::size_t refused = 0;    ///< requests without the token
    std::function<void()> idle; ///< told when nothing is busy any more
};

/// Serves one connection until it is closed, idle for two minutes, or one too many.
void startSession(boost::asio::ip::tcp::socket socket, const std::shared_ptr<Desk> &desk);

} // namespace society::gateway
