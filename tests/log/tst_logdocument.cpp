// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/log/logdocument.h"

#include "tests/log/logfixture.h"

#include <QSignalSpy>
#include <QTest>

using namespace society;
using namespace society::log;
using namespace Qt::StringLiterals;
using State = LogDocument::State;

class TestLogDocument : public QObject {
    Q_OBJECT
private:
    /// The texts of some lines, waited for.
    static QStringList texts(LogDocument &document, qint64 first, int count)
    {
        QStringList result;
        bool answered = false;
        document.lines(first, count, &document, [&](const LinesAnswer &answer) {
            for (const LogLine &line : answer.lines)
                result.append(line.text);
            answered = true;
        });
        [&] { QTRY_VERIFY(answered); }();
        return result;
    }

private slots:
    void waitsForAFileAndFollowsIt()
    {
        LogFixture log;
        LogDocument document;
        document.open(log.path());
        QTRY_COMPARE(document.state(), State::Missing);
        log.append("one\ntw");
        QTRY_COMPARE(document.state(), State::Ready);
        QCOMPARE(document.lineCount(), 2);
        QCOMPARE(texts(document, 0, 10), (QStringList{u"one"_s, u"tw"_s}));
        log.append("o\nthree\n");
        QTRY_COMPARE(document.lineCount(), 3);
        QCOMPARE(texts(document, 1, 2), (QStringList{u"two"_s, u"three"_s}));
        QCOMPARE(document.byteCount(), 14);
    }

    void joinsACharacterWrittenInHalves()
    {
        LogFixture log;
        LogDocument document;
        log.append("a\xe4\xbd");
        document.open(log.path());
        QTRY_COMPARE(document.lineCount(), 1);
        QCOMPARE(texts(document, 0, 1), QStringList{u"a"_s});
        log.append("\xa0\n");
        QTRY_COMPARE(document.byteCount(), 5);
        QCOMPARE(texts(document, 0, 1), QStringList{u"a你"_s});
    }

    void givesTheTailWithTheGrowth()
    {
        LogFixture log;
        log.append(numberedLines(0, 100));
        LogDocument document;
        document.setTailLines(3);
        QSignalSpy grown(&document, &LogDocument::grown);
        document.open(log.path());
        QTRY_COMPARE(grown.count(), 1);
        const auto tail = grown[0][1].value<LinesAnswer>();
        QCOMPARE(tail.first, 97);
        QCOMPARE(tail.lines.size(), 3);
        QCOMPARE(tail.lines.last().text, u"line 99"_s);
        QCOMPARE(tail.generation, document.generation());
    }

    void noticesATruncatedFile()
    {
        LogFixture log;
        log.append(numberedLines(0, 50));
        LogDocument document;
        document.open(log.path());
        QTRY_COMPARE(document.lineCount(), 50);
        const quint64 before = document.generation();
        QSignalSpy reset(&document, &LogDocument::reset);
        log.rewrite("new\n");
        QTRY_COMPARE(document.lineCount(), 1);
        QVERIFY(document.generation() != before);
        QCOMPARE(reset.count(), 1);
        QCOMPARE(texts(document, 0, 1), QStringList{u"new"_s});
    }

    void noticesAFileWrittenAnew()
    {
        LogFixture log;
        log.append(numberedLines(0, 50));
        LogDocument document;
        document.open(log.path());
        QTRY_COMPARE(document.lineCount(), 50);
        QSignalSpy reset(&document, &LogDocument::reset);
        log.rewrite(numberedLines(1000, 60)); // longer than before
        QTRY_COMPARE(document.lineCount(), 60);
        QCOMPARE(texts(document, 0, 1), QStringList{u"line 1000"_s});
        QVERIFY(reset.count() >= 1);
    }

    void noticesAReplacedFile()
    {
        LogFixture log;
        log.append(numberedLines(0, 5));
        LogDocument document;
        document.open(log.path());
        QTRY_COMPARE(document.lineCount(), 5);
        log.replace(numberedLines(100, 7));
        QTRY_COMPARE(document.lineCount(), 7);
        QCOMPARE(texts(document, 6, 1), QStringList{u"line 106"_s});
    }

