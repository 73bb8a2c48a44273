// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/store/serverconnection_p.h"

#include "services/store/migrations_p.h"
#include "services/store/servererror_p.h"

#include <QCoreApplication>
#include <QSqlDatabase>
#include <QSqlDriver>
#include <QSqlError>
#include <QSqlQuery>
#include <QVariant>

namespace society::store {

namespace {

constexpr int OldestServer = 130'000; // pg_xact_status()

QString tr(const char *text)
{
    return QCoreApplication::translate("Database", text);
}

/// What the driver hands on to libpq. Whatever is not named here libpq takes from the environment; PGHOSTADDR there
/// would lead elsewhere than the host by which the encryption was decided, PGOPTIONS would change the session.
QString connectOptions(const Server &server)
{
    QStringList list{QStringLiteral("hostaddr=''"), QStringLiteral("sslmode=") + server.tlsMode(),
        QStringLiteral("connect_timeout=%1").arg(server.connectSeconds), QStringLiteral("gssencmode=disable"),
        QStringLiteral("target_session_attrs=read-write"), QStringLiteral("application_name=society-workbench"),
        // From the first moment, since the driver looks at once how texts are written.
        QStringLiteral("options='-c standard_conforming_strings=on'"), QStringLiteral("client_encoding=UTF8"),
        // A network that is gone is noticed within half a minute.
        QStringLiteral("keepalives=1"), QStringLiteral("keepalives_idle=15"), QStringLiteral("keepalives_interval=5"),
        QStringLiteral("keepalives_count=3"), QStringLiteral("tcp_user_timeout=30000")};
    if (!server.caFile.isEmpty())
        list.append(QStringLiteral("sslrootcert='%1'").arg(server.caFile));
    return list.join(u';');
}

Result<QString> value(const QSqlDatabase &database, const Server &server, const QString &sql)
{
    QSqlQuery query(database);
    if (!query.exec(sql))
        return fail(serverError(query.lastError(), server, sql));
    return query.next() ? query.value(0).toString() : QString();
}

/// What every session is told before it is used, in one question, since a server may be far away.
Result<> setUp(const QSqlDatabase &database, const Server &server, const Database::Options &options)
{
    QList<std::pair<QString, QString>> settings{
        {QStringLiteral("search_path"), ServerSchema + QStringLiteral(", pg_temp")},
        {QStringLiteral("client_min_messages"), QStringLiteral("error")},
        {QStringLiteral("timezone"), QStringLiteral("UTC")},
        {QStringLiteral("lock_timeout"), QString::number(options.busyMs)},
        // One that went to sleep inside a transaction must not keep the whole lab waiting: the server ends it.
        {QStringLiteral("idle_in_transaction_session_timeout"), QStringLiteral("60s")},
        {QStringLiteral("tcp_keepalives_idle"), QStringLiteral("15")},
        {QStringLiteral("tcp_keepalives_interval"), QStringLiteral("5")},
        {QStringLiteral("tcp_keepalives_count"), QStringLiteral("3")}};
    if (options.readOnly)
        settings.append({QStringLiteral("default_transaction_read_only"), QStringLiteral("on")});
    QString sql =
        QStringLiteral("SELECT current_setting('server_version_num')::int, current_setting('server_encoding')");
    for (const auto &[name, text] : std::as_const(settings))
        sql += QStringLiteral(", set_config('%1', '%2', false)").arg(name, text);
    QSqlQuery query(database);
    if (!query.exec(sql) || !query.next())
        return fail(serverError(query.lastError(), server, sql));
    const QString version = query.value(0).toString();
    const QString encoding = query.value(1).toString();
    if (version.toInt() < OldestServer)
        return fail(ErrorKind::Database, "server_too_old",
            tr("The server at %1:%2 is too old.").arg(server.host).arg(server.port), tr("Use PostgreSQL 13 or newer."),
            version, server.text());
    if (encoding != u"UTF8")
        return fail(ErrorKind::Database, "database_foreign",
            tr("The database “%1” cannot keep every character.").arg(server.database),
            tr("Make one with the encoding UTF8."), encoding, server.text());
    return {};
}

} // namespace

Result<> connectToServer(
    const QString &name, const Server &server, const QString &password, const Database::Options &options)
{
    QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QPSQL"), name);
    if (!database.isValid())
        return fail(ErrorKind::Database, "driver_missing", tr("This machine has no driver for PostgreSQL servers."),
            tr("Install the package libqt6sql6-psql."), database.lastError().text());
    database.setHostName(server.host);
    database.setPort(server.port);
    database.setDatabaseName(server.database);
    database.setUserName(server.user);
    database.setPassword(password);
    database.setConnectOptions(connectOptions(server));
    database.setNumericalPrecisionPolicy(QSql::HighPrecision); // a sum is numeric there: as text, not as a float
    return reconnect(database, server, options);
}

Result<> reconnect(QSqlDatabase &database, const Server &server, const Database::Options &options)
{
    database.close();
    if (!database.open())
        return fail(connectError(database.lastError(), server));
    if (auto done = setUp(database, server, options); !done) {
        database.close();
        return done;
    }
    return {};
}

Result<int> serverVersion(const QSqlDatabase &database, const Server &server, const QString &migrations)
{
    const auto ask = [&](const QString &sql) { return value(database, server, sql); };
    SOCIETY_ASSIGN(const QString schema,
        ask(QStringLiteral("SELECT count(*) FROM pg_namespace WHERE nspname = '%1'").arg(ServerSchema)));
    if (schema != u"1")
        return fail(ErrorKind::Database, "database_empty",
            tr("The database “%1” on %2 has no ledger yet.").arg(server.database, server.host),
            tr("Its administrator makes one by “society-cli database create”."), {}, server.text());
    SOCIETY_ASSIGN(const QString applied,
        ask(QStringLiteral("SELECT coalesce(max(version), 0) FROM %1.schema_versions").arg(ServerSchema)));
    const int newest = newestVersion(migrations + QStringLiteral("/postgresql"));
    if (applied.toInt() > newest)
        return fail(ErrorKind::Database, "database_newer",
            tr("The database “%1” was made by a newer version of Society Workbench.").arg(server.text()),
            tr("Install the newest version of Society Workbench."),
            QStringLiteral("version %1, known up to %2").arg(applied).arg(newest), server.text());
    if (applied.toInt() < newest)
        return fail(ErrorKind::Database, "database_older",
            tr("The database “%1” was made by an older version of Society Workbench.").arg(server.text()),
            tr("Its administrator brings it up to date by “society-cli database create”."),
            QStringLiteral("version %1 of %2").arg(applied).arg(newest), server.text());
    return applied.toInt();
}

} // namespace society::store
