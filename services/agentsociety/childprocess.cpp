// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/agentsociety/childprocess.h"

#include <QElapsedTimer>
#include <QProcess>

#include <csignal>
#include <sys/prctl.h>

namespace society::agentsociety {

namespace {

constexpr qsizetype kKept = 256 * 1024;
constexpr int kTickMs = 100;
constexpr int kKillAfterMs = 3000;

void keepTail(QByteArray &kept, const QByteArray &more)
{
    kept += more;
    if (kept.size() > kKept)
        kept.remove(0, kept.size() - kKept);
}

/// Hands whole lines on and keeps the cut one for later.
void handLinesOn(QByteArray &carry, const QByteArray &more, const std::function<void(const QByteArray &)> &onLine)
{
    if (!onLine)
        return;
    carry += more;
    qsizetype from = 0;
    for (qsizetype end = carry.indexOf('\n'); end >= 0; end = carry.indexOf('\n', from)) {
        onLine(carry.mid(from, end - from));
        from = end + 1;
    }
    carry.remove(0, from);
    keepTail(carry, {}); // a child that never ends its line must not fill the memory
}

void endNow(QProcess &process)
{
    process.terminate();
    if (!process.waitForFinished(kKillAfterMs)) {
        process.kill();
        process.waitForFinished(kKillAfterMs);
    }
}

} // namespace

ChildEnd runChild(const ChildCommand &command)
{
    QProcess process;
    process.setProcessEnvironment(command.environment);
    process.setStandardInputFile(QProcess::nullDevice());
    process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGTERM); });
    process.start(command.program, command.arguments);

    ChildEnd end;
    if (!process.waitForStarted()) {
        end.startText = process.errorString();
        return end;
    }
    QByteArray carry;
    const auto takeOutput = [&] {
        const QByteArray out = process.readAllStandardOutput();
        keepTail(end.out, out);
        keepTail(end.err, process.readAllStandardError());
        handLinesOn(carry, out, command.onLine);
    };
    QElapsedTimer sinceStart;
    sinceStart.start();
    bool finished = false;
    while (!finished) {
        finished = process.waitForFinished(kTickMs) || process.state() == QProcess::NotRunning;
        takeOutput();
        if (finished)
            break;
        if (command.onTick)
            command.onTick();
        if (command.cancelled && command.cancelled->load()) {
            endNow(process);
            end.how = ChildEnd::How::Cancelled;
            return end;
        }
        if (command.deadline.count() > 0 && sinceStart.hasExpired(command.deadline.count())) {
            endNow(process);
            takeOutput();
            end.how = ChildEnd::How::TimedOut;
            return end;
        }
    }
    if (command.onLine && !carry.isEmpty())
        command.onLine(carry);
    end.how = process.exitStatus() == QProcess::NormalExit ? ChildEnd::How::Exited : ChildEnd::How::Crashed;
    end.exitCode = process.exitCode();
    return end;
}

} // namespace society::agentsociety
