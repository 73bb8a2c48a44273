// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gateway/streamguard.h"

#include "app/gateway/jsonview.h"
#include "app/gateway/settings.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace society::gateway {

namespace {

constexpr std::size_t kMostWaiting = 64U << 10;

/// Where the next blank line ends, or the text.
std::size_t eventEnd(std::string_view text)
{
    for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) {
        const std::size_t next = at + 1 < text.size() && text[at + 1] == '\r' ? at + 2 : at + 1;
        if (next < text.size() && text[next] == '\n')
            return next + 1;
    }
    return text.size();
}

/// The words without the hidden characters.
std::string rewritten(
    const std::string &words, const std::vector<std::size_t> &hidden, const std::vector<std::size_t> &marked)
{
    std::string text;
    for (std::size_t at = 0; at < words.size(); ++at) {
        if (std::ranges::binary_search(marked, at))
            text += "***";
        if (!std::ranges::binary_search(hidden, at))
            text += words[at];
    }
    return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

} // namespace

StreamGuard::StreamGuard(std::string_view key)
    : m_key(key.size() < kShortestKey ? std::string_view() : key)
    , m_shorter(m_key.size(), 0)
{
    for (std::size_t i = 1, matched = 0; i < m_key.size(); ++i) { // Knuth, Morris, Pratt
        while (matched > 0 && m_key[i] != m_key[matched])
            matched = m_shorter[matched - 1];
        matched += m_key[i] == m_key[matched] ? 1U : 0U;
        m_shorter[i] = matched;
    }
}

std::string StreamGuard::feed(std::string_view events)
{
    if (m_key.empty())
        return std::string(events);
    while (!events.empty()) {
        const std::size_t end = eventEnd(events);
        take(events.substr(0, end));
        events.remove_prefix(end);
    }
    if (m_waitingBytes > kMostWaiting)
        return finish();
    std::uint64_t until = m_first + m_events.size();
    for (const auto &[name, channel] : m_channels) {
        if (!channel.begun.empty())
            until = std::min(until, channel.begun.front().event);
    }
    return release(until);
}

std::string StreamGuard::finish()
{
    m_channels.clear();
    return release(m_first + m_events.size());
}

void StreamGuard::take(std::string_view text)
{
    m_events.push_back({withoutKey(std::string(text), m_key), {}});
    const std::string_view event = m_events.back().text;
    m_waitingBytes += event.size();
    // A line of data each, as providers write them; in others a key is only seen where it is whole.
    for (std::size_t at = 0; at < event.size();) {
        const std::size_t end = std::min(event.find('\n', at), event.size());
        if (event.substr(at).starts_with("data:"))
            readPieces(event.substr(at + 5, end - at - 5), at + 5);
        at = end + 1;
    }
}

void StreamGuard::readPieces(std::string_view data, std::size_t offset)
{
    const JsonView choices = JsonView::read(data).member("choices");
    choices.eachItem([&](const JsonView &choice) {
        const auto [index, delta] = choice.members<2>({"index", "delta"});
        const std::string name(index.text());
        const auto [content, thoughts, calls] = delta.members<3>({"content", "reasoning_content", "tool_calls"});
        addPiece(name + " content", content, data, offset);
        addPiece(name + " thoughts", thoughts, data, offset);
        calls.eachItem([&](const JsonView &call) {
            const auto [number, function] = call.members<2>({"index", "function"});
            addPiece(name + " call " + std::string(number.text()), function.member("arguments"), data, offset);
        });
    });
}

void StreamGuard::addPiece(const std::string &channel, const JsonView &words, std::string_view data, std::size_t offset)
{
    if (!words.isString() || words.says(""))
        return;
    Event &event = m_events.back();
    const std::size_t start = offset + static_cast<std::size_t>(words.text().data() - data.data());
    event.pieces.push_back({start, words.text().size(), words.string(), {}, {}});
    Place place{m_first + m_events.size() - 1, event.pieces.size() - 1, 0};
    for (const char c : std::string(event.pieces.back().words)) {
        follow(m_channels[channel], c, place);
        ++place.at;
    }
}

void StreamGuard::follow(Channel &channel, char c, const Place &place)
{
    std::deque<Place> &begun = channel.begun;
    std::size_t matched = begun.size();
    while (matched > 0 && m_key[matched] != c)
        matched = m_shorter[matched - 1];
    matched += m_key[matched] == c ? 1U : 0U;
    begun.push_back(place);
    while (begun.size() > matched)
        begun.pop_front();
    if (matched < m_key.size())
        return;
    Piece &first = eventAt(begun.front().event).pieces[begun.front().piece];
    first.marked.push_back(begun.front().at);
    for (const Place &hidden : begun)
        eventAt(hidden.event).pieces[hidden.piece].hidden.push_back(hidden.at);
    begun.clear();
}

std::string StreamGuard::release(std::uint64_t until)
{
    std::string passed;
    for (; m_first < until; ++m_first) {
        Event &event = m_events.front();
        m_waitingBytes -= event.text.size();
        // From the back, so that what is replaced moves nothing that is still to come: fields come in any order.
        std::ranges::sort(event.pieces, {}, &Piece::start);
        for (auto piece = event.pieces.rbegin(); piece != event.pieces.rend(); ++piece) {
            if (!piece->hidden.empty())
                event.text.replace(piece->start, piece->length, rewritten(piece->words, piece->hidden, piece->marked));
        }
        passed += event.text;
        m_events.pop_front();
    }
    return passed;
}

} // namespace society::gateway
