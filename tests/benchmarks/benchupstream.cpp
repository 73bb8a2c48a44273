// SPDX-License-Identifier: GPL-3.0-or-later
// An LLM that is faster than any: answers each chat completion with the same words, after a latency of its own, and
// does nothing else. It prints its port and ends with its standard input.
//
//   bench-upstream [--latency MS]
#include "tests/benchmarks/figures.h"
#include "tests/benchmarks/wire.h"

#include <algorithm>
#include <deque>
#include <sys/epoll.h>
#include <unistd.h>
#include <unordered_map>

using namespace society;
using namespace society::bench;

namespace {

std::string answer()
{
    const std::string body =
        R"({"id": "bench-1", "object": "chat.completion", "created": 1, "model": "bench", "choices": [{"index": 0, )"
        R"("message": {"role": "assistant", "content": ")" +
        std::string(400, 'w') +
        R"("}, "finish_reason": "stop"}], "usage": {"prompt_tokens": 400, "completion_tokens": 100, "total_tokens": 500}})";
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\n\r\n" + body;
}

class Upstream {
public:
    explicit Upstream(double latencyMs)
        : m_latency(latencyMs)
        , m_epoll(::epoll_create1(EPOLL_CLOEXEC))
        , m_timer(makeTimer())
    {
    }

    int serve()
    {
        const int port = listenOnLoopback(m_listener);
        watch(m_epoll, m_listener, static_cast<std::uint64_t>(m_listener));
        watch(m_epoll, m_timer, static_cast<std::uint64_t>(m_timer));
        return bench::serve(port, m_epoll, [this](int fd) {
            if (fd == m_listener)
                accept();
            else if (fd == m_timer)
                answerDue();
            else
                read(fd);
        });
    }

private:
    struct Due {
        double at;
        int fd;
    };

    void accept()
    {
        for (int fd = 0; (fd = acceptNext(m_listener)) >= 0;)
            watch(m_epoll, fd, static_cast<std::uint64_t>(fd));
    }

    void read(int fd)
    {
        char block[65536];
        std::string &text = m_received[fd];
        ssize_t n = 0;
        while ((n = ::read(fd, block, sizeof block)) > 0)
            text.append(block, static_cast<std::size_t>(n));
        if (n == 0) {
            m_received.erase(fd);
            std::erase_if(m_due, [fd](const Due &due) { return due.fd == fd; });
            ::close(fd);
            return;
        }
        while (const std::size_t whole = wholeMessage(text)) {
            text.erase(0, whole);
            if (m_latency <= 0) {
                (void)sendAll(fd, m_answer);
            } else {
                m_due.push_back({nowMs() + m_latency, fd});
                if (m_due.size() == 1)
                    setTimer(m_timer, m_due.front().at);
            }
        }
    }

    void answerDue()
    {
        for (; !m_due.empty() && m_due.front().at <= nowMs(); m_due.pop_front())
            (void)sendAll(m_due.front().fd, m_answer);
        setTimer(m_timer, m_due.empty() ? 0 : m_due.front().at);
    }

    double m_latency;
    int m_epoll;
    int m_timer;
    int m_listener = -1;
    std::string m_answer = answer();
    std::unordered_map<int, std::string> m_received;
    std::deque<Due> m_due; // all wait equally long, so in order
};

} // namespace

int main(int argc, char **argv)
{
    return Upstream(option(argc, argv, "latency", 0)).serve();
}
