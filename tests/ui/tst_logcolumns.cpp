// SPDX-License-Identifier: GPL-3.0-or-later
// The columns before the text of a log: what they say, where they stand, and that they are no part of the text.
#include "tests/ui/logpanefixture.h"

#include <QAccessible>
#include <QAction>
#include <QLineEdit>
#include <QMenu>
#include <QScrollBar>
#include <QToolButton>

using namespace society;
using namespace society::ui;
using namespace Qt::StringLiterals;

namespace {

QByteArray at(const QByteArray &time, const QByteArray &text, const QByteArray &level = "INFO")
{
    return "2026-11-24 " + time + " - agentsociety - " + level + " - " + text + '\n';
}

QByteArray shortRun()
{
    return "no stamp\n" + at("12:00:00,001", "Initializing LLM...") + at("12:00:01,250", "one", "DEBUG") +
           at("12:00:02,000", "Start simulation day 0 at 28800, step 0") + at("12:00:03,000", "two", "WARNING") +
           at("12:00:04,000", "Start simulation day 0 at 29700, step 1") + at("12:00:05,000", "three", "ERROR") +
           at("12:00:06,000", "Closing agent groups");
}

} // namespace

class TestLogColumns : public QObject, private LogPaneTest {
    Q_OBJECT
private:
    void setColumns(LogColumns columns)
    {
        for (const LogColumn column : allLogColumns)
            LogColumnChoice::of(m_fixture->settings).setShown(column, columns.testFlag(column));
        std::ignore = m_view->viewport()->grab(); // widths follow what is painted
    }
    static LogColumns all() { return LogColumn::Number | LogColumn::Time | LogColumn::Level | LogColumn::Simulated; }

    /// What stands in a column of a row of the screen.
    QImage cell(LogColumn column, int row)
    {
        const LogGutter::Span span = m_view->gutter().spanOf(column);
        const QRect area(qFloor(span.x), row * rowHeight(), qCeil(span.width), rowHeight());
        return m_view->viewport()->grab(area).toImage();
    }
    static int darkest(const QImage &picture)
    {
        int least = 255;
        for (int y = 0; y < picture.height(); ++y) {
            for (int x = 0; x < picture.width(); ++x)
                least = qMin(least, picture.pixelColor(x, y).lightness());
        }
        return least;
    }
    QStringList said(LogColumn column, int lines)
    {
        QStringList texts;
        for (int line = 0; line < lines; ++line)
            texts += m_view->columnText(column, line).text;
        return texts;
    }

private slots:
    void init() { makePane(); }
    void cleanup() { dropPane(); }

    void sayWhatTheLinesSay()
    {
        show(shortRun());
        setColumns(all());
        QTRY_COMPARE(said(LogColumn::Simulated, 8).last(), u"closing"_s);
        QCOMPARE(said(LogColumn::Number, 8).last(), u"8"_s);
        QCOMPARE(said(LogColumn::Time, 4),
            (QStringList{QString(), u"12:00:00.001"_s, u"12:00:01.250"_s, u"12:00:02.000"_s}));
        QCOMPARE(said(LogColumn::Level, 7),
            (QStringList{QString(), u"info"_s, u"debug"_s, u"info"_s, u"warning"_s, u"info"_s, u"error"_s}));
        QCOMPARE(said(LogColumn::Simulated, 7),
            (QStringList{QString(), u"LLM"_s, u"LLM"_s, u"day 0 · 08:00 · step 0"_s, u"day 0 · 08:00 · step 0"_s,
                u"day 0 · 08:15 · step 1"_s, u"day 0 · 08:15 · step 1"_s}));
        QVERIFY(m_view->columnText(LogColumn::Simulated, 3).isOwn);
        QVERIFY(!m_view->columnText(LogColumn::Simulated, 4).isOwn);
        // What a line above said is paler.
        QVERIFY(darkest(cell(LogColumn::Simulated, 4)) > darkest(cell(LogColumn::Simulated, 3)) + 40);
        // The text keeps its own stamp.
        QVERIFY(m_view->visibleText().contains(u"2026-11-24 12:00:00,001 - agentsociety"_s));
        // Pointing at it has the day, and where it is known from.
        const auto note = [this](LogColumn column, int row) {
            const LogGutter::Span span = m_view->gutter().spanOf(column);
            return m_view->noteAt(QPoint(qRound(span.x) + 4, row * rowHeight() + rowHeight() / 2));
        };
        QCOMPARE(note(LogColumn::Time, 1), u"Written on 2026-11-24 12:00:00.001"_s);
        QCOMPARE(note(LogColumn::Simulated, 4), u"day 0 · 08:00 · step 0, as line 4 says"_s);
        QCOMPARE(note(LogColumn::Simulated, 3), u"day 0 · 08:00 · step 0"_s);
        QCOMPARE(note(LogColumn::Number, 3), QString());
    }

