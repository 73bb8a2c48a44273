// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/store/storefixture.h"
#include "tests/support/lossyproxy.h"
#include "tests/support/postgresserver.h"

#include <QThread>

/// A server that goes away and comes back.
class TestServerLost : public QObject {
    Q_OBJECT
private slots:
    void init() { m_place = m_server.place(m_server.newDatabase(), u"admin"_s); }
    void goesOnAfterARestart();
    void goesOnAfterAConnectionWasEnded();
    void nothingIsKeptOfAnOpenTransaction();
    void aReadTransactionSaysSo();
    void saysWhoIsGone();
    void commitWhoseAnswerWasLost();
    void commitWhoseAnswerWasLostWithTheServer();
    void commitWhoseNumberIsAnothersNow();
    void commitWhoseServerLetsNobodyIn();
    void sleeperDoesNotKeepTheOthersWaiting();

private:
    [[nodiscard]] QString keys()
    {
        return m_server
            .rows(m_place.server->database, u"SELECT coalesce(string_agg(key, ',' ORDER BY key), '') FROM settings"_s)
            .at(0)
            .at(0);
    }
    static Result<qint64> put(Database &database, const QString &key)
    {
        return execute(database, u"INSERT INTO settings (key, value) VALUES (?, '')"_s, {key});
    }
    test::PostgresServer &m_server = test::PostgresServer::shared();
    store::Place m_place;
};

void TestServerLost::goesOnAfterARestart()
{
    auto database = must(Database::open(m_place));
    for (const bool violently : {true, false}) {
        violently ? m_server.kill() : m_server.stop();
        m_server.start();
        QCOMPARE(valueOf(*database, u"SELECT count(*) FROM tenants"_s), u"1"_s);
        violently ? m_server.kill() : m_server.stop();
        m_server.start();
        QCOMPARE(must(put(*database, violently ? u"a"_s : u"b"_s)), 1);
        violently ? m_server.kill() : m_server.stop();
        m_server.start();
        Transaction transaction = must(Transaction::begin(*database));
        must(put(*database, violently ? u"c"_s : u"d"_s));
        must(transaction.commit());
    }
    QCOMPARE(keys(), u"a,b,c,d"_s);
}

void TestServerLost::goesOnAfterAConnectionWasEnded()
{
    auto database = must(Database::open(m_place));
    const auto end = [&] {
        m_server.sql(
            u"postgres"_s, {u"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = 'admin'"_s});
    };
    end();
    QCOMPARE(valueOf(*database, u"SELECT count(*) FROM tenants"_s), u"1"_s);
    end();
    must(put(*database, u"a"_s));
    end();
    must(Transaction::begin(*database, Transaction::Mode::Read));
    QCOMPARE(keys(), u"a"_s);
}

void TestServerLost::nothingIsKeptOfAnOpenTransaction()
{
    auto database = must(Database::open(m_place));
    {
        Transaction transaction = must(Transaction::begin(*database));
        must(put(*database, u"a"_s));
        m_server.kill();
        QCOMPARE(codeOf(put(*database, u"b"_s)), u"database_unreachable"_s);
        m_server.start();
        // The server is back, but what was begun is gone: the rest of it must not be done alone.
        QCOMPARE(codeOf(put(*database, u"c"_s)), u"database_failed"_s);
        QCOMPARE(codeOf(transaction.commit()), u"transaction_doomed"_s);
    }
    {
        Transaction transaction = must(Transaction::begin(*database));
        must(put(*database, u"d"_s));
        m_server.kill();
        m_server.start();
        QCOMPARE(codeOf(transaction.commit()), u"database_unreachable"_s);
    }
    QCOMPARE(keys(), QString());
    must(put(*database, u"e"_s));
    QCOMPARE(keys(), u"e"_s);
}

void TestServerLost::aReadTransactionSaysSo()
{
    auto database = must(Database::open(m_place));
    Transaction view = must(Transaction::begin(*database, Transaction::Mode::Read));
    m_server.kill();
    m_server.start();
    // Two moments must not be taken for one.
    QCOMPARE(codeOf(Query::run(*database, u"SELECT 1"_s)), u"database_unreachable"_s);
    QCOMPARE(codeOf(Query::run(*database, u"SELECT 1"_s)), u"database_failed"_s);
    QCOMPARE(codeOf(view.commit()), u"transaction_doomed"_s);
    QCOMPARE(valueOf(*database, u"SELECT count(*) FROM tenants"_s), u"1"_s);
}

void TestServerLost::saysWhoIsGone()
{
    auto database = must(Database::open(m_place));
    m_server.stop();
    const auto gone = Query::run(*database, u"SELECT 1"_s);
    QCOMPARE(codeOf(gone), u"database_unreachable"_s);
    QVERIFY(gone.error().kind == ErrorKind::Database);
    QVERIFY2(gone.error().message.contains(u"127.0.0.1:%1"_s.arg(m_server.port())), qPrintable(gone.error().message));
    QCOMPARE(codeOf(put(*database, u"a"_s)), u"database_unreachable"_s);
    QCOMPARE(codeOf(Transaction::begin(*database)), u"database_unreachable"_s);
    QCOMPARE(codeOf(Database::open(m_place)), u"database_unreachable"_s);
    m_server.start();
    must(put(*database, u"b"_s));
    QCOMPARE(keys(), u"b"_s);
}

