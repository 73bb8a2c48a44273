// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/trial/place.h"
#include "tests/trial/plan.h"

#include <QElapsedTimer>
#include <QMutex>
#include <QProcess>
#include <atomic>

namespace society::trial {

/// How long a trial is, and where.
struct Extent {
    int runs = 40;
    int minutes = 0; ///< no run is begun after so many; 0: no limit
    int atOnce = 4;
};

/// A whole trial: lanes that carry one run after the other, and the checker beside them (check_trial.py, which shares
/// no code with the product). Main thread; perform() blocks.
class Trial {
public:
    Trial(Wish wish, Extent extent, const Folder &folder);

    /// The exit code: 0 where the checker found no difference.
    int perform();

private:
    void carryRuns(int lane);
    [[nodiscard]] bool watch();
    /// What is left of a run that has just been said to have ended; the checker keeps what it finds for its report.
    void lookAfter(const QString &token);
    [[nodiscard]] QStringList workspaces() const; ///< their folders' names
    void settleAll();
    [[nodiscard]] int check();
    void note(const QString &trouble);

    const Wish m_wish;
    const Extent m_extent;
    const Folder &m_folder;
    QElapsedTimer m_clock;
    std::atomic<int> m_next = 0;
    std::atomic<int> m_carried = 0;
    QProcess m_watch;
    QMutex m_mutex; ///< standard output, `m_troubles`
    QStringList m_troubles;
};

} // namespace society::trial
