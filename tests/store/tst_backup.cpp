// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/store/backup.h"
#include "services/store/backup_p.h"
#include "tests/store/storefixture.h"

#include <QDateTime>
#include <QScopeGuard>
#include <atomic>
#include <thread>

/// Copies of the database while it is used, daily ones, and putting one back.
class TestBackup : public QObject {
    Q_OBJECT
private slots:
    void init();
    void copyIsOfOneMoment();
    void replacesAnOlderCopy();
    void refusesAPlaceThatIsNone();
    void aNameThatBeginsLikeTheDatabasesIsAnother();
    void keepsSevenDays();
    void copiesOfDaysToComeStandAside();
    void putsACopyBack();
    void putsACopyBackForADamagedOne();
    void leavesAnOpenDatabaseAlone();
    void nobodyWritesBesideIt();
    void saysWhyItCannotTakeTheOldOne();
    void aStepThatFailsLeavesAllAsItWas_data();
    void aStepThatFailsLeavesAllAsItWas();
    void anotherCopysNameIsNotTaken();
    void refusesWhatIsNoCopy_data();
    void refusesWhatIsNoCopy();

private:
    [[nodiscard]] QString path(const char *name) const { return m_dir->filePath(QString::fromLatin1(name)); }
    [[nodiscard]] QString database() const { return path("society.db"); }
    /// Opens, writes a setting, closes.
    void write(const QString &key) const
    {
        must(execute(*must(Database::open(database())), u"INSERT INTO settings (key, value) VALUES (?, 'x')"_s, {key}));
    }
    [[nodiscard]] static QString keys(const QString &file)
    {
        return valueOf(
            *must(Database::open(file)), u"SELECT group_concat(key) FROM (SELECT key FROM settings ORDER BY key)"_s);
    }
    [[nodiscard]] QStringList leftOvers() const { return QDir(m_dir->path()).entryList({u"*.new-*"_s}); }

    /// What is in the folder, file by file.
    [[nodiscard]] QMap<QString, QByteArray> contents() const
    {
        QMap<QString, QByteArray> all;
        for (const QFileInfo &info : QDir(m_dir->path()).entryInfoList(QDir::Files)) {
            QFile file(info.filePath());
            if (!file.open(QIODevice::ReadOnly))
                qFatal("%s", qPrintable(info.filePath()));
            all.insert(info.fileName(), file.readAll());
        }
        return all;
    }
    void put(const QString &file, const QByteArray &bytes) const
    {
        QFile written(file);
        if (!written.open(QIODevice::WriteOnly) || written.write(bytes) != bytes.size())
            qFatal("%s", qPrintable(file));
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    QDateTime m_now = QDateTime::fromString(u"2026-03-01T12:00:00Z"_s, Qt::ISODate);
};

void TestBackup::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
}

