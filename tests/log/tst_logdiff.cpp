// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/log/logdiff.h"

#include "tests/log/logfixture.h"

#include <QRandomGenerator>
#include <QTest>

using namespace society;
using namespace society::log;

namespace {

const std::atomic_bool Never = false;

/// What is outside of the hunks must be the same on both sides, and hunks must be apart and in order.
void check(const LogDiff &diff, const std::vector<quint64> &left, const std::vector<quint64> &right)
{
    qint64 atLeft = 0;
    qint64 atRight = 0;
    const auto same = [&](qint64 toLeft, qint64 toRight) {
        QCOMPARE(toLeft - atLeft, toRight - atRight);
        for (; atLeft < toLeft; ++atLeft, ++atRight) {
            QCOMPARE(left[size_t(atLeft)], right[size_t(atRight)]);
            QCOMPARE(diff.rightOf(atLeft), atRight);
            QCOMPARE(diff.leftOf(atRight), atLeft);
        }
    };
    for (const DiffHunk &hunk : diff.hunks) {
        QVERIFY(hunk.leftCount + hunk.rightCount > 0);
        same(hunk.left, hunk.right);
        atLeft += hunk.leftCount;
        atRight += hunk.rightCount;
    }
    same(std::ssize(left), std::ssize(right));
}

qint64 differences(const LogDiff &diff)
{
    qint64 sum = 0;
    for (const DiffHunk &hunk : diff.hunks)
        sum += hunk.leftCount + hunk.rightCount;
    return sum;
}

/// The fewest lines to take out of both, the slow way.
qint64 fewest(const std::vector<quint64> &left, const std::vector<quint64> &right)
{
    std::vector<std::vector<qint64>> common(left.size() + 1, std::vector<qint64>(right.size() + 1));
    for (size_t i = left.size(); i-- > 0;) {
        for (size_t j = right.size(); j-- > 0;)
            common[i][j] =
                left[i] == right[j] ? common[i + 1][j + 1] + 1 : std::max(common[i + 1][j], common[i][j + 1]);
    }
    return std::ssize(left) + std::ssize(right) - 2 * common[0][0];
}

std::vector<quint64> randomLines(QRandomGenerator &random, int count, int kinds)
{
    std::vector<quint64> lines(static_cast<size_t>(random.bounded(count)));
    for (quint64 &line : lines)
        line = quint64(random.bounded(kinds));
    return lines;
}

} // namespace

