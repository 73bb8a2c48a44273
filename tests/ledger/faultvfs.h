// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRandomGenerator>
#include <QString>

/// SQLite's way to the disk while this exists (its default VFS, so for the connections that Qt opens, too), with faults
/// on demand. A sync reaches no real disk: what is durable is kept here. One at a time; of one thread.
class FaultVfs {
public:
    enum class Fault {
        IoError, ///< one operation fails, the next ones work again
        Full,    ///< as SQLITE_FULL, from then on until heal()
        Crash,   ///< nothing more reaches a file, until heal(): a killed program
    };

    FaultVfs();
    ~FaultVfs();
    FaultVfs(const FaultVfs &) = delete;
    FaultVfs &operator=(const FaultVfs &) = delete;

    /// The `operation`-th (from 1) write, sync, truncation or deletion from now on fails.
    void arm(int operation, Fault fault);
    [[nodiscard]] bool hasFired() const;
    /// Everything works again; nothing is armed.
    void heal();

    /// The machine loses its power: of what was written since the last sync of a file, each sector of 512 bytes is on
    /// the disk or not, as `random` says, and so is each change of its size. No connection may be open.
    void losePower(QRandomGenerator &random);
};
