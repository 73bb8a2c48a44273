// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gateway/calls.h"

#include "app/gateway/call.h"
#include "app/gateway/events.h"
#include "app/gateway/providers.h"
#include "app/gateway/usagelog.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <nlohmann/json.hpp>

namespace society::gateway {

namespace {

constexpr int kDeadInARow = 3;
constexpr std::chrono::milliseconds kModelsDeadline{10'000};

} // namespace

std::string errorBody(std::string_view type, std::string_view code, std::string_view message)
{
    using Json = nlohmann::ordered_json;
    return Json{{"error", {{"message", message}, {"type", type}, {"code", code}}}}.dump(
        -1, ' ', false, Json::error_handler_t::replace);
}

Calls::Calls(const Settings &settings, UsageLog &usage, Upstream &upstream, Events &events, Later later,
    std::function<void()> cannotMeter)
    : m_settings(settings)
    , m_usage(usage)
    , m_upstream(upstream)
    , m_events(events)
    , m_later(std::move(later))
    , m_cannotMeter(std::move(cannotMeter))
    , m_dead(settings.entries.size())
{
}

Calls::~Calls() = default;

void Calls::complete(std::size_t entry, std::string body, std::shared_ptr<Outbox> outbox)
{
    if (!mayBegin(*outbox))
        return;
    const auto call = std::make_shared<Call>(*this, entry, std::move(outbox));
    m_active.insert(call);
    call->begin(std::move(body));
}

bool Calls::mayBegin(Outbox &outbox)
{
    if (m_isRefusing) {
        outbox.answer(503, errorBody("gateway_error", "stopping", "the run is being stopped"));
        return false;
    }
    if (!m_usage.hasRoom(m_active.size() + 1)) {
        stopMetering();
        outbox.answer(503, errorBody("gateway_error", "usage_unwritable", "the use of tokens cannot be written down"));
        return false;
    }
    return true;
}

void Calls::listModels(std::size_t entry, std::shared_ptr<Outbox> outbox)
{
    if (m_isRefusing) {
        outbox->answer(503, errorBody("gateway_error", "stopping", "the run is being stopped"));
        return;
    }
    const Entry &asked = m_settings.entries[entry];
    if (asked.isPractice()) {
        using Json = nlohmann::ordered_json;
        const Json data = Json::array({Json{{"id", asked.model}, {"object", "model"}}});
        outbox->answer(200, Json{{"object", "list"}, {"data", data}}.dump());
        return;
    }
    Order order{asked.endpoint + "/models", false, {}, asked.key, kModelsDeadline, m_settings.connectDeadline};
    m_upstream.send(std::move(order),
        {{}, [outbox = std::move(outbox), &asked](Reply reply) {
             if (reply.failure == Failure::None && reply.status == 200)
                 outbox->answer(200, withoutKey(std::move(reply.body), asked.key));
             else
                 outbox->answer(502, errorBody("upstream_error", "models", "the provider gave no list of models"));
         }});
}

void Calls::abortAll()
{
    m_upstream.abortAll();
    const auto waiting = m_active; // abort() takes the call out of m_active
    for (const std::shared_ptr<Call> &call : waiting)
        call->abort();
}

bool Calls::meter(const CallRecord &record)
{
    if (m_usage.append(record))
        return true;
    stopMetering();
    return false;
}

void Calls::noteProvider(std::size_t entry, int status, bool isConnected, const std::string &words)
{
    const std::string host = hostOf(m_settings.entries[entry].endpoint);
    if (status == 401 || status == 403)
        m_events.raise("llm_key_refused", entry, status, host + " answered " + std::to_string(status));
    Dead &dead = m_dead[entry];
    if (isConnected) {
        dead = {};
        return;
    }
    // With many calls in flight a blink of the network fails several at once; the runner's own retries survive that.
    const auto now = std::chrono::steady_clock::now();
    if (dead.inARow++ == 0)
        dead.since = now;
    if (dead.inARow >= kDeadInARow && now - dead.since >= m_settings.deadAfter)
        m_events.raise("llm_unreachable", entry, 0, host + ": " + words);
}

void Calls::checkMetering()
{
    if (m_usage.failure() != 0)
        stopMetering();
}

void Calls::stopMetering()
{
    if (std::exchange(m_hasFailed, true))
        return;
    const int error = m_usage.failure();
    std::fprintf(stderr, "gateway: usage.jsonl cannot be written: %s\n", std::strerror(error));
    m_events.raise(error == ENOSPC || error == EDQUOT ? "disk_full" : "usage_unwritable", 0, 0, std::strerror(error));
    m_cannotMeter();
}

} // namespace society::gateway