void TestBackup::copyIsOfOneMoment()
{
    const auto source = must(Database::open(database()));
    must(execute(*source, u"CREATE TABLE pairs (a INTEGER NOT NULL, b INTEGER NOT NULL)"_s));
    std::atomic<bool> stop = false;
    std::atomic<int> written = 0;
    std::thread writer([&] {
        while (!stop) {
            Transaction both = must(Transaction::begin(*source));
            must(execute(*source, u"INSERT INTO pairs VALUES (1, 0)"_s));
            must(execute(*source, u"INSERT INTO pairs VALUES (0, 1)"_s));
            must(both.commit());
            ++written;
        }
    });
    QTRY_VERIFY_WITH_TIMEOUT(written > 5, 120'000);
    for (int i = 0; i < 10; ++i) {
        const int before = written;
        must(backUp(*source, path("copy.db")));
        const auto copy = must(Database::open(path("copy.db")));
        const QString counts = valueOf(*copy, u"SELECT count(*) || ' ' || (sum(a) - sum(b)) FROM pairs"_s);
        QVERIFY2(counts.endsWith(u" 0"_s), qPrintable(counts));
        QVERIFY(counts.split(u' ').constFirst().toInt() >= 2 * before);
    }
    stop = true;
    writer.join();
    QCOMPARE(leftOvers(), QStringList());
    QCOMPARE(QFile::permissions(path("copy.db")) & QFileDevice::ReadOther, QFileDevice::Permissions());
}

void TestBackup::replacesAnOlderCopy()
{
    write(u"a"_s);
    must(backUp(*must(Database::open(database())), path("copy.db")));
    write(u"b"_s);
    must(backUp(*must(Database::open(database())), path("copy.db")));
    QCOMPARE(keys(path("copy.db")), u"a,b"_s);
}

void TestBackup::refusesAPlaceThatIsNone()
{
    write(u"a"_s);
    const auto source = must(Database::open(database()));
    QVERIFY(!backUp(*source, path("missing/copy.db")));
    QVERIFY(QDir().mkpath(path("folder.db")));
    QCOMPARE(codeOf(backUp(*source, path("folder.db"))), u"write_failed"_s);
    QCOMPARE(codeOf(backUp(*source, database())), u"write_failed"_s);
    for (const char *ending : {"-wal", "-shm", "-journal"})
        QCOMPARE(codeOf(backUp(*source, database() + QLatin1String(ending))), u"write_failed"_s);
    // By another way to it.
    const QString link = path("link");
    QVERIFY(QFile::link(QFileInfo(database()).absolutePath(), link));
    QCOMPARE(codeOf(backUp(*source, link + u'/' + QFileInfo(database()).fileName())), u"write_failed"_s);
    QCOMPARE(
        codeOf(backUp(*source, link + u'/' + QFileInfo(database()).fileName() + u"-journal"_s)), u"write_failed"_s);
    QVERIFY(QFile::remove(link));
    QCOMPARE(leftOvers(), QStringList());
    QCOMPARE(keys(database()), u"a"_s);
}

void TestBackup::aNameThatBeginsLikeTheDatabasesIsAnother()
{
    write(u"a"_s);
    const auto source = must(Database::open(database()));
    for (const char *ending : {".bak", "-2026", "-wal.copy"}) {
        must(backUp(*source, database() + QLatin1String(ending)));
        QCOMPARE(keys(database() + QLatin1String(ending)), u"a"_s);
    }
}

void TestBackup::keepsSevenDays()
{
    write(u"a"_s);
    const auto source = must(Database::open(database()));
    const QDate first(2026, 2, 25);
    for (int day = 0; day < 10; ++day) {
        QVERIFY(!must(backUpDaily(*source, path("backups"), first.addDays(day))).isEmpty());
        QVERIFY(must(backUpDaily(*source, path("backups"), first.addDays(day))).isEmpty());
    }
    QFile other(path("backups") + u"/mine.db"_s);
    QVERIFY(other.open(QIODevice::WriteOnly));
    // A clock that was set back makes no copy that is removed at once, and removes none of the newer.
    must(backUpDaily(*source, path("backups"), first.addDays(9)));
    const QStringList names = QDir(path("backups")).entryList(QDir::Files, QDir::Name);
    QCOMPARE(names.size(), 8);
    QCOMPARE(names.at(0), u"mine.db"_s);
    QCOMPARE(names.at(1), u"society-2026-02-28.db"_s);
    QCOMPARE(names.at(7), u"society-2026-03-06.db"_s);
}

void TestBackup::copiesOfDaysToComeStandAside()
{
    // A clock that was years ahead for a week must not cost the copies of all the weeks to come.
    write(u"a"_s);
    const auto source = must(Database::open(database()));
    const QDate today(2026, 3, 1);
    for (int day = 0; day < 8; ++day)
        must(backUpDaily(*source, path("backups"), today.addYears(50).addDays(day)));
    for (int day = 0; day < 9; ++day)
        QVERIFY(!must(backUpDaily(*source, path("backups"), today.addDays(day))).isEmpty());
    const QStringList names = QDir(path("backups")).entryList({u"society-2026*"_s}, QDir::Files, QDir::Name);
    QCOMPARE(names.size(), 7);
    QCOMPARE(names.constFirst(), u"society-2026-03-03.db"_s);
    QCOMPARE(names.constLast(), u"society-2026-03-09.db"_s);
    QCOMPARE(QDir(path("backups")).entryList({u"society-2076*"_s}, QDir::Files).size(), 7);
}

void TestBackup::putsACopyBack()
{
    write(u"a"_s);
    must(backUp(*must(Database::open(database())), path("copy.db")));
    write(u"b"_s);
    const QString kept = must(restore(path("copy.db"), database(), m_now));
    QCOMPARE(kept, database() + u".replaced-20260301-120000"_s);
    QCOMPARE(keys(database()), u"a"_s);
    QCOMPARE(keys(kept), u"a,b"_s);
    QCOMPARE(leftOvers(), QStringList());
    // Where there is no database it is only put there; a log that was left lying is not read into it.
    QVERIFY(QFile::remove(database()));
    QFile log(database() + u"-wal"_s);
    QVERIFY(log.open(QIODevice::WriteOnly));
    log.write("of another database");
    log.close();
    QCOMPARE(must(restore(path("copy.db"), database(), m_now.addSecs(1))), QString());
    QVERIFY(QFile::exists(database() + u".replaced-20260301-120001-wal"_s));
    QCOMPARE(keys(database()), u"a"_s);
}

void TestBackup::putsACopyBackForADamagedOne()
{
    write(u"a"_s);
    must(backUp(*must(Database::open(database())), path("copy.db")));
    QFile file(database());
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.seek(100));
    file.write(QByteArray(8000, 'z'));
    file.close();
    QVERIFY(!must(restore(path("copy.db"), database(), m_now)).isEmpty());
    QCOMPARE(keys(database()), u"a"_s);
}

