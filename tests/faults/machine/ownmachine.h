// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <functional>

namespace society::test {

/// Runs `test` in a process with mounts, a network and limits of its own (namespaces), where a machine's faults can be
/// made without harm to any other process. Its folder for temporary files is a file system of its own that is gone with
/// it. Returns what `test` returned; 1, with words, where the system gives no namespaces. Call it first in main().
[[nodiscard]] int onMachineOfItsOwn(const std::function<int()> &test);

/// A file system in memory of a few megabytes at a folder, which is made; gone with the object. In namespaces only.
class SmallDisk {
public:
    SmallDisk(const QString &path, qint64 bytes);
    ~SmallDisk();
    SmallDisk(const SmallDisk &) = delete;
    SmallDisk &operator=(const SmallDisk &) = delete;

    [[nodiscard]] bool isMounted() const { return m_mounted; }
    /// Leaves no byte free.
    [[nodiscard]] bool fill();
    /// Takes away what fill() wrote.
    void clear();
    /// False where a file is open for writing.
    [[nodiscard]] bool setReadOnly(bool readOnly);

private:
    QString m_path;
    bool m_mounted;
};

/// Lets ports be given out from this range only, and takes all of them.
class NoPort {
public:
    NoPort();
    ~NoPort();
    NoPort(const NoPort &) = delete;
    NoPort &operator=(const NoPort &) = delete;
    [[nodiscard]] bool holds() const { return m_holds; }

private:
    QList<int> m_sockets;
    bool m_holds = false;
};

/// Writes a kernel setting below /proc/sys; false where it may not be.
[[nodiscard]] bool setKernel(const char *name, const QByteArray &value);

/// The boot that every program sees from now on; empty: the true one again.
[[nodiscard]] bool setBootId(const QByteArray &id);

} // namespace society::test
