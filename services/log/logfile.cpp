// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/log/logfile.h"

#include <QCoreApplication>
#include <QFile>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace society::log {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("LogFile", text);
}

tl::unexpected<Error> readError(const QString &path, int code)
{
    return fail(ErrorKind::Refused, "read_failed", tr("The log “%1” could not be read.").arg(path),
        tr("Check that the file and its disk are there and that you may read it."),
        QString::fromLocal8Bit(std::strerror(code)), path);
}

FileFacts factsFrom(const struct stat &info)
{
    return {true, static_cast<quint64>(info.st_dev), static_cast<quint64>(info.st_ino),
        static_cast<qint64>(info.st_size),
        static_cast<qint64>(info.st_mtim.tv_sec) * 1'000'000'000 + info.st_mtim.tv_nsec};
}

} // namespace

Result<FileFacts> factsOf(const QString &path)
{
    struct stat info = {};
    if (::stat(QFile::encodeName(path).constData(), &info) == 0)
        return factsFrom(info);
    if (errno == ENOENT || errno == ENOTDIR)
        return FileFacts();
    return readError(path, errno);
}

LogFile::~LogFile()
{
    if (m_fd >= 0)
        ::close(m_fd);
}

LogFile::LogFile(LogFile &&other) noexcept
    : m_fd(std::exchange(other.m_fd, -1))
    , m_path(std::move(other.m_path))
    , m_opened(other.m_opened)
{
}

LogFile &LogFile::operator=(LogFile &&other) noexcept
{
    std::swap(m_fd, other.m_fd);
    std::swap(m_path, other.m_path);
    std::swap(m_opened, other.m_opened);
    return *this;
}

Result<LogFile> LogFile::open(const QString &path)
{
    // Not blocking, or a pipe of that name would hold the thread until somebody writes into it.
    const int fd = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0 && (errno == ENOENT || errno == ENOTDIR)) {
        return fail(ErrorKind::NotFound, "file_missing", tr("There is no log “%1”.").arg(path),
            tr("A run has a log from the moment when its runner starts."), {}, path);
    }
    if (fd < 0)
        return readError(path, errno);
    LogFile file(fd, path);
    struct stat info = {};
    if (::fstat(fd, &info) != 0)
        return readError(path, errno);
    if (!S_ISREG(info.st_mode))
        return readError(path, S_ISDIR(info.st_mode) ? EISDIR : EINVAL);
    file.m_opened = factsFrom(info);
    return file;
}

Result<FileFacts> LogFile::facts() const
{
    struct stat info = {};
    if (::fstat(m_fd, &info) != 0)
        return readError(m_path, errno);
    return factsFrom(info);
}

Result<LogFile::Stretch> LogFile::storedFrom(qint64 offset) const
{
    SOCIETY_ASSIGN(const FileFacts now, facts());
    const off_t begin = ::lseek(m_fd, static_cast<off_t>(offset), SEEK_DATA); // reading is by position, not from there
    if (begin < 0 && errno == ENXIO)
        return Stretch{now.size, now.size};
    if (begin < 0)
        return Stretch{offset, now.size};
    const off_t end = ::lseek(m_fd, begin, SEEK_HOLE);
    return Stretch{begin, end < 0 ? now.size : static_cast<qint64>(end)};
}

Result<qint64> LogFile::read(qint64 offset, char *buffer, qint64 bytes) const
{
    qint64 done = 0;
    while (done < bytes) {
        const ssize_t n =
            ::pread(m_fd, buffer + done, static_cast<size_t>(bytes - done), static_cast<off_t>(offset + done));
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return readError(m_path, errno);
        if (n == 0)
            break;
        done += n;
    }
    return done;
}

} // namespace society::log
