// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace boost::asio {
class io_context;
}

namespace society::gateway {

/// One request to a provider.
struct Order {
    std::string url;
    bool isPost = true;
    std::string body;
    std::string key; ///< sent as bearer; empty: no Authorization
    std::chrono::milliseconds deadline{300'000};
    std::chrono::milliseconds connectDeadline{10'000};
};

/// Why there is no whole answer.
enum class Failure {
    None,
    Unreachable, ///< no connection: name, network, proxy, TLS
    Timeout,     ///< connected, but not answered in time
    Cut,         ///< the connection ended within the answer, or before it
    Garbled,     ///< what came is no HTTP
    TooLarge,    ///< more than 64 MiB
    Stopped,     ///< given up by abortAll()
};

/// What came back.
struct Reply {
    Failure failure = Failure::None;
    std::string words; ///< curl's own about the failure; never a key
    int status = 0;    ///< also where the body was cut; 0: no answer
    std::string contentType;
    std::string retryAfter;
    std::string body; ///< empty where it was streamed
};

/// What a stream's taker wants.
enum class Flow { Go, Pause, Drop };

/// Talks to providers over libcurl, many requests at once, on the thread of the io_context. TLS is verified, redirects
/// are not followed, each request is sent at most once. Proxies come from the environment, never for this machine.
class Upstream {
public:
    using Id = std::uint64_t;
    struct Hooks {
        /// Bytes of an event stream as they come (only for answers 2xx of that type). Drop counts as TooLarge. On Pause
        /// the same bytes come again after resume(). Do not call Upstream from it.
        std::function<Flow(std::string_view)> streamed;
        /// Exactly once, never before send() has returned.
        std::function<void(Reply)> done;
    };

    /// Throws std::exception where the system has no room for it, in words for the log.
    explicit Upstream(boost::asio::io_context &io);
    ~Upstream();
    Upstream(const Upstream &) = delete;
    Upstream &operator=(const Upstream &) = delete;

    Id send(Order order, Hooks hooks);
    /// Goes on after Flow::Pause. An id that is done is passed over.
    void resume(Id id);
    /// Ends every request with Failure::Stopped, before it returns.
    void abortAll();

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

/// One request, answered before it returns. Any thread.
[[nodiscard]] Reply fetch(const Order &order);

} // namespace society::gateway