void TestServerLost::commitWhoseAnswerWasLost()
{
    test::LossyProxy proxy(m_server.port());
    m_place.server->port = proxy.port();
    auto database = must(Database::open(m_place));
    Transaction transaction = must(Transaction::begin(*database));
    must(put(*database, u"a"_s));
    proxy.loseAnswerToCommit();
    must(transaction.commit()); // the server was asked, and knew
    QVERIFY(proxy.hasLost());
    QCOMPARE(keys(), u"a"_s);
    proxy.loseAnswerToCommit(); // a statement by itself is no different
    must(put(*database, u"b"_s));
    QVERIFY(proxy.hasLost());
    QCOMPARE(keys(), u"a,b"_s);
    // Nothing that was begun is taken for the next one.
    must(put(*database, u"c"_s));
    QCOMPARE(keys(), u"a,b,c"_s);
}

void TestServerLost::commitWhoseAnswerWasLostWithTheServer()
{
    Database::Options options;
    options.busyMs = 100;
    auto database = must(Database::open(m_place, options));
    Transaction transaction = must(Transaction::begin(*database));
    must(put(*database, u"a"_s));
    m_server.stop(); // it cannot be asked any more
    QCOMPARE(codeOf(transaction.commit()), u"commit_unknown"_s);
    m_server.start();
    QCOMPARE(keys(), QString());
    must(put(*database, u"b"_s));
}

/// What a transaction did before its COMMIT is in the server's memory for a while. One that dies then forgets that it
/// gave the transaction a number, and gives it to another.
void TestServerLost::commitWhoseNumberIsAnothersNow()
{
    m_server.sql(u"postgres"_s, {u"ALTER SYSTEM SET wal_writer_delay = '10s'"_s, u"SELECT pg_reload_conf()"_s});
    auto database = must(Database::open(m_place));
    const auto next = [&] {
        return m_server.rows(u"postgres"_s, u"SELECT pg_current_xact_id()::text"_s).at(0).at(0).toLongLong();
    };
    std::optional<Transaction> transaction;
    qint64 number = 0;
    qint64 given = 1;
    // A machine that is so slow that the server has written it down meanwhile has another try.
    for (int tries = 0; given > number && tries < 20; ++tries) {
        transaction.reset();
        transaction.emplace(must(Transaction::begin(*database)));
        must(put(*database, u"a"_s));
        number = valueOf(*database, u"SELECT pg_current_xact_id()::text"_s).toLongLong();
        m_server.kill();
        m_server.start();
        given = next();
    }
    QVERIFY2(given <= number, qPrintable(u"%1, %2"_s.arg(given).arg(number))); // the number is free again
    while (given < number)
        given = next();
    QCOMPARE(
        m_server.rows(u"postgres"_s, u"SELECT pg_xact_status('%1'::xid8)"_s.arg(number)).at(0).at(0), u"committed"_s);
    QCOMPARE(codeOf(transaction->commit()), u"database_unreachable"_s); // not saved
    QCOMPARE(keys(), QString());
    must(put(*database, u"b"_s));
    QCOMPARE(keys(), u"b"_s);
}

/// That nobody can be asked says nothing of what was saved.
void TestServerLost::commitWhoseServerLetsNobodyIn()
{
    test::LossyProxy proxy(m_server.port());
    m_place.server->port = proxy.port();
    Database::Options options;
    options.busyMs = 100;
    auto database = must(Database::open(m_place, options));
    const QString name = m_place.server->database;
    const QList<std::pair<QString, QString>> reasons{{u"ALTER ROLE admin NOLOGIN"_s, u"ALTER ROLE admin LOGIN"_s},
        {u"ALTER DATABASE %1 SET default_transaction_read_only = on"_s.arg(name),
            u"ALTER DATABASE %1 RESET default_transaction_read_only"_s.arg(name)}};
    for (const auto &[shut, open] : reasons) {
        Transaction transaction = must(Transaction::begin(*database));
        must(put(*database, shut));
        m_server.sql(u"postgres"_s, {shut});
        proxy.loseAnswerToCommit();
        const auto done = transaction.commit();
        QVERIFY(proxy.hasLost());
        QCOMPARE(codeOf(done), u"commit_unknown"_s);
        QVERIFY(!done.error().remedy.isEmpty());
        m_server.sql(u"postgres"_s, {open});
    }
    QCOMPARE(keys().count(u','), 1); // both were saved
}

void TestServerLost::sleeperDoesNotKeepTheOthersWaiting()
{
    auto database = must(Database::open(m_place));
    QCOMPARE(valueOf(*database, u"SHOW idle_in_transaction_session_timeout"_s), u"1min"_s);
    must(execute(*database, u"SELECT set_config('idle_in_transaction_session_timeout', '100ms', false)"_s));
    Transaction sleeping = must(Transaction::begin(*database));
    must(put(*database, u"a"_s));
    std::unique_ptr<QThread> other(QThread::create([this] {
        auto awake = must(Database::open(m_place));
        must(put(*awake, u"b"_s));
    }));
    other->start();
    QVERIFY(other->wait());
    QCOMPARE(codeOf(sleeping.commit()), u"database_unreachable"_s);
    QCOMPARE(keys(), u"b"_s);
}

QTEST_GUILESS_MAIN(TestServerLost)
#include "tst_serverlost.moc"
