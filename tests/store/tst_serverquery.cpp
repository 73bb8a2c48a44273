// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/store/serversql_p.h"
#include "tests/store/storefixture.h"
#include "tests/support/postgresserver.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QThread>
#include <limits>

/// The same statements on a server and on a file.
class TestServerQuery : public QObject {
    Q_OBJECT
private slots:
    void init();
    void fillsIn_data();
    void fillsIn();
    void valuesComeBack_data();
    void valuesComeBack();
    void noCharacterZero();
    void likeIsTheSame();
    void sums();
    void flagsAndOrder();
    void errors();
    void nothingMoreAfterAnError();
    void rowsLeftUnreadAreMissed();
    void writersTakeTurns();
    void aViewIsFrozen();
    void lockIsWaitedFor();
    void threadsHaveTheirOwn();

private:
    test::PostgresServer &m_server = test::PostgresServer::shared();
    store::Place m_place;
    QTemporaryDir m_dir;
    std::unique_ptr<Database> m_database;
    std::unique_ptr<Database> m_file;
};

void TestServerQuery::init()
{
    m_place = m_server.place(m_server.newDatabase(), u"admin"_s);
    m_database = must(Database::open(m_place));
    m_file = must(Database::open(m_dir.filePath(u"society.db"_s)));
    must(execute(*m_file, u"DELETE FROM settings"_s));
}

void TestServerQuery::fillsIn_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QVariantList>("values");
    QTest::addColumn<QString>("filled");
    QTest::newRow("none") << u"SELECT 1"_s << QVariantList{} << u"SELECT 1"_s;
    QTest::newRow("kinds") << u"f(?, ?, ?, ?, ?)"_s << QVariantList{5, QVariant(), true, u"it's"_s, 7LL}
                           << u"f(5, NULL, 1, 'it''s', 7)"_s;
    QTest::newRow("negative") << u"SELECT 3 -?"_s << QVariantList{-5} << u"SELECT 3 -(-5)"_s;
    QTest::newRow("mark in a text") << u"SELECT '?', \"a?\", ?, '''?'"_s << QVariantList{u"?"_s}
                                    << u"SELECT '?', \"a?\", '?', '''?'"_s;
    QTest::newRow("null text") << u"SELECT ?"_s << QVariantList{QString()} << u"SELECT ''"_s;
    QTest::newRow("statement in a text") << u"SELECT ?"_s << QVariantList{u"'; DROP TABLE bills; --"_s}
                                         << u"SELECT '''; DROP TABLE bills; --'"_s;
}

void TestServerQuery::fillsIn()
{
    QFETCH(QString, sql);
    QFETCH(QVariantList, values);
    QFETCH(QString, filled);
    QCOMPARE(must(serverSql(sql, values)), filled);
}

void TestServerQuery::valuesComeBack_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << QString();
    QTest::newRow("quotes") << u"it's \"so\" `and` $$"_s;
    QTest::newRow("backslash") << u"\\ \\' \\n \\\\'"_s;
    QTest::newRow("marks") << u"? ?? $1 :a % _ %1"_s;
    QTest::newRow("lines") << u"a\nb\r\nc\td\x1f"_s;
    QTest::newRow("Chinese, right to left, astral") << u"账单 שלום 🙂"_s;
    QTest::newRow("long") << QString(1'000'000, u'x');
    QTest::newRow("statement") << u"'); DROP TABLE bills; --"_s;
}

void TestServerQuery::valuesComeBack()
{
    QFETCH(QString, text);
    for (Database *database : {m_database.get(), m_file.get()}) {
        QCOMPARE(must(execute(*database, u"INSERT INTO settings (key, value) VALUES ('k', ?)"_s, {text})), 1);
        QCOMPARE(valueOf(*database, u"SELECT value FROM settings WHERE value = ?"_s, {text}), text);
        QCOMPARE(valueOf(*database, u"SELECT length(value) FROM settings"_s), QString::number(text.toUcs4().size()));
    }
}

void TestServerQuery::noCharacterZero()
{
    const QString text = u"a"_s + QChar(0) + u"b"_s;
    const auto refused = execute(*m_database, u"INSERT INTO settings VALUES ('k', ?)"_s, {text});
    QCOMPARE(codeOf(refused), u"text_invalid"_s);
    QVERIFY(!refused.error().remedy.isEmpty());
    QCOMPARE(valueOf(*m_database, u"SELECT count(*) FROM settings"_s), u"0"_s);
}

