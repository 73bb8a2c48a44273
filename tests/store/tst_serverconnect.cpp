// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/store/ledgerschema.h"
#include "services/store/members.h"
#include "tests/store/storefixture.h"
#include "tests/support/postgresserver.h"

#include <QElapsedTimer>
#include <QFile>

namespace {

/// Sets a variable of the environment for a while.
class Environment {
public:
    Environment(const char *name, const QByteArray &value)
        : m_name(name)
    {
        qputenv(name, value);
    }
    ~Environment() { qunsetenv(m_name); }
    Environment(const Environment &) = delete;
    Environment &operator=(const Environment &) = delete;

private:
    const char *m_name;
};

} // namespace

/// Which servers are reached, by whom, over what; and what is said where not.
class TestServerConnect : public QObject {
    Q_OBJECT
private slots:
    void isLoopback_data();
    void isLoopback();
    void checksWhatWasGiven_data();
    void checksWhatWasGiven();
    void keepsNoPassword();
    void damagedFile();
    void nothingListens();
    void nobodyAnswers();
    void wrongPassword();
    void passwordFromItsFile();
    void unknownDatabase();
    void makesALedger();
    void newerAndForeign();
    void noTlsButElsewhere();
    void environmentLeadsNowhereElse();
    void selfSigned();
    void readsButDoesNotWrite();

private:
    test::PostgresServer &m_server = test::PostgresServer::shared();
};

void TestServerConnect::isLoopback_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("loopback");
    for (const char *host : {"127.0.0.1", "127.3.2.1", "::1", "localhost", "LocalHost", "/var/run/postgresql"})
        QTest::newRow(host) << QString::fromLatin1(host) << true;
    for (const char *host : {"10.0.0.1", "db.example.org", "127.0.0.1.example.org", "127.example.org",
             "localhost.evil.org", "127.1", "::2", "fe80::1", "128.0.0.1", ""})
        QTest::newRow(host) << QString::fromLatin1(host) << false;
}

void TestServerConnect::isLoopback()
{
    QFETCH(QString, host);
    QFETCH(bool, loopback);
    Server server;
    server.host = host;
    QCOMPARE(server.isLoopback(), loopback);
    QCOMPARE(server.tlsMode(), loopback ? u"prefer"_s : u"require"_s);
    server.caFile = u"/ca.pem"_s;
    QCOMPARE(server.tlsMode(), u"verify-full"_s);
}

