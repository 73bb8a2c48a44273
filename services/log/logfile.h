// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/error.h"

#include <QString>

namespace society::log {

/// What a path names at one moment. Two files are the same one when device and inode are equal.
struct FileFacts {
    bool exists = false;
    quint64 device = 0;
    quint64 inode = 0;
    qint64 size = 0;       ///< bytes
    qint64 modifiedNs = 0; ///< when its content was last changed, nanoseconds since 1970

    [[nodiscard]] bool isSameFile(const FileFacts &other) const
    {
        return exists == other.exists && device == other.device && inode == other.inode;
    }
};

/// Looks at a path without opening it; a missing file is an answer, not an error. Error: `read_failed`.
[[nodiscard]] Result<FileFacts> factsOf(const QString &path);

/// A file opened for reading by position. It stays readable when its name is removed. Move-only; reading is for any
/// number of threads at once.
class LogFile {
public:
    LogFile() = default;
    ~LogFile();
    LogFile(LogFile &&other) noexcept;
    LogFile &operator=(LogFile &&other) noexcept;
    LogFile(const LogFile &) = delete;
    LogFile &operator=(const LogFile &) = delete;

    /// Errors: `file_missing`, `read_failed` (also for what is no regular file).
    [[nodiscard]] static Result<LogFile> open(const QString &path);

    [[nodiscard]] bool isOpen() const { return m_fd >= 0; }
    [[nodiscard]] const QString &path() const { return m_path; }
    /// What it was when it was opened.
    [[nodiscard]] const FileFacts &opened() const { return m_opened; }
    /// A stretch of bytes.
    struct Stretch {
        qint64 begin = 0;
        qint64 end = 0;
    };
    /// The next stretch at or after `offset` that is no hole (of zeros that take no room); at the file's end where
    /// there is none. Where a file system does not tell, all that follows is one. Error: `read_failed`.
    [[nodiscard]] Result<Stretch> storedFrom(qint64 offset) const;
    /// The open file itself, whatever its path names by now. Error: `read_failed`.
    [[nodiscard]] Result<FileFacts> facts() const;
    /// Reads up to `bytes` at `offset`; fewer only at the end of the file. Error: `read_failed`.
    [[nodiscard]] Result<qint64> read(qint64 offset, char *buffer, qint64 bytes) const;

private:
    explicit LogFile(int fd, QString path)
        : m_fd(fd)
        , m_path(std::move(path))
    {
    }
    int m_fd = -1;
    QString m_path;
    FileFacts m_opened;
};

} // namespace society::log
