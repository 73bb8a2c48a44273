// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/store/backup.h"
#include "services/store/backup_p.h"

#include "services/core/files.h"
#include "services/store/database.h"
#include "services/store/migrations_p.h"
#include "services/store/query.h"
#include "services/store/sqlerror_p.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QUuid>
#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <unistd.h>

namespace society::store {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Database", text);
}

/// Of a database's file and of those that SQLite keeps beside it.
constexpr std::array<const char *, 4> logEndings{"", "-wal", "-shm", "-journal"};

QString temporaryFor(const QString &path)
{
    return path + QStringLiteral(".new-") + QUuid::createUuid().toString(QUuid::Id128).left(12);
}

/// A name that SQLite's own files of a database have, too.
void removeWithLogs(const QString &path)
{
    for (const char *ending : logEndings)
        QFile::remove(path + QLatin1String(ending));
}

/// Whether a path names a database's file or one that SQLite keeps beside it, by whatever way.
bool isOf(const QString &database, const QString &path)
{
    const auto real = [](const QString &file) {
        const QFileInfo info(file);
        if (QString canonical = info.canonicalFilePath(); !canonical.isEmpty())
            return canonical;
        // Not there: its folder may be.
        const QString folder = QFileInfo(info.absolutePath()).canonicalFilePath();
        return folder.isEmpty() ? info.absoluteFilePath() : QDir(folder).filePath(info.fileName());
    };
    const QString target = real(path);
    return std::any_of(logEndings.begin(), logEndings.end(),
        [&](const char *ending) { return target == real(database) + QLatin1String(ending); });
}

/// A connection of its own to any file, which is gone with the object. Not a Database: that one brings the file to the
/// newest version, or refuses it.
class Visit {
public:
    explicit Visit(const QString &path, bool readOnly)
        : m_name(QStringLiteral("visit-") + QUuid::createUuid().toString(QUuid::Id128))
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_name);
        database.setDatabaseName(path);
        database.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=2000") +
                                   (readOnly ? QStringLiteral(";QSQLITE_OPEN_READONLY") : QString()));
        database.open();
    }
    ~Visit() { QSqlDatabase::removeDatabase(m_name); }
    Visit(const Visit &) = delete;
    Visit &operator=(const Visit &) = delete;

    [[nodiscard]] QSqlDatabase connection() const { return QSqlDatabase::database(m_name, false); }
    /// The first value. Errors: as Query.
    [[nodiscard]] Result<QString> value(const QString &sql) const
    {
        const QSqlDatabase database = connection();
        QSqlQuery query(database);
        if (!database.isOpen() || !query.exec(sql))
            return fail(
                sqlError(database.isOpen() ? query.lastError() : database.lastError(), database.databaseName(), sql));
        return query.next() ? query.value(0).toString() : QString();
    }

private:
    QString m_name;
};

tl::unexpected<Error> notWhole(const QString &path, const QString &detail)
{
    return fail(ErrorKind::Database, "database_damaged", tr("The database “%1” is damaged.").arg(path),
        tr("Use an older copy; leave the file as it is until then."), detail, path);
}

/// Whether a copy is one of ours, of this version or an older one, with every page in order. Changes nothing.
Result<> requireWhole(const QString &path)
{
    if (!QFileInfo(path).isFile())
        return fail(ErrorKind::Database, "database_unreachable", tr("There is no database “%1”.").arg(path),
            tr("Check the name and the folder."), {}, path);
    const Visit visit(path, true);
    SOCIETY_ASSIGN(const QString verdict, visit.value(QStringLiteral("PRAGMA quick_check(1)")));
    if (verdict != u"ok")
        return notWhole(path, verdict);
    SOCIETY_ASSIGN(const QString ours,
        visit.value(QStringLiteral("SELECT count(*) FROM sqlite_master WHERE name = 'schema_versions'")));
    if (ours != u"1")
        return fail(ErrorKind::Database, "database_foreign", tr("“%1” is a database of another program.").arg(path),
            tr("Choose a copy that Society Workbench has made."), {}, path);
    const auto version = migrate(visit.connection(), QStringLiteral(":/migrations"), true);
    if (!version && version.error().code != u"database_older")
        return fail(version.error());
    return {};
}

