// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace society::executor {

/// Starts a program that goes on without this one. False where it could not be started.
[[nodiscard]] bool startDetached(const QString &program, const QStringList &arguments);

} // namespace society::executor
