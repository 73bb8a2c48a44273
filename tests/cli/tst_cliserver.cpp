// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/core/files.h"
#include "services/store/query.h"
#include "tests/cli/cliprogram.h"
#include "tests/support/postgresserver.h"

#include <QDir>
#include <QFile>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTest>

using namespace society::test;
using namespace Qt::StringLiterals;

/// A workspace whose ledger is on a server: database …, member …, and the verbs that work there as on a file.
class TestCliServer : public QObject {
    Q_OBJECT
private slots:
    void init();
    void showsAFile();
    void joinsAndTests();
    void passwordStaysSecret();
    void refusesWhatCannotBeUsed();
    void rolesOfTwoTenants();
    void movesToAServerAndBack();
    void movesNothingIntoAFullOne();
    void movesNothingThatWasTamperedWith();
    void oldFileIsNotWrittenTo();
    void copiesAreTheServersMatter();
    void leavesOthersRunsAlone();
    void saysThatTheServerIsGone();

private:
    [[nodiscard]] QStringList connection(const QString &database, const QString &login = u"admin"_s)
    {
        return {u"--host"_s, u"127.0.0.1"_s, u"--port"_s, QString::number(m_server.port()), u"--database"_s, database,
            u"--user"_s, login, u"--password-stdin"_s};
    }
    /// The call, with the password on its standard input.
    [[nodiscard]] CliOutcome call(
        const CliProgram &program, const QStringList &verb, const QString &database, const QString &login = u"admin"_s)
    {
        return program.json(verb + connection(database, login), m_server.password().toUtf8() + '\n');
    }
    std::unique_ptr<CliProgram> newProgram();
    /// Money, bills, a correction and texts that are hard to carry.
    void fill();

    PostgresServer &m_server = PostgresServer::shared();
    std::unique_ptr<CliProgram> m_program;
};

std::unique_ptr<CliProgram> TestCliServer::newProgram()
{
    auto program = std::make_unique<CliProgram>();
    program->setEnvironment(u"SOCIETY_PASSPHRASE_FILE"_s, program->write(u"passphrase"_s, "open sesame\n"));
    return program;
}

void TestCliServer::init()
{
    m_program = newProgram();
}

void TestCliServer::fill()
{
    QVERIFY(m_program->setUp().code == 0);
    QCOMPARE(m_program->run(words("tenant add lab")).code, 0);
    for (const QString &note : {u"first"_s, u"it's \\ \"so\"; -- ?"_s, u"账单 🙂"_s})
        QCOMPARE(m_program->run({u"--tenant"_s, u"lab"_s, u"recharge"_s, u"12.345678"_s, u"--note"_s, note}).code, 0);
    const QJsonObject bills = m_program->json(words("--tenant lab bills")).object();
    const QString bill = bills.value(u"bills"_s).toArray().at(0).toObject().value(u"id"_s).toString();
    QCOMPARE(m_program->run({u"--tenant"_s, u"lab"_s, u"correct"_s, bill, u"-1"_s, u"--note"_s, u"typo"_s}).code, 0);
    QCOMPARE(m_program->run(words("price set run_time 0.002")).code, 0);
}

void TestCliServer::showsAFile()
{
    QVERIFY(m_program->setUp().code == 0);
    const QJsonObject shown = m_program->json(words("database show")).object();
    QCOMPARE(shown.value(u"kind"_s).toString(), u"file"_s);
    QCOMPARE(shown.value(u"file"_s).toString(), m_program->workspace() + u"/society.db"_s);
    QCOMPARE(m_program->json(words("member list")).error(), u"not_shared"_s);
    QCOMPARE(m_program->json(words("database test")).code, 2);
    QCOMPARE(m_program->json(words("database move")).code, 2);
    QCOMPARE(m_program->json(words("database move --to-file")).error(), u"not_shared"_s);
    const CliOutcome help = m_program->run(words("database --help"));
    for (const char *verb : {"show", "test", "create", "use", "password", "move"})
        QVERIFY2(help.out.contains(verb), help.words().constData());
}

