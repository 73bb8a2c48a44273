// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/log/linematcher.h"
#include "services/log/patternshape.h"

#include <QTest>

using namespace society;
using namespace society::log;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(society::log::LogPattern)

class TestLineMatcher : public QObject {
    Q_OBJECT
private slots:
    void finds_data()
    {
        QTest::addColumn<LogPattern>("pattern");
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<bool>("hit");
        QTest::newRow("literal") << LogPattern{u"a.b"_s, false, false} << QByteArray("xa.bx") << true;
        QTest::newRow("literal, not a pattern") << LogPattern{u"a.b"_s, false, false} << QByteArray("axb") << false;
        QTest::newRow("any case") << LogPattern{u"ÄRGER"_s, false, false} << QByteArray("der ärger") << true;
        QTest::newRow("case") << LogPattern{u"Error"_s, false, true} << QByteArray("error") << false;
        QTest::newRow("chinese") << LogPattern{u"你好"_s, false, false} << QByteArray("说你好") << true;
        QTest::newRow("regex") << LogPattern{u"day \\d+ at"_s, true, true} << QByteArray("Start day 12 at 3") << true;
        QTest::newRow("anchors") << LogPattern{u"^b"_s, true, true} << QByteArray("ab") << false;
        QTest::newRow("empty line") << LogPattern{u"^$"_s, true, false} << QByteArray() << true;
        QTest::newRow("after bad bytes") << LogPattern{u"b+"_s, true, false}
                                         << QByteArray("\xff\xfe"
                                                       "bb")
                                         << true;
        QTest::newRow("bad byte is no character") << LogPattern{u"a.b"_s, true, false}
                                                  << QByteArray("a\xff"
                                                                "b")
                                                  << false;
        QTest::newRow("across a colour") << LogPattern{u"pid=1) 2026"_s, false, false}
                                         << QByteArray("\x1b[36m(W pid=1)\x1b[0m 2026") << true;
        QTest::newRow("nul in the line") << LogPattern{u"b"_s, false, false} << QByteArray("a\0b", 3) << true;
    }

    void finds()
    {
        QFETCH(LogPattern, pattern);
        QFETCH(QByteArray, line);
        Result<LineMatcher> matcher = LineMatcher::compile(pattern);
        QVERIFY2(matcher, qPrintable(matcher ? QString() : matcher.error().message));
        const Result<bool> result = matcher->matches(line);
        QVERIFY(result);
        const bool hit = *result;
        QTEST(hit, "hit");
    }

    void knowsWhatUsesTheStart_data()
    {
        QTest::addColumn<QByteArray>("source");
        QTest::addColumn<bool>("uses");
        const auto row = [](const char *source, bool uses) { QTest::newRow(source) << QByteArray(source) << uses; };
        row("(*COMMIT)a", true);
        row("a\\Gb", true);
        row("\\\\(*SKIP)", true);
        row("[a](*SKIP)", true);
        row("[\\]](*SKIP)", true);
        row("\\Q[\\E(*SKIP)", true);
        row("\\c[(*SKIP)]", true);
        row("(?xx)[ ][](*F)]", true);
        row("(?#[)(*F)]", true);
        row("[[:alpha:](*]", true); // not sure
        row("\\(*a", false);
        row("[(*]+x", false);
        row("[](*]+x", false);
        row("[^](*]+x", false);
        row("[\\](*]+x", false);
        row("\\Q(*\\E+", false);
        row("\\\\G", false);
        row("(a)*b", false);
    }

    void knowsWhatUsesTheStart()
    {
        QFETCH(QByteArray, source);
        QTEST(usesStart(source), "uses");
    }

    void tellsWhere()
    {
        Result<LineMatcher> matcher = LineMatcher::compile({u"你|b*"_s, true, false});
        QVERIFY(matcher);
        const QList<LineMatcher::Range> all = matcher->ranges("a你bbc你", 100);
        QCOMPARE(all, (QList<LineMatcher::Range>{{1, 3}, {4, 2}, {7, 3}}));
        QCOMPARE(matcher->ranges("a你bbc你", 2).size(), 2);
    }

    void refusesABadPattern()
    {
        const Result<LineMatcher> matcher = LineMatcher::compile({u"a(b"_s, true, false});
        QVERIFY(!matcher);
        QCOMPARE(matcher.error().code, u"pattern_invalid"_s);
        QCOMPARE(matcher.error().detail, u"offset 3"_s);
        QVERIFY(LineMatcher::compile({u"a(b"_s, false, false}));
    }

    /// From each place the rest of the line is gone through some thousand times.
    void goesOnWhereManyStepsAreNeeded()
    {
        Result<LineMatcher> matcher = LineMatcher::compile({u"(user|system).*content.*zzz"_s, true, true});
        QVERIFY(matcher);
        for (const int words : {2000, 3500}) {
            const QByteArray line = "a user is here " + QByteArray("content ").repeated(words);
            QCOMPARE(matcher->matches(line + "zz"), Result<bool>(false));
            QCOMPARE(matcher->matches(line + "zzz"), Result<bool>(true));
        }
    }

    /// Each of a thousand places takes some milliseconds and is not refused: it is the time of the line that ends it.
    void endsALineOfCostlyPlaces()
    {
        Result<LineMatcher> matcher = LineMatcher::compile({u"x*x*x*[yz]"_s, true, true});
        QVERIFY(matcher);
        QCOMPARE(matcher->matches(QByteArray(100'000, '-') + QByteArray(60, 'x')), Result<bool>(false));
        const Result<bool> result = matcher->matches(QByteArray(100'000, '-') + QByteArray(1400, 'x'));
        QVERIFY(!result);
        QCOMPARE(result.error().code, u"pattern_too_costly"_s);
    }

    void leavesCallsInAPatternAlone()
    {
        Result<LineMatcher> matcher = LineMatcher::compile({u"(?C1)(x+x+)+(?C2)(y|w)"_s, true, true});
        QVERIFY(matcher);
        QVERIFY(!matcher->matches(QByteArray(60, 'x') + "z")); // by the form that is asked between its steps
        QCOMPARE(matcher->matches("xxxy"), Result<bool>(true));
    }

    void endsAPatternThatExplodes()
    {
        Result<LineMatcher> matcher = LineMatcher::compile({u"(x+x+)+(y|w)"_s, true, true});
        QVERIFY(matcher);
        const Result<bool> result = matcher->matches(QByteArray(60, 'x') + "z");
        QVERIFY(!result);
        QCOMPARE(result.error().code, u"pattern_too_costly"_s);
    }
};

QTEST_APPLESS_MAIN(TestLineMatcher)
#include "tst_linematcher.moc"
