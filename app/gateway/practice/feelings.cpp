// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gateway/practice/pattern.h"
#include "app/gateway/practice/replies.h"
#include "app/gateway/practice/text.h"
#include "app/gateway/practice/words.h"

#include <algorithm>
#include <optional>

namespace society::gateway::practice {

namespace {

constexpr std::array<std::string_view, 6> kEmotions{"sadness", "joy", "fear", "disgust", "anger", "surprise"};

/// Where an incident leads: the six levels aimed at, the word for it, and the conclusion in words.
struct Mood {
    std::array<std::int64_t, 6> levels;
    std::string_view word;
    std::string conclusion;
};

Mood contentMood(const Prompt &p, const std::string &incident)
{
    const auto match = search(R"((?s)\]: (?:I )?(.+?)(?: for \d+ \w+)? \[day)", incident);
    const std::string done(match ? firstCodePoints((*match)[1], 60) : "what I planned");
    return {{2, 7, 1, 1, 1, 3},
        p.pick("word", std::array<std::string_view, 5>{"Satisfaction", "Joy", "Relief", "Gratification", "Hope"}),
        p.say("I feel content. Done: " + lowerFirst(done) + ".", "事情进展顺利，我觉得满足。")};
}

Mood moodAfter(const Prompt &p, const std::string &incident)
{
    if (matches(kDanger, incident))
        return {{5, 1, 8, 2, 3, 6}, "Fear", p.say("I feel uneasy about what I just heard.", "刚听到的消息让我不安。")};
    if (matches("(?i)have failed to complete", incident))
        return {{5, 3, 2, 2, 4, 3}, "Disappointment",
            p.say("I feel a little let down, because it did not work out.", "事情没办成，我有点失望。")};
    if (matches("(?i)social message|收到了一条消息", incident))
        return {{1, 7, 1, 1, 1, 4}, p.pick("word", std::array<std::string_view, 3>{"Liking", "Joy", "Gratitude"}),
            p.say("I feel glad that someone thought of me.", "有人想着我，我很高兴。")};
    return contentMood(p, incident);
}

/// What a person with this intention is doing; nothing where it is a plain intention.
std::optional<std::string_view> doingWords(std::string_view intention)
{
    constexpr std::array<std::pair<std::string_view, std::string_view>, 7> words{{
        {"hungry", "looking for something to eat"},
        {"tired", "about to rest"},
        {"safe", "about to do my work"},
        {"social", "thinking of my friends"},
        {"whatever", "taking it easy"},
        {"Don't know", "starting my day"},
        {"", "starting my day"},
    }};
    for (const auto &[need, doing] : words) {
        if (need == intention)
            return doing;
    }
    return std::nullopt;
}

/// An intention without the time that it takes.
std::string withoutDuration(const std::string &intention)
{
    const auto match = search(R"( for \d+ \w+$)", intention);
    return match ? intention.substr(0, static_cast<std::size_t>((*match)[0].data() - intention.data())) : intention;
}

} // namespace

Json emotion(Prompt &p)
{
    std::string incident = p.find(R"((?s)Love, Hate\]\.(.*?)Please reconsider)");
    if (incident.empty())
        incident = p.last();
    const Mood mood = moodAfter(p, incident);
    Json result = Json::object();
    for (std::size_t i = 0; i < kEmotions.size(); ++i) {
        const std::string name(kEmotions[i]);
        const std::int64_t now = whole(p.find(name + R"(: (\d+))", "5"));
        result[name] = now + std::clamp<std::int64_t>(mood.levels[i] - now, -2, 2);
    }
    result["conclusion"] = mood.conclusion;
    result["word"] = mood.word;
    return result;
}

Json thought(Prompt &p)
{
    const Phrase phrase =
        p.pick("thought", std::array<Phrase, 3>{{{"I should see my friends more often.", "我该多见见朋友。"},
                              {"I am content with small things.", "平凡的日子，我很知足。"},
                              {"Tomorrow I will take more time for myself.", "明天要多留点时间给自己。"}}});
    const bool busy = matches("(?i)worked|工作", p.text());
    return {
        {"thought", p.say(std::string("It was a ") + (busy ? "busy" : "quiet") + " day. " + std::string(phrase.english),
                        std::string(busy ? "忙碌" : "安静") + "的一天。" + std::string(phrase.chinese))}};
}

Json attitude(Prompt &p)
{
    const std::int64_t before = whole(p.find(R"(towards this topic as: (\d+))", "5"));
    return {{"attitude", std::clamp<std::int64_t>(before + p.number("shift", 3) - 1, 0, 10)},
        {"reason", p.say("Today changed little.", "今天变化不大。")}};
}

Json statusSummary(Prompt &p)
{
    const std::string intention = p.find("- Current Intention: (.*)");
    const std::string mood = lower(p.find("- Emotion: (.*)"));
    const auto words = doingWords(intention);
    // The first letter is taken off before the duration is, so that a bare " for 5 minutes" keeps its blank.
    const std::string first = lowerFirst(firstCodePoints(intention, 1));
    const std::string doing =
        words ? std::string(*words)
              : "about to " + first + withoutDuration(intention.substr(firstCodePoints(intention, 1).size()));
    return p.say("I am " + doing + ". What I feel most is " + (mood.empty() ? "calm" : mood) + ".",
        "我正要" + doing + "，心情" + (mood.empty() ? "平静" : mood) + "。");
}

} // namespace society::gateway::practice