void TestCliServer::joinsAndTests()
{
    const QString name = m_server.newDatabase(false);
    QCOMPARE(call(*m_program, words("database use"), name, u"root"_s).error(), u"database_empty"_s);
    const CliOutcome made = call(*m_program, words("database create"), name, u"root"_s);
    QVERIFY2(made.code == 0, made.words().constData());
    QCOMPARE(made.object().value(u"created"_s).toBool(), true);
    const CliOutcome used = call(*m_program, words("database use"), name, u"root"_s);
    QVERIFY2(used.code == 0, used.words().constData());
    const QJsonObject shown = m_program->json(words("database show")).object();
    QCOMPARE(shown.value(u"kind"_s).toString(), u"server"_s);
    QCOMPARE(shown.value(u"password_stored"_s).toBool(), true);
    // The password is not asked for again.
    const CliOutcome tested = m_program->json(words("database test"));
    QVERIFY2(tested.code == 0, tested.words().constData());
    QCOMPARE(keysOf(tested.object()), u"encrypted ok roles round_trip_ms server server_version tls_version version"_s);
    QCOMPARE(tested.object().value(u"roles"_s).toArray().at(0).toObject().value(u"role"_s).toString(), u"admin"_s);
    // Everything else works as on a file.
    const CliOutcome setUp = m_program->setUp();
    QVERIFY2(setUp.code == 0, setUp.words().constData());
    QCOMPARE(m_program->run(words("recharge 5")).code, 0);
    QCOMPARE(m_program->json(words("account")).object().value(u"balance_micro"_s).toInteger(), 5'000'000);
    const CliOutcome audit = m_program->json(words("audit"));
    QVERIFY2(audit.code == 0, audit.words().constData());
    QVERIFY(m_program->json(words("config list")).array().size() >= 4);
    QVERIFY(!QFile::exists(m_program->workspace() + u"/society.db"_s));
}

void TestCliServer::passwordStaysSecret()
{
    const QString name = m_server.newDatabase();
    QCOMPARE(call(*m_program, words("database use"), name).code, 0);
    const QByteArray password = m_server.password().toUtf8();
    const CliOutcome shown = m_program->json(words("database show"));
    QVERIFY(!shown.words().contains(password));
    for (const QString &file : QDir(m_program->workspace()).entryList(QDir::Files | QDir::Hidden)) {
        QFile bytes(m_program->workspace() + u'/' + file);
        QVERIFY(bytes.open(QIODevice::ReadOnly));
        QVERIFY2(!bytes.readAll().contains(password), qPrintable(file));
    }
    // A changed one is told to the program once, and a wrong one is said to be wrong.
    const CliOutcome wrong = m_program->json(words("database password"), "not-this-one\n");
    QVERIFY2(wrong.code == 0, wrong.words().constData());
    const CliOutcome refused = m_program->json(words("account"));
    QCOMPARE(refused.code, 7);
    QCOMPARE(refused.error(), u"login_refused"_s);
    QVERIFY(!refused.words().contains("not-this-one"));
    QCOMPARE(m_program->json(words("database password"), password + '\n').code, 0);
    QCOMPARE(m_program->json(words("database test")).code, 0);
}

void TestCliServer::refusesWhatCannotBeUsed()
{
    const QString name = m_server.newDatabase();
    QCOMPARE(m_program->json(words("database use --host a,b --database lab --user ann")).code, 2);
    QCOMPARE(m_program->json(words("database use --host 127.0.0.1 --port 1 --database lab --user ann")).error(),
        u"database_unreachable"_s);
    const CliOutcome tls = m_program->json({u"database"_s, u"use"_s, u"--host"_s, u"127.1"_s, u"--port"_s,
        QString::number(m_server.port()), u"--database"_s, name, u"--user"_s, u"admin"_s});
    QCOMPARE(tls.error(), u"tls_refused"_s);
    QVERIFY(!QFile::exists(m_program->workspace() + u"/database.json"_s)); // not taken
    QVERIFY(m_program->setUp().code == 0);
    QCOMPARE(call(*m_program, words("database use"), name).error(), u"database_in_workspace"_s);
}

