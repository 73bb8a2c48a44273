// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/keeper/sweeper.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <sys/wait.h>

namespace society::keeper {

namespace {

/// How soon to look again after a kill: the killed must be reaped, and their children come up to us.
constexpr Millis again = 20;

/// A subreaper without a child has nothing below it, and never will: what came from its children came to it when they
/// died. The kernel's word for it, where a look into /proc may miss one that is just being made.
bool isChildless()
{
    siginfo_t info = {};
    return ::waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) != 0 && errno == ECHILD;
}

} // namespace

Sweeper::Sweeper(std::int64_t root, std::vector<procfs::ProcessId> spare)
    : m_root(root)
    , m_spare(std::move(spare))
{
}

std::vector<procfs::ProcessFacts> Sweeper::look(const std::vector<procfs::ProcessFacts> &all) const
{
    std::vector<procfs::ProcessFacts> family = procfs::familyOf(all, m_root, 0);
    for (const procfs::ProcessId &spared : m_spare) {
        const std::vector<procfs::ProcessFacts> below = procfs::familyOf(all, spared.pid, 0);
        std::erase_if(family, [&](const procfs::ProcessFacts &facts) {
            return facts.id == spared || std::any_of(below.begin(), below.end(),
                                             [&](const procfs::ProcessFacts &other) { return other.id == facts.id; });
        });
    }
    return family;
}

bool Sweeper::step(Millis now)
{
    if (m_deadline == 0)
        m_deadline = now + limit;
    if (isChildless()) {
        m_left.clear();
        return true;
    }
    if (now < m_due)
        return false;
    const std::vector<procfs::ProcessFacts> all = procfs::allProcesses();
    if (all.empty()) { // not even this one: without a file handle nothing can be seen, and nothing is certain
        m_seenClean = false;
        m_due = now + apart;
        return now >= m_deadline;
    }
    m_left = look(all);
    if (m_left.empty()) {
        if (m_seenClean)
            return true;
        m_seenClean = true;
        m_due = now + apart;
        return false;
    }
    m_seenClean = false;
    for (const procfs::ProcessFacts &facts : m_left)
        procfs::sendSignal(facts.id, SIGKILL);
    m_due = now + again;
    return now >= m_deadline;
}

} // namespace society::keeper