    void areReadToScreenReaders()
    {
        show("first\n" + at("12:00:02,000", "Start simulation day 0 at 28800, step 0"));
        QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(m_view);
        QVERIFY(interface);
        QCOMPARE(interface->text(QAccessible::Value), m_view->visibleText());
        setColumns(all());
        QTRY_COMPARE(interface->text(QAccessible::Value),
            u"first\n12:00:02.000, info, day 0 · 08:00 · step 0, 2026-11-24 12:00:02,000 - agentsociety - INFO - Start "
            "simulation day 0 at 28800, step 0"_s);
    }

    void areChosenInTheMenuByKeyboard()
    {
        show(shortRun());
        QTest::mouseClick(child<QToolButton>("logMore"), Qt::LeftButton);
        auto *menu = child<QMenu>("logMenu");
        QTRY_VERIFY(menu->isVisible());
        auto *columns = child<QMenu>("logColumns");
        menu->setActiveAction(columns->menuAction());
        QTest::keyClick(menu, Qt::Key_Right);
        QTRY_VERIFY(columns->isVisible());
        QStringList names;
        for (const QAction *action : columns->actions()) {
            QVERIFY(action->isCheckable());
            names += action->text().remove(u'&');
        }
        QCOMPARE(names, (QStringList{u"Line number"_s, u"Time of writing"_s, u"Level"_s, u"Simulated time"_s}));
        QTest::keyClick(columns, Qt::Key_T);
        QTRY_VERIFY(m_view->gutter().columns().testFlag(LogColumn::Time));
        std::ignore = m_view->viewport()->grab();
        QVERIFY(m_view->gutter().has(LogColumn::Time));
        QVERIFY(!m_view->gutter().has(LogColumn::Level));
    }

    void areTheSameInAllPanesAndAfterTheNextStart()
    {
        QTemporaryDir folder;
        const auto settings = [&folder] {
            return std::make_unique<AppSettings>(Workspace(folder.path()), folder.filePath(u"user.ini"_s));
        };
        {
            const auto before = settings();
            LogPane one(*before);
            LogPane other(*before);
            QCOMPARE(one.view()->gutter().columns(), LogColumns(LogColumn::Number));
            one.findChild<QAction *>(u"logColumn%1"_s.arg(static_cast<int>(LogColumn::Time)))->trigger();
            other.findChild<QAction *>(u"logColumn%1"_s.arg(static_cast<int>(LogColumn::Number)))->trigger();
            QCOMPARE(one.view()->gutter().columns(), LogColumns(LogColumn::Time));
            QCOMPARE(other.view()->gutter().columns(), LogColumns(LogColumn::Time));
        }
        const auto after = settings();
        LogPane pane(*after);
        QCOMPARE(pane.view()->gutter().columns(), LogColumns(LogColumn::Time));
        QVERIFY(pane.findChild<QAction *>(u"logColumn%1"_s.arg(static_cast<int>(LogColumn::Time)))->isChecked());
    }

