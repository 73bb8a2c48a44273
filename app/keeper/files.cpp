// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/keeper/files.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace society::keeper {

void Fd::reset(int fd)
{
    if (m_fd >= 0)
        ::close(m_fd);
    m_fd = fd;
}

Errno<Fd> openAt(int folder, const std::string &name, int flags, mode_t mode)
{
    for (;;) {
        Fd fd(::openat(folder, name.c_str(), flags | O_CLOEXEC | O_NOCTTY, mode));
        if (fd)
            return fd;
        if (errno != EINTR)
            return tl::unexpected(errno);
    }
}

Errno<std::string> readAt(int folder, const std::string &name, std::size_t limit)
{
    // O_NONBLOCK: a FIFO in the place of our file must not hold the keeper.
    auto fd = openAt(folder, name, O_RDONLY | O_NONBLOCK);
    if (!fd)
        return tl::unexpected(fd.error());
    struct stat facts = {};
    if (::fstat(fd->get(), &facts) != 0)
        return tl::unexpected(errno);
    if (!S_ISREG(facts.st_mode))
        return tl::unexpected(EINVAL);
    std::string text;
    char block[8192];
    for (;;) {
        const ssize_t n = ::read(fd->get(), block, sizeof block);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return tl::unexpected(errno);
        if (n == 0)
            return text;
        text.append(block, static_cast<std::size_t>(n));
        if (text.size() > limit)
            return tl::unexpected(EFBIG);
    }
}

bool writeAll(int fd, std::string_view text)
{
    while (!text.empty()) {
        const ssize_t n = ::write(fd, text.data(), text.size());
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        text.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
}

namespace {

Errno<> writeNew(int folder, const std::string &name, std::string_view text, Durable durable)
{
    // Only the holder of the run's lock writes, so one fixed name does: a torn one of a killed keeper is overwritten.
    auto fd = openAt(folder, name, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW);
    if (!fd)
        return tl::unexpected(fd.error());
    if (::fchmod(fd->get(), 0600) != 0 || !writeAll(fd->get(), text))
        return tl::unexpected(errno);
    if (durable == Durable::Now && ::fsync(fd->get()) != 0)
        return tl::unexpected(errno);
    return {};
}

} // namespace

Errno<> writeAt(int folder, const std::string &name, std::string_view text, Durable durable)
{
    const std::string temporary = name + ".new";
    Errno<> done = writeNew(folder, temporary, text, durable);
    if (done && ::renameat(folder, temporary.c_str(), folder, name.c_str()) != 0)
        done = tl::unexpected(errno);
    if (!done) {
        ::unlinkat(folder, temporary.c_str(), 0);
        return done;
    }
    if (durable == Durable::Later)
        return {};
    const std::size_t slash = name.rfind('/');
    const auto parent =
        openAt(folder, slash == std::string::npos ? "." : name.substr(0, slash), O_RDONLY | O_DIRECTORY);
    // Some file systems cannot sync a folder (EINVAL): there the rename is as durable as it can be.
    if (parent && ::fsync(parent->get()) != 0 && errno != EINVAL)
        return tl::unexpected(errno);
    return {};
}

std::string words(int error)
{
    return std::strerror(error);
}

bool isFull(int error)
{
    return error == ENOSPC || error == EDQUOT;
}

void wipe(std::string &text)
{
    ::explicit_bzero(text.data(), text.size());
    text.clear();
}

} // namespace society::keeper
