// SPDX-License-Identifier: GPL-3.0-or-later
#include "loglines.h"

#include <array>
#include <cstdio>

namespace society::bench {

namespace {

constexpr std::array Wishes = {"eat something at the restaurant near the office", "visit a friend and talk about the weather",
    "go to work and finish the report before noon", "buy vegetables, rice and a bottle of soy sauce"};
constexpr std::array Faults = {"OpenAIError: Error code: 429 - {'error': {'message': 'Rate limit reached'}}",
    "TimeoutError: ``", "API connection error: `Connection error.`", "LLM Error: `Expecting value: line 1 column 1 (char 0)`"};

} // namespace

std::uint64_t LogLines::below(std::uint64_t bound)
{
    m_state ^= m_state << 13;
    m_state ^= m_state >> 7;
    m_state ^= m_state << 17;
    return m_state % bound;
}

void LogLines::line(std::string &text, const char *level, const std::string &message, bool fromWorker)
{
    m_ms += static_cast<std::int64_t>(below(3));
    const std::int64_t second = m_ms / 1000;
    std::array<char, 128> head{};
    std::snprintf(head.data(), head.size(), "2026-11-%02d %02d:%02d:%02d,%03d - agentsociety - %s - ",
        static_cast<int>(1 + second / 86400 % 28), static_cast<int>(second / 3600 % 24),
        static_cast<int>(second / 60 % 60), static_cast<int>(second % 60), static_cast<int>(m_ms % 1000), level);
    if (fromWorker)
        text += "\x1b[36m(LLMActor pid=" + std::to_string(30000 + below(8)) + ")\x1b[0m ";
    text += head.data();
    text += message;
    text += '\n';
}

void LogLines::appendStep(std::string &text)
{
    const std::int64_t day = m_step / 96;
    const std::int64_t second = m_step % 96 * 900 + 1;
    const std::string clock = "(" + std::to_string(day) + "-" + std::to_string(second) + ") ";
    line(text, "INFO", "Start simulation day " + std::to_string(day) + " at " + std::to_string(second) + ", step " +
                           std::to_string(m_step));
    line(text, "INFO", "Received " + std::to_string(below(20)) + " messages");
    for (const char *what : {"pending messages", "pending dialogs", "pending surveys"})
        line(text, "INFO", clock + "Finished fetching " + what + ". " + std::to_string(below(50)) + " fetched.");
    line(text, "INFO", clock + "Finished setting received messages");
    for (std::uint64_t i = below(4); i > 0; --i)
        line(text, "WARNING", "No suitable block for agent " + std::to_string(1 + below(5000)) + " with the wish to " +
                                  Wishes[below(Wishes.size())] + "; it waits until the next step of the simulation");
    line(text, "INFO", "LLM request count: " + std::to_string(m_step * 17));
    if (below(6) == 0) {
        const std::string prompt =
            "[{'role': 'system', 'content': 'You live in the town. Your name is Citizen " + std::to_string(below(5000)) +
            ". Decide what to do next and answer in JSON.'}, {'role': 'user', 'content': 'I want to " +
            Wishes[below(Wishes.size())] + (below(8) == 0 ? " 我想去公园散步，然后回家吃饭" : "") + "'}]";
        line(text, "WARNING", std::string(Faults[below(Faults.size())]) + " for request " + prompt +
                                  " None auto. original response: `None`. Retry " + std::to_string(1 + below(10)) + " of 10",
            below(2) == 0);
    }
    if (below(2000) == 0) {
        line(text, "ERROR", "Agent " + std::to_string(below(5000)) + " failed in its forward step");
        text += "Traceback (most recent call last):\n  File \"/venv/agentsociety/agent/agent_base.py\", line 352, in run\n"
                "    await self.forward()\nasyncio.exceptions.CancelledError\n";
    }
    ++m_step;
}

} // namespace society::bench
