// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/executor/executor.h"

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>

namespace society::executor {

class WaitingKeeper;

/// Starts keepers on this machine. A keeper detaches itself: it stays when the program that started it ends.
class LocalExecutor final : public Executor {
public:
    /// How long start() waits for the keeper's answer.
    static constexpr std::chrono::milliseconds defaultDeadline{20000};

    /// `keeperProgram`: full path of society-keeper; empty: found beside this program (society::findProgram).
    explicit LocalExecutor(QString keeperProgram = {}, std::chrono::milliseconds deadline = defaultDeadline);

    ~LocalExecutor() override;

    /// Starts a keeper that waits for the next start(), which then need not start one: half of its time. Nothing
    /// happens where one waits already, or where it cannot be started: the next start() then says why. Blocks for some
    /// milliseconds.
    void prepare();
    /// Whom start() tells at its end, in its own thread, so that the next keeper can be prepared. Set it before the
    /// first start().
    void whenStarted(std::function<void()> tell) { m_started = std::move(tell); }

    [[nodiscard]] Result<> start(const QString &runDirectory, const QByteArray &secretsJson) override;
    [[nodiscard]] Result<> requestStop(const QString &runDirectory, const StopRequest &request) override;
    [[nodiscard]] Liveness liveness(const QString &runDirectory) const override;
    [[nodiscard]] Result<> sweep(const QString &runDirectory, const RunStatus &status) override;
    [[nodiscard]] Result<RunStatus> markLost(const QString &runDirectory, const QDateTime &now) override;
    [[nodiscard]] Result<RunStatus> markNeverStarted(
        const QString &runDirectory, const QString &id, const QDateTime &now) override;

private:
    [[nodiscard]] Result<QString> program() const;
    [[nodiscard]] Result<> startAnew(const QString &runDirectory, const QByteArray &secretsJson);

    QString m_keeperProgram;
    std::chrono::milliseconds m_deadline;
    std::function<void()> m_started;
    std::mutex m_mutex; ///< guards what follows
    std::unique_ptr<WaitingKeeper> m_waiting;
};

} // namespace society::executor
