// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/store/sqliteplace_p.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QtEndian>

namespace society::store {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Database", text);
}

/// A cut that SQLite does not see: it makes a new database of the first bytes of one, and fills up half a page at the
/// end. While there is a log, that last page may be half written: the log has it whole.
bool isCutOff(const QString &path)
{
    constexpr qint64 smallestPage = 512;
    QFile file(path);
    if (file.size() == 0 || !file.open(QIODevice::ReadOnly))
        return false;
    const QByteArray head = file.read(18);
    if (file.size() < smallestPage)
        return true;
    const qint64 pageSize = qFromBigEndian<quint16>(head.constData() + 16);
    const bool hasPages = head.startsWith("SQLite format 3") && pageSize >= smallestPage;
    return hasPages && file.size() % pageSize != 0 && QFileInfo(path + QStringLiteral("-wal")).size() == 0;
}

} // namespace

tl::unexpected<Error> unreachable(const QString &path, const QString &message, const QString &remedy)
{
    return fail(ErrorKind::Database, "database_unreachable", message, remedy, {}, path);
}

Result<> requirePlace(const QString &path, bool readOnly)
{
    const QFileInfo file(path);
    if (file.exists() && !file.isFile())
        return unreachable(path, tr("“%1” is not a file.").arg(path), tr("Choose another workspace folder."));
    if (!file.exists() && readOnly)
        return unreachable(path, tr("There is no database “%1”.").arg(path), tr("Set the workspace up first."));
    if (isCutOff(path))
        return fail(ErrorKind::Database, "database_damaged", tr("The database “%1” is damaged.").arg(path),
            tr("Restore it from a copy; leave the file as it is until then."), {}, path);
    if (!QFileInfo(file.absolutePath()).isDir())
        return unreachable(path, tr("There is no folder “%1”.").arg(file.absolutePath()),
            tr("Make it, or choose another workspace folder."));
    return {};
}

Error placeError(Error error, const QString &path)
{
    const QFileInfo file(path);
    const bool writable = QFileInfo(file.absolutePath()).isWritable() && (!file.exists() || file.isWritable());
    if (error.code == u"database_unreachable" && !writable) {
        error.code = QStringLiteral("database_unwritable");
        error.message = tr("The database “%1” may not be written to.").arg(path);
        error.remedy = tr("Check the permissions of the file and of its folder.");
    }
    return error;
}

} // namespace society::store
