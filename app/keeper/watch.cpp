// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/keeper/watch.h"

#include <fcntl.h>
#include <sys/stat.h>

namespace society::keeper {

SilenceWatch::SilenceWatch(int folder, std::string log, std::string calls, std::string database)
    : m_folder(folder)
    , m_log(std::move(log))
    , m_calls(std::move(calls))
    , m_database(std::move(database))
{
}

SilenceWatch::Mark SilenceWatch::mark(const std::string &name) const
{
    struct stat facts = {};
    if (::fstatat(m_folder, name.c_str(), &facts, 0) != 0)
        return {};
    return {facts.st_size, std::int64_t(facts.st_mtim.tv_sec) * 1'000'000'000 + facts.st_mtim.tv_nsec};
}

SilenceWatch::Marks SilenceWatch::marks() const
{
    if (m_database.empty())
        return {mark(m_log), mark(m_calls), {}, {}, {}};
    return {mark(m_log), mark(m_calls), mark(m_database), mark(m_database + "-journal"), mark(m_database + "-wal")};
}

SilenceWatch::News SilenceWatch::look(Millis now, Millis limit)
{
    if (const Marks current = marks(); current != m_marks) {
        m_marks = current;
        m_lastMove = now;
    }
    const bool stalled = limit > 0 && silence(now) > limit;
    if (stalled == m_stalled)
        return News::None;
    m_stalled = stalled;
    return stalled ? News::Stalled : News::Moves;
}

bool SimulatorWatch::look(Millis now, std::int64_t runner)
{
    if (m_name.empty() || now < m_due)
        return false;
    if (!m_begin)
        m_begin = now;
    m_due = now + (!m_found && now - *m_begin < seekFor ? seeking : apart);
    if (m_found) {
        if (procfs::isAlive(*m_found))
            return false;
    }
    const bool known = m_found.has_value();
    if (find(runner)) { // the first time, or another took its place
        m_goneSince.reset();
        m_told = false;
        return false;
    }
    if (!known || m_told)
        return false;
    if (!m_goneSince)
        m_goneSince = now;
    m_told = now - *m_goneSince >= confirm;
    return m_told;
}

bool SimulatorWatch::find(std::int64_t runner)
{
    const std::vector<procfs::ProcessFacts> all = procfs::allProcesses();
    for (const procfs::ProcessFacts &facts : procfs::familyOf(all, runner, 0)) {
        if (!procfs::runsProgram(facts.id.pid, m_name))
            continue;
        m_found = facts.id;
        return true;
    }
    if (!m_found)
        findDead(all, runner);
    return false;
}

// One that died between two looks is a zombie, since its runner waits for it to answer and not to end. It was there,
// and from now on it is gone.
void SimulatorWatch::findDead(const std::vector<procfs::ProcessFacts> &all, std::int64_t runner)
{
    constexpr std::size_t longestName = 15; // the kernel's
    for (const procfs::ProcessFacts &facts : all) {
        if (facts.parent == runner && facts.isZombie() && procfs::nameOf(facts.id.pid) == m_name.substr(0, longestName))
            m_found = facts.id;
    }
}

} // namespace society::keeper
