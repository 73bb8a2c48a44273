// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gateway/completion.h"

#include "app/gateway/practice/text.h"

#include <cmath>
#include <nlohmann/json.hpp>

namespace society::gateway {

namespace {

using Json = nlohmann::json;
constexpr std::int64_t kMostTokens = 1'000'000'000'000; // beyond reason: not believed

template <class AnyJson>
std::int64_t lengthOf(const AnyJson &object, const char *name)
{
    if (!object.is_object())
        return 0;
    const auto found = object.find(name);
    return found != object.end() && found->is_string()
               ? static_cast<std::int64_t>(practice::codePoints(found->template get_ref<const std::string &>()))
               : 0;
}

/// What a message, or a piece of one, says: its words, thoughts and the arguments of the tools that it calls.
template <class AnyJson>
std::int64_t messageLength(const AnyJson &message)
{
    if (!message.is_object())
        return 0;
    std::int64_t length = lengthOf(message, "content") + lengthOf(message, "reasoning_content");
    const auto content = message.find("content");
    if (content != message.end() && content->is_array()) {
        for (const auto &part : *content)
            length += lengthOf(part, "text");
    }
    const auto calls = message.find("tool_calls");
    if (calls != message.end() && calls->is_array()) {
        for (const auto &call : *calls) {
            if (call.is_object() && call.contains("function"))
                length += lengthOf(call.at("function"), "arguments");
        }
    }
    return length;
}

/// A count of tokens, or `otherwise` where there is none that can be believed.
std::int64_t countIn(const Json &object, const char *name, std::int64_t otherwise)
{
    if (!object.is_object())
        return otherwise;
    const auto found = object.find(name);
    if (found == object.end() || !found->is_number())
        return otherwise;
    const double value = found->get<double>();
    if (!(value >= 0) || value > static_cast<double>(kMostTokens) || value != std::floor(value))
        return otherwise;
    return static_cast<std::int64_t>(value);
}

void readUsage(Metered &metered, const Json &usage)
{
    metered.tokensIn = countIn(usage, "prompt_tokens", metered.tokensIn);
    metered.tokensOut = countIn(usage, "completion_tokens", metered.tokensOut);
    metered.cachedIn = countIn(usage, "prompt_cache_hit_tokens", metered.cachedIn); // DeepSeek's name for it
    if (usage.contains("prompt_tokens_details"))
        metered.cachedIn = countIn(usage.at("prompt_tokens_details"), "cached_tokens", metered.cachedIn);
    if (usage.contains("completion_tokens_details"))
        metered.reasoning = countIn(usage.at("completion_tokens_details"), "reasoning_tokens", metered.reasoning);
}

/// What an answer and a stream's event have in common.
void readHead(Metered &metered, const Json &answer)
{
    const auto id = answer.find("id");
    if (id != answer.end() && id->is_string())
        metered.id = id->get<std::string>();
    const auto usage = answer.find("usage");
    if (usage != answer.end() && usage->is_object())
        readUsage(metered, *usage);
}

/// Some providers write an empty reason into every piece of a stream: only a word is one.
bool hasFinishReason(const Json &choice)
{
    if (!choice.is_object())
        return false;
    const auto reason = choice.find("finish_reason");
    return reason != choice.end() && reason->is_string() && !reason->get_ref<const std::string &>().empty();
}

/// Some write `"error": null` into what is well.
bool hasError(const Json &event)
{
    const auto error = event.find("error");
    return error != event.end() && !error->is_null();
}

} // namespace

Metered readCompletion(std::string_view body)
{
    Metered metered;
    const Json answer = Json::parse(body, nullptr, false);
    if (!answer.is_object())
        return metered;
    readHead(metered, answer);
    const auto choices = answer.find("choices");
    if (choices == answer.end() || !choices->is_array() || choices->empty())
        return metered;
    metered.isCompletion = true;
    for (const Json &choice : *choices) {
        if (choice.is_object() && choice.contains("message"))
            metered.textLength += messageLength(choice.at("message"));
        else
            metered.isCompletion = false;
    }
    return metered;
}

std::int64_t requestLength(const nlohmann::ordered_json &request)
{
    std::int64_t length = 0;
    const auto messages = request.find("messages");
    if (messages != request.end() && messages->is_array()) {
        for (const auto &message : *messages)
            length += messageLength(message);
    }
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
    const Json event = Json::parse(data, nullptr, false);
    if (!event.is_object() || hasError(event)) {
        m_malformed = true;
        return true;
    }
    readHead(m_metered, event);
    const auto choices = event.find("choices");
    if (choices == event.end() || !choices->is_array())
        return true;
    if (choices->empty())
        return !(m_hideUsage && event.contains("usage"));
    for (const Json &choice : *choices) {
        if (choice.is_object() && choice.contains("delta"))
            m_metered.textLength += messageLength(choice.at("delta"));
        if (hasFinishReason(choice))
            m_metered.isCompletion = m_holding = true;
    }
    return true;
}

} // namespace society::gateway