void TestBackup::leavesAnOpenDatabaseAlone()
{
    write(u"a"_s);
    const auto open = must(Database::open(database()));
    must(backUp(*open, path("copy.db")));
    must(execute(*open, u"INSERT INTO settings (key, value) VALUES ('b', 'x')"_s));
    QCOMPARE(codeOf(restore(path("copy.db"), database(), m_now)), u"database_in_use"_s);
    QCOMPARE(valueOf(*open, u"SELECT count(*) FROM settings"_s), u"2"_s);
    QCOMPARE(leftOvers(), QStringList());
}

void TestBackup::nobodyWritesBesideIt()
{
    // A program that opens the database while a copy is put in its place writes into one that has a name, or not at
    // all.
    write(u"start"_s);
    must(backUp(*must(Database::open(database())), path("copy.db")));
    std::atomic<bool> stop = false;
    QStringList written;
    std::thread writer([&] {
        for (int i = 0; !stop; ++i) {
            const auto opened = Database::open(database());
            const QString key = u"k%1"_s.arg(i, 6, 10, QChar(u'0'));
            if (opened && execute(**opened, u"INSERT INTO settings (key, value) VALUES (?, 'x')"_s, {key}))
                written.append(key);
        }
    });
    QStringList places;
    for (int done = 0, tried = 0; done < 20; ++tried) {
        const auto kept = restore(path("copy.db"), database(), m_now.addSecs(tried));
        if (!kept && kept.error().code != u"database_in_use")
            qWarning("%s %s", qPrintable(kept.error().code), qPrintable(kept.error().detail));
        QVERIFY(kept || kept.error().code == u"database_in_use");
        if (!kept)
            continue;
        places.append(*kept);
        ++done;
    }
    stop = true;
    writer.join();
    QCOMPARE(places.size(), 20);
    places.append(database());
    QSet<QString> found;
    for (const QString &place : std::as_const(places))
        for (const QString &key : keys(place).split(u','))
            found.insert(key);
    for (const QString &key : std::as_const(written))
        QVERIFY2(found.contains(key), qPrintable(key));
}

void TestBackup::saysWhyItCannotTakeTheOldOne()
{
    write(u"a"_s);
    must(backUp(*must(Database::open(database())), path("copy.db")));
    QVERIFY(QFile::rename(database(), path("other")));
    QVERIFY(QDir().mkpath(database())); // a folder has its name
    const auto done = restore(path("copy.db"), database(), m_now);
    QVERIFY(!done);
    QVERIFY2(done.error().code != u"database_in_use", qPrintable(done.error().code));
    QVERIFY(!done.error().message.isEmpty() && !done.error().remedy.isEmpty());
    QCOMPARE(leftOvers(), QStringList());
}

