// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/lossyproxy.h"

#include <QtGlobal>
#include <arpa/inet.h>
#include <array>
#include <poll.h>
#include <string_view>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

namespace society::test {

namespace {

sockaddr_in loopback(int port)
{
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

const sockaddr *generic(const sockaddr_in &address)
{
    return reinterpret_cast<const sockaddr *>(&address); // the sockets' own way
}

/// What has come, passed on; 0 at the end.
std::string_view pass(int from, int to, std::array<char, 65536> &buffer)
{
    const ssize_t count = ::read(from, buffer.data(), buffer.size());
    if (count <= 0 || ::write(to, buffer.data(), static_cast<size_t>(count)) != count)
        return {};
    return {buffer.data(), static_cast<size_t>(count)};
}

} // namespace

LossyProxy::LossyProxy(int serverPort)
    : m_listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    , m_serverPort(serverPort)
{
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    if (::bind(m_listener, generic(address), size) != 0 || ::listen(m_listener, 16) != 0 ||
        ::getsockname(m_listener, reinterpret_cast<sockaddr *>(&address), &size) != 0)
        qFatal("no port for the proxy");
    m_port = ntohs(address.sin_port);
    m_thread = std::thread([this] { serve(); });
}

LossyProxy::~LossyProxy()
{
    ::shutdown(m_listener, SHUT_RDWR);
    m_thread.join();
    ::close(m_listener);
}

void LossyProxy::serve()
{
    std::vector<std::thread> carriers;
    for (int client = ::accept(m_listener, nullptr, nullptr); client >= 0;
         client = ::accept(m_listener, nullptr, nullptr))
        carriers.emplace_back([this, client] { carry(client); });
    for (std::thread &carrier : carriers)
        carrier.join(); // each ends with its client
}

void LossyProxy::carry(int client)
{
    const int server = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in address = loopback(m_serverPort);
    std::array<char, 65536> buffer;
    bool goesOn = ::connect(server, generic(address), sizeof address) == 0;
    while (goesOn) {
        std::array<pollfd, 2> both{pollfd{client, POLLIN, 0}, pollfd{server, POLLIN, 0}};
        if (::poll(both.data(), both.size(), -1) < 0)
            break;
        if (both[0].revents != 0) {
            const std::string_view said = pass(client, server, buffer);
            goesOn = !said.empty();
            if (said.find("COMMIT") != std::string_view::npos && m_lose.exchange(false)) {
                pollfd answer{server, POLLIN, 0};
                ::poll(&answer, 1, -1); // the server has done it
                goesOn = false;
            }
        } else if (both[1].revents != 0) {
            goesOn = !pass(server, client, buffer).empty();
        }
    }
    ::close(server);
    ::close(client);
}

} // namespace society::test
