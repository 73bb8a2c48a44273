// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/store/migrations_p.h"

#include "services/core/clock.h"
#include "services/store/servererror_p.h"
#include "services/store/sqlerror_p.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QVariant>

// The migrations are compiled into this static library; without a name used, the linker would drop them.
static void useMigrations()
{
    Q_INIT_RESOURCE(migrations);
}

namespace society::store {

namespace {

struct Migration {
    int version = 0;
    QString name;
    QString path;
};

QString tr(const char *text)
{
    return QCoreApplication::translate("Database", text);
}

QList<Migration> migrationsIn(const QString &folder)
{
    static const QRegularExpression form(QStringLiteral("^(\\d{4})_(\\w+)\\.sql$"));
    QList<Migration> list;
    const QStringList names = QDir(folder).entryList(QDir::Files, QDir::Name);
    for (const QString &name : names) {
        const QRegularExpressionMatch match = form.match(name);
        if (match.hasMatch())
            list.append({match.captured(1).toInt(), match.captured(2), folder + u'/' + name});
    }
    return list;
}

Result<> run(const QSqlDatabase &database, const QString &sql)
{
    QSqlQuery query(database);
    if (!query.exec(sql))
        return fail(sqlError(query.lastError(), database.databaseName(), sql));
    return {};
}

/// The applied version: 0 for an empty file. Error: `database_foreign`, where there are tables but not ours.
Result<int> appliedVersion(const QSqlDatabase &database)
{
    QSqlQuery query(database);
    if (!query.exec(QStringLiteral(
            "SELECT count(*), count(CASE WHEN name = 'schema_versions' THEN 1 END) FROM sqlite_master")) ||
        !query.next())
        return fail(sqlError(query.lastError(), database.databaseName()));
    const bool isEmpty = query.value(0).toInt() == 0;
    const bool isOurs = query.value(1).toInt() == 1;
    query.finish();
    if (isEmpty)
        return 0;
    if (!isOurs)
        return fail(ErrorKind::Database, "database_foreign",
            tr("“%1” is a database of another program.").arg(database.databaseName()),
            tr("Choose another workspace folder."), {}, database.databaseName());
    if (!query.exec(QStringLiteral("SELECT coalesce(max(version), 0) FROM schema_versions")) || !query.next())
        return fail(sqlError(query.lastError(), database.databaseName()));
    return query.value(0).toInt();
}

Result<> requireNotNewer(const QSqlDatabase &database, int applied, int newest)
{
    if (applied <= newest)
        return {};
    return fail(ErrorKind::Database, "database_newer",
        tr("The database “%1” was made by a newer version of Society Workbench.").arg(database.databaseName()),
        tr("Install the newest version of Society Workbench."),
        QStringLiteral("version %1, known up to %2").arg(applied).arg(newest), database.databaseName());
}

Result<QStringList> statementsOf(const Migration &migration)
{
    QFile file(migration.path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorKind::Database, "migration_failed",
            tr("The program's own file “%1” could not be read.").arg(migration.path),
            tr("Install Society Workbench again."), file.errorString(), migration.path);
    return splitSql(QString::fromUtf8(file.readAll()));
}

bool note(const Migration &migration, QSqlQuery &row)
{
    row.prepare(QStringLiteral("INSERT INTO schema_versions (version, name, applied_at) VALUES (?, ?, ?)"));
    row.addBindValue(migration.version);
    row.addBindValue(migration.name);
    row.addBindValue(toIso(SystemClock().now()));
    return row.exec();
}

tl::unexpected<Error> notBrought(const QString &name, int version, const QString &detail)
{
    return fail(ErrorKind::Database, "migration_failed",
        tr("The database “%1” could not be brought to version %2.").arg(name).arg(version),
        tr("It is as it was before. Report this with the details."), detail, name);
}

Result<> apply(const QSqlDatabase &database, const Migration &migration)
{
    SOCIETY_ASSIGN(const QStringList statements, statementsOf(migration));
    for (const QString &statement : statements) {
        auto done = run(database, statement);
        if (!done && (done.error().code == u"database_failed" || done.error().kind == ErrorKind::Refused) &&
            done.error().code != u"disk_full")
            return notBrought(database.databaseName(), migration.version, done.error().detail);
        SOCIETY_TRY(done);
    }
    QSqlQuery row(database);
    if (!note(migration, row))
        return fail(sqlError(row.lastError(), database.databaseName()));
    return {};
}

/// One step under the write lock: another program may have been here between looking and locking, so it looks again.
Result<int> step(const QSqlDatabase &database, const QList<Migration> &migrations)
{
    SOCIETY_TRY(run(database, QStringLiteral("BEGIN IMMEDIATE")));
    const auto locked = [&]() -> Result<int> {
        SOCIETY_ASSIGN(const int applied, appliedVersion(database));
        SOCIETY_TRY(requireNotNewer(database, applied, static_cast<int>(migrations.size())));
        if (applied == migrations.size())
            return applied;
        SOCIETY_TRY(run(database,
            QStringLiteral("CREATE TABLE IF NOT EXISTS schema_versions (version INTEGER NOT NULL PRIMARY KEY, "
                           "name TEXT NOT NULL, applied_at TEXT NOT NULL) STRICT")));
        SOCIETY_TRY(apply(database, migrations.at(applied)));
        return applied + 1;
    };
    Result<int> version = locked();
    if (version)
        if (auto done = run(database, QStringLiteral("COMMIT")); !done)
            version = fail(done.error());
    if (!version)
        (void)run(database, QStringLiteral("ROLLBACK"));
    return version;
}

} // namespace

int newestVersion(const QString &folder)
{
    useMigrations();
    return static_cast<int>(migrationsIn(folder).size());
}

Result<QStringList> migrationStatements(const QString &folder)
{
    useMigrations();
    QStringList all;
    for (const Migration &migration : migrationsIn(folder)) {
        SOCIETY_ASSIGN(const QStringList statements, statementsOf(migration));
        all += statements;
    }
    return all;
}

Result<int> migrateServer(const QSqlDatabase &database, const Server &server, const QString &folder, int applied)
{
    useMigrations();
    const QList<Migration> migrations = migrationsIn(folder);
    for (const Migration &migration : migrations.mid(applied)) {
        SOCIETY_ASSIGN(const QStringList statements, statementsOf(migration));
        QSqlQuery query(database);
        for (const QString &statement : statements) {
            if (query.exec(statement))
                continue;
            const Error error = serverError(query.lastError(), server, statement);
            if (error.code == u"database_failed" || error.kind == ErrorKind::Refused)
                return notBrought(server.text(), migration.version, error.detail);
            return fail(error);
        }
        if (!note(migration, query))
            return fail(serverError(query.lastError(), server));
    }
    return static_cast<int>(migrations.size());
}

Result<> requireOurs(const QSqlDatabase &database, const QString &folder)
{
    SOCIETY_ASSIGN(const int applied, appliedVersion(database));
    return requireNotNewer(database, applied, newestVersion(folder));
}

Result<int> migrate(const QSqlDatabase &database, const QString &folder, bool readOnly)
{
    useMigrations();
    const QList<Migration> migrations = migrationsIn(folder);
    const int newest = static_cast<int>(migrations.size());
    for (int i = 0; i < newest; ++i)
        Q_ASSERT(migrations.at(i).version == i + 1);
    SOCIETY_ASSIGN(int applied, appliedVersion(database));
    SOCIETY_TRY(requireNotNewer(database, applied, newest));
    if (readOnly && applied < newest)
        return fail(ErrorKind::Database, "database_older",
            tr("The database “%1” was made by an older version of Society Workbench.").arg(database.databaseName()),
            tr("Open the workspace once with this version."),
            QStringLiteral("version %1 of %2").arg(applied).arg(newest), database.databaseName());
    while (applied < newest) {
        SOCIETY_ASSIGN(applied, step(database, migrations));
    }
    return applied;
}

} // namespace society::store