class TestLogDiff : public QObject {
    Q_OBJECT
private slots:
    void ignoresWhatItIsTold_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QByteArray>("form");
        QTest::addColumn<QByteArray>("withoutNumbers");
        QTest::newRow("runner") << QByteArray("2026-11-24 02:03:25,086 - agentsociety - INFO - step 3")
                                << QByteArray("T T - agentsociety - INFO - step 3")
                                << QByteArray("T T - agentsociety - INFO - step N");
        QTest::newRow("worker") << QByteArray("\x1b[36m(LLMActor pid=12)\x1b[0m x") << QByteArray("x")
                                << QByteArray("x");
        QTest::newRow("simulator") << QByteArray("[router] [11-24 02:03:25] [warn] 1")
                                   << QByteArray("[router] [T] [warn] 1") << QByteArray("[router] [T] [warn] N");
        QTest::newRow("uuid") << QByteArray("run dfbdca78-0ab6-44ed-9534-293565d6000f.") << QByteArray("run I.")
                              << QByteArray("run I.");
        QTest::newRow("address") << QByteArray("<A at 0x7f3a> deadbeef1 effaced1") << QByteArray("<A at I> I I")
                                 << QByteArray("<A at I> I I");
        QTest::newRow("a word") << QByteArray("defaced facade") << QByteArray("defaced facade")
                                << QByteArray("defaced facade");
        QTest::newRow("port") << QByteArray("start at localhost:52947, PID=32166")
                              << QByteArray("start at localhost:I, PID=I") << QByteArray("start at localhost:I, PID=I");
        QTest::newRow("numbers") << QByteArray("agent12 -1.50\r") << QByteArray("agent12 -1.50")
                                 << QByteArray("agentN -N.N");
        QTest::newRow("nothing") << QByteArray() << QByteArray() << QByteArray();
    }

    void ignoresWhatItIsTold()
    {
        QFETCH(QByteArray, line);
        QTEST(comparedForm(line, {}), "form");
        QTEST(comparedForm(line, {true, true, true}), "withoutNumbers");
        QCOMPARE(comparedForm("12:00:01 0x12 7", {false, false, false}), QByteArray("12:00:01 0x12 7"));
    }

    void findsTheShortestWay()
    {
        QRandomGenerator random(1);
        for (int round = 0; round < 3000; ++round) {
            const std::vector<quint64> left = randomLines(random, 40, 2 + random.bounded(8));
            const std::vector<quint64> right = randomLines(random, 40, 2 + random.bounded(8));
            const LogDiff diff = diffLines(left, right, Never);
            check(diff, left, right);
            if (QTest::currentTestFailed())
                return;
            QVERIFY(!diff.isCoarse);
            QVERIFY(differences(diff) >= fewest(left, right));
            // Fixed points may cost a little; with lines that all come often there are none.
            std::vector<quint64> twice = left;
            twice.insert(twice.end(), left.begin(), left.end());
            std::vector<quint64> again = right;
            again.insert(again.end(), right.begin(), right.end());
            QCOMPARE(differences(diffLines(twice, again, Never)), fewest(twice, again));
        }
    }

    void endsSoonWhereNothingIsAlike()
    {
        std::vector<quint64> left(300'000);
        std::vector<quint64> right(300'000);
        for (size_t i = 0; i < left.size(); ++i) {
            left[i] = i % 3;
            right[i] = 3 + i % 5;
        }
        const LogDiff diff = diffLines(left, right, Never);
        check(diff, left, right);
        QVERIFY(diff.isCoarse);
        QCOMPARE(diff.sameLines, 0);
    }

    void comparesTwoRuns()
    {
        const auto step = [](int number, const QByteArray &time, const QByteArray &more) {
            const QByteArray head = "2026-11-24 " + time + ",086 - agentsociety - ";
            return head + "INFO - Start simulation day 0 at 28801, step " + QByteArray::number(number) + "\n" + more +
                   head + "INFO - Received 0 messages\n";
        };
        LogFixture log;
        QFile other(log.other(QStringLiteral("other")));
        QVERIFY(other.open(QIODevice::WriteOnly));
        for (int i = 0; i < 1000; ++i) {
            log.append(step(i, "02:03:25", i == 500 ? "left only\nand this\n" : ""));
            other.write(step(i, "14:00:01", i == 700 ? "right only\n" : ""));
        }
        other.close();
        const Result<LogFile> left = LogFile::open(log.path());
        const Result<LogFile> right = LogFile::open(other.fileName());
        QVERIFY(left && right);
        const Result<LogDiff> diff = diffLogs(*left, left->facts()->size, *right, right->facts()->size, {}, Never);
        QVERIFY(diff);
        QCOMPARE(diff->hunks, (std::vector<DiffHunk>{{1001, 2, 1001, 0}, {1403, 0, 1401, 1}}));
        QCOMPARE(diff->sameLines, 2000);
        QCOMPARE(diff->rightOf(1500), 1499);
        QCOMPARE(diff->leftOf(1401), 1403);
        const Result<LogDiff> exact =
            diffLogs(*left, left->facts()->size, *right, right->facts()->size, {false, false, false}, Never);
        QCOMPARE(exact->sameLines, 0);
    }
};

QTEST_APPLESS_MAIN(TestLogDiff)
#include "tst_logdiff.moc"
