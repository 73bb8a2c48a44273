// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/keeper/clocks.h"
#include "services/executor/procfs.h"

#include <vector>

namespace society::keeper {

/// Kills everything below this process until it has not one child left, or two looks half a second apart find nothing. A
/// step at a time, for the keeper has its heartbeat to write meanwhile; who steps must also reap. The process must be a
/// subreaper: nothing that it or its children ever started is then anywhere but below it, whatever its session or group.
class Sweeper {
public:
    static constexpr Millis apart = 500;
    static constexpr Millis limit = 30'000;

    /// `root`: this process. `spare`: processes that may stay, and all below them.
    explicit Sweeper(std::int64_t root, std::vector<procfs::ProcessId> spare = {});

    /// Looks if it is time to, and kills what it sees; true once nothing is left (or nothing more can be done: see
    /// left()).
    bool step(Millis now);
    /// When step() has something to do next.
    [[nodiscard]] Millis due() const { return m_due; }
    /// What could not be ended within the limit, such as a process that waits for a dead disk.
    [[nodiscard]] const std::vector<procfs::ProcessFacts> &left() const { return m_left; }

private:
    [[nodiscard]] std::vector<procfs::ProcessFacts> look(const std::vector<procfs::ProcessFacts> &all) const;

    std::int64_t m_root;
    std::vector<procfs::ProcessId> m_spare;
    std::vector<procfs::ProcessFacts> m_left;
    Millis m_due = 0;
    Millis m_deadline = 0;
    bool m_seenClean = false;
};

} // namespace society::keeper
