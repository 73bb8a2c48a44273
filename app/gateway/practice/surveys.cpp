// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gateway/practice/pattern.h"
#include "app/gateway/practice/replies.h"
#include "app/gateway/practice/text.h"
#include "app/gateway/practice/words.h"

#include <algorithm>
#include <map>

namespace society::gateway::practice {

namespace {

using Lines = std::map<std::string, std::string, std::less<>>;

/// The question's lines that say which answers there are.
Lines answerLines(const Prompt &p)
{
    Lines lines;
    for (const Match &line : findAll("(?m)^(Options|Rows|Columns): (.*)$", p.last()))
        lines.insert_or_assign(std::string(line[1]), std::string(line[2]));
    return lines;
}

std::vector<std::string> choices(const Lines &lines, std::string_view name)
{
    const auto line = lines.find(name);
    return split(line == lines.end() ? std::string_view() : std::string_view(line->second), ", ");
}

/// A column for each row.
Json matrix(const Prompt &p, const Lines &lines)
{
    const std::vector<std::string> columns = choices(lines, "Columns");
    Json value = Json::object();
    for (const std::string &row : choices(lines, "Rows"))
        value[row] = p.pick(row, columns);
    return value;
}

std::int64_t signedWhole(std::string_view text)
{
    return text.starts_with('-') ? -whole(text.substr(1)) : whole(text);
}

/// A number of the range, rather a high one.
Json rating(const Prompt &p, const Match &range)
{
    const auto [low, high] = std::minmax({signedWhole(range[1]), signedWhole(range[2])});
    return std::max(low + p.number("low", high - low + 1), low + p.number("high", high - low + 1));
}

/// At least one of the options.
Json several(const Prompt &p, const std::vector<std::string> &options)
{
    Json value = Json::array();
    for (const std::string &option : options) {
        if (p.number(option, 2) != 0)
            value.push_back(option);
    }
    if (value.empty())
        value.push_back(p.pick("one", options));
    return value;
}

Json words(const Prompt &p)
{
    constexpr std::array<Phrase, 3> opinions{{
        {"I think it is quite good the way it is.", "我觉得现在这样挺好。"},
        {"I would like a little more of it in our town.", "我希望我们这里能再多一些。"},
        {"I have mixed feelings about it.", "我的看法比较复杂。"},
    }};
    return p.speakingAs() + p.say(p.pick("words", opinions));
}

} // namespace

Json surveyAnalysis(Prompt &p)
{
    p.setChinese(mostlyChinese(p.find(R"(Question \d+: (.*))")));
    return {{"profile_query",
                p.say("What is my age, gender, education and occupation?", "我的年龄、性别、教育程度和职业是什么？")},
        {"memory_query", p.say("What have I done recently that has to do with this?", "我最近做过哪些与此有关的事？")}};
}

Json surveyAnswer(Prompt &p)
{
    p.setChinese(mostlyChinese(p.find(R"(Question \d+: (.*))")));
    const Lines lines = answerLines(p);
    const auto range = search(R"(Rating range: (-?\d+) - (-?\d+))", p.last());
    Json value;
    if (lines.contains("Rows"))
        value = matrix(p, lines);
    else if (range)
        value = rating(p, *range);
    else if (contains(p.last(), "MULTIPLE"))
        value = several(p, choices(lines, "Options"));
    else if (lines.contains("Options"))
        value = p.pick("one", choices(lines, "Options"));
    else
        value = words(p);
    Json answer = Json::object();
    answer["answer"] = std::move(value);
    return answer;
}

Json monthPlan(Prompt &p)
{
    return {{"work", p.share("work", 0.6, 0.95)}, {"consumption", p.share("spend", 0.02, 0.08)}};
}

Json depressionScale(Prompt &p)
{
    using Frequencies = std::vector<std::string_view>;
    Json answers = Json::object();
    for (int n = 1; n <= 20; ++n) {
        const bool positive = n % 4 == 0 && n < 20; // the four statements of well-being
        answers[std::to_string(n)] = p.pick(std::string("q").append(std::to_string(n)),
            positive ? Frequencies{"Occasionally", "Most"} : Frequencies{"Rarely", "Rarely", "Some"});
    }
    return answers;
}

Json ubiOpinion(Prompt &)
{
    return "It helps those in need, but somebody has to pay for it.";
}

Json probe(Prompt &p)
{
    return {{"credibility", 60 + p.number("credibility", 30)}, {"reasonableness", 60 + p.number("reasonableness", 30)}};
}

Json ratingText(Prompt &p)
{
    return std::to_string(2 + p.number("rating", 7));
}

} // namespace society::gateway::practice
