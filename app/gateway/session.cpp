// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gateway/session.h"

#include "app/gateway/calls.h"
#include "app/gateway/outbox.h"
#include "app/gateway/route.h"

#include <algorithm>
#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <cstdio>

namespace society::gateway {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t kMostConnections = 2048;
constexpr std::uint32_t kMostHeader = 32U << 10;
constexpr std::uint64_t kMostBody = 64U << 20;
constexpr std::size_t kUsualRequest = 16U << 10; // read at once; without room for it, 512 bytes at a time
constexpr std::size_t kMostDrained = 8U << 20;
constexpr auto kIdle = 120s;
constexpr auto kTransfer = 60s; // for a body to come, or a piece of an answer to leave

using boost::system::error_code;
using Parser = http::request_parser<http::string_body>;

/// A request counts as busy for as long as this lives.
class Busy {
public:
    explicit Busy(Desk &desk)
        : m_desk(desk)
    {
        ++m_desk.busy;
    }
    ~Busy()
    {
        if (--m_desk.busy == 0 && m_desk.idle)
            m_desk.idle();
    }
    Busy(const Busy &) = delete;
    Busy &operator=(const Busy &) = delete;

private:
    Desk &m_desk;
};

class Session {
public:
    Session(asio::ip::tcp::socket socket, std::shared_ptr<Desk> desk)
        : m_stream(std::move(socket))
        , m_desk(std::move(desk))
    {
        ++m_desk->connections;
        m_buffer.reserve(kUsualRequest);
    }
    ~Session() { --m_desk->connections; }
    Session(const Session &) = delete;
    Session &operator=(const Session &) = delete;

    asio::awaitable<void> run();

private:
    asio::awaitable<bool> serveOne();
    asio::awaitable<bool> serve(Route route, bool keepAlive, std::string body);
    asio::awaitable<bool> readBody(Parser &parser);
    asio::awaitable<bool> sendWhole(Outbox &outbox, bool keepAlive);
    asio::awaitable<bool> sendStream(Outbox &outbox, asio::steady_timer &changed, bool keepAlive);
    asio::awaitable<bool> refuse(const Refusal &refusal);
    asio::awaitable<void> drain();

