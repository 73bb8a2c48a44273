// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sourcemodule.h"

#include "ui/modules.h"

#include <QCoreApplication>

namespace society::ui {

Result<SourceModule *> sourceModule()
{
    const QString message =
        QCoreApplication::translate("SourceModule", "The library that colours sources could not be loaded.");
    const QString remedy = QCoreApplication::translate(
        "SourceModule", "The text can be read and changed all the same; for colours, install Society Workbench again.");
    SOCIETY_ASSIGN(
        QObject *const root, loadModule(QStringLiteral("society-editor.so"), "editor_missing", message, remedy));
    if (auto *module = qobject_cast<SourceModule *>(root))
        return module;
    return fail(ErrorKind::Refused, "editor_missing", message, remedy);
}

} // namespace society::ui
