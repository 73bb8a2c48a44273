// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/store/database.h"

#include "services/store/connections_p.h"
#include "services/store/migrations_p.h"
#include "services/store/sqlerror_p.h"
#include "services/store/sqliteplace_p.h"
#include "services/store/sqlitesetup_p.h"

#include <QFileInfo>
#include <QSqlDatabase>
#include <QSqlError>

namespace society::store {

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
