// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/executor/detached.h"

#include <QProcess>

namespace society::executor {

bool startDetached(const QString &program, const QStringList &arguments)
{
    return QProcess::startDetached(program, arguments);
}

} // namespace society::executor
