// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/core/freespace.h"

#include <QFile>

#include <sys/statvfs.h>

namespace society {

std::optional<qint64> freeSpace(const QString &folder)
{
    // From the kernel itself: QStorageInfo looks for a mount point by name and finds none in a container's root.
    struct statvfs space {};
    if (::statvfs(QFile::encodeName(folder).constData(), &space) != 0 || space.f_blocks == 0)
        return std::nullopt; // a file system without blocks keeps no account of them
    return static_cast<qint64>(space.f_bavail) * static_cast<qint64>(space.f_frsize);
}

} // namespace society
