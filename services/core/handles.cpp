// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/core/handles.h"

#include <QCoreApplication>

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

namespace society {

bool areHandlesUsedUp()
{
    const int fd = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (fd >= 0)
        ::close(fd);
    return fd < 0 && (errno == EMFILE || errno == ENFILE);
}

// A file that cannot be opened for want of a handle is taken for a missing one in many places, and a child that cannot
// be started for a broken one: so who was asked looks once, behind all of them.
Error orTooManyFiles(Error error)
{
    if (!areHandlesUsedUp())
        return error;
    error.kind = ErrorKind::Refused;
    error.code = QStringLiteral("too_many_files");
    error.detail = (error.message + u' ' + error.detail).trimmed();
    error.message = QCoreApplication::translate("Files", "Society Workbench has too many files open.");
    error.remedy = QCoreApplication::translate("Files",
        "Close it and open it again; runs go on meanwhile. If this stays, raise the limit of open files (ulimit -n).");
    return error;
}

} // namespace society
