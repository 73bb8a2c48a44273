// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gateway/practice/pattern.h"
#include "app/gateway/practice/replies.h"
#include "app/gateway/practice/text.h"
#include "app/gateway/practice/words.h"

#include <algorithm>

namespace society::gateway::practice {

namespace {

/// A background story's first sentence.
std::string firstSentence(const std::string &story)
{
    const auto match = search("(?s)^.*?[.。!]", story);
    return match ? std::string((*match)[0]) : story;
}

std::string introduction(const Prompt &p, const std::string &who)
{
    const std::string name = p.known("name");
    return p.say("I'm " + (name.empty() ? "a citizen of this town" : name) + (who.empty() ? "" : ", " + who) + ".",
        "我是" + (name.empty() ? "这座小城的居民" : name) + (who.empty() ? "" : "，" + who) + "。");
}

/// Something that was done lately, one for each match of the memory lines.
std::vector<Match> doneLately(const Prompt &p)
{
    return findAll(R"(- \[\w+\]: (?:I )?(.+?)(?: for \d+ \w+)? \[day)", p.text());
}

} // namespace

Json findPerson(Prompt &p)
{
    std::vector<std::int64_t> chosen;
    for (const Match &person : findAll(R"(target_id: (\d+).*?relationship_strength: ([\d.]+))", p.text())) {
        const double strength = std::min(decimal(person[2], 0.0), 100.0);
        chosen.insert(chosen.end(), 1 + static_cast<std::size_t>(strength * 4), whole(person[1]));
    }
    return {{"mode", p.pick("mode", std::array<std::string_view, 3>{"online", "online", "offline"})},
        {"target_id", chosen.empty() ? 0 : p.pick("who", chosen)}};
}

Json findFriend(Prompt &p)
{
    const std::vector<Match> offered = findAll(R"('index': (\d+))", p.text());
    const std::int64_t index = offered.empty() ? 0 : whole(p.pick("who", offered)[1]);
    const std::string_view mode = p.pick("mode", std::array<std::string_view, 2>{"online", "offline"});
    return "['" + std::string(mode) + "', " + std::to_string(index) + "]";
}

Json message(Prompt &p)
{
    p.setChinese(p.isChinese() || mostlyChinese(p.find("My intention is: (.*)")));
    const std::string text = p.say(p.pick("opener", kOpeners));
    if (p.has("propagation_count"))
        return {{"content", text}, {"propagation_count", 1}};
    return text;
}

Json chatReply(Prompt &p)
{
    const std::string heard = p.find("(?i)(?:received a message|收到的消息)[:：]\\s*(.*)");
    if (!heard.empty())
        p.setChinese(mostlyChinese(heard));
    std::string should = "YES";
    std::string content;
    if (matches(R"((?i)\bbye\b|再见|see you|到时候见)", heard) || !matches("[?？]", heard)) {
        should = "NO";
    } else if (matches(R"((?i)and you\?|你呢)", heard)) {
        content = p.say(p.pick("closer", kClosers));
    } else {
        const bool invited = matches("(?i)shall we|一起|好吗", heard) && !contains(heard, "最近");
        std::vector<Phrase> fits;
        for (std::size_t i = invited ? 1 : 0; i < kAnswers.size(); i += 2)
            fits.push_back(kAnswers[i]);
        content = p.say(p.pick("reply", fits));
    }
    Json answer{{"should_respond", should}};
    if (p.has("response_content"))
        answer["response_content"] = content;
    return answer;
}

Json chatText(Prompt &p)
{
    return p.say(p.pick("reply", kAnswers));
}

Json post(Prompt &p)
{
    return p.say(p.pick("post", std::array{kOpeners[2], kOpeners[4]}));
}

Json interview(Prompt &p)
{
    const std::string who = p.about();
    const std::string story = firstSentence(p.known("background story"));
    const std::vector<Match> did = doneLately(p);
    const std::string tail = !who.empty() || story.empty()
                                 ? std::string()
                                 : p.say(" What you should know about me: " + std::string(withoutLastDots(story)) + ".",
                                       "我的经历：" + story);
    const std::string intro = p.speakingAs();
    const std::string question = lower(p.last());
    std::string said;
    if (matches("your name|who are you|introduce|你是谁|名字|介绍", question)) {
        said = introduction(p, who);
    } else if (matches("how are you|feel|mood|感觉|心情|怎么样|好吗", question)) {
        said = intro + p.say("I feel all right today.", "我今天感觉还不错。");
    } else if (!did.empty() && matches("(today|lately|recent|did you|have you|今天|最近)", question)) {
        const std::string lately(firstCodePoints(p.pick("did", did)[1], 80));
        said = intro + p.say("I had an ordinary day. Lately: " + lately + ".", "今天过得很平常，做了自己该做的事。");
    } else {
        constexpr std::array<Phrase, 3> opinions{{
            {"I see good and bad sides in it, but on the whole I am in favour.", "我觉得有利有弊，总体上赞成。"},
            {"I have not thought much about it, it does not touch my day.", "我没怎么想过，对我的生活影响不大。"},
            {"I think it matters to people like me.", "我觉得这对我这样的人很重要。"},
        }};
        said = intro + p.say(p.pick("opinion", opinions));
    }
    return upperFirst(said) + tail;
}

Json persuade(Prompt &p)
{
    using Sentences = std::array<std::string_view, 2>;
    if (p.has("disagree"))
        return p.pick("against", Sentences{"I understand the worry, but new rules would hit honest people first.",
                                     "Before we add laws, let us enforce the ones we have."});
    return p.pick("for", Sentences{"Stricter checks would save lives and cost honest people very little.",
                             "If one more check prevents one tragedy, I think it is worth it."});
}

Json remark(Prompt &p)
{
    return p.say(
        p.pick("remark", std::array<Phrase, 3>{{{"It is good to know, I will keep it in mind.", "知道了，我会留意的。"},
                             {"Interesting, it makes me think.", "很有意思，让我深思。"},
                             {"It makes this place feel alive.", "这里很有生活气息。"}}}));
}

} // namespace society::gateway::practice