void TestCliServer::rolesOfTwoTenants()
{
    const QString name = m_server.newDatabase();
    m_server.addLogin(u"ann"_s);
    m_server.addLogin(u"bob"_s);
    QCOMPARE(call(*m_program, words("database use"), name).code, 0);
    for (const char *verb :
        {"tenant add lab", "tenant add other", "--tenant lab recharge 3", "--tenant other recharge 4",
            "--tenant lab member add ann owner", "--tenant other member add bob observer"}) {
        const CliOutcome done = m_program->json(words(verb));
        QVERIFY2(done.code == 0, done.words().constData());
    }
    QCOMPARE(m_program->json(words("member list")).array().size(), 4); // root and admin, ann, bob
    const auto ann = newProgram();
    const auto bob = newProgram();
    QCOMPARE(call(*ann, words("database use"), name, u"ann"_s).code, 0);
    QCOMPARE(call(*bob, words("database use"), name, u"bob"_s).code, 0);
    // Each sees its own tenant, and of the other not even that it is there.
    QCOMPARE(ann->json(words("tenant list")).array().size(), 1);
    QCOMPARE(ann->json(words("--tenant lab account")).object().value(u"balance_micro"_s).toInteger(), 3'000'000);
    const CliOutcome foreign = ann->json(words("--tenant other account"));
    QCOMPARE(foreign.code, 3);
    QCOMPARE(foreign.error(), u"tenant_unknown"_s);
    QVERIFY2(
        ann->json(words("--tenant lab audit")).code == 0, ann->json(words("--tenant lab audit")).words().constData());
    // What the role allows, and what it does not.
    QCOMPARE(ann->json(words("--tenant lab recharge 1")).code, 0);
    QCOMPARE(bob->json(words("--tenant other account")).code, 0);
    const CliOutcome forbidden = bob->json(words("--tenant other recharge 1"));
    QCOMPARE(forbidden.code, 4);
    QCOMPARE(forbidden.error(), u"role_forbids"_s);
    QVERIFY(!forbidden.object().value(u"error"_s).toObject().value(u"remedy"_s).toString().isEmpty());
    QCOMPARE(ann->json(words("--tenant lab price set run_time 0.002")).code, 4);
    QCOMPARE(ann->json(words("tenant add third")).code, 4);
    QCOMPARE(ann->json(words("--tenant lab member add bob member")).code, 0);
    QCOMPARE(bob->json(words("--tenant lab account")).object().value(u"balance_micro"_s).toInteger(), 4'000'000);
    QCOMPARE(ann->json(words("--tenant lab member remove bob")).code, 0);
    QCOMPARE(bob->json(words("--tenant lab account")).code, 3);
    QCOMPARE(ann->json(words("member add ann admin")).code, 4);
    QCOMPARE(ann->json(words("--tenant lab member add nobody member")).code, 3);
    QCOMPARE(m_program->json(words("member remove root --admin")).code, 0);
    QCOMPARE(m_program->json(words("member remove admin --admin")).error(), u"last_admin"_s);
}

