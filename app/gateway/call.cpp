// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gateway/call.h"

#include "app/gateway/jsonview.h"
#include "app/gateway/providers.h"
#include "app/gateway/requestpatch.h"

#include <nlohmann/json.hpp>

namespace society::gateway {

namespace {

using Json = nlohmann::ordered_json;
constexpr std::size_t kMostUnsent = 1U << 20; // of a stream that the client reads slowly
constexpr std::size_t kDeepest = 500;         // AgentSociety's tools are about ten deep

/// The word for a failure in usage.jsonl, and the status that the client gets.
struct Word {
    std::string_view error;
    int status;
};

Word wordFor(Failure failure)
{
    switch (failure) {
    case Failure::None:
        break;
    case Failure::Unreachable:
        return {"unreachable", 502};
    case Failure::Timeout:
        return {"timeout", 504};
    case Failure::Cut:
        return {"cut", 502};
    case Failure::Garbled:
        return {"malformed", 502};
    case Failure::TooLarge:
        return {"too_large", 502};
    case Failure::Stopped:
        return {"stopped", 503};
    }
    return {"", 200};
}

std::string_view wordFor(int status)
{
    if (status / 100 == 2)
        return "";
    if (status == 401 || status == 403)
        return "key_refused";
    return status == 429 ? "rate_limited" : "http_error";
}

/// The request's body asks for the usage of its stream, in an object that keeps the client's other options.
std::string withUsageAsked(const std::string &body)
{
    const JsonView options = JsonView::read(body).member("stream_options");
    const std::string asked = withMember(options.isObject() ? options.text() : "{}", "include_usage", "true");
    return withMember(body, "stream_options", asked);
}

} // namespace

Call::Call(Calls &calls, std::size_t entry, std::shared_ptr<Outbox> outbox)
    : m_calls(calls)
    , m_outbox(std::move(outbox))
{
    m_record.entry = entry;
}

const Entry &Call::entry() const
{
    return m_calls.m_settings.entries[m_record.entry];
}

void Call::begin(std::string body)
{
    m_record.model = entry().model;
    const JsonView request = JsonView::read(body, kDeepest);
    if (!request.isObject()) {
        m_record.status = 400; // ours: no provider has seen it
        refuse(400, "bad_request", "the request is no JSON object");
        return;
    }
    const auto [model, stream, options, messages] =
        request.members<4>({"model", "stream", "stream_options", "messages"});
    if (m_record.model.empty())
        m_record.model = model.string();
    m_isStream = stream.isTrue();
    m_wantsUsage = options.member("include_usage").isTrue();
    if (entry().isPractice()) {
        askPractice(Json::parse(body));
        return;
    }
    m_requestLength = requestLength(messages);
    askProvider(std::move(body));
}

void Call::askProvider(std::string body)
{
    if (!entry().model.empty())
        body = withMember(body, "model", Json(entry().model).dump());
    Upstream::Hooks hooks;
    hooks.done = [self = shared_from_this()](Reply reply) { self->takeReply(std::move(reply)); };
    if (m_isStream) {
        // Without the usage the tokens could only be guessed: ask for it, and keep it from who did not.
        if (!m_wantsUsage)
            body = withUsageAsked(body);
        m_meter.emplace(!m_wantsUsage);
        m_guard.emplace(entry().key);
        hooks.streamed = [this](std::string_view bytes) { return takeStreamed(bytes); }; // `done` keeps the call
        m_outbox->drained = [weak = weak_from_this()] {
            if (const auto self = weak.lock())
                self->m_calls.m_upstream.resume(self->m_id);
        };
    }
    m_id = m_calls.m_upstream.send({entry().endpoint + "/chat/completions", true, std::move(body), entry().key,
                                       m_calls.m_settings.deadline, m_calls.m_settings.connectDeadline},
        std::move(hooks));
}

Flow Call::takeStreamed(std::string_view bytes)
{
    if (m_outbox->data.size() > kMostUnsent && !m_outbox->isAbandoned)
        return Flow::Pause;
    const std::string now = m_guard->feed(m_meter->feed(bytes));
    if (m_meter->isOverfull())
        return Flow::Drop;
    if (!now.empty() && !m_outbox->isAbandoned) {
        m_outbox->status = 200;
        m_outbox->contentType = "text/event-stream";
        m_outbox->isStream = true;
        m_outbox->data += now;
        Outbox::tell(m_outbox->changed);
    }
    return Flow::Go;
}

void Call::takeReply(Reply reply)
{
    m_record.status = reply.status;
    const bool isDead = reply.failure == Failure::Unreachable || reply.failure == Failure::Timeout;
    if (isDead || reply.status != 0)
        m_calls.noteProvider(m_record.entry, reply.status, !isDead, reply.words);
    const bool streamed = m_meter && (m_outbox->isStream || (reply.status / 100 == 2 && reply.body.empty()));
    if (streamed)
        endStream(reply);
    else
        takeWhole(std::move(reply));
}

void Call::setTokens(const Metered &metered, bool isGood)
{
    m_record.upstreamId = withoutKey(metered.id, entry().key);
    m_record.cachedIn = metered.cachedIn;
    m_record.reasoning = metered.reasoning;
    // A failed call has the tokens that the provider reported, else none: nothing is invented.
    const auto count = [&](std::int64_t reported, std::int64_t length) {
        if (reported >= 0)
            return reported;
        m_record.estimated = m_record.estimated || isGood;
        return isGood ? estimatedTokens(length) : std::int64_t{0};
    };
    m_record.tokensIn = count(metered.tokensIn, m_requestLength);
    m_record.tokensOut = count(metered.tokensOut, metered.textLength);
}

void Call::takeWhole(Reply reply)
{
    const Word word = wordFor(reply.failure);
    const Metered metered = readCompletion(reply.body);
    const bool isWhole = reply.failure == Failure::None;
    const bool isGood = isWhole && reply.status / 100 == 2 && metered.isCompletion;
    setTokens(metered, isGood);
    if (!isWhole) {
        refuse(word.status, word.error, hostOf(entry().endpoint) + ": " + reply.words);
        return;
    }
    m_record.error = wordFor(reply.status);
    if (m_record.error.empty() && !metered.isCompletion)
        m_record.error = "malformed";
    if (m_record.error == "key_refused") {
        // The provider's own words often repeat a part of the key, and the runner logs them.
        refuse(reply.status, "key_refused", hostOf(entry().endpoint) + " refused the key");
        return;
    }
    m_outbox->retryAfter = withoutKey(reply.retryAfter, entry().key);
    const bool canBePassed =
        reply.status >= 200 && reply.status / 100 != 3 && reply.status != 204 && reply.status < 600;
    finish(canBePassed ? reply.status : 502, withoutKey(std::move(reply.body), entry().key));
}

void Call::endStream(const Reply &reply)
{
    std::string rest = m_guard->feed(m_meter->finish());
    rest += m_guard->finish();
    const Metered &metered = m_meter->metered();
    const bool isWhole = reply.failure == Failure::None && metered.isCompletion;
    m_record.error = reply.failure != Failure::None ? wordFor(reply.failure).error
                     : !metered.isCompletion        ? "cut"
                     : m_meter->isMalformed()       ? "malformed"
                                                    : "";
    setTokens(metered, m_record.error.empty());
    if (!m_outbox->isStream && !isWhole) { // nothing of it was passed on yet
        const bool isWord = reply.failure != Failure::None;
        refuse(isWord ? wordFor(reply.failure).status : 502, std::string(m_record.error),
            "the provider's stream ended early");
        return;
    }
    m_isDone = true;
    const bool isMetered = writeDown();
    m_outbox->status = 200;
    m_outbox->contentType = "text/event-stream";
    m_outbox->isStream = true;
    m_outbox->isBroken = !isWhole || !isMetered;
    if (isMetered)
        m_outbox->data += rest;
    m_outbox->hasEnded = true;
    Outbox::tell(m_outbox->changed);
    m_calls.m_active.erase(shared_from_this());
}

void Call::finish(int status, std::string body)
{
    if (std::exchange(m_isDone, true))
        return;
    if (writeDown()) {
        m_outbox->answer(status, std::move(body));
    } else {
        m_outbox->retryAfter.clear();
        m_outbox->isStream = false;
        m_outbox->contentType = "application/json";
        m_outbox->answer(
            503, errorBody("gateway_error", "usage_unwritable", "the use of tokens cannot be written down"));
    }
    m_calls.m_active.erase(shared_from_this());
}

void Call::refuse(int status, std::string_view error, std::string_view message)
{
    m_record.error = error;
    finish(status, errorBody("upstream_error", error, withoutKey(std::string(message), entry().key)));
}

bool Call::writeDown()
{
    m_record.latencyMs =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - m_begun).count();
    return m_calls.meter(m_record);
}

} // namespace society::gateway
