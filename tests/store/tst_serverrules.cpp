// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/store/members.h"
#include "tests/store/storefixture.h"
#include "tests/support/postgresserver.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>

namespace {

/// A login as anybody has it: Qt's own classes and SQL, no code of the program.
class Login {
public:
    explicit Login(const store::Place &place)
        : m_name(u"login-%1"_s.arg(++made))
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QPSQL"_s, m_name);
        database.setHostName(place.server->host);
        database.setPort(place.server->port);
        database.setDatabaseName(place.server->database);
        database.setUserName(place.server->user);
        database.setPassword(place.password);
        if (!database.open())
            qFatal("%s", qPrintable(database.lastError().text()));
        (void)state(u"SET search_path = society"_s);
        (void)state(u"SET client_min_messages = warning"_s);
    }
    ~Login() { QSqlDatabase::removeDatabase(m_name); }
    Login(const Login &) = delete;
    Login &operator=(const Login &) = delete;

    /// The SQLSTATE that a statement ends with; empty where it is done.
    [[nodiscard]] QString state(const QString &sql) const
    {
        QSqlQuery query(QSqlDatabase::database(m_name, false));
        return query.exec(sql) ? QString() : query.lastError().nativeErrorCode();
    }
    /// All that the server says to it.
    [[nodiscard]] QString answer(const QString &sql) const
    {
        QSqlQuery query(QSqlDatabase::database(m_name, false));
        (void)query.exec(sql);
        return query.lastError().nativeErrorCode() + u' ' + query.lastError().databaseText();
    }
    [[nodiscard]] QList<QStringList> rows(const QString &sql) const
    {
        QSqlQuery query(QSqlDatabase::database(m_name, false));
        if (!query.exec(sql))
            qFatal("%s: %s", qPrintable(sql), qPrintable(query.lastError().text()));
        return test::allRows(query);
    }

private:
    static inline int made = 0;
    const QString m_name;
};

constexpr QLatin1String Denied("42501");

} // namespace

/// What the database itself lets a login see and do, whatever program it uses.
class TestServerRules : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void schemasAreAlike();
    void everyTableIsGuarded();
    void seesNoForeignRow_data();
    void seesNoForeignRow();
    void changesNoForeignRow();
    void takesNoRowAlong();
    void tellsStrangersNothing_data();
    void tellsStrangersNothing();
    void roles_data();
    void roles();
    void nobodyChangesWhatIsKept();
    void bringsNoRowInAnothersWay();
    void membersOfATenant();
    void lastAdminStays();

private:
    [[nodiscard]] store::Place as(const QString &login) { return m_server.place(m_name, login); }
    [[nodiscard]] QString count(const QString &from)
    {
        return m_server.rows(m_name, u"SELECT count(*) FROM "_s + from).at(0).at(0);
    }
    test::PostgresServer &m_server = test::PostgresServer::shared();
    QString m_name;
};

