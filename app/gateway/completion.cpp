// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gateway/completion.h"

#include "app/gateway/jsonview.h"

#include <cmath>

namespace society::gateway {

namespace {

constexpr std::int64_t kMostTokens = 1'000'000'000'000; // beyond reason: not believed

/// What a message, or a piece of one, says: its words, thoughts and the arguments of the tools that it calls.
std::int64_t messageLength(const JsonView &message)
{
    const auto [content, thoughts, calls] = message.members<3>({"content", "reasoning_content", "tool_calls"});
    std::int64_t length = content.codePoints() + thoughts.codePoints();
    content.eachItem([&](const JsonView &part) { length += part.member("text").codePoints(); });
    calls.eachItem([&](const JsonView &call) { length += call.member("function").member("arguments").codePoints(); });
    return length;
}

/// A count of tokens, or `otherwise` where there is none that can be believed.
std::int64_t countOf(const JsonView &count, std::int64_t otherwise)
{
    if (!count.isNumber())
        return otherwise;
    const double value = count.number();
    if (!(value >= 0) || value > static_cast<double>(kMostTokens) || value != std::floor(value))
        return otherwise;
    return static_cast<std::int64_t>(value);
}

void readUsage(Metered &metered, const JsonView &usage)
{
    // The third is DeepSeek's name for what the fourth holds elsewhere.
    const auto [in, out, hits, detailsIn, detailsOut] = usage.members<5>({"prompt_tokens", "completion_tokens",
        "prompt_cache_hit_tokens", "prompt_tokens_details", "completion_tokens_details"});
    metered.tokensIn = countOf(in, metered.tokensIn);
    metered.tokensOut = countOf(out, metered.tokensOut);
    metered.cachedIn = countOf(detailsIn.member("cached_tokens"), countOf(hits, metered.cachedIn));
    metered.reasoning = countOf(detailsOut.member("reasoning_tokens"), metered.reasoning);
}

/// What an answer and a stream's event have in common.
void readHead(Metered &metered, const JsonView &id, const JsonView &usage)
{
    if (id.isString())
        metered.id = id.string();
    readUsage(metered, usage);
}

/// Some providers write an empty reason into every piece of a stream: only a word is one.
bool hasFinishReason(const JsonView &choice)
{
    const JsonView reason = choice.member("finish_reason");
    return reason.isString() && !reason.says("");
}

} // namespace

Metered readCompletion(std::string_view body)
{
    Metered metered;
    const auto [id, usage, choices] = JsonView::read(body).members<3>({"id", "usage", "choices"});
    readHead(metered, id, usage);
    std::size_t count = 0;
    std::size_t messages = 0;
    choices.eachItem([&](const JsonView &choice) {
        const JsonView message = choice.member("message");
        metered.textLength += messageLength(message);
        messages += message ? 1U : 0U;
        ++count;
    });
    metered.isCompletion = count > 0 && messages == count;
    return metered;
}

std::int64_t requestLength(const JsonView &messages)
{
    std::int64_t length = 0;
    messages.eachItem([&](const JsonView &message) { length += messageLength(message); });
    return length;
}

std::int64_t estimatedTokens(std::int64_t codePoints)
{
    return (codePoints + 3) / 4;
}

StreamMeter::StreamMeter(bool hideUsage)
    : m_hideUsage(hideUsage)
{
}

std::string StreamMeter::feed(std::string_view bytes)
{
    std::string now;
    m_pending.append(bytes);
    std::size_t start = 0;
    for (;;) {
        const std::size_t end = m_pending.find('\n', start);
        if (end == std::string::npos)
            break;
        const std::string_view line = std::string_view(m_pending).substr(start, end + 1 - start);
        m_event.append(line);
        if (line == "\n" || line == "\r\n")
            takeEvent(now);
        start = end + 1;
    }
    m_pending.erase(0, start);
    return now;
}

std::string StreamMeter::finish()
{
    std::string now;
    m_event.append(m_pending);
    m_pending.clear();
    if (!m_event.empty())
        takeEvent(now);
    return std::move(m_held) + now;
}

void StreamMeter::takeEvent(std::string &now)
{
    std::string data;
    for (std::string_view rest = m_event; !rest.empty();) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        std::string_view line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        if (line.starts_with("data:"))
            data.append(line.substr(line.starts_with("data: ") ? 6 : 5));
    }
    const bool hidden = !data.empty() && !readData(data);
    if (!hidden)
        (m_holding ? m_held : now).append(m_event);
    m_event.clear();
}

/// Notes what an event says; false where it must not be passed on.
bool StreamMeter::readData(std::string_view data)
{
    if (data == "[DONE]") {
        m_metered.isCompletion = m_holding = true;
        return true;
    }
    const JsonView event = JsonView::read(data);
    const auto [id, usage, choices, error] = event.members<4>({"id", "usage", "choices", "error"});
    if (!event.isObject() || (error && !error.isNull())) { // some write `"error": null` into what is well
        m_malformed = true;
        return true;
    }
    readHead(m_metered, id, usage);
    std::size_t count = 0;
    choices.eachItem([&](const JsonView &choice) {
        m_metered.textLength += messageLength(choice.member("delta"));
        if (hasFinishReason(choice))
            m_metered.isCompletion = m_holding = true;
        ++count;
    });
    const bool isUsageOnly = choices.isArray() && count == 0 && usage;
    return !(m_hideUsage && isUsageOnly);
}

} // namespace society::gateway
