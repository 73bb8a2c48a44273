// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/gateway/practice/prompt.h"

#include <array>
#include <string_view>
#include <vector>

/// The practice model's word lists: what is said and by which words an intention is understood. Data only.
namespace society::gateway::practice {

/// Events that frighten.
inline constexpr std::string_view kDanger =
    R"((?i)\b(?:storm|hurricane|flood|fire|earthquake|war|attack|virus|accident|danger)s?\b|台风|洪水|地震|火灾|危险|暴雨|疫情)";

/// A need and the key under which its satisfaction is kept.
struct Need {
    std::string_view name;
    std::string_view key;
};
inline constexpr std::array<Need, 4> kNeeds{
    {{"hungry", "hunger"}, {"tired", "energy"}, {"safe", "safety"}, {"social", "social"}}};

/// What people of an occupation do at work; the last fits everybody.
struct Task {
    std::string_view occupation;
    std::string_view english;
    std::string_view chinese;
};
inline constexpr std::array<Task, 9> kTasks{{{"Student", "on the course book", "复习功课"},
    {"Teacher", "with the class", "上课"}, {"Doctor", "with patients", "看病人"},
    {"Engineer", "on the design", "画图纸"}, {"Manager", "with the team", "带团队"},
    {"Business", "with customers", "见客户"}, {"Artist", "on a new piece", "创作"},
    {"Athlete", "on the training plan", "训练"}, {"", "on the day's tasks", "日常事务"}}};

/// A block and the words of an intention that it fits; the first that fits among the offered ones is called.
struct Block {
    std::string_view name;
    std::string_view words;
};
inline constexpr std::array<Block, 15> kBlocks{{
    {"mobilityblock",
        R"((?i)^(go|return|head|travel|commute|move|drive|leave|visit|choose|select|walk to)\b|前往|回家|出发|去|选择)"},
    {"socialblock", R"((?i)\b(friends?|messages?|chat|talk|contact|call|social|greet)\b|朋友|消息|聊|联系)"},
    {"economyblock", R"((?i)\b(work|buy|shop|shopping|purchase|pay|sell|order)\b|工作|上班|购|买)"},
    {"placeselectionblock", R"((?i)\b(choose|select|decide|pick)\b|选择)"},
    {"moveblock", R"((?i)\b(go|return|head|travel|commute|move|drive|leave|visit|walk to)\b|前往|回家|出发|去)"},
    {"messageblock", R"((?i)\b(messages?|chat|send|write|call|greet|tell)\b|消息|发)"},
    {"findpersonblock", R"((?i)\b(find|choose|friends?|contact)\b|找|朋友)"},
    {"consumptionblock", R"((?i)\b(buy|shop|shopping|purchase|pay|order)\b|购|买)"},
    {"workblock", R"((?i)\bwork\b|工作|上班)"},
    {"sleepblock", R"((?i)\b(sleep|nap|bed)\b|睡)"},
    {"othernoneblock", ""},
    {"otherblock", ""},
    {"mobilitynoneblock", ""},
    {"socialnoneblock", ""},
    {"economynoneblock", ""},
}};

/// Words of an intention and the place categories of AgentSociety's two levels that fit, best first.
struct PlaceWords {
    std::string_view words;
    std::string_view best;
    std::string_view next; ///< may be empty
    std::string_view last; ///< may be empty
};
inline constexpr std::array<PlaceWords, 9> kPlaces{{
    {R"(\b(eat|meal|restaurant|lunch|dinner|breakfast)\b|餐|饭)", "restaurant", "", ""},
    {R"(\b(cafe|tea|coffee)\b|咖啡|茶)", "cafe", "restaurant", ""},
    {R"(\b(shop|shopping|buy|market|groceries)\b|购|买|市场)", "marketplace", "other special purpose", ""},
    {R"(\b(park|walk|nature)\b|公园|散步)", "park", "outdoor activity", ""},
    {R"(\b(film|cinema|concert)\b|电影)", "cinema", "cultural and artistic", ""},
    {R"(\b(hospital|doctor|clinic)\b|医院)", "hospital", "medical care", ""},
    {R"(\b(school|library|study|class)\b|学校)", "school", "library", "education institution"},
    {R"(\bbank\b|银行)", "bank", "financial service", ""},
    {R"(\b(sport|gym|swim)\b|运动)", "sports_centre", "sports facility", ""},
}};

/// Words of an action and how many minutes it takes; the last fits all.
struct Minutes {
    std::string_view words;
    int minutes;
};
inline constexpr std::array<Minutes, 8> kMinutes{{
    {R"((?i)\bsleep\b|睡)", 480},
    {R"((?i)\b(nap|rest)\b|休息)", 40},
    {R"((?i)\b(work|study)\b|工作)", 120},
    {R"((?i)\bcook\b|做饭)", 30},
    {R"((?i)\b(film|movie)\b|电影)", 120},
    {R"((?i)\b(eat|meal|have)\b|吃|饭)", 30},
    {R"((?i)\b(walk|read)\b|散步|看书)", 60},
    {"", 30},
}};

inline constexpr std::array<Phrase, 6> kOpeners{{
    {"Hi! How is your day going?", "你好！今天过得怎么样？"},
    {"Shall we have tea together this weekend?", "周末一起喝茶好吗？"},
    {"The park is lovely today, have you been there?", "公园今天很美，你去过了吗？"},
    {"Long time no see! How are you?", "好久不见！最近好吗？"},
    {"I tried a new noodle place. Shall we go together?", "我发现一家新面馆，一起去吗？"},
    {"How was work today?", "今天工作怎么样？"},
}};

/// Answers; those with an odd index accept an invitation.
inline constexpr std::array<Phrase, 5> kAnswers{{
    {"Fine, thanks. And you?", "挺好的，你呢？"},
    {"Good idea, I'd love to!", "好主意，我很乐意！"},
    {"Quite busy, and you?", "挺忙的，你呢？"},
    {"Sure, see you then!", "好啊，到时候见！"},
    {"All well here!", "我一切都好！"},
}};

inline constexpr std::array<Phrase, 3> kClosers{{
    {"Good too. Bye!", "我也好，再见！"},
    {"Same here, bye!", "我也是，再见！"},
    {"Well, take care, bye!", "保重，再见！"},
}};

} // namespace society::gateway::practice
