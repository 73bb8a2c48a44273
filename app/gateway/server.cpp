// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gateway/server.h"

#include "app/gateway/session.h"

#include <cstdio>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace society::gateway {

namespace asio = boost::asio;
using asio::ip::tcp;

class Server::Impl : public std::enable_shared_from_this<Server::Impl> {
public:
    Impl(asio::io_context &io, Calls &calls, std::string token)
        : m_acceptor(io)
        , m_pause(io)
        , m_desk(calls, std::move(token))
    {
    }

    tl::expected<unsigned short, std::string> listen();
    void stop(std::function<void()> idle);
    /// Connections that outlive the server tell nobody when they end.
    void forget() { m_desk.idle = nullptr; }
    [[nodiscard]] std::size_t refused() const { return m_desk.refused; }

private:
    asio::awaitable<void> accept();

    tcp::acceptor m_acceptor;
    asio::steady_timer m_pause;
    Desk m_desk;
};

tl::expected<unsigned short, std::string> Server::Impl::listen()
{
    const tcp::endpoint anyPort(asio::ip::address_v4::loopback(), 0);
    boost::system::error_code error;
    m_acceptor.open(anyPort.protocol(), error);
    if (!error)
        m_acceptor.bind(anyPort, error);
    if (!error)
        m_acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (error)
        return tl::unexpected(error.message());
    asio::co_spawn(
        m_acceptor.get_executor(), [self = shared_from_this()] { return self->accept(); }, asio::detached);
    return m_acceptor.local_endpoint().port();
}

asio::awaitable<void> Server::Impl::accept()
{
    using namespace std::chrono_literals;
    const auto self = shared_from_this();
    while (m_acceptor.is_open()) {
        boost::system::error_code error;
        tcp::socket socket = co_await m_acceptor.async_accept(asio::redirect_error(asio::use_awaitable, error));
        if (error == asio::error::operation_aborted)
            co_return;
        if (error) { // out of file descriptors, most likely: wait until some are free again
            std::fprintf(stderr, "gateway: accept: %s\n", error.message().c_str());
            m_pause.expires_after(100ms);
            co_await m_pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
            continue;
        }
        startSession(std::move(socket), std::shared_ptr<Desk>(self, &m_desk));
    }
}

void Server::Impl::stop(std::function<void()> idle)
{
    boost::system::error_code ignored;
    m_acceptor.close(ignored);
    m_desk.idle = std::move(idle);
    if (m_desk.busy == 0)
        m_desk.idle();
}

Server::Server(asio::io_context &io, Calls &calls, std::string token)
    : m_impl(std::make_shared<Impl>(io, calls, std::move(token)))
{
}

Server::~Server()
{
    m_impl->forget();
}

tl::expected<unsigned short, std::string> Server::listen()
{
    return m_impl->listen();
}

void Server::stop(std::function<void()> idle)
{
    m_impl->stop(std::move(idle));
}

std::size_t Server::refused() const
{
    return m_impl->refused();
}

} // namespace society::gateway
