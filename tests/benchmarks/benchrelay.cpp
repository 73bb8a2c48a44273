// SPDX-License-Identifier: GPL-3.0-or-later
// The least that a program between a client and an upstream can do: it copies bytes both ways and reads none of them.
// What it adds, no gateway can save. It prints its port and ends with its standard input.
//
//   bench-relay --upstream PORT
#include "tests/benchmarks/figures.h"
#include "tests/benchmarks/wire.h"

#include <sys/epoll.h>
#include <unistd.h>
#include <unordered_map>

using namespace society;
using namespace society::bench;

namespace {

class Relay {
public:
    explicit Relay(int upstream)
        : m_upstream(upstream)
        , m_epoll(::epoll_create1(EPOLL_CLOEXEC))
    {
    }

    int serve()
    {
        const int port = listenOnLoopback(m_listener);
        add(m_listener);
        return bench::serve(port, m_epoll, [this](int fd) { fd == m_listener ? accept() : pass(fd); });
    }

private:
    void add(int fd) const { watch(m_epoll, fd, static_cast<std::uint64_t>(fd)); }

    void accept()
    {
        for (int client = 0; (client = acceptNext(m_listener)) >= 0;) {
            const int upstream = connectToLoopback(m_upstream);
            if (upstream < 0) {
                ::close(client);
                continue;
            }
            m_other[client] = upstream;
            m_other[upstream] = client;
            add(client);
            add(upstream);
        }
    }

    void pass(int fd)
    {
        const auto pair = m_other.find(fd);
        if (pair == m_other.end())
            return; // its other end has closed both in this turn
        const int other = pair->second;
        char block[65536];
        const ssize_t n = ::read(fd, block, sizeof block);
        if (n > 0 && sendAll(other, {block, static_cast<std::size_t>(n)}))
            return;
        for (const int each : {fd, other}) {
            m_other.erase(each);
            ::close(each);
        }
    }

    int m_upstream;
    int m_epoll;
    int m_listener = -1;
    std::unordered_map<int, int> m_other;
};

} // namespace

int main(int argc, char **argv)
{
    return Relay(option(argc, argv, "upstream", 0)).serve();
}
