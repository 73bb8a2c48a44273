// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/keeper/clocks.h"
#include "app/keeper/logreader.h"
#include "services/executor/procfs.h"

#include <array>
#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace society::keeper {

/// Whether a run's log or its database still move, or its LLM calls are still answered. A call that failed is no
/// answer: else a runner that does nothing but ask a dead provider again would never be still.
class SilenceWatch {
public:
    enum class News { None, Stalled, Moves };

    /// `calls`: what the gateway writes for each call; `database`: empty where there is none. Relative to the folder.
    SilenceWatch(int folder, std::string log, std::string calls, std::string database);

    /// Something happened, whatever the files say: the run or a phase began.
    void moved(Millis now);
    /// Looks at the files; Stalled once per silence of more than `limit` (0: never), Moves once it is over.
    [[nodiscard]] News look(Millis now, Millis limit);
    /// How long it has been still.
    [[nodiscard]] Millis silence(Millis now) const { return now - m_lastMove; }
    /// Calls that failed meanwhile, and the HTTP status of the last.
    struct Failed {
        std::size_t calls = 0;
        int status = 0;
    };
    [[nodiscard]] const Failed &failed() const { return m_failed; }

private:
    /// Size and time of last writing of log, database and the database's own side files.
    struct Mark {
        off_t size = -1;
        std::int64_t nanoseconds = 0;
        bool operator==(const Mark &) const = default;
    };
    using Marks = std::array<Mark, 4>;
    [[nodiscard]] Marks marks() const;
    [[nodiscard]] Mark mark(const std::string &name) const;
    /// Reads what was written of calls; whether one was answered.
    [[nodiscard]] bool readCalls();

    int m_folder;
    std::string m_log;
    std::string m_calls;
    std::string m_database;
    Marks m_marks;
    LogReader m_callReader;
    bool m_readsCalls = false;
    Failed m_failed;
    Millis m_lastMove = 0;
    bool m_stalled = false;
};

/// Whether the process that a runner cannot live without is still there: where it dies, the runner waits for ever.
class SimulatorWatch {
public:
    static constexpr Millis apart = 1000;  ///< between two looks
    static constexpr Millis seeking = 200; ///< while it is still to come: who dies at once must have been seen
    static constexpr Millis seekFor = 60'000;
    static constexpr Millis confirm = 5000; ///< gone for so long: a runner that ends by itself ends within it

    /// `name`: part of its program's path or arguments; empty: nothing is watched.
    explicit SimulatorWatch(std::string name)
        : m_name(std::move(name))
    {
    }

    /// Looks if it is time to; true, once, where it was there and has been gone for `confirm`.
    [[nodiscard]] bool look(Millis now, std::int64_t runner);

private:
    [[nodiscard]] bool find(std::int64_t runner);
    void findDead(const std::vector<procfs::ProcessFacts> &all, std::int64_t runner);

    std::string m_name;
    Millis m_due = 0;
    std::optional<Millis> m_begin;
    std::optional<procfs::ProcessId> m_found;
    std::optional<Millis> m_goneSince;
    bool m_told = false; ///< that this one is gone
};

} // namespace society::keeper
