// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/log/linetext.h"

#include <QRandomGenerator>
#include <QTest>

using namespace society::log;

namespace {

RawLine raw(const QByteArray &bytes, bool finished = true)
{
    RawLine line;
    line.data = bytes;
    line.bytes = bytes.size();
    line.finished = finished;
    return line;
}

const QByteArray RunnerHead = "2026-11-24 02:03:25,086 - agentsociety - ";

} // namespace

class TestLineText : public QObject {
    Q_OBJECT
private slots:
    void showsEveryByte_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("invalid");
        QTest::newRow("empty") << QByteArray("") << QString() << false;
        QTest::newRow("plain") << QByteArray("hello") << QStringLiteral("hello") << false;
        QTest::newRow("chinese") << QByteArray("你好 ok") << QStringLiteral("你好 ok") << false;
        QTest::newRow("emoji") << QByteArray("a😀b") << QStringLiteral("a😀b") << false;
        QTest::newRow("nul") << QByteArray("a\0b", 3) << QStringLiteral("a␀b") << false;
        QTest::newRow("controls") << QByteArray("a\x01\x7f\x08z") << QStringLiteral("a␁␡␈z") << false;
        QTest::newRow("tab stays") << QByteArray("a\tb") << QStringLiteral("a\tb") << false;
        QTest::newRow("crlf") << QByteArray("a\r") << QStringLiteral("a") << false;
        QTest::newRow("progress bar") << QByteArray("a 1%\rb 2%") << QStringLiteral("b 2%") << false;
        QTest::newRow("bad byte") << QByteArray("a\xff"
                                                "b")
                                  << QStringLiteral("a\\xFFb") << true;
        QTest::newRow("half a character") << QByteArray("\xe4\xbd.\xe9") << QStringLiteral("\\xE4\\xBD.\\xE9") << true;
        QTest::newRow("longer than needed") << QByteArray("\xc0\x80") << QStringLiteral("\\xC0\\x80") << true;
        QTest::newRow("a surrogate") << QByteArray("\xed\xa0\x80") << QStringLiteral("\\xED\\xA0\\x80") << true;
        QTest::newRow("beyond Unicode") << QByteArray("\xf4\x90\x80\x80") << QStringLiteral("\\xF4\\x90\\x80\\x80")
                                        << true;
        QTest::newRow("its text") << QByteArray("a\\xFF") << QStringLiteral("a\\xFF") << false;
        QTest::newRow("mark of byte order") << QByteArray("\xef\xbb\xbf"
                                                          "a")
                                            << QStringLiteral("\\uFEFFa") << false;
        QTest::newRow("turns the text") << QByteArray("a\xe2\x80\xae"
                                                      "b")
                                        << QStringLiteral("a\\u202Eb") << false;
        QTest::newRow("next line") << QByteArray("a\xc2\x85\xe2\x80\xa8") << QStringLiteral("a\\u0085\\u2028") << false;
        QTest::newRow("escape before a character") << QByteArray("\x1b\xe4\xbd\xa0") << QStringLiteral("␛你") << false;
        QTest::newRow("escape before a colour") << QByteArray("\x1b\x1b[31mr") << QStringLiteral("␛r") << false;
        QTest::newRow("a true U+FFFD") << QByteArray("a\xef\xbf\xbd") << QStringLiteral("a\uFFFD") << false;
        QTest::newRow("lone escape") << QByteArray("a\x1b") << QStringLiteral("a␛") << false;
        QTest::newRow("unfinished sequence") << QByteArray("a\x1b[31") << QStringLiteral("a␛[31") << false;
        QTest::newRow("colour") << QByteArray("\x1b[36m(W pid=1)\x1b[0m x") << QStringLiteral("(W pid=1) x") << false;
        QTest::newRow("link") << QByteArray("\x1b]8;;http://a\x1b\\text\x1b]8;;\a.") << QStringLiteral("text.")
                              << false;
        QTest::newRow("cursor") << QByteArray("a\x1b[2Kb\x1b[1A") << QStringLiteral("ab") << false;
    }

    void showsEveryByte()
    {
        QFETCH(QByteArray, bytes);
        const LogLine line = toLogLine(raw(bytes));
        QTEST(line.text, "text");
        QTEST(line.invalid, "invalid");
    }

    void tellsCellsFromText()
    {
        const LogLine line = toLogLine(raw(QByteArray("\xe9\\xE9\0\xe2\x80\xaey", 10)));
        QCOMPARE(line.text, QStringLiteral("\\xE9\\xE9␀\\u202Ey"));
        QCOMPARE(line.cells, (QList<OddCell>{{0, 4, OddCell::Kind::NoUtf8, 0xe9}, {8, 1, OddCell::Kind::Control, 0},
                                 {9, 6, OddCell::Kind::Invisible, 0x202e}}));
        const PatternText text(line.text, line.cells);
        QCOMPARE(text.columnOf(1), 4);
        QCOMPARE(text.columnOf(5), 8);
        QCOMPARE(text.columnOf(9), 15);
        QCOMPARE(text.columnOf(10), 16);
        for (const int column : {0, 4, 6, 8, 9, 15, 16})
            QCOMPARE(text.columnOf(text.byteOf(column)), column);
        QCOMPARE(text.byteOf(2), 0); // inside a cell
    }

    void losesNoByte()
    {
        QRandomGenerator random(6);
        for (int round = 0; round < 3000; ++round) {
            QByteArray bytes;
            for (int i = random.bounded(40); i > 0; --i) {
                static const QByteArrayList known = {"\xe4\xbd\xa0", "\xe4\xbd", "\xf0\x9f\x98\x80", "\xef\xbf\xbd",
                    "\xe2\x80\xa8", "\xef\xbb\xbf", "\\xE9", "\x1b[1m", "\x1b", "word"};
                bytes += random.bounded(2) == 0 ? known[random.bounded(qint32(known.size()))]
                                                : QByteArray(1, static_cast<char>(random.bounded(256)));
            }
            bytes.replace('\n', ' ').replace("\x1b]", "]");
            const LogLine line = toLogLine(raw(bytes), TextForm::Raw);
            const PatternText text(line.text, line.cells);
            QCOMPARE(text.bytes(), bytes);
            QCOMPARE(line.invalid, !bytes.isValidUtf8());
            qsizetype end = 0;
            for (const OddCell &cell : line.cells) {
                QVERIFY(cell.first >= end && cell.length > 0);
                end = cell.first + cell.length;
            }
            QVERIFY(end <= line.text.size());
        }
    }

    void tellsWhatIsHidden()
    {
        QVERIFY(!toLogLine(raw("\x1b[31ma\x1b[0m")).hasHidden);
        const QByteArray link("\x1b]8;;http://a\x1b\\text\x1b]8;;\a\x1b[2K");
        QVERIFY(toLogLine(raw(link)).hasHidden);
        QCOMPARE(toLogLine(raw(link)).text, QStringLiteral("text"));
        QCOMPARE(toLogLine(raw(link), TextForm::Raw).text, QStringLiteral("␛]8;;http://a␛\\text␛]8;;␇␛[2K"));
        QCOMPARE(toLogLine(raw("a\xe4\xbd", false), TextForm::Raw).text, QStringLiteral("a\\xE4\\xBD"));
    }

    void showsTheLastStateOfAProgressBar_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("rawText");
        QTest::newRow("begins with the return")
            << QByteArray("\r 1%\r 2%") << QStringLiteral(" 2%") << QStringLiteral("␍ 1%␍ 2%");
        QTest::newRow("ends with the return")
            << QByteArray("1%\r2%\r") << QStringLiteral("2%") << QStringLiteral("1%␍2%␍");
        QTest::newRow("crlf") << QByteArray("1%\r2%\r\r") << QStringLiteral("2%") << QStringLiteral("1%␍2%␍␍");
        QTest::newRow("nothing else") << QByteArray("\r\r") << QString() << QStringLiteral("␍␍");
        QTest::newRow("colour goes on") << QByteArray("\x1b[31m1%\r2%") << QStringLiteral("2%")
                                        << QStringLiteral("␛[31m1%␍2%");
    }

    void showsTheLastStateOfAProgressBar()
    {
        QFETCH(QByteArray, bytes);
        const LogLine line = toLogLine(raw(bytes));
        QTEST(line.text, "text");
        QTEST(toLogLine(raw(bytes), TextForm::Raw).text, "rawText");
        QCOMPARE(line.collapsed, line.text != toLogLine(raw(bytes), TextForm::Raw).text && !bytes.startsWith("\r\r"));
        QCOMPARE(line.spans.size(), bytes.startsWith('\x1b') ? 1 : 0);
    }

    void showsTheLastStateOfALongProgressBar()
    {
        const QByteArray tail("0% 99%\r\x1b[32mdone\x1b[0m"); // a raw line only points to it
        RawLine line = raw(QByteArray("0%"));
        line.data = QByteArrayView("0%\r1%");
        line.tail = tail;
        line.bytes = 100'000;
        QCOMPARE(toLogLine(line).text, QStringLiteral("done"));
        QVERIFY(toLogLine(line).collapsed && toLogLine(line).cut);
    }

    void waitsForTheRestOfACharacter()
    {
        const LogLine line = toLogLine(raw("a\xe4\xbd", false));
        QCOMPARE(line.text, QStringLiteral("a"));
        QVERIFY(!line.invalid && !line.finished);
        QCOMPARE(toLogLine(raw("a\x1b[3", false)).text, QStringLiteral("a"));
        QCOMPARE(toLogLine(raw("a\xe4\xbd\xa0", false)).text, QStringLiteral("a你"));
    }

    void cutsAtACharacter()
    {
        const QByteArray text("你好"); // a raw line only points to it
        RawLine line = raw(text);
        line.data = line.data.first(4);
        QCOMPARE(toLogLine(line).text, QStringLiteral("你"));
        QVERIFY(toLogLine(line).cut);
        QCOMPARE(toLogLine(line).bytes, 6);
    }

    void keepsColours()
    {
        const LogLine line = toLogLine(
            raw("a\x1b[1;31mred\x1b[0m b\x1b[38;5;208mc\x1b[48;2;1;2;3md\x1b[39;49me\x1b[7m\x1b[27m\x1b[22m."));
        QCOMPARE(line.text, QStringLiteral("ared bcde."));
        TextStyle red;
        red.bold = true;
        red.foreground = {AnsiColour::Kind::Indexed, 1};
        TextStyle orange;
        orange.foreground = {AnsiColour::Kind::Indexed, 208};
        TextStyle both = orange;
        both.background = {AnsiColour::Kind::Rgb, 0x010203};
        QCOMPARE(line.spans, (QList<StyleSpan>{{1, 3, red}, {6, 1, orange}, {7, 1, both}}));
    }

    void knowsLevels_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<Level>("level");
        for (const auto &[name, level] :
            {std::pair("DEBUG", Level::Debug), std::pair("INFO", Level::Info), std::pair("WARNING", Level::Warning),
                std::pair("ERROR", Level::Error), std::pair("CRITICAL", Level::Critical)})
            QTest::newRow(name) << QByteArray(RunnerHead + name + " - words") << level;
        QTest::newRow("quoted error") << QByteArray(RunnerHead + "INFO - said - ERROR - loudly") << Level::Info;
        QTest::newRow("worker") << QByteArray(
                                       "\x1b[36m(LLMActor pid=12)\x1b[0m " + RunnerHead + "WARNING - Retry 3 of 10")
                                << Level::Warning;
        QTest::newRow("ray") << QByteArray("2026-11-24 02:03:25,086\tINFO worker.py:2015 -- Started") << Level::Info;
        QTest::newRow("ray core") << QByteArray("[2026-11-24 02:03:25,086 E 12 34] logging.cc:115: gone")
                                  << Level::Error;
        QTest::newRow("grpc") << QByteArray("I1124 02:03:25.083706 12 chttp2_transport.cc:1] x") << Level::Info;
        QTest::newRow("simulator") << QByteArray("[router] [11-24 02:03:25] [warn] no way") << Level::Warning;
        QTest::newRow("traceback") << QByteArray("Traceback (most recent call last):") << Level::None;
        QTest::newRow("words") << QByteArray("an error - of - mine") << Level::None;
        QTest::newRow("empty") << QByteArray() << Level::None;
    }

    void knowsLevels()
    {
        QFETCH(QByteArray, bytes);
        const Level level = levelOf(bytes);
        QTEST(level, "level");
    }

    void knowsTimes_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QDateTime>("time");
        const QDateTime time(QDate(2026, 11, 24), QTime(2, 3, 25, 86));
        QTest::newRow("runner") << RunnerHead << time;
        QTest::newRow("worker") << QByteArray("\x1b[36m(LLMActor pid=12)\x1b[0m " + RunnerHead) << time;
        QTest::newRow("ray core") << QByteArray("[2026-11-24 02:03:25,086 E 12 34]") << time;
        QTest::newRow("no fraction") << QByteArray("2026-11-24 02:03:25")
                                     << QDateTime(QDate(2026, 11, 24), QTime(2, 3, 25));
        QTest::newRow("no such day") << QByteArray("2026-13-24 02:03:25,086 - x") << QDateTime();
        QTest::newRow("letters") << QByteArray("20a6-11-24 02:03:25,086 - x") << QDateTime();
        QTest::newRow("none") << QByteArray("  File \"x.py\", line 3") << QDateTime();
    }

    void knowsTimes()
    {
        QFETCH(QByteArray, bytes);
        const QDateTime time = timeOf(bytes);
        QTEST(time, "time");
    }
};

QTEST_APPLESS_MAIN(TestLineText)
#include "tst_linetext.moc"
