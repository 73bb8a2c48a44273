// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcessEnvironment>
#include <QStringList>
#include <atomic>
#include <chrono>
#include <functional>

namespace society::agentsociety {

/// How a child process that we wait for ended.
struct ChildEnd {
    enum class How { Exited, Crashed, NotStarted, TimedOut, Cancelled };
    How how = How::NotStarted;
    int exitCode = -1;
    QByteArray out;    ///< standard output, its last 256 KiB
    QByteArray err;    ///< standard error, its last 256 KiB
    QString startText; ///< with NotStarted: the system's words

    [[nodiscard]] bool succeeded() const { return how == How::Exited && exitCode == 0; }
};

/// A child process to run and wait for. It gets no standard input and dies with this process.
struct ChildCommand {
    QString program;
    QStringList arguments;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    std::chrono::milliseconds deadline{0};              ///< 0: none
    const std::atomic_bool *cancelled = nullptr;        ///< looked at ten times a second
    std::function<void(const QByteArray &line)> onLine; ///< each whole line of standard output, as it comes
    std::function<void()> onTick;                       ///< ten times a second
};

/// Runs it and blocks until it has ended; one that is cancelled or too late is asked to end, then killed after 3 s.
[[nodiscard]] ChildEnd runChild(const ChildCommand &command);

} // namespace society::agentsociety
