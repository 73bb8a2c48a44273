// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gateway/practice/prompt.h"

#include "app/gateway/practice/pattern.h"
#include "app/gateway/practice/text.h"

#include <algorithm>
#include <array>

namespace society::gateway::practice {

namespace {

constexpr std::array<std::uint32_t, 256> kCrcTable = [] {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t n = 0; n < table.size(); ++n) {
        std::uint32_t value = n;
        for (int bit = 0; bit < 8; ++bit)
            value = (value & 1U) != 0 ? 0xEDB88320U ^ value >> 1 : value >> 1;
        table[n] = value;
    }
    return table;
}();

/// The CRC-32 of zlib, continued from an earlier one.
std::uint32_t crc32(std::string_view text, std::uint32_t before = 0)
{
    std::uint32_t crc = ~before;
    for (const char byte : text)
        crc = kCrcTable[(crc ^ static_cast<unsigned char>(byte)) & 0xFFU] ^ crc >> 8;
    return ~crc;
}

/// Python's `value or ""` of a message's content, made a text.
std::string contentText(const Json &message)
{
    const auto content = message.find("content");
    if (content == message.end() || content->is_null())
        return {};
    if (content->is_string())
        return content->get<std::string>();
    const bool falsy = (content->is_boolean() && !content->get<bool>()) ||
                       (content->is_number() && content->get<double>() == 0.0) ||
                       (content->is_structured() && content->empty());
    return falsy ? std::string() : dumped(*content);
}

std::string_view chineseName(std::string_view attribute)
{
    constexpr std::array<std::pair<std::string_view, std::string_view>, 4> names{
        {{"name", "姓名"}, {"age", "年龄"}, {"occupation", "职业"}, {"gender", "性别"}}};
    for (const auto &[english, chinese] : names) {
        if (english == attribute)
            return chinese;
    }
    return attribute;
}

} // namespace

Prompt::Prompt(const Json &request, std::string_view seed)
    : m_request(request)
{
    std::size_t length = 0;
    for (const Json &message : request.at("messages")) {
        if (&message != &request.at("messages").front())
            m_text.push_back('\n');
        m_last = contentText(message);
        length += codePoints(m_last);
        m_text += m_last;
    }
    m_tokensIn = static_cast<std::int64_t>((length + 3) / 4);
    m_hash = crc32(m_text, crc32(seed));
    m_chinese = mostlyChinese(m_last);
}

bool Prompt::isChat(const Json &request)
{
    if (!request.is_object())
        return false;
    const auto messages = request.find("messages");
    return messages != request.end() && messages->is_array() && !messages->empty() &&
           std::all_of(messages->begin(), messages->end(), [](const Json &message) { return message.is_object(); });
}

std::int64_t Prompt::number(std::string_view salt, std::int64_t below) const
{
    // A CRC alone is linear, so that choices would go together; the last step of Murmur3 breaks that.
    std::uint32_t mixed = crc32(salt, m_hash);
    mixed = (mixed ^ mixed >> 16) * 0x85EBCA6BU;
    mixed = (mixed ^ mixed >> 13) * 0xC2B2AE35U;
    return static_cast<std::int64_t>(mixed ^ mixed >> 16) % below;
}

double Prompt::share(std::string_view salt, double low, double high) const
{
    return twoDecimals(low + (high - low) * static_cast<double>(number(salt, 101)) / 100);
}

std::string Prompt::find(std::string_view pattern, std::string_view otherwise) const
{
    const auto match = search(pattern, m_text);
    return std::string(match ? strip((*match)[1]) : otherwise);
}

std::vector<std::string> Prompt::listed(std::string_view pattern) const
{
    return listItems(find(pattern, "[]"));
}

bool Prompt::has(std::string_view words) const
{
    return contains(m_text, words);
}

double Prompt::hour() const
{
    const auto match = search(R"((?i)time:\s*(\d{1,2}):(\d{2}))", m_text);
    if (!match)
        return 12.0;
    return static_cast<double>(whole((*match)[1])) + static_cast<double>(whole((*match)[2])) / 60;
}

std::string Prompt::known(std::string_view name) const
{
    std::string value = find("(?i)(?:my|your|-) " + std::string(name) + "(?: level)?(?: is:?|:) (.+)");
    if (value.empty())
        value = find(std::string(chineseName(name)) + R"([:：]\s*(.+))");
    value = strip(value, " .。");
    const std::string folded = lower(value);
    if (folded == "none" || folded == "unknown" || folded == "no background story")
        return {};
    return value;
}

std::string Prompt::about() const
{
    const std::string age = known("age");
    std::string job = lower(known("occupation"));
    if (job == "other")
        job.clear();
    if (age.empty() && job.empty())
        return {};
    if (m_chinese)
        return (age.empty() ? std::string() : age + "岁的") + (job.empty() ? "居民" : job);
    const bool vowel = matches("^(?:8|11|18|[aeiou])", age.empty() ? job : age);
    return (vowel ? "an " : "a ") + (age.empty() ? std::string() : age + "-year-old ") +
           (job.empty() ? "resident" : job);
}

std::string Prompt::speakingAs() const
{
    const std::string who = about();
    if (who.empty())
        return {};
    return say("As ", "作为").append(who).append(m_chinese ? "，" : ", ");
}

std::string Prompt::say(std::string_view english, std::string_view chinese) const
{
    return std::string(m_chinese ? chinese : english);
}

} // namespace society::gateway::practice
