// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/trial/place.h"

#include "tests/support/testworkspace.h"

#include <QDir>
#include <QFile>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

namespace society::trial {

namespace {

const char SmallDisk[] = "size=24m,mode=0700";

QString systemError(const char *what)
{
    return QStringLiteral("%1: %2").arg(QLatin1String(what), QString::fromLocal8Bit(std::strerror(errno)));
}

bool writeText(const char *path, const QByteArray &text)
{
    const int fd = ::open(path, O_WRONLY | O_CLOEXEC);
    const bool written = fd >= 0 && ::write(fd, text.constData(), static_cast<std::size_t>(text.size())) == text.size();
    if (fd >= 0)
        ::close(fd);
    return written;
}

QString fillerOf(const QString &folder)
{
    return folder + QStringLiteral("/filler");
}

} // namespace

QString enterMountNamespace()
{
    if (::unshare(CLONE_NEWNS) != 0) {
        const QByteArray uid = QByteArray::number(::getuid());
        const QByteArray gid = QByteArray::number(::getgid());
        if (::unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0)
            return systemError("a small disk needs a mount namespace, which this machine refuses "
                               "(be root, or allow user namespaces)");
        if (!writeText("/proc/self/setgroups", "deny") || !writeText("/proc/self/uid_map", "0 " + uid + " 1") ||
            !writeText("/proc/self/gid_map", "0 " + gid + " 1"))
            return systemError("the user namespace could not be set up");
    }
    if (::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)
        return systemError("the mount namespace could not be made private");
    return {};
}

QString mountSmallDisk(const QString &folder)
{
    if (!QDir().mkpath(folder))
        return QStringLiteral("cannot make ") + folder;
    if (::mount("tmpfs", QFile::encodeName(folder).constData(), "tmpfs", MS_NOSUID | MS_NODEV, SmallDisk) != 0)
        return systemError("a small disk could not be mounted");
    return {};
}

void unmountSmallDisk(const QString &folder)
{
    ::umount2(QFile::encodeName(folder).constData(), MNT_DETACH | UMOUNT_NOFOLLOW);
}

void fillDisk(const QString &folder)
{
    const int fd =
        ::open(QFile::encodeName(fillerOf(folder)).constData(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (fd < 0)
        return;
    const QByteArray block(64 * 1024, 'f');
    // The last bytes one by one: a page that others have begun may take some of theirs.
    for (std::size_t size = static_cast<std::size_t>(block.size()); size > 0; size /= 2)
        while (::write(fd, block.constData(), size) > 0) {
        }
    ::close(fd);
}

void emptyDisk(const QString &folder)
{
    QFile::remove(fillerOf(folder));
}

Folder::Folder(QString root)
    : m_root(std::move(root))
{
    for (const char *part : {"plan", "written", "done", "said", "keys", "provider", "input"})
        QDir().mkpath(m_root + u'/' + QLatin1String(part));
    QFile::setPermissions(m_root, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

QString Folder::file(const char *part, const QString &name) const
{
    return m_root + u'/' + QLatin1String(part) + u'/' + name;
}

bool Folder::write(const QString &path, const QByteArray &text)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(text) == text.size();
}

Place::Place(const Folder &folder, const QString &name, const QString &disk, bool real)
{
    const QString workspace = folder.root() + u'/' + name;
    if (!disk.isEmpty()) {
        m_disk = disk == QLatin1String("all") ? workspace : workspace + QStringLiteral("/runs");
        m_problem = mountSmallDisk(m_disk);
        QFile::setPermissions(workspace, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }
    m_cli = std::make_unique<test::CliProgram>(workspace);
    m_bare = std::make_unique<test::CliProgram>(workspace);
    m_cli->setEnvironment(QStringLiteral("SOCIETY_PASSPHRASE_FILE"), folder.file("keys", QStringLiteral("passphrase")));
    if (m_problem.isEmpty() && !QFile::exists(workspace + QStringLiteral("/society.db")))
        m_problem = setUp(real);
}

QString Place::setUp(bool real) const
{
    QString runner = qEnvironmentVariable("SOCIETY_SOURCE") + QStringLiteral("/tests/trial/runner/bin/python3");
    if (real) {
        QFile installed(test::runnerWorkspace() + QStringLiteral("/runner/installed.json"));
        if (!installed.open(QIODevice::ReadOnly))
            return QStringLiteral("no AgentSociety in %1: run installer/test, which installs it")
                .arg(test::runnerWorkspace());
        runner = QJsonDocument::fromJson(installed.readAll()).object().value(QLatin1String("path")).toString();
    }
    for (const QStringList &verb : {QStringList{QStringLiteral("setup"), QStringLiteral("--runner"), runner},
             QStringList{QStringLiteral("recharge"), QStringLiteral("1000")}}) {
        const test::CliOutcome outcome = m_cli->json(verb);
        if (outcome.code != 0)
            return QString::fromUtf8(outcome.words());
    }
    return {};
}

} // namespace society::trial
