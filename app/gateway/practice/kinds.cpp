// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gateway/practice/practicemodel.h"

#include "app/gateway/practice/replies.h"
#include "app/gateway/practice/text.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace society::gateway::practice {

namespace {

/// A kind of prompt: the words that must all be in it (empty ones count for nothing), and what is said.
struct Kind {
    std::string_view name;
    std::array<std::string_view, 3> words;
    Json (*reply)(Prompt &);
};

/// In this order, the first that fits. The words are mostly the JSON keys that the caller reads back, so they survive
/// edited templates.
constexpr std::array<Kind, 31> kKinds{{
    {"survey_analysis", {"\"profile_query\"", "\"memory_query\""}, surveyAnalysis},
    {"survey_answer", {"Survey Title:", "Question ", "Format: Please"}, surveyAnswer},
    {"need_init", {"\"current_satisfaction\""}, needInit},
    {"need_reflection", {"\"do_something\""}, needReflection},
    {"need_evaluation", {"Execution situation", "hunger_satisfaction"}, needEvaluation},
    {"guidance", {"\"selected_option\""}, guidance},
    {"plan", {"\"steps\"", "\"intention\""}, plan},
    {"place_type", {"\"place_type\""}, placeType},
    {"radius", {"\"radius\""}, radius},
    {"transport", {"\"transportation_mode\""}, transport},
    {"find_person", {"\"target_id\"", "\"mode\""}, findPerson},
    {"chat_reply", {"\"should_respond\""}, chatReply},
    {"emotion", {"\"sadness\"", "\"conclusion\""}, emotion},
    {"thought", {"\"thought\":"}, thought},
    {"attitude", {"{\"attitude\""}, attitude},
    {"month_plan", {"'work'", "'consumption'", "propensity to work"}, monthPlan},
    {"depression_scale", {"Statement 20", "\"Rarely\""}, depressionScale},
    {"ubi_opinion", {"opinion on the UBI policy"}, ubiOpinion},
    {"time_estimate", {"\"time\":", "minute"}, timeEstimate},
    {"probe", {"credibility", "reasonableness"}, probe},
    {"find_friend", {"['online'", "'index'"}, findFriend},
    {"message", {"Keep it under 100 characters"}, message},
    {"status_summary", {"agent's current status", "first-person"}, statusSummary},
    {"persuade", {"What you would say (One or two sentences)"}, persuade},
    {"reflection", {"feeling about those environmental information"}, remark},
    {"rating_text", {"请只给出数字"}, ratingText},
    {"remark", {"20字以内"}, remark},
    {"chat_text", {"生成一个适当的回应"}, chatText},
    {"chat_text", {"Response should be ONLY the message text"}, chatText},
    {"post", {"你是一名社交网络用户"}, post},
    {"interview", {"pretend to be a human", "Answer based on the following information"}, interview},
}};

constexpr Kind kUnknown{"unknown", {}, unionOfAll};

const Kind &kindOf(const Prompt &p)
{
    const auto found = std::ranges::find_if(kKinds, [&p](const Kind &kind) {
        return std::ranges::all_of(kind.words, [&p](std::string_view words) { return p.has(words); });
    });
    return found != kKinds.end() ? *found : kUnknown;
}

/// Python's truth of a value.
bool isTruthy(const Json &value)
{
    switch (value.type()) {
    case Json::value_t::null:
        return false;
    case Json::value_t::boolean:
        return value.get<bool>();
    case Json::value_t::string:
        return !value.get_ref<const std::string &>().empty();
    case Json::value_t::object:
    case Json::value_t::array:
        return !value.empty();
    default:
        return value.get<double>() != 0.0;
    }
}

bool wantsTool(const Json &request)
{
    const auto tools = request.find("tools");
    const auto choice = request.find("tool_choice");
    return tools != request.end() && isTruthy(*tools) && (choice == request.end() || *choice != "none");
}

std::string callId(const Prompt &p)
{
    std::array<char, 16> id{};
    std::snprintf(id.data(), id.size(), "call_%08x", p.hash());
    return id.data();
}

} // namespace

Json unionOfAll(Prompt &)
{
    return {{"current_satisfaction", {{"hunger_satisfaction", 0.8}, {"energy_satisfaction", 0.8},
                                         {"safety_satisfaction", 0.8}, {"social_satisfaction", 0.8}}},
        {"selected_option", "stay at home"},
        {"evaluation",
            {{"attitude", 0.8}, {"subjective_norm", 0.7}, {"perceived_control", 0.9}, {"reasoning", "scripted"}}},
        {"plan", {{"target", "rest"}, {"steps", Json::array({{{"intention", "rest at home"}, {"type", "other"}}})}}},
        {"time", 30}, {"thought", "An ordinary day."}, {"profile_query", "age"}, {"memory_query", "today"},
        {"sadness", 2}, {"joy", 6}, {"fear", 1}, {"disgust", 1}, {"anger", 1}, {"surprise", 3}, {"conclusion", "calm"},
        {"word", "Relief"}, {"answer", "Yes"}, {"response", "Yes"}, {"reason", "scripted"}, {"content", "Hello."}};
}

std::optional<Answer> answerTo(const Json &request, std::string_view seed)
{
    if (!Prompt::isChat(request))
        return std::nullopt;
    Prompt p(request, seed);
    Answer answer;
    answer.tokensIn = p.tokensIn();
    if (wantsTool(request)) {
        const std::optional<ToolCall> call = useTool(p);
        if (!call)
            return std::nullopt;
        answer.kind = "tool";
        answer.toolName = dumped(call->name);
        answer.callId = callId(p);
        answer.content = dumped(call->arguments);
    } else {
        const Kind &kind = kindOf(p);
        const Json reply = kind.reply(p);
        answer.kind = kind.name;
        answer.content = reply.is_string() ? reply.get<std::string>() : dumped(reply);
    }
    answer.tokensOut = tokens(answer.content);
    return answer;
}

} // namespace society::gateway::practice
