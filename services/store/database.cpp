// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/store/database.h"

#include "services/store/connections_p.h"
#include "services/store/migrations_p.h"
#include "services/store/sqlerror_p.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QThread>
#include <QVariant>
#include <QtEndian>

namespace society::store {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Database", text);
}

tl::unexpected<Error> unreachable(const QString &path, const QString &message, const QString &remedy)
{
    return fail(ErrorKind::Database, "database_unreachable", message, remedy, {}, path);
}

Result<QString> pragma(const QSqlDatabase &database, const QString &text)
{
    QSqlQuery query(database);
    if (!query.exec(QStringLiteral("PRAGMA ") + text))
        return fail(sqlError(query.lastError(), database.databaseName(), text));
    return query.next() ? query.value(0).toString() : QString();
}

/// Changing to write-ahead mode needs the file alone for a moment and does not wait for it by itself.
Result<> enterWriteAheadMode(const QSqlDatabase &database, int busyMs)
{
    QElapsedTimer timer;
    timer.start();
    for (;;) {
        auto mode = pragma(database, QStringLiteral("journal_mode = WAL"));
        if (mode && *mode == u"wal")
            return {};
        if (mode)
            return unreachable(database.databaseName(),
                tr("The database “%1” cannot be shared safely between programs where it is.")
                    .arg(database.databaseName()),
                tr("Put the workspace on a local disk."));
        if (mode.error().code != u"database_locked" || timer.elapsed() > busyMs)
            return fail(mode.error());
        QThread::msleep(10);
    }
}

Result<> setUp(const QSqlDatabase &database, const Database::Options &options)
{
    // recursive_triggers: so that REPLACE fires the delete triggers; trusted_schema: a database is input, too.
    for (const char *text : {"synchronous = FULL", "foreign_keys = ON", "recursive_triggers = ON",
             "trusted_schema = OFF", "cell_size_check = ON"})
        SOCIETY_TRY(pragma(database, QLatin1String(text)));
    SOCIETY_ASSIGN(const QString keys, pragma(database, QStringLiteral("foreign_keys")));
    if (keys != u"1")
        return unreachable(database.databaseName(), tr("This SQLite library knows no foreign keys."),
            tr("Install the SQLite library of your system."));
    if (options.readOnly)
        SOCIETY_TRY(pragma(database, QStringLiteral("query_only = ON")));
    return {};
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

/// Errors that SQLite reports for a place where nothing may be written, told from those of a place that is not there.
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

} // namespace

Database::Database(QString path, Options options)
    : m_path(std::move(path))
    , m_options(std::move(options))
    , m_connections(std::make_shared<Connections>())
{
}

Database::~Database()
{
    m_connections->closeAll();
}

Result<std::unique_ptr<Database>> Database::open(const QString &path)
{
    return open(path, Options());
}

Result<std::unique_ptr<Database>> Database::open(const QString &path, const Options &options)
{
    std::unique_ptr<Database> database(new Database(QFileInfo(path).absoluteFilePath(), options));
    SOCIETY_TRY(database->open());
    return database;
}

std::unique_ptr<Database> Database::closed(const QString &path)
{
    return std::unique_ptr<Database>(new Database(QFileInfo(path).absoluteFilePath(), Options()));
}

Result<> Database::open()
{
    close();
    SOCIETY_TRY(requirePlace(m_path, m_options.readOnly));
    if (auto ready = prepare(); !ready) {
        close();
        return fail(m_options.readOnly ? ready.error() : placeError(ready.error(), m_path));
    }
    return {};
}

/// As it was when it was made; a thread finds no connection of before.
void Database::close()
{
    m_version = 0;
    m_connections->closeAll();
    m_connections = std::make_shared<Connections>();
}

Result<> Database::prepare()
{
    SOCIETY_ASSIGN(const QSqlDatabase connected, connection());
    SOCIETY_ASSIGN(m_version, migrate(connected, m_options.migrations, m_options.readOnly));
    return {};
}

Result<QSqlDatabase> Database::connection()
{
    if (const ThreadConnection *known = Connections::ofThisThread(*this))
        return QSqlDatabase::database(known->name, false);
    const bool isFirst = m_version == 0;
    if (!isFirst)
        SOCIETY_TRY(Connections::requireSameFile(*this));
    const QString name = m_connections->newName();
    const auto opened = [&]() -> Result<> {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
        database.setDatabaseName(m_path);
        database.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=%1%2")
                                       .arg(m_options.busyMs)
                                       .arg(m_options.readOnly ? QStringLiteral(";QSQLITE_OPEN_READONLY") : QString()));
        if (!database.open())
            return fail(sqlError(database.lastError(), m_path));
        SOCIETY_TRY(setUp(database, m_options));
        return isFirst && !m_options.readOnly ? enterWriteAheadMode(database, m_options.busyMs) : Result<>();
    };
    if (auto done = opened(); !done) {
        QSqlDatabase::removeDatabase(name);
        return fail(done.error());
    }
    if (isFirst)
        m_connections->rememberFile(m_path);
    Connections::add(m_connections, name);
    return QSqlDatabase::database(name, false);
}

int Database::connectionCount() const
{
    return m_connections->count();
}

} // namespace society::store
