// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/executor/runlock.h"

#include <QFile>

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace society::executor {

RunLock::RunLock(const QString &runDirectory, Kind kind)
{
    const QByteArray path = QFile::encodeName(runDirectory + QStringLiteral("/lock"));
    // A look must leave nothing behind, so only who wants to hold the lock makes the file.
    m_fd = ::open(path.constData(), O_RDWR | O_CLOEXEC | (kind == Kind::Exclusive ? O_CREAT : 0), 0600);
    if (m_fd < 0)
        return;
    m_held = ::flock(m_fd, (kind == Kind::Exclusive ? LOCK_EX : LOCK_SH) | LOCK_NB) == 0;
    m_taken = !m_held && errno == EWOULDBLOCK;
}

RunLock::~RunLock()
{
    if (m_fd >= 0)
        ::close(m_fd);
}

} // namespace society::executor
