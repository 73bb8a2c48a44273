// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/keeper/keeper.h"
#include "app/keeper/verdict.h"

#include <algorithm>
#include <csignal>
#include <ctime>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

namespace society::keeper {

namespace {

constexpr std::uint64_t nothingFree = 64U << 10U; ///< less than this is a full disk

bool isFolderFull(int folder)
{
    struct statvfs facts = {};
    return ::fstatvfs(folder, &facts) == 0 && std::uint64_t(facts.f_bavail) * facts.f_frsize < nothingFree;
}

} // namespace

void Keeper::lookForStop(bool evenIfSeen)
{
    struct stat facts = {};
    const bool over = m_stage >= Stage::SweepRun || m_status.endedAt;
    if (over || ::fstatat(m_run.folder.get(), "stop.json", &facts, 0) != 0)
        return;
    // Written by rename, so that another stop.json is another file, or at the least another time.
    const std::int64_t mark = std::int64_t(facts.st_mtim.tv_sec) * 1'000'000'000 + facts.st_mtim.tv_nsec +
                              static_cast<std::int64_t>(facts.st_ino);
    if (mark == m_stopFileSeen && !evenIfSeen)
        return;
    m_stopFileSeen = mark;
    const auto text = readAt(m_run.folder.get(), "stop.json", 65536);
    stopRun(text ? parseStop(*text) : StopFile{"user", std::nullopt});
}

void Keeper::stopRun(const StopFile &request)
{
    const Millis grace = request.graceMs.value_or(m_run.launch.graceMs);
    if (!m_status.stop || grace < m_status.stop->graceMs) {
        const std::string reason = m_status.stop ? m_status.stop->reason : request.reason;
        m_status.stop = {m_clocks->wall(), reason, grace, m_clocks->wall() + grace};
        m_changed = true;
        note(*m_clocks, "stops the run, reason " + reason + ", grace " + std::to_string(grace) + " ms");
    }
    signalRunner(grace);
}

void Keeper::failRun(const Trouble &cause)
{
    if (m_cause || m_status.stop || m_status.endedAt)
        return; // it is over, or being ended for a reason that came first
    m_cause = cause;
    note(*m_clocks, "ends the run: " + cause.code + ": " + cause.words);
    signalRunner(m_run.launch.graceMs);
}

void Keeper::signalRunner(Millis graceMs)
{
    if (!m_runnerLives) {
        if (!m_status.startedAt)
            beginEnding();
        return;
    }
    const bool first = !m_killAt;
    const Millis killAt = m_clocks->monotonic() + graceMs;
    m_killAt = first ? killAt : std::min(*m_killAt, killAt);
    // To the runner alone: what it has started it brings down itself, and better than a signal to all would.
    // It is ours and not reaped yet, so its pid cannot be another's.
    if (first && graceMs > 0)
        ::kill(static_cast<pid_t>(m_status.runner.pid), m_run.launch.stopSignal);
    killWhenDue(m_clocks->monotonic());
}

void Keeper::killWhenDue(Millis now)
{
    if (!m_runnerLives || !m_killAt || now < *m_killAt)
        return;
    note(*m_clocks, "kills the runner's group");
    ::kill(-static_cast<pid_t>(m_status.runner.pid), SIGKILL);
    m_killAt = now + 1000; // again, should one of the group have come into being meanwhile
}

void Keeper::runnerEnded(int waitStatus)
{
    m_runClock.stop();
    m_runnerLives = false;
    m_killAt.reset();
    m_status.endedAt = m_clocks->wall();
    m_status.exitCode = exitCodeOf(waitStatus);
    m_status.signal = signalOf(waitStatus);
    note(*m_clocks, "runner ended: " + describeEnd(m_status.exitCode, m_status.signal));
    m_logAtEnd = m_log.size();
    m_fullAtEnd = isFolderFull(m_run.folder.get()); // somebody may make room before the run is closed
    releaseTurn();
}

void Keeper::beginEnding()
{
    if (m_stage >= Stage::SweepRun)
        return;
    m_stage = Stage::SweepRun;
    m_moreLog = false;
    enterPhase("ending");
}

void Keeper::sweepRun(Millis now)
{
    if (!m_sweeper) {
        std::vector<procfs::ProcessId> companions;
        for (const Companion &companion : m_companions) {
            if (companion.lives())
                companions.push_back(companion.id());
        }
        m_sweeper = std::make_unique<Sweeper>(m_status.keeper.pid, std::move(companions));
    }
    // One look without finding is enough here: the thorough sweep comes when the companions are gone.
    if (!m_sweeper->step(now) && !m_sweeper->left().empty())
        return;
    m_sweeper.reset();
    m_stage = Stage::EndCompanions;
    endCompanions(now);
}

void Keeper::endCompanions(Millis now)
{
    if (m_status.startedAt)
        readLog();
    bool allEnded = true;
    for (Companion &companion : m_companions) {
        companion.feed();
        for (const CompanionLine &event : companion.read())
            alarm(event.event, companion.name() + ": " + event.detail);
        companion.end(now);
        allEnded = allEnded && !companion.lives();
    }
    if (!allEnded || m_moreLog)
        return;
    m_stage = Stage::SweepAll;
    m_sweeper = std::make_unique<Sweeper>(m_status.keeper.pid);
}

void Keeper::sweepAll(Millis now)
{
    if (!m_sweeper->step(now))
        return;
    for (const procfs::ProcessFacts &facts : m_sweeper->left())
        warn("process_left", "process " + std::to_string(facts.id.pid) + ", state " + facts.state);
    m_sweeper.reset();
    if (const std::string failed = removeFolders(m_run); !failed.empty())
        warn("folder_left", failed);
    finish();
}

void Keeper::decideOutcome()
{
    const std::string error = m_errors.text();
    const bool full = saysDiskFull(error) || m_wasFull || m_fullAtEnd || isFolderFull(m_run.folder.get());
    const Verdict verdict = judge(
        {m_status.exitCode, m_status.signal, m_status.stop ? m_status.stop->reason : std::string(), m_cause, full});
    m_status.lastError = error;
    m_status.outcome = verdict.outcome;
    m_status.reasonCode = verdict.reasonCode;
    m_status.reason = verdict.reason;
}

void Keeper::finish()
{
    decideOutcome();
    if (!m_status.endedAt)
        m_status.endedAt = m_clocks->wall();
    enterPhase("ended");
    note(*m_clocks, "run " + m_status.outcome + ", " + m_status.reasonCode);
    // What became of the run is known here only, so it waits for space as long as that takes; for other failures, and
    // where the folder itself is gone, there is nothing to wait for.
    const Millis giveUp = m_clocks->monotonic() + 60'000;
    struct stat facts = {};
    while (!writeStatus() && ::fstatat(AT_FDCWD, "status.json", &facts, 0) == 0 &&
           (m_wasFull || m_clocks->monotonic() < giveUp)) {
        decideOutcome(); // that there is no space may be known only now, and explains why a run failed
        const timespec pause = {1, 0};
        ::nanosleep(&pause, nullptr);
    }
    m_stage = Stage::Done;
}

} // namespace society::keeper
