// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/log/linereader.h"

#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>
#include <sstream>
#include <string>

using namespace society;
using namespace society::log;

namespace {

QList<QByteArray> referenceLines(const QByteArray &bytes)
{
    QList<QByteArray> lines;
    std::istringstream stream(bytes.toStdString());
    for (std::string line; std::getline(stream, line);)
        lines.append(QByteArray::fromStdString(line));
    return lines;
}

QByteArray randomLog(QRandomGenerator &random, int size, int newlineEvery)
{
    QByteArray bytes(size, Qt::Uninitialized);
    for (char &c : bytes)
        c = random.bounded(newlineEvery) == 0 ? '\n' : static_cast<char>(random.bounded(256));
    return bytes;
}

/// A log and what is needed to index and read it.
struct Log {
    explicit Log(const QString &path)
    {
        Result<LogFile> opened = LogFile::open(path);
        if (!opened)
            qFatal("cannot open %s", qPrintable(path));
        file = std::move(*opened);
    }
    /// Indexes at most so many of the file's `size` bytes.
    [[nodiscard]] bool extend(qint64 size, qint64 atMost)
    {
        return indexer.extend(index, file, size, atMost, never).has_value();
    }

    LogFile file;
    BlockReader reader;
    Indexer indexer;
    LineIndex index;
    const std::atomic_bool never = false;
};

} // namespace

class TestLineIndex : public QObject {
    Q_OBJECT
private slots:
    void agreesWithGetline_data()
    {
        QTest::addColumn<int>("size");
        QTest::addColumn<int>("newlineEvery");
        QTest::newRow("empty") << 0 << 10;
        QTest::newRow("one byte") << 1 << 10;
        QTest::newRow("only newlines") << 2000 << 1;
        QTest::newRow("short lines") << 200'000 << 20;
        QTest::newRow("long lines") << 3'000'000 << 400'000;
        QTest::newRow("like the runner's") << 3'000'000 << 120;
    }

    void agreesWithGetline()
    {
        QFETCH(int, size);
        QFETCH(int, newlineEvery);
        QRandomGenerator random(11);
        const QByteArray bytes = randomLog(random, size, newlineEvery);
        const QList<QByteArray> expected = referenceLines(bytes);
        Log log(write(bytes));
        while (log.index.byteCount() < size)
            QVERIFY(log.extend(size, 1 + random.bounded(1'500'000)));
        QCOMPARE(log.index.lineCount(), expected.size());

        QList<QByteArray> all;
        QVERIFY(forLines(log.file, log.reader, log.index, 0, expected.size(), size, [&](const RawLine &line) {
            all.append(line.data.toByteArray());
            return true;
        }));
        QCOMPARE(all, expected);
        for (int i = 0; i < 60 && !expected.isEmpty(); ++i) {
            const qint64 wanted = random.bounded(expected.size());
            QByteArray found;
            QVERIFY(forLines(log.file, log.reader, log.index, wanted, 1, size, [&](const RawLine &line) {
                found = line.data.toByteArray();
                return true;
            }));
            QCOMPARE(found, expected[wanted]);
            Result<qint64> last = offsetOfLastLines(log.file, log.reader, size, expected.size() - wanted);
            QVERIFY(last);
            Result<qint64> start = offsetOfLine(log.file, log.reader, log.index, wanted);
            QVERIFY(start);
            QCOMPARE(*last, *start);
        }
    }

    void makesNoRoomForAllThatAFileClaims()
    {
        const QString path = write("a\nb\n");
        constexpr qint64 Claimed = qint64(8) << 40; // holes, so it takes no room
        QVERIFY(QFile::resize(path, Claimed));
        Log log(path);
        QVERIFY(log.extend(Claimed, 1'000'000));
        QCOMPARE(log.index.lineCount(), 3);
        QVERIFY2(log.index.memory() < (qint64(3) << 20), qPrintable(QString::number(log.index.memory())));
    }

    void cutsALongLineAndTellsItsLength()
    {
        const QByteArray bytes = "short\n" + QByteArray(3'000'000, 'x') + "\nlast";
        Log log(write(bytes));
        QVERIFY(log.extend(bytes.size(), bytes.size()));
        QList<RawLine> lines;
        QList<qsizetype> kept;
        QVERIFY(forLines(log.file, log.reader, log.index, 0, 3, 100, [&](const RawLine &line) {
            lines.append(line);
            kept.append(line.data.size());
            return true;
        }));
        QCOMPARE(kept, (QList<qsizetype>{5, 100, 4}));
        QCOMPARE(lines[1].bytes, 3'000'000);
        QCOMPARE(lines[2].offset, 3'000'007);
        QVERIFY(lines[1].finished && !lines[2].finished);
    }

