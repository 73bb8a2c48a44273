// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/store/database.h"

#include "services/store/connections_p.h"
#include "services/store/migrations_p.h"
#include "services/store/serverconnection_p.h"
#include "services/store/servererror_p.h"
#include "services/store/sqlerror_p.h"
#include "services/store/sqliteplace_p.h"
#include "services/store/sqlitesetup_p.h"

#include <QFileInfo>
#include <QSqlDatabase>
#include <QSqlError>

namespace society::store {

namespace {

Place fileAt(const QString &path)
{
    return {QFileInfo(path).absoluteFilePath(), {}, {}};
}

} // namespace

Database::Database(Place place, Options options)
    : m_place(std::move(place))
    , m_path(m_place.server ? m_place.server->text() : m_place.file)
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
    return open(fileAt(path), Options());
}

Result<std::unique_ptr<Database>> Database::open(const QString &path, const Options &options)
{
    return open(fileAt(path), options);
}

Result<std::unique_ptr<Database>> Database::open(const Place &place)
{
    return open(place, Options());
}

Result<std::unique_ptr<Database>> Database::open(const Place &place, const Options &options)
{
    std::unique_ptr<Database> database(new Database(place, options));
    SOCIETY_TRY(database->open());
    return database;
}

std::unique_ptr<Database> Database::closed(const QString &path)
{
    return std::unique_ptr<Database>(new Database(fileAt(path), Options()));
}

Result<> Database::open()
{
    close();
    const bool isFile = dialect() == Dialect::Sqlite;
    if (isFile)
        SOCIETY_TRY(requirePlace(m_path, m_options.readOnly));
    if (auto ready = prepare(); !ready) {
        close();
        return fail(!isFile || m_options.readOnly ? ready.error() : placeError(ready.error(), m_path));
    }
    return {};
}

Result<> Database::reopen(const Place &place)
{
    close();
    m_place = place;
    m_path = m_place.server ? m_place.server->text() : m_place.file;
    return open();
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
    if (m_place.server) {
        SOCIETY_ASSIGN(m_version, serverVersion(connected, *m_place.server, m_options.migrations));
    } else {
        SOCIETY_ASSIGN(m_version, migrate(connected, m_options.migrations, m_options.readOnly));
    }
    return {};
}

Result<> Database::connectTo(const QString &name, bool isFirst)
{
    if (m_place.server)
        return connectToServer(name, *m_place.server, m_place.password, m_options);
    QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
    database.setDatabaseName(m_path);
    database.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=%1%2")
                                   .arg(m_options.busyMs)
                                   .arg(m_options.readOnly ? QStringLiteral(";QSQLITE_OPEN_READONLY") : QString()));
    if (!database.open())
        return fail(sqlError(database.lastError(), m_path));
    SOCIETY_TRY(setUp(database, m_options));
    if (!isFirst || m_options.readOnly)
        return {};
    SOCIETY_TRY(requireOurs(database, m_options.migrations)); // the mode is written into the file, for all its programs
    return enterWriteAheadMode(database, m_options.busyMs);
}

Result<QSqlDatabase> Database::connection()
{
    if (const ThreadConnection *known = Connections::ofThisThread(*this)) {
        QSqlDatabase database = QSqlDatabase::database(known->name, false);
        // Inside a transaction what was begun is gone with the connection: whoever began it must hear of it.
        if (m_place.server && known->depth == 0 && !database.isOpen())
            SOCIETY_TRY(reconnect(database, *m_place.server, m_options));
        return database;
    }
    const bool isFirst = m_version == 0;
    const bool isFile = dialect() == Dialect::Sqlite;
    if (isFile && !isFirst)
        SOCIETY_TRY(Connections::requireSameFile(*this));
    // Before it is opened: it may have to wait for another program that puts a copy in its place, and would go on
    // writing to what has no name any more.
    const bool wasThere = isFile && isFirst && m_connections->rememberFile(m_path);
    const QString name = m_connections->newName();
    auto done = connectTo(name, isFirst);
    if (isFile && isFirst && !wasThere)
        m_connections->rememberFile(m_path);
    if (done && isFile)
        done = Connections::requireSameFile(*this);
    if (!done) {
        QSqlDatabase::removeDatabase(name);
        return fail(done.error());
    }
    Connections::add(m_connections, name);
    return QSqlDatabase::database(name, false);
}

int Database::connectionCount() const
{
    return m_connections->count();
}

Error Database::errorOf(const QSqlError &error, const QString &sql) const
{
    return m_place.server ? serverError(error, *m_place.server, sql) : sqlError(error, m_path, sql);
}

} // namespace society::store
