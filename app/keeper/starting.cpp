// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/keeper/keeper.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>

namespace society::keeper {

void Keeper::startCompanions(Millis now)
{
    for (const CompanionLaunch &launch : m_run.launch.companions) {
        Companion &companion = m_companions.emplace_back(launch);
        auto started = companion.start(std::move(m_run.secrets[launch.name]), now);
        if (!started) {
            failRun(started.error());
            return;
        }
        m_status.companions.push_back({companion.name(), companion.id(), 0});
        m_changed = true;
    }
}

void Keeper::watchCompanions(Millis now)
{
    bool allReady = true;
    std::size_t index = 0;
    for (Companion &companion : m_companions) {
        companion.feed();
        for (const CompanionLine &event : companion.read())
            alarm(event.event, companion.name() + ": " + event.detail);
        Status::Companion &shown = m_status.companions[index++];
        if (companion.isReady() && shown.port != companion.port()) {
            shown.port = companion.port();
            m_changed = true;
        }
        allReady = allReady && companion.isReady();
        if (m_status.stop || m_cause)
            continue; // it is being ended anyway
        if (!companion.lives())
            failRun({companion.isReady() && m_stage != Stage::Companions ? "companion_died" : "companion_failed",
                companion.howItEnded()});
        else if (companion.isLate(now))
            failRun({"companion_failed",
                companion.name() + ": not ready within " + std::to_string(companion.launch().readyMs) + " ms"});
    }
    if (m_stage != Stage::Companions || !allReady)
        return;
    const auto gateway = std::find_if(m_companions.begin(), m_companions.end(),
        [](const Companion &companion) { return companion.name() == "gateway"; });
    if (const auto filled = fillFiles(m_run, gateway == m_companions.end() ? 0 : gateway->port()); !filled) {
        failRun(filled.error());
        return;
    }
    wipe(m_run.token);
    m_stage = Stage::Waiting;
    if (!m_run.launch.turnLock.empty())
        enterPhase("waiting");
    takeTurn(now);
}

void Keeper::takeTurn(Millis now)
{
    if (m_stage != Stage::Waiting)
        return;
    if (!m_run.launch.turnLock.empty()) {
        auto lock = m_turn ? Errno<Fd>(std::move(m_turn)) : openAt(AT_FDCWD, m_run.launch.turnLock, O_RDWR | O_CREAT);
        // Without the file there are no turns: better a crowded start than none.
        if (!lock)
            warn("turn", m_run.launch.turnLock + ": " + words(lock.error()));
        else
            m_turn = std::move(*lock);
        if (m_turn && ::flock(m_turn.get(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
            return;
    }
    startRunner(now);
}

void Keeper::startRunner(Millis now)
{
    m_stage = Stage::Running;
    enterPhase("runner");
    SpawnPlan plan;
    plan.argv = m_run.launch.argv;
    plan.cwd = m_run.launch.cwd;
    plan.environment = &m_run.launch.environment;
    plan.log = "log.txt";
    plan.signalOnOurDeath = m_run.launch.stopSignal;
    const bool hadLog = m_log.open(m_run.folder.get(), plan.log);
    m_log.skip();
    auto started = spawn(plan);
    if (!started) {
        const std::string code = started.error().code == "disk_full" ? "disk_full" : "runner_missing";
        failRun({code, started.error().words});
        return;
    }
    m_runClock.start();
    m_runnerLives = true;
    if (!hadLog)
        (void)m_log.open(m_run.folder.get(), plan.log); // the runner has made it by now
    m_status.runner = started->id;
    m_status.startedAt = m_clocks->wall();
    m_silence.moved(now);
    m_changed = true;
    note(*m_clocks, "runner is process " + std::to_string(started->id.pid));
}

} // namespace society::keeper
