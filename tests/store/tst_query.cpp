// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/core/clock.h"
#include "services/store/settings.h"
#include "tests/store/storefixture.h"

#include <QThread>

/// Statements, transactions that join, settings, and the rules that the tables themselves keep.
class TestQuery : public QObject {
    Q_OBJECT
private slots:
    void init();
    void values();
    void wildcardsMeanThemselves();
    void errorsByCode_data();
    void errorsByCode();
    void keptAsWritten_data();
    void keptAsWritten();
    void holdsOnlyEnd();
    void rowsStayInTheirTenant();
    void rollsBack();
    void joins();
    void innerRollbackDooms();
    void readIsFrozen();
    void noWriteInsideARead();
    void commitTwice();
    void settings();

private:
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Database> m_database;
};

namespace {

const QString addSetting = u"INSERT INTO settings (key, value) VALUES (?, ?)"_s;

/// One row in each table that keeps its rows.
const QStringList oneRowEach{
    u"INSERT INTO tenants VALUES ('lab', 'Lab', '')"_s,
    u"INSERT INTO accounts VALUES ('lab', 0, '', '')"_s,
    u"INSERT INTO bills (seq, id, tenant, item, amount_micro, created_at, balance_after_micro) VALUES (7, 'b', 'lab', 'recharge', 5, '', 5)"_s,
    u"INSERT INTO bills (id, tenant, experiment, item, amount_micro, created_at, balance_after_micro) VALUES ('c', 'lab', 'e', 'run_time', -1, '', 4)"_s,
    u"INSERT INTO settlements VALUES ('e', 'lab', 1, -1, '')"_s,
    u"INSERT INTO holds (experiment, tenant, amount_micro, created_at) VALUES ('e', 'lab', 5, '')"_s,
    u"INSERT INTO configurations (id, tenant, kind, name, created_at, updated_at) VALUES ('f', 'lab', 'llm', 'n', '', '')"_s,
    u"INSERT INTO configuration_versions VALUES ('f', 1, '{}', 'hash', '', '')"_s,
};

} // namespace

void TestQuery::init()
{
    m_database.reset();
    m_dir = std::make_unique<QTemporaryDir>();
    m_database = must(Database::open(m_dir->filePath(u"society.db"_s)));
    must(Query::run(*m_database, u"PRAGMA synchronous = OFF"_s)); // power cuts are not what this is about
    for (const QString &sql : oneRowEach)
        must(execute(*m_database, sql));
}

void TestQuery::values()
{
    must(execute(*m_database, u"CREATE TABLE v (i INTEGER, t TEXT)"_s));
    const QString insert = u"INSERT INTO v VALUES (?, ?)"_s;
    const QString odd = u"\u4f60\u597d \"'; \n\t \U0001f600 \u202e"_s;
    must(execute(*m_database, insert, {qint64(INT64_MIN), odd}));
    must(execute(*m_database, insert, {qint64(INT64_MAX), QString()}));
    must(execute(*m_database, insert, {QVariant(), QVariant()}));
    must(execute(*m_database, insert, {1, u"2026-01-02T03:04:05.006Z"_s}));
    Query query = must(Query::run(*m_database, u"SELECT i, t FROM v ORDER BY rowid"_s));
    QVERIFY(must(query.next()));
    QCOMPARE(query.integer(0), INT64_MIN);
    QCOMPARE(query.money(0).micro(), INT64_MIN);
    QCOMPARE(query.text(1), odd);
    QVERIFY(must(query.next()));
    QCOMPARE(query.integer(0), INT64_MAX);
    QVERIFY(!query.isNull(1));
    QCOMPARE(query.text(1), u""_s);
    QVERIFY(must(query.next()));
    QVERIFY(query.isNull(0));
    QVERIFY(query.isNull(1));
    QVERIFY(!query.time(1).isValid());
    QVERIFY(must(query.next()));
    QVERIFY(query.boolean(0));
    QCOMPARE(toIso(query.time(1)), u"2026-01-02T03:04:05.006Z"_s);
    QVERIFY(!must(query.next()));
    QCOMPARE(must(execute(*m_database, u"UPDATE v SET i = 3 WHERE i IS NOT NULL"_s)), 3);
}

