// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/core/files.h"

#include "services/core/freespace.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace society {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Files", text);
}

/// Less than this and nothing but an empty file can be made.
constexpr qint64 NoRoomBytes = 64 * 1024;

tl::unexpected<Error> unwritten(const QString &path, bool full, const QString &detail)
{
    return fail(ErrorKind::Refused, full ? "disk_full" : "write_failed",
        full ? tr("The disk is full: “%1” could not be written.").arg(path)
             : tr("“%1” could not be written.").arg(path),
        full ? tr("Free some space and try again.") : tr("Check that the folder exists and may be written to."), detail,
        path);
}

tl::unexpected<Error> writeError(const QString &path, int code)
{
    return unwritten(path, code == ENOSPC || code == EDQUOT, QString::fromLocal8Bit(std::strerror(code)));
}

class Descriptor {
public:
    explicit Descriptor(int fd)
        : m_fd(fd)
    {
    }
    ~Descriptor()
    {
        if (m_fd >= 0)
            ::close(m_fd);
    }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    [[nodiscard]] int get() const { return m_fd; }

private:
    int m_fd;
};

bool writeAll(int fd, const QByteArray &data)
{
    qsizetype done = 0;
    while (done < data.size()) {
        const ssize_t n = ::write(fd, data.constData() + done, static_cast<size_t>(data.size() - done));
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        done += n;
    }
    return true;
}

} // namespace

Result<> writeFileAtomically(const QString &path, const QByteArray &data, unsigned mode)
{
    const QByteArray target = QFile::encodeName(path);
    const QByteArray temporary = target + ".new-" + QByteArray::number(QRandomGenerator::global()->generate64(), 36);
    {
        const Descriptor file(::open(temporary.constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode));
        if (file.get() < 0)
            return writeError(path, errno);
        if (!writeAll(file.get(), data)) {
            const int code = errno;
            ::unlink(temporary.constData());
            return writeError(path, code);
        }
    }
    return nameFile(QFile::decodeName(temporary), path);
}

Result<> nameFile(const QString &temporary, const QString &path)
{
    const QByteArray from = QFile::encodeName(temporary);
    int code = 0;
    {
        const Descriptor file(::open(from.constData(), O_RDONLY | O_CLOEXEC));
        if (file.get() < 0 || ::fsync(file.get()) != 0 ||
            ::rename(from.constData(), QFile::encodeName(path).constData()) != 0)
            code = errno;
    }
    if (code != 0) {
        ::unlink(from.constData());
        return writeError(path, code);
    }
    const Descriptor folder(
        ::open(QFile::encodeName(QFileInfo(path).absolutePath()).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    // Some file systems cannot sync a folder (EINVAL): there the rename is as durable as it can be.
    if (folder.get() >= 0 && ::fsync(folder.get()) != 0 && errno != EINVAL)
        return writeError(path, errno);
    return {};
}

tl::unexpected<Error> writeFailed(const QString &path, const QString &detail)
{
    // Qt's files keep no code of the system, and their words are in the language of the system.
    const auto room = freeSpace(QFileInfo(path).absolutePath());
    return unwritten(path, room && *room < NoRoomBytes, detail);
}

Result<> makePrivateFolder(const QString &path)
{
    const QString parent = QFileInfo(path).absolutePath();
    if (!QDir().mkpath(parent))
        return writeError(parent, errno == 0 ? EACCES : errno);
    if (::mkdir(QFile::encodeName(path).constData(), 0700) != 0 && errno != EEXIST)
        return writeError(path, errno);
    if (!QFileInfo(path).isDir())
        return writeError(path, ENOTDIR);
    return {};
}

} // namespace society
