// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/store/ledgerschema.h"

#include "services/store/migrations_p.h"
#include "services/store/serverconnection_p.h"
#include "services/store/servererror_p.h"

#include <QCoreApplication>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QVariant>
#include <atomic>

namespace society::store {

namespace {

/// A connection of its own, closed at the end.
class Maker {
public:
    explicit Maker(const Server &server)
        : m_server(server)
        , m_name(QStringLiteral("society-maker-%1").arg(++made))
    {
    }
    ~Maker() { QSqlDatabase::removeDatabase(m_name); }
    Maker(const Maker &) = delete;
    Maker &operator=(const Maker &) = delete;

    Result<Created> make(const QString &password, const Database::Options &options)
    {
        SOCIETY_TRY(connectToServer(m_name, m_server, password, options));
        SOCIETY_TRY(ask("BEGIN"));
        auto created = makeAll(options.migrations + QStringLiteral("/postgresql"));
        if (created)
            if (auto done = ask("COMMIT"); !done)
                created = fail(done.error());
        if (!created)
            (void)ask("ROLLBACK");
        return created;
    }

private:
    Result<QString> ask(const char *sql)
    {
        QSqlQuery query(QSqlDatabase::database(m_name, false));
        const QString text = QString::fromLatin1(sql);
        if (!query.exec(text))
            return fail(serverError(query.lastError(), m_server, text));
        return query.next() ? query.value(0).toString() : QString();
    }

    Result<> run(std::initializer_list<const char *> statements)
    {
        for (const char *sql : statements)
            SOCIETY_TRY(ask(sql));
        return {};
    }

    Result<> makeRole(const char *question, const char *statement)
    {
        SOCIETY_ASSIGN(const QString count, ask(question));
        return count == u"0" ? run({statement}) : Result<>();
    }

    Result<Created> makeAll(const QString &migrations)
    {
        // As all writers do: of several at once, or beside a move, one comes after the other.
        SOCIETY_TRY(ask("SELECT pg_advisory_xact_lock(7236837125361205620)"));
        SOCIETY_TRY(makeRole("SELECT count(*) FROM pg_roles WHERE rolname = 'society_schema'",
            "CREATE ROLE society_schema NOLOGIN NOINHERIT"));
        SOCIETY_TRY(makeRole(
            "SELECT count(*) FROM pg_roles WHERE rolname = 'society_users'", "CREATE ROLE society_users NOLOGIN"));
        // To take its part for a moment one must belong to it; who could stay in it would not be bound by the policies.
        // (Since 16 who makes a role belongs to it without being able to take its part.)
        SOCIETY_ASSIGN(const QString version, ask("SHOW server_version_num"));
        SOCIETY_ASSIGN(const QString belongs,
            ask(version.toInt() >= 160'000
                    ? "SELECT CASE WHEN pg_has_role(session_user, 'society_schema', 'SET') THEN 'yes' ELSE 'no' END"
                    : "SELECT CASE WHEN pg_has_role(session_user, 'society_schema', 'MEMBER') THEN 'yes' ELSE 'no' "
                      "END"));
        if (belongs == u"no")
            SOCIETY_TRY(ask("GRANT society_schema TO SESSION_USER"));
        SOCIETY_TRY(
            run({"GRANT society_users TO society_schema WITH ADMIN OPTION", "GRANT society_users TO SESSION_USER"}));
        SOCIETY_ASSIGN(const Created created, makeSchema(migrations));
        if (belongs == u"no")
            SOCIETY_TRY(ask("REVOKE society_schema FROM SESSION_USER"));
        return created;
    }

    Result<Created> makeSchema(const QString &migrations)
    {
        SOCIETY_ASSIGN(const QString known, ask("SELECT count(*) FROM pg_namespace WHERE nspname = 'society'"));
        if (known == u"0")
            SOCIETY_TRY(ask("CREATE SCHEMA society AUTHORIZATION society_schema"));
        SOCIETY_TRY(ask("SET LOCAL ROLE society_schema"));
        SOCIETY_ASSIGN(const QString tables, ask("SELECT count(*) FROM pg_tables WHERE schemaname = 'society'"));
        SOCIETY_ASSIGN(const QString ours,
            ask("SELECT count(*) FROM pg_tables WHERE schemaname = 'society' AND tablename = 'schema_versions'"));
        if (tables != u"0" && ours != u"1")
            return fail(ErrorKind::Database, "database_foreign",
                QCoreApplication::translate("Database", "“%1” is a database of another program.").arg(m_server.text()),
                QCoreApplication::translate("Database", "Choose another database on the server."), {}, m_server.text());
        Created created;
        created.isNew = ours != u"1";
        if (created.isNew)
            SOCIETY_TRY(ask(VersionsTable.latin1()));
        SOCIETY_ASSIGN(const QString applied, ask("SELECT coalesce(max(version), 0) FROM schema_versions"));
        if (applied.toInt() > newestVersion(migrations))
            return fail(ErrorKind::Database, "database_newer",
                QCoreApplication::translate(
                    "Database", "The database “%1” was made by a newer version of Society Workbench.")
                    .arg(m_server.text()),
                QCoreApplication::translate("Database", "Install the newest version of Society Workbench."), applied,
                m_server.text());
        SOCIETY_ASSIGN(created.version,
            migrateServer(QSqlDatabase::database(m_name, false), m_server, migrations, applied.toInt()));
        if (created.isNew)
            SOCIETY_TRY(ask("INSERT INTO members (login, tenant, role, created_at) VALUES (session_user, '', 'admin', "
                            "to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"'))"));
        SOCIETY_TRY(ask("RESET ROLE"));
        return created;
    }

    static inline std::atomic<int> made = 0;
    const Server m_server;
    const QString m_name;
};

} // namespace

Result<Created> createLedger(const Server &server, const QString &password, const Database::Options &options)
{
    return Maker(server).make(password, options);
}

} // namespace society::store
