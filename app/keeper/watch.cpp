// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/keeper/watch.h"

#include <charconv>
#include <fcntl.h>
#include <sys/stat.h>

namespace society::keeper {

namespace {

constexpr std::size_t callsPerLook = 1U << 20U; // bytes

/// The HTTP status of a call's line; 0 where it has none (the header). The gateway writes compact JSON, in which a
/// quote inside a text has a backslash before it: what looks like the key is the key.
int statusIn(std::string_view line)
{
    constexpr std::string_view key = ",\"status\":";
    const std::size_t at = line.find(key);
    int status = 0;
    if (at != std::string_view::npos)
        std::from_chars(line.data() + at + key.size(), line.data() + line.size(), status);
    return status;
}

} // namespace

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
        return {mark(m_log), {}, {}, {}};
    return {mark(m_log), mark(m_database), mark(m_database + "-journal"), mark(m_database + "-wal")};
}

void SilenceWatch::moved(Millis now)
{
    m_lastMove = now;
    m_failed = {};
}

bool SilenceWatch::readCalls()
{
    m_readsCalls = m_readsCalls || m_callReader.open(m_folder, m_calls);
    bool answered = false;
    (void)m_callReader.read(callsPerLook, [&](std::string_view line, bool start) {
        if (!start || !line.starts_with("{\"seq\":")) // the header, or the rest of a line that is none of ours
            return;
        const int status = statusIn(line);
        const bool isAnswer = status >= 200 && status <= 299 && line.find(",\"error\":\"\"") != std::string_view::npos;
        answered = answered || isAnswer;
        m_failed = isAnswer ? Failed() : Failed{m_failed.calls + 1, status};
    });
    return answered;
}

SilenceWatch::News SilenceWatch::look(Millis now, Millis limit)
{
    const bool answered = readCalls();
    if (const Marks current = marks(); answered || current != m_marks) {
        m_marks = current;
        moved(now);
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
