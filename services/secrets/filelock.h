// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/error.h"

#include <chrono>

namespace society::secrets {

/// Keeps other processes from changing the files of keys meanwhile. The kernel ends it with the process.
class FileLock {
public:
    /// Takes the lock file `path` (made where it is missing). Errors: `secrets_busy` after `deadline`, `write_failed`,
    /// `disk_full`.
    [[nodiscard]] static Result<FileLock> take(
        const QString &path, std::chrono::milliseconds deadline = std::chrono::seconds(10));
    ~FileLock();
    FileLock(FileLock &&other) noexcept;
    FileLock &operator=(FileLock &&) = delete;
    FileLock(const FileLock &) = delete;
    FileLock &operator=(const FileLock &) = delete;

private:
    explicit FileLock(int fd)
        : m_fd(fd)
    {
    }
    int m_fd = -1;
};

} // namespace society::secrets
