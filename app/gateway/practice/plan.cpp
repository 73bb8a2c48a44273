// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gateway/practice/pattern.h"
#include "app/gateway/practice/replies.h"
#include "app/gateway/practice/text.h"
#include "app/gateway/practice/words.h"

#include <algorithm>
#include <cmath>

namespace society::gateway::practice {

namespace {

struct Step {
    std::string english;
    std::string chinese;
    std::string_view type;
};
using Steps = std::vector<Step>;

/// Where and when a plan is made.
struct Situation {
    double hour;
    bool home;
    bool work;
    Phrase meal; ///< the meal of this hour
};

Situation situationOf(const Prompt &p)
{
    const double hour = p.hour();
    return {hour, p.has("At home"), p.has("At workplace"),
        hour >= 4 && hour < 10 ? Phrase{"breakfast", "早饭"}
        : hour < 15            ? Phrase{"lunch", "午饭"}
                               : Phrase{"dinner", "晚饭"}};
}

std::string joined(std::string_view before, std::string_view middle, std::string_view after)
{
    return std::string(before).append(middle).append(after);
}

Steps goHome(const Situation &now)
{
    return now.home ? Steps{} : Steps{{"Return home", "回家", "mobility"}};
}

Steps goOut(std::string_view place, std::string_view chinese)
{
    return {{joined("Choose a ", place, " nearby"), joined("选择附近的", chinese, ""), "mobility"},
        {joined("Go to the ", place, ""), joined("前往", chinese, ""), "mobility"}};
}

/// Sleep in pieces of two hours until about half past six.
Steps sleep(const Prompt &p, const Situation &now)
{
    Steps steps = goHome(now);
    double left = std::fmod(6.5 + p.share("wake", -0.5, 1) - now.hour, 24.0);
    left = left < 0 ? left + 24 : left;
    const double parts = std::min(5.0, std::max(3.0, std::nearbyint(left / 2)));
    steps.insert(steps.end(), static_cast<std::size_t>(parts), Step{"Sleep for 2 hours", "睡2小时", "other"});
    return steps;
}

Steps eatAtHome(const Situation &now)
{
    Steps steps = goHome(now);
    steps.push_back(
        {joined("Cook ", now.meal.english, " for 20 minutes"), joined("做", now.meal.chinese, "20分钟"), "other"});
    steps.push_back(
        {joined("Have ", now.meal.english, " for 25 minutes"), joined("吃", now.meal.chinese, "25分钟"), "other"});
    return steps;
}

Steps eatOutside(const Situation &now)
{
    Steps steps = goOut("restaurant", "餐厅");
    steps.push_back(
        {joined("Have ", now.meal.english, " for 40 minutes"), joined("吃", now.meal.chinese, "40分钟"), "other"});
    return steps;
}

Steps shop(const Situation &now)
{
    Steps steps = goOut("market", "市场");
    steps.push_back({"Buy groceries", "购买食品", "economy"});
    if (now.hour >= 16)
        steps.push_back({"Return home", "回家", "mobility"});
    return steps;
}

/// Work in pieces of two hours, until noon or half past five.
Steps work(const Prompt &p, const Situation &now)
{
    const double end = now.hour < 10.5 ? 12 : now.hour < 16 ? 17.5 : now.hour + 1.5;
    const double parts = std::max(1.0, std::min(3.0, std::nearbyint((end - now.hour - (now.work ? 0 : 0.75)) / 2)));
    const std::string occupation = p.known("occupation");
    const Task &task = *std::ranges::find_if(kTasks, [&](const Task &t) { return contains(occupation, t.occupation); });
    Steps steps;
    if (now.home && now.hour < 7.5)
        steps.push_back({"Wash and get dressed for 30 minutes", "洗漱穿衣30分钟", "other"});
    if (!now.work)
        steps.push_back({"Go to the workplace", "前往公司上班", "mobility"});
    steps.insert(steps.end(), static_cast<std::size_t>(parts),
        Step{joined("Work ", task.english, " for 2 hours"), joined("工作（", task.chinese, "）2小时"), "economy"});
    return steps;
}

Steps walk()
{
    Steps steps = goOut("park", "公园");
    steps.push_back({"Walk under the trees for 45 minutes", "在树下散步45分钟", "other"});
    return steps;
}

Steps tea()
{
    Steps steps = goOut("cafe", "咖啡馆");
    steps.push_back({"Drink tea and watch people for 40 minutes", "喝茶看人40分钟", "other"});
    return steps;
}

Steps stayHome(const Situation &now, std::string_view target)
{
    const auto named = search(R"(\((.+?)\))", target);
    const std::string task = named ? capitalized((*named)[1]) : "Rest";
    const std::string_view chinese = task == "Read a book"       ? "看书60分钟"
                                     : task == "Listen to music" ? "听音乐60分钟"
                                     : task == "Tidy up"         ? "收拾屋子60分钟"
                                                                 : "休息60分钟";
    Steps steps = goHome(now);
    steps.push_back({task + " for 60 minutes", std::string(chinese), "other"});
    return steps;
}

/// The steps of what a person means to do, by the words of the target; the first that fits counts.
Steps stepsTo(const Prompt &p, const std::string &target)
{
    const Situation now = situationOf(p);
    const auto says = [&target](std::string_view pattern) { return matches(pattern, target); };
    if (says("(?i)short rest"))
        return {{"Rest with closed eyes for 40 minutes", "闭目休息40分钟", "other"}};
    if (says("(?i)sleep|bed|睡"))
        return sleep(p, now);
    if (says("(?i)eat outside|restaurant"))
        return eatOutside(now);
    if (says("(?i)current location"))
        return {{joined("Have a packed ", now.meal.english, " for 20 minutes"),
            joined("吃自带的", now.meal.chinese, "20分钟"), "other"}};
    if (says(R"((?i)\beat\b|meal|吃)"))
        return eatAtHome(now);
    if (says("(?i)shop|groceries|购物"))
        return shop(now);
    if (says(R"((?i)\bwork\b|工作)"))
        return work(p, now);
    if (says("(?i)friend|contact|social|朋友"))
        return {{"Find a friend to talk to", "找一位朋友聊聊", "social"},
            {"Send a message to the friend", "给朋友发消息", "social"}};
    if (says("(?i)park|walk|公园"))
        return walk();
    if (says(R"((?i)cafe|\btea\b|咖啡)"))
        return tea();
    if (says("(?i)home|家"))
        return stayHome(now, target);
    return {{target.empty() ? "Rest" : target, target.empty() ? "休息" : target, "other"}};
}

} // namespace

Json plan(Prompt &p)
{
    std::string target = p.find("Plan target: (.*)");
    if (target.empty())
        target = p.find("(?i)target[:：]\\s*(.*)");
    const auto limit = static_cast<std::size_t>(whole(p.find(R"(limited to (\d+) steps)", "6")));
    Json steps = Json::array();
    for (const Step &step : stepsTo(p, target)) {
        if (steps.size() == limit)
            break;
        steps.push_back({{"intention", p.say(step.english, step.chinese)}, {"type", step.type}});
    }
    return {{"plan", {{"target", target}, {"steps", steps}}}};
}

} // namespace society::gateway::practice
