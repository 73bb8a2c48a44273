// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/executor/procfs.h"

#include <QMetaType>
#include <QString>
#include <optional>

namespace society::executor {

using procfs::ProcessId;

/// True while exactly this process lives (a zombie does not). Only meaningful within the boot in which it was noted.
using procfs::isAlive;

/// Sends a signal to exactly this process, never to another that took over its pid. False: it does not live.
using procfs::sendSignal;

/// The identity of a process; nothing where it does not exist or is only a zombie. Any thread.
[[nodiscard]] std::optional<ProcessId> processIdentity(qint64 pid);

/// This boot's id, a UUID from the kernel; empty where the system does not tell.
[[nodiscard]] QString currentBootId();

} // namespace society::executor

Q_DECLARE_METATYPE(society::executor::ProcessId)
