// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace society::gateway {

class JsonView;

/// What a provider's answer says about itself.
struct Metered {
    std::int64_t tokensIn = -1;  ///< as reported; -1: not reported
    std::int64_t tokensOut = -1; ///< as reported; -1: not reported
    std::int64_t cachedIn = 0;
    std::int64_t reasoning = 0;
    std::string id;
    std::int64_t textLength = 0; ///< code points that the answer says, for an estimate
    bool isCompletion = false;   ///< a readable answer with at least one choice
};

/// Reads a chat completion's body. Anything may be in it: what is not as it should be counts as not reported.
[[nodiscard]] Metered readCompletion(std::string_view body);

/// Code points of all that a request's messages say, for an estimate of its tokens where the provider reports none.
[[nodiscard]] std::int64_t requestLength(const JsonView &messages);

/// The estimate: a token per four code points, rounded up.
[[nodiscard]] std::int64_t estimatedTokens(std::int64_t codePoints);

/// Follows an answer that comes as server-sent events: passes the events on as they are, notes the usage, and holds
/// back the end (from the event with a finish reason on) until the call is written down. One thread.
class StreamMeter {
public:
    /// hideUsage: leave out the event that holds usage only, which the client did not ask for.
    explicit StreamMeter(bool hideUsage);

    /// Takes bytes as they come; gives back what may be passed on at once.
    [[nodiscard]] std::string feed(std::string_view bytes);
    /// The stream has ended: what was held back, to be passed on last.
    [[nodiscard]] std::string finish();

    /// What is known so far. isCompletion: the stream came to its end.
    [[nodiscard]] const Metered &metered() const { return m_metered; }
    /// An event is longer than 4 MiB: give the stream up.
    [[nodiscard]] bool isOverfull() const { return m_pending.size() + m_event.size() > (4U << 20); }
    /// An event was not what it should be.
    [[nodiscard]] bool isMalformed() const { return m_malformed; }

private:
    void takeEvent(std::string &now);
    bool readData(std::string_view data);

    const bool m_hideUsage;
    bool m_malformed = false;
    bool m_holding = false;
    std::string m_pending; // bytes after the last whole event
    std::string m_event;
    std::string m_held;
    Metered m_metered;
};

} // namespace society::gateway
