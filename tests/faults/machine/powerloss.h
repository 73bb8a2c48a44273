// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/faults/machine/disktrace.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QString>
#include <memory>

namespace society::test {

/// One change of a file, as the trace has it; paths are relative to the traced folder.
struct Change {
    trace::Op op = trace::Op::Open;
    QString path;
    QString second; ///< the new name of a rename
    QByteArray data;
    qint64 offset = 0;
};

/// The changes of a trace below `folder`.
[[nodiscard]] QList<Change> readTrace(const QString &file, const QString &folder);

/// What a machine's disk holds where the power fails between two changes. Names and contents are kept twice: as
/// programs see them, and as they were last synced.
class FailingDisk {
public:
    enum class Loss {
        None,      ///< all was on the disk in time: as after kill -9 of everything
        Unsynced,  ///< all that nobody synced is gone: contents and names
        Contents,  ///< names are there, contents that nobody synced are not
        LastWrite, ///< of the last write to each unsynced file only the beginning is there
    };

    /// The folder's files as they were before the first change; all synced. Only those that `changes` touches.
    FailingDisk(const QString &folder, const QList<Change> &changes);

    void apply(const Change &change);
    /// Puts what would be left into a folder which has been written to by this object alone. `torn`: how much of the
    /// last write, in 512 bytes.
    [[nodiscard]] bool write(const QString &folder, Loss loss, int torn) const;
    /// What would be left of a file; null: there is no such name.
    [[nodiscard]] QByteArray left(const QString &path, Loss loss, int torn = 0) const;

private:
    struct File {
        QByteArray now;
        QByteArray synced;
        QByteArray beforeLastWrite;
        qint64 lastOffset = 0;
        QByteArray lastData;
        bool isSynced = true;
    };
    using Names = QHash<QString, std::shared_ptr<File>>;
    [[nodiscard]] QByteArray left(const File &file, Loss loss, int torn) const;

    QStringList m_touched;
    Names m_now;
    Names m_synced;
};

} // namespace society::test