    void areNoPartOfTheText()
    {
        show(shortRun());
        m_view->selectAll();
        const QString before = copied();
        setColumns(all());
        m_view->selectAll();
        QCOMPARE(copied(), before);
        // A press beside the text marks its line, one on it a place in it.
        const LogGutter::Span time = m_view->gutter().spanOf(LogColumn::Time);
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, QPoint(qRound(time.x) + 3, rowHeight() / 2));
        QCOMPARE(copied(), u"no stamp\n"_s);
        QTest::mouseDClick(m_view->viewport(), Qt::LeftButton, {},
            QPoint(m_view->gutter().width() + LogGutter::Gap + 2, rowHeight() / 2));
        QCOMPARE(copied(), u"no"_s);
        // "warning" stands in the column only, "WARNING" in the text.
        auto *field = child<QLineEdit>("logFindText");
        child<QToolButton>("logCase")->setChecked(true);
        field->setText(u"warning"_s);
        QTRY_VERIFY(m_pane->search().hasCaughtUp());
        QCOMPARE(m_pane->search().hits().count(), 0);
    }

    void standInLineWhateverTheTextIs_data()
    {
        QTest::addColumn<int>("zoom");
        QTest::newRow("usual") << 0;
        QTest::newRow("large") << 9;
        QTest::newRow("small") << -3;
    }

    void standInLineWhateverTheTextIs()
    {
        QFETCH(int, zoom);
        // The same time and level before texts of several scripts and directions.
        const QByteArrayList texts = {"plain", "\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd", "你好，居民",
            "\u0645\u0631\u062d\u0628\u0627", "\U0001F600", "\xff\xfe"};
        QByteArray bytes;
        for (const QByteArray &text : texts)
            bytes += at("12:00:00,000", text);
        show(bytes);
        setColumns(LogColumn::Time | LogColumn::Level);
        m_view->setZoom(zoom);
        std::ignore = m_view->viewport()->grab();
        QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
        font.setPointSizeF(font.pointSizeF() + zoom);
        const int height = qRound(LogLook::of(font, QPalette()).rowHeight);
        const auto row = [&](int number) {
            return m_view->viewport()->grab(QRect(0, number * height, m_view->gutter().width(), height)).toImage();
        };
        QVERIFY(darkest(row(0)) < 120);
        for (int i = 1; i < texts.size(); ++i)
            QVERIFY2(row(i) == row(0), texts[i].constData());
    }

    void stayWhileOneScrollsSideways()
    {
        show(at("12:00:00,000", QByteArray("wide ").repeated(200)));
        setColumns(LogColumn::Number | LogColumn::Time);
        auto *bar = m_view->horizontalScrollBar();
        QTRY_VERIFY(bar->maximum() > 100);
        const QImage before = cell(LogColumn::Time, 0);
        bar->setValue(bar->maximum());
        QVERIFY(cell(LogColumn::Time, 0) == before);
        QVERIFY(darkest(before) < 120);
    }

    void areNotWrittenOverByWrappedLines()
    {
        show(at("12:00:00,000", QByteArray("wide ").repeated(200)));
        setColumns(all());
        m_view->setWrapping(true);
        QTest::keyClick(m_view, Qt::Key_Home);
        std::ignore = m_view->viewport()->grab();
        const int width = m_view->gutter().width();
        const QImage rest = m_view->viewport()->grab(QRect(0, rowHeight(), width, rowHeight())).toImage();
        QVERIFY(darkest(rest) > 200); // only the first row has something there
        const QImage text = m_view->viewport()
                                ->grab(QRect(width, rowHeight(), m_view->viewport()->width() - width, rowHeight()))
                                .toImage();
        QVERIFY(darkest(text) < 120);
        // The last word of a row is whole: the rows end before the view does.
        QVERIFY(m_view->horizontalScrollBar()->maximum() == 0);
    }

    void doNotMoveToAndFro()
    {
        QByteArray bytes;
        for (int step = 0; step < 3000; ++step) {
            const QByteArray day = step < 1500 ? "2026-11-24 23:00:00,000" : "2026-11-25 01:00:00,000";
            bytes += day + " - agentsociety - INFO - Start simulation day " + QByteArray::number(step / 96) + " at " +
                     QByteArray::number(step % 96 * 900) + ", step " + QByteArray::number(step) + '\n';
        }
        m_pane->resize(1400, 420);
        show(bytes);
        setColumns(all());
        QTRY_VERIFY(!said(LogColumn::Simulated, 3000).last().isEmpty());
        int before = 0;
        for (const int line : {2999, 0, 1490, 2000, 5, 2990, 800, 0}) {
            m_view->setTopLine(line);
            QTRY_VERIFY(!m_view->columnText(LogColumn::Time, m_view->topLine()).text.isEmpty());
            std::ignore = m_view->viewport()->grab();
            QVERIFY2(m_view->gutter().width() >= before, qPrintable(QString::number(line)));
            before = m_view->gutter().width();
        }
        // Two days were on the screen.
        QCOMPARE(m_view->columnText(LogColumn::Time, 0).text, u"11-24 23:00:00.000"_s);
        // Another log begins anew.
        LogFixture other;
        other.append(at("12:00:00,000", "one"));
        m_pane->open(other.path());
        QTRY_COMPARE(m_view->columnText(LogColumn::Time, 0).text, u"12:00:00.000"_s);
        QCOMPARE(m_view->columnText(LogColumn::Simulated, 0).text, QString());
        std::ignore = m_view->viewport()->grab();
        QVERIFY(m_view->gutter().width() < before);
    }

    void leaveTheTextItsRoom()
    {
        show(shortRun());
        setColumns(all());
        QVERIFY(m_view->gutter().has(LogColumn::Simulated));
        for (int width = 900; width >= 120; width -= 60) {
            m_pane->setFixedWidth(qMax(width, m_pane->minimumSizeHint().width()));
            m_view->setFixedWidth(width);
            std::ignore = m_view->viewport()->grab();
            const bool hasColumns = m_view->gutter().has(LogColumn::Time);
            QVERIFY2(!hasColumns || m_view->gutter().width() <= m_view->viewport()->width() / 2 + 1,
                qPrintable(QString::number(width)));
        }
        QVERIFY(!m_view->gutter().has(LogColumn::Time));
        QVERIFY(m_view->gutter().has(LogColumn::Number));
        m_view->setFixedWidth(900);
        std::ignore = m_view->viewport()->grab();
        QVERIFY(m_view->gutter().has(LogColumn::Simulated));
    }
};

QTEST_MAIN(TestLogColumns)
#include "tst_logcolumns.moc"
