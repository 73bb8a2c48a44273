// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gateway/upstream.h"

#include "app/gateway/transfer.h"

#include <utility> // before asio: 1.74's awaitable.hpp uses std::exchange without it

#include <algorithm>
#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cerrno>
#include <deque>
#include <iterator>
#include <map>
#include <new>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>
#include <unordered_map>

namespace society::gateway {

namespace asio = boost::asio;

namespace {

constexpr std::size_t kMostKept = 512; // handles for further calls; more are in use while more calls are under way
constexpr auto kKeptFor = std::chrono::seconds(30);

// Each call goes on by itself, as soon as it can. Where so many come at once that they can only queue, they go on in
// groups: who is woken for each of them alone takes the processor that the others wait for.
constexpr std::size_t kFewReady = 16;    // answers in one look at the sockets
constexpr std::size_t kFewRequests = 16; // in one turn of the loop

/// A handle that waits for another call.
struct Kept {
    std::unique_ptr<Transfer> transfer;
    std::chrono::steady_clock::time_point since;
};

/// A socket of curl's, as the set of watched ones has it.
struct Watched {
    std::uint32_t wanted = 0;     ///< EPOLLIN, EPOLLOUT
    std::uint32_t registered = 0; ///< what the kernel watches it for
    std::uint32_t number = 0;     ///< of its registration: another socket may come to have its descriptor
    bool isConnection = false;    ///< opened by us for curl, and told of when curl closes it
};

} // namespace

class Upstream::Impl {
public:
    explicit Impl(asio::io_context &io);
    ~Impl();

    Id send(Order order, Hooks hooks);
    void resume(Id id);
    void abortAll();

private:
    static curl_socket_t onOpen(void *self, curlsocktype, curl_sockaddr *address);
    static int onClose(void *self, curl_socket_t socket);
    static int onSocket(CURL *, curl_socket_t socket, int what, void *self, void *);
    static int onTimer(CURLM *, long ms, void *self);

    std::unique_ptr<Transfer> transferLike(const Order &order);
    void watch(curl_socket_t socket, int what);
    void registerFor(curl_socket_t socket, Watched &watched, std::uint32_t events);
    void awaitReady();
    void takeReady();
    void takeEvent(const epoll_event &event);
    void setTimer(long ms);
    void act(curl_socket_t socket, int events);
    void reap();
    void keep(std::unique_ptr<Transfer> transfer);

    asio::io_context &m_io;
    asio::steady_timer m_timer;
    // curl's sockets are in a set of their own, which asio watches as one: what asio does for a descriptor that comes
    // and goes with each call are three system calls, here a kept connection needs none.
    asio::posix::stream_descriptor m_set;
    std::unordered_map<curl_socket_t, Watched> m_watched;
    std::array<epoll_event, 64> m_ready{};
    std::size_t m_readyCount = 0;
    std::size_t m_readyTaken = 0;
    std::uint32_t m_registrations = 0;
    bool m_isAdding = false;
    std::size_t m_requests = 0; ///< in this turn of the loop
    std::map<Id, std::unique_ptr<Transfer>> m_transfers;
    std::deque<Kept> m_kept; // the one used last is the last
    Id m_lastId = 0;
    CURLM *m_multi;
};

Upstream::Impl::Impl(asio::io_context &io)
    : m_io(io)
    , m_timer(io)
    , m_set(io)
    , m_multi(curl_multi_init())
{
    if (m_multi == nullptr)
        throw std::bad_alloc();
    const int set = ::epoll_create1(EPOLL_CLOEXEC);
    if (set < 0) {
        const int error = errno;
        curl_multi_cleanup(m_multi);
        throw std::system_error(error, std::generic_category(), "cannot watch sockets");
    }
    m_set.assign(set);
    awaitReady();
    curl_multi_setopt(m_multi, CURLMOPT_SOCKETFUNCTION, &Impl::onSocket);
    curl_multi_setopt(m_multi, CURLMOPT_SOCKETDATA, static_cast<void *>(this));
    curl_multi_setopt(m_multi, CURLMOPT_TIMERFUNCTION, &Impl::onTimer);
    curl_multi_setopt(m_multi, CURLMOPT_TIMERDATA, static_cast<void *>(this));
    curl_multi_setopt(m_multi, CURLMOPT_MAXCONNECTS, 512L); // kept for reuse; in use there may be more
}

Upstream::Impl::~Impl()
{
    for (const auto &[id, transfer] : m_transfers)
        curl_multi_remove_handle(m_multi, transfer->handle());
    m_transfers.clear();
    m_kept.clear();
    curl_multi_cleanup(m_multi); // calls onClose for what it closes
}

Upstream::Id Upstream::Impl::send(Order order, Hooks hooks)
{
    std::unique_ptr<Transfer> transfer = transferLike(order);
    const Id id = ++m_lastId;
    transfer->prepare(std::move(order), id, std::move(hooks));
    CURL *handle = transfer->handle();
    curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, &Impl::onOpen);
    curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA, static_cast<void *>(this));
    curl_easy_setopt(handle, CURLOPT_CLOSESOCKETFUNCTION, &Impl::onClose);
    curl_easy_setopt(handle, CURLOPT_CLOSESOCKETDATA, static_cast<void *>(this));
    m_transfers.emplace(id, std::move(transfer));
    // It is sent before the next request is read, not behind all of them.
    const bool isSentNow = m_requests++ < kFewRequests;
    if (m_requests == 1)
        asio::post(m_io, [this] { m_requests = 0; });
    m_isAdding = isSentNow;
    curl_multi_add_handle(m_multi, handle);
    m_isAdding = false;
    if (isSentNow) {
        int running = 0;
        curl_multi_socket_action(m_multi, CURL_SOCKET_TIMEOUT, 0, &running);
        if (static_cast<std::size_t>(running) < m_transfers.size()) // it failed already, or another one has ended
            asio::post(m_io, [this] { reap(); });
    }
    return id;
}

