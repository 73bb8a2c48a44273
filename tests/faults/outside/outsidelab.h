// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/executor/localexecutor.h"
#include "tests/support/testworkspace.h"

#include <QJsonObject>
#include <functional>

namespace society::test {

/// Starts keepers as LocalExecutor does, with changes in launch.json and gateway.json: a user's patience with an LLM is
/// minutes, a test's is seconds.
class HastyExecutor final : public executor::Executor {
public:
    QJsonObject gateway;     ///< members that replace those of gateway.json
    QJsonObject environment; ///< variables that are added to the runner's
    qint64 silentMs = -1;    ///< of the phase workflow; negative: as it is
    bool endStalled = false;
    std::function<void()> before; ///< what happens in the last moment before a keeper is started

    [[nodiscard]] Result<> start(const QString &runDirectory, const QByteArray &secretsJson) override;
    [[nodiscard]] Result<> requestStop(const QString &runDirectory, const executor::StopRequest &request) override;
    [[nodiscard]] executor::Liveness liveness(const QString &runDirectory) const override;
    [[nodiscard]] Result<> sweep(const QString &runDirectory, const executor::RunStatus &status) override;
    [[nodiscard]] Result<executor::RunStatus> markLost(const QString &runDirectory, const QDateTime &now) override;
    [[nodiscard]] Result<executor::RunStatus> markNeverStarted(
        const QString &runDirectory, const QString &id, const QDateTime &now) override;

private:
    executor::LocalExecutor m_local;
};

/// What an LLM provider has counted: of the good answers alone.
struct Counted {
    qint64 requests = 0;
    qint64 tokensIn = 0;
    qint64 tokensOut = 0;
};
/// From the scripted LLM's log, which outlives it.
[[nodiscard]] Counted countedIn(const QString &logFile);

/// A workspace with money, a runner (the one of these tests, or the real AgentSociety) and services with a
/// HastyExecutor; and the judge of how a run came out of a fault.
class OutsideLab {
public:
    enum class Runner { Faulty, Real };
    explicit OutsideLab(Runner runner);

    [[nodiscard]] bool isReady() const { return m_error.isEmpty(); }
    [[nodiscard]] const QString &error() const { return m_error; }
    [[nodiscard]] TestWorkspace &space() { return m_space; }
    [[nodiscard]] HastyExecutor &executor() { return m_executor; }
    [[nodiscard]] experiment::ExperimentService &experiments() { return *m_experiments; }

    /// A request of the practice samples; with an address on that LLM, at the house's price.
    [[nodiscard]] experiment::Request request(const QString &name, const QString &baseUrl = {});
    /// Starts it; a null id and a failed test where that cannot be.
    [[nodiscard]] experiment::Experiment start(const experiment::Request &request);
    /// Waits for the end; a failed test where there is none.
    [[nodiscard]] experiment::Experiment ended(const ExperimentId &id, int seconds = 60);
    /// Everything that is wrong about a run that has ended, in words; empty: nothing. State and words are there, the
    /// tokens are billed once and as `counted`, the hold is released, the books agree, the log is whole, no process is
    /// left.
    [[nodiscard]] QString wrongs(const ExperimentId &id, const Counted &counted);

private:
    QString judgeWords(const experiment::Experiment &run) const;
    QString judgeBills(const experiment::Experiment &run, const Counted &counted);
    QString judgeLog(const experiment::Experiment &run) const;

    TestWorkspace m_space;
    HastyExecutor m_executor;
    std::unique_ptr<experiment::ExperimentService> m_experiments;
    QString m_error;
};

} // namespace society::test
