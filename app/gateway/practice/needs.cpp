// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gateway/practice/pattern.h"
#include "app/gateway/practice/replies.h"
#include "app/gateway/practice/text.h"
#include "app/gateway/practice/words.h"

#include <algorithm>

namespace society::gateway::practice {

namespace {

std::string satisfactionOf(std::string_view key)
{
    return std::string(key) + "_satisfaction";
}

/// The satisfaction that the prompt states.
double statedSatisfaction(const Prompt &p, std::string_view key, double otherwise)
{
    return decimal(p.find(satisfactionOf(key) + R"(: ([\d.]+))"), otherwise);
}

std::string hungryChoice(const Prompt &p, bool home, bool night, double hour)
{
    if (home || night)
        return "Eat at home";
    const std::string_view second = hour >= 16              ? "Eat at home"
                                    : p.has("At workplace") ? "Eat at current location"
                                                            : "Eat outside";
    return std::string(p.pick("eat", std::array<std::string_view, 2>{"Eat outside", second}));
}

std::string freeChoice(const Prompt &p, bool night, double hour)
{
    std::vector<std::string_view> choices{
        "stay at home (read a book)", "stay at home (listen to music)", "stay at home (tidy up)"};
    if (!night) {
        choices.insert(
            choices.end(), {"leisure and entertainment (a walk in the park)",
                               "leisure and entertainment (a cup of tea in the cafe)", "other (shop for groceries)"});
        if (hour >= 8 && hour < 16)
            choices.insert(choices.end(), 5, "other (go on with my work)");
    }
    return std::string(p.pick("free", choices));
}

} // namespace

Json needInit(Prompt &p)
{
    const double hour = p.hour();
    const bool meal =
        std::ranges::any_of(std::array{6, 7, 11, 17}, [hour](int start) { return start <= hour && hour < start + 2; });
    const double energy = hour >= 6 ? std::min(1.0, std::max(0.15, 1.0 - 0.05 * (hour - 6))) : 0.15;
    return {{"current_satisfaction",
        {{"hunger_satisfaction", meal ? p.share("hunger", 0.08, 0.26) : p.share("hunger", 0.5, 0.8)},
            {"energy_satisfaction", twoDecimals(energy)}, {"safety_satisfaction", p.share("safety", 0.6, 0.9)},
            {"social_satisfaction", p.share("social", 0.35, 0.6)}}}};
}

Json needEvaluation(Prompt &p)
{
    const std::string need = p.find("to satisfy the (.+?) need:");
    const std::string goal = p.find("Goal: (.*)");
    const std::vector<Match> results = findAll(R"((?m)^- .+ \(\w+\): (.*)$)", p.text());
    const auto bad = std::ranges::count_if(
        results, [](const Match &result) { return matches("(?i)not completed|fail|no target|limit", result[1]); });
    const double done = 1 - static_cast<double>(bad) / static_cast<double>(std::max<std::size_t>(1, results.size()));
    const double full = need == "hungry" || need == "safe" ? 0.95
                        : need == "tired"                  ? (contains(goal, "short rest") ? 0.7 : 0.98)
                        : need == "social"                 ? 0.85
                                                           : 0.6;
    Json raised = Json::object();
    const auto raise = [&](std::string_view key) {
        const double now = statedSatisfaction(p, key, 0.5);
        raised[satisfactionOf(key)] = twoDecimals(std::max(now, now + (full - now) * std::max(0.25, done)));
    };
    const auto known = std::ranges::find(kNeeds, need, &Need::name);
    if (known != kNeeds.end()) {
        raise(known->key);
    } else {
        raise("safety");
        raise("social");
    }
    return raised;
}

Json needReflection(Prompt &p)
{
    const std::string event = p.find(R"((?s)intervention message:\s*-+\n(.*?)\n-{5})");
    if (matches(kDanger, event))
        return {{"do_something", true}, {"description", p.say("Go home and stay safe", "回家并注意安全")}};
    Json unchanged = Json::object();
    for (const Need &need : kNeeds)
        unchanged[satisfactionOf(need.key)] = statedSatisfaction(p, need.key, 0.6);
    return unchanged;
}

Json guidance(Prompt &p)
{
    const std::string need = p.find("Need to satisfy (.*)");
    const double hour = p.hour();
    const bool home = p.has("At home");
    const bool night = hour >= 21 || hour < 6;
    std::string choice;
    std::string reason;
    if (need == "hungry") {
        choice = hungryChoice(p, home, night, hour);
        reason = p.say("I am hungry and this is the easiest way to get a good meal now", "我饿了，这样吃饭最方便");
    } else if (need == "tired") {
        choice = night ? "Sleep at home" : "Sleep at home (for now a short rest where I am)";
        reason = p.say("I can hardly keep my eyes open", "我困得睁不开眼");
    } else if (need == "safe") {
        choice = hour >= 5 && hour < 17 ? "Work" : "Shopping";
        reason = p.say("a steady income and a full cupboard make me feel safe", "稳定的收入和充足的储备让我安心");
    } else if (need == "social") {
        choice = "Contact with friends";
        reason = p.say("I have not talked with my friends for a while", "我有一阵子没和朋友聊天了");
    } else if (need == "whatever") {
        choice = freeChoice(p, night, hour);
        reason = p.say("this is a good time for it", "现在正是时候");
    } else { // something that the person was told to do
        choice = need;
        reason = p.say("it cannot wait", "这件事不能等");
    }
    return {{"selected_option", choice},
        {"evaluation", {{"attitude", p.share("attitude", 0.65, 0.95)}, {"subjective_norm", p.share("norm", 0.55, 0.9)},
                           {"perceived_control", p.share("control", 0.6, 0.95)}, {"reasoning", reason}}}};
}

} // namespace society::gateway::practice
