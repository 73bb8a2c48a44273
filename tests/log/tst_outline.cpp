// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/log/logdocument.h"
#include "services/log/logoutline.h"
#include "tests/log/logfixture.h"
#include "tests/log/rawlines.h"

#include <QTest>

using namespace society;
using namespace society::log;
using namespace Qt::StringLiterals;

namespace {

const QByteArray Head = "2026-11-24 02:03:25,086 - agentsociety - ";

std::vector<Fold> foldsOf(const QByteArray &text)
{
    Outline outline;
    qint64 number = 0;
    QByteArrayList lines = text.split('\n');
    lines.removeLast();
    for (const QByteArray &line : lines) {
        outline.take(rawLine(number++, line));
    }
    return outline.folds();
}

Fold traceback(qint64 first, qint64 last)
{
    return {first, last, Fold::Kind::Traceback};
}

Fold repeat(qint64 first, qint64 last)
{
    return {first, last, Fold::Kind::Repeat};
}

} // namespace

Q_DECLARE_METATYPE(std::vector<society::log::Fold>)

class TestOutline : public QObject {
    Q_OBJECT
private slots:
    void folds_data()
    {
        const QByteArray frames =
            "Traceback (most recent call last):\n  File \"a.py\", line 1, in <module>\n    run()\n";
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<std::vector<Fold>>("folds");
        using Folds = std::vector<Fold>;
        QTest::newRow("none") << QByteArray("a\n b\n") << Folds{};
        QTest::newRow("one") << "a\n" + frames + "ValueError: no\nb\n" << Folds{traceback(1, 4)};
        QTest::newRow("message of several lines") << frames + "E: 1 error\n  more\n  still\nb\n"
                                                  << Folds{traceback(0, 5)};
        QTest::newRow("chained")
            << frames + "KeyError: 1\n\nDuring handling of the above exception, another exception occurred:\n\n" +
                   frames + "ValueError\nb\n"
            << Folds{traceback(0, 10)};
        QTest::newRow("caused") << frames +
                                       "A\n\nThe above exception was the direct cause of the following exception:\n\n" +
                                       frames + "B\n\n" + Head + "INFO - x\n"
                                << Folds{traceback(0, 10)};
        QTest::newRow("an empty line is no chain") << frames + "A\n\nother\n" << Folds{traceback(0, 3)};
        QTest::newRow("two") << frames + "A\n" + frames + "B\n" << Folds{traceback(0, 3), traceback(4, 7)};
        QTest::newRow("cut off by the next record") << frames + Head + "INFO - x\n" + "y\n" << Folds{traceback(0, 3)};
        QTest::newRow("only its head") << QByteArray("Traceback (most recent call last):\n\nx\n") << Folds{};
        QTest::newRow("from a worker")
            << QByteArray("\x1b[36m(LLMActor pid=1)\x1b[0m Traceback (most recent call last):\n"
                          "\x1b[36m(LLMActor pid=1)\x1b[0m   File \"a\"\n\x1b[36m(LLMActor pid=1)\x1b[0m E\nb\n")
            << Folds{traceback(0, 2)};
        QTest::newRow("group") << QByteArray(
                                      "  + Exception Group Traceback (most recent call last):\n  |   File \"a\"\n"
                                      "  | ExceptionGroup: x\n  +-+---------------- 1 ----------------\n    | E: y\n"
                                      "    +------------------------------------\nafter\n")
                               << Folds{traceback(0, 5)};
        QTest::newRow("repeated") << "a\na\nb\nb\nb\nb\nc\n" + Head + "INFO - x\n" << Folds{repeat(2, 5)};
        QTest::newRow("repeated but for the time")
            << QByteArray("2026-11-24 02:03:25,086 - x\n2026-11-24 02:03:26,000 - x\n"
                          "2026-11-24 02:03:27,500 - x\n")
            << Folds{repeat(0, 2)};
        QTest::newRow("empty lines do not repeat") << QByteArray("\n\n\n\n") << Folds{};
    }

    void folds()
    {
        QFETCH(QByteArray, text);
        QTEST(foldsOf(text), "folds");
    }