void TestServerConnect::checksWhatWasGiven_data()
{
    QTest::addColumn<Server>("server");
    QTest::addColumn<QString>("field");
    const Server good{u"db.example.org"_s, 5432, u"lab"_s, u"ann"_s, {}, 3, {}};
    QTest::newRow("good") << good << QString();
    const auto row = [&](const char *name, const QString &field, auto change) {
        Server server = good;
        change(server);
        QTest::newRow(name) << server << field;
    };
    row("odd but good", {}, [](Server &s) {
        s.user = u"Änn O'Neil; =x"_s;
        s.host = u" ::1 "_s;
    });
    row("no host", u"host"_s, [](Server &s) { s.host = u"  "_s; });
    row("two hosts", u"host"_s, [](Server &s) { s.host = u"a,b"_s; });
    row("an option in the host", u"host"_s, [](Server &s) { s.host = u"a' sslmode=disable"_s; });
    row("port 0", u"port"_s, [](Server &s) { s.port = 0; });
    row("port too large", u"port"_s, [](Server &s) { s.port = 65'536; });
    row("no database", u"database"_s, [](Server &s) { s.database.clear(); });
    row("a list of options as database", u"database"_s, [](Server &s) { s.database = u"host=evil"_s; });
    row("an address as database", u"database"_s, [](Server &s) { s.database = u"postgresql://evil/x"_s; });
    row("no login", u"user"_s, [](Server &s) { s.user.clear(); });
    row("newline in the login", u"user"_s, [](Server &s) { s.user = u"a\nb"_s; });
    row("path with a semicolon", u"ca_file"_s, [](Server &s) { s.caFile = u"/a;sslmode=disable"_s; });
    row("no time", u"connect_seconds"_s, [](Server &s) { s.connectSeconds = 0; });
}

void TestServerConnect::checksWhatWasGiven()
{
    QFETCH(Server, server);
    QFETCH(QString, field);
    const auto checked = checkedServer(server);
    QCOMPARE(checked ? QString() : checked.error().path, field);
    if (!checked)
        QCOMPARE(checked.error().code, u"server_invalid"_s);
}

void TestServerConnect::keepsNoPassword()
{
    QTemporaryDir dir;
    const QString path = dir.filePath(u"database.json"_s);
    QCOMPARE(must(loadServer(path)), std::nullopt);
    Server server = m_server.server(u"lab"_s, u"ann"_s);
    server.caFile = u"/etc/ca.pem"_s;
    server.home = newHome();
    must(saveServer(path, server));
    QCOMPARE(must(loadServer(path)), std::optional(server));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray text = file.readAll();
    QVERIFY2(!text.contains("password") && !text.contains(m_server.password().toUtf8()), text.constData());
}

void TestServerConnect::damagedFile()
{
    QTemporaryDir dir;
    const QString path = dir.filePath(u"database.json"_s);
    for (const QByteArray &text : {QByteArray("{"), QByteArray("[]"), QByteArray("{}"), QByteArray(R"({"host": 5})")}) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
        file.close();
        const auto loaded = loadServer(path); // never: as if there were none, and a new database beside the shared one
        QVERIFY2(!loaded && !loaded.error().remedy.isEmpty(), text.constData());
    }
}

void TestServerConnect::nothingListens()
{
    store::Place place = m_server.place(u"lab"_s);
    place.server->port = 1;
    const auto opened = Database::open(place);
    QCOMPARE(codeOf(opened), u"database_unreachable"_s);
    QVERIFY(opened.error().kind == ErrorKind::Database);
    QVERIFY(opened.error().message.contains(u"127.0.0.1:1"_s));
    place.server->host = u"no-such-host.invalid"_s;
    QCOMPARE(codeOf(Database::open(place)), u"database_unreachable"_s);
}

void TestServerConnect::nobodyAnswers()
{
    // Something that takes the connection and says nothing.
    const auto silent = std::make_unique<QProcess>();
    silent->start(u"python3"_s, {u"-c"_s, u"import socket, sys\ns = socket.create_server(('127.0.0.1', 0))\n"
                                          "print(s.getsockname()[1], flush=True)\nsys.stdin.read()"_s});
    QVERIFY(silent->waitForReadyRead());
    store::Place place = m_server.place(u"lab"_s);
    place.server->port = silent->readLine().trimmed().toInt();
    place.server->connectSeconds = 2;
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(codeOf(Database::open(place)), u"database_unreachable"_s);
    // Not before, and not because the other has gone: it would say nothing for ever.
    QVERIFY2(timer.elapsed() >= 1'900, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(silent->state(), QProcess::Running);
    silent->closeWriteChannel();
    QVERIFY(silent->waitForFinished());
}

void TestServerConnect::wrongPassword()
{
    store::Place place = m_server.place(m_server.newDatabase(), u"admin"_s);
    must(Database::open(place));
    for (const QString &password : {u"wrong-word"_s, QString()}) {
        place.password = password;
        const auto opened = Database::open(place);
        QCOMPARE(codeOf(opened), u"login_refused"_s);
        QVERIFY(password.isEmpty() || !(opened.error().message + opened.error().detail).contains(password));
    }
    place.server->user = u"nobody_at_all"_s;
    QCOMPARE(codeOf(Database::open(place)), u"login_refused"_s);
}

void TestServerConnect::passwordFromItsFile()
{
    store::Place place = m_server.place(m_server.newDatabase(), u"admin"_s);
    QTemporaryDir dir;
    QFile file(dir.filePath(u"pgpass"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("127.0.0.1:*:*:admin:" + m_server.password().toUtf8() + '\n');
    file.close();
    QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner));
    const Environment passwords("PGPASSFILE", QFile::encodeName(file.fileName()));
    place.password.clear();
    must(Database::open(place));
}

void TestServerConnect::unknownDatabase()
{
    const auto opened = Database::open(m_server.place(u"no_such_database"_s));
    QCOMPARE(codeOf(opened), u"database_unknown"_s);
    QVERIFY(opened.error().message.contains(u"no_such_database"_s));
}

void TestServerConnect::makesALedger()
{
    // By a login that may make roles and schemas, and is no superuser.
    const QString name = m_server.newDatabase(false);
    m_server.addLogin(u"builder"_s);
    m_server.addLogin(u"guest"_s);
    m_server.sql(name, {u"ALTER ROLE builder CREATEROLE"_s, u"GRANT CREATE ON DATABASE %1 TO builder"_s.arg(name)});
    const store::Place place = m_server.place(name, u"builder"_s);
    QCOMPARE(codeOf(Database::open(place)), u"database_empty"_s);
    const auto refused = createLedger(m_server.server(name, u"guest"_s), m_server.password());
    QCOMPARE(codeOf(refused), u"role_forbids"_s);
    QCOMPARE(codeOf(Database::open(place)), u"database_empty"_s); // nothing half made
    const Created made = must(createLedger(*place.server, place.password));
    QVERIFY(made.isNew && made.version >= 2);
    const Created again = must(createLedger(*place.server, place.password));
    QVERIFY(!again.isNew && again.version == made.version);
    auto database = must(Database::open(place));
    QCOMPARE(database->version(), made.version);
    QCOMPARE(must(ownRoles(*database)).at(0).role, u"admin"_s);
    // The builder has not stayed the owner of the tables.
    QCOMPARE(codeOf(Query::run(*database, u"ALTER TABLE bills DISABLE TRIGGER USER"_s)), u"role_forbids"_s);
    QCOMPARE(codeOf(Query::run(*database, u"SET ROLE society_schema"_s)), u"role_forbids"_s);
}

void TestServerConnect::newerAndForeign()
{
    const QString name = m_server.newDatabase();
    m_server.sql(name, {u"INSERT INTO schema_versions VALUES (9999, 'future', '')"_s});
    QCOMPARE(codeOf(Database::open(m_server.place(name, u"admin"_s))), u"database_newer"_s);
    QCOMPARE(codeOf(createLedger(m_server.server(name), m_server.password())), u"database_newer"_s);
    const QString foreign = m_server.newDatabase(false);
    m_server.sql(foreign, {u"CREATE SCHEMA society"_s, u"CREATE TABLE society.others (x int)"_s});
    QCOMPARE(codeOf(createLedger(m_server.server(foreign), m_server.password())), u"database_foreign"_s);
    m_server.sql(
        u"postgres"_s, {u"CREATE DATABASE latin ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0"_s});
    QCOMPARE(codeOf(createLedger(m_server.server(u"latin"_s), m_server.password())), u"database_foreign"_s);
}

void TestServerConnect::noTlsButElsewhere()
{
    // 127.1 leads to this machine, but is not one of the names that say so: as for any other host TLS is required.
    store::Place place = m_server.place(m_server.newDatabase(), u"admin"_s);
    place.server->host = u"127.1"_s;
    const auto opened = Database::open(place);
    QCOMPARE(codeOf(opened), u"tls_refused"_s);
    QVERIFY(opened.error().kind == ErrorKind::Database);
}

void TestServerConnect::environmentLeadsNowhereElse()
{
    // What libpq would take from the environment must not undo what was decided by the host's name.
    store::Place place = m_server.place(m_server.newDatabase(), u"admin"_s);
    const Environment address("PGHOSTADDR", "192.0.2.1");
    const Environment mode("PGSSLMODE", "disable");
    const Environment options("PGOPTIONS", "-c search_path=pg_catalog");
    auto database = must(Database::open(place));
    QCOMPARE(valueOf(*database, u"SELECT count(*) FROM tenants"_s), u"1"_s);
    place.server->host = u"127.1"_s;
    QCOMPARE(codeOf(Database::open(place)), u"tls_refused"_s);
}

void TestServerConnect::selfSigned()
{
    test::PostgresServer tls({u"--tls"_s});
    const QString name = tls.newDatabase();
    store::Place place = tls.place(name, u"admin"_s);
    const auto isEncrypted = [&] {
        auto database = must(Database::open(place));
        return valueOf(*database,
            u"SELECT CASE WHEN ssl THEN 'yes' ELSE 'no' END FROM pg_stat_ssl WHERE pid = pg_backend_pid()"_s);
    };
    QCOMPARE(isEncrypted(), u"yes"_s);
    place.server->host = u"127.1"_s;
    QCOMPARE(isEncrypted(), u"yes"_s);
    place.server->caFile = tls.certificate();
    QCOMPARE(codeOf(Database::open(place)), u"tls_refused"_s); // the certificate is of localhost
    place.server->host = u"localhost"_s;
    QCOMPARE(isEncrypted(), u"yes"_s);
    place.server->caFile = qEnvironmentVariable("SOCIETY_SOURCE") + u"/tests/data/gateway/selfsigned.pem"_s;
    QCOMPARE(codeOf(Database::open(place)), u"tls_refused"_s); // another authority
    place.server->caFile = u"/no/such/file.pem"_s;
    QCOMPARE(codeOf(Database::open(place)), u"tls_refused"_s);
}

void TestServerConnect::readsButDoesNotWrite()
{
    Database::Options options;
    options.readOnly = true;
    auto reader = must(Database::open(m_server.place(m_server.newDatabase(), u"admin"_s), options));
    QCOMPARE(valueOf(*reader, u"SELECT count(*) FROM tenants"_s), u"1"_s);
    QCOMPARE(codeOf(execute(*reader, u"INSERT INTO settings VALUES ('a', '')"_s)), u"database_unwritable"_s);
}

QTEST_GUILESS_MAIN(TestServerConnect)
#include "tst_serverconnect.moc"
