// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/keeper/json.h"
#include "app/keeper/spawn.h"

#include <optional>
#include <string>
#include <vector>

namespace society::keeper {

/// A program beside the runner: is handed its secrets, says that it is ready, reports events, is ended at last.
class Companion {
public:
    static constexpr Millis endGrace = 3000; ///< from SIGTERM to SIGKILL

    explicit Companion(const CompanionLaunch &launch)
        : m_launch(&launch)
    {
    }

    /// Starts it; `secrets` is wiped once it is handed over. Trouble `companion_failed`.
    [[nodiscard]] Maybe<> start(std::string secrets, Millis now);

    [[nodiscard]] const std::string &name() const { return m_launch->name; }
    [[nodiscard]] const procfs::ProcessId &id() const { return m_process.id; }
    [[nodiscard]] bool lives() const { return m_process.id.pid != 0 && !m_ended; }
    [[nodiscard]] bool isReady() const { return m_ready; }
    [[nodiscard]] int port() const { return m_port; }
    /// Its ready line is overdue.
    [[nodiscard]] bool isLate(Millis now) const { return !m_ready && now >= m_readyBy; }
    [[nodiscard]] const CompanionLaunch &launch() const { return *m_launch; }

    /// Descriptors to wait for, -1 where there is none.
    [[nodiscard]] int inputFd() const { return m_secrets.empty() ? -1 : m_process.input.get(); }
    [[nodiscard]] int outputFd() const { return m_process.output.get(); }
    /// Hands on what its standard input takes.
    void feed();
    /// Reads what it printed; the events since the last call.
    [[nodiscard]] std::vector<CompanionLine> read();

    /// It was reaped.
    void ended(int waitStatus);
    /// How it ended, in words.
    [[nodiscard]] std::string howItEnded() const;

    /// SIGTERM now, SIGKILL after endGrace: call it until the companion does not live.
    void end(Millis now);

private:
    void take(std::string_view line, std::vector<CompanionLine> &events);

    const CompanionLaunch *m_launch;
    Spawned m_process;
    std::string m_secrets;
    std::size_t m_fed = 0;
    std::string m_line;
    bool m_lineTooLong = false;
    bool m_ready = false;
    int m_port = 0;
    std::string m_trouble; ///< why it will not be ready, in its own words
    Millis m_readyBy = 0;
    bool m_ended = false;
    int m_waitStatus = 0;
    std::optional<Millis> m_killAt;
};

/// The exit code or the signal of a waitpid status.
[[nodiscard]] std::optional<int> exitCodeOf(int waitStatus);
[[nodiscard]] std::optional<int> signalOf(int waitStatus);

} // namespace society::keeper
