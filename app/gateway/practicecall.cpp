// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gateway/call.h"
#include "app/gateway/practice/pythonform.h"
#include "app/gateway/practice/text.h"

#include <ctime>

namespace society::gateway {

namespace {

using practice::Answer;
using practice::dumped;
using practice::Json;
constexpr std::size_t kPieceLength = 24; // code points of a streamed piece

Json toolCalls(const Answer &answer)
{
    return Json::array({{{"id", answer.callId}, {"type", "function"},
        {"function", {{"name", Json::parse(answer.toolName)}, {"arguments", answer.content}}}}});
}

Json usageOf(const Answer &answer)
{
    return {{"prompt_tokens", answer.tokensIn}, {"completion_tokens", answer.tokensOut},
        {"total_tokens", answer.tokensIn + answer.tokensOut}};
}

const char *finishReason(const Answer &answer)
{
    return answer.toolName.empty() ? "stop" : "tool_calls";
}

/// What every body and event begins with.
Json headOf(const char *object, const std::string &id, const std::string &model)
{
    return {{"id", id}, {"object", object}, {"created", std::time(nullptr)}, {"model", model}};
}

std::string completion(const Answer &answer, Json head)
{
    Json message{{"role", "assistant"}, {"content", nullptr}};
    if (answer.toolName.empty())
        message["content"] = answer.content;
    else
        message["tool_calls"] = toolCalls(answer);
    head["choices"] = Json::array({{{"index", 0}, {"message", message}, {"finish_reason", finishReason(answer)}}});
    head["usage"] = usageOf(answer);
    return dumped(head);
}

void appendChunk(std::string &events, Json head, Json delta, Json reason)
{
    head["choices"] = Json::array({{{"index", 0}, {"delta", std::move(delta)}, {"finish_reason", std::move(reason)}}});
    events += "data: " + dumped(head) + "\n\n";
}

std::string stream(const Answer &answer, const Json &head, bool withUsage)
{
    std::string events;
    appendChunk(events, head, {{"role", "assistant"}, {"content", ""}}, nullptr);
    if (answer.toolName.empty()) {
        for (const std::string_view piece : practice::pieces(answer.content, kPieceLength))
            appendChunk(events, head, {{"content", piece}}, nullptr);
    } else {
        Json calls = toolCalls(answer);
        calls.front()["index"] = 0;
        appendChunk(events, head, {{"tool_calls", calls}}, nullptr);
    }
    appendChunk(events, head, Json::object(), finishReason(answer));
    if (withUsage) {
        Json last = head;
        last["choices"] = Json::array();
        last["usage"] = usageOf(answer);
        events += "data: " + dumped(last) + "\n\n";
    }
    return events + "data: [DONE]\n\n";
}

} // namespace

void Call::askPractice(const nlohmann::ordered_json &request)
{
    m_answer = practice::answerTo(request, m_calls.m_settings.seed);
    if (!m_answer) {
        m_record.status = 400;
        refuse(400, "bad_request", "messages missing or tools malformed");
        return;
    }
    if (m_calls.m_settings.practiceLatency.count() == 0)
        answerPractice();
    else
        m_calls.m_later(m_calls.m_settings.practiceLatency, [self = shared_from_this()] {
            if (!self->m_isDone)
                self->answerPractice();
        });
}

void Call::answerPractice()
{
    m_record.status = 200;
    m_record.kind = m_answer->kind;
    m_record.tokensIn = m_answer->tokensIn;
    m_record.tokensOut = m_answer->tokensOut;
    // One id per line of usage.jsonl would do; the time makes it unique across continued files too.
    m_record.upstreamId = "practice-" + std::to_string(m_begun.time_since_epoch().count());
    if (m_isStream) {
        m_outbox->contentType = "text/event-stream";
        m_outbox->isStream = true;
        finish(
            200, stream(*m_answer, headOf("chat.completion.chunk", m_record.upstreamId, m_record.model), m_wantsUsage));
    } else {
        finish(200, completion(*m_answer, headOf("chat.completion", m_record.upstreamId, m_record.model)));
    }
}

void Call::abort()
{
    if (m_answer)
        refuse(503, "stopped", "the run is being stopped");
}

} // namespace society::gateway
