// SPDX-License-Identifier: GPL-3.0-or-later
// Lines that are too long to be shown at once: their parts, and what is found in them.
#include "services/log/linepart.h"
#include "tests/log/logfixture.h"

#include <QRandomGenerator>
#include <QTest>

using namespace society;
using namespace society::log;
using namespace Qt::StringLiterals;

class TestLinePart : public QObject {
    Q_OBJECT
private:
    static LineMatcher matcher(const QString &text, bool isExpression = false)
    {
        Result<LineMatcher> compiled = LineMatcher::compile({text, isExpression, true});
        if (!compiled)
            qFatal("no pattern");
        return std::move(*compiled);
    }

private slots:
    void partsMakeTheLine()
    {
        QRandomGenerator random(3);
        for (int round = 0; round < 300; ++round) {
            static const QByteArrayList pieces = {
                "a", "\xe4\xbd\xa0", "\xf0\x9f\x98\x80", "\xff", "\xe4\xbd", "\x1b[31m"};
            QByteArray line;
            for (int i = random.bounded(60); i > 0; --i)
                line += pieces[random.bounded(qint32(pieces.size()))];
            const LogFixture log;
            log.append("before\n" + line + "\nbehind\n");
            const Result<LogFile> file = LogFile::open(log.path());
            QVERIFY(file);
            const qint64 partBytes = 5 + random.bounded(20);
            qint64 end = 0;
            QByteArray got;
            for (qint64 from = 0; from < line.size(); from += partBytes) {
                const Result<LinePart> part = readLinePart(*file, 7, line.size(), from, partBytes, TextForm::Raw);
                QVERIFY(part);
                QCOMPARE(part->from, end);
                QVERIFY(part->from <= from && from - part->from < 4);
                end = part->from + part->bytes;
                got += PatternText(part->line.text, part->line.cells).bytes();
                QCOMPARE(part->line.bytes, line.size());
            }
            QCOMPARE(got, line);
        }
    }

    void findsWhatAnybodyFinds()
    {
        QRandomGenerator random(4);
        QByteArray line;
        const LogFixture log;
        for (int i = 0; i < 400; ++i) // over several blocks, and on their borders
            line += QByteArray(random.bounded(20'000), random.bounded(2) == 0 ? 'a' : '\xff') + "needle";
        for (const qint64 border : {qint64(1) << 20, qint64(2) << 20})
            line.replace(border - 3, 6, "needle");
        const QByteArray before = "one\n";
        log.append(before + line + "needle\n"); // the last one is no part of the line that is asked for
        const Result<LogFile> file = LogFile::open(log.path());
        QVERIFY(file);
        const std::atomic_bool never = false;
        for (const bool isExpression : {false, true}) {
            const LineMatcher needle = matcher(isExpression ? u"n[a-f]{2}d?le\\b|needle"_s : u"needle"_s, isExpression);
            for (int round = 0; round < 200; ++round) {
                const qint64 from = round == 0 ? 0 : random.bounded(qint32(line.size() + 2));
                const auto next = findInLine(*file, before.size(), line.size(), needle, from, true, never);
                QVERIFY(next);
                QCOMPARE(next->first, line.indexOf("needle", from));
                const auto previous = findInLine(*file, before.size(), line.size(), needle, from, false, never);
                QVERIFY(previous);
                QCOMPARE(previous->first, from == 0 ? -1 : line.lastIndexOf("needle", from - 1));
                QCOMPARE(previous->length, previous->first < 0 ? 0 : 6);
            }
        }
    }

    void knowsTheEndsOfTheLine()
    {
        const LogFixture log;
        const QByteArray line = "ab" + QByteArray(3 << 20, '.') + "ab";
        log.append(line + "\n");
        const Result<LogFile> file = LogFile::open(log.path());
        QVERIFY(file);
        const std::atomic_bool never = false;
        const auto first = [&](const QString &text, qint64 from) {
            return findInLine(*file, 0, line.size(), matcher(text, true), from, true, never)
                .value_or(LineMatch{-2, 0})
                .first;
        };
        QCOMPARE(first(u"^ab"_s, 0), 0);
        QCOMPARE(first(u"^."_s, 1), -1);
        QCOMPARE(first(u"ab$"_s, 0), line.size() - 2);
        QCOMPARE(first(u"\\.$"_s, 0), -1);
    }

    void endsCostlyPatternsAndStopped()
    {
        const LogFixture log;
        log.append(QByteArray(2 << 20, 'a') + "\n");
        const Result<LogFile> file = LogFile::open(log.path());
        QVERIFY(file);
        const std::atomic_bool never = false;
        const auto costly = findInLine(*file, 0, 2 << 20, matcher(u"(a+)+b"_s, true), 0, true, never);
        QVERIFY(!costly);
        QCOMPARE(costly.error().code, u"pattern_too_costly"_s);
        const std::atomic_bool stop = true;
        const auto stopped = findInLine(*file, 0, 2 << 20, matcher(u"b"_s), 0, true, stop);
        QVERIFY(stopped);
        QCOMPARE(stopped->first, -1);
    }
};

QTEST_APPLESS_MAIN(TestLinePart)
#include "tst_linepart.moc"