void TestQuery::wildcardsMeanThemselves()
{
    const auto found = [this](const QString &stored, const QString &text) {
        return valueOf(*m_database, u"SELECT ? LIKE ? ESCAPE '\\'"_s, {stored, containing(text)}) == u"1"_s;
    };
    QVERIFY(found(u"100% sure"_s, u"0% s"_s));
    QVERIFY(!found(u"100 sure"_s, u"0% s"_s));
    QVERIFY(found(u"a_b"_s, u"_"_s));
    QVERIFY(!found(u"a-b"_s, u"_"_s));
    QVERIFY(found(u"back\\slash"_s, u"\\"_s));
}

void TestQuery::errorsByCode_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QString>("code");
    QTest::newRow("primary key") << u"INSERT INTO tenants VALUES ('lab', '', '')"_s << u"unique"_s;
    QTest::newRow("unique index")
        << u"INSERT INTO configurations (id, tenant, kind, name, created_at, updated_at) VALUES ('g', 'lab', 'llm', 'n', '', '')"_s
        << u"unique"_s;
    QTest::newRow("foreign key") << u"INSERT INTO accounts VALUES ('nobody', 0, '', '')"_s << u"constraint"_s;
    QTest::newRow("check") << u"INSERT INTO settlements VALUES ('x', 'lab', -1, 0, '')"_s << u"constraint"_s;
    QTest::newRow("not null") << u"INSERT INTO tenants VALUES ('x', NULL, '')"_s << u"constraint"_s;
    QTest::newRow("a fraction of money") << u"INSERT INTO settlements VALUES ('x', 'lab', 1, 0.5, '')"_s
                                         << u"constraint"_s;
    QTest::newRow("a word as money") << u"UPDATE accounts SET balance_micro = 'much'"_s << u"constraint"_s;
    QTest::newRow("trigger") << u"DELETE FROM bills"_s << u"immutable"_s;
    QTest::newRow("no such table") << u"SELECT * FROM nowhere"_s << u"database_failed"_s;
    QTest::newRow("no SQL") << u"WRITE IT DOWN"_s << u"database_failed"_s;
}

void TestQuery::errorsByCode()
{
    QFETCH(QString, sql);
    QFETCH(QString, code);
    const auto done = execute(*m_database, sql);
    QCOMPARE(codeOf(done), code);
    QVERIFY(!done.error().message.isEmpty());
    QVERIFY2(done.error().detail.contains(sql), qPrintable(done.error().detail));
}

void TestQuery::keptAsWritten_data()
{
    QTest::addColumn<QString>("sql");
    const auto row = [](const char *sql) { QTest::newRow(sql) << QString::fromLatin1(sql); };
    row("UPDATE bills SET amount_micro = 6 WHERE seq = 7");
    row("UPDATE bills SET description = 'other' WHERE seq = 7");
    row("DELETE FROM bills WHERE seq = 7");
    row("REPLACE INTO bills (seq, id, tenant, item, amount_micro, created_at, balance_after_micro) VALUES (7, 'z', "
        "'lab', 'recharge', 9, '', 9)");
    row("REPLACE INTO bills (id, tenant, item, amount_micro, created_at, balance_after_micro) VALUES ('b', 'lab', "
        "'recharge', 9, '', 9)");
    row("REPLACE INTO bills (id, tenant, experiment, item, amount_micro, created_at, balance_after_micro) "
        "VALUES ('z', 'lab', 'e', 'run_time', -9, '', 9)");
    row("INSERT INTO bills (id, tenant, item, amount_micro, created_at, balance_after_micro) VALUES ('b', 'lab', "
        "'recharge', 9, '', 9) "
        "ON CONFLICT (id) DO UPDATE SET amount_micro = 9");
    row("UPDATE settlements SET total_micro = 0");
    row("DELETE FROM settlements");
    row("REPLACE INTO settlements VALUES ('e', 'lab', 0, 0, '')");
    row("UPDATE holds SET amount_micro = 1");
    row("UPDATE holds SET amount_micro = 1, released_at = 'now'");
    row("DELETE FROM holds");
    row("REPLACE INTO holds (experiment, tenant, amount_micro, created_at) VALUES ('e', 'lab', 0, '')");
    row("UPDATE prices SET amount_micro = 0");
    row("DELETE FROM prices");
    row("REPLACE INTO prices VALUES (1, 'run_time', '', 0, 1000, '', '')");
    row("UPDATE configuration_versions SET text = ''");
    row("DELETE FROM configuration_versions");
    row("REPLACE INTO configuration_versions VALUES ('f', 1, 'other', 'hash', '', '')");
}