void TestCliServer::movesToAServerAndBack()
{
    fill();
    const auto everything = [&] {
        QByteArray all;
        for (const char *verb :
            {"tenant list", "--tenant lab bills", "--tenant lab account", "price list", "config list", "audit"}) {
            const CliOutcome said = m_program->json(words(verb));
            all += said.words();
        }
        return all;
    };
    const QByteArray before = everything();
    const QString name = m_server.newDatabase();
    const CliOutcome moved = call(*m_program, words("database move --to-server"), name);
    QVERIFY2(moved.code == 0, moved.words().constData());
    QCOMPARE(moved.object().value(u"bills"_s).toInt(), 4);
    QVERIFY(QFile::exists(moved.object().value(u"kept"_s).toString()));
    QVERIFY(!QFile::exists(m_program->workspace() + u"/society.db"_s));
    QCOMPARE(everything(), before); // ids, numbers, times, balances
    QCOMPARE(m_program->json(words("database show")).object().value(u"kind"_s).toString(), u"server"_s);
    QCOMPARE(call(*m_program, words("database move --to-server"), name).error(), u"database_shared"_s);
    // The next bill has the next number.
    QCOMPARE(m_program->run(words("--tenant lab recharge 1 --note more")).code, 0);
    QCOMPARE(m_server.rows(name, u"SELECT max(seq), count(*) FROM bills"_s), (QList<QStringList>{{u"5"_s, u"5"_s}}));
    const QByteArray later = everything();
    const CliOutcome back = m_program->json(words("database move --to-file"));
    QVERIFY2(back.code == 0, back.words().constData());
    QCOMPARE(back.object().value(u"bills"_s).toInt(), 5);
    QCOMPARE(m_program->json(words("database show")).object().value(u"kind"_s).toString(), u"file"_s);
    QCOMPARE(everything(), later);
    QCOMPARE(m_program->run(words("--tenant lab recharge 2")).code, 0);
    QCOMPARE(m_program->json(words("audit")).code, 0);
    // On the server nobody goes on.
    const auto other = newProgram();
    QCOMPARE(call(*other, words("database use"), name).code, 0);
    QCOMPARE(other->json(words("--tenant lab account")).code, 0);
    QCOMPARE(other->json(words("--tenant lab recharge 1")).code, 4);
}

void TestCliServer::movesNothingIntoAFullOne()
{
    fill();
    const QString name = m_server.newDatabase();
    m_server.sql(name, {u"INSERT INTO tenants VALUES ('there', '', '')"_s});
    QCOMPARE(call(*m_program, words("database move --to-server"), name).error(), u"database_not_empty"_s);
    QCOMPARE(m_server.rows(name, u"SELECT count(*) FROM bills"_s), (QList<QStringList>{{u"0"_s}}));
    QVERIFY(QFile::exists(m_program->workspace() + u"/society.db"_s));
    QCOMPARE(m_program->json(words("database show")).object().value(u"kind"_s).toString(), u"file"_s);
    // Nor does one who is no admin there.
    m_server.addLogin(u"ann"_s);
    const QString empty = m_server.newDatabase();
    m_server.sql(empty, {u"GRANT society_users TO ann"_s});
    const CliOutcome refused = call(*m_program, words("database move --to-server"), empty, u"ann"_s);
    QVERIFY2(
        refused.code != 0 && !QFile::exists(m_program->workspace() + u"/database.json"_s), refused.words().constData());
}

void TestCliServer::movesNothingThatWasTamperedWith()
{
    fill();
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"tamper"_s);
        database.setDatabaseName(m_program->workspace() + u"/society.db"_s);
        QVERIFY(database.open());
        QSqlQuery query(database);
        QVERIFY2(query.exec(u"UPDATE accounts SET balance_micro = balance_micro + 1 WHERE tenant = 'lab'"_s),
            qPrintable(query.lastError().text()));
    }
    QSqlDatabase::removeDatabase(u"tamper"_s);
    const QString name = m_server.newDatabase();
    const CliOutcome refused = call(*m_program, words("database move --to-server"), name);
    QCOMPARE(refused.error(), u"transfer_differs"_s);
    QCOMPARE(m_server.rows(name, u"SELECT count(*) FROM bills"_s), (QList<QStringList>{{u"0"_s}}));
    QVERIFY(QFile::exists(m_program->workspace() + u"/society.db"_s));
}

void TestCliServer::oldFileIsNotWrittenTo()
{
    // A program that has waited for its turn during the move finds the file moved, and says so.
    fill();
    const QString path = m_program->workspace() + u"/society.db"_s;
    auto waiting = society::store::Database::open(path);
    QVERIFY(waiting.has_value());
    const QString name = m_server.newDatabase();
    QCOMPARE(call(*m_program, words("database move --to-server"), name).code, 0);
    const auto written = society::store::execute(**waiting, u"INSERT INTO settings VALUES ('lost', '')"_s);
    QVERIFY(!written.has_value());
    QCOMPARE(written.error().code, u"database_unreachable"_s);
}

