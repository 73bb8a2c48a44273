// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/modules.h"

#include <QCoreApplication>
#include <QDir>
#include <QPluginLoader>

namespace society::ui {

namespace {

QStringList places()
{
    const QString here = QCoreApplication::applicationDirPath();
    QStringList folders{here, here + QStringLiteral("/" SOCIETY_MODULE_FOLDER)};
    if (const QString set = qEnvironmentVariable("SOCIETY_BIN"); !set.isEmpty())
        folders.prepend(set);
    return folders;
}

} // namespace

Result<QObject *> loadModule(const QString &fileName, const char *code, const QString &message, const QString &remedy)
{
    QStringList tried;
    for (const QString &folder : places()) {
        const QString path = QDir(folder).filePath(fileName);
        QPluginLoader loader(path); // the library stays when the loader goes
        if (QObject *root = loader.instance())
            return root;
        tried += QFile::exists(path) ? loader.errorString() : path;
    }
    return fail(ErrorKind::Refused, code, message, remedy, tried.join(u'\n'));
}

} // namespace society::ui
