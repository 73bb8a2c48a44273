// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/keeper/sweeper.h"

#include <algorithm>
#include <csignal>

namespace society::keeper {

namespace {

/// How soon to look again after a kill: the killed must be reaped, and their children come up to us.
constexpr Millis again = 20;

} // namespace

Sweeper::Sweeper(pid_t root, pid_t session, std::vector<ProcessId> spare)
    : m_root(root)
    , m_session(session)
    , m_spare(std::move(spare))
{
}

std::vector<ProcessFacts> Sweeper::look() const
{
    const std::vector<ProcessFacts> all = allProcesses();
    std::vector<ProcessFacts> family = familyOf(all, m_root, m_session);
    for (const ProcessId &spared : m_spare) {
        const std::vector<ProcessFacts> below = familyOf(all, spared.pid, 0);
        std::erase_if(family, [&](const ProcessFacts &facts) {
            return facts.id == spared || std::any_of(below.begin(), below.end(),
                                             [&](const ProcessFacts &other) { return other.id == facts.id; });
        });
    }
    return family;
}

bool Sweeper::step(Millis now)
{
    if (m_deadline == 0)
        m_deadline = now + limit;
    if (now < m_due)
        return false;
    m_left = look();
    if (m_left.empty()) {
        if (m_seenClean)
            return true;
        m_seenClean = true;
        m_due = now + apart;
        return false;
    }
    m_seenClean = false;
    for (const ProcessFacts &facts : m_left)
        sendSignal(facts.id, SIGKILL);
    m_due = now + again;
    return now >= m_deadline;
}

} // namespace society::keeper
