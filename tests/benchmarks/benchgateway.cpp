// SPDX-License-Identifier: GPL-3.0-or-later
// What a call costs on its way through: the same client to the same upstream directly and through each proxy in turn,
// in interleaved rounds. A target is NAME=PORT=PATH=TOKEN; the first one is the upstream itself.
//
//   bench-gateway --in-flight N --calls N --rounds N --latency MS [--json] TARGET…
#include "tests/benchmarks/figures.h"
#include "tests/benchmarks/wire.h"

#include <arpa/inet.h>
#include <cstdio>
#include <memory>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <queue>
#include <sstream>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace society::bench;

namespace {

struct Target {
    std::string name;
    int port = 0;
    std::string request;
    Samples latency;
    Samples perSecond; ///< calls, one sample a round
    std::size_t bad = 0;
};

/// A prompt as AgentSociety's are: some two kilobytes, asked without a stream.
std::string requestFor(const std::string &path, const std::string &token)
{
    const std::string body = R"({"model": "bench", "messages": [{"role": "system", "content": ")" +
                             std::string(600, 's') + R"("}, {"role": "user", "content": ")" + std::string(1400, 'u') +
                             R"("}], "temperature": 1.0, "max_tokens": 500})";
    return "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + token +
           "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

bool readTarget(const std::string &text, Target &target)
{
    std::istringstream parts(text);
    std::string port, path, token;
    std::getline(parts, target.name, '=');
    std::getline(parts, port, '=');
    std::getline(parts, path, '=');
    std::getline(parts, token);
    target.port = std::atoi(port.c_str());
    target.request = requestFor(path, token);
    return target.port != 0;
}

/// Some connections that each ask again as soon as they are answered.
class Load {
public:
    Load(Target &target, int inFlight)
        : m_target(target)
        , m_connections(static_cast<std::size_t>(inFlight))
        , m_epoll(::epoll_create1(EPOLL_CLOEXEC))
        , m_timer(makeTimer())
    {
        watch(m_epoll, m_timer, timerData);
        for (std::size_t i = 0; i < m_connections.size(); ++i)
            connect(i);
    }
    ~Load()
    {
        for (const Connection &connection : m_connections)
            ::close(connection.fd);
        ::close(m_timer);
        ::close(m_epoll);
    }
    Load(const Load &) = delete;
    Load &operator=(const Load &) = delete;

    /// Makes that many calls. They begin spread over `latency`, so that they do not come in one wave; the first call of
    /// each connection warms up and does not count. False: the target does not answer.
    bool run(std::size_t calls, double latency)
    {
        const double begin = nowMs();
        for (std::size_t i = 0; i < m_connections.size(); ++i)
            m_starts.push(begin + latency * static_cast<double>(i) / static_cast<double>(m_connections.size()));
        startDue();
        std::size_t counted = 0;
        double countedFrom = 0;
        epoll_event events[256];
        // A slow target makes fewer: enough for its percentiles, and the benchmark ends.
        const auto isEnough = [&] {
            return counted >= calls || (counted >= m_connections.size() && nowMs() - countedFrom > mostMs);
        };
        while (!isEnough()) {
            const int count = ::epoll_wait(m_epoll, events, 256, 120'000);
            if (count <= 0)
                return false;
            for (int i = 0; i < count; ++i) {
                if (events[i].data.u64 == timerData) {
                    startDue();
                    continue;
                }
                Connection &connection = m_connections[events[i].data.u64];
                const double took = answered(connection);
                if (took < 0)
                    return false;
                if (took == 0)
                    continue;
                if (connection.answers++ > 0) {
                    countedFrom = countedFrom > 0 ? countedFrom : nowMs();
                    ++counted;
                    m_target.latency.add(took);
                }
                ask(connection);
            }
        }
        m_target.perSecond.add(static_cast<double>(counted) / (nowMs() - countedFrom) * 1e3);
        return true;
    }

private:
    static constexpr std::uint64_t timerData = ~0ULL;
    static constexpr double mostMs = 6000; ///< for a round

    struct Connection {
        int fd = -1;
        double asked = 0;
        std::string received;
        std::size_t answers = 0;
    };

    void connect(std::size_t index)
    {
        const int fd = connectToLoopback(m_target.port);
        if (fd < 0)
            std::perror("connect");
        m_connections[index].fd = fd;
        watch(m_epoll, fd, index);
    }

    void startDue()
    {
        for (; !m_starts.empty() && m_starts.front() <= nowMs(); m_starts.pop())
            ask(m_connections[m_started++]);
        setTimer(m_timer, m_starts.empty() ? 0 : m_starts.front());
    }

    void ask(Connection &connection)
    {
        connection.asked = nowMs();
        (void)sendAll(connection.fd, m_target.request);
    }

    /// How long the answer took; 0 while it is not whole; negative where the connection has ended.
    double answered(Connection &connection)
    {
        char block[65536];
        const ssize_t n = ::recv(connection.fd, block, sizeof block, MSG_DONTWAIT);
        if (n <= 0)
            return -1;
        connection.received.append(block, static_cast<std::size_t>(n));
        if (wholeMessage(connection.received) == 0)
            return 0;
        if (!connection.received.starts_with("HTTP/1.1 200"))
            ++m_target.bad;
        connection.received.clear();
        return nowMs() - connection.asked;
    }

    Target &m_target;
    std::vector<Connection> m_connections;
    int m_epoll;
    int m_timer;
    std::queue<double> m_starts;
    std::size_t m_started = 0;
};

} // namespace

int main(int argc, char **argv)
{
    const int inFlight = option(argc, argv, "in-flight", 200);
    const int calls = option(argc, argv, "calls", 2000);
    const int rounds = option(argc, argv, "rounds", 5);
    const int latency = option(argc, argv, "latency", 0);
    const Report report(hasFlag(argc, argv, "json"));
    std::vector<Target> targets;
    for (int i = 1; i < argc; ++i) {
        if (Target target; std::string(argv[i]).find('=') != std::string::npos && readTarget(argv[i], target))
            targets.push_back(target);
    }
    for (int round = 0; round < rounds; ++round) {
        for (Target &target : targets) {
            Load load(target, inFlight);
            if (!load.run(static_cast<std::size_t>(calls), latency)) {
                std::fprintf(stderr, "%s does not answer\n", target.name.c_str());
                return 1;
            }
        }
    }
    const std::string of = " (" + std::to_string(inFlight) + " in flight, " + std::to_string(latency) + " ms)";
    for (const Target &target : targets) {
        report.samples(target.name + of, target.latency);
        report.value(target.name + " calls per second" + of, target.perSecond.median(), "/s");
        if (target.bad != 0)
            report.value(target.name + " answers that were not 200" + of, static_cast<double>(target.bad), "");
        if (&target == &targets.front())
            continue;
        const Samples &direct = targets.front().latency;
        report.value(target.name + " adds, median" + of, target.latency.median() - direct.median(), "ms");
        report.value(target.name + " adds, p99" + of, target.latency.p99() - direct.p99(), "ms");
    }
    return 0;
}
