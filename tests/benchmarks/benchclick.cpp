// SPDX-License-Identifier: GPL-3.0-or-later
// The whole click: from ExperimentService::start (checks, record, hold, run directory, keeper, gateway with the
// practice model) to the runner's exec, which the runner, here a static child, tells itself in its log.
//
//   bench-click [--rounds N] [--json]
#include "services/agentsociety/runnerkit.h"
#include "services/experiment/practice.h"
#include "tests/benchmarks/figures.h"
#include "tests/support/testworkspace.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QThread>

#include <cstdio>

using namespace society;
using namespace society::bench;

namespace {

/// What the child wrote: the time of its exec; negative where it wrote nothing.
double execTime(const QString &runDirectory)
{
    QFile log(runDirectory + QStringLiteral("/log.txt"));
    if (!log.open(QIODevice::ReadOnly))
        return -1;
    bool isNumber = false;
    const qlonglong time = log.readLine().trimmed().toLongLong(&isNumber);
    return isNumber ? static_cast<double>(time) / 1e6 : -1;
}

/// The child under the name of a Python, since the workbench takes nothing else for a runner.
QString makeRunner(const QString &folder)
{
    const QString runner = folder + QStringLiteral("/bin/python3");
    const QString child = QCoreApplication::applicationDirPath() + QStringLiteral("/bench-child");
    return QDir().mkpath(folder + QStringLiteral("/bin")) && QFile::copy(child, runner) ? runner : QString();
}

int failed(const Error &error)
{
    std::fprintf(stderr, "%s %s\n", qPrintable(error.message), qPrintable(error.detail));
    return 1;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const int rounds = option(argc, argv, "rounds", 60);
    const Report report(hasFlag(argc, argv, "json"));
    qputenv("TMPDIR", QDir::currentPath().toLocal8Bit()); // the workspace on a disk, not in memory
    test::TestWorkspace space;
    agentsociety::RunnerKit kit(space.workspace());
    const auto runner = kit.adopt(makeRunner(space.workspace().root() + QStringLiteral("/child")));
    if (!runner)
        return failed(runner.error());
    if (const auto practice = experiment::installPractice(space.workspace(), space.configs()); !practice)
        return failed(practice.error());
    Samples toExec, toReturn;
    for (int i = -1; i < rounds; ++i) {
        const double begin = nowMs();
        const auto started = space.experiments().start(space.practiceRequest());
        const double returned = nowMs();
        if (!started)
            return failed(started.error());
        const auto ended = space.experiments().waitForEnd(started->id, 60);
        if (!ended)
            return failed(ended.error());
        const double executed = execTime(ended->runDirectory);
        while (space.executor().liveness(ended->runDirectory) == executor::Liveness::Alive)
            QThread::msleep(5);
        if (executed < 0) {
            std::fprintf(stderr, "the child did not run: %s\n", qPrintable(ended->reason));
            return 1;
        }
        if (i < 0 && rounds > 1)
            continue;
        toExec.add(executed - begin);
        toReturn.add(returned - begin);
    }
    report.samples("click to the runner's exec", toExec);
    report.samples("click to the service's answer", toReturn);
    return 0;
}
