// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/executor/executor.h"

#include <chrono>

namespace society::executor {

/// Starts keepers on this machine. A keeper detaches itself: it stays when the program that started it ends.
class LocalExecutor final : public Executor {
public:
    /// How long start() waits for the keeper's answer.
    static constexpr std::chrono::milliseconds defaultDeadline{20000};

    /// `keeperProgram`: full path of society-keeper; empty: found beside this program (society::findProgram).
    explicit LocalExecutor(QString keeperProgram = {}, std::chrono::milliseconds deadline = defaultDeadline);

    [[nodiscard]] Result<> start(const QString &runDirectory, const QByteArray &secretsJson) override;
    [[nodiscard]] Result<> requestStop(const QString &runDirectory, const StopRequest &request) override;
    [[nodiscard]] Liveness liveness(const QString &runDirectory) const override;
    [[nodiscard]] Result<> sweep(const QString &runDirectory, const RunStatus &status) override;
    [[nodiscard]] Result<RunStatus> markLost(const QString &runDirectory, const QDateTime &now) override;
    [[nodiscard]] Result<RunStatus> markNeverStarted(
        const QString &runDirectory, const QString &id, const QDateTime &now) override;

private:
    QString m_keeperProgram;
    std::chrono::milliseconds m_deadline;
};

} // namespace society::executor