void TestBackup::aStepThatFailsLeavesAllAsItWas_data()
{
    QTest::addColumn<QString>("before"); // what is in the copy's place
    QTest::addColumn<QString>("step");
    for (const char *step : {"keep", "copy", "sync"})
        QTest::addRow("a database, %s", step) << u"whole"_s << QString::fromLatin1(step);
    for (const char *step : {"keep", "copy", "sync"}) // its logs SQLite itself takes away
        QTest::addRow("a damaged one, %s", step) << u"damaged"_s << QString::fromLatin1(step);
    for (const char *step : {"-wal", "-shm", "-journal", "copy", "sync"})
        QTest::addRow("its logs alone, %s", step) << u"logs"_s << QString::fromLatin1(step);
}

void TestBackup::aStepThatFailsLeavesAllAsItWas()
{
    QFETCH(QString, before);
    QFETCH(QString, step);
    write(u"a"_s);
    must(backUp(*must(Database::open(database())), path("copy.db")));
    write(u"b"_s);
    if (before == u"logs")
        QVERIFY(QFile::remove(database()));
    if (before == u"damaged")
        put(database(), QByteArray("no database at all\n").repeated(100));
    if (before == u"logs")
        for (const char *ending : {"-wal", "-shm", "-journal"})
            put(database() + QLatin1String(ending), ending);
    const auto all = contents();
    {
        const auto none = qScopeGuard([] { restoreSteps() = {}; });
        restoreSteps() = [&step](QLatin1String asked) { return asked != step; };
        QCOMPARE(codeOf(restore(path("copy.db"), database(), m_now)), u"write_failed"_s);
    }
    QCOMPARE(contents().keys(), all.keys());
    if (before == u"whole") // its header tells that nobody writes a log now
        QCOMPARE(keys(database()), u"a,b"_s);
    else
        QVERIFY(contents() == all);
    must(restore(path("copy.db"), database(), m_now));
    QCOMPARE(keys(database()), u"a"_s);
}

void TestBackup::anotherCopysNameIsNotTaken()
{
    write(u"a"_s);
    must(backUp(*must(Database::open(database())), path("copy.db")));
    const QString kept = must(restore(path("copy.db"), database(), m_now));
    const auto all = contents();
    QCOMPARE(codeOf(restore(path("copy.db"), database(), m_now)), u"write_failed"_s); // within the same second
    QCOMPARE(contents().keys(), all.keys());
    QCOMPARE(keys(kept), u"a"_s);
}

void TestBackup::refusesWhatIsNoCopy_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("code");
    QTest::newRow("nothing") << u"nothing"_s << u"database_unreachable"_s;
    QTest::newRow("empty") << u"empty"_s << u"database_foreign"_s;
    QTest::newRow("text") << u"text"_s << u"database_damaged"_s;
    QTest::newRow("cut off") << u"cut"_s << u"database_damaged"_s;
    QTest::newRow("another program's") << u"foreign"_s << u"database_foreign"_s;
    QTest::newRow("a newer version's") << u"newer"_s << u"database_newer"_s;
}

void TestBackup::refusesWhatIsNoCopy()
{
    QFETCH(QString, kind);
    QFETCH(QString, code);
    write(u"a"_s);
    {
        const auto source = must(Database::open(database()));
        if (kind == u"newer" || kind == u"foreign")
            must(backUp(*source, path("copy.db")));
    }
    QFile copy(path("copy.db"));
    if (kind == u"empty" || kind == u"text" || kind == u"cut") {
        QVERIFY(copy.open(QIODevice::WriteOnly));
        if (kind == u"text")
            copy.write(QByteArray("no database at all\n").repeated(100));
        if (kind == u"cut") {
            QFile whole(database());
            QVERIFY(whole.open(QIODevice::ReadOnly));
            copy.write(whole.read(20'000));
        }
        copy.close();
    }
    if (kind == u"newer")
        must(execute(
            *must(Database::open(path("copy.db"))), u"INSERT INTO schema_versions VALUES (9999, 'future', '')"_s));
    if (kind == u"foreign") {
        Database::Options options;
        must(execute(
            *must(Database::open(path("copy.db"), options)), u"ALTER TABLE schema_versions RENAME TO others"_s));
    }
    QCOMPARE(codeOf(restore(path("copy.db"), database(), m_now)), code);
    QCOMPARE(keys(database()), u"a"_s);
    QCOMPARE(leftOvers(), QStringList());
}

QTEST_GUILESS_MAIN(TestBackup)
#include "tst_backup.moc"
