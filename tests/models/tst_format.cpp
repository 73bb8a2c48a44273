// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/format.h"

#include <QTest>
#include <QTimeZone>

using namespace society::models;
using namespace Qt::StringLiterals;

class TestFormat : public QObject {
    Q_OBJECT
private:
    const QLocale m_english{QLocale::English, QLocale::UnitedStates};
    const QLocale m_chinese{QLocale::Chinese, QLocale::China};

private slots:
    void writesRelativeTimes_data()
    {
        QTest::addColumn<qint64>("ageMs");
        QTest::addColumn<QString>("english");
        const qint64 minute = 60'000;
        QTest::newRow("now") << qint64(0) << u"just now"_s;
        QTest::newRow("another clock is ahead") << qint64(-3000) << u"just now"_s;
        QTest::newRow("a minute less 1 ms") << minute - 1 << u"just now"_s;
        QTest::newRow("a minute") << minute << u"1 min ago"_s;
        QTest::newRow("59 minutes") << 59 * minute << u"59 min ago"_s;
        QTest::newRow("an hour") << 60 * minute << u"1 h ago"_s;
        QTest::newRow("23 hours") << 23 * 60 * minute << u"23 h ago"_s;
        QTest::newRow("a day") << 24 * 60 * minute << u"1 d ago"_s;
        QTest::newRow("29 days") << 29 * 24 * 60 * minute << u"29 d ago"_s;
        QTest::newRow("30 days") << 30 * 24 * 60 * minute << u"10/25/26"_s;
        QTest::newRow("the future") << -2 * 24 * 60 * minute << u"11/26/26"_s;
    }

    void writesRelativeTimes()
    {
        QFETCH(qint64, ageMs);
        const QDateTime now(QDate(2026, 11, 24), QTime(12, 0), QTimeZone::utc());
        const QString english = relativeTime(now.addMSecs(-ageMs), now, m_english);
        QTEST(english, "english");
    }

    void writesNothingForNoTime()
    {
        QCOMPARE(relativeTime({}, QDateTime::currentDateTimeUtc()), QString());
        QCOMPARE(exactTime({}), QString());
        QCOMPARE(clockTime({}), QString());
    }

    void writesExactTimesHereAndInUtc()
    {
        const QDateTime time(QDate(2026, 11, 24), QTime(2, 3, 4), QTimeZone::utc());
        const QString text = exactTime(time, m_english);
        QVERIFY2(text.contains(u"2026-11-24 02:03:04 UTC"_s), qPrintable(text));
        QVERIFY2(
            text.startsWith(m_english.toString(time.toLocalTime().date(), QLocale::ShortFormat)), qPrintable(text));
        QVERIFY2(exactTime(time, m_chinese).startsWith(u"2026/11/24"_s), qPrintable(exactTime(time, m_chinese)));
    }

    void writesDurations_data()
    {
        QTest::addColumn<qint64>("ms");
        QTest::addColumn<QString>("english");
        QTest::newRow("negative") << qint64(-5) << u"0 s"_s;
        QTest::newRow("none") << qint64(0) << u"0 s"_s;
        QTest::newRow("short") << qint64(449) << u"0.4 s"_s;
        QTest::newRow("just under 10 s") << qint64(9999) << u"9.9 s"_s;
        QTest::newRow("seconds") << qint64(10'000) << u"10 s"_s;
        QTest::newRow("a minute less 1 ms") << qint64(59'999) << u"59 s"_s;
        QTest::newRow("minutes") << qint64(190'000) << u"3 min 10 s"_s;
        QTest::newRow("hours") << qint64(2 * 3'600'000 + 5 * 60'000) << u"2 h 05 min"_s;
        QTest::newRow("days") << qint64(3 * 86'400'000LL + 4 * 3'600'000) << u"3 d 4 h"_s;
    }

    void writesDurations()
    {
        QFETCH(qint64, ms);
        const QString english = duration(ms, m_english);
        QTEST(english, "english");
    }

    void writesCounts_data()
    {
        QTest::addColumn<qint64>("number");
        QTest::addColumn<QString>("whole");
        QTest::addColumn<QString>("brief");
        QTest::newRow("zero") << qint64(0) << u"0"_s << u"0"_s;
        QTest::newRow("999") << qint64(999) << u"999"_s << u"999"_s;
        QTest::newRow("1000") << qint64(1000) << u"1,000"_s << u"1 k"_s;
        QTest::newRow("1250") << qint64(1250) << u"1,250"_s << u"1.2 k"_s;
        QTest::newRow("41203") << qint64(41'203) << u"41,203"_s << u"41 k"_s;
        QTest::newRow("999999") << qint64(999'999) << u"999,999"_s << u"999 k"_s;
        QTest::newRow("millions") << qint64(1'999'999) << u"1,999,999"_s << u"1.9 M"_s;
        QTest::newRow("many millions") << qint64(23'456'789) << u"23,456,789"_s << u"23 M"_s;
    }

    void writesCounts()
    {
        QFETCH(qint64, number);
        const QString whole = count(number, m_english);
        const QString brief = shortCount(number, m_english);
        QTEST(whole, "whole");
        QTEST(brief, "brief");
    }

    void followsTheLocale()
    {
        const QLocale german(QLocale::German, QLocale::Germany);
        QCOMPARE(count(1'234'567, german), u"1.234.567"_s);
        QCOMPARE(count(1'234'567, m_chinese), u"1,234,567"_s);
        QCOMPARE(duration(2500, german), u"2,5 s"_s);
        QCOMPARE(shortCount(1250, german), u"1,2 k"_s);
        QCOMPARE(bytes(0, m_english), u"0 bytes"_s);
        QCOMPARE(bytes(1536, m_english), u"1.5 KiB"_s);
        QCOMPARE(bytes(3 * (qint64(1) << 30), m_english), u"3.0 GiB"_s);
    }

    void writesSimulatedTimesAndPercent()
    {
        QCOMPARE(simulatedTime(0, 28'801), u"day 0 · 08:00"_s);
        QCOMPARE(simulatedTime(12, 86'399), u"day 12 · 23:59"_s);
        QCOMPARE(percent(0.625, m_english), u"62 %"_s);
        QCOMPARE(percent(1.0, m_english), u"100 %"_s);
    }
};

QTEST_APPLESS_MAIN(TestFormat)
#include "tst_format.moc"
