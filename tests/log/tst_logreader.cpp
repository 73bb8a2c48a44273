// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/log/logreader.h"

#include "tests/log/logfixture.h"

#include <QTest>

using namespace society;
using namespace society::log;
using namespace Qt::StringLiterals;

class TestLogReader : public QObject {
    Q_OBJECT
private slots:
    void givesTheFileByteForByte()
    {
        LogFixture log;
        const QByteArray bytes = "\xff\0\r\n"_ba + numberedLines(0, 400'000) + "end";
        log.append(bytes);
        Result<LogReader> reader = LogReader::open(log.path());
        QVERIFY(reader);
        QByteArray copied;
        Result<qint64> end = reader->copy(0, collect(copied));
        QVERIFY(end);
        QVERIFY(copied == bytes);
        QCOMPARE(*end, bytes.size());
        log.append("more\n");
        copied.clear();
        end = reader->copy(*end, collect(copied));
        QCOMPARE(copied, "more\n"_ba);
    }

    void startsAtTheLastLines_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("count");
        QTest::addColumn<QByteArray>("tail");
        QTest::newRow("none wanted") << "a\nb\n"_ba << 0 << ""_ba;
        QTest::newRow("one") << "a\nb\n"_ba << 1 << "b\n"_ba;
        QTest::newRow("unfinished") << "a\nb\nc"_ba << 2 << "b\nc"_ba;
        QTest::newRow("more than there are") << "a\nb\n"_ba << 9 << "a\nb\n"_ba;
        QTest::newRow("empty lines") << "a\n\n\n"_ba << 2 << "\n\n"_ba;
        QTest::newRow("empty") << ""_ba << 3 << ""_ba;
    }

    void startsAtTheLastLines()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, count);
        LogFixture log;
        log.append(bytes);
        Result<LogReader> reader = LogReader::open(log.path());
        QVERIFY(reader);
        const Result<qint64> offset = reader->offsetOfLastLines(count);
        QVERIFY(offset);
        QByteArray tail;
        QVERIFY(reader->copy(*offset, collect(tail)));
        QTEST(tail, "tail");
    }

    void grepsLinesAndHoldsBackHalfOnes()
    {
        LogFixture log;
        log.append("keep 1\nno\nkeep 2\nke");
        Result<LogReader> reader = LogReader::open(log.path());
        Result<LineMatcher> matcher = LineMatcher::compile({u"^keep"_s, true, true});
        QVERIFY(reader && matcher);
        RangeSearch search(finderOf(*matcher));
        QByteArray hits;
        Result<qint64> position = reader->grep(0, search, false, collect(hits));
        QVERIFY(position);
        QCOMPARE(hits, "keep 1\nkeep 2\n"_ba);
        log.append("ep 3");
        hits.clear();
        position = reader->grep(*position, search, true, collect(hits));
        QVERIFY(position);
        QCOMPARE(hits, "keep 3"_ba);
        QCOMPARE(*position, *reader->size());
    }

    void grepGivesLongLinesWhole()
    {
        LogFixture log;
        const QByteArray line = "keep " + QByteArray(3'000'000, 'x') + '\n';
        log.append("a\n" + line + "b\n");
        Result<LogReader> reader = LogReader::open(log.path());
        Result<LineMatcher> matcher = LineMatcher::compile({u"keep"_s, false, true});
        QVERIFY(reader && matcher);
        RangeSearch search(finderOf(*matcher));
        QByteArray hits;
        QVERIFY(reader->grep(0, search, true, collect(hits)));
        QVERIFY(hits == line);
    }

    void noticesAnotherFile()
    {
        LogFixture log;
        log.append("a\n");
        Result<LogReader> reader = LogReader::open(log.path());
        QVERIFY(reader);
        QVERIFY(!reader->isReplaced());
        log.replace("b\n");
        QVERIFY(reader->isReplaced());
        log.remove();
        QVERIFY(reader->isReplaced());
        QCOMPARE(LogReader::open(log.path()).error().code, u"file_missing"_s);
    }

private:
    static LogReader::Sink collect(QByteArray &bytes)
    {
        return [&bytes](QByteArrayView piece) {
            bytes.append(piece);
            return true;
        };
    }
};

QTEST_APPLESS_MAIN(TestLogReader)
#include "tst_logreader.moc"
