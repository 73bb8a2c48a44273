// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chartmodule.h"

#include <QCoreApplication>
#include <QDir>
#include <QPluginLoader>

namespace society::ui {

namespace {

constexpr QLatin1String fileName("society-charts.so");

QStringList places()
{
    const QString here = QCoreApplication::applicationDirPath();
    QStringList folders{here, here + QStringLiteral("/" SOCIETY_MODULE_FOLDER)};
    if (const QString set = qEnvironmentVariable("SOCIETY_BIN"); !set.isEmpty())
        folders.prepend(set);
    return folders;
}

} // namespace

Result<ChartModule *> chartModule()
{
    QStringList tried;
    for (const QString &folder : places()) {
        const QString path = QDir(folder).filePath(fileName);
        QPluginLoader loader(path); // the library stays when the loader goes
        if (auto *module = qobject_cast<ChartModule *>(loader.instance()))
            return module;
        tried += QFile::exists(path) ? loader.errorString() : path;
    }
    return fail(ErrorKind::Refused, "charts_missing",
        QCoreApplication::translate("ChartModule", "The library that draws charts could not be loaded."),
        QCoreApplication::translate(
            "ChartModule", "The table says the same; to draw, install Society Workbench again."),
        tried.join(u'\n'));
}

} // namespace society::ui
