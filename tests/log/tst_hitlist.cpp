// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/log/hitlist.h"

#include <QRandomGenerator>
#include <QTest>
#include <algorithm>

using namespace society::log;

class TestHitList : public QObject {
    Q_OBJECT
private slots:
    void answersAsAVectorDoes_data()
    {
        QTest::addColumn<int>("count");
        QTest::addColumn<int>("widest");
        QTest::newRow("none") << 0 << 1;
        QTest::newRow("one") << 1 << 1;
        QTest::newRow("every line") << 2000 << 1;
        QTest::newRow("dense") << 5000 << 5;
        QTest::newRow("sparse") << 3000 << 100'000'000;
    }

    void answersAsAVectorDoes()
    {
        QFETCH(int, count);
        QFETCH(int, widest);
        QRandomGenerator random(7);
        HitList list;
        QList<qint64> reference;
        qint64 line = -1;
        for (int i = 0; i < count; ++i) {
            line += 1 + random.bounded(widest);
            list.append(line);
            reference.append(line);
        }
        QCOMPARE(list.count(), count);
        for (int i = 0; i < count; ++i)
            QCOMPARE(list.at(i), reference[i]);
        for (const int from : {0, count / 3, count}) {
            const std::vector<qint64> some = list.lines(from, count / 2 + 1);
            QCOMPARE(some,
                std::vector<qint64>(reference.cbegin() + from, reference.cbegin() + qMin(count, from + count / 2 + 1)));
        }
        for (int i = 0; i < 500; ++i) {
            const qint64 wanted = random.bounded(line + 3);
            const auto found = std::lower_bound(reference.cbegin(), reference.cend(), wanted);
            QCOMPARE(list.lowerBound(wanted), found - reference.cbegin());
            QCOMPARE(list.contains(wanted), found != reference.cend() && *found == wanted);
        }
    }

    void takesManyAtOnce()
    {
        QRandomGenerator random(8);
        for (int round = 0; round < 200; ++round) {
            HitList list;
            HitList reference;
            qint64 base = random.bounded(3) * 5000;
            for (int block = 0; block < 5; ++block) {
                std::vector<quint32> lines;
                std::vector<quint64> bits;
                const quint32 widest = 1U << random.bounded(14);
                const auto count = static_cast<size_t>(random.bounded(3000));
                for (quint32 line = random.bounded(widest); lines.size() < count; line += 1 + random.bounded(widest))
                    lines.push_back(line);
                for (const quint32 line : lines) {
                    bits.resize(line / 64 + 1);
                    bits[line / 64] |= quint64(1) << line % 64;
                    reference.append(base + line);
                }
                list.append(base, bits);
                if (random.bounded(4) == 0 && !list.isEmpty()) {
                    list.removeLast();
                    reference.removeLast();
                }
                base += (lines.empty() ? 0 : qint64(lines.back()) + 1) + random.bounded(10'000);
            }
            QCOMPARE(list.count(), reference.count());
            QCOMPARE(list.lines(0, list.count()), reference.lines(0, reference.count()));
        }
    }

    void joinsAndTakesBack()
    {
        HitList first;
        HitList second;
        for (qint64 line = 0; line < 300; ++line)
            first.append(line * 2);
        for (qint64 line = 300; line < 600; ++line)
            second.append(line * 1000);
        first.append(second);
        QCOMPARE(first.count(), 600);
        QCOMPARE(first.at(299), 598);
        QCOMPARE(first.at(300), 300'000);
        QCOMPARE(first.at(599), 599'000);
        while (first.count() > 1) {
            first.removeLast();
            QCOMPARE(first.lowerBound(1'000'000), first.count());
        }
        QCOMPARE(first.at(0), 0);
        first.append(5);
        QCOMPARE(first.at(1), 5);
        first.removeLast();
        first.removeLast();
        QVERIFY(first.isEmpty());
        first.append(3);
        QCOMPARE(first.at(0), 3);
    }

    void takesAtMostAByteAHitWhereHitsAreDense_data()
    {
        QTest::addColumn<int>("every");
        for (const int every : {1, 2, 3, 7})
            QTest::addRow("every %d", every) << every;
    }

    void takesAtMostAByteAHitWhereHitsAreDense()
    {
        QFETCH(int, every);
        HitList list;
        for (qint64 line = 0; line < 8'000'000; line += every)
            list.append(line);
        QVERIFY2(list.memory() <= list.count(), qPrintable(QString::number(list.memory())));
    }

    void goesOnInAStretchThatWasClosed()
    {
        HitList list;
        list.append(5);
        list.append(10'000);
        list.removeLast();
        list.append(7000);
        list.append(20'000);
        QCOMPARE(list.count(), 3);
        QCOMPARE(list.at(1), 7000);
        QCOMPARE(list.lowerBound(6000), 1);
        QCOMPARE(list.lowerBound(7001), 2);
        QVERIFY(list.contains(7000) && !list.contains(10'000));
    }
};

QTEST_APPLESS_MAIN(TestHitList)
#include "tst_hitlist.moc"