void TestServerRules::initTestCase()
{
    m_name = m_server.newDatabase();
    QStringList statements;
    for (const QString &login : {u"lab_observer"_s, u"lab_member"_s, u"lab_owner"_s, u"other_owner"_s, u"stranger"_s})
        m_server.addLogin(login);
    for (const QString &tenant : {u"lab"_s, u"other"_s}) {
        statements += {u"INSERT INTO tenants VALUES ('%1', 'of %1', '')"_s,
            u"INSERT INTO accounts VALUES ('%1', 0, '', '')"_s,
            u"INSERT INTO configurations (id, tenant, kind, name, created_at, updated_at) VALUES ('c-%1', '%1', 'llm', 'of %1', '', '')"_s,
            u"INSERT INTO configuration_versions VALUES ('c-%1', 1, 'of %1', '', '', '')"_s,
            u"INSERT INTO experiments (id, tenant, name, state, created_at) VALUES ('e-%1', '%1', 'of %1', 'finished', '')"_s,
            u"INSERT INTO bills (id, tenant, item, amount_micro, created_at, balance_after_micro) VALUES ('b-%1', '%1', 'recharge', 50, '2026-03-01T12:00:00.000Z', 50)"_s,
            u"INSERT INTO settlements VALUES ('e-%1', '%1', 0, 0, '')"_s,
            u"INSERT INTO holds VALUES ('e-%1', '%1', 1, 'of %1', '', NULL, '')"_s};
        for (QString &statement : statements)
            statement.replace(u"%1"_s, tenant);
    }
    statements += {
        u"INSERT INTO configurations (id, tenant, kind, name, created_at, updated_at) VALUES ('c', '', 'map', 'town', '', '')"_s,
        u"INSERT INTO configuration_versions VALUES ('c', 1, 'a town', '', '', '')"_s,
        u"INSERT INTO settings VALUES ('key', 'value')"_s, u"SELECT set_member('lab_observer', 'lab', 'observer')"_s,
        u"SELECT set_member('lab_member', 'lab', 'member')"_s, u"SELECT set_member('lab_owner', 'lab', 'owner')"_s,
        u"SELECT set_member('other_owner', 'other', 'owner')"_s};
    // Roles are given by an admin, not by the server's superuser, who is bound by nothing.
    const auto isRole = [](const QString &statement) { return statement.startsWith(u"SELECT set_member"); };
    QStringList roles;
    std::copy_if(statements.cbegin(), statements.cend(), std::back_inserter(roles), isRole);
    statements.removeIf(isRole);
    m_server.sql(m_name, statements);
    const Login admin(as(u"admin"_s));
    for (const QString &role : std::as_const(roles))
        QCOMPARE(admin.state(role), QString());
}

void TestServerRules::schemasAreAlike()
{
    // Every column and key of SQLite's tables is there under the same name, and no table more but the server's own.
    QTemporaryDir dir;
    auto file = must(Database::open(dir.filePath(u"society.db"_s)));
    const auto both = [&](const QString &ofFile, const QString &ofServer) {
        QStringList there;
        for (const QStringList &row : m_server.rows(m_name, ofServer))
            there.append(row.join(u' '));
        QStringList here = must(store::rows(*file, ofFile, {}, [](const Query &row) { return row.text(0); }));
        here.sort();
        there.sort();
        QCOMPARE(there.join(u'\n'), here.join(u'\n'));
    };
    both(u"SELECT t.name || ' ' || c.name || ' ' || lower(c.type) || CASE WHEN c.\"notnull\" OR c.pk THEN ' always' "
         "ELSE '' END FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE "
         "'sqlite%'"_s,
        u"SELECT table_name || ' ' || column_name || ' ' || replace(data_type, 'bigint', 'integer') || CASE "
        u"is_nullable "
        "WHEN 'NO' THEN ' always' ELSE '' END FROM information_schema.columns WHERE table_schema = 'society' AND "
        "table_name NOT IN ('members', 'last_numbers', 'writes')"_s);
    both(u"SELECT name FROM sqlite_master WHERE type = 'index' AND name NOT LIKE 'sqlite%'"_s,
        u"SELECT indexname FROM pg_indexes WHERE schemaname = 'society' AND tablename <> 'writes' AND indexname NOT IN "
        "(SELECT conname FROM pg_constraint)"_s);
    both(
        u"SELECT t.name || ' ' || k.\"table\" || ' ' || count(*) FROM sqlite_master t, pragma_foreign_key_list(t.name) "
        "k WHERE t.type = 'table' GROUP BY t.name, k.\"table\", k.id"_s,
        u"SELECT conrelid::regclass || ' ' || confrelid::regclass || ' ' || cardinality(conkey) FROM pg_constraint "
        "WHERE contype = 'f' AND conrelid <> 'members'::regclass"_s);
    QCOMPARE(m_server.rows(m_name, // a text that is compared by a language's rules would be a time in the wrong place
                 u"SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'society' "
                 "AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'"_s),
        QList<QStringList>());
}

void TestServerRules::everyTableIsGuarded()
{
    QCOMPARE(
        m_server.rows(m_name,
            u"SELECT relname FROM pg_class WHERE relnamespace = 'society'::regnamespace AND relkind IN ('r', 'p', 'v', "
            "'m', 'f') AND (NOT relrowsecurity OR relkind <> 'r')"_s),
        QList<QStringList>());
    QCOMPARE(m_server.rows(m_name, // who is not named in a search path can hide nothing in it
                 u"SELECT proname FROM pg_proc WHERE pronamespace = 'society'::regnamespace AND prosecdef AND "
                 "array_to_string(proconfig, ' ') <> 'search_path=pg_catalog, society, pg_temp'"_s),
        QList<QStringList>());
}

