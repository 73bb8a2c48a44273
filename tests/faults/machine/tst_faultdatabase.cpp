// SPDX-License-Identifier: GPL-3.0-or-later
// A database that is locked, truncated, newer or removed, on the whole of society-cli.
#include "tests/faults/machine/lab.h"

#include <QDir>
#include <QFile>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTest>

using namespace society::test;
using namespace Qt::StringLiterals;

namespace {

/// Another program on the same database.
class Other {
public:
    explicit Other(const QString &file)
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"other"_s);
        database.setDatabaseName(file);
        m_open = database.open();
    }
    ~Other() { QSqlDatabase::removeDatabase(u"other"_s); }
    Other(const Other &) = delete;
    Other &operator=(const Other &) = delete;
    [[nodiscard]] bool run(const QString &sql) const
    {
        return m_open && QSqlQuery(QSqlDatabase::database(u"other"_s)).exec(sql);
    }

private:
    bool m_open = false;
};

constexpr const char *GoneRemedy = "Put it back from a copy; to begin anew, move the folder";

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class FaultDatabase : public QObject {
    Q_OBJECT

    std::unique_ptr<Lab> m_lab;

    CliProgram &cli() { return m_lab->cli(); }
    QString database() { return cli().workspace() + u"/society.db"_s; }

    /// Whatever is asked: refused with exit code 7, in words that name the database and say what to do.
    void refuses(const QByteArray &words, const QByteArray &remedy, const QString &id)
    {
        for (const QStringList &verb : {QStringList{u"experiments"_s}, {u"account"_s}, {u"reconcile"_s},
                 {u"status"_s, id}, Lab::runArguments(u"calls=1"_s)}) {
            const CliOutcome refused = cli().run(verb);
            QVERIFY2(refused.code == 7 && refused.err.contains("society.db") && refused.err.contains(words) &&
                         refused.err.contains(remedy),
                (verb.join(u' ').toUtf8() + ": " + refused.words()).constData());
        }
    }

private slots:
    void init()
    {
        m_lab = std::make_unique<Lab>();
        QVERIFY(m_lab->isReady());
    }
    void cleanup() { m_lab.reset(); }

    /// Nothing is started without its row and its hold; a run that ends meanwhile is settled later, once.
    void locked()
    {
        const QString id = m_lab->start(u"hold=stepping"_s);
        QVERIFY(m_lab->says(id, "step 2"));
        {
            const Other other(database());
            QVERIFY(other.run(u"BEGIN IMMEDIATE"_s));
            m_lab->go(id);
            QTRY_VERIFY_WITH_TIMEOUT(m_lab->status(id).hasEnded(), 30000);
            const CliOutcome unsettled = cli().json({u"reconcile"_s});
            QCOMPARE(unsettled.code, 7);
            QCOMPARE(unsettled.error(), u"database_locked"_s);
            const QByteArray remedy = "Try again in a moment; if it stays so, close the other programs";
            QVERIFY2(unsettled.err.contains(remedy), unsettled.words().constData());
            const CliOutcome refused = cli().json(Lab::runArguments(u"calls=1"_s));
            QCOMPARE(refused.error(), u"database_locked"_s);
            QVERIFY2(refused.err.contains(remedy), refused.words().constData());
            QCOMPARE(m_lab->runs(), QStringList{id});
            QVERIFY(other.run(u"COMMIT"_s));
        }
        QVERIFY(m_lab->settles());
        QCOMPARE(m_lab->experiments(), QStringList{id});
        QCOMPARE(m_lab->shown(id)[u"state"].toString(), u"finished"_s);
        QCOMPARE(m_lab->wrongs(id), QString());
    }

    /// A run that goes on does not need it; and a copy that is put back has it settled.
    void truncated()
    {
        const QString id = m_lab->start(u"hold=stepping"_s);
        QVERIFY(m_lab->says(id, "step 2"));
        const QByteArray whole = contentOf(database());
        QVERIFY(whole.size() > 100'000);
        QVERIFY(!QFile::exists(database() + u"-wal"_s)); // nobody has it open: it is all in there
        QFile file(database());
        for (const qsizetype size : {qsizetype(1), qsizetype(100), qsizetype(4096), whole.size() / 4096 / 3 * 4096,
                 whole.size() / 2 + 123, whole.size() - 4096, whole.size() - 1}) {
            const QByteArray cut = whole.first(size);
            QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(cut) == size);
            file.close();
            refuses("is damaged", "Restore it from a copy; leave the file as it is until then.", id);
            QCOMPARE(contentOf(database()), cut); // left as it is
        }
        QVERIFY(file.resize(0));
        refuses("but this workspace has runs", GoneRemedy, id);
        QVERIFY(cli().run({u"setup"_s}).code == 7);
        QCOMPARE(file.size(), 0);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(whole) == whole.size());
        file.close();
        m_lab->go(id);
        QVERIFY(m_lab->settles());
        QCOMPARE(m_lab->shown(id)[u"state"].toString(), u"finished"_s);
        QCOMPARE(m_lab->wrongs(id), QString());
    }

    void newer()
    {
        const QString id = m_lab->start(u"hold=stepping"_s);
        QVERIFY(m_lab->says(id, "step 2"));
        QVERIFY(Other(database()).run(u"INSERT INTO schema_versions VALUES (9999, 'future', '')"_s));
        refuses("was made by a newer version", "Install the newest version of Society Workbench.", id);
        QVERIFY(Other(database()).run(u"DELETE FROM schema_versions WHERE version = 9999"_s));
        m_lab->go(id);
        QVERIFY(m_lab->settles());
        QCOMPARE(m_lab->wrongs(id), QString());
    }

    /// What lies in its place is no database of ours: left alone, and it can be put back.
    void anotherInItsPlace_data()
    {
        QTest::addColumn<bool>("folder");
        QTest::addColumn<QByteArray>("words");
        QTest::newRow("of another program") << false << QByteArray("is a database of another program");
        QTest::newRow("a folder") << true << QByteArray("is not a file");
    }
    void anotherInItsPlace()
    {
        QFETCH(bool, folder);
        QFETCH(QByteArray, words);
        const QString id = m_lab->start(u"hold=stepping"_s);
        QVERIFY(m_lab->says(id, "step 2"));
        QVERIFY(QFile::rename(database(), cli().path(u"kept"_s)));
        if (folder)
            QVERIFY(QDir().mkpath(database()));
        else
            QVERIFY(Other(database()).run(u"CREATE TABLE holidays (day TEXT)"_s));
        const QByteArray before = contentOf(database());
        refuses(words, "Choose another workspace folder.", id);
        QCOMPARE(contentOf(database()), before);
        QVERIFY(folder ? QDir().rmdir(database()) : QFile::remove(database()));
        QVERIFY(QFile::rename(cli().path(u"kept"_s), database()));
        m_lab->go(id);
        QVERIFY(m_lab->settles());
        QCOMPARE(m_lab->shown(id)[u"state"].toString(), u"finished"_s);
        QCOMPARE(m_lab->wrongs(id), QString());
    }

    /// Moved away while a program has it open: what it says then is not written into a file that nobody finds.
    void removedWhileOpen()
    {
        const auto waiting =
            cli().start(QStringList{u"--json"_s} + Lab::runArguments(u"hold=stepping"_s) + QStringList{u"--wait"_s});
        QTRY_VERIFY_WITH_TIMEOUT(!m_lab->runs().isEmpty(), 30000);
        const QString id = m_lab->runs().first();
        QVERIFY(m_lab->says(id, "step 2"));
        for (const char *name : {"", "-wal", "-shm"})
            QFile::rename(database() + QLatin1String(name), cli().path(u"kept"_s + QLatin1String(name)));
        refuses("but this workspace has runs", GoneRemedy, id);
        QVERIFY(cli().run({u"setup"_s}).code == 7);
        QVERIFY(!QFile::exists(database()));
        m_lab->go(id);
        QTRY_VERIFY_WITH_TIMEOUT(m_lab->status(id).hasEnded(), 30000);
        QTRY_VERIFY_WITH_TIMEOUT(waiting->state() == QProcess::NotRunning, 30000);
        const QByteArray said = waiting->readAllStandardError();
        QVERIFY2(waiting->exitCode() == 7 && said.contains("society.db"), said.constData());
        for (const char *name : {"", "-wal", "-shm"})
            QFile::rename(cli().path(u"kept"_s + QLatin1String(name)), database() + QLatin1String(name));
        QVERIFY(m_lab->settles());
        QCOMPARE(m_lab->shown(id)[u"state"].toString(), u"finished"_s);
        QCOMPARE(m_lab->wrongs(id), QString());
    }
};

QTEST_GUILESS_MAIN(FaultDatabase)
#include "tst_faultdatabase.moc"
