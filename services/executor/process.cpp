// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/executor/process.h"

#include <QFile>

namespace society::executor {

std::optional<ProcessId> processIdentity(qint64 pid)
{
    const auto facts = procfs::processFacts(pid);
    return facts && !facts->isZombie() ? std::optional(facts->id) : std::nullopt;
}

QString currentBootId()
{
    QFile file(QStringLiteral("/proc/sys/kernel/random/boot_id"));
    return file.open(QIODevice::ReadOnly) ? QString::fromLatin1(file.readAll().trimmed()) : QString();
}

} // namespace society::executor