void TestQuery::keptAsWritten()
{
    QFETCH(QString, sql);
    const auto all = [this] {
        return valueOf(*m_database, u"SELECT (SELECT group_concat(seq || id || amount_micro || description) FROM "
                                    u"bills) || (SELECT total_micro FROM settlements) "
                                    "|| (SELECT amount_micro || coalesce(released_at, 'open') FROM holds) || (SELECT "
                                    "group_concat(amount_micro) FROM prices) "
                                    "|| (SELECT text FROM configuration_versions)"_s);
    };
    const QString before = all();
    // Also on a connection that knows nothing of our settings, as any tool's.
    for (const char *triggers : {"ON", "OFF"}) {
        must(Query::run(*m_database, u"PRAGMA recursive_triggers = "_s + QLatin1String(triggers)));
        QCOMPARE(codeOf(execute(*m_database, sql)), u"immutable"_s);
        QCOMPARE(all(), before);
    }
}

void TestQuery::holdsOnlyEnd()
{
    must(execute(*m_database, u"UPDATE holds SET released_at = 'now', release_reason = 'done'"_s));
    QCOMPARE(codeOf(execute(*m_database, u"UPDATE holds SET released_at = NULL"_s)), u"immutable"_s);
    QCOMPARE(codeOf(execute(*m_database, u"UPDATE holds SET released_at = 'later'"_s)), u"immutable"_s);
}

void TestQuery::rowsStayInTheirTenant()
{
    must(execute(*m_database,
        u"INSERT INTO experiments (id, tenant, name, state, created_at) VALUES ('run', 'lab', '', 'running', '')"_s));
    for (const QString &table : {u"experiments"_s, u"configurations"_s})
        for (const QString &change : {u"id = 'other'"_s, u"tenant = 'other'"_s, u"tenant = ''"_s})
            QCOMPARE(codeOf(execute(*m_database, u"UPDATE %1 SET %2 WHERE tenant = 'lab'"_s.arg(table, change))),
                u"immutable"_s);
    QCOMPARE(must(execute(*m_database, u"UPDATE experiments SET id = id, tenant = 'lab', note = 'x'"_s)), 1);
}

void TestQuery::rollsBack()
{
    {
        const auto transaction = must(Transaction::begin(*m_database));
        must(execute(*m_database, addSetting, {u"a"_s, u"1"_s}));
    }
    QCOMPARE(valueOf(*m_database, u"SELECT count(*) FROM settings"_s), u"0"_s);
}

void TestQuery::joins()
{
    auto outer = must(Transaction::begin(*m_database));
    {
        auto inner = must(Transaction::begin(*m_database));
        must(execute(*m_database, addSetting, {u"a"_s, u"1"_s}));
        auto moved = std::move(inner);
        must(moved.commit());
    }
    auto other = must(Database::open(m_database->path()));
    QCOMPARE(valueOf(*other, u"SELECT count(*) FROM settings"_s), u"0"_s); // not before the outer one
    must(outer.commit());
    QCOMPARE(valueOf(*other, u"SELECT count(*) FROM settings"_s), u"1"_s);
    {
        const auto unfinished = must(Transaction::begin(*m_database));
        auto inner = must(Transaction::begin(*m_database));
        must(execute(*m_database, addSetting, {u"b"_s, u"1"_s}));
        must(inner.commit());
    }
    QCOMPARE(valueOf(*other, u"SELECT count(*) FROM settings"_s), u"1"_s); // the outer one decides
}

