// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/log/logsearch.h"

#include "services/log/logdocument.h"
#include "tests/log/logfixture.h"

#include <QSignalSpy>
#include <QTest>

using namespace society;
using namespace society::log;
using namespace Qt::StringLiterals;

class TestLogSearch : public QObject {
    Q_OBJECT
private:
    static LogPattern literal(const QString &text) { return {text, false, true}; }

private slots:
    void findsAndGoesOnAsTheFileGrows()
    {
        LogFixture log;
        log.append(numberedLines(0, 300'000));
        LogDocument document;
        LogSearch search(document);
        QSignalSpy caughtUp(&search, &LogSearch::caughtUp);
        search.start(literal(u"99999"_s));
        document.open(log.path());
        QTRY_COMPARE(search.hits().count(), 3);
        QCOMPARE(search.hits().at(0), 99'999);
        QCOMPARE(search.hits().at(2), 299'999);
        QTRY_VERIFY(!search.isRunning() && search.searchedBytes() == document.byteCount());
        QVERIFY(caughtUp.count() >= 1);
        log.append(numberedLines(300'000, 100'000));
        QTRY_COMPARE(search.hits().count(), 4);
        QCOMPARE(search.hits().at(3), 399'999);
    }

    void countsALineThatIsStillBeingWrittenOnce()
    {
        LogFixture log;
        log.append("a\nneed");
        LogDocument document;
        document.open(log.path());
        LogSearch search(document);
        search.start(literal(u"need"_s));
        QTRY_COMPARE(search.hits().count(), 1);
        log.append("le");
        QTRY_COMPARE(search.searchedBytes(), 8);
        QCOMPARE(search.hits().count(), 1);
        log.append("\nneedle\n");
        QTRY_COMPARE(search.hits().count(), 2);
        QCOMPARE(search.hits().at(0), 1);
        QCOMPARE(search.hits().at(1), 2);
    }

    void takesAnUnfinishedHitBack()
    {
        LogFixture log;
        log.append("x\nab");
        LogDocument document;
        document.open(log.path());
        LogSearch search(document);
        search.start({u"b$"_s, true, true}); // "ab" ends so, until more of it comes
        QTRY_COMPARE(search.hits().count(), 1);
        log.append("x\n");
        QTRY_COMPARE(search.hits().count(), 0);
    }

    void startsOverWithAnotherPatternOrFile()
    {
        LogFixture log;
        log.append(numberedLines(0, 50'000));
        LogDocument document;
        document.open(log.path());
        LogSearch search(document);
        search.start(literal(u"line"_s));
        QTRY_COMPARE(search.hits().count(), 50'000);
        search.start(literal(u"line 49999"_s));
        QCOMPARE(search.hits().count(), 0);
        QTRY_COMPARE(search.hits().count(), 1);
        log.rewrite("x\nline 49999 again\n");
        QTRY_COMPARE(search.hits().count(), 1);
        QTRY_COMPARE(search.hits().count() == 1 ? search.hits().at(0) : -1, 1);
        search.start({});
        QCOMPARE(search.hits().count(), 0);
        QVERIFY(!search.isRunning());
    }

    void findsLevels()
    {
        LogFixture log;
        const QByteArray head = "2026-11-24 02:03:25,086 - agentsociety - ";
        log.append(head + "INFO - an ERROR in words\n" + head + "ERROR - a\n" + head + "WARNING - b\n" + head +
                   "CRITICAL - c\n");
        LogDocument document;
        document.open(log.path());
        LogSearch search(document);
        search.startAtLeast(Level::Error);
        QTRY_COMPARE(search.hits().count(), 2);
        QCOMPARE(search.hits().at(0), 1);
        QCOMPARE(search.hits().at(1), 3);
        log.rewrite(head + "ERROR - z\n");
        QTRY_COMPARE(search.hits().count(), 1);
    }

    void findsAPatternAmongGraveLines()
    {
        LogFixture log;
        const QByteArray head = "2026-11-24 02:03:25,086 - agentsociety - ";
        log.append((head + "INFO - map\n" + head + "ERROR - map\n" + head + "WARNING - key\n").repeated(2000));
        LogDocument document;
        document.open(log.path());
        LogSearch search(document);
        search.start(literal(u"map"_s), Level::Warning);
        QTRY_COMPARE(search.hits().count(), 2000);
        QCOMPARE(search.hits().at(1), 4);
        QCOMPARE(search.level(), Level::Warning);
        log.append(head + "CRITICAL - the map\n" + head + "INFO - the map");
        QTRY_COMPARE(search.hits().count(), 2001);
        QTRY_VERIFY(!search.isRunning());
        QCOMPARE(search.hits().count(), 2001);
        log.replace(head + "ERROR - map\n");
        QTRY_COMPARE(search.hits().count(), 1);
    }

    void tellsABadPattern()
    {
        LogFixture log;
        LogDocument document;
        document.open(log.path());
        LogSearch search(document);
        QSignalSpy failed(&search, &LogSearch::failed);
        search.start({u"("_s, true, false});
        QCOMPARE(failed.count(), 1);
        QCOMPARE(failed[0][0].value<Error>().code, u"pattern_invalid"_s);
    }

    void endsACostlyPatternWithWords()
    {
        LogFixture log;
        log.append(QByteArray(60, 'x') + "z\n");
        LogDocument document;
        document.open(log.path());
        LogSearch search(document);
        QSignalSpy failed(&search, &LogSearch::failed);
        search.start({u"(x+x+)+(y|w)"_s, true, false});
        QTRY_COMPARE(failed.count(), 1);
        QCOMPARE(failed[0][0].value<Error>().code, u"pattern_too_costly"_s);
        QVERIFY(!search.isRunning());
    }

    void forgetsItsHitsWhenCancelled()
    {
        LogFixture log;
        log.append(numberedLines(0, 1'000'000));
        LogDocument document;
        document.open(log.path());
        QTRY_COMPARE(document.lineCount(), 1'000'000);
        LogSearch search(document);
        QSignalSpy changed(&search, &LogSearch::hitsChanged);
        search.start(literal(u"line"_s));
        QVERIFY(changed.wait(5000));
        QTRY_VERIFY(search.hasCaughtUp());
        QCOMPARE(search.hits().count(), 1'000'000);
        search.cancel();
        QVERIFY(search.hits().isEmpty() && !search.hasCaughtUp());
        search.start(literal(u"line 999999"_s));
        QTRY_COMPARE(search.hits().count(), 1);
    }

    void isCancelledWhileItRuns()
    {
        LogFixture log;
        log.append("line xxxxxxxxxxxxxxx\n"_ba.repeated(1'000'000) + "the last line\n");
        const LogPattern slow{u"^.*.*.*y|line x"_s, true, true}; // a second for all of it
        LogDocument document;
        document.open(log.path());
        QTRY_COMPARE(document.lineCount(), 1'000'001);
        QTRY_COMPARE(document.state(), LogDocument::State::Ready);
        LogSearch search(document);
        qint64 hitsThen = 0;
        qint64 bytesThen = 0;
        int later = 0;
        connect(&search, &LogSearch::hitsChanged, this, [&] {
            if (search.pattern().text != slow.text) {
                later += search.pattern().isEmpty() && !search.hits().isEmpty() ? 1 : 0;
                return;
            }
            hitsThen = search.hits().count();
            bytesThen = search.searchedBytes();
            search.cancel();
        });
        QSignalSpy caughtUp(&search, &LogSearch::caughtUp);
        search.start(slow);
        QTRY_VERIFY(hitsThen > 0);
        QVERIFY(hitsThen < 1'000'000 && bytesThen < document.byteCount()); // in the middle of it
        QVERIFY(search.hits().isEmpty() && !search.isRunning() && !search.hasCaughtUp());
        // What it was about to find does not come, and another search is not disturbed.
        search.start(literal(u"the last line"_s));
        QVERIFY(caughtUp.wait());
        QCOMPARE(search.hits().lines(0, 10), std::vector<qint64>{1'000'000});
        QCOMPARE(caughtUp.count(), 1);
        QCOMPARE(later, 0);
    }
};

Q_DECLARE_METATYPE(society::Error)

QTEST_GUILESS_MAIN(TestLogSearch)
#include "tst_logsearch.moc"
