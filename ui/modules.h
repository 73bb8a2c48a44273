// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/error.h"

#include <QObject>
#include <QString>

namespace society::ui {

/// The root object of one of the program's own libraries, loaded at the first call: from `SOCIETY_BIN`, from beside
/// this program, or from where libraries are installed. It stays loaded. The error has the other three arguments, and
/// in its detail what was tried. GUI thread.
[[nodiscard]] Result<QObject *> loadModule(
    const QString &fileName, const char *code, const QString &message, const QString &remedy);

} // namespace society::ui
