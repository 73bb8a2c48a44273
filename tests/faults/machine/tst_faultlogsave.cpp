// SPDX-License-Identifier: GPL-3.0-or-later
// Saving a log: byte for byte what the runner wrote, and whole or not at all, whatever happens meanwhile.
#include "services/log/logfile.h"
#include "services/log/logsave.h"
#include "tests/faults/machine/ownmachine.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace society;
using namespace society::log;
using namespace society::test;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 MiB = qint64(1) << 20;
const QByteArray Before = "what was there before\n";

QByteArray hashOf(const QString &path)
{
    QFile file(path);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    return file.open(QIODevice::ReadOnly) && hash.addData(&file) ? hash.result() : QByteArray();
}

void write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write %s", qPrintable(path));
}

QByteArray read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// A log of some megabytes, no two of which are alike.
void writeLog(const QString &path, int megabytes)
{
    QFile file(path);
    bool ok = file.open(QIODevice::WriteOnly);
    for (int i = 0; ok && i < megabytes; ++i) {
        const QByteArray line = "2026-11-24 02:03:25,086 - agentsociety - INFO - part " + QByteArray::number(i) + '\n';
        const QByteArray part = line.repeated(MiB / line.size() + 1).first(MiB);
        ok = file.write(part) == part.size();
    }
    if (!ok)
        qFatal("cannot write the log");
}

Result<> save(const QString &log, const QString &target)
{
    SOCIETY_ASSIGN(LogFile file, LogFile::open(log));
    SOCIETY_ASSIGN(const FileFacts facts, file.facts());
    SaveProgress progress;
    return saveLog(target, {std::make_shared<LogFile>(std::move(file)), 0, facts.size, 0, nullptr}, progress);
}

} // namespace

class TestFaultLogSave : public QObject {
    Q_OBJECT
private slots:
    void aKilledWindowLeavesTheTargetAsItWas_data()
    {
        QTest::addColumn<bool>("isThere");
        QTest::newRow("no file of that name") << false;
        QTest::newRow("an old one") << true;
    }

    void aKilledWindowLeavesTheTargetAsItWas()
    {
        QFETCH(bool, isThere);
        const QTemporaryDir folder;
        const QString log = folder.filePath(u"log.txt"_s);
        const QString target = folder.filePath(u"saved.txt"_s);
        writeLog(log, 48);
        const QByteArray hash = hashOf(log);
        if (isThere)
            write(target, Before);
        const pid_t child = ::fork();
        if (child == 0) { // what the window's worker does, killed when it has written so much
            const rlimit limit = {20 * MiB, 20 * MiB};
            ::signal(SIGXFSZ, [](int) { ::kill(::getpid(), SIGKILL); });
            ::setrlimit(RLIMIT_FSIZE, &limit);
            ::_exit(save(log, target) ? 0 : 1);
        }
        int status = 0;
        QCOMPARE(::waitpid(child, &status, 0), child);
        QVERIFY(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
        QCOMPARE(QFile::exists(target), isThere);
        QCOMPARE(read(target), isThere ? Before : QByteArray());
        QCOMPARE(hashOf(log), hash);
        // The next one is not troubled by what was left.
        QVERIFY(save(log, target));
        QCOMPARE(hashOf(target), hash);
    }

    void aFullDiskIsToldAndTheTargetIsAsItWas()
    {
        const QTemporaryDir folder;
        const QString log = folder.filePath(u"log.txt"_s);
        writeLog(log, 6);
        const QByteArray hash = hashOf(log);
        const SmallDisk disk(folder.filePath(u"disk"_s), 4 * MiB);
        QVERIFY(disk.isMounted());
        const QString target = folder.filePath(u"disk/saved.txt"_s);
        write(target, Before);
        const Result<> done = save(log, target);
        QVERIFY(!done);
        QCOMPARE(done.error().code, u"disk_full"_s);
        QCOMPARE(done.error().path, target);
        QVERIFY(!done.error().message.isEmpty() && !done.error().remedy.isEmpty());
        QCOMPARE(read(target), Before);
        QCOMPARE(QDir(folder.filePath(u"disk"_s)).entryList(QDir::Files | QDir::Hidden), QStringList{u"saved.txt"_s});
        QCOMPARE(hashOf(log), hash);
    }

    void holesStayHoles()
    {
        const QTemporaryDir folder;
        const QString log = folder.filePath(u"log.txt"_s);
        constexpr qint64 Size = 10'000'000'000;
        QFile file(log);
        QVERIFY(file.open(QIODevice::WriteOnly));
        for (const qint64 at : {qint64(0), 3 * MiB + 17, Size / 2}) {
            QVERIFY(file.seek(at));
            QVERIFY(file.write("a line\n") == 7);
        }
        QVERIFY(file.resize(Size)); // ends with a hole
        file.close();
        const QString target = folder.filePath(u"saved.txt"_s);
        const Result<> done = save(log, target);
        QVERIFY2(done, done ? "" : qPrintable(done.error().detail));
        QCOMPARE(QFileInfo(target).size(), Size);
        struct stat info = {};
        QCOMPARE(::stat(QFile::encodeName(target).constData(), &info), 0);
        QVERIFY2(qint64(info.st_blocks) * 512 < MiB, qPrintable(QString::number(info.st_blocks)));
        QFile copy(target);
        QVERIFY(copy.open(QIODevice::ReadOnly));
        for (const qint64 at : {qint64(0), 3 * MiB + 17, Size / 2}) {
            QVERIFY(copy.seek(at));
            QCOMPARE(copy.read(9), QByteArray("a line\n\0\0", 9));
        }
    }

    void aLogThatBecomesShorterIsNoSuccess_data()
    {
        QTest::addColumn<bool>("isSome");
        QTest::newRow("the whole log") << false;
        QTest::newRow("some lines") << true;
    }

    void aLogThatBecomesShorterIsNoSuccess()
    {
        QFETCH(bool, isSome);
        const QTemporaryDir folder;
        const QString log = folder.filePath(u"log.txt"_s);
        writeLog(log, 2);
        Result<LogFile> file = LogFile::open(log);
        QVERIFY(file);
        QVERIFY(QFile::resize(log, MiB));
        const QString target = folder.filePath(u"saved.txt"_s);
        SaveProgress progress;
        const auto some = std::make_shared<HitList>();
        for (const qint64 line : {1, 5, 35'000}) // the last one is in what is cut off
            some->append(line);
        const Result<> done = saveLog(
            target, {std::make_shared<LogFile>(std::move(*file)), 0, 2 * MiB, 0, isSome ? some : nullptr}, progress);
        QVERIFY(!done);
        QCOMPARE(done.error().code, u"read_failed"_s);
        QVERIFY(!QFile::exists(target));
    }
};

int main(int argc, char **argv)
{
    return onMachineOfItsOwn([&] {
        QCoreApplication application(argc, argv);
        TestFaultLogSave test;
        return QTest::qExec(&test, argc, argv);
    });
}

#include "tst_faultlogsave.moc"
