// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/keeper/companion.h"

#include "app/keeper/logscan.h"
#include "app/keeper/verdict.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

namespace society::keeper {

namespace {

constexpr std::size_t longestLine = 65536;
constexpr std::size_t longestTrouble = 500; ///< of its own words that go into status.json

} // namespace

std::optional<int> exitCodeOf(int waitStatus)
{
    return WIFEXITED(waitStatus) ? std::optional<int>(WEXITSTATUS(waitStatus)) : std::nullopt;
}

std::optional<int> signalOf(int waitStatus)
{
    return WIFSIGNALED(waitStatus) ? std::optional<int>(WTERMSIG(waitStatus)) : std::nullopt;
}

Maybe<> Companion::start(std::string secrets, Millis now)
{
    SpawnPlan plan;
    plan.argv = m_launch->argv;
    plan.cwd = "."; // the run directory
    plan.pipeInput = plan.pipeOutput = true;
    plan.signalOnOurDeath = SIGTERM; // it has records to bring to the disk
    auto started = spawn(plan);
    if (!started) {
        wipe(secrets);
        return trouble("companion_failed", name() + ": " + started.error().words);
    }
    m_process = std::move(*started);
    m_secrets = std::move(secrets);
    m_readyBy = now + m_launch->readyMs;
    feed();
    return {};
}

void Companion::feed()
{
    while (m_fed < m_secrets.size()) {
        const ssize_t n = ::write(m_process.input.get(), m_secrets.data() + m_fed, m_secrets.size() - m_fed);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0 && errno == EAGAIN)
            return;
        if (n < 0)
            break; // it closed its standard input: whether it can do without, it says itself
        m_fed += static_cast<std::size_t>(n);
    }
    wipe(m_secrets);
    m_process.input.reset();
}

std::vector<CompanionLine> Companion::read()
{
    std::vector<CompanionLine> events;
    char block[4096];
    ssize_t n = 0;
    while (m_process.output && (n = ::read(m_process.output.get(), block, sizeof block)) != 0) {
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return events;
        for (std::string_view rest(block, static_cast<std::size_t>(n)); !rest.empty();) {
            const std::size_t end = std::min(rest.find('\n'), rest.size());
            m_lineTooLong = m_lineTooLong || m_line.size() + end > longestLine;
            if (!m_lineTooLong)
                m_line.append(rest.substr(0, end));
            if (end < rest.size()) {
                if (!m_lineTooLong)
                    take(m_line, events);
                m_line.clear();
                m_lineTooLong = false;
            }
            rest.remove_prefix(std::min(rest.size(), end + 1));
        }
    }
    m_process.output.reset(); // its end; whether it lives, waitpid tells
    return events;
}

void Companion::take(std::string_view text, std::vector<CompanionLine> &events)
{
    const auto line = parseCompanionLine(text);
    if (!line)
        return;
    if (line->ready) {
        m_ready = true;
        m_port = line->port;
    }
    if (line->failed)
        m_trouble = clipped(line->detail, longestTrouble);
    if (!line->event.empty())
        events.push_back(*line);
}

void Companion::ended(int waitStatus)
{
    m_ended = true;
    m_waitStatus = waitStatus;
}

std::string Companion::howItEnded() const
{
    // What it said itself tells more than how it ended.
    const std::string end = describeEnd(exitCodeOf(m_waitStatus), signalOf(m_waitStatus));
    return name() + ": " + (m_trouble.empty() ? end : m_trouble + " (" + end + ")");
}

void Companion::end(Millis now)
{
    if (!lives())
        return;
    if (!m_killAt) {
        m_killAt = now + endGrace;
        procfs::sendSignal(m_process.id, SIGTERM);
    } else if (now >= *m_killAt) {
        procfs::sendSignal(m_process.id, SIGKILL);
    }
}

} // namespace society::keeper
