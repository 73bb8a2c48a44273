// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ledger/faultvfs.h"

#include <QByteArray>
#include <QFile>
#include <QHash>
#include <QList>

#include <new>
#include <sqlite3.h>

namespace {

constexpr qint64 Sector = 512;

/// A write, or (without data) a new size.
struct Change {
    qint64 offset = 0;
    QByteArray data;
};

/// What of a file is on the disk for certain, and what came since.
struct Disk {
    QByteArray durable;
    QList<Change> pending;
};

struct State {
    sqlite3_vfs *real = nullptr;
    sqlite3_vfs vfs = {};
    QHash<QString, Disk> disks;
    FaultVfs::Fault fault = FaultVfs::Fault::IoError;
    int left = 0; ///< operations until the fault; 0: none is armed
    bool fired = false;
    bool broken = false; ///< everything fails from now on
};

State state;

/// SQLITE_OK, or the error that the operation that is about to happen meets.
int meet()
{
    const int broken = state.fault == FaultVfs::Fault::Full ? SQLITE_FULL : SQLITE_IOERR;
    if (state.broken)
        return broken;
    if (state.left == 0 || --state.left > 0)
        return SQLITE_OK;
    state.fired = true;
    state.broken = state.fault != FaultVfs::Fault::IoError;
    return broken;
}

void apply(QByteArray &content, const Change &change, qsizetype from, qsizetype size)
{
    const qsizetype end = static_cast<qsizetype>(change.offset) + from + size;
    if (content.size() < end)
        content.append(end - content.size(), '\0');
    content.replace(static_cast<qsizetype>(change.offset) + from, size, change.data.mid(from, size));
}

void apply(QByteArray &content, const Change &change)
{
    if (!change.data.isEmpty())
        apply(content, change, 0, change.data.size());
    else if (change.offset <= content.size())
        content.truncate(static_cast<qsizetype>(change.offset));
    else
        content.append(static_cast<qsizetype>(change.offset) - content.size(), '\0');
}

/// What SQLite holds of an open file; the real file lies behind it.
struct File {
    sqlite3_file base = {};
    QString path; ///< empty: a temporary file, of which nothing is kept
    sqlite3_file *real = nullptr;
};

File *of(sqlite3_file *file)
{
    return reinterpret_cast<File *>(file);
}

sqlite3_file *realOf(sqlite3_file *file)
{
    return of(file)->real;
}

void note(sqlite3_file *file, const Change &change)
{
    if (!of(file)->path.isEmpty())
        state.disks[of(file)->path].pending.append(change);
}

int closeFile(sqlite3_file *file)
{
    const int done = realOf(file)->pMethods->xClose(realOf(file));
    of(file)->~File();
    return done;
}

int writeFile(sqlite3_file *file, const void *data, int size, sqlite3_int64 offset)
{
    if (const int met = meet(); met != SQLITE_OK)
        return met;
    note(file, {offset, QByteArray(static_cast<const char *>(data), size)});
    return realOf(file)->pMethods->xWrite(realOf(file), data, size, offset);
}

int truncateFile(sqlite3_file *file, sqlite3_int64 size)
{
    if (const int met = meet(); met != SQLITE_OK)
        return met;
    note(file, {size, {}});
    return realOf(file)->pMethods->xTruncate(realOf(file), size);
}

int syncFile(sqlite3_file *file, int)
{
    if (const int met = meet(); met != SQLITE_OK)
        return met;
    if (of(file)->path.isEmpty())
        return SQLITE_OK;
    Disk &disk = state.disks[of(file)->path];
    for (const Change &change : std::as_const(disk.pending))
        apply(disk.durable, change);
    disk.pending.clear();
    return SQLITE_OK;
}

int openFile(sqlite3_vfs *, const char *name, sqlite3_file *file, int flags, int *outFlags)
{
    auto *real = reinterpret_cast<sqlite3_file *>(reinterpret_cast<char *>(file) + sizeof(File));
    file->pMethods = nullptr;
    const int done = state.real->xOpen(state.real, name, real, flags, outFlags);
    if (done != SQLITE_OK)
        return done;
    static sqlite3_io_methods methods = [] {
        sqlite3_io_methods made = {};
        made.iVersion = 2; // no mapping of the file: its writes could not be seen
        made.xClose = closeFile;
        made.xRead = [](sqlite3_file *f, void *data, int size, sqlite3_int64 offset) {
            return realOf(f)->pMethods->xRead(realOf(f), data, size, offset);
        };
        made.xWrite = writeFile;
        made.xTruncate = truncateFile;
        made.xSync = syncFile;
        made.xFileSize = [](sqlite3_file *f, sqlite3_int64 *size) {
            return realOf(f)->pMethods->xFileSize(realOf(f), size);
        };
        made.xLock = [](sqlite3_file *f, int lock) { return realOf(f)->pMethods->xLock(realOf(f), lock); };
        made.xUnlock = [](sqlite3_file *f, int lock) { return realOf(f)->pMethods->xUnlock(realOf(f), lock); };
        made.xCheckReservedLock = [](sqlite3_file *f, int *out) {
            return realOf(f)->pMethods->xCheckReservedLock(realOf(f), out);
        };
        made.xFileControl = [](sqlite3_file *f, int op, void *arg) {
            // A size hint would write without us.
            return op == SQLITE_FCNTL_SIZE_HINT ? SQLITE_OK : realOf(f)->pMethods->xFileControl(realOf(f), op, arg);
        };
        made.xSectorSize = [](sqlite3_file *) { return static_cast<int>(Sector); };
        made.xDeviceCharacteristics = [](sqlite3_file *f) {
            return realOf(f)->pMethods->xDeviceCharacteristics(realOf(f));
        };
        made.xShmMap = [](sqlite3_file *f, int page, int size, int extend, void volatile **out) {
            return realOf(f)->pMethods->xShmMap(realOf(f), page, size, extend, out);
        };
        made.xShmLock = [](sqlite3_file *f, int offset, int n, int how) {
            return realOf(f)->pMethods->xShmLock(realOf(f), offset, n, how);
        };
        made.xShmBarrier = [](sqlite3_file *f) { realOf(f)->pMethods->xShmBarrier(realOf(f)); };
        made.xShmUnmap = [](sqlite3_file *f, int remove) { return realOf(f)->pMethods->xShmUnmap(realOf(f), remove); };
        return made;
    }();
    auto *made = new (file) File;
    made->base.pMethods = &methods;
    made->real = real;
    constexpr int kept = SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL;
    if (name != nullptr && (flags & kept) != 0) {
        made->path = QFile::decodeName(name);
        if (!state.disks.contains(made->path)) {
            QFile content(made->path);
            Disk disk;
            if (content.open(QIODevice::ReadOnly))
                disk.durable = content.readAll();
            state.disks.insert(made->path, disk);
        }
    }
    return SQLITE_OK;
}

int deleteFile(sqlite3_vfs *, const char *name, int sync)
{
    if (const int met = meet(); met != SQLITE_OK)
        return met;
    state.disks.remove(QFile::decodeName(name));
    return state.real->xDelete(state.real, name, sync);
}

} // namespace

