// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gateway/upstream.h"

#include "app/gateway/transfer.h"

#include <utility> // before asio: 1.74's awaitable.hpp uses std::exchange without it

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <map>
#include <new>

namespace society::gateway {

namespace asio = boost::asio;

namespace {

/// A socket of curl's that asio watches. curl owns it; the descriptor is released, never closed, by us.
struct Watch {
    asio::posix::stream_descriptor descriptor;
    curl_socket_t socket;
    int wanted = CURL_POLL_NONE;
    bool isReading = false;
    bool isWriting = false;
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
    static int onSocket(CURL *, curl_socket_t socket, int what, void *self, void *);
    static int onTimer(CURLM *, long ms, void *self);

    void watch(curl_socket_t socket, int what);
    void arm(const std::shared_ptr<Watch> &watch);
    void wait(const std::shared_ptr<Watch> &watch, bool forReading);
    void setTimer(long ms);
    void act(curl_socket_t socket, int events);
    void reap();

    asio::io_context &m_io;
    asio::steady_timer m_timer;
    std::map<curl_socket_t, std::shared_ptr<Watch>> m_watches;
    std::map<Id, std::unique_ptr<Transfer>> m_transfers;
    std::map<const Transfer *, Id> m_ids;
    Id m_lastId = 0;
    CURLM *m_multi;
};

Upstream::Impl::Impl(asio::io_context &io)
    : m_io(io)
    , m_timer(io)
    , m_multi(curl_multi_init())
{
    if (m_multi == nullptr)
        throw std::bad_alloc();
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
    curl_multi_cleanup(m_multi); // calls onSocket for what it closes
}

Upstream::Id Upstream::Impl::send(Order order, Hooks hooks)
{
    auto transfer = std::make_unique<Transfer>(std::move(order), std::move(hooks));
    const Id id = ++m_lastId;
    m_ids.emplace(transfer.get(), id);
    CURL *handle = transfer->handle();
    m_transfers.emplace(id, std::move(transfer));
    curl_multi_add_handle(m_multi, handle); // sets the timer, so it begins in the next turn of the loop
    return id;
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
        m_ids.erase(transfer.get());
        curl_multi_remove_handle(m_multi, transfer->handle());
        Reply reply = transfer->takeReply(CURLE_ABORTED_BY_CALLBACK);
        reply.failure = Failure::Stopped;
        transfer->hooks().done(std::move(reply));
    }
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
    auto found = m_watches.find(socket);
    if (what == CURL_POLL_REMOVE) {
        if (found != m_watches.end()) {
            found->second->wanted = CURL_POLL_NONE;
            found->second->descriptor.release();
            m_watches.erase(found);
        }
        return;
    }
    if (found == m_watches.end())
        found = m_watches.emplace(socket, std::make_shared<Watch>(Watch{{m_io, socket}, socket})).first;
    found->second->wanted = what;
    arm(found->second);
}

void Upstream::Impl::arm(const std::shared_ptr<Watch> &watch)
{
    if ((watch->wanted & CURL_POLL_IN) != 0 && !std::exchange(watch->isReading, true))
        wait(watch, true);
    if ((watch->wanted & CURL_POLL_OUT) != 0 && !std::exchange(watch->isWriting, true))
        wait(watch, false);
}

void Upstream::Impl::wait(const std::shared_ptr<Watch> &watch, bool forReading)
{
    using Descriptor = asio::posix::stream_descriptor;
    watch->descriptor.async_wait(forReading ? Descriptor::wait_read : Descriptor::wait_write,
        [this, watch, forReading](const boost::system::error_code &error) {
            (forReading ? watch->isReading : watch->isWriting) = false;
            if (error == asio::error::operation_aborted)
                return;
            const int bit = forReading ? CURL_POLL_IN : CURL_POLL_OUT;
            if ((watch->wanted & bit) != 0)
                act(watch->socket, error ? CURL_CSELECT_ERR : forReading ? CURL_CSELECT_IN : CURL_CSELECT_OUT);
            arm(watch); // wants nothing any more where curl has let go of it
        });
}

void Upstream::Impl::setTimer(long ms)
{
    if (ms <= 0) {
        m_timer.cancel();
        if (ms == 0) // a new call: a turn through the loop, not one through the kernel's timers
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
        const auto id = m_ids.find(Transfer::of(message->easy_handle));
        const auto node = m_transfers.extract(id->second);
        m_ids.erase(id);
        const std::unique_ptr<Transfer> &transfer = node.mapped();
        curl_multi_remove_handle(m_multi, transfer->handle());
        Reply reply = transfer->takeReply(result);
        transfer->hooks().done(std::move(reply));
    }
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
