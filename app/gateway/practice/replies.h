// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/gateway/practice/prompt.h"

#include <optional>

/// A function per kind of prompt: what is said, as JSON; a JSON text stands for bare words. They differ in nothing but
/// what they read from the prompt, so kinds.cpp lists them beside the words by which a prompt is recognised.
namespace society::gateway::practice {

struct ToolCall {
    Json name;
    Json arguments;
};

// needs.cpp: what a person needs and chooses to do
[[nodiscard]] Json needInit(Prompt &p);
[[nodiscard]] Json needEvaluation(Prompt &p);
[[nodiscard]] Json needReflection(Prompt &p);
[[nodiscard]] Json guidance(Prompt &p);
// plan.cpp: the steps of what was chosen
[[nodiscard]] Json plan(Prompt &p);
// steps.cpp: which block, where, how long
[[nodiscard]] std::optional<ToolCall> useTool(const Prompt &p); ///< nothing where the tools are malformed
[[nodiscard]] Json placeType(Prompt &p);
[[nodiscard]] Json radius(Prompt &p);
[[nodiscard]] Json timeEstimate(Prompt &p);
[[nodiscard]] Json transport(Prompt &p);
// talking.cpp: chats and interviews
[[nodiscard]] Json findPerson(Prompt &p);
[[nodiscard]] Json findFriend(Prompt &p);
[[nodiscard]] Json message(Prompt &p);
[[nodiscard]] Json chatReply(Prompt &p);
[[nodiscard]] Json chatText(Prompt &p);
[[nodiscard]] Json post(Prompt &p);
[[nodiscard]] Json interview(Prompt &p);
[[nodiscard]] Json persuade(Prompt &p);
[[nodiscard]] Json remark(Prompt &p);
// surveys.cpp: questions with a form
[[nodiscard]] Json surveyAnalysis(Prompt &p);
[[nodiscard]] Json surveyAnswer(Prompt &p);
[[nodiscard]] Json monthPlan(Prompt &p);
[[nodiscard]] Json depressionScale(Prompt &p);
[[nodiscard]] Json ubiOpinion(Prompt &p);
[[nodiscard]] Json probe(Prompt &p);
[[nodiscard]] Json ratingText(Prompt &p);
// feelings.cpp: moods, thoughts, attitudes
[[nodiscard]] Json emotion(Prompt &p);
[[nodiscard]] Json thought(Prompt &p);
[[nodiscard]] Json attitude(Prompt &p);
[[nodiscard]] Json statusSummary(Prompt &p);
// kinds.cpp: an object with every key that any caller looks for
[[nodiscard]] Json unionOfAll(Prompt &p);

} // namespace society::gateway::practice