    beast::tcp_stream m_stream;
    beast::flat_buffer m_buffer;
    std::shared_ptr<Desk> m_desk;
};

Refusal refusalFor(const error_code &error)
{
    if (error == http::error::body_limit)
        return {413, "too_large", "the request is larger than 64 MiB", ""};
    if (error == http::error::header_limit)
        return {431, "headers_too_large", "the headers are larger than 32 KiB", ""};
    return {400, "bad_request", "this is no HTTP request", ""};
}

std::string headOf(const Outbox &outbox, bool keepAlive)
{
    const auto reason = http::obsolete_reason(http::int_to_status(static_cast<unsigned>(outbox.status)));
    std::string head = "HTTP/1.1 " + std::to_string(outbox.status) + ' ';
    head.append(reason.data(), reason.size()).append("\r\nContent-Type: ").append(outbox.contentType);
    if (!outbox.retryAfter.empty())
        head.append("\r\nRetry-After: ").append(outbox.retryAfter);
    if (!keepAlive)
        head.append("\r\nConnection: close");
    return head.append("\r\nContent-Length: ").append(std::to_string(outbox.data.size())).append("\r\n\r\n");
}

asio::awaitable<void> Session::run()
{
    error_code ignored;
    m_stream.socket().non_blocking(true, ignored);
    m_stream.socket().set_option(asio::ip::tcp::no_delay(true), ignored);
    if (m_desk->connections > kMostConnections) {
        co_await refuse({503, "too_many_connections", "too many connections", ""});
        co_return;
    }
    while (co_await serveOne()) {
    }
    m_stream.socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
}

/// One request and its answer; whether another may follow on this connection.
asio::awaitable<bool> Session::serveOne()
{
    Parser parser;
    parser.header_limit(kMostHeader);
    parser.body_limit(kMostBody);
    error_code error;
    m_stream.expires_after(kIdle);
    co_await http::async_read_header(m_stream, m_buffer, parser, asio::redirect_error(asio::use_awaitable, error));
    if (error) {
        const bool isOurs = error.category() == make_error_code(http::error::body_limit).category();
        if (isOurs && error != http::error::end_of_stream && error != http::error::partial_message)
            co_await refuse(refusalFor(error));
        co_return false;
    }
    const Busy busy(*m_desk);
    const auto text = [](beast::string_view view) { return std::string_view(view.data(), view.size()); };
    const auto &request = parser.get();
    if (!isAuthorized(text(request[http::field::authorization]), m_desk->token)) {
        if (++m_desk->refused == 1)
            std::fprintf(stderr, "gateway: a request came without the run's token\n");
        co_await refuse({401, "invalid_api_key", "wrong or missing token of this run", ""});
        co_return false;
    }
    if (request.version() != 11) { // its answers may come in chunks
        co_await refuse({505, "http_version", "only HTTP/1.1 is spoken here", ""});
        co_return false;
    }
    const auto route = routeOf(text(request.method_string()), text(request.target()), m_desk->calls.entryCount());
    if (!route) {
        co_await refuse(route.error());
        co_return false;
    }
    if (!co_await readBody(parser))
        co_return false;
    const bool keepAlive = parser.keep_alive();
    const bool again = co_await serve(*route, keepAlive, std::move(parser.get().body()));
    co_return again &&keepAlive;
}

asio::awaitable<bool> Session::readBody(Parser &parser)
{
    error_code error;
    if (!parser.is_done() && m_buffer.size() > 0) { // mostly it came together with its header
        m_buffer.consume(parser.put(m_buffer.data(), error));
        if (error == http::error::need_more)
            error.clear();
    }
    m_stream.expires_after(kTransfer);
    if (beast::iequals(parser.get()[http::field::expect], "100-continue") && !parser.is_done() && !error) {
        http::response<http::empty_body> goOn{http::status::continue_, 11};
        co_await http::async_write(m_stream, goOn, asio::redirect_error(asio::use_awaitable, error));
    }
    if (!error && !parser.is_done())
        co_await http::async_read(m_stream, m_buffer, parser, asio::redirect_error(asio::use_awaitable, error));
    if (error == http::error::body_limit)
        co_await refuse(refusalFor(error));
    co_return !error;
}

asio::awaitable<bool> Session::serve(Route route, bool keepAlive, std::string body)
{
    const auto outbox = std::make_shared<Outbox>();
    asio::steady_timer changed(m_stream.get_executor(), asio::steady_timer::time_point::max());
    outbox->changed = [&changed] { changed.cancel(); };
    m_stream.expires_never();
    if (route.isModels)
        m_desk->calls.listModels(route.entry, outbox);
    else
        m_desk->calls.complete(route.entry, std::move(body), outbox);
    error_code ignored;
    while (outbox->status == 0)
        co_await changed.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    bool sent = false;
    if (outbox->isStream)
        sent = co_await sendStream(*outbox, changed, keepAlive);
    else
        sent = co_await sendWhole(*outbox, keepAlive);
    outbox->changed = nullptr;
    outbox->isAbandoned = true;
    Outbox::tell(outbox->drained); // who waited for us to send goes on without us
    co_return sent;
}

/// Most answers fit into the connection's buffer: they are sent at once, without waiting for its turn.
asio::awaitable<bool> Session::sendWhole(Outbox &outbox, bool keepAlive)
{
    const std::string head = headOf(outbox, keepAlive);
    const std::array<asio::const_buffer, 2> whole{asio::buffer(head), asio::buffer(outbox.data)};
    error_code error;
    std::size_t sent = m_stream.socket().send(whole, 0, error);
    if (error == asio::error::would_block || error == asio::error::interrupted) {
        error.clear();
        sent = 0;
    }
    if (!error && sent < asio::buffer_size(whole)) {
        const std::array<asio::const_buffer, 2> rest{whole[0] + sent, whole[1] + (sent - std::min(sent, head.size()))};
        m_stream.expires_after(kTransfer);
        co_await asio::async_write(m_stream, rest, asio::redirect_error(asio::use_awaitable, error));
    }
    co_return !error;
}

asio::awaitable<bool> Session::sendStream(Outbox &outbox, asio::steady_timer &changed, bool keepAlive)
{
    http::response<http::empty_body> head{http::status::ok, 11};
    head.set(http::field::content_type, outbox.contentType);
    head.keep_alive(keepAlive);
    head.chunked(true);
    http::response_serializer<http::empty_body> serializer{head};
    error_code error;
    m_stream.expires_after(kTransfer);
    co_await http::async_write_header(m_stream, serializer, asio::redirect_error(asio::use_awaitable, error));
    while (!error && (!outbox.data.empty() || !outbox.hasEnded)) {
        if (outbox.data.empty()) {
            error_code ignored;
            m_stream.expires_never();
            co_await changed.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
            continue;
        }
        const std::string piece = std::exchange(outbox.data, {});
        Outbox::tell(outbox.drained);
        m_stream.expires_after(kTransfer);
        co_await asio::async_write(
            m_stream, http::make_chunk(asio::buffer(piece)), asio::redirect_error(asio::use_awaitable, error));
    }
    if (error || outbox.isBroken) // no last chunk: the client must see that it is not whole
        co_return false;
    co_await asio::async_write(m_stream, http::make_chunk_last(), asio::redirect_error(asio::use_awaitable, error));
    co_return !error;
}

/// Answers without having read the body; the connection is closed afterwards.
asio::awaitable<bool> Session::refuse(const Refusal &refusal)
{
    http::response<http::string_body> response;
    response.version(11);
    response.result(refusal.status);
    response.set(http::field::content_type, "application/json");
    if (!refusal.allow.empty())
        response.set(http::field::allow, std::string(refusal.allow));
    response.keep_alive(false);
    response.body() = errorBody("invalid_request_error", refusal.code, refusal.message);
    response.prepare_payload();
    error_code error;
    m_stream.expires_after(kTransfer);
    co_await http::async_write(m_stream, response, asio::redirect_error(asio::use_awaitable, error));
    if (!error)
        co_await drain();
    co_return false;
}

/// Reads on for a moment: closing with unread bytes would reset the connection, and the client might never see why.
asio::awaitable<void> Session::drain()
{
    error_code error;
    m_stream.socket().shutdown(asio::ip::tcp::socket::shutdown_send, error);
    m_stream.expires_after(2s);
    std::string unread(65536, '\0');
    std::size_t total = 0;
    error.clear();
    while (!error && total < kMostDrained)
        total +=
            co_await m_stream.async_read_some(asio::buffer(unread), asio::redirect_error(asio::use_awaitable, error));
}

asio::awaitable<void> runSession(std::unique_ptr<Session> session)
{
    co_await session->run();
}

} // namespace

void startSession(asio::ip::tcp::socket socket, const std::shared_ptr<Desk> &desk)
{
    const auto executor = socket.get_executor();
    auto session = std::make_unique<Session>(std::move(socket), desk);
    asio::co_spawn(executor, runSession(std::move(session)), [](const std::exception_ptr &thrown) {
        try {
            if (thrown)
                std::rethrow_exception(thrown);
        } catch (const std::exception &error) {
            std::fprintf(stderr, "gateway: a connection failed: %s\n", error.what());
        }
    });
}

} // namespace society::gateway
