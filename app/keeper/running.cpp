// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/keeper/keeper.h"

#include <sys/stat.h>

namespace society::keeper {

namespace {

constexpr std::size_t logPerStep = 4U << 20U; ///< a flood must not keep the loop from its other duties

} // namespace

void Keeper::watchRun(Millis now)
{
    if (m_stage != Stage::Running)
        return;
    readLog();
    if (!m_runnerLives) {
        // What the runner said until its end is looked at first; what its children may still say does not count as
        // long.
        if (!m_moreLog || m_log.offset() >= m_logAtEnd)
            beginEnding();
        return;
    }
    killWhenDue(now);
    if (m_killAt)
        return; // it is being ended: silence is no news
    if (struct stat folder; ::fstat(m_run.folder.get(), &folder) == 0 && folder.st_nlink == 0) {
        // Nothing it does could be seen, stopped or billed any more.
        failRun({"folder_gone", "the run directory was removed"});
        return;
    }
    watchSilence(now);
    if (m_stage == Stage::Running && m_simulator.look(now, m_status.runner.pid))
        alarm("simulator_gone", m_run.launch.simulator);
}

void Keeper::readLog()
{
    // A line without an end may still grow while the runner lives.
    const auto see = [this](std::string_view text, bool start) {
        m_scan.see(text);
        if (start)
            m_errors.see(text);
    };
    m_moreLog = m_log.read(logPerStep, see);
    if (!m_runnerLives && !m_moreLog)
        m_log.finish(see);
    for (const std::size_t index : m_scan.takePhases()) {
        if (m_stage >= Stage::SweepRun)
            break; // said too late to be where the run is
        const std::string &name = m_run.launch.phases[index].name;
        enterPhase(name);
        if (name == m_run.launch.turnUntilPhase)
            releaseTurn();
        if (name == m_run.launch.simulatorUntil)
            m_simulator = SimulatorWatch({});
    }
    for (const LogScan::Alarm &raised : m_scan.takeAlarms())
        alarm(raised.code, raised.line);
}

void Keeper::watchSilence(Millis now)
{
    const std::size_t begun = m_scan.phasesBegun();
    const Millis limit = begun == 0 ? m_run.launch.runnerSilentMs : m_run.launch.phases[begun - 1].silentMs;
    switch (m_silence.look(now, limit)) {
    case SilenceWatch::News::Stalled: {
        const SilenceWatch::Failed failed = m_silence.failed();
        alarm("stalled", "no new byte in log or database and no answered call for " +
                             std::to_string(m_silence.silence(now)) + " ms" +
                             (failed.calls == 0 ? std::string()
                                                : "; failed calls: " + std::to_string(failed.calls) +
                                                      ", the last with status " + std::to_string(failed.status)));
        break;
    }
    case SilenceWatch::News::Moves:
        for (Status::Warning &warning : m_status.warnings) {
            if (warning.code == "stalled" && !warning.until)
                warning.until = m_clocks->wall();
        }
        m_changed = true;
        break;
    case SilenceWatch::News::None:
        break;
    }
}

void Keeper::releaseTurn()
{
    m_turn.reset();
}

void Keeper::alarm(const std::string &code, const std::string &detail)
{
    warn(code, detail);
    const auto policy = m_run.launch.endsRun.find(code);
    if (policy != m_run.launch.endsRun.end() && policy->second && m_stage < Stage::SweepRun)
        failRun({code, detail});
}

} // namespace society::keeper
