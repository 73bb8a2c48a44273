// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/keeper/keeper.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

namespace society::keeper {

namespace {

constexpr Millis heartbeat = 5000;
constexpr Millis retryWrite = 1000;
constexpr Millis tick = 200; ///< how often log, stop.json and database are looked at
constexpr std::size_t mostWarnings = 100;

procfs::ProcessId identity(pid_t pid)
{
    const auto facts = procfs::processFacts(pid);
    return {pid, facts ? facts->id.startTicks : 0};
}

} // namespace

void blockSignals()
{
    sigset_t all;
    sigfillset(&all);
    ::sigprocmask(SIG_SETMASK, &all, nullptr);
}

Keeper::Keeper(Run run, const Clocks &clocks)
    : m_run(std::move(run))
    , m_clocks(&clocks)
    , m_runClock(clocks)
    , m_scan(m_run.launch)
    , m_silence(m_run.folder.get(), "log.txt", "usage.jsonl", m_run.launch.database)
    , m_simulator(m_run.launch.simulator)
{
}

Keeper::~Keeper() = default;

Maybe<> Keeper::begin(pid_t guard)
{
    sigset_t taken;
    sigemptyset(&taken);
    sigaddset(&taken, SIGCHLD);
    sigaddset(&taken, SIGTERM);
    m_signals = Fd(::signalfd(-1, &taken, SFD_CLOEXEC | SFD_NONBLOCK));
    if (!m_signals)
        return trouble("io", "signalfd: " + words(errno));
    m_status.keeper = identity(::getpid());
    if (::getppid() == guard) // else it has died, and our parent is a stranger
        m_status.guard = identity(guard);
    m_status.id = m_run.launch.id;
    m_status.bootId = m_clocks->bootId();
    m_status.createdAt = m_clocks->wall();
    enterPhase("companions");
    m_status.heartbeatAt = m_clocks->wall();
    // The disk is waited for behind the runner's start, not before it: with m_changed still set the first step does it.
    // After a power cut in between there is no status, or an empty one: a run that never started, and has used nothing.
    const std::string text = m_status.toJson();
    if (const auto written = writeAt(m_run.folder.get(), "status.json", text, Durable::Later); !written)
        return trouble("io", "status.json: " + words(written.error()));
    m_writeDue = m_clocks->monotonic() + heartbeat;
    note(*m_clocks, "holds run " + m_status.id);
    return {};
}

void Keeper::keep()
{
    lookForStop(false); // asked before it began
    if (m_stage == Stage::Companions)
        startCompanions(m_clocks->monotonic());
    for (;;) {
        step(m_clocks->monotonic());
        if (m_stage == Stage::Done)
            return;
        wait(m_clocks->monotonic());
        takeSignals();
        reap();
    }
}

void Keeper::step(Millis now)
{
    lookForStop(false);
    // What a stage leads to is begun at once, not a tick later.
    for (Stage before = Stage::Done; before != m_stage && m_stage != Stage::Done;) {
        before = m_stage;
        stepStage(now);
    }
    if (m_stage != Stage::Done)
        writeStatusWhenDue(now);
}

void Keeper::stepStage(Millis now)
{
    switch (m_stage) {
    case Stage::Companions:
        watchCompanions(now);
        break;
    case Stage::Waiting:
        watchCompanions(now);
        takeTurn(now);
        break;
    case Stage::Running:
        watchCompanions(now);
        watchRun(now);
        break;
    case Stage::SweepRun:
        sweepRun(now);
        break;
    case Stage::EndCompanions:
        endCompanions(now);
        break;
    case Stage::SweepAll:
        sweepAll(now);
        break;
    case Stage::Done:
        break;
    }
}

void Keeper::wait(Millis now)
{
    std::vector<pollfd> fds{{m_signals.get(), POLLIN, 0}};
    for (const Companion &companion : m_companions) {
        fds.push_back({companion.inputFd(), POLLOUT, 0}); // poll passes over a negative descriptor
        fds.push_back({companion.outputFd(), POLLIN, 0});
    }
    Millis until = now + tick;
    if (m_killAt)
        until = std::min(until, *m_killAt);
    if (m_sweeper)
        until = std::min(until, m_sweeper->due());
    const Millis pause = m_moreLog ? 0 : std::clamp<Millis>(until - now, 0, tick);
    ::poll(fds.data(), fds.size(), static_cast<int>(pause));
}

void Keeper::takeSignals()
{
    signalfd_siginfo info = {};
    while (::read(m_signals.get(), &info, sizeof info) == static_cast<ssize_t>(sizeof info)) {
        if (info.ssi_signo != SIGTERM || m_status.endedAt || m_stage >= Stage::SweepRun)
            continue;
        note(*m_clocks, "told to end by a signal from process " + std::to_string(info.ssi_pid));
        const bool again = m_termSignals++ > 0;
        lookForStop(!again);
        if (m_status.stop) {
            if (again)
                stopRun({m_status.stop->reason, 0});
            continue;
        }
        // Who wants the run to stop says so in stop.json: a bare signal is the machine's shutdown, or somebody's kill.
        failRun({"shutdown", "signal " + std::to_string(SIGTERM) + " from process " + std::to_string(info.ssi_pid)});
        if (again)
            signalRunner(0);
    }
}

void Keeper::reap()
{
    int waitStatus = 0;
    pid_t pid = 0;
    while ((pid = ::waitpid(-1, &waitStatus, WNOHANG)) > 0) {
        if (m_runnerLives && pid == m_status.runner.pid)
            runnerEnded(waitStatus);
        for (Companion &companion : m_companions) {
            if (companion.lives() && companion.id().pid == pid) {
                companion.ended(waitStatus);
                note(*m_clocks, companion.howItEnded());
            }
        }
    }
}

void Keeper::enterPhase(const std::string &name)
{
    m_status.phases.push_back({name, m_clocks->wall()});
    m_changed = true;
    note(*m_clocks, "phase " + name);
}

void Keeper::warn(const std::string &code, const std::string &detail)
{
    note(*m_clocks, "warning " + code + ": " + detail);
    if (m_status.warnings.size() >= mostWarnings)
        return;
    m_status.warnings.push_back({code, m_clocks->wall(), std::nullopt, detail});
    m_changed = true;
}

bool Keeper::writeStatus()
{
    m_status.heartbeatAt = m_clocks->wall();
    m_status.runMs = m_runClock.ran();
    m_status.suspendedMs = m_runClock.suspended();
    const auto written = writeAt(m_run.folder.get(), "status.json", m_status.toJson());
    m_writeDue = m_clocks->monotonic() + (written ? heartbeat : retryWrite);
    m_changed = m_changed && !written;
    if (!written) {
        note(*m_clocks, "status.json: " + words(written.error()));
        m_wasFull = m_wasFull || isFull(written.error());
    }
    return written.has_value();
}

void Keeper::writeStatusWhenDue(Millis now)
{
    // A change is written at once, unless the last writing failed: then no sooner than the next try.
    const bool failing = m_writeDue - now <= retryWrite && m_wasFull;
    if (now >= m_writeDue || (m_changed && !failing))
        (void)writeStatus();
}

} // namespace society::keeper
