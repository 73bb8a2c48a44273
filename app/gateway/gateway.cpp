// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gateway/gateway.h"

#include "app/gateway/calls.h"
#include "app/gateway/events.h"
#include "app/gateway/server.h"
#include "app/gateway/upstream.h"
#include "app/gateway/usagelog.h"

#include <cstdio>
#include <exception>
#include <memory>
#include <utility>

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <csignal>
#include <unistd.h>

namespace society::gateway {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

constexpr auto kGrace = 2s;          // for the calls in flight, once told to stop
constexpr auto kLastAnswers = 200ms; // for the refusals of those that did not make it
constexpr auto kTick = 1s;

using boost::system::error_code;

/// One gateway at work: puts the parts together and ends them in order.
class Gateway {
public:
    Gateway(const Settings &settings, UsageLog &usage, Events &events);

    int run();

private:
    void later(std::chrono::milliseconds pause, std::function<void()> what);
    void tick();
    void awaitSignals();
    void stop(const char *why, int exitCode);
    void giveUp();

    asio::io_context m_io{1};
    asio::signal_set m_signals{m_io, SIGTERM, SIGINT};
    asio::steady_timer m_ticker{m_io};
    asio::steady_timer m_grace{m_io};
    const pid_t m_parent = ::getppid();
    UsageLog &m_usage;
    Events &m_events;
    Upstream m_upstream{m_io};
    Calls m_calls;
    Server m_server;
    bool m_isStopping = false;
    int m_exitCode = 0;
};

Gateway::Gateway(const Settings &settings, UsageLog &usage, Events &events)
    : m_usage(usage)
    , m_events(events)
    , m_calls(
          settings, usage, m_upstream, events, [this](auto pause, auto what) { later(pause, std::move(what)); },
          [this] { stop("usage.jsonl cannot be written", 1); })
    , m_server(m_io, m_calls, settings.token)
{
}

int Gateway::run()
{
    const auto port = m_server.listen();
    if (!port) {
        std::fprintf(stderr, "gateway: cannot listen: %s\n", port.error().c_str());
        m_events.notReady("cannot listen: " + port.error());
        return 1;
    }
    awaitSignals();
    tick();
    if (!m_events.ready(*port))
        return 1; // who started it is gone already
    m_io.run();
    std::fprintf(stderr, "gateway: ended, %lld calls, %zu requests without token\n",
        static_cast<long long>(m_usage.written()), m_server.refused());
    return m_exitCode;
}

void Gateway::later(std::chrono::milliseconds pause, std::function<void()> what)
{
    auto timer = std::make_shared<asio::steady_timer>(m_io, pause);
    timer->async_wait([timer, what = std::move(what)](const error_code &error) {
        if (!error)
            what();
    });
}

/// The parent's end is also told by a signal (main.cpp), which a change of parent in between would miss.
void Gateway::tick()
{
    if (::getppid() != m_parent)
        stop("who started it is gone", 0);
    m_calls.checkMetering();
    m_ticker.expires_after(kTick);
    m_ticker.async_wait([this](const error_code &error) {
        if (!error)
            tick();
    });
}

void Gateway::awaitSignals()
{
    m_signals.async_wait([this](const error_code &error, int) {
        if (error)
            return;
        if (m_isStopping)
            giveUp();
        else
            stop("told to stop", 0);
        awaitSignals();
    });
}

void Gateway::stop(const char *why, int exitCode)
{
    if (std::exchange(m_isStopping, true))
        return;
    std::fprintf(stderr, "gateway: stopping, %s\n", why);
    m_exitCode = exitCode;
    m_calls.refuseNew();
    m_grace.expires_after(kGrace);
    m_grace.async_wait([this](const error_code &error) {
        if (!error)
            giveUp();
    });
    m_server.stop([this] {
        // A stream whose client has left is still read and metered: what came of it so far must not be lost.
        if (m_calls.areActive())
            giveUp();
        else
            m_io.stop();
    });
}

void Gateway::giveUp()
{
    m_calls.abortAll();
    m_grace.expires_after(kLastAnswers);
    m_grace.async_wait([this](const error_code &error) {
        if (!error)
            m_io.stop();
    });
}

} // namespace

int serve(const Settings &settings, const std::string &usagePath, Events &events)
{
    const auto failed = [&events](const std::string &why) {
        std::fprintf(stderr, "gateway: %s\n", why.c_str());
        events.notReady(why);
        return 1;
    };
    const auto usage = UsageLog::open(usagePath, settings.experiment);
    if (!usage)
        return failed(usage.error());
    std::unique_ptr<Gateway> gateway;
    try {
        gateway = std::make_unique<Gateway>(settings, **usage, events);
    } catch (const std::exception &error) { // too many files are open, most likely
        return failed(error.what());
    }
    return gateway->run();
}

} // namespace society::gateway
