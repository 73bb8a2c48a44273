// SPDX-License-Identifier: GPL-3.0-or-later
// Preloaded into a program: writes what it does to the files of a folder to a trace, or kills it there.
//
//   SOCIETY_TEST_TRACE       the folder; nothing else is looked at
//   SOCIETY_TEST_TRACE_FILE  where the trace goes (disktrace.h); unset: nowhere
//   SOCIETY_TEST_DIE_AT      at the N-th change of a file the program kills itself, before it is made
//   SOCIETY_TEST_DIE_FROM    changes count for that from when this file is there
//   SOCIETY_TEST_DIE_NAME    only a program of this name (/proc/self/comm) does so

#include "tests/faults/machine/disktrace.h"

#include <atomic>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <fcntl.h>
#include <string>
#include <string_view>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

using society::test::trace::Head;
using society::test::trace::Op;

namespace {

template <class Function>
Function next(const char *name)
{
    return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

std::string linkOf(const std::string &path)
{
    char target[PATH_MAX];
    const ssize_t n = ::readlink(path.c_str(), target, sizeof target);
    return n > 0 ? std::string(target, static_cast<std::size_t>(n)) : std::string();
}

std::string pathOf(int fd)
{
    return linkOf("/proc/self/fd/" + std::to_string(fd));
}

/// Absolute, as far as its folder exists.
std::string pathAt(int folder, const char *name)
{
    if (name[0] == '/')
        return name;
    const std::string base = folder == AT_FDCWD ? linkOf("/proc/self/cwd") : pathOf(folder);
    return std::string_view(name) == "." ? base : base + "/" + name;
}

bool isWatched(const std::string &path)
{
    const char *folder = std::getenv("SOCIETY_TEST_TRACE");
    return folder && path.starts_with(folder) && !path.ends_with("-shm"); // shared memory, not content
}

bool isMeant()
{
    const char *name = std::getenv("SOCIETY_TEST_DIE_NAME");
    if (!name)
        return true;
    char own[32] = {};
    const int fd = static_cast<int>(::syscall(SYS_openat, AT_FDCWD, "/proc/self/comm", O_RDONLY | O_CLOEXEC));
    const ssize_t n = ::read(fd, own, sizeof own - 1);
    ::close(fd);
    return n > 0 && std::string_view(own, static_cast<std::size_t>(n) - 1) == std::string_view(name).substr(0, 15);
}

bool isTime()
{
    const char *file = std::getenv("SOCIETY_TEST_DIE_FROM");
    return !file || ::access(file, F_OK) == 0;
}

/// Before a change is made.
void mayDie(const std::string &path)
{
    static std::atomic<long> count{0};
    static const long at = std::getenv("SOCIETY_TEST_DIE_AT") ? std::atol(std::getenv("SOCIETY_TEST_DIE_AT")) : 0;
    if (at > 0 && isWatched(path) && isMeant() && isTime() && ++count == at)
        ::kill(::getpid(), SIGKILL);
}

/// After it was made; one write to the end of the trace, so that records of several programs stay whole.
void note(Op op, const std::string &path, std::uint64_t offset = 0, const void *data = nullptr, std::size_t size = 0)
{
    const int error = errno;
    const char *file = std::getenv("SOCIETY_TEST_TRACE_FILE");
    if (file && isWatched(path)) {
        const Head head{op, static_cast<std::uint32_t>(path.size()), size, offset, ::getpid()};
        const iovec parts[] = {{const_cast<Head *>(&head), sizeof head}, {const_cast<char *>(path.data()), path.size()},
            {const_cast<void *>(data), size}};
        // Opened anew each time: programs close descriptors that are not theirs.
        const int fd =
            static_cast<int>(::syscall(SYS_openat, AT_FDCWD, file, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600));
        ::syscall(SYS_writev, fd, parts, 3);
        ::close(fd);
    }
    errno = error;
}

template <class Call>
int opened(const std::string &path, int flags, Call call)
{
    const bool changes = (flags & (O_CREAT | O_TRUNC)) != 0 && (flags & O_DIRECTORY) == 0;
    if (changes)
        mayDie(path);
    const int fd = call();
    if (changes && fd >= 0)
        note(Op::Open, path, (flags & O_TRUNC) != 0 ? 1 : 0);
    return fd;
}

template <class Call>
ssize_t written(int fd, off_t at, const void *data, Call call)
{
    struct stat facts = {};
    if (::fstat(fd, &facts) != 0 || !S_ISREG(facts.st_mode))
        return call();
    const std::string path = pathOf(fd);
    mayDie(path);
    if (at < 0)
        at = (::fcntl(fd, F_GETFL) & O_APPEND) != 0 ? facts.st_size : ::lseek(fd, 0, SEEK_CUR);
    const ssize_t done = call();
    if (done > 0)
        note(Op::Write, path, static_cast<std::uint64_t>(at), data, static_cast<std::size_t>(done));
    return done;
}

template <class Call>
int synced(int fd, Call call)
{
    const std::string path = pathOf(fd);
    mayDie(path);
    const int done = call();
    if (done == 0)
        note(Op::Sync, path);
    return done;
}

template <class Call>
int changed(Op op, const std::string &path, Call call, std::uint64_t offset = 0, const std::string &second = {})
{
    mayDie(path);
    const int done = call();
    if (done == 0)
        note(op, path, offset, second.data(), second.size());
    return done;
}

} // namespace

extern "C" {

int open(const char *name, int flags, ...)
{
    va_list more;
    va_start(more, flags);
    const mode_t mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(more, mode_t) : 0;
    va_end(more);
    static const auto call = next<int (*)(const char *, int, ...)>("open");
    return opened(pathAt(AT_FDCWD, name), flags, [&] { return call(name, flags, mode); });
}

int open64(const char *name, int flags, ...)
{
    va_list more;
    va_start(more, flags);
    const mode_t mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(more, mode_t) : 0;
    va_end(more);
    static const auto call = next<int (*)(const char *, int, ...)>("open64");
    return opened(pathAt(AT_FDCWD, name), flags, [&] { return call(name, flags, mode); });
}

int openat(int folder, const char *name, int flags, ...)
{
    va_list more;
    va_start(more, flags);
    const mode_t mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(more, mode_t) : 0;
    va_end(more);
    static const auto call = next<int (*)(int, const char *, int, ...)>("openat");
    return opened(pathAt(folder, name), flags, [&] { return call(folder, name, flags, mode); });
}

ssize_t write(int fd, const void *data, size_t size)
{
    static const auto call = next<ssize_t (*)(int, const void *, size_t)>("write");
    return written(fd, -1, data, [&] { return call(fd, data, size); });
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at)
{
    static const auto call = next<ssize_t (*)(int, const void *, size_t, off64_t)>("pwrite64");
    return written(fd, at, data, [&] { return call(fd, data, size, at); });
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t at)
{
    return pwrite64(fd, data, size, at);
}

int ftruncate64(int fd, off64_t size)
{
    static const auto call = next<int (*)(int, off64_t)>("ftruncate64");
    return changed(
        Op::Truncate, pathOf(fd), [&] { return call(fd, size); }, static_cast<std::uint64_t>(size));
}

int ftruncate(int fd, off_t size)
{
    return ftruncate64(fd, size);
}

int fsync(int fd)
{
    static const auto call = next<int (*)(int)>("fsync");
    return synced(fd, [&] { return call(fd); });
}

int fdatasync(int fd)
{
    static const auto call = next<int (*)(int)>("fdatasync");
    return synced(fd, [&] { return call(fd); });
}

int rename(const char *from, const char *to)
{
    static const auto call = next<int (*)(const char *, const char *)>("rename");
    return changed(
        Op::Rename, pathAt(AT_FDCWD, from), [&] { return call(from, to); }, 0, pathAt(AT_FDCWD, to));
}

int renameat(int fromFolder, const char *from, int toFolder, const char *to)
{
    static const auto call = next<int (*)(int, const char *, int, const char *)>("renameat");
    return changed(
        Op::Rename, pathAt(fromFolder, from), [&] { return call(fromFolder, from, toFolder, to); }, 0,
        pathAt(toFolder, to));
}

int unlink(const char *name)
{
    static const auto call = next<int (*)(const char *)>("unlink");
    return changed(Op::Unlink, pathAt(AT_FDCWD, name), [&] { return call(name); });
}

int unlinkat(int folder, const char *name, int flags)
{
    static const auto call = next<int (*)(int, const char *, int)>("unlinkat");
    return changed(Op::Unlink, pathAt(folder, name), [&] { return call(folder, name, flags); });
}

int mkdir(const char *name, mode_t mode)
{
    static const auto call = next<int (*)(const char *, mode_t)>("mkdir");
    return changed(Op::MakeFolder, pathAt(AT_FDCWD, name), [&] { return call(name, mode); });
}

} // extern "C"
