// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/postgresserver.h"

#include "services/store/ledgerschema.h"
#include "tests/support/results.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QSqlRecord>
#include <QVariant>

namespace society::test {

namespace {

constexpr int StartMs = 60'000;
constexpr QLatin1String Template("ledger_template");

/// A connection without any code of the program.
class Direct {
public:
    Direct(const store::Place &place)
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QPSQL"), m_name);
        database.setHostName(place.server->host);
        database.setPort(place.server->port);
        database.setDatabaseName(place.server->database);
        database.setUserName(place.server->user);
        database.setPassword(place.password);
        if (!database.open())
            qFatal("%s", qPrintable(database.lastError().text()));
    }
    ~Direct() { QSqlDatabase::removeDatabase(m_name); }
    Direct(const Direct &) = delete;
    Direct &operator=(const Direct &) = delete;

    [[nodiscard]] QSqlQuery run(const QString &sql) const
    {
        QSqlQuery query(QSqlDatabase::database(m_name, false));
        if (!query.exec(sql))
            qFatal("%s: %s", qPrintable(sql), qPrintable(query.lastError().text()));
        return query;
    }

private:
    const QString m_name = QStringLiteral("direct");
};

} // namespace

PostgresServer::PostgresServer(const QStringList &arguments)
{
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(
        qEnvironmentVariable("SOCIETY_SOURCE") + QStringLiteral("/tests/support/postgres-server"), arguments);
    while (!m_process.canReadLine())
        if (!m_process.waitForReadyRead(StartMs))
            qFatal("tests/support/postgres-server does not start");
    const QStringList words = QString::fromUtf8(m_process.readLine()).trimmed().split(u' ');
    if (words.value(0) != u"ready")
        qFatal("tests/support/postgres-server: %s", qPrintable(words.join(u' ')));
    m_port = words.value(1).toInt();
    m_password = words.value(2);
    m_folder = words.value(3);
}

PostgresServer::~PostgresServer()
{
    m_process.closeWriteChannel();
    if (!m_process.waitForFinished(StartMs))
        qWarning("the test's PostgreSQL server does not end");
}

PostgresServer &PostgresServer::shared()
{
    static PostgresServer server;
    return server;
}

store::Server PostgresServer::server(const QString &database, const QString &login) const
{
    store::Server server;
    server.host = QStringLiteral("127.0.0.1");
    server.port = m_port;
    server.database = database;
    server.user = login;
    return server;
}

store::Place PostgresServer::place(const QString &database, const QString &login) const
{
    return {{}, server(database, login), m_password};
}

QString PostgresServer::newDatabase(bool withLedger)
{
    const QString postgres = QStringLiteral("postgres");
    if (withLedger &&
        rows(postgres, QStringLiteral("SELECT 1 FROM pg_database WHERE datname = '%1'").arg(Template)).isEmpty()) {
        sql(postgres, {QStringLiteral("CREATE DATABASE ") + Template});
        must(store::createLedger(server(Template), m_password));
        addLogin(QStringLiteral("admin"));
        sql(Template, {QStringLiteral("SELECT set_member('admin', '', 'admin')")});
    }
    const QString name = QStringLiteral("lab_%1").arg(++m_made);
    sql(postgres, {QStringLiteral("CREATE DATABASE ") + name +
                      (withLedger ? QStringLiteral(" TEMPLATE ") + Template : QString())});
    return name;
}

void PostgresServer::addLogin(const QString &login)
{
    const QString postgres = QStringLiteral("postgres");
    if (rows(postgres, QStringLiteral("SELECT 1 FROM pg_roles WHERE rolname = '%1'").arg(login)).isEmpty())
        sql(postgres, {QStringLiteral("CREATE ROLE %1 LOGIN PASSWORD '%2'").arg(login, m_password)});
}

void PostgresServer::sql(const QString &database, const QStringList &statements)
{
    const Direct direct(place(database));
    (void)direct.run(QStringLiteral("SET search_path = society"));
    for (const QString &statement : statements)
        (void)direct.run(statement);
}

QList<QStringList> PostgresServer::rows(const QString &database, const QString &sql)
{
    const Direct direct(place(database));
    (void)direct.run(QStringLiteral("SET search_path = society"));
    QSqlQuery query = direct.run(sql);
    return allRows(query);
}

void PostgresServer::tell(const char *word)
{
    m_process.write(QByteArray(word) + '\n');
    while (!m_process.canReadLine())
        if (!m_process.waitForReadyRead(StartMs))
            qFatal("tests/support/postgres-server does not answer");
    if (const QByteArray answer = m_process.readLine().trimmed(); answer != "ok")
        qFatal("tests/support/postgres-server: %s", answer.constData());
}

void PostgresServer::kill()
{
    tell("kill");
}

void PostgresServer::stop()
{
    tell("stop");
}

void PostgresServer::start()
{
    tell("start");
}

QList<QStringList> allRows(QSqlQuery &query)
{
    QList<QStringList> all;
    while (query.next()) {
        QStringList row;
        for (int i = 0; i < query.record().count(); ++i)
            row.append(query.value(i).toString());
        all.append(row);
    }
    return all;
}

bool isOnServer()
{
    return qEnvironmentVariableIsSet("SOCIETY_TEST_SERVER");
}

store::Place newPlace(const QString &folder)
{
    if (!isOnServer())
        return {folder + QStringLiteral("/society.db"), {}, {}};
    PostgresServer &server = PostgresServer::shared();
    return server.place(server.newDatabase(), QStringLiteral("admin"));
}

} // namespace society::test