void TestServerQuery::likeIsTheSame()
{
    const QStringList texts{
        u"Alpha"_s, u"ALPHA"_s, u"a_b"_s, u"aXb"_s, u"50%"_s, u"500"_s, u"ÄPFEL"_s, u"äpfel"_s, u"账单"_s, u"a\\b"_s};
    for (Database *database : {m_database.get(), m_file.get()})
        for (const QString &text : texts)
            must(execute(*database, u"INSERT INTO settings VALUES (?, '')"_s, {text}));
    for (const QString &wanted : {u"alph"_s, u"A"_s, u"_"_s, u"%"_s, u"ä"_s, u"PFEL"_s, u"单"_s, u"\\"_s, u"x"_s}) {
        const auto found = [&](Database &database) {
            QStringList keys = must(rows(database, u"SELECT key FROM settings WHERE key LIKE ? ESCAPE '\\'"_s,
                {containing(wanted)}, [](const Query &row) { return row.text(0); }));
            keys.sort();
            return keys;
        };
        QCOMPARE(found(*m_database), found(*m_file));
    }
}

void TestServerQuery::sums()
{
    const auto sum = [this](qint64 a, qint64 b) {
        return first(*m_database,
            u"SELECT sum(x), count(*) FROM (SELECT CAST(? AS BIGINT) AS x UNION ALL SELECT CAST(? AS BIGINT)) t"_s,
            {a, b}, [](const Query &row) { return row.integer(0); });
    };
    constexpr qint64 large = std::numeric_limits<qint64>::max();
    QCOMPARE(must(sum(large - 1, 1)), large); // a float would have lost it
    QCOMPARE(must(sum(9'007'199'254'740'993, 0)), 9'007'199'254'740'993);
    QCOMPARE(must(sum(-large - 1, 0)), -large - 1);
    QCOMPARE(codeOf(sum(large, 1)), u"database_failed"_s); // not 0
    QCOMPARE(valueOf(*m_database, u"SELECT coalesce(sum(balance_micro), 0) FROM accounts"_s), u"0"_s);
}

void TestServerQuery::flagsAndOrder()
{
    for (Database *database : {m_database.get(), m_file.get()}) {
        const auto flags =
            must(first(*database, u"SELECT ? = '', NULL IS NULL, 1 > 2"_s, {QString()}, [](const Query &row) {
                return QList<bool>{row.boolean(0), row.boolean(1), row.boolean(2)};
            }));
        QCOMPARE(flags.value(), (QList<bool>{true, true, false}));
        for (const char *key : {"b", "B", "a", "Z", "ä", "2026-03-01T12:00:00.000Z", "2026-03-01T12:00:00.001Z"})
            must(execute(*database, u"INSERT INTO settings VALUES (?, '')"_s, {QString::fromUtf8(key)}));
        QCOMPARE(must(rows(*database, u"SELECT key FROM settings ORDER BY key DESC"_s, {},
                     [](const Query &row) { return row.text(0); })),
            (QStringList{
                u"ä"_s, u"b"_s, u"a"_s, u"Z"_s, u"B"_s, u"2026-03-01T12:00:00.001Z"_s, u"2026-03-01T12:00:00.000Z"_s}));
    }
}

void TestServerQuery::errors()
{
    must(execute(*m_database, u"INSERT INTO settings VALUES ('secret-value', '')"_s));
    const auto twice = execute(*m_database, u"INSERT INTO settings VALUES (?, '')"_s, {u"secret-value"_s});
    QCOMPARE(codeOf(twice), u"unique"_s);
    QVERIFY2(
        !twice.error().detail.contains(u"secret-value"_s), qPrintable(twice.error().detail)); // values do not go there
    QCOMPARE(codeOf(execute(*m_database, u"INSERT INTO accounts VALUES ('nobody', 0, '', '')"_s)), u"constraint"_s);
    QCOMPARE(codeOf(execute(*m_database, u"INSERT INTO settings (key) VALUES ('a')"_s)), u"constraint"_s);
    QCOMPARE(
        codeOf(execute(*m_database, u"INSERT INTO prices VALUES (9, 'air', '', 1, 1, '', '')"_s)), u"constraint"_s);
    QCOMPARE(codeOf(execute(*m_database, u"SELECT nonsense FROM"_s)), u"database_failed"_s);
    QCOMPARE(codeOf(execute(*m_database, u"DELETE FROM bills"_s)), u"role_forbids"_s);
}

void TestServerQuery::nothingMoreAfterAnError()
{
    {
        Transaction transaction = must(Transaction::begin(*m_database));
        must(execute(*m_database, u"INSERT INTO settings VALUES ('a', '')"_s));
        QCOMPARE(codeOf(execute(*m_database, u"INSERT INTO settings VALUES ('a', '')"_s)), u"unique"_s);
        QCOMPARE(codeOf(execute(*m_database, u"INSERT INTO settings VALUES ('b', '')"_s)), u"database_failed"_s);
        QCOMPARE(codeOf(transaction.commit()), u"transaction_doomed"_s); // the server would say that it is done
    }
    QCOMPARE(valueOf(*m_database, u"SELECT count(*) FROM settings"_s), u"0"_s);
    must(execute(*m_database, u"INSERT INTO settings VALUES ('c', '')"_s));
}

void TestServerQuery::rowsLeftUnreadAreMissed()
{
    Query unread = must(Query::run(*m_database, u"SELECT seq FROM prices ORDER BY seq"_s));
    QVERIFY(must(unread.next()));
    QCOMPARE(unread.integer(0), 1);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"Query results lost"_s));
    QCOMPARE(valueOf(*m_database, u"SELECT count(*) FROM prices"_s), u"3"_s);
    QVERIFY(!unread.next().has_value()); // rather than: that was the last one
}

