// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/store/sqlerror_p.h"

#include "services/core/freespace.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QSqlError>

namespace society::store {

namespace {

// From sqlite3.h, whose numbers are part of its file format's promise.
enum Code {
    Perm = 3,
    Busy = 5,
    Locked = 6,
    NoMemory = 7,
    ReadOnly = 8,
    Io = 10,
    Corrupt = 11,
    Full = 13,
    CantOpen = 14,
    Constraint = 19,
    NotADatabase = 26,
    ConstraintPrimaryKey = 1555,
    ConstraintTrigger = 1811,
    ConstraintUnique = 2067,
    ConstraintRowId = 2579,
};

QString tr(const char *text)
{
    return QCoreApplication::translate("Database", text);
}

Error make(ErrorKind kind, const char *code, const QString &message, const QString &remedy)
{
    return {kind, QString::fromLatin1(code), message, remedy, {}, {}};
}

Error constraintError(int native)
{
    switch (native) {
    case ConstraintPrimaryKey:
    case ConstraintUnique:
    case ConstraintRowId:
        return make(ErrorKind::Refused, "unique", tr("There is such an entry already."), tr("Choose another name."));
    case ConstraintTrigger:
        return make(ErrorKind::Refused, "immutable", tr("This entry is kept as it was written."),
            tr("Add a new entry instead of changing this one."));
    default:
        return make(ErrorKind::Refused, "constraint",
            tr("The database refused the entry, as it breaks one of its rules."), tr("Check the values."));
    }
}

/// SQLite's own side files take 32 KiB as soon as a database is opened; where these do not fit it says that it "cannot
/// open" the database, or that the disk failed.
bool isDiskFull(const QString &path)
{
    constexpr qint64 sideFiles = 64 << 10;
    return freeSpace(QFileInfo(path).absolutePath()).value_or(sideFiles) < sideFiles;
}

Error fileError(int native, const QString &path)
{
    int code = native & 0xff;
    if ((code == CantOpen || code == Io) && isDiskFull(path))
        code = Full;
    switch (code) {
    case Busy:
    case Locked:
        return make(ErrorKind::Database, "database_locked",
            tr("Another program is writing to the database “%1”.").arg(path),
            tr("Try again in a moment; if it stays so, close the other programs that use this workspace."));
    case Corrupt:
    case NotADatabase:
        return make(ErrorKind::Database, "database_damaged", tr("The database “%1” is damaged.").arg(path),
            tr("Restore it from a copy; leave the file as it is until then."));
    case Full:
        return make(ErrorKind::Refused, "disk_full",
            tr("The disk is full: the database “%1” could not be written.").arg(path),
            tr("Free some space and try again."));
    case Perm:
    case ReadOnly:
        return make(ErrorKind::Database, "database_unwritable",
            tr("The database “%1” may not be written to.").arg(path),
            tr("Check the permissions of the file and of its folder."));
    case CantOpen:
    case Io:
        return make(ErrorKind::Database, "database_unreachable",
            tr("The database “%1” could not be reached.").arg(path),
            tr("Check that its folder exists, may be used by you, and is on a local disk."));
    default:
        return make(ErrorKind::Database, "database_failed", tr("The database “%1” failed.").arg(path),
            tr("Try again; if it happens again, report it with the details."));
    }
}

} // namespace

int nativeCode(const QSqlError &error)
{
    return error.nativeErrorCode().toInt();
}

bool endsTransaction(int native)
{
    const int primary = native & 0xff;
    return primary == Full || primary == Io || primary == NoMemory || primary == Busy || primary == Corrupt;
}

Error sqlError(const QSqlError &error, const QString &path, const QString &sql)
{
    const int native = nativeCode(error);
    Error made = (native & 0xff) == Constraint ? constraintError(native) : fileError(native, path);
    made.detail = QStringLiteral("%1 (%2)").arg(error.text().trimmed(), error.nativeErrorCode());
    if (!sql.isEmpty())
        made.detail += QStringLiteral(": ") + sql.simplified().left(500);
    if (made.kind == ErrorKind::Database)
        made.path = path;
    return made;
}

} // namespace society::store
