// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/executor/runstatus.h"
#include "tests/trial/place.h"
#include "tests/trial/plan.h"

#include <QSet>
#include <QStringList>
#include <optional>
#include <utility>

namespace society::trial {

/// What can be seen of one run from outside while it goes on: its directory, its status, its runner's account. One
/// thread.
class Watcher {
public:
    Watcher(const Plan &plan, const Folder &folder, const Place &place);

    /// Looks again.
    void look();

    [[nodiscard]] const QString &directory() const { return m_directory; } ///< empty: not there yet
    [[nodiscard]] QString id() const { return m_directory.section(u'/', -1); }
    [[nodiscard]] bool hasKeeper() const { return m_status && m_status->keeper.pid > 0; }
    [[nodiscard]] int calls() const { return m_calls; } ///< answered
    [[nodiscard]] bool runnerEnded() const { return m_ended; }
    [[nodiscard]] bool isOver() const; ///< its keeper has written the end, or is gone

    /// Living processes by what they are: keeper guard gateway runner simulator. Null where there is none.
    [[nodiscard]] executor::ProcessId process(const QString &what) const;

private:
    void findDirectory();
    [[nodiscard]] QStringList directories() const;
    void readAccount();
    [[nodiscard]] executor::ProcessId simulator() const;

    const Plan &m_plan;
    const Place &m_place;
    QString m_accountFile;
    QString m_directory;
    QSet<QString> m_foreign; ///< directories of other runs
    std::optional<executor::RunStatus> m_status;
    qint64 m_read = 0; ///< bytes of the account
    int m_calls = 0;
    bool m_ended = false;
};

} // namespace society::trial
