// SPDX-License-Identifier: GPL-3.0-or-later
// That what is cancelled ends at once, measured by what the process has read by then and not by the clock: a busy
// machine makes it late, but does not make it read more. And that what has had its time makes room, and goes on.
#include "services/log/lineindex.h"
#include "services/log/logdocument.h"
#include "services/log/logsearch.h"
#include "services/log/rangesearch.h"
#include "tests/log/logfixture.h"

#include <QDeadlineTimer>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>
#include <algorithm>
#include <ctime>
#include <thread>
#include <utility>

using namespace society;
using namespace society::log;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 MiB = qint64(1) << 20;
/// Reading it all takes seconds, and longer than any thread here waits for its turn.
constexpr qint64 FarBytes = 16'384 * MiB;

/// Bytes that this process has read from files so far.
qint64 bytesRead()
{
    QFile file(u"/proc/self/io"_s);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read /proc/self/io");
    const QByteArray text = file.readAll(); // "rchar: 1234\n…"
    return text.mid(7, text.indexOf('\n') - 7).toLongLong();
}

/// What all threads of this process have used of the processors so far, ms.
qint64 usedMs()
{
    timespec used = {};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return static_cast<qint64>(used.tv_sec) * 1000 + used.tv_nsec / 1'000'000;
}

} // namespace

class TestLogCancel : public QObject {
    Q_OBJECT
private:
    /// A file of `size` bytes that is one hole but for a newline every so many of them (0: none).
    static QString sparse(const LogFixture &log, qint64 size, qint64 newlineEvery)
    {
        QFile file(log.path());
        bool ok = file.open(QIODevice::WriteOnly | QIODevice::Truncate);
        for (qint64 at = newlineEvery; ok && newlineEvery > 0 && at < size; at += newlineEvery)
            ok = file.seek(at) && file.write("\n", 1) == 1;
        if (!ok || !file.resize(size))
            qFatal("cannot write the log");
        return log.path();
    }

    /// One hole, and what is needed to index it.
    struct Hole {
        explicit Hole(qint64 size)
            : file(LogFile::open(sparse(log, size, 0)).value())
        {
        }

        LogFixture log;
        LogFile file;
        Indexer indexer;
        LineIndex index;
    };

