// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/core/files.h"
#include "services/core/freespace.h"
#include "tests/support/results.h"

#include <QDir>
#include <QFile>
#include <QStorageInfo>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <atomic>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace society;
using namespace Qt::StringLiterals;
using society::test::codeOf;

namespace {

mode_t modeOf(const QString &path)
{
    struct stat state = {};
    return ::stat(qPrintable(path), &state) == 0 ? state.st_mode & 07777 : 0;
}

/// Runs `ask` in a child that permissions bind, root or not; true where it gives true.
template <class Ask>
bool asNobody(Ask ask)
{
    const pid_t child = ::fork();
    if (child == 0)
        ::_exit((::geteuid() != 0 || ::setuid(65534) == 0) && ask() ? 0 : 1);
    int status = 1;
    return ::waitpid(child, &status, 0) == child && status == 0;
}

} // namespace

/// Files that are written whole or not at all, and read with limits.
class TestFiles : public QObject {
    Q_OBJECT
private slots:
    void init();
    void writesAndReplaces();
    void readerSeesOldOrNew();
    void writeErrors_data();
    void writeErrors();
    void readOnlyFolder();
    void readsWithinLimits();
    void readErrors();
    void json_data();
    void json();
    void privateFolders();
    void hashes();
    void freeSpaceIsTheKernels();

private:
    [[nodiscard]] QString at(const QString &name) const { return m_dir->filePath(name); }
    std::unique_ptr<QTemporaryDir> m_dir;
};

void TestFiles::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
}

void TestFiles::writesAndReplaces()
{
    const QString path = at(u"你好 file"_s);
    QVERIFY(writeFileAtomically(path, "one").has_value());
    QCOMPARE(modeOf(path), mode_t(0600));
    QVERIFY(writeFileAtomically(path, "", 0640).has_value());
    QCOMPARE(modeOf(path), mode_t(0640));
    QCOMPARE(readFile(path, 10).value_or("?"), QByteArray());
    const QByteArray large(3'000'000, 'x');
    QVERIFY(writeFileAtomically(path, large).has_value());
    QCOMPARE(readFile(path, 3'000'000).value_or("?"), large);
    QCOMPARE(QDir(m_dir->path()).entryList(QDir::Files | QDir::Hidden), QStringList{u"你好 file"_s});
}

