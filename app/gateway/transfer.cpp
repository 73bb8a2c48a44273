// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gateway/transfer.h"

#include "app/gateway/providers.h"

#include <algorithm>
#include <new>

namespace society::gateway {

namespace {

constexpr std::size_t kMostBytes = 64U << 20;

std::string lowered(std::string_view text)
{
    std::string result(text);
    std::ranges::transform(
        result, result.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return result;
}

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(blanks) + 1 - first);
}

} // namespace

Transfer::Transfer()
    : m_handle(curl_easy_init())
{
    if (!m_handle)
        throw std::bad_alloc();
}

bool Transfer::isLike(const Order &order) const
{
    return order.isPost == m_order.isPost && order.url == m_order.url && order.key == m_order.key &&
           order.deadline == m_order.deadline && order.connectDeadline == m_order.connectDeadline;
}

void Transfer::prepare(Order order, Upstream::Id id, Upstream::Hooks hooks)
{
    const bool isKnown = isLike(order);
    m_order = std::move(order);
    m_id = id;
    m_hooks = std::move(hooks);
    m_words[0] = '\0';
    m_reply = {};
    m_taken = 0;
    m_requests = 0;
    m_tooLarge = false;
    if (!isKnown)
        setOptions();
    if (m_order.isPost) {
        curl_easy_setopt(m_handle.get(), CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(m_order.body.size()));
        curl_easy_setopt(m_handle.get(), CURLOPT_POSTFIELDS, m_order.body.c_str());
    }
}

void Transfer::release()
{
    m_order.body = {};
    m_hooks = {};
    m_reply = {};
}

void Transfer::setOptions()
{
    CURL *curl = m_handle.get();
    curl_easy_reset(curl);
    m_headers.reset();
    curl_easy_setopt(curl, CURLOPT_URL, m_order.url.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    // HTTP/1.1: with one connection per call in flight, a connection that breaks takes one call with it, not a hundred.
    curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(m_order.deadline.count()));
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(m_order.connectDeadline.count()));
    curl_easy_setopt(curl, CURLOPT_TCP_KEEPALIVE, 1L);
    // A name that is not resolved in time: curl would wait for its resolver's thread, and all other calls with it.
    curl_easy_setopt(curl, CURLOPT_QUICK_EXIT, 1L);
    curl_easy_setopt(curl, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    // Providers close idle connections after a minute or so; not to meet one just as it is closed.
    curl_easy_setopt(curl, CURLOPT_MAXAGE_CONN, 30L);
    if (isLoopback(m_order.url))
        curl_easy_setopt(curl, CURLOPT_PROXY, ""); // whatever the environment says
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, m_words.data());
    curl_easy_setopt(curl, CURLOPT_PRIVATE, static_cast<void *>(this));
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, &Transfer::onHeader);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, static_cast<void *>(this));
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &Transfer::onBody);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, static_cast<void *>(this));
    curl_easy_setopt(curl, CURLOPT_PREREQFUNCTION, &Transfer::onRequest);
    curl_easy_setopt(curl, CURLOPT_PREREQDATA, static_cast<void *>(this));
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "society-gateway");
    if (!m_order.key.empty())
        addHeader("Authorization: Bearer " + m_order.key); // not sent to a proxy's CONNECT (CURLHEADER_SEPARATE)
    if (m_order.isPost) {
        curl_easy_setopt(curl, CURLOPT_POST, 1L);
        addHeader("Content-Type: application/json");
        addHeader("Expect:"); // no asking first, it costs a second where it is not understood
    }
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, m_headers.get());
}

void Transfer::addHeader(const std::string &line)
{
    m_headers.reset(curl_slist_append(m_headers.release(), line.c_str()));
}

Transfer *Transfer::of(CURL *handle)
{
    char *self = nullptr;
    curl_easy_getinfo(handle, CURLINFO_PRIVATE, &self);
    return static_cast<Transfer *>(static_cast<void *>(self));
}

Reply Transfer::takeReply(CURLcode result)
{
    m_reply.failure = failureOf(result);
    if (m_reply.failure != Failure::None) {
        m_reply.words = m_words[0] != '\0' ? m_words.data() : curl_easy_strerror(result);
        if (m_requests > 1) // what curl says then is that we ended it
            m_reply.words = "the connection was closed before an answer came";
    }
    return std::move(m_reply);
}

Failure Transfer::failureOf(CURLcode result) const
{
    if (result == CURLE_OK)
        return Failure::None;
    if (m_tooLarge)
        return Failure::TooLarge;
    if (m_requests == 0) // whatever it was, the request was never sent
        return Failure::Unreachable;
    switch (result) {
    case CURLE_OPERATION_TIMEDOUT:
        return Failure::Timeout;
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_BAD_CONTENT_ENCODING:
        return Failure::Garbled;
    default:
        return Failure::Cut;
    }
}

std::size_t Transfer::onHeader(char *data, std::size_t size, std::size_t count, void *self)
{
    return static_cast<Transfer *>(self)->takeHeader({data, size * count});
}

std::size_t Transfer::takeHeader(std::string_view line)
{
    const std::size_t colon = line.find(':');
    if (line.starts_with("HTTP/")) {
        long status = 0;
        curl_easy_getinfo(m_handle.get(), CURLINFO_RESPONSE_CODE, &status);
        m_reply.status = static_cast<int>(status);
    } else if (colon != std::string_view::npos) {
        const std::string name = lowered(line.substr(0, colon));
        if (name == "content-type")
            m_reply.contentType = trimmed(line.substr(colon + 1));
        else if (name == "retry-after")
            m_reply.retryAfter = trimmed(line.substr(colon + 1));
    }
    return line.size();
}

std::size_t Transfer::onBody(char *data, std::size_t size, std::size_t count, void *self)
{
    return static_cast<Transfer *>(self)->takeBody({data, size * count});
}

std::size_t Transfer::takeBody(std::string_view bytes)
{
    m_tooLarge = m_taken + bytes.size() > kMostBytes;
    if (m_tooLarge)
        return 0;
    const bool isStream =
        m_hooks.streamed && m_reply.status / 100 == 2 && lowered(m_reply.contentType).starts_with("text/event-stream");
    if (isStream) {
        const Flow flow = m_hooks.streamed(bytes);
        if (flow == Flow::Pause)
            return CURL_WRITEFUNC_PAUSE;
        m_tooLarge = flow == Flow::Drop;
        if (m_tooLarge)
            return 0;
    } else {
        m_reply.body.append(bytes);
    }
    m_taken += bytes.size();
    return bytes.size();
}

/// Called before each request. curl would silently send one again where a kept connection turns out to be closed; the
/// provider may have taken the first, so a second one could be paid for and not be counted. Who called may repeat it.
int Transfer::onRequest(void *self, char *, char *, int, int)
{
    return ++static_cast<Transfer *>(self)->m_requests > 1 ? CURL_PREREQFUNC_ABORT : CURL_PREREQFUNC_OK;
}

Reply fetch(const Order &order)
{
    Transfer transfer;
    transfer.prepare(order);
    return transfer.takeReply(curl_easy_perform(transfer.handle()));
}

} // namespace society::gateway