/// One that is done and knows the order's address and key, where there is one.
std::unique_ptr<Transfer> Upstream::Impl::transferLike(const Order &order)
{
    const auto kept =
        std::find_if(m_kept.rbegin(), m_kept.rend(), [&](const Kept &one) { return one.transfer->isLike(order); });
    if (kept != m_kept.rend()) {
        std::unique_ptr<Transfer> transfer = std::move(kept->transfer);
        m_kept.erase(std::next(kept).base());
        return transfer;
    }
    return std::make_unique<Transfer>();
}

void Upstream::Impl::resume(Id id)
{
    const auto found = m_transfers.find(id);
    if (found == m_transfers.end())
        return;
    curl_easy_pause(found->second->handle(), CURLPAUSE_CONT);
    asio::post(m_io, [this] { act(CURL_SOCKET_TIMEOUT, 0); });
}

void Upstream::Impl::abortAll()
{
    while (!m_transfers.empty()) {
        const auto node = m_transfers.extract(m_transfers.begin());
        const std::unique_ptr<Transfer> &transfer = node.mapped();
        curl_multi_remove_handle(m_multi, transfer->handle());
        Reply reply = transfer->takeReply(CURLE_ABORTED_BY_CALLBACK);
        reply.failure = Failure::Stopped;
        transfer->hooks().done(std::move(reply));
    }
}

curl_socket_t Upstream::Impl::onOpen(void *self, curlsocktype, curl_sockaddr *address)
{
    const int socket = ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
    if (socket < 0)
        return CURL_SOCKET_BAD;
    static_cast<Impl *>(self)->m_watched[socket] = {.isConnection = true};
    return socket;
}

int Upstream::Impl::onClose(void *self, curl_socket_t socket)
{
    static_cast<Impl *>(self)->m_watched.erase(socket);
    return ::close(socket); // and with that it is out of the set
}

int Upstream::Impl::onSocket(CURL *, curl_socket_t socket, int what, void *self, void *)
{
    static_cast<Impl *>(self)->watch(socket, what);
    return 0;
}

int Upstream::Impl::onTimer(CURLM *, long ms, void *self)
{
    static_cast<Impl *>(self)->setTimer(ms);
    return 0;
}

void Upstream::Impl::watch(curl_socket_t socket, int what)
{
    Watched &watched = m_watched[socket];
    watched.wanted = ((what & CURL_POLL_IN) != 0 && what != CURL_POLL_REMOVE ? std::uint32_t{EPOLLIN} : 0U) |
                     ((what & CURL_POLL_OUT) != 0 && what != CURL_POLL_REMOVE ? std::uint32_t{EPOLLOUT} : 0U);
    const bool isKeptIdle = watched.isConnection && watched.wanted == 0;
    if (!isKeptIdle)
        registerFor(socket, watched, watched.wanted);
    if (what == CURL_POLL_REMOVE && !watched.isConnection) // one that curl closes without a word, of its resolver
        m_watched.erase(socket);
}