void TestServerQuery::writersTakeTurns()
{
    // Reading a number and writing the next one, by threads and by another Database, is never two at a time.
    must(execute(*m_database, u"INSERT INTO settings VALUES ('n', '0')"_s));
    Database::Options patient; // how long a turn takes is the machine's matter
    patient.busyMs = 120'000;
    auto one = must(Database::open(m_place, patient));
    auto other = must(Database::open(m_place, patient));
    std::vector<std::unique_ptr<QThread>> threads;
    for (Database *database : {one.get(), other.get(), one.get(), other.get()}) {
        threads.emplace_back(QThread::create([database] {
            for (int i = 0; i < 25; ++i) {
                Transaction transaction = must(Transaction::begin(*database));
                const int n = valueOf(*database, u"SELECT value FROM settings WHERE key = 'n'"_s).toInt();
                must(execute(*database, u"UPDATE settings SET value = ? WHERE key = 'n'"_s, {QString::number(n + 1)}));
                must(transaction.commit());
            }
        }));
        threads.back()->start();
    }
    for (const auto &thread : threads)
        QVERIFY(thread->wait());
    QCOMPARE(valueOf(*m_database, u"SELECT value FROM settings WHERE key = 'n'"_s), u"100"_s);
}

void TestServerQuery::aViewIsFrozen()
{
    auto other = must(Database::open(m_place));
    Transaction view = must(Transaction::begin(*m_database, Transaction::Mode::Read));
    QCOMPARE(valueOf(*m_database, u"SELECT count(*) FROM settings"_s), u"0"_s);
    must(execute(*other, u"INSERT INTO settings VALUES ('a', '')"_s)); // a reader keeps no writer waiting
    QCOMPARE(valueOf(*m_database, u"SELECT count(*) FROM settings"_s), u"0"_s);
    QCOMPARE(codeOf(Transaction::begin(*m_database)), u"transaction_mode"_s);
    must(view.commit());
    QCOMPARE(valueOf(*m_database, u"SELECT count(*) FROM settings"_s), u"1"_s);
}

void TestServerQuery::lockIsWaitedFor()
{
    Database::Options options;
    options.busyMs = 200;
    auto impatient = must(Database::open(m_place, options));
    Transaction transaction = must(Transaction::begin(*m_database));
    QElapsedTimer timer;
    timer.start();
    const auto locked = Transaction::begin(*impatient); // comes back at all: the other goes on after it
    QCOMPARE(codeOf(locked), u"database_locked"_s);
    QVERIFY2(timer.elapsed() >= 190, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(codeOf(execute(*impatient, u"INSERT INTO settings VALUES ('a', '')"_s)), u"database_locked"_s);
    must(transaction.commit());
    must(execute(*impatient, u"INSERT INTO settings VALUES ('a', '')"_s));
}

void TestServerQuery::threadsHaveTheirOwn()
{
    QCOMPARE(m_database->connectionCount(), 1);
    std::unique_ptr<QThread> thread(QThread::create([this] {
        (void)valueOf(*m_database, u"SELECT 1"_s);
        QCOMPARE(m_database->connectionCount(), 2);
    }));
    thread->start();
    QVERIFY(thread->wait());
    QTRY_COMPARE(m_database->connectionCount(), 1); // a thread is waited for a moment before its last words
}

QTEST_GUILESS_MAIN(TestServerQuery)
#include "tst_serverquery.moc"
