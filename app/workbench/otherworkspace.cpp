// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/otherworkspace.h"

#include "services/executor/detached.h"
#include "ui/startuppage.h"

#include <QCoreApplication>

namespace society::app {

// By another process: everything in this one belongs to its workspace.
void openInstead(ui::StartupPage &page, const QString &folder, const QString &program)
{
    if (executor::startDetached(program, {QStringLiteral("--workspace"), folder})) {
        QCoreApplication::quit();
        return;
    }
    page.reportProblem({ErrorKind::Refused, QStringLiteral("window_not_started"),
        QCoreApplication::translate("Main", "A window for the workspace %1 could not be started.").arg(folder),
        QCoreApplication::translate("Main", "Check that %1 is there and may be run, or install the program anew.")
            .arg(program),
        {}, program});
}

} // namespace society::app
