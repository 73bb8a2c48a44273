// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/store/storefixture.h"

#include <QFile>
#include <QThread>

#include <sys/stat.h>
#include <vector>

namespace {

const QString anyWrite = u"INSERT INTO settings (key, value) VALUES ('a', 'b')"_s;

void putFile(const QString &path, const QByteArray &data)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(data), data.size());
}

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

/// Opening: what a database is made with, and everything that may be wrong with one.
class TestDatabase : public QObject {
    Q_OBJECT
private slots:
    void init();
    void opensNewAndAgain();
    void readsOnly();
    void newerIsRefused();
    void foreignIsLeftAlone();
    void damagedIsRefused_data();
    void damagedIsRefused();
    void damagedPageIsNoticed();
    void badPlaces_data();
    void badPlaces();
    void unwritable_data();
    void unwritable();
    void locked();
    void removedWhileOpen();
    void manyProgramsMakeItAtOnce();
    void killedWriter_data();
    void killedWriter();
    void threadsCloseTheirConnections();
    void databaseDiesBeforeItsThreads();
    void manyThreadsWrite();
    void diskFull();

private:
    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_path;
};

void TestDatabase::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_path = m_dir->filePath(u"society.db"_s);
}

void TestDatabase::opensNewAndAgain()
{
    int version = 0;
    {
        auto database = must(Database::open(m_path));
        version = database->version();
        QVERIFY(version >= 1);
        QCOMPARE(valueOf(*database, u"PRAGMA journal_mode"_s), u"wal"_s);
        QCOMPARE(valueOf(*database, u"PRAGMA foreign_keys"_s), u"1"_s);
        QCOMPARE(valueOf(*database, u"PRAGMA synchronous"_s), u"2"_s);
        QCOMPARE(valueOf(*database, u"SELECT name FROM tenants WHERE id = ''"_s), u"public"_s);
        must(execute(*database, anyWrite));
    }
    auto database = must(Database::open(m_path));
    QCOMPARE(database->version(), version);
    QCOMPARE(valueOf(*database, u"SELECT value FROM settings"_s), u"b"_s);
    QCOMPARE(valueOf(*database, u"SELECT count(*) FROM schema_versions"_s), QString::number(version));
}

void TestDatabase::readsOnly()
{
    Database::Options options;
    options.readOnly = true;
    QCOMPARE(codeOf(Database::open(m_path, options)), u"database_unreachable"_s);
    QVERIFY(!QFile::exists(m_path));
    auto writer = must(Database::open(m_path));
    must(execute(*writer, anyWrite));
    auto reader = must(Database::open(m_path, options));
    QCOMPARE(valueOf(*reader, u"SELECT value FROM settings"_s), u"b"_s);
    QCOMPARE(codeOf(execute(*reader, anyWrite)), u"database_unwritable"_s);
}

void TestDatabase::newerIsRefused()
{
    must(execute(*must(Database::open(m_path)), u"INSERT INTO schema_versions VALUES (9999, 'future', '')"_s));
    for (const bool readOnly : {false, true}) {
        Database::Options options;
        options.readOnly = readOnly;
        const auto opened = Database::open(m_path, options);
        QCOMPARE(codeOf(opened), u"database_newer"_s);
        QVERIFY(opened.error().kind == ErrorKind::Database);
        QVERIFY(opened.error().remedy.contains(u"newest version"_s));
        QCOMPARE(opened.error().path, m_path);
    }
}

void TestDatabase::foreignIsLeftAlone()
{
    const QString migrations = m_dir->filePath(u"other"_s);
    QVERIFY(QDir().mkdir(migrations));
    {
        Database::Options options;
        putFile(migrations + u"/0001_other.sql"_s, "CREATE TABLE songs (title TEXT);");
        options.migrations = migrations;
        auto other = must(Database::open(m_path, options));
        must(execute(*other, u"DROP TABLE schema_versions"_s));
    }
    const QByteArray before = bytesOf(m_path);
    QCOMPARE(codeOf(Database::open(m_path)), u"database_foreign"_s);
    QCOMPARE(bytesOf(m_path), before);
}

void TestDatabase::damagedIsRefused_data()
{
    QTest::addColumn<QString>("damage");
    for (const char *damage : {"text", "zeros", "header", "half", "cut", "first page"})
        QTest::newRow(damage) << QString::fromLatin1(damage);
}

void TestDatabase::damagedIsRefused()
{
    QFETCH(QString, damage);
    must(Database::open(m_path)).reset();
    QByteArray data = bytesOf(m_path);
    if (damage == u"text")
        data = QByteArray("This is no database, but long enough to look like one. ").repeated(100);
    else if (damage == u"zeros")
        data.fill('\0');
    else if (damage == u"header")
        data.replace(0, 16, QByteArray(16, 'x'));
    else if (damage == u"half")
        data.truncate(data.size() / 2);
    else if (damage == u"cut")
        data.truncate(700);
    else
        data.replace(100, 3'900, QByteArray(3'900, '\xff'));
    putFile(m_path, data);
    const auto opened = Database::open(m_path);
    QCOMPARE(codeOf(opened), u"database_damaged"_s);
    QVERIFY(opened.error().kind == ErrorKind::Database);
    QVERIFY(!opened.error().remedy.isEmpty());
    QCOMPARE(bytesOf(m_path), data); // for whoever may rescue it
}