void TestFiles::readerSeesOldOrNew()
{
    const QString path = at(u"status.json"_s);
    QVERIFY(writeFileAtomically(path, QByteArray(200'000, 'a')).has_value());
    std::atomic<bool> done = false;
    const std::unique_ptr<QThread> writer(QThread::create([&] {
        for (int i = 1; i < 150; ++i)
            if (!writeFileAtomically(path, QByteArray(200'000 + i * 1'000, static_cast<char>('a' + i % 26))))
                qFatal("not written");
        done = true;
    }));
    writer->start();
    int reads = 0;
    QSet<qsizetype> sizes;
    while (!done || reads == 0) {
        const auto data = readFile(path, 1'000'000);
        QVERIFY2(data.has_value(), qPrintable(codeOf(data)));
        QCOMPARE(data->count(data->front()), data->size()); // of one writing only
        QCOMPARE(data->front(), static_cast<char>('a' + (data->size() - 200'000) / 1'000 % 26));
        sizes.insert(data->size());
        ++reads;
    }
    QVERIFY(writer->wait(60'000));
    QVERIFY2(sizes.size() > 1, "the reader was there while it changed");
}

void TestFiles::writeErrors_data()
{
    QTest::addColumn<QString>("path");
    QTest::newRow("no folder") << u"none/file"_s;
    QTest::newRow("below a file") << u"file/file"_s;
    QTest::newRow("a folder") << u"folder"_s;
    QTest::newRow("name too long") << QString(300, u'x');
}

void TestFiles::writeErrors()
{
    QFETCH(QString, path);
    QVERIFY(QDir().mkpath(at(u"folder/inside"_s)));
    QVERIFY(writeFileAtomically(at(u"file"_s), "x").has_value());
    const auto written = writeFileAtomically(at(path), "data");
    QCOMPARE(codeOf(written), u"write_failed"_s);
    QCOMPARE(written.error().path, at(path));
    QVERIFY(!written.error().detail.isEmpty());
    QCOMPARE(QDir(m_dir->path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot).size(),
        2); // nothing left behind
}

void TestFiles::readOnlyFolder()
{
    QVERIFY(writeFileAtomically(at(u"file"_s), "old", 0644).has_value());
    QCOMPARE(::chmod(qPrintable(m_dir->path()), 0555), 0);
    QVERIFY(asNobody([this] { return codeOf(writeFileAtomically(at(u"file"_s), "new")) == u"write_failed"; }));
    QVERIFY(asNobody([this] { return codeOf(makePrivateFolder(at(u"new"_s))) == u"write_failed"; }));
    QVERIFY(asNobody([this] { return readFile(at(u"file"_s), 10).value_or("") == "old"; }));
    QCOMPARE(::chmod(qPrintable(m_dir->path()), 0755), 0);
    QVERIFY(writeFileAtomically(at(u"file"_s), "secret").has_value());
    if (::geteuid() != 0)
        QCOMPARE(::chmod(qPrintable(at(u"file"_s)), 0), 0);
    QVERIFY(asNobody([this] { return codeOf(readFile(at(u"file"_s), 10)) == u"read_failed"; }));
}

void TestFiles::readsWithinLimits()
{
    QVERIFY(writeFileAtomically(at(u"ten"_s), "0123456789").has_value());
    QCOMPARE(readFile(at(u"ten"_s), 10).value_or(""), "0123456789"_ba);
    QCOMPARE(codeOf(readFile(at(u"ten"_s), 9)), u"file_too_large"_s);
    QCOMPARE(codeOf(readFile(u"/dev/zero"_s, 1'000)), u"file_too_large"_s); // no end, whatever its size says
}

void TestFiles::readErrors()
{
    const auto missing = readFile(at(u"none"_s), 10);
    QCOMPARE(codeOf(missing), u"file_missing"_s);
    QVERIFY(missing.error().kind == ErrorKind::NotFound);
    QCOMPARE(codeOf(readFile(m_dir->path(), 10)), u"read_failed"_s);
}

void TestFiles::json_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("code");
    QTest::newRow("object") << QByteArray("{\"a\": 1}\n") << QString();
    QTest::newRow("empty object") << QByteArray("{}") << QString();
    for (const char *bad : {"", "null", "[1]", "{\"a\": 1", "{\"a\": 1} x", "{a: 1}", "\xff\xfe{}"})
        QTest::newRow(bad) << QByteArray(bad) << u"json_invalid"_s;
}

void TestFiles::json()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, code);
    QVERIFY(writeFileAtomically(at(u"j"_s), text).has_value());
    const auto object = readJsonObject(at(u"j"_s), 1'000);
    QCOMPARE(codeOf(object), code);
    if (!object)
        QVERIFY(object.error().detail.startsWith(u"offset "_s));
}

void TestFiles::privateFolders()
{
    QVERIFY(makePrivateFolder(at(u"a/b/c"_s)).has_value());
    QCOMPARE(modeOf(at(u"a/b/c"_s)), mode_t(0700));
    QVERIFY(makePrivateFolder(at(u"a/b/c"_s)).has_value());
    QVERIFY(writeFileAtomically(at(u"file"_s), "x").has_value());
    QCOMPARE(codeOf(makePrivateFolder(at(u"file"_s))), u"write_failed"_s);
    QCOMPARE(codeOf(makePrivateFolder(at(u"file/below"_s))), u"write_failed"_s);
}

void TestFiles::hashes()
{
    QVERIFY(writeFileAtomically(at(u"abc"_s), "abc").has_value());
    QCOMPARE(sha256OfFile(at(u"abc"_s)).value_or(QString()),
        u"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"_s);
    QCOMPARE(codeOf(sha256OfFile(at(u"none"_s))), u"file_missing"_s);
    QCOMPARE(codeOf(sha256OfFile(m_dir->path())), u"read_failed"_s);
}

void TestFiles::freeSpaceIsTheKernels()
{
    const auto free = freeSpace(m_dir->path());
    QVERIFY(free.has_value());
    QVERIFY(*free > 0); // this test has just written there
    QVERIFY(*free <= QStorageInfo(m_dir->path()).bytesTotal() || QStorageInfo(m_dir->path()).bytesTotal() <= 0);
    QVERIFY(!freeSpace(at(u"nowhere"_s)).has_value());
}

QTEST_GUILESS_MAIN(TestFiles)
#include "tst_files.moc"
