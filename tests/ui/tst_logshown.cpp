// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logshown.h"

#include "services/log/logdocument.h"
#include "tests/log/logfixture.h"
#include "ui/logfilter.h"

#include <QRandomGenerator>
#include <QTest>

using namespace society;
using namespace society::ui;
using namespace Qt::StringLiterals;
using log::Fold;

class TestLogShown : public QObject {
    Q_OBJECT
private:
    /// What LogShown must give, found the simple way.
    static std::vector<qint64> shownLines(const LogShown &shown, const std::vector<Fold> &folds, qint64 lineCount)
    {
        std::vector<qint64> lines;
        for (qint64 line = 0; line < lineCount; ++line) {
            const bool isHidden = std::any_of(folds.begin(), folds.end(),
                [&](const Fold &fold) { return shown.isClosed(fold) && line > fold.first && line <= fold.last; });
            if (!isHidden)
                lines.push_back(line);
        }
        return lines;
    }

    static void compare(const LogShown &shown, const std::vector<Fold> &folds, qint64 lineCount)
    {
        const std::vector<qint64> expected = shownLines(shown, folds, lineCount);
        const auto count = static_cast<qint64>(expected.size());
        QCOMPARE(shown.count(), count);
        QCOMPARE(shown.lines(0, count + 5), expected);
        for (qint64 place = 0; place < count; ++place) {
            QCOMPARE(shown.lineAt(place), expected[static_cast<size_t>(place)]);
            QCOMPARE(shown.placeOf(shown.lineAt(place)), place);
        }
        for (qint64 line = 0; line < lineCount; ++line) {
            const auto after = std::upper_bound(expected.begin(), expected.end(), line);
            QCOMPARE(shown.standInOf(line), *(after - 1));
            QCOMPARE(shown.isShown(line), *(after - 1) == line);
        }
    }

private slots:
    void foldsAsTheSimpleWayDoes()
    {
        QRandomGenerator random(11);
        for (int round = 0; round < 20; ++round) {
            LogShown shown;
            std::vector<Fold> folds;
            qint64 lines = 0;
            for (int step = 0; step < 60; ++step) {
                const qint64 first = lines + random.bounded(3);
                lines = first + 2 + random.bounded(6);
                folds.push_back({first, lines - 1 - random.bounded(1), Fold::Kind::Repeat});
                shown.setLineCount(lines);
                shown.takeFolds(folds);
                if (random.bounded(3) == 0) { // the newest one grows
                    folds.back().last += 1;
                    shown.setLineCount(++lines);
                    shown.takeFolds(folds);
                }
                const Fold &any = folds[random.bounded(static_cast<quint32>(folds.size()))];
                if (random.bounded(2) == 0)
                    shown.setClosed(any, random.bounded(2) == 0, folds);
                if (random.bounded(30) == 0)
                    shown.setAllClosed(!shown.isAllClosed(), folds);
                if (step % 10 == 9)
                    compare(shown, folds, lines);
            }
            shown.setLineCount(lines + 7);
            compare(shown, folds, lines + 7);
            shown.takeFolds({}); // another file
            compare(shown, {}, lines + 7);
        }
    }

    void showsAList()
    {
        log::HitList list;
        LogShown shown;
        shown.setLineCount(100);
        shown.takeFolds({{10, 20, Fold::Kind::Traceback}});
        shown.setList(&list);
        QCOMPARE(shown.count(), 0);
        for (const qint64 line : {3, 15, 40})
            list.append(line);
        QCOMPARE(shown.lines(0, 9), (std::vector<qint64>{3, 15, 40}));
        QCOMPARE(shown.placeOf(15), 1);
        QCOMPARE(shown.standInOf(39), 15);
        QCOMPARE(shown.standInOf(0), 3);
        QVERIFY(shown.isShown(40) && !shown.isShown(10));
        shown.setList(nullptr);
        QCOMPARE(shown.count(), 90);
    }

    void filtersWithLinesAround_data()
    {
        QTest::addColumn<int>("context");
        QTest::newRow("hits alone") << 0;
        QTest::newRow("one line") << 1;
        QTest::newRow("three lines") << 3;
    }

    void filtersWithLinesAround()
    {
        QFETCH(int, context);
        LogFixture log;
        QRandomGenerator random(5);
        std::vector<bool> isHit;
        const auto grow = [&](int lines) {
            QByteArray bytes;
            for (int i = 0; i < lines; ++i) {
                isHit.push_back(random.bounded(9) == 0);
                bytes += isHit.back() ? "hit\n" : "other\n";
            }
            log.append(bytes);
        };
        const auto expected = [&] {
            std::vector<qint64> lines;
            const auto count = static_cast<int>(isHit.size());
            for (int line = 0; line < count; ++line) {
                bool isNear = false;
                for (int other = qMax(0, line - context); other <= qMin(count - 1, line + context); ++other)
                    isNear |= isHit[static_cast<size_t>(other)];
                if (isNear)
                    lines.push_back(line);
            }
            return lines;
        };
        grow(3000);
        log::LogDocument document;
        log::LogSearch search(document);
        LogFilter filter(document, search);
        filter.setContextLines(context);
        search.start({u"hit"_s});
        document.open(log.path());
        const auto lines = [&] { return filter.lines().lines(0, filter.lines().count()); };
        QTRY_COMPARE(lines(), expected());
        for (int i = 0; i < 15; ++i) {
            grow(1 + static_cast<int>(random.bounded(4)));
            const std::vector<qint64> grown = expected();
            QTRY_COMPARE(lines(), grown);
        }
        grow(350'000); // more hits than are taken at a time
        const std::vector<qint64> all = expected();
        QTRY_COMPARE(filter.lines().count(), static_cast<qint64>(all.size()));
        QCOMPARE(lines(), all);
        search.start({u"nothing"_s});
        QTRY_COMPARE(filter.lines().count(), 0);
    }

    void takesAHitBack()
    {
        LogFixture log;
        log.append("x\nab");
        log::LogDocument document;
        log::LogSearch search(document);
        LogFilter filter(document, search);
        filter.setContextLines(1);
        search.start({u"b$"_s, true});
        document.open(log.path());
        QTRY_COMPARE(filter.lines().count(), 2);
        log.append("c\nmore\n");
        QTRY_COMPARE(filter.lines().count(), 0);
    }
};

QTEST_MAIN(TestLogShown)
#include "tst_logshown.moc"