    void readsOnlyTheEndsOfALengthyLine()
    {
        const QByteArray bytes = "a\n" + QByteArray(9'000'000, 'x') + "yz\nb\n" + QByteArray(7'000'000, 'u') + "end";
        Log log(write(bytes));
        QVERIFY(log.extend(bytes.size(), bytes.size()));
        QCOMPARE(log.index.lineCount(), 4);
        QList<QByteArray> shown;
        QVERIFY(forLines(log.file, log.reader, log.index, 0, 9, 3, [&](const RawLine &line) {
            shown.append(line.data.toByteArray() + '~' + line.tail.toByteArray());
            shown.last() += line.finished ? "." : "";
            return true;
        }));
        QCOMPARE(shown, (QList<QByteArray>{"a~.", "xxx~xyz.", "b~.", "uuu~end"}));
        const Result<LineIndex::Anchor> line = lineAtOffset(log.file, log.reader, log.index, 5'000'000);
        QVERIFY(line);
        QCOMPARE(line->line, 1);
        QCOMPARE(line->offset, 2);
    }

    void cutsLinesThatEndAtTheBordersOfWhatIsReadAtOnce()
    {
        QByteArray bytes;
        QList<qint64> starts;
        for (const int border : {32 << 10, 64 << 10, 256 << 10, 512 << 10, 1 << 20}) {
            for (const int length : {border - 2, border - 1, border, border + 1}) {
                starts.append(bytes.size());
                bytes += "<" + QByteArray(length - 2, 'x') + ">\n";
            }
        }
        starts.append(bytes.size());
        bytes.chop(1); // the last line is not finished
        Log log(write(bytes));
        QVERIFY(log.extend(bytes.size(), bytes.size()));
        QCOMPARE(log.index.lineCount(), starts.size() - 1);
        for (qint64 first = 0; first < log.index.lineCount(); ++first) {
            qint64 number = first;
            QVERIFY(
                forLines(log.file, log.reader, log.index, first, log.index.lineCount(), 2, [&](const RawLine &line) {
                    const auto at = static_cast<qsizetype>(number++);
                    return QTest::qCompare(line.number, qint64(at), "number", "at", __FILE__, __LINE__) &&
                           QTest::qCompare(line.offset, starts[at], "offset", "start", __FILE__, __LINE__) &&
                           QTest::qCompare(
                               line.bytes, starts[at + 1] - starts[at] - 1, "bytes", "length", __FILE__, __LINE__) &&
                           QTest::qCompare(line.data.toByteArray() + line.tail.toByteArray(), QByteArray("<xx>"),
                               "ends", "<xx>", __FILE__, __LINE__);
                }));
            QCOMPARE(number, log.index.lineCount());
        }
    }

    void takesLittleMemory()
    {
        LineIndex index;
        const QByteArray block = QByteArray("x\n").repeated(500'000);
        for (int i = 0; i < 10; ++i)
            index.append(block);
        QCOMPARE(index.lineCount(), 5'000'000);
        QVERIFY2(index.memory() <= 5'000'000 * 6 / 100, qPrintable(QString::number(index.memory())));
        LineIndex large;
        large.reserve(qint64(10) << 30); // a log of 10 GiB that is there already
        QVERIFY2(large.memory() <= 400'000, qPrintable(QString::number(large.memory())));
    }

    void refusesWhatIsNoFile_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("code");
        QTest::newRow("missing") << m_folder.filePath(QStringLiteral("none")) << QStringLiteral("file_missing");
        QTest::newRow("folder") << m_folder.path() << QStringLiteral("read_failed");
        QTest::newRow("device") << QStringLiteral("/dev/null") << QStringLiteral("read_failed");
    }

    void refusesWhatIsNoFile()
    {
        QFETCH(QString, path);
        const Result<LogFile> file = LogFile::open(path);
        QVERIFY(!file);
        QTEST(file.error().code, "code");
        QVERIFY(!file.error().message.isEmpty() && !file.error().remedy.isEmpty());
    }

private:
    QString write(const QByteArray &bytes)
    {
        const QString path = m_folder.filePath(QStringLiteral("log-%1.txt").arg(m_count++));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write %s", qPrintable(path));
        return path;
    }

    QTemporaryDir m_folder;
    int m_count = 0;
};

QTEST_APPLESS_MAIN(TestLineIndex)
#include "tst_lineindex.moc"
