// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <tl/expected.hpp>
#include <utility>

namespace society::keeper {

/// Owns a file descriptor.
class Fd {
public:
    Fd() = default;
    explicit Fd(int fd)
        : m_fd(fd)
    {
    }
    ~Fd() { reset(); }
    Fd(Fd &&other) noexcept
        : m_fd(std::exchange(other.m_fd, -1))
    {
    }
    Fd &operator=(Fd &&other) noexcept
    {
        reset(std::exchange(other.m_fd, -1));
        return *this;
    }
    Fd(const Fd &) = delete;
    Fd &operator=(const Fd &) = delete;

    [[nodiscard]] int get() const { return m_fd; }
    explicit operator bool() const { return m_fd >= 0; }
    void reset(int fd = -1);

private:
    int m_fd = -1;
};

/// The failed side of file functions: errno.
template <class T = void>
using Errno = tl::expected<T, int>;

/// Opens name below a folder, close-on-exec, and again where a signal interrupts.
[[nodiscard]] Errno<Fd> openAt(int folder, const std::string &name, int flags, mode_t mode = 0600);

/// Reads a whole file of at most `limit` bytes; EFBIG for a larger one.
[[nodiscard]] Errno<std::string> readAt(int folder, const std::string &name, std::size_t limit);

/// When what was written is on the disk: on return, or some time later (until then a power cut may leave the old file,
/// none, or an empty one).
enum class Durable { Now, Later };

/// Writes a whole file (0600) so that everyone finds the old or the new one: temporary name, sync, rename, sync of the
/// folder. `name` may have folders in it.
[[nodiscard]] Errno<> writeAt(
    int folder, const std::string &name, std::string_view text, Durable durable = Durable::Now);

/// write(2) until all is written; false with errno set.
[[nodiscard]] bool writeAll(int fd, std::string_view text);

/// The system's words for an errno.
[[nodiscard]] std::string words(int error);

/// True for the errors that mean "no space": ENOSPC, EDQUOT.
[[nodiscard]] bool isFull(int error);

/// Overwrites a text that held a secret, then empties it.
void wipe(std::string &text);

} // namespace society::keeper
