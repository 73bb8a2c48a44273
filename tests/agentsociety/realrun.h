// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/agentsociety/launch.h"
#include "services/agentsociety/resultdatabase.h"

#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

namespace society::test {

/// The sample documents of a name, merged into one runner configuration.
[[nodiscard]] QJsonObject sampleConfiguration(const Workspace &workspace, const QString &experiment);

/// One run of the real AgentSociety as launchFor() says, without a keeper: for tests of this library only.
class DirectRun {
public:
    /// Prepares the run directory; `change` may alter the launch's options, `configuration` gets env, map, llm and id.
    DirectRun(const agentsociety::RunnerKit &kit, const QJsonObject &configuration, const QString &llm,
        const std::function<void(agentsociety::LaunchOptions &)> &change = {});
    ~DirectRun();

    /// Waits for the end; false (and killed) after the time.
    [[nodiscard]] bool waitForEnd(std::chrono::seconds most = std::chrono::seconds(240));
    [[nodiscard]] bool hasEnded() const { return m_process.state() == QProcess::NotRunning; }
    [[nodiscard]] int exitCode() const { return m_process.exitCode(); }
    [[nodiscard]] qint64 pid() const { return m_process.processId(); }
    [[nodiscard]] QByteArray log() const;
    [[nodiscard]] QString logFile() const { return m_folder.filePath(QStringLiteral("log.txt")); }
    [[nodiscard]] QString home() const { return m_folder.filePath(QStringLiteral("home")); }
    [[nodiscard]] agentsociety::ResultDatabase results() const { return {home(), m_id, QStringLiteral("lab")}; }
    [[nodiscard]] const agentsociety::RunnerLaunch &launch() const { return m_launch; }
    /// Every row of every table as text, without times and the copy of the configuration, sorted; for comparing runs.
    [[nodiscard]] QStringList rows() const;

private:
    QTemporaryDir m_folder;
    ExperimentId m_id;
    agentsociety::RunnerLaunch m_launch;
    QProcess m_process;
};

} // namespace society::test