    void countsRetriesAndFailures()
    {
        LogFixture log;
        const QByteArray prompt = " for request [{'role': 'user', 'content': '" + QByteArray(20'000, 'p') +
                                  " - Retry 9 of 10'}] None auto. original response: `None`. ";
        const QByteArray rate = Head + "WARNING - OpenAIError: Error code: 429 - {'error': 'slow down'}" + prompt;
        log.append(rate + "Retry 1 of 10\n" + rate + "Retry 2 of 10\n" + rate + "Retry 1 of 10\n");
        log.append(
            "\x1b[36m(LLMActor pid=7)\x1b[0m " + Head + "WARNING - TimeoutError: ``" + prompt + "Retry 1 of 10\n");
        log.append(Head + "WARNING - Failed to extract JSON: x\n" + Head + "WARNING - Failed to extract JSON: x\n");
        log.append(Head + "INFO - a prompt says WARNING - OpenAIError: y Retry 1 of 10\n");
        LogDocument document;
        LogOutline outline(document);
        document.open(log.path());
        QTRY_VERIFY(document.fileBytes() > 0 && outline.readBytes() == document.fileBytes());
        QCOMPARE(outline.outline().retriedCalls(), 3);
        const auto &troubles = outline.outline().troubles();
        QCOMPARE(troubles.size(), 3U);
        QCOMPARE(troubles[0].cause, u"OpenAIError: Error code: 429"_s);
        QCOMPARE(troubles[0].calls, 2);
        QCOMPARE(troubles[0].lines.count(), 3);
        QCOMPARE(troubles[1].cause, u"TimeoutError"_s);
        QCOMPARE(troubles[1].lines.at(0), 3);
        QCOMPARE(troubles[2].kind, Trouble::Kind::ParseFailure);
        QCOMPARE(troubles[2].calls, 2);
        log.append(rate + "Retry 1 of 10\n");
        QTRY_COMPARE(outline.outline().retriedCalls(), 4);
        QCOMPARE(outline.outline().troubles()[0].lines.count(), 4);
        log.rewrite("x\n");
        QTRY_COMPARE(outline.outline().retriedCalls(), 0);
    }

    void groupsUnusableAnswersByTheirCause()
    {
        LogFixture log;
        for (int i = 0; i < 5; ++i) {
            const QByteArray answer = "{'plan': 'answer " + QByteArray::number(i) + "'}";
            const QByteArray place = "line 1 column " + QByteArray::number(i) + " (char " + QByteArray::number(i) + ")";
            for (const QByteArray &message : {"Failed to extract JSON: Expecting value: " + place,
                     "Error parsing detailed plan: 'steps' with response=" + answer,
                     "Error parsing detailed plan: Expecting value: " + place + " with response=" + answer,
                     "Error parsing find person response: " + answer, "Error in parsing: 'work', raw: " + answer,
                     "Invalid JSON at line " + QByteArray::number(i) + ": Expecting value: " + place})
                log.append(Head + "WARNING - " + message + "\n");
        }
        LogDocument document;
        LogOutline outline(document);
        document.open(log.path());
        QTRY_VERIFY(document.fileBytes() > 0 && outline.readBytes() == document.fileBytes());
        QStringList causes;
        for (const Trouble &trouble : outline.outline().troubles()) {
            QCOMPARE(trouble.kind, Trouble::Kind::ParseFailure);
            QCOMPARE(trouble.calls, 5);
            causes.append(trouble.cause);
        }
        QCOMPARE(
            causes, (QStringList{u"Failed to extract JSON: Expecting value"_s,
                        u"Error parsing detailed plan: 'steps'"_s, u"Error parsing detailed plan: Expecting value"_s,
                        u"Error parsing find person response"_s, u"Error in parsing: 'work'"_s, u"Invalid JSON"_s}));
    }

    void tellsThePlaceInTheRun()
    {
        LogFixture log;
        log.append("x\n" + Head + "INFO - Initializing LLM...\n" + Head +
                   "INFO - Running workflow: type: step - description: a\n" + Head +
                   "INFO - Start simulation day 0 at 28801, step 0\nx\n" + Head +
                   "INFO - Start simulation day 1 at 300, step 1\n" + Head + "INFO - Initializing LLM...\n");
        LogDocument document;
        LogOutline outline(document);
        document.open(log.path());
        QTRY_VERIFY(document.fileBytes() > 0 && outline.readBytes() == document.fileBytes());
        QVERIFY(outline.outline().placeOf(0).phase.isEmpty());
        QCOMPARE(outline.outline().placeOf(1).phase, u"llm"_s);
        QCOMPARE(outline.outline().placeOf(2).step, -1);
        QCOMPARE(outline.outline().placeOf(4).day, 0);
        QCOMPARE(outline.outline().placeOf(4).secondOfDay, 28801);
        QCOMPARE(outline.outline().placeOf(6).step, 1);
        QCOMPARE(outline.outline().placeOf(6).phase, u"workflow"_s);
    }

    void goesOnWhereATracebackIsBeingWritten()
    {
        LogFixture log;
        log.append("x\nTraceback (most recent call last):\n  File \"a\"\n    run(");
        LogDocument document;
        LogOutline outline(document);
        document.open(log.path());
        QTRY_COMPARE(outline.outline().folds(), (std::vector<Fold>{traceback(1, 2)}));
        log.append(")\nValueError: no\n");
        QTRY_COMPARE(outline.outline().folds(), (std::vector<Fold>{traceback(1, 4)}));
        QCOMPARE(outline.outline().foldAt(3)->first, 1);
        QVERIFY(!outline.outline().foldAt(0) && !outline.outline().foldAt(5));
    }
};

QTEST_GUILESS_MAIN(TestOutline)
#include "tst_outline.moc"
