// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace society::gateway {

class JsonView;

/// Keeps a key out of an answer that comes as server-sent events, also where its characters are spread over the words
/// of several events. An event whose words end in what may be the beginning of the key waits for the next ones; no
/// other waits but behind it, and no more than 64 KiB do. Keys as short as those that withoutKey() passes over are
/// passed over here, too. One thread.
class StreamGuard {
public:
    explicit StreamGuard(std::string_view key);

    /// Takes whole events; gives back what may be passed on.
    [[nodiscard]] std::string feed(std::string_view events);
    /// Nothing follows: what still waited.
    [[nodiscard]] std::string finish();

private:
    /// A character of the words of an event that is still here.
    struct Place {
        std::uint64_t event;
        std::size_t piece;
        std::size_t at;
    };
    /// Words within an event.
    struct Piece {
        std::size_t start; ///< of the JSON string in the event
        std::size_t length;
        std::string words;
        std::vector<std::size_t> hidden; ///< characters of a key
        std::vector<std::size_t> marked; ///< those of them that a mark stands for
    };
    struct Event {
        std::string text;
        std::vector<Piece> pieces;
    };
    /// Words that a client puts together: of a choice, or for one of its tools.
    struct Channel {
        std::deque<Place> begun; ///< the last characters, as many of them as begin the key
    };

    void take(std::string_view text);
    void readPieces(std::string_view data, std::size_t offset);
    void addPiece(const std::string &channel, const JsonView &words, std::string_view data, std::size_t offset);
    void follow(Channel &channel, char c, const Place &place);
    [[nodiscard]] std::string release(std::uint64_t until);
    [[nodiscard]] Event &eventAt(std::uint64_t number) { return m_events[number - m_first]; }

    const std::string m_key;
    std::vector<std::size_t> m_shorter; ///< of each beginning of the key the longest shorter one that ends it
    std::deque<Event> m_events;         ///< that wait, and the one being read
    std::uint64_t m_first = 0;          ///< the number of the first of them
    std::size_t m_waitingBytes = 0;
    std::map<std::string, Channel, std::less<>> m_channels;
};

} // namespace society::gateway
