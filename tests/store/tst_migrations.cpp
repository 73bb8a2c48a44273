// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/store/migrations_p.h"
#include "tests/store/storefixture.h"

#include <QFile>

/// Splitting scripts, and going from version to version.
class TestMigrations : public QObject {
    Q_OBJECT
private slots:
    void init();
    void splits_data();
    void splits();
    void goesOnFromAnyVersion();
    void olderIsNotReadOnly();
    void failedOneLeavesNothing();
    void shippedOnesAreWhole();

private:
    void put(const QString &name, const QByteArray &sql);
    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_path;
    Database::Options m_options;
};

void TestMigrations::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_path = m_dir->filePath(u"society.db"_s);
    m_options.migrations = m_dir->filePath(u"migrations"_s);
    QVERIFY(QDir().mkdir(m_options.migrations));
    put(u"0001_first.sql"_s, "CREATE TABLE a (x TEXT);\nINSERT INTO a VALUES ('one; two');");
}

void TestMigrations::put(const QString &name, const QByteArray &sql)
{
    QFile file(m_options.migrations + u'/' + name);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(sql);
}

void TestMigrations::splits_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<QStringList>("statements");
    QTest::newRow("empty") << u" \n "_s << QStringList{};
    QTest::newRow("only comments") << u"-- a; b\n/* c; d */"_s << QStringList{};
    QTest::newRow("two") << u"SELECT 1; SELECT 2;"_s << QStringList{u"SELECT 1"_s, u"SELECT 2"_s};
    QTest::newRow("last one open") << u"SELECT 1;\nSELECT 2"_s << QStringList{u"SELECT 1"_s, u"SELECT 2"_s};
    QTest::newRow("string") << u"SELECT 'a;b''c;d';SELECT \"x;y\""_s
                            << QStringList{u"SELECT 'a;b''c;d'"_s, u"SELECT \"x;y\""_s};
    QTest::newRow("comment in between") << u"SELECT 1 -- one; uno\n+ 2;"_s << QStringList{u"SELECT 1  + 2"_s};
    QTest::newRow("dashes in a string") << u"SELECT '--;';SELECT 1"_s << QStringList{u"SELECT '--;'"_s, u"SELECT 1"_s};
    const QString trigger =
        u"CREATE TRIGGER t BEFORE UPDATE ON a BEGIN SELECT 1; SELECT CASE WHEN 1 THEN 2 ELSE 3 END; END"_s;
    QTest::newRow("trigger") << trigger + u";SELECT 1;"_s << QStringList{trigger, u"SELECT 1"_s};
    const QString lower = u"create temp trigger t after insert on a when new.x begin delete from b; end"_s;
    QTest::newRow("trigger in lower case") << lower + u"; select 2"_s << QStringList{lower, u"select 2"_s};
    QTest::newRow("a column named end") << u"SELECT end_at, begin_at FROM a; BEGIN; SELECT 1"_s
                                        << QStringList{u"SELECT end_at, begin_at FROM a"_s, u"BEGIN"_s, u"SELECT 1"_s};
    const QString function = u"CREATE FUNCTION f() AS $$ BEGIN a := '$'; b; END $$ LANGUAGE x"_s;
    QTest::newRow("function") << function + u"; SELECT 1"_s << QStringList{function, u"SELECT 1"_s};
    const QString tagged = u"DO $it$ SELECT $$;$$; $it$"_s;
    QTest::newRow("tagged") << tagged + u";SELECT $1;"_s << QStringList{tagged, u"SELECT $1"_s};
    QTest::newRow("open string") << u"SELECT 'a; b"_s << QStringList{u"SELECT 'a; b"_s};
}

void TestMigrations::splits()
{
    QFETCH(QString, script);
    QFETCH(QStringList, statements);
    QCOMPARE(splitSql(script), statements);
}

void TestMigrations::goesOnFromAnyVersion()
{
    must(Database::open(m_path, m_options)).reset();
    put(u"0002_second.sql"_s, "ALTER TABLE a ADD COLUMN y INTEGER; UPDATE a SET y = 2;");
    put(u"0003_third.sql"_s, "CREATE TABLE b (z TEXT); INSERT INTO b SELECT x FROM a;");
    for (const QString &path : {m_path, m_dir->filePath(u"new.db"_s)}) {
        auto database = must(Database::open(path, m_options));
        QCOMPARE(database->version(), 3);
        QCOMPARE(valueOf(*database, u"SELECT z || y FROM b, a"_s), u"one; two2"_s);
        QCOMPARE(valueOf(*database, u"SELECT group_concat(name) FROM schema_versions"_s), u"first,second,third"_s);
    }
}

void TestMigrations::olderIsNotReadOnly()
{
    must(Database::open(m_path, m_options)).reset();
    put(u"0002_second.sql"_s, "CREATE TABLE b (z TEXT);");
    m_options.readOnly = true;
    QCOMPARE(codeOf(Database::open(m_path, m_options)), u"database_older"_s);
    m_options.readOnly = false;
    QCOMPARE(must(Database::open(m_path, m_options))->version(), 2);
}

void TestMigrations::failedOneLeavesNothing()
{
    must(Database::open(m_path, m_options)).reset();
    put(u"0002_second.sql"_s, "CREATE TABLE b (z TEXT); DROP TABLE a; INSERT INTO nowhere VALUES (1);");
    const auto opened = Database::open(m_path, m_options);
    QCOMPARE(codeOf(opened), u"migration_failed"_s);
    QVERIFY2(opened.error().detail.contains(u"nowhere"_s), qPrintable(opened.error().detail));
    QVERIFY(QFile::remove(m_options.migrations + u"/0002_second.sql"_s));
    auto database = must(Database::open(m_path, m_options));
    QCOMPARE(database->version(), 1);
    QCOMPARE(valueOf(*database, u"SELECT x FROM a"_s), u"one; two"_s);
    QCOMPARE(valueOf(*database, u"SELECT count(*) FROM sqlite_master WHERE name = 'b'"_s), u"0"_s);
}

void TestMigrations::shippedOnesAreWhole()
{
    // Every file of the folder is in the program, and the other way round: an unlisted one would be skipped silently.
    const QString source = qEnvironmentVariable("SOCIETY_SOURCE") + u"/resources/migrations"_s;
    const QStringList inSource = QDir(source).entryList({u"*.sql"_s});
    QVERIFY(!inSource.isEmpty());
    auto database = must(Database::open(m_path));
    QCOMPARE(QDir(u":/migrations"_s).entryList(QDir::Files), inSource);
    QCOMPARE(database->version(), inSource.size());
    // A server's are of the same numbers and names: the version means the same on both.
    QCOMPARE(QDir(source + u"/postgresql"_s).entryList({u"*.sql"_s}), inSource);
    QCOMPARE(QDir(u":/migrations/postgresql"_s).entryList(QDir::Files), inSource);
    QCOMPARE(valueOf(*database, u"PRAGMA foreign_key_check"_s), u"(none)"_s);
}

QTEST_GUILESS_MAIN(TestMigrations)
#include "tst_migrations.moc"