void Upstream::Impl::registerFor(curl_socket_t socket, Watched &watched, std::uint32_t events)
{
    if (events == watched.registered)
        return;
    epoll_event event{};
    event.events = events;
    if (watched.registered == 0)
        watched.number = ++m_registrations;
    event.data.u64 = std::uint64_t{watched.number} << 32U | static_cast<std::uint32_t>(socket);
    const int what = events == 0 ? EPOLL_CTL_DEL : watched.registered == 0 ? EPOLL_CTL_ADD : EPOLL_CTL_MOD;
    if (::epoll_ctl(m_set.native_handle(), what, socket, &event) != 0 && events != 0) {
        // Out of memory or watches: the call fails at once instead of waiting for what nobody watches. Not from in
        // here, where curl may be in the middle of telling.
        asio::post(m_io, [this, socket] { act(socket, CURL_CSELECT_ERR); });
        return;
    }
    watched.registered = events;
}

void Upstream::Impl::awaitReady()
{
    m_set.async_wait(asio::posix::stream_descriptor::wait_read, [this](const boost::system::error_code &error) {
        if (error)
            return;
        m_readyTaken = 0;
        m_readyCount = static_cast<std::size_t>(
            std::max(0, ::epoll_wait(m_set.native_handle(), m_ready.data(), int(m_ready.size()), 0)));
        takeReady();
    });
}

/// One at a time: its answer is on its way to the client before the next one is read, not behind all of them.
void Upstream::Impl::takeReady()
{
    if (m_readyTaken == m_readyCount) {
        awaitReady();
        return;
    }
    for (std::size_t i = 0; i <= m_readyCount / kFewReady && m_readyTaken < m_readyCount; ++i)
        takeEvent(m_ready.at(m_readyTaken++));
    asio::post(m_io, [this] { takeReady(); });
}

void Upstream::Impl::takeEvent(const epoll_event &event)
{
    const auto socket = static_cast<curl_socket_t>(event.data.u64 & 0xFFFFFFFFU);
    const auto found = m_watched.find(socket);
    if (found == m_watched.end() || found->second.number != event.data.u64 >> 32U)
        return; // closed by what came before it
    if (found->second.wanted == 0) {
        registerFor(socket, found->second, 0); // idle, and its peer has closed it: curl will find out
        return;
    }
    // Of a broken one curl finds out by doing what it wanted to.
    const bool isBroken = (event.events & (EPOLLERR | EPOLLHUP)) != 0;
    const std::uint32_t ready = isBroken ? found->second.wanted : event.events;
    act(socket, ((ready & EPOLLIN) != 0 ? CURL_CSELECT_IN : 0) | ((ready & EPOLLOUT) != 0 ? CURL_CSELECT_OUT : 0));
}

void Upstream::Impl::setTimer(long ms)
{
    if (ms <= 0) {
        m_timer.cancel();
        if (ms == 0 && !m_isAdding) // a turn through the loop, not one through the kernel's timers
            asio::post(m_io, [this] { act(CURL_SOCKET_TIMEOUT, 0); });
        return;
    }
    m_timer.expires_after(std::chrono::milliseconds(ms));
    m_timer.async_wait([this](const boost::system::error_code &error) {
        if (!error)
            act(CURL_SOCKET_TIMEOUT, 0);
    });
}

void Upstream::Impl::act(curl_socket_t socket, int events)
{
    int running = 0;
    curl_multi_socket_action(m_multi, socket, events, &running);
    reap();
}

void Upstream::Impl::reap()
{
    int left = 0;
    while (const CURLMsg *message = curl_multi_info_read(m_multi, &left)) {
        if (message->msg != CURLMSG_DONE)
            continue;
        const CURLcode result = message->data.result; // the message is gone with its handle
        const auto node = m_transfers.extract(Transfer::of(message->easy_handle)->id());
        std::unique_ptr<Transfer> transfer = std::move(node.mapped());
        curl_multi_remove_handle(m_multi, transfer->handle());
        Reply reply = transfer->takeReply(result);
        transfer->hooks().done(std::move(reply));
        keep(std::move(transfer));
    }
}

/// As many are kept as were in use lately.
void Upstream::Impl::keep(std::unique_ptr<Transfer> transfer)
{
    transfer->release();
    const auto now = std::chrono::steady_clock::now();
    m_kept.push_back({std::move(transfer), now});
    while (m_kept.size() > kMostKept || now - m_kept.front().since > kKeptFor)
        m_kept.pop_front();
}

Upstream::Upstream(asio::io_context &io)
    : m_impl(std::make_unique<Impl>(io))
{
}

Upstream::~Upstream() = default;

Upstream::Id Upstream::send(Order order, Hooks hooks)
{
    return m_impl->send(std::move(order), std::move(hooks));
}

void Upstream::resume(Id id)
{
    m_impl->resume(id);
}

void Upstream::abortAll()
{
    m_impl->abortAll();
}

} // namespace society::gateway