    /// Calls `work`, and sets `stop` in another thread once 2 MiB were read.
    template <class Work>
    static qint64 readUntilStopped(std::atomic_bool &stop, Work work)
    {
        const qint64 before = bytesRead();
        std::jthread stopper([&stop, before] {
            const QDeadlineTimer deadline(60'000);
            while (bytesRead() - before < 2 * MiB && !deadline.hasExpired())
                std::this_thread::yield();
            stop = true;
        });
        work();
        return bytesRead() - before;
    }

private slots:
    void anIndexReadsNothingOnceItIsStopped()
    {
        Hole hole(64 * MiB);
        const std::atomic_bool stop = true;
        const qint64 before = bytesRead();
        const Result<qint64> taken = hole.indexer.extend(hole.index, hole.file, 64 * MiB, 64 * MiB, stop);
        QVERIFY(taken);
        QCOMPARE(*taken, 0);
        QVERIFY(bytesRead() - before < MiB / 2);
    }

    void anIndexIsStoppedOnItsWay()
    {
        Hole hole(FarBytes);
        std::atomic_bool stop = false;
        qint64 taken = 0;
        const qint64 read = readUntilStopped(
            stop, [&] { taken = hole.indexer.extend(hole.index, hole.file, FarBytes, FarBytes, stop).value_or(-1); });
        QVERIFY(stop);
        QVERIFY2(taken >= 0 && read < FarBytes / 2, qPrintable(QString::number(read / MiB)));
        // What it took is whole, and it goes on from there.
        QCOMPARE(hole.index.byteCount(), taken);
        stop = false;
        const Result<qint64> more = hole.indexer.extend(hole.index, hole.file, FarBytes, 8 * MiB, stop);
        QVERIFY(more);
        QCOMPARE(*more, 8 * MiB);
        QCOMPARE(hole.index.byteCount(), taken + 8 * MiB);
        QCOMPARE(hole.index.lineCount(), 1);
    }

    void anIndexEndsWithSomethingOnceItIsEnough()
    {
        Hole hole(FarBytes);
        const std::atomic_bool never = false;
        const qint64 before = bytesRead();
        // Often, as each goes on where the one before has ended, in the middle of what two threads do.
        for (qint64 taken = 0, i = 0; i < 50; ++i) {
            const Result<qint64> more = hole.indexer.extend(hole.index, hole.file, FarBytes, FarBytes, never,
                [deadline = QDeadlineTimer(i % 3)] { return deadline.hasExpired(); });
            QVERIFY(more && *more > 0);
            taken += *more;
            QCOMPARE(hole.index.byteCount(), taken);
        }
        QVERIFY2(bytesRead() - before < FarBytes / 2, qPrintable(QString::number((bytesRead() - before) / MiB)));
    }

    /// Somebody scrolls in what is there while the rest is indexed, and then no more.
    void aQuestionDoesNotWaitForTheIndex()
    {
        const LogFixture log;
        QList<qint64> pieces; // of the index, as they were told: one small, three unasked, twenty asked, and others
        qint64 before = 0;
        int answers = 0;
        LogDocument document;
        const auto ask = [&] {
            document.lines(
                0, 10, &document, [&](const LinesAnswer &answer) { answers += answer.lines.isEmpty() ? 0 : 1; });
        };
        connect(&document, &LogDocument::grown, &document, [&] {
            pieces.append(document.byteCount() - std::exchange(before, document.byteCount()));
            // The next piece is in work once the timer's turn comes.
            if (pieces.size() >= 4 && pieces.size() < 24)
                QTimer::singleShot(0, &document, ask);
        });
        document.open(sparse(log, FarBytes, 0));
        QTRY_VERIFY(pieces.size() >= 26);
        QCOMPARE(answers, 20);
        std::sort(pieces.begin() + 4, pieces.begin() + 24);
        const qint64 asked = pieces[14];
        const QString all = u"asked %1 MiB, before %2, %3, %4 and after %5"_s.arg(asked / MiB)
                                .arg(pieces[1] / MiB)
                                .arg(pieces[2] / MiB)
                                .arg(pieces[3] / MiB)
                                .arg(pieces[25] / MiB);
        for (const int unasked : {1, 2, 3, 25})
            QVERIFY2(2 * asked < pieces[unasked], qPrintable(all));
    }

    void aDocumentIsClosedOnItsWay()
    {
        const LogFixture log;
        const QString path = sparse(log, FarBytes, 0);
        auto document = std::make_unique<LogDocument>();
        QSignalSpy grown(document.get(), &LogDocument::grown);
        document->open(path);
        QVERIFY(grown.wait());
        const qint64 before = bytesRead();
        document.reset(); // waits for its threads
        QVERIFY2(bytesRead() - before < FarBytes / 4, qPrintable(QString::number((bytesRead() - before) / MiB)));
    }

    void aSearchIsStoppedOnItsWay_data()
    {
        QTest::addColumn<LogPattern>("pattern");
        QTest::addColumn<qint64>("newlineEvery");
        for (const qint64 every : {qint64(0), 64 * MiB}) {
            const char *const where = every == 0 ? "one endless line" : "long lines";
            QTest::addRow("a text, %s", where) << LogPattern{u"needle"_s, false, true} << every;
            QTest::addRow("either case, %s", where) << LogPattern{u"skip"_s, false, false} << every;
            QTest::addRow("an expression, %s", where) << LogPattern{u"[0-9]+needle"_s, true, true} << every;
            QTest::addRow("without a text, %s", where) << LogPattern{u"[a-z][0-9]"_s, true, true} << every;
        }
    }

    void aSearchIsStoppedOnItsWay()
    {
        QFETCH(LogPattern, pattern);
        QFETCH(qint64, newlineEvery);
        const LogFixture log;
        const Result<LogFile> file = LogFile::open(sparse(log, FarBytes, newlineEvery));
        QVERIFY(file);
        RangeSearch search(finderOf(*LineMatcher::compile(pattern)));
        std::atomic_bool stop = false;
        bool ok = false;
        const qint64 read = readUntilStopped(
            stop, [&] { ok = search.search(*file, 0, 0, FarBytes, FarBytes, false, stop).has_value(); });
        QVERIFY(ok && stop);
        QVERIFY2(read < FarBytes / 2, qPrintable(QString::number(read / MiB)));
    }

    void aCancelledSearchEndsAtOnce_data()
    {
        QTest::addColumn<LogPattern>("pattern");
        QTest::addColumn<QByteArray>("lines");
        QTest::newRow("a text, holes") << LogPattern{u"needle"_s, false, true} << QByteArray();
        QTest::newRow("an expression, holes") << LogPattern{u"[a-z][0-9]"_s, true, true} << QByteArray();
        // What one place of such a line takes is below the limit, and a line has hundreds of them.
        const QByteArray steep = QByteArray(170, 'x') + ' ';
        const LogPattern costly{u"x*x*x*[yz]"_s, true, true};
        QTest::newRow("costly lines") << costly << (steep.repeated(3) + '\n').repeated(8000);
        QTest::newRow("costly long lines") << costly << (steep.repeated(20) + '\n').repeated(1200);
        QTest::newRow("lines each step of which is long")
            << LogPattern{u"x*x*x*(?:[^y\\n]*+y|z)"_s, true, true} << (steep.repeated(3) + '\n').repeated(8000);
        QTest::newRow("long lines each step of which is long")
            << LogPattern{u"x*x*x*(?:[^y\\n]*+y|z)"_s, true, true} << (steep.repeated(20) + '\n').repeated(1200);
    }

    void aCancelledSearchEndsAtOnce()
    {
        QFETCH(LogPattern, pattern);
        QFETCH(QByteArray, lines);
        const LogFixture log;
        if (lines.isEmpty())
            sparse(log, 1024 * MiB, 0);
        log.append(lines + "the last line\n");
        LogDocument document;
        document.setLive(false);
        document.open(log.path());
        QTRY_COMPARE_WITH_TIMEOUT(document.state(), LogDocument::State::Ready, 60'000);
        auto search = std::make_unique<LogSearch>(document);
        qint64 most = 0;
        connect(search.get(), &LogSearch::hitsChanged, this, [&] { most = qMax(most, search->hits().count()); });
        const qint64 readBefore = bytesRead();
        const qint64 usedBefore = usedMs();
        search->start(pattern);
        const QDeadlineTimer deadline(60'000);
        while ((bytesRead() - readBefore < 2 * MiB || usedMs() - usedBefore < 20) && !deadline.hasExpired())
            std::this_thread::yield();
        QVERIFY(search->isRunning()); // nothing of it was taken yet
        search->cancel();
        const qint64 read = bytesRead();
        const qint64 used = usedMs();
        if (lines.isEmpty()) {
            search.reset(); // waits for its threads
            QVERIFY2(bytesRead() - read < 8 * MiB, qPrintable(QString::number((bytesRead() - read) / MiB)));
        } else {
            // What is asked for next begins when the worker has let go of what was cancelled.
            search->start({u"the last line"_s, false, true});
            QTRY_COMPARE_WITH_TIMEOUT(search->hits().count(), 1, 60'000);
            QVERIFY2(usedMs() - used < 1000, qPrintable(QString::number(usedMs() - used)));
        }
        QCOMPARE(most, lines.isEmpty() ? 0 : 1); // nothing of the first one
    }

    void savingIsCancelledOnItsWay_data()
    {
        QTest::addColumn<bool>("isWhole");
        QTest::newRow("the whole log") << true;
        QTest::newRow("an endless line before the one that is wanted") << false;
    }

    void savingIsCancelledOnItsWay()
    {
        QFETCH(bool, isWhole);
        const LogFixture log;
        sparse(log, FarBytes, 0);
        log.append("\nwanted\n");
        Result<LogFile> file = LogFile::open(log.path());
        QVERIFY(file);
        const auto only = std::make_shared<HitList>();
        only->append(1);
        const SavedPart part{std::make_shared<LogFile>(std::move(*file)), 0, FarBytes + 8, 0, isWhole ? nullptr : only};
        const QString target = log.other(u"saved.txt"_s);
        SaveProgress progress;
        progress.stop = isWhole; // its holes are not read at all
        Result<> done;
        const qint64 read = readUntilStopped(progress.stop, [&] { done = saveLog(target, part, progress); });
        QVERIFY(!done);
        QCOMPARE(done.error().code, u"cancelled"_s);
        QVERIFY2(read < FarBytes / 2, qPrintable(QString::number(read / MiB)));
        QVERIFY(!QFile::exists(target));
    }

    void aSearchGoesOnWhereItsTimeWasOver()
    {
        const LogFixture log;
        constexpr qint64 Size = 512 * MiB;
        constexpr qint64 LineBytes = MiB / 16;
        const Result<LogFile> file = LogFile::open(sparse(log, Size, LineBytes));
        QVERIFY(file);
        RangeSearch search(finderOf([](QByteArrayView) { return true; }));
        const std::atomic_bool never = false;
        HitList hits;
        RangeHits found;
        int pieces = 0;
        for (; !found.atEnd; ++pieces) {
            Result<RangeHits> more =
                search.search(*file, found.offset, found.line, Size, Size, false, never, QDeadlineTimer(pieces % 3));
            QVERIFY(more && (more->offset > found.offset || more->atEnd));
            found = std::move(*more);
            hits.append(std::move(found.lines));
        }
        QVERIFY2(pieces > 10, qPrintable(QString::number(pieces)));
        QCOMPARE(hits.count(), Size / LineBytes);
        QCOMPARE(hits.at(hits.count() - 1), hits.count() - 1);
    }

    void aSearchEndsWithTheBlocksThatItHasBegun()
    {
        const LogFixture log;
        const Result<LogFile> file = LogFile::open(sparse(log, 256 * MiB, MiB / 4));
        QVERIFY(file);
        std::atomic_bool stop = false;
        std::atomic_int lines = 0;
        RangeSearch search(finderOf([&](QByteArrayView) {
            ++lines;
            stop = true;
            return true;
        }));
        const qint64 before = bytesRead();
        QVERIFY(search.search(*file, 0, 0, 256 * MiB, 256 * MiB, false, stop));
        // Whichever of the two threads comes first to a line stops both.
        QVERIFY2(bytesRead() - before < 3 * MiB, qPrintable(QString::number(bytesRead() - before)));
        QVERIFY2(lines <= 2, qPrintable(QString::number(lines)));
    }
};

QTEST_GUILESS_MAIN(TestLogCancel)
#include "tst_logcancel.moc"
