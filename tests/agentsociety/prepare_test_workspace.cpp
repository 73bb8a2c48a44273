// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/agentsociety/runnerkit.h"

#include <QCoreApplication>
#include <QTextStream>

#include <atomic>
#include <csignal>

using namespace society;
using namespace society::agentsociety;
using namespace Qt::StringLiterals;

namespace {

std::atomic_bool cancelled = false;

int report(QTextStream &err, const Error &error)
{
    err << error.message << ' ' << error.remedy << '\n' << error.detail << '\n';
    return 1;
}

} // namespace

/// Makes the workspace whose runner the tests share, at DIR: installs the pinned runner, or adopts the one given. Does
/// nothing where that has been done. Called by installer/test.
int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    QTextStream out(stdout);
    QTextStream err(stderr);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() < 2 || arguments.size() > 3) {
        err << "usage: prepare-test-workspace DIR [EXISTING-RUNNER]\n";
        return 2;
    }
    for (const int signal : {SIGINT, SIGTERM})
        std::signal(signal, [](int) { cancelled = true; });
    const RunnerKit kit{Workspace(arguments[1])};
    if (const auto shared = kit.prepareShared(); !shared)
        return report(err, shared.error());
    QString last;
    const auto progress = [&](int percent, const QString &step) {
        const QString line = u"[%1 %] %2"_s.arg(percent, 3).arg(step);
        if (line != last)
            out << line << Qt::endl;
        last = line;
    };
    const auto runner = arguments.size() == 3 ? kit.adopt(arguments[2]) : kit.install(progress, cancelled);
    if (!runner)
        return report(err, runner.error());
    out << "AgentSociety " << runner->version << " in " << runner->interpreter << Qt::endl;
    return 0;
}
