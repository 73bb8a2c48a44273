// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/machine/ownmachine.h"

#include <QDir>
#include <QFile>

#include <arpa/inet.h>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <net/if.h>
#include <netinet/in.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace society::test {

namespace {

constexpr const char *BootId = "/proc/sys/kernel/random/boot_id";

bool writeFile(const char *path, const QByteArray &text)
{
    QFile file(QString::fromLatin1(path));
    return file.open(QIODevice::WriteOnly | QIODevice::Unbuffered) && file.write(text) == text.size();
}

bool enter()
{
    const uid_t user = ::getuid();
    const gid_t group = ::getgid();
    if (::unshare(CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWNET) == 0) {
        // As root in it, or nothing could be mounted.
        return writeFile("/proc/self/setgroups", "deny") &&
               writeFile("/proc/self/uid_map", "0 " + QByteArray::number(user) + " 1") &&
               writeFile("/proc/self/gid_map", "0 " + QByteArray::number(group) + " 1");
    }
    return ::unshare(CLONE_NEWNS | CLONE_NEWNET) == 0; // root where users have none
}

bool bringLoopbackUp()
{
    const int socket = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    ifreq request = {};
    std::strncpy(request.ifr_name, "lo", sizeof request.ifr_name - 1);
    request.ifr_flags = IFF_UP;
    const bool up = socket >= 0 && ::ioctl(socket, SIOCSIFFLAGS, &request) == 0;
    ::close(socket);
    return up;
}

int inside(const char *folder, const std::function<int()> &test)
{
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (!enter() || ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
        ::mount("none", folder, "tmpfs", MS_NOSUID | MS_NODEV, "size=256m,mode=0700") != 0 || !bringLoopbackUp()) {
        std::fprintf(stderr, "This test needs namespaces for mounts and network (unshare): %s\n", std::strerror(errno));
        return 1;
    }
    ::setenv("TMPDIR", folder, 1);
    return test();
}

} // namespace

int onMachineOfItsOwn(const std::function<int()> &test)
{
    char folder[] = "/tmp/society-machine-XXXXXX";
    if (!::mkdtemp(folder))
        return 1;
    const pid_t child = ::fork();
    if (child == 0) {
        const int code = inside(folder, test);
        std::fflush(nullptr);
        ::_exit(code);
    }
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    ::rmdir(folder);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

SmallDisk::SmallDisk(const QString &path, qint64 bytes)
    : m_path(path)
    , m_mounted(QDir().mkpath(path) && ::mount("none", QFile::encodeName(path).constData(), "tmpfs", 0,
                                           ("mode=0700,size=" + QByteArray::number(bytes)).constData()) == 0)
{
}

SmallDisk::~SmallDisk()
{
    ::umount2(QFile::encodeName(m_path).constData(), MNT_DETACH);
}

bool SmallDisk::fill()
{
    QFile filler(m_path + QStringLiteral("/filler"));
    if (!filler.open(QIODevice::WriteOnly | QIODevice::Append | QIODevice::Unbuffered))
        return false;
    while (filler.write(QByteArray(4096, 'f')) > 0) {
    }
    return errno == ENOSPC;
}

void SmallDisk::clear()
{
    QFile::remove(m_path + QStringLiteral("/filler"));
}

bool SmallDisk::setReadOnly(bool readOnly)
{
    return ::mount(nullptr, QFile::encodeName(m_path).constData(), nullptr,
               MS_REMOUNT | MS_BIND | (readOnly ? MS_RDONLY : 0), nullptr) == 0;
}

NoPort::NoPort()
{
    if (!setKernel("net/ipv4/ip_local_port_range", "40000 40003"))
        return;
    for (in_port_t port = 40000; port <= 40003; ++port) {
        sockaddr_in address = {};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        m_sockets.append(socket);
        if (::bind(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0 ||
            ::listen(socket, 1) != 0)
            return;
    }
    m_holds = true;
}

NoPort::~NoPort()
{
    for (const int socket : std::as_const(m_sockets))
        ::close(socket);
    (void)setKernel("net/ipv4/ip_local_port_range", "32768 60999");
}

bool setKernel(const char *name, const QByteArray &value)
{
    return writeFile(("/proc/sys/" + QByteArray(name)).constData(), value);
}

bool setBootId(const QByteArray &id)
{
    ::umount2(BootId, MNT_DETACH);
    if (id.isEmpty())
        return true;
    const QByteArray file = QFile::encodeName(QDir::tempPath()) + "/boot_id";
    return writeFile(file.constData(), id + "\n") && ::mount(file.constData(), BootId, nullptr, MS_BIND, nullptr) == 0;
}

} // namespace society::test
