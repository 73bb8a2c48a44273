// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/gateway/upstream.h"

#include <array>
#include <curl/curl.h>
#include <memory>

namespace society::gateway {

/// A request as libcurl sees it: its options, and what has come so far. Stays where it is while curl runs it. Once it
/// is done it may serve for another one: a handle that knows address and key already is cheaper than a new one.
class Transfer {
public:
    Transfer();
    Transfer(const Transfer &) = delete;
    Transfer &operator=(const Transfer &) = delete;

    /// Makes it ready for a request, with nothing left of the one before.
    void prepare(Order order, Upstream::Id id = 0, Upstream::Hooks hooks = {});
    /// Whether this request differs from the one before in nothing but its body.
    [[nodiscard]] bool isLike(const Order &order) const;
    /// Lets go of what the request held; the options stay.
    void release();

    [[nodiscard]] CURL *handle() const { return m_handle.get(); }
    [[nodiscard]] Upstream::Id id() const { return m_id; }
    [[nodiscard]] const Upstream::Hooks &hooks() const { return m_hooks; }
    /// What came back, given how curl says that it ended. Once.
    [[nodiscard]] Reply takeReply(CURLcode result);
    /// The transfer whose handle this is.
    [[nodiscard]] static Transfer *of(CURL *handle);

private:
    struct Freed {
        void operator()(CURL *handle) const { curl_easy_cleanup(handle); }
        void operator()(curl_slist *list) const { curl_slist_free_all(list); }
    };

    void setOptions();
    void addHeader(const std::string &line);
    [[nodiscard]] Failure failureOf(CURLcode result) const;
    std::size_t takeHeader(std::string_view line);
    std::size_t takeBody(std::string_view bytes);

    static std::size_t onHeader(char *data, std::size_t size, std::size_t count, void *self);
    static std::size_t onBody(char *data, std::size_t size, std::size_t count, void *self);
    static int onRequest(void *self, char *, char *, int, int);

    Order m_order;
    Upstream::Id m_id = 0;
    Upstream::Hooks m_hooks;
    std::unique_ptr<CURL, Freed> m_handle;
    std::unique_ptr<curl_slist, Freed> m_headers;
    std::array<char, CURL_ERROR_SIZE> m_words{};
    Reply m_reply;
    std::size_t m_taken = 0;
    int m_requests = 0;
    bool m_tooLarge = false;
};

} // namespace society::gateway
