// SPDX-License-Identifier: GPL-3.0-or-later
// How the keeper reads the runner's log while it grows.
#include "app/keeper/logreader.h"
#include "app/keeper/logscan.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>

using namespace society;
using namespace society::keeper;
using namespace Qt::StringLiterals;

namespace {

void append(const QString &path, const QByteArray &data)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::Append));
    QCOMPARE(file.write(data), data.size());
}

} // namespace

class KeeperLog : public QObject {
    Q_OBJECT
private slots:
    void readsLinesAsTheyGrow();
    void cutsLongLinesWithOverlap();
    void findsErrors_data();
    void findsErrors();
    void clipsWholeCharacters();
};

void KeeperLog::readsLinesAsTheyGrow()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"log"_s);
    const Fd fd(::open(QFile::encodeName(folder.path()).constData(), O_RDONLY | O_DIRECTORY));
    LogReader reader;
    QVERIFY(!reader.open(fd.get(), "log"));
    append(path, "old\n");
    QVERIFY(reader.open(fd.get(), "log"));
    reader.skip();
    QStringList lines;
    const auto see = [&](std::string_view text, bool) {
        lines += QString::fromUtf8(text.data(), qsizetype(text.size()));
    };
    append(path, "one\ntw");
    QVERIFY(!reader.read(1 << 20, see));
    QCOMPARE(lines, QStringList{u"one"_s});
    append(path, "o\n\nthree");
    QVERIFY(!reader.read(1 << 20, see));
    QCOMPARE(lines, QStringList({u"one"_s, u"two"_s, u""_s}));
    reader.finish(see);
    QCOMPARE(lines.last(), u"three"_s);
    QVERIFY(QFile::resize(path, 0)); // someone empties the file: what is written next is read
    append(path, "four\n");
    QVERIFY(!reader.read(1 << 20, see));
    append(path, "five\n");
    QVERIFY(!reader.read(1 << 20, see));
    QCOMPARE(lines.last(), u"five"_s);
}

void KeeperLog::cutsLongLinesWithOverlap()
{
    QTemporaryDir folder;
    const Fd fd(::open(QFile::encodeName(folder.path()).constData(), O_RDONLY | O_DIRECTORY));
    // Whatever the place of the text in the line, one piece holds it whole.
    for (int at = 7000; at < 9400; at += 37) {
        const QByteArray needle(LogReader::overlap, 'n');
        const QString path = folder.filePath(u"log%1"_s.arg(at));
        append(path, QByteArray(at, 'x') + needle + QByteArray(20000, 'y') + "\n");
        LogReader reader;
        QVERIFY(reader.open(fd.get(), "log" + std::to_string(at)));
        int found = 0;
        int starts = 0;
        std::size_t longest = 0;
        const auto see = [&](std::string_view text, bool start) {
            found += text.find(needle.toStdString()) != std::string_view::npos ? 1 : 0;
            starts += start ? 1 : 0;
            longest = std::max(longest, text.size());
        };
        while (reader.read(4096, see)) {
        }
        QVERIFY(found >= 1);
        QCOMPARE(starts, 1);
        QVERIFY(longest < 2 * LogReader::pieceLimit + LogReader::overlap);
    }
}

void KeeperLog::findsErrors_data()
{
    QTest::addColumn<QStringList>("lines");
    QTest::addColumn<QString>("error");
    const QString fatal = u"t - agentsociety - ERROR - Init error: 'Citizen'"_s;
    const QString mild = u"t - agentsociety - ERROR - Agent 1 is not a citizen agent, so skip the interview"_s;
    QTest::newRow("none") << QStringList{u"t - agentsociety - INFO - an ERROR in words"_s} << QString();
    QTest::newRow("mild") << QStringList{mild, u"t - INFO - more"_s} << mild;
    QTest::newRow("fatal goes before mild") << QStringList{fatal, mild} << fatal;
    QTest::newRow("the last fatal") << QStringList{u"Simulation error: a"_s, u"Simulation error: b"_s}
                                    << u"Simulation error: b"_s;
    QTest::newRow("traceback") << QStringList{mild, u"Traceback (most recent call last):"_s, u"  File"_s, u""_s,
                                      u"    x = 1"_s, u"KeyError: 'demand'"_s, u"after"_s}
                               << u"KeyError: 'demand'"_s;
    QTest::newRow("behind a progress bar")
        << QStringList{u"10%\r20%\rTraceback (most recent call last):"_s, u"  File"_s, u"KeyError: 'demand'\r"_s}
        << u"KeyError: 'demand'"_s;
    QTest::newRow("interrupted") << QStringList{mild, u"Traceback (most recent call last):"_s, u"  File"_s,
                                        u"KeyboardInterrupt"_s}
                                 << mild;
    QTest::newRow("chained") << QStringList{u"Traceback (most recent call last):"_s, u"  File"_s, u"KeyError: 1"_s,
                                    u""_s, u"During handling of the above exception, another exception occurred:"_s,
                                    u""_s, u"Traceback (most recent call last):"_s, u"  File"_s,
                                    u"OSError: [Errno 30] Read-only file system"_s}
                             << u"OSError: [Errno 30] Read-only file system"_s;
}

void KeeperLog::findsErrors()
{
    QFETCH(QStringList, lines);
    ErrorLines errors;
    for (const QString &line : lines)
        errors.see(line.toStdString());
    QTEST(QString::fromStdString(errors.text()), "error");
}

void KeeperLog::clipsWholeCharacters()
{
    const std::string text = "a\xE4\xB8\xAD\xE4\xB8\xAD";
    for (std::size_t limit = 0; limit < 9; ++limit) {
        const std::string_view part = clipped(text, limit);
        QVERIFY(part.size() <= limit);
        QVERIFY(!QString::fromUtf8(part.data(), qsizetype(part.size())).contains(QChar::ReplacementCharacter));
    }
    QCOMPARE(clipped(text, 4).size(), std::size_t(4));
    ErrorLines errors;
    errors.see("Init error: " + std::string(5000, 'x'));
    QCOMPARE(errors.text().size(), ErrorLines::limit);
}

QTEST_GUILESS_MAIN(KeeperLog)
#include "tst_keeperlog.moc"
