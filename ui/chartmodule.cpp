// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chartmodule.h"

#include "ui/modules.h"

#include <QCoreApplication>

namespace society::ui {

Result<ChartModule *> chartModule()
{
    const QString message =
        QCoreApplication::translate("ChartModule", "The library that draws charts could not be loaded.");
    const QString remedy = QCoreApplication::translate(
        "ChartModule", "The table says the same; to draw, install Society Workbench again.");
    SOCIETY_ASSIGN(
        QObject *const root, loadModule(QStringLiteral("society-charts.so"), "charts_missing", message, remedy));
    if (auto *module = qobject_cast<ChartModule *>(root))
        return module;
    return fail(ErrorKind::Refused, "charts_missing", message, remedy);
}

} // namespace society::ui