FaultVfs::FaultVfs()
{
    state = {};
    state.real = sqlite3_vfs_find(nullptr);
    state.vfs = *state.real;
    state.vfs.szOsFile = static_cast<int>(sizeof(File)) + state.real->szOsFile;
    state.vfs.zName = "society-faults";
    state.vfs.pNext = nullptr;
    state.vfs.xOpen = openFile;
    state.vfs.xDelete = deleteFile;
    sqlite3_vfs_register(&state.vfs, 1);
}

FaultVfs::~FaultVfs()
{
    sqlite3_vfs_unregister(&state.vfs);
    sqlite3_vfs_register(state.real, 1);
}

void FaultVfs::arm(int operation, Fault fault)
{
    heal();
    state.fault = fault;
    state.left = operation;
}

bool FaultVfs::hasFired() const
{
    return state.fired;
}

void FaultVfs::heal()
{
    state.left = 0;
    state.fired = false;
    state.broken = false;
}

void FaultVfs::losePower(QRandomGenerator &random)
{
    for (auto it = state.disks.begin(); it != state.disks.end(); ++it) {
        QByteArray content = it->durable;
        for (const Change &change : std::as_const(it->pending)) {
            if (change.data.isEmpty()) {
                if (random.bounded(2) == 0)
                    apply(content, change);
                continue;
            }
            // By the sectors of the disk, not of the write.
            for (qsizetype at = 0; at < change.data.size();) {
                const qint64 inSector = (change.offset + at) % Sector;
                const auto size = static_cast<qsizetype>(qMin<qint64>(Sector - inSector, change.data.size() - at));
                if (random.bounded(2) == 0)
                    apply(content, change, at, size);
                at += size;
            }
        }
        QFile file(it.key());
        if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || file.write(content) != content.size())
            qFatal("the disk after the power cut could not be written");
        QFile::remove(it.key() + QStringLiteral("-shm"));
        *it = {content, {}};
    }
}