void TestServerRules::seesNoForeignRow_data()
{
    QTest::addColumn<QString>("login");
    QTest::addColumn<QString>("own");     // condition on a tenant
    QTest::addColumn<QString>("foreign"); // what stands in every row of the others
    QTest::newRow("observer") << u"lab_observer"_s << u"IN ('lab', '')"_s << u"other"_s;
    QTest::newRow("member") << u"lab_member"_s << u"IN ('lab', '')"_s << u"other"_s;
    QTest::newRow("owner") << u"other_owner"_s << u"IN ('other', '')"_s << u"lab"_s;
    QTest::newRow("admin") << u"admin"_s << u"IS NOT NULL"_s << u"nothing"_s;
}

void TestServerRules::seesNoForeignRow()
{
    QFETCH(QString, login);
    QFETCH(QString, own);
    QFETCH(QString, foreign);
    const QMap<QString, QString> without{{u"tenants"_s, u"id "_s + own},
        {u"configuration_versions"_s, u"configuration IN (SELECT id FROM configurations WHERE tenant %1)"_s.arg(own)},
        {u"last_numbers"_s, login == u"admin" ? u"true"_s : u"false"_s}, {u"writes"_s, u"login = '%1'"_s.arg(login)},
        // The same for everybody.
        {u"prices"_s, u"true"_s}, {u"settings"_s, u"true"_s}, {u"schema_versions"_s, u"true"_s}};
    const Login who(as(login));
    int tables = 0;
    for (const QStringList &table : m_server.rows(m_name,
             u"SELECT tablename, (SELECT count(*) FROM information_schema.columns c "
             "WHERE c.table_schema = 'society' AND c.table_name = tablename AND column_name = 'tenant') FROM pg_tables "
             "WHERE schemaname = 'society'"_s)) {
        const QString &name = table.at(0);
        const QString rule = table.at(1) == u"1" ? u"tenant "_s + own : without.value(name);
        QVERIFY2(!rule.isEmpty(), qPrintable(name + u": whose rows are these?"_s));
        const QList<QStringList> seen = who.rows(u"SELECT * FROM "_s + name);
        for (const QStringList &row : seen)
            QVERIFY2(!row.join(u' ').contains(foreign), qPrintable(name + u": "_s + row.join(u' ')));
        if (name != u"members") // of these one's own alone, unless one is an owner
            QCOMPARE(name + u' ' + QString::number(seen.size()), name + u' ' + count(name + u" WHERE "_s + rule));
        ++tables;
    }
    QVERIFY(tables >= 15);
    QCOMPARE(
        Login(as(u"other_owner"_s)).rows(u"SELECT login FROM members"_s), (QList<QStringList>{{u"other_owner"_s}}));
    // One whom nobody has let in cannot even look.
    QCOMPARE(Login(as(u"stranger"_s)).state(u"SELECT * FROM society.bills"_s), Denied);
}

