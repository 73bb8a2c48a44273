// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/executor/launchspec.h"
#include "services/executor/runstatus.h"

#include <QByteArray>
#include <QMap>
#include <QProcessEnvironment>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

namespace society::test {

/// Answer of a started keeper.
struct Answer {
    QString line; ///< what it printed
    int exitCode = -1;
};

/// A run directory of its own for one test, with a launch that the test sets up and the real society-keeper. At its end
/// nothing of the run is left.
class RunDirectory {
public:
    RunDirectory();
    ~RunDirectory();
    RunDirectory(const RunDirectory &) = delete;
    RunDirectory &operator=(const RunDirectory &) = delete;

    executor::LaunchSpec launch; ///< a runner that ends at once, to be changed by the test

    [[nodiscard]] QString path(const QString &name = {}) const;
    /// The runner does these commands of stub-process.
    void runs(const QStringList &commands);
    /// The runner leaves a child in a session of its own, whose pid is in the file "orphan", enters phase "up" and ends
    /// when it is told to; the grace is long.
    void leavesAnOrphan();
    /// Adds a companion: stub-process with these commands.
    void accompany(const QString &name, const QStringList &commands, qint64 readyMs = 10000);

    void writeLaunch() const;
    /// Writes launch.json and starts the keeper with these secrets.
    Answer start(const QByteArray &secrets = "{}");
    /// Only starts the keeper.
    Answer startAgain(const QByteArray &secrets = "{}") const;
    /// Variables for the keeper.
    QProcessEnvironment environment;

    void write(const QString &name, const QByteArray &data) const;
    [[nodiscard]] QByteArray read(const QString &name) const;
    [[nodiscard]] bool has(const QString &name) const;
    /// The pid that stub-process wrote into a file; waits for it.
    [[nodiscard]] qint64 pidIn(const QString &name) const;
    void stop(const QByteArray &json = R"({"schema": 1, "reason": "user"})") const;

    /// What status.json says now; a default one where it cannot be read.
    [[nodiscard]] executor::RunStatus status() const;
    /// Waits until the run has ended and its keeper is gone; the last status.
    [[nodiscard]] executor::RunStatus ended(int timeoutMs = 20000) const;
    /// Waits until the run is in this phase.
    [[nodiscard]] bool reaches(const QString &phase, int timeoutMs = 10000) const;
    /// Whether a warning of this code is there.
    [[nodiscard]] bool warned(const QString &code) const;

private:
    QTemporaryDir m_folder;
};

/// Path of stub-process, or of another file beside the test.
[[nodiscard]] QString beside(const QString &name);
/// Path of society-keeper.
[[nodiscard]] QString keeperProgram();
/// Whether a process of this pid lives (a zombie does not).
[[nodiscard]] bool lives(qint64 pid);

} // namespace society::test
