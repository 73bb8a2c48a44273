// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/secrets/filelock.h"

#include "services/core/files.h"
#include "services/secrets/words_p.h"

#include <QDeadlineTimer>
#include <QFile>
#include <QThread>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>
#include <utility>

namespace society::secrets {

Result<FileLock> FileLock::take(const QString &path, std::chrono::milliseconds deadline)
{
    const int fd = ::open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0)
        return writeFailed(path, QString::fromLocal8Bit(std::strerror(errno)));
    FileLock lock(fd);
    // flock has no deadline of its own; who holds it does so for milliseconds, so looking again is cheap.
    constexpr auto Pause = std::chrono::milliseconds(5);
    QDeadlineTimer timer(deadline);
    while (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK && errno != EINTR)
            return fail(ErrorKind::Refused, "write_failed", Words::tr("“%1” could not be locked.").arg(path),
                Words::tr("Put the workspace on a file system that has locks."),
                QString::fromLocal8Bit(std::strerror(errno)), path);
        if (timer.hasExpired())
            return fail(ErrorKind::Refused, "secrets_busy", Words::tr("Another program holds the file of keys."),
                Words::tr("Wait until it has ended, then try again."), {}, path);
        QThread::msleep(static_cast<unsigned long>(Pause.count()));
    }
    return lock;
}

FileLock::~FileLock()
{
    if (m_fd >= 0)
        ::close(m_fd);
}

FileLock::FileLock(FileLock &&other) noexcept
    : m_fd(std::exchange(other.m_fd, -1))
{
}

} // namespace society::secrets
