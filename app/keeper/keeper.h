// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/keeper/companion.h"
#include "app/keeper/logreader.h"
#include "app/keeper/logscan.h"
#include "app/keeper/run.h"
#include "app/keeper/status.h"
#include "app/keeper/sweeper.h"
#include "app/keeper/watch.h"

#include <list>
#include <memory>
#include <optional>
#include <poll.h>
#include <string>
#include <vector>

namespace society::keeper {

/// Owns one run from its companions' start until nothing of it is left. One thread, for the kernel's word to the
/// children when their parent dies is given per thread; one loop of poll(2), in which nothing waits.
class Keeper {
public:
    /// `run` is held already; signals are blocked for this process (blockSignals()).
    Keeper(Run run, const Clocks &clocks);
    ~Keeper();
    Keeper(const Keeper &) = delete;
    Keeper &operator=(const Keeper &) = delete;

    /// Writes the first status.json, in which `guard` stands if it lives. Trouble `io`.
    [[nodiscard]] Maybe<> begin(pid_t guard);
    /// Keeps the run until it has ended and status.json says so.
    void keep();

private:
    enum class Stage { Companions, Waiting, Running, SweepRun, EndCompanions, SweepAll, Done };

    // keeper.cpp: the loop
    void step(Millis now);
    void stepStage(Millis now);
    void wait(Millis now);
    void takeSignals();
    void reap();

    // starting.cpp
    void startCompanions(Millis now);
    void watchCompanions(Millis now);
    void takeTurn(Millis now);
    void startRunner(Millis now);

    // running.cpp
    void watchRun(Millis now);
    void readLog();
    void watchSilence(Millis now);
    void releaseTurn();
    void alarm(const std::string &code, const std::string &detail);

    // ending.cpp
    void lookForStop(bool evenIfSeen);
    void stopRun(const StopFile &request);
    void failRun(const Trouble &cause);
    void signalRunner(Millis graceMs);
    void killWhenDue(Millis now);
    void runnerEnded(int waitStatus);
    void beginEnding();
    void sweepRun(Millis now);
    void endCompanions(Millis now);
    void sweepAll(Millis now);
    void decideOutcome();
    void finish();

    // keeper.cpp: the status
    void enterPhase(const std::string &name);
    void warn(const std::string &code, const std::string &detail);
    [[nodiscard]] bool writeStatus();
    void writeStatusWhenDue(Millis now);

    Run m_run;
    const Clocks *m_clocks;
    Stage m_stage = Stage::Companions;
    Fd m_signals;
    std::list<Companion> m_companions;

    Status m_status;
    bool m_changed = false;
    Millis m_writeDue = 0;
    bool m_wasFull = false;   ///< a status could not be written for want of space
    bool m_fullAtEnd = false; ///< when the runner ended

    Fd m_turn;
    RunClock m_runClock;
    LogReader m_log;
    LogScan m_scan;
    ErrorLines m_errors;
    SilenceWatch m_silence;
    SimulatorWatch m_simulator;
    bool m_moreLog = false;
    off_t m_logAtEnd = 0; ///< the log's size when the runner ended

    int m_termSignals = 0;
    std::int64_t m_stopFileSeen = 0; ///< a mark of the stop.json that was read last
    std::optional<Trouble> m_cause;
    bool m_runnerLives = false;
    std::optional<Millis> m_killAt;
    std::unique_ptr<Sweeper> m_sweeper;
};

/// Blocks every signal for this process; the keeper takes them from a descriptor, children get the defaults back.
void blockSignals();

} // namespace society::keeper