void TestServerRules::changesNoForeignRow()
{
    const QStringList all{u"bills"_s, u"holds"_s, u"experiments"_s, u"configurations"_s, u"configuration_versions"_s,
        u"accounts"_s, u"settlements"_s, u"tenants"_s, u"members"_s, u"bill_totals"_s, u"amount_totals"_s,
        u"last_numbers"_s, u"writes"_s};
    const auto everything = [&] {
        QStringList rows;
        for (const QString &table : all)
            for (const QStringList &row : m_server.rows(m_name, u"SELECT * FROM %1 ORDER BY 1, 2"_s.arg(table)))
                rows.append(row.join(u' '));
        return rows;
    };
    const QStringList before = everything();
    const Login owner(as(u"other_owner"_s));
    for (const char *sql : {"UPDATE experiments SET name = 'mine' WHERE tenant = 'lab'",
             "UPDATE experiments SET note = 'mine' WHERE id = 'e-lab'",
             "UPDATE configurations SET name = 'x' WHERE id = 'c-lab'",
             "UPDATE holds SET released_at = 'now' WHERE experiment = 'e-lab'"})
        QCOMPARE(owner.state(QString::fromLatin1(sql)), QString()); // there is nothing that it could change
    for (const char *sql :
        {"UPDATE configurations SET name = 'x' WHERE id = 'c'", "UPDATE settings SET value = 'mine'",
            "INSERT INTO experiments (id, tenant, name, state, created_at) VALUES ('e-2', 'lab', '', 'finished', '')",
            "INSERT INTO configurations (id, tenant, kind, name, created_at, updated_at) VALUES ('c-2', 'lab', 'llm', "
            "'', '', '')",
            "INSERT INTO configurations (id, tenant, kind, name, created_at, updated_at) VALUES ('c-3', '', 'llm', '', "
            "'', '')",
            "INSERT INTO configuration_versions VALUES ('c-lab', 2, '', '', '', '')",
            "INSERT INTO bills (id, tenant, item, amount_micro, created_at, balance_after_micro) VALUES ('b-2', 'lab', "
            "'recharge', 50, '', 100)",
            "INSERT INTO settlements VALUES ('e-3', 'lab', 0, 0, '')",
            "INSERT INTO holds VALUES ('e-3', 'lab', 1, '', '', NULL, '')",
            "INSERT INTO tenants VALUES ('third', '', '')", "INSERT INTO accounts VALUES ('', 0, '', '')",
            "INSERT INTO members VALUES ('other_owner', 'lab', 'owner', '')",
            "UPDATE members SET role = 'admin' WHERE login = 'other_owner'", "DELETE FROM members WHERE tenant = 'lab'",
            "UPDATE accounts SET balance_micro = 1000000 WHERE tenant = 'other'", "UPDATE last_numbers SET seq = 0",
            "DELETE FROM experiments WHERE id = 'e-lab'", "UPDATE bill_totals SET amount_micro = 0",
            "UPDATE amount_totals SET bills = 1", "DELETE FROM amount_totals", "DELETE FROM writes",
            "SELECT add_amounts_of('lab')",
            "INSERT INTO amount_totals VALUES ('other', 'day', '2026-03-01', 'recharge', '', 0, 5, 1, 5)",
            "INSERT INTO prices (item, amount_micro, unit_size, valid_from, created_at) VALUES ('run_time', 0, 1, '', "
            "'')",
            "INSERT INTO settings VALUES ('other', '')", "ALTER TABLE bills DISABLE TRIGGER ALL", "DROP TABLE bills",
            "SELECT set_member('other_owner', 'lab', 'owner')", "SELECT set_member('other_owner', '', 'admin')",
            "SELECT remove_member('lab_owner', 'lab')", "SET ROLE society_schema"})
        QCOMPARE(owner.state(QString::fromLatin1(sql)) + QLatin1String(sql), Denied + QLatin1String(sql));
    QCOMPARE(everything(), before);
}

void TestServerRules::takesNoRowAlong()
{
    // One who sees a tenant and may write in another could otherwise bring what he sees into his own, or rename it.
    const auto everything = [&] {
        QStringList rows;
        for (const QString &table : {u"experiments"_s, u"configurations"_s, u"configuration_versions"_s, u"holds"_s})
            for (const QStringList &row : m_server.rows(m_name, u"SELECT * FROM %1 ORDER BY 1, 2"_s.arg(table)))
                rows.append(row.join(u' '));
        return rows;
    };
    const QStringList before = everything();
    m_server.addLogin(u"guest"_s);
    const Login admin(as(u"admin"_s));
    QCOMPARE(admin.state(u"SELECT set_member('guest', 'lab', 'observer')"_s), QString());
    QCOMPARE(admin.state(u"SELECT set_member('guest', 'other', 'member')"_s), QString());
    const Login guest(as(u"guest"_s));
    for (const char *sql : {"UPDATE experiments SET tenant = 'other' WHERE id = 'e-lab'",
             "UPDATE experiments SET tenant = 'lab' WHERE id = 'e-other'",
             "UPDATE experiments SET id = 'e-mine' WHERE id = 'e-other'",
             "UPDATE configurations SET tenant = 'other' WHERE id = 'c-lab'",
             "UPDATE configurations SET tenant = 'other' WHERE id = 'c'",
             "UPDATE configurations SET tenant = '' WHERE id = 'c-other'",
             "UPDATE configurations SET id = 'c-mine' WHERE id = 'c-other'",
             "UPDATE holds SET tenant = 'other', released_at = 'now' WHERE experiment = 'e-lab'"}) {
        for (const Login *login : {&guest, &admin})
            QCOMPARE(login->state(QString::fromLatin1(sql)) + QLatin1String(sql), u"SW001"_s + QLatin1String(sql));
    }
    QCOMPARE(everything(), before);
    // What is his he goes on writing, also with all its columns.
    QCOMPARE(
        guest.state(u"UPDATE experiments SET id = id, tenant = 'other', note = 'x' WHERE id = 'e-other'"_s), QString());
    QCOMPARE(
        guest.state(u"UPDATE configurations SET tenant = tenant, description = 'x' WHERE id = 'c-other'"_s), QString());
    QCOMPARE(guest.state(u"UPDATE experiments SET note = 'x' WHERE id = 'e-lab'"_s), Denied);
    for (const QString &tenant : {u"lab"_s, u"other"_s})
        QCOMPARE(admin.state(u"SELECT remove_member('guest', '%1')"_s.arg(tenant)), QString());
}