/// Takes the database for itself, which writes its log into it, until the object is gone: who opens it meanwhile waits,
/// and finds the other file then. No error where there is none, or a damaged one.
class Taken {
public:
    explicit Taken(const QString &path)
        : m_path(path)
    {
        if (QFile::exists(path))
            m_visit = std::make_unique<Visit>(path, false);
    }

    Result<> take() const
    {
        if (!m_visit)
            return {};
        // Back from write-ahead mode only the last one that has it open can; then nobody may come in.
        for (const char *sql : {"PRAGMA journal_mode = DELETE", "BEGIN EXCLUSIVE"}) {
            const auto done = m_visit->value(QString::fromLatin1(sql));
            if (done ? done->isEmpty() || *done == u"delete" : done.error().code == u"database_damaged")
                continue;
            if (!done && done.error().code != u"database_locked")
                return fail(done.error());
            return fail(ErrorKind::Refused, "database_in_use", tr("A program has the database “%1” open.").arg(m_path),
                tr("Close the window and wait until every society-cli has ended, then try again."),
                done ? *done : done.error().detail, m_path);
        }
        return {};
    }

private:
    const QString m_path;
    std::unique_ptr<Visit> m_visit;
};

Result<> step(QLatin1String name, const QString &path)
{
    if (!restoreSteps() || restoreSteps()(name))
        return {};
    return writeFailed(path, QStringLiteral("stopped before ") + name);
}

/// What was in the place of a database, under another name; back in its place with the object, unless the other one is
/// there to stay.
class PutAside {
public:
    PutAside(QString path, QString kept)
        : m_path(std::move(path))
        , m_kept(std::move(kept))
    {
    }
    PutAside(const PutAside &) = delete;
    PutAside &operator=(const PutAside &) = delete;
    ~PutAside()
    {
        if (m_stays)
            return;
        if (m_isKept) {
            // Where it cannot have its name again, it stays what it is called now, with its logs. As long as both are
            // names of one file, rename() leaves both.
            if (::rename(QFile::encodeName(m_kept).constData(), QFile::encodeName(m_path).constData()) != 0)
                return;
            QFile::remove(m_kept);
        } else if (m_isReplaced) { // else it would be what another program has made meanwhile
            QFile::remove(m_path);
        }
        for (const QString &ending : std::as_const(m_logs))
            QFile::rename(m_kept + ending, m_path + ending);
    }

    /// A second name, so that at every moment a whole database has the first. Not by reading it: to close it again
    /// would end the locks that this program has on it.
    Result<> keep()
    {
        SOCIETY_TRY(step(QLatin1String("keep"), m_kept));
        if (::link(QFile::encodeName(m_path).constData(), QFile::encodeName(m_kept).constData()) != 0)
            return writeFailed(m_kept, QString::fromLocal8Bit(std::strerror(errno)));
        m_isKept = true;
        return {};
    }
    /// SQLite's own files of a database that is not there or damaged: it would read them into the next one.
    Result<> moveLogs()
    {
        for (const char *ending : {"-wal", "-shm", "-journal"}) {
            const QString log = m_path + QLatin1String(ending);
            if (!QFile::exists(log))
                continue;
            SOCIETY_TRY(step(QLatin1String(ending), log));
            if (!QFile::rename(log, m_kept + QLatin1String(ending)))
                return writeFailed(m_kept + QLatin1String(ending), QString());
            m_logs.append(QLatin1String(ending));
        }
        return {};
    }
    /// The copy has the database's name.
    void replaced() { m_isReplaced = true; }
    void stay() { m_stays = true; }

private:
    const QString m_path;
    const QString m_kept;
    bool m_isReplaced = false;
    bool m_isKept = false;
    bool m_stays = false;
    QStringList m_logs; ///< what was moved, by its ending
};