    void keepsARemovedFileReadable()
    {
        LogFixture log;
        log.append(numberedLines(0, 5));
        LogDocument document;
        document.open(log.path());
        QTRY_COMPARE(document.lineCount(), 5);
        log.remove();
        QTRY_COMPARE(document.state(), State::Removed);
        QCOMPARE(document.lineCount(), 5);
        QCOMPARE(texts(document, 4, 1), QStringList{u"line 4"_s});
        log.append("again\n");
        QTRY_COMPARE(document.state(), State::Ready);
        QCOMPARE(document.lineCount(), 1);
    }

    void failsWithWords()
    {
        LogFixture log;
        LogDocument document;
        document.open(log.other(QStringLiteral(".")));
        QTRY_COMPARE(document.state(), State::Failed);
        QCOMPARE(document.error().code, u"read_failed"_s);
        QVERIFY(!document.error().remedy.isEmpty());
        log.append("x\n");
        document.open(log.path());
        QTRY_COMPARE(document.state(), State::Ready);
        QVERIFY(document.error().code.isEmpty());
    }

    void opensAnother()
    {
        LogFixture log;
        LogFixture second;
        log.append(numberedLines(0, 20'000));
        second.append("second\n");
        LogDocument document;
        document.open(log.path());
        int late = 0;
        document.lines(
            0, 1, this, [&](const LinesAnswer &answer) { late += answer.generation == document.generation(); });
        document.open(second.path());
        QTRY_COMPARE(document.lineCount(), 1);
        QCOMPARE(texts(document, 0, 5), QStringList{u"second"_s});
        QCOMPARE(late, 0);
        document.close();
        QCOMPARE(document.state(), State::Closed);
        QCOMPARE(document.lineCount(), 0);
    }

    void cutsLongLinesAndGivesThemWhole()
    {
        LogFixture log;
        log.append(QByteArray(1'000'000, 'x') + "\nnext\n");
        LogDocument document;
        document.open(log.path());
        QTRY_COMPARE(document.lineCount(), 2);
        QCOMPARE(texts(document, 0, 1).first().size(), LogDocument::LineBytes);
        qsizetype whole = 0;
        document.linePart(0, 0, 1'000'000, TextForm::AsOnATerminal, this,
            [&](const Result<LinePart> &answer) { whole = answer ? answer->line.text.size() : -1; });
        QTRY_COMPARE(whole, 1'000'000);
    }

    void copiesTextAndSavesBytes()
    {
        LogFixture log;
        const QByteArray bytes = "one\r\n\x1b[31mtw\xff\x1b[0m\nthree\0\n" + numberedLines(0, 200'000) + "end";
        log.append(bytes);
        LogDocument document;
        document.open(log.path());
        QTRY_COMPARE(document.byteCount(), bytes.size());
        QString copied;
        document.text(0, 1, 1000, this, [&](const Result<QString> &answer) { copied = answer.value_or(u"failed"_s); });
        QTRY_COMPARE(copied, u"one\ntw\\xFF"_s);
        QString code;
        document.text(0, 100'000, 1000, this, [&](const Result<QString> &answer) { code = answer.error().code; });
        QTRY_COMPARE(code, u"selection_too_large"_s);

        bool saved = false;
        document.save(
            0, -1, log.other(u"copy.txt"_s), this, [&](const Result<> &answer) { saved = answer.has_value(); });
        QTRY_VERIFY(saved);
        QFile copy(log.other(u"copy.txt"_s));
        QVERIFY(copy.open(QIODevice::ReadOnly));
        QVERIFY(copy.readAll() == bytes);
        code.clear();
        document.save(
            0, -1, log.other(u"none/copy.txt"_s), this, [&](const Result<> &answer) { code = answer.error().code; });
        QTRY_COMPARE(code, u"write_failed"_s);
    }

    void savesAllOfALogThatIsStillBeingRead()
    {
        LogFixture log;
        const QByteArray part = numberedLines(0, 100'000);
        const int parts = 100'000'000 / static_cast<int>(part.size());
        for (int i = 0; i < parts; ++i)
            log.append(part);
        LogDocument document;
        bool isAsked = false;
        bool isSaved = false;
        connect(&document, &LogDocument::grown, this, [&] {
            if (std::exchange(isAsked, true))
                return;
            QVERIFY(document.byteCount() < document.fileBytes()); // else this shows nothing
            document.save(
                0, -1, log.other(u"copy.txt"_s), this, [&](const Result<> &answer) { isSaved = answer.has_value(); });
        });
        document.open(log.path());
        QTRY_VERIFY(isSaved);
        QFile copy(log.other(u"copy.txt"_s));
        QVERIFY(copy.open(QIODevice::ReadOnly));
        QVERIFY(copy.readAll() == part.repeated(parts));
    }

    void givesCopiesAndSavesSomeLines()
    {
        LogFixture log;
        const QByteArray bytes =
            "one\r\n\x1b[31mtw\xff\x1b[0m\n" + QByteArray(3'000'000, 'x') + "\n" + numberedLines(0, 50'000) + "end";
        log.append(bytes);
        LogDocument document;
        document.open(log.path());
        QTRY_COMPARE(document.byteCount(), bytes.size());
        QStringList shown;
        document.someLines({1, 3, 4, 40'003, 50'003, 70'000}, this, [&](const LinesAnswer &answer) {
            for (const LogLine &line : answer.lines)
                shown.append(QString::number(line.number) + u' ' + line.text);
        });
        QTRY_COMPARE(shown.size(), 5);
        QCOMPARE(
            shown, (QStringList{u"1 tw\\xFF"_s, u"3 line 0"_s, u"4 line 1"_s, u"40003 line 40000"_s, u"50003 end"_s}));

        const auto only = std::make_shared<HitList>();
        for (const qint64 line : {1, 2, 5, 20'003, 50'003})
            only->append(line);
        QString copied;
        const auto take = [&](const Result<QString> &answer) { copied = answer ? *answer : answer.error().code; };
        document.text({3, -1, only}, 1000, false, this, take);
        QTRY_COMPARE(copied, u"line 2\nline 20000\nend"_s);
        document.text({0, -1, only}, 1000, false, this, take);
        QTRY_COMPARE(copied, u"selection_too_large"_s);
        document.text({1, 1, nullptr}, 1000, true, this, take);
        QTRY_COMPARE(copied, u"\x1b[31mtw\\xFF\x1b[0m"_s);

        const auto progress = std::make_shared<SaveProgress>();
        const QString target = log.other(u"some.txt"_s);
        bool saved = false;
        document.save(
            {1, -1, only}, target, progress, this, [&](const Result<> &answer) { saved = answer.has_value(); });
        QTRY_VERIFY(saved);
        QFile copy(target);
        QVERIFY(copy.open(QIODevice::ReadOnly));
        QVERIFY(copy.readAll() == "\x1b[31mtw\xff\x1b[0m\n" + QByteArray(3'000'000, 'x') + "\nline 2\nline 20000\nend");
        QVERIFY(progress->totalBytes > 3'000'000 && progress->doneBytes <= progress->totalBytes);
        progress->stop = true;
        QString code;
        document.save({0, -1, nullptr}, target, progress, this,
            [&](const Result<> &answer) { code = answer ? u"saved"_s : answer.error().code; });
        QTRY_COMPARE(code, u"cancelled"_s);
        QVERIFY(QFileInfo(target).size() < 3'100'000); // what it held before
    }

    void copiesJustAsMuchAsItMay()
    {
        LogFixture log;
        QByteArray bytes;
        const auto even = std::make_shared<HitList>();
        QStringList evenLines;
        for (int i = 0; i < 100'000; ++i) {
            const QByteArray line = "line " + QByteArray::number(i).rightJustified(i % 40 == 0 ? 400 : 6, '0');
            bytes += line + '\n';
            if (i % 2 == 0) {
                even->append(i);
                evenLines.append(QString::fromLatin1(line));
            }
        }
        log.append(bytes);
        LogDocument document;
        document.open(log.path());
        QTRY_COMPARE(document.lineCount(), 100'000);
        const auto copied = [&](const LineChoice &choice, qint64 maxBytes) {
            QString text;
            document.text(choice, maxBytes, false, this,
                [&](const Result<QString> &answer) { text = answer ? *answer : answer.error().code; });
            return QTest::qWaitFor([&text] { return !text.isEmpty(); }) ? text : QString();
        };
        const QString all = QString::fromLatin1(bytes).chopped(1);
        QVERIFY(copied({0, -1, nullptr}, all.size()) == all);
        QCOMPARE(copied({0, -1, nullptr}, all.size() - 1), u"selection_too_large"_s);
        const QString some = evenLines.join(u'\n');
        QVERIFY(copied({0, -1, even}, some.size()) == some);
        QCOMPARE(copied({0, -1, even}, some.size() - 1), u"selection_too_large"_s);
        // The limit falls on the end of what is unpacked of the list at a time.
        const QString begun = evenLines.first(8192).join(u'\n');
        QCOMPARE(copied({0, -1, even}, begun.size()), u"selection_too_large"_s);
    }

    void goesToATime()
    {
        LogFixture log;
        QByteArray bytes = "no time\n";
        const QDateTime start(QDate(2026, 11, 24), QTime(2, 0));
        for (int i = 0; i < 3000; ++i) {
            bytes +=
                start.addSecs(i * 10).toString(u"yyyy-MM-dd HH:mm:ss"_s).toUtf8() + ",000 - agentsociety - INFO - x\n";
            bytes += QByteArray("  traceback\n").repeated(i % 3);
        }
        log.append(bytes);
        LogDocument document;
        document.open(log.path());
        QTRY_COMPARE(document.byteCount(), bytes.size());
        for (const int wanted : {0, 1, 700, 1999, 2999}) {
            qint64 found = -2;
            document.findTime(start.addSecs(wanted * 10 - 5), this, [&](qint64 line) { found = line; });
            QTRY_VERIFY(found >= 0);
            QCOMPARE(texts(document, found, 1).first().left(19),
                start.addSecs(wanted * 10).toString(u"yyyy-MM-dd HH:mm:ss"_s));
        }
        qint64 none = -2;
        document.findTime(start.addDays(3), this, [&](qint64 line) { none = line; });
        QTRY_COMPARE(none, -1);
    }

    void findsTheLastError()
    {
        LogFixture log;
        const QByteArray head = "2026-11-24 02:03:25,086 - agentsociety - ";
        log.append(head + "ERROR - first\n" + head + "INFO - x\n" + head + "ERROR - Simulation error: `n` must be\n" +
                   "Traceback (most recent call last):\n  File \"x\"\nValueError: no\n" + head + "INFO - Closing\n" +
                   numberedLines(0, 1000));
        LogDocument document;
        document.open(log.path());
        QTRY_COMPARE(document.lineCount(), 1007);
        ErrorBlock block;
        document.findLastError(this, [&](const ErrorBlock &answer) { block = answer; });
        QTRY_COMPARE(block.line, 2);
        QCOMPARE(block.text.size(), 4);
        QCOMPARE(block.text.last(), u"ValueError: no"_s);
    }

    void survivesAFlood()
    {
        LogFixture log;
        LogDocument document;
        document.setTailLines(10);
        document.open(log.path());
        QElapsedTimer longest;
        qint64 worst = 0;
        for (int i = 0; i < 40; ++i) {
            log.append(numberedLines(i * 25'000, 25'000));
            longest.start();
            QCoreApplication::processEvents();
            worst = std::max(worst, longest.elapsed());
        }
        QTRY_COMPARE(document.lineCount(), 1'000'000);
        QCOMPARE(texts(document, 999'999, 1), QStringList{u"line 999999"_s});
        QCOMPARE(texts(document, 123'456, 1), QStringList{u"line 123456"_s});
        QVERIFY2(worst < 200, qPrintable(u"the thread that paints was held for %1 ms"_s.arg(worst)));
    }
};

Q_DECLARE_METATYPE(society::log::LinesAnswer)

QTEST_GUILESS_MAIN(TestLogDocument)
#include "tst_logdocument.moc"