void TestServerRules::tellsStrangersNothing_data()
{
    QTest::addColumn<QStringList>("statements"); // that find something different each
    const QString bill =
        u"INSERT INTO bills (id, tenant, item, amount_micro, created_at, balance_after_micro%1) VALUES "
        "('%2', '%3', '%4', %5, '2026-03-01T12:00:00.000Z', %6%7)"_s;
    const auto recharge = [&](const QString &id, const QString &tenant, int after) {
        return bill.arg(QString(), id, tenant, u"recharge"_s, u"50"_s, QString::number(after), QString());
    };
    QTest::newRow("balance") << QStringList{
        recharge(u"b-x"_s, u"lab"_s, 100), recharge(u"b-x"_s, u"lab"_s, 99), recharge(u"b-x"_s, u"nowhere"_s, 50)};
    QTest::newRow("id of a bill") << QStringList{
        recharge(u"b-x"_s, u"lab"_s, 100), recharge(u"b-lab"_s, u"lab"_s, 100)};
    const auto correct = [&](const QString &corrected) {
        return bill.arg(
            u", corrects"_s, u"b-x"_s, u"lab"_s, u"correction"_s, u"1"_s, u"51"_s, u", '"_s + corrected + u'\'');
    };
    QTest::newRow("corrected bill") << QStringList{correct(u"b-lab"_s), correct(u"b-other"_s), correct(u"b-none"_s)};
    const auto charge = [&](const QString &run) {
        return bill.arg(u", experiment"_s, u"b-x"_s, u"lab"_s, u"run_time"_s, u"-1"_s, u"49"_s, u", '"_s + run + u'\'');
    };
    QTest::newRow("run") << QStringList{charge(u"e-lab"_s), charge(u"e-other"_s), charge(u"e-none"_s)};
    const auto numbered = [&](int number) {
        return bill.arg(u", seq"_s, u"b-x"_s, u"lab"_s, u"recharge"_s, u"50"_s, u"100"_s, u", %1"_s.arg(number));
    };
    QTest::newRow("number") << QStringList{numbered(1), numbered(1'000), recharge(u"b-x"_s, u"lab"_s, 100)};
    const auto each = [](const QString &sql, const QStringList &ids) {
        QStringList statements;
        for (const QString &id : ids)
            statements.append(QString(sql).replace(u"ID"_s, id));
        return statements;
    };
    const QStringList runs{u"e-lab"_s, u"e-other"_s, u"e-none"_s};
    QTest::newRow("settlement") << each(u"INSERT INTO settlements VALUES ('ID', 'lab', 0, 0, '')"_s, runs);
    QTest::newRow("hold") << each(u"INSERT INTO holds VALUES ('ID', 'lab', 1, '', '', NULL, '')"_s, runs);
    QTest::newRow("version of a configuration")
        << each(u"INSERT INTO configuration_versions VALUES (ID, '', '', '', '')"_s,
               {u"'c-lab', 1"_s, u"'c-lab', 2"_s, u"'c-none', 1"_s, u"'c', 1"_s, u"'c', 2"_s});
    QTest::newRow("number of a price") << each(
        u"INSERT INTO prices VALUES (ID, 'run_time', '', 1, 1, '', '')"_s, {u"1"_s, u"1000"_s, u"NULL"_s});
    QTest::newRow("whose run it is") << each(u"SELECT require_own('other', 'ID')"_s, runs);
}

void TestServerRules::tellsStrangersNothing()
{
    QFETCH(QStringList, statements);
    const Login owner(as(u"other_owner"_s));
    const QString first = owner.answer(statements.constFirst());
    QVERIFY2(first.startsWith(Denied), qPrintable(first));
    for (const QString &sql : std::as_const(statements))
        QCOMPARE(owner.answer(sql) + sql, first + sql);
}

void TestServerRules::roles_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QStringList>("allowed");
    const QStringList all{u"lab_member"_s, u"lab_owner"_s, u"admin"_s};
    const QStringList owners{u"lab_owner"_s, u"admin"_s};
    const QStringList admins{u"admin"_s};
    QTest::newRow("run")
        << u"INSERT INTO experiments (id, tenant, name, state, created_at) VALUES ('ID', 'lab', '', 'running', '')"_s
        << all;
    QTest::newRow("hold") << u"INSERT INTO holds VALUES ('ID', 'lab', 1, '', '', NULL, '')"_s << all;
    QTest::newRow("settle") << u"INSERT INTO settlements VALUES ('ID', 'lab', 0, 0, '')"_s << all;
    QTest::newRow("charge")
        << u"INSERT INTO bills (id, tenant, experiment, item, amount_micro, created_at, balance_after_micro) "
           "SELECT 'ID', 'lab', 'ID', 'run_time', -1, '2026-03-01T12:00:00.000Z', balance_micro - 1 FROM accounts WHERE tenant = 'lab'"_s
        << all;
    QTest::newRow("configuration")
        << u"INSERT INTO configurations (id, tenant, kind, name, created_at, updated_at) VALUES ('ID', 'lab', 'llm', 'ID', '', '')"_s
        << all;
    QTest::newRow("recharge")
        << u"INSERT INTO bills (id, tenant, item, amount_micro, created_at, balance_after_micro) "
           "SELECT 'ID', 'lab', 'recharge', 7, '2026-03-01T12:00:00.000Z', balance_micro + 7 FROM accounts WHERE tenant = 'lab'"_s
        << owners;
    QTest::newRow("correct")
        << u"INSERT INTO bills (id, tenant, item, amount_micro, created_at, balance_after_micro, corrects) "
           "SELECT 'ID', 'lab', 'correction', 7, '2026-03-01T12:00:00.000Z', balance_micro + 7, 'b-lab' FROM accounts WHERE tenant = 'lab'"_s
        << owners;
    QTest::newRow("public")
        << u"INSERT INTO configurations (id, tenant, kind, name, created_at, updated_at) VALUES ('ID', '', 'llm', 'ID', '', '')"_s
        << admins;
    QTest::newRow("price")
        << u"INSERT INTO prices (item, model, amount_micro, unit_size, valid_from, created_at) VALUES ('run_time', 'ID', 1, 1, '', '')"_s
        << admins;
    QTest::newRow("tenant") << u"INSERT INTO tenants VALUES ('ID', '', '')"_s << admins;
    QTest::newRow("setting") << u"INSERT INTO settings VALUES ('ID', '')"_s << admins;
    QTest::newRow("note on a run") << u"UPDATE experiments SET note = 'ID' WHERE id = 'e-lab'"_s << all;
    QTest::newRow("name of a configuration") << u"UPDATE configurations SET name = 'ID' WHERE id = 'c-lab'"_s << all;
    QTest::newRow("name of a public one") << u"UPDATE configurations SET name = 'ID' WHERE id = 'c'"_s << admins;
    QTest::newRow("setting changed") << u"UPDATE settings SET value = 'ID' WHERE key = 'key'"_s << admins;
}

void TestServerRules::roles()
{
    QFETCH(QString, sql);
    QFETCH(QStringList, allowed);
    QStringList could;
    for (const QString &login : {u"lab_observer"_s, u"lab_member"_s, u"lab_owner"_s, u"admin"_s}) {
        const QString state = Login(as(login)).state(
            QString(sql).replace(u"ID"_s, login + u'-' + QString::fromLatin1(QTest::currentDataTag())));
        QVERIFY2(state.isEmpty() || state == Denied, qPrintable(login + u' ' + state));
        if (state.isEmpty())
            could.append(login);
    }
    QCOMPARE(could, allowed);
    // Whoever wrote the bills: balance and totals are theirs.
    QCOMPARE(
        count(u"accounts a WHERE balance_micro <> (SELECT sum(amount_micro) FROM bills b WHERE b.tenant = a.tenant)"_s),
        u"0"_s);
    for (const QString &table : {u"bill_totals"_s, u"amount_totals"_s})
        QCOMPARE(m_server.rows(m_name, u"SELECT sum(bills) FROM %1 WHERE grain = 'day'"_s.arg(table)).at(0).at(0),
            count(u"bills"_s));
    QCOMPARE(
        m_server.rows(m_name, u"SELECT seq FROM last_numbers WHERE name = 'bills'"_s).at(0).at(0), count(u"bills"_s));
}

void TestServerRules::nobodyChangesWhatIsKept()
{
    const Login admin(as(u"admin"_s));
    for (const char *table : {"bills", "settlements", "holds", "prices", "configuration_versions"}) {
        const QString name = QString::fromLatin1(table);
        QCOMPARE(admin.state(u"DELETE FROM "_s + name), Denied);
        QCOMPARE(admin.state(u"TRUNCATE "_s + name + u" CASCADE"_s), Denied);
        // Not even the server's superuser, unless he takes the triggers away.
        const Login root(m_server.place(m_name));
        QCOMPARE(root.state(u"DELETE FROM "_s + name), u"SW001"_s);
        QCOMPARE(root.state(u"TRUNCATE "_s + name + u" CASCADE"_s), u"SW001"_s);
        if (name != u"holds")
            QCOMPARE(root.state(u"UPDATE %1 SET created_at = 'x'"_s.arg(name).replace(
                         u"settlements SET created_at"_s, u"settlements SET settled_at"_s)),
                u"SW001"_s);
    }
    QCOMPARE(admin.state(u"UPDATE holds SET amount_micro = 0 WHERE experiment = 'e-lab'"_s), u"SW001"_s);
    QCOMPARE(admin.state(u"UPDATE holds SET released_at = 'now' WHERE experiment = 'e-lab'"_s), QString());
    QCOMPARE(admin.state(u"UPDATE holds SET released_at = NULL WHERE experiment = 'e-lab'"_s), u"SW001"_s);
}

void TestServerRules::bringsNoRowInAnothersWay()
{
    // A row of one's own tenant for another's experiment or bill; a balance or number that is not the next one.
    const Login owner(as(u"lab_owner"_s));
    const QString bill = u"INSERT INTO bills (%1) SELECT %2 FROM accounts WHERE tenant = 'lab'"_s;
    m_server.sql(m_name,
        {u"INSERT INTO experiments (id, tenant, name, state, created_at) VALUES ('e-new', 'other', '', 'running', '')"_s});
    QCOMPARE(owner.state(u"INSERT INTO holds VALUES ('e-new', 'lab', 1, '', '', NULL, '')"_s), u"SW002"_s);
    QCOMPARE(owner.state(u"INSERT INTO settlements VALUES ('e-new', 'lab', 0, 0, '')"_s), u"SW002"_s);
    QCOMPARE(owner.state(bill.arg(u"id, tenant, experiment, item, amount_micro, created_at, balance_after_micro"_s,
                 u"'b-3', 'lab', 'e-new', 'run_time', -1, '', balance_micro - 1"_s)),
        u"SW002"_s);
    QCOMPARE(owner.state(bill.arg(u"id, tenant, item, amount_micro, created_at, balance_after_micro, corrects"_s,
                 u"'b-3', 'lab', 'correction', 1, '', balance_micro + 1, 'b-other'"_s)),
        u"SW002"_s);
    QCOMPARE(owner.state(bill.arg(u"id, tenant, item, amount_micro, created_at, balance_after_micro"_s,
                 u"'b-3', 'lab', 'recharge', 1, '', balance_micro + 2"_s)),
        u"SW002"_s);
    QCOMPARE(owner.state(bill.arg(u"seq, id, tenant, item, amount_micro, created_at, balance_after_micro"_s,
                 u"1000000, 'b-3', 'lab', 'recharge', 1, '', balance_micro + 1"_s)),
        u"SW002"_s);
    QCOMPARE(owner.state(bill.arg(u"id, tenant, item, amount_micro, created_at, balance_after_micro"_s,
                 u"'b-lab', 'lab', 'recharge', 1, '', balance_micro + 1"_s)),
        u"SW001"_s);
}

void TestServerRules::membersOfATenant()
{
    m_server.addLogin(u"newcomer"_s);
    auto owner = must(Database::open(as(u"lab_owner"_s)));
    auto admin = must(Database::open(as(u"admin"_s)));
    QCOMPARE(codeOf(Database::open(as(u"newcomer"_s))), u"role_forbids"_s);
    must(setMember(*owner, u"newcomer"_s, u"lab"_s, u"observer"_s));
    auto newcomer = must(Database::open(as(u"newcomer"_s)));
    QCOMPARE(must(ownRoles(*newcomer)).size(), 1);
    QCOMPARE(must(ownRoles(*newcomer)).at(0).role, u"observer"_s);
    const auto refused = [](const Result<> &done) {
        return done ? QString() : done.error().code + u' ' + QString::number(static_cast<int>(done.error().kind));
    };
    const QString forbidden = u"role_forbids "_s + QString::number(static_cast<int>(ErrorKind::Forbidden));
    QCOMPARE(refused(setMember(*newcomer, u"newcomer"_s, u"lab"_s, u"owner"_s)), forbidden);
    must(setMember(*owner, u"newcomer"_s, u"lab"_s, u"member"_s)); // in the place of what he had
    QCOMPARE(must(ownRoles(*newcomer)).at(0).role, u"member"_s);
    QCOMPARE(
        codeOf(setMember(*owner, u"newcomer"_s, u"other"_s, u"observer"_s)), u"tenant_unknown"_s); // he cannot see it
    QCOMPARE(refused(setMember(*owner, u"newcomer"_s, {}, u"admin"_s)), forbidden);
    QCOMPARE(codeOf(setMember(*admin, u"newcomer"_s, u"nowhere"_s, u"member"_s)), u"tenant_unknown"_s);
    QCOMPARE(codeOf(setMember(*admin, u"no such"_s, u"lab"_s, u"member"_s)), u"login_unknown"_s);
    QCOMPARE(codeOf(setMember(*admin, u"newcomer"_s, u"lab"_s, u"king"_s)), u"role_unknown"_s);
    must(setMember(*admin, u"newcomer"_s, u"other"_s, u"observer"_s)); // several tenants
    QCOMPARE(must(ownRoles(*newcomer)).size(), 2);
    must(removeMember(*owner, u"newcomer"_s, u"lab"_s));
    QCOMPARE(codeOf(removeMember(*owner, u"newcomer"_s, u"lab"_s)), u"member_unknown"_s);
    QCOMPARE(refused(removeMember(*owner, u"newcomer"_s, u"other"_s)), forbidden);
    must(removeMember(*admin, u"newcomer"_s, u"other"_s));
    QCOMPARE(valueOf(*newcomer, u"SELECT count(*) FROM tenants"_s), u"0"_s); // at once
    QTemporaryDir dir;
    auto file = must(Database::open(dir.filePath(u"society.db"_s)));
    QCOMPARE(codeOf(members(*file)), u"not_shared"_s);
}

void TestServerRules::lastAdminStays()
{
    auto admin = must(Database::open(as(u"admin"_s)));
    must(removeMember(*admin, u"root"_s, {}));
    QCOMPARE(codeOf(removeMember(*admin, u"admin"_s, {})), u"last_admin"_s);
    QCOMPARE(must(ownRoles(*admin)).at(0).role, u"admin"_s);
}

QTEST_GUILESS_MAIN(TestServerRules)
#include "tst_serverrules.moc"