Result<> copyTo(const QString &from, const QString &path, PutAside &before)
{
    SOCIETY_TRY(step(QLatin1String("copy"), path));
    const QString temporary = temporaryFor(path);
    if (!QFile::copy(from, temporary)) {
        const auto error = writeFailed(path, QString());
        QFile::remove(temporary);
        return error;
    }
    QFile::setPermissions(temporary, QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    SOCIETY_TRY(nameFile(temporary, path));
    before.replaced();
    return step(QLatin1String("sync"), path);
}

} // namespace

RestoreSteps &restoreSteps()
{
    static RestoreSteps steps;
    return steps;
}

// VACUUM INTO reads in one frozen view and writes a new file without gaps. SQLite does not sync that file; nameFile()
// does, before the file has its name.
Result<> backUp(Database &database, const QString &path)
{
    if (database.dialect() == Dialect::PostgreSql)
        return fail(ErrorKind::Refused, "backup_on_server",
            tr("The database is on a server (%1).").arg(database.path()),
            tr("Its administrator makes copies of it, for example by pg_dump."));
    const QString target = QFileInfo(path).absoluteFilePath();
    if (isOf(database.path(), path))
        return fail(ErrorKind::Refused, "write_failed", tr("A copy cannot take the place of the database itself."),
            tr("Choose another file."), {}, path);
    const QString temporary = temporaryFor(target);
    auto done = [&]() -> Result<> {
        SOCIETY_TRY(execute(database, QStringLiteral("VACUUM INTO ?"), {temporary}));
        QFile::setPermissions(temporary, QFileDevice::ReadOwner | QFileDevice::WriteOwner);
        return requireWhole(temporary);
    }();
    if (!done) {
        removeWithLogs(temporary);
        return done;
    }
    return nameFile(temporary, path);
}

Result<QString> backUpDaily(Database &database, const QString &folder, QDate today, int keep)
{
    if (database.dialect() == Dialect::PostgreSql)
        return QString(); // its administrator's work
    SOCIETY_TRY(makePrivateFolder(folder));
    const QDir copies(folder);
    const QString path = copies.filePath(QStringLiteral("society-%1.db").arg(today.toString(Qt::ISODate)));
    const bool isNew = !QFile::exists(path);
    if (isNew)
        SOCIETY_TRY(backUp(database, path));
    // By name, which is by day. One of a day to come is of a clock that was wrong then or is now: it neither goes nor
    // takes the place of another.
    QStringList names = copies.entryList(
        {QStringLiteral("society-[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9].db")}, QDir::Files, QDir::Name);
    names.removeIf([&](const QString &name) { return copies.filePath(name) > path; });
    for (qsizetype i = 0; i < names.size() - keep; ++i)
        QFile::remove(copies.filePath(names.at(i)));
    return isNew ? path : QString();
}

Result<QString> restore(const QString &copy, const QString &path, const QDateTime &now)
{
    SOCIETY_TRY(requireWhole(copy));
    if (QFileInfo(copy + QStringLiteral("-wal")).size() > 0)
        return fail(ErrorKind::Refused, "database_in_use",
            tr("“%1” is no copy: its newest changes are in a file beside it.").arg(copy),
            tr("Make a copy of it by “society-cli backup”."), {}, copy);
    const Taken taken(path);
    SOCIETY_TRY(taken.take());
    const QString kept = path + QStringLiteral(".replaced-") + now.toUTC().toString(QStringLiteral("yyyyMMdd-HHmmss"));
    const bool wasThere = QFile::exists(path);
    PutAside before(path, kept);
    if (wasThere)
        SOCIETY_TRY(before.keep());
    SOCIETY_TRY(before.moveLogs());
    SOCIETY_TRY(copyTo(copy, path, before));
    before.stay();
    return wasThere ? kept : QString();
}

} // namespace society::store