void TestCliServer::leavesOthersRunsAlone()
{
    // Two workspaces on one ledger: what is missing in one says nothing about the runs of the other.
    fill();
    const QString name = m_server.newDatabase();
    QCOMPARE(call(*m_program, words("database move --to-server"), name).code, 0);
    const auto other = newProgram();
    QCOMPARE(call(*other, words("database use"), name).code, 0);
    const auto homeOf = [](const CliProgram &program) {
        return program.json(words("database show"))
            .object()
            .value(u"server"_s)
            .toObject()
            .value(u"workspace"_s)
            .toString();
    };
    const QString mine = homeOf(*m_program);
    const QString theirs = homeOf(*other);
    QVERIFY(!mine.isEmpty() && !theirs.isEmpty() && mine != theirs);
    const QString id = u"aaaaaaaa-0000-4000-8000-00000000000"_s;
    const QString insert =
        u"INSERT INTO experiments (id, tenant, name, state, created_at, started_at, phase, executor) "
        "VALUES ('%1', 'lab', 'run', 'running', '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:01.000Z', "
        "'workflow', 'local:%2')"_s;
    const QString hold = u"INSERT INTO holds VALUES ('%1', 'lab', 1000000, '', '2026-01-01T00:00:00.000Z', NULL, '')"_s;
    m_server.sql(
        name, {insert.arg(id + u'1', mine), hold.arg(id + u'1'), insert.arg(id + u'2', theirs), hold.arg(id + u'2')});
    // Where the tenant's runs are out of reach, nothing is said to be lost.
    QCOMPARE(m_program->json(words("reconcile")).error(), u"run_unreachable"_s);
    for (const CliProgram *program : {m_program.get(), other.get()}) // as the first start makes it
        QVERIFY(QDir().mkpath(program->workspace() + u"/runs/lab"_s) &&
                society::writeFileAtomically(program->workspace() + u"/runs/lab/.runs"_s, {}));
    const CliOutcome found = m_program->json(words("reconcile"));
    QVERIFY2(found.code == 0, found.words().constData());
    QCOMPARE(found.object().value(u"lost"_s).toArray(), (QJsonArray{id + u'1'})); // its folder should be here
    QCOMPARE(m_server.rows(name, u"SELECT state, settled FROM experiments WHERE name = 'run' ORDER BY id"_s),
        (QList<QStringList>{{u"lost"_s, u"1"_s}, {u"running"_s, u"0"_s}}));
    const CliOutcome shown = m_program->json({u"--tenant"_s, u"lab"_s, u"status"_s, id + u'2'});
    QCOMPARE(shown.object().value(u"state"_s).toString(), u"running"_s);
    for (const char *verb : {"stop", "delete"})
        QCOMPARE(m_program->json({u"--tenant"_s, u"lab"_s, QString::fromLatin1(verb), id + u'2'}).error(),
            u"experiment_elsewhere"_s);
    QVERIFY(!QDir(m_program->workspace() + u"/runs/lab/"_s + id + u'2').exists());
    const CliOutcome audit = m_program->json(words("--tenant lab audit"));
    QVERIFY2(audit.code == 0 && audit.object().value(u"unread"_s).toArray().size() >= 1, audit.words().constData());
    QCOMPARE(other->json(words("reconcile")).object().value(u"lost"_s).toArray(), (QJsonArray{id + u'2'}));
    // Of a workspace that is gone for good they are given up, with a reason, by who may.
    m_server.sql(name, {insert.arg(id + u'3', u"gone/1"_s), hold.arg(id + u'3')});
    m_server.addLogin(u"ann"_s);
    QCOMPARE(m_program->json(words("--tenant lab member add ann member")).code, 0);
    const auto member = newProgram();
    QCOMPARE(call(*member, words("database use"), name, u"ann"_s).code, 0);
    const QStringList giveUp{
        u"--tenant"_s, u"lab"_s, u"abandon"_s, id + u'3', u"--reason"_s, u"the laptop was stolen"_s};
    QCOMPARE(member->json(giveUp).error(), u"role_forbids"_s);
    QCOMPARE(m_program->json(giveUp.mid(0, 4) + QStringList{u"--reason"_s, u" "_s}).error(), u"reason_missing"_s);
    const CliOutcome givenUp = m_program->json(giveUp);
    QVERIFY2(givenUp.code == 0, givenUp.words().constData());
    QCOMPARE(
        m_server.rows(name, u"SELECT e.state, e.settled, e.reason, h.released_at IS NOT NULL FROM experiments e JOIN "
                            "holds h ON h.experiment = e.id WHERE e.id = '%1'"_s.arg(id + u'3')),
        (QList<QStringList>{{u"lost"_s, u"1"_s, u"the laptop was stolen"_s, u"true"_s}}));
    QCOMPARE(m_program->json(giveUp).error(), u"experiment_settled"_s);
    // One's own where it has ended, nothing can tell what it used, and a person says what has become of it.
    m_server.sql(name, {insert.arg(id + u'4', mine), hold.arg(id + u'4')});
    const QString status = m_program->workspace() + u"/runs/lab/"_s + id + u"4/status.json"_s;
    QVERIFY(QDir().mkpath(QFileInfo(status).path()));
    QFile spoilt(status);
    QVERIFY(spoilt.open(QIODevice::WriteOnly));
    QVERIFY(spoilt.write("{}") == 2);
    spoilt.close();
    QCOMPARE(m_program->json(words("reconcile")).error(), u"unsettled"_s);
    QStringList giveUpMine = giveUp;
    giveUpMine[3] = id + u'4';
    const CliOutcome mineGivenUp = m_program->json(giveUpMine);
    QVERIFY2(mineGivenUp.code == 0, mineGivenUp.words().constData());
    QCOMPARE(m_program->json(giveUpMine).error(), u"experiment_settled"_s);
    const QString stated = QString::fromUtf8(m_program->run(words("--tenant lab audit")).out);
    QCOMPARE(stated.count(u"the laptop was stolen"_s), 2); // of the one and of the other
    QVERIFY2(m_program->json(words("--tenant lab audit")).code == 0,
        m_program->json(words("--tenant lab audit")).words().constData());
    // Back in a file, one's own are one's own again, and the others' stay theirs.
    const CliOutcome back = m_program->json(words("database move --to-file"));
    QVERIFY2(back.code == 0, back.words().constData());
    QVERIFY2(m_program->json({u"--tenant"_s, u"lab"_s, u"delete"_s, id + u'1'}).code == 0, "");
    QCOMPARE(m_program->json({u"--tenant"_s, u"lab"_s, u"delete"_s, id + u'2'}).error(), u"experiment_elsewhere"_s);
}