void TestQuery::innerRollbackDooms()
{
    auto outer = must(Transaction::begin(*m_database));
    must(execute(*m_database, addSetting, {u"a"_s, u"1"_s}));
    {
        const auto inner = must(Transaction::begin(*m_database));
        must(execute(*m_database, addSetting, {u"b"_s, u"1"_s}));
    }
    {
        auto late = must(Transaction::begin(*m_database));
        QCOMPARE(codeOf(late.commit()), u"transaction_doomed"_s);
    }
    QCOMPARE(codeOf(outer.commit()), u"transaction_doomed"_s);
    QCOMPARE(valueOf(*m_database, u"SELECT count(*) FROM settings"_s), u"0"_s);
    auto next = must(Transaction::begin(*m_database)); // the next one is a fresh one
    must(execute(*m_database, addSetting, {u"c"_s, u"1"_s}));
    must(next.commit());
    QCOMPARE(valueOf(*m_database, u"SELECT group_concat(key) FROM settings"_s), u"c"_s);
}

void TestQuery::readIsFrozen()
{
    const auto count = [this] { return valueOf(*m_database, u"SELECT count(*) FROM settings"_s); };
    {
        auto view = must(Transaction::begin(*m_database, Transaction::Mode::Read));
        QCOMPARE(count(), u"0"_s);
        const std::unique_ptr<QThread> writer(QThread::create([this] {
            must(execute(*m_database, addSetting, {u"a"_s, u"1"_s}));
        }));
        writer->start();
        QVERIFY(writer->wait());
        QCOMPARE(count(), u"0"_s);
        must(view.commit());
    }
    QCOMPARE(count(), u"1"_s);
    auto outer = must(Transaction::begin(*m_database));
    {
        const auto view = must(Transaction::begin(*m_database, Transaction::Mode::Read)); // its end dooms nothing
        QCOMPARE(count(), u"1"_s);
    }
    must(execute(*m_database, addSetting, {u"b"_s, u"1"_s}));
    must(outer.commit());
    QCOMPARE(count(), u"2"_s);
}

void TestQuery::noWriteInsideARead()
{
    {
        auto view = must(Transaction::begin(*m_database, Transaction::Mode::Read));
        QCOMPARE(codeOf(Transaction::begin(*m_database)), u"transaction_mode"_s);
        for (const QString &sql : {u"INSERT INTO settings VALUES ('a', '')"_s, u"update settings SET value = 'x'"_s,
                 u"DELETE FROM settings"_s, u"REPLACE INTO settings VALUES ('a', '')"_s})
            QCOMPARE(codeOf(execute(*m_database, sql)), u"transaction_mode"_s);
        QCOMPARE(valueOf(*m_database, u"SELECT count(*) FROM settings"_s), u"0"_s);
        must(view.commit()); // it reads on
    }
    must(execute(*m_database, addSetting, {u"a"_s, u"1"_s}));
    QCOMPARE(valueOf(*m_database, u"SELECT count(*) FROM settings"_s), u"1"_s);
}

void TestQuery::commitTwice()
{
    auto transaction = must(Transaction::begin(*m_database));
    must(transaction.commit());
    QVERIFY(!transaction.commit());
}

void TestQuery::settings()
{
    Settings settings(*m_database);
    QCOMPARE(must(settings.text(u"k"_s, u"fallback"_s)), u"fallback"_s);
    must(settings.setText(u"k"_s, u"one"_s));
    must(settings.setText(u"k"_s, u""_s));
    QCOMPARE(must(settings.text(u"k"_s, u"fallback"_s)), u""_s);

    QVERIFY(must(settings.boolean(u"b"_s, true)));
    must(settings.setBoolean(u"b"_s, false));
    QVERIFY(!must(settings.boolean(u"b"_s, true)));
    must(settings.setMoney(u"m"_s, Money::fromMicro(-1)));
    QCOMPARE(must(settings.money(u"m"_s, {})).micro(), -1);
    must(settings.setText(u"i"_s, u"many"_s)); // nonsense is as if it were absent
    QCOMPARE(must(settings.money(u"i"_s, Money::fromMicro(7))).micro(), 7);
    QVERIFY(must(settings.boolean(u"i"_s, true)));
}

QTEST_GUILESS_MAIN(TestQuery)
#include "tst_query.moc"
