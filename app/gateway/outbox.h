// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace society::gateway {

/// An answer on its way from the call that makes it to the connection that sends it. The call fills it and then calls
/// changed(); the connection takes what is there and then calls drained(). One thread, shared by both.
struct Outbox {
    int status = 0; ///< 0: not known yet
    std::string contentType = "application/json";
    std::string retryAfter;
    std::string data;         ///< what is ready to be sent; of a stream, taken piece by piece
    bool isStream = false;    ///< sent as it comes
    bool hasEnded = false;    ///< nothing follows `data`
    bool isBroken = false;    ///< it ends here without being whole: the connection must show that
    bool isAbandoned = false; ///< the client is gone; go on all the same, the provider will charge for it
    std::function<void()> changed;
    std::function<void()> drained;

    /// A whole answer.
    void answer(int code, std::string body)
    {
        status = code;
        data = std::move(body);
        hasEnded = true;
        tell(changed);
    }

    static void tell(const std::function<void()> &whom)
    {
        if (whom)
            whom();
    }
};

/// The body of an error in OpenAI's form.
[[nodiscard]] std::string errorBody(std::string_view type, std::string_view code, std::string_view message);

} // namespace society::gateway