void TestCliServer::copiesAreTheServersMatter()
{
    const QString name = m_server.newDatabase();
    QCOMPARE(call(*m_program, words("database use"), name).code, 0);
    const CliOutcome backup = m_program->json({u"backup"_s, m_program->path(u"copy.db"_s)});
    QCOMPARE(backup.error(), u"backup_on_server"_s);
    QVERIFY2(backup.err.contains("pg_dump"), backup.words().constData());
    QCOMPARE(m_program->json({u"restore"_s, m_program->path(u"copy.db"_s)}).error(), u"backup_on_server"_s);
}

void TestCliServer::saysThatTheServerIsGone()
{
    const QString name = m_server.newDatabase();
    QCOMPARE(call(*m_program, words("database use"), name).code, 0);
    m_server.stop();
    const CliOutcome gone = m_program->json(words("tenant list"));
    m_server.start();
    QCOMPARE(gone.code, 7);
    QCOMPARE(gone.error(), u"database_unreachable"_s);
    QVERIFY2(gone.err.contains("127.0.0.1:" + QByteArray::number(m_server.port())), gone.words().constData());
    QCOMPARE(m_program->json(words("tenant list")).code, 0);
    // A spoilt database.json is no reason to begin a database of its own.
    QFile file(m_program->workspace() + u"/database.json"_s);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{}");
    file.close();
    const CliOutcome spoilt = m_program->json(words("tenant list"));
    QVERIFY2(spoilt.code == 7, spoilt.words().constData());
    QVERIFY(!QFile::exists(m_program->workspace() + u"/society.db"_s));
}

QTEST_GUILESS_MAIN(TestCliServer)
#include "tst_cliserver.moc"