void TestDatabase::damagedPageIsNoticed()
{
    {
        auto database = must(Database::open(m_path));
        for (int i = 0; i < 200; ++i)
            must(execute(*database, u"INSERT INTO settings (key, value) VALUES (?, ?)"_s,
                {QString::number(i), QString(500, u'v')}));
        must(Query::run(*database, u"PRAGMA wal_checkpoint(TRUNCATE)"_s));
    }
    QByteArray data = bytesOf(m_path);
    data.replace(data.size() - 60'000, 40'000, QByteArray(40'000, '\xfe'));
    putFile(m_path, data);
    auto database = must(Database::open(m_path));
    QCOMPARE(
        codeOf(rows(*database, u"SELECT key, value FROM settings"_s, {}, [](const Query &row) { return row.text(1); })),
        u"database_damaged"_s);
}

void TestDatabase::badPlaces_data()
{
    QTest::addColumn<QString>("path");
    QTest::newRow("no folder") << u"no/such/society.db"_s;
    QTest::newRow("a folder") << u"."_s;
    QTest::newRow("below a file") << u"file/society.db"_s;
}

void TestDatabase::badPlaces()
{
    QFETCH(QString, path);
    putFile(m_dir->filePath(u"file"_s), "x");
    const auto opened = Database::open(m_dir->filePath(path));
    QCOMPARE(codeOf(opened), u"database_unreachable"_s);
    QVERIFY(!opened.error().remedy.isEmpty());
}

void TestDatabase::unwritable_data()
{
    QTest::addColumn<bool>("exists");
    QTest::newRow("new file") << false;
    QTest::newRow("file") << true;
}

void TestDatabase::unwritable()
{
    QFETCH(bool, exists);
    // Permissions do not bind root: the helper becomes another user first.
    const QString folder = m_dir->filePath(u"locked"_s);
    QVERIFY(QDir().mkdir(folder));
    if (exists)
        must(Database::open(folder + u"/society.db"_s)).reset();
    QCOMPARE(::chmod(qPrintable(m_dir->path()), 0755), 0);
    QCOMPARE(::chmod(qPrintable(folder), 0555), 0);
    if (exists)
        QCOMPARE(::chmod(qPrintable(folder + u"/society.db"_s), 0444), 0);
    const auto helper = startHelper({u"nobody"_s, folder + u"/society.db"_s});
    QVERIFY(helper->waitForFinished());
    QCOMPARE(helper->readAllStandardOutput().trimmed(), "database_unwritable"_ba);
    QCOMPARE(::chmod(qPrintable(folder), 0755), 0);
}

void TestDatabase::locked()
{
    auto database = must(Database::open(m_path));
    auto writing = must(Transaction::begin(*database));
    must(execute(*database, anyWrite));
    Database::Options options;
    options.busyMs = 50;
    auto other = must(Database::open(m_path, options)); // reading goes on
    QCOMPARE(valueOf(*other, u"SELECT count(*) FROM settings"_s), u"0"_s);
    const auto second = Transaction::begin(*other);
    QCOMPARE(codeOf(second), u"database_locked"_s);
    QVERIFY(second.error().kind == ErrorKind::Database);
    QCOMPARE(codeOf(execute(*other, anyWrite)), u"database_locked"_s);
    must(writing.commit());
    QCOMPARE(codeOf(execute(*other, anyWrite)), u"unique"_s);
}

void TestDatabase::removedWhileOpen()
{
    auto database = must(Database::open(m_path));
    QVERIFY(QFile::rename(m_path, m_path + u".away"_s));
    QCOMPARE(codeOf(Transaction::begin(*database)), u"database_unreachable"_s);
    putFile(m_path, "another file");
    QCOMPARE(codeOf(Transaction::begin(*database)), u"database_unreachable"_s);
    QVERIFY(QFile::remove(m_path));
    QVERIFY(QFile::rename(m_path + u".away"_s, m_path));
    must(must(Transaction::begin(*database)).commit());
}

void TestDatabase::manyProgramsMakeItAtOnce()
{
    for (int round = 0; round < 3; ++round) {
        const QString path = m_dir->filePath(QString::number(round));
        std::vector<std::unique_ptr<QProcess>> helpers;
        for (int i = 0; i < 6; ++i)
            helpers.push_back(startHelper({u"open"_s, path}));
        for (const auto &helper : helpers)
            QVERIFY(helper->waitForReadyRead());
        for (const auto &helper : helpers)
            helper->write("\n");
        for (const auto &helper : helpers) {
            QVERIFY(helper->waitForFinished());
            QVERIFY2(helper->exitCode() == 0, helper->readAllStandardOutput().constData());
        }
        auto database = must(Database::open(path));
        QCOMPARE(valueOf(*database, u"SELECT count(*) FROM schema_versions"_s), QString::number(database->version()));
        QCOMPARE(valueOf(*database, u"SELECT count(*) FROM prices"_s), u"3"_s);
    }
}

void TestDatabase::killedWriter_data()
{
    QTest::addColumn<QString>("verb");
    QTest::addColumn<QString>("rows");
    QTest::newRow("before the commit") << u"hold"_s << u"0"_s;
    QTest::newRow("after the commit") << u"commit"_s << u"1"_s;
}

void TestDatabase::killedWriter()
{
    QFETCH(QString, verb);
    QFETCH(QString, rows);
    auto database = must(Database::open(m_path));
    const auto helper = startHelper({verb, m_path});
    QVERIFY(helper->waitForReadyRead());
    helper->kill();
    QVERIFY(helper->waitForFinished());
    QCOMPARE(helper->exitStatus(), QProcess::CrashExit);
    QCOMPARE(valueOf(*database, u"SELECT count(*) FROM settings WHERE key = 'child'"_s), rows);
    must(execute(*database, anyWrite)); // its lock is gone with it
    QCOMPARE(valueOf(*database, u"PRAGMA integrity_check"_s), u"ok"_s);
}

void TestDatabase::threadsCloseTheirConnections()
{
    auto database = must(Database::open(m_path));
    QCOMPARE(database->connectionCount(), 1);
    int during = 0;
    QString seen;
    const std::unique_ptr<QThread> thread(QThread::create([&] {
        seen = valueOf(*database, u"SELECT name FROM tenants"_s);
        during = database->connectionCount();
    }));
    thread->start();
    QVERIFY(thread->wait());
    QCOMPARE(seen, u"public"_s);
    QCOMPARE(during, 2);
    QTRY_COMPARE(database->connectionCount(), 1); // a thread is waited for a moment before its last words
}

void TestDatabase::databaseDiesBeforeItsThreads()
{
    // A thread that outlives one Database goes on with the next, and its end closes nothing twice.
    QTest::failOnWarning(QRegularExpression(u"."_s));
    QThread thread;
    QObject inside;
    inside.moveToThread(&thread);
    thread.start();
    const auto ask = [&](Database &database) {
        QString answer;
        QMetaObject::invokeMethod(
            &inside, [&] { answer = valueOf(database, u"SELECT name FROM tenants"_s); }, Qt::BlockingQueuedConnection);
        return answer;
    };
    for (int i = 0; i < 3; ++i) {
        auto database = must(Database::open(m_path));
        QCOMPARE(ask(*database), u"public"_s);
        QCOMPARE(database->connectionCount(), 2);
    }
    thread.quit();
    QVERIFY(thread.wait());
}

void TestDatabase::manyThreadsWrite()
{
    Database::Options patient; // SQLite gives no turns: who waits may see many go before him
    patient.busyMs = 120'000;
    auto database = must(Database::open(m_path, patient));
    must(execute(*database, u"INSERT INTO settings (key, value) VALUES ('n', '0')"_s));
    std::vector<std::unique_ptr<QThread>> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back(QThread::create([&] {
            for (int n = 0; n < 25; ++n) {
                auto transaction = must(Transaction::begin(*database));
                const int value = valueOf(*database, u"SELECT value FROM settings WHERE key = 'n'"_s).toInt();
                must(execute(
                    *database, u"UPDATE settings SET value = ? WHERE key = 'n'"_s, {QString::number(value + 1)}));
                must(transaction.commit());
            }
        }));
        threads.back()->start();
    }
    for (const auto &thread : threads)
        QVERIFY(thread->wait());
    QCOMPARE(valueOf(*database, u"SELECT value FROM settings WHERE key = 'n'"_s), u"200"_s);
    QTRY_COMPARE(database->connectionCount(), 1);
}

void TestDatabase::diskFull()
{
    auto database = must(Database::open(m_path));
    must(execute(*database, u"INSERT INTO settings (key, value) VALUES ('before', 'x')"_s));
    // The same answer as SQLite's on a full disk, without one.
    const QString pages = valueOf(*database, u"PRAGMA page_count"_s);
    must(Query::run(*database, u"PRAGMA max_page_count = "_s + pages));
    {
        auto transaction = must(Transaction::begin(*database));
        must(execute(*database, u"INSERT INTO settings (key, value) VALUES ('small', 'x')"_s));
        const auto large =
            execute(*database, u"INSERT INTO settings (key, value) VALUES ('large', ?)"_s, {QString(100'000, u'x')});
        QCOMPARE(codeOf(large), u"disk_full"_s);
        // SQLite has rolled back: whoever overlooks the error must not write half of it outside.
        QVERIFY(!execute(*database, u"INSERT INTO settings (key, value) VALUES ('after', 'x')"_s));
        QCOMPARE(codeOf(transaction.commit()), u"transaction_doomed"_s);
    }
    QCOMPARE(valueOf(*database, u"SELECT group_concat(key) FROM settings"_s), u"before"_s);
    must(Query::run(*database, u"PRAGMA max_page_count = 1000000"_s));
    must(execute(*database, u"INSERT INTO settings (key, value) VALUES ('large', ?)"_s, {QString(100'000, u'x')}));
}

QTEST_GUILESS_MAIN(TestDatabase)
#include "tst_database.moc"
