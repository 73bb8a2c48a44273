// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <tl/expected.hpp>

namespace boost::asio {
class io_context;
}

namespace society::gateway {

class Calls;

/// The HTTP side: listens on a free port of 127.0.0.1, lets in who shows the run's token, hands calls on to Calls.
/// Runs on the thread of the io_context. At most 2,048 connections; bodies up to 64 MiB, headers up to 32 KiB.
class Server {
public:
    Server(boost::asio::io_context &io, Calls &calls, std::string token);
    ~Server();
    Server(const Server &) = delete;
    Server &operator=(const Server &) = delete;

    /// Begins to listen; the port, or the system's words.
    [[nodiscard]] tl::expected<unsigned short, std::string> listen();
    /// Takes no more connections; calls `idle` once no answer is being made or sent.
    void stop(std::function<void()> idle);
    /// Requests that came without the run's token.
    [[nodiscard]] std::size_t refused() const;

private:
    class Impl;
    std::shared_ptr<Impl> m_impl;
};

} // namespace society::gateway
