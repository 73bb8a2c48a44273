// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/format.h"
#include "ui/logpane.h"

#include "tests/ui/logpanefixture.h"
#include "ui/errorpanel.h"
#include "ui/logscrollbar.h"
#include "ui/statechip.h"

#include <QAccessible>
#include <QDialog>
#include <QElapsedTimer>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <memory>

using namespace society;
using namespace society::ui;
using namespace Qt::StringLiterals;

class TestLogView : public QObject, private LogPaneTest {
    Q_OBJECT
private:
    /// Types into the question where to go.
    void goTo(const QString &text)
    {
        child<QAction>("logGoTo")->trigger();
        QLineEdit *edit = nullptr;
        QTRY_VERIFY(QApplication::activeModalWidget() || m_pane->findChild<QDialog *>());
        for (QDialog *dialog : m_pane->findChildren<QDialog *>())
            edit = dialog->findChild<QLineEdit *>();
        QVERIFY(edit);
        edit->setText(text);
        QTest::keyClick(edit, Qt::Key_Return);
        QTRY_VERIFY(!m_pane->findChild<QDialog *>());
    }
    /// Which rows of the screen have the line of a gap above them.
    QList<int> rowsWithGap()
    {
        const QImage picture = m_view->viewport()->grab().toImage();
        const QColor colour = severityColour(Severity::Information, m_view->palette());
        QList<int> rows;
        for (int row = 0; (row + 1) * rowHeight() < picture.height(); ++row) {
            int pixels = 0;
            for (int x = 0; x < picture.width() / 2; ++x)
                pixels += picture.pixelColor(x, row * rowHeight()) == colour;
            if (pixels > 20)
                rows.append(row);
        }
        return rows;
    }
    static QByteArray at(const QByteArray &time, const QByteArray &text)
    {
        return "2026-11-24 " + time + ",000 - agentsociety - INFO - " + text + '\n';
    }

private slots:
    void init() { makePane(); }
    void cleanup() { dropPane(); }

    void followsTheEnd()
    {
        show(numberedLines(0, 1000));
        QTRY_COMPARE(lastVisible(), u"line 999"_s);
        QVERIFY(m_view->isFollowing());
        m_log->append(numberedLines(1000, 50'000));
        QTRY_COMPARE(lastVisible(), u"line 50999"_s);
        QCOMPARE(m_view->newLines(), 0);
        QVERIFY(child<QToolButton>("logNewLines")->isHidden());
    }

    void keepsItsPlaceWhenThePersonScrollsUp()
    {
        show(numberedLines(0, 1000));
        QTest::keyClick(m_view, Qt::Key_PageUp);
        QVERIFY(!m_view->isFollowing());
        QTRY_VERIFY(!firstVisible().isEmpty());
        const QString before = m_view->visibleText();
        const qint64 top = m_view->topLine();
        m_log->append(numberedLines(1000, 100'000));
        auto *button = child<QToolButton>("logNewLines");
        QTRY_COMPARE(m_view->newLines(), 100'000);
        QCOMPARE(m_view->topLine(), top);
        QCOMPARE(m_view->visibleText(), before);
        QTRY_VERIFY(button->isVisible());
        QVERIFY2(
            button->text().contains(u"100,000"_s) || button->text().contains(u"100000"_s), qPrintable(button->text()));

        QTest::keyClick(m_view, Qt::Key_End);
        QVERIFY(m_view->isFollowing());
        QTRY_COMPARE(lastVisible(), u"line 100999"_s);
        QVERIFY(button->isHidden());
        QTest::keyClick(m_view, Qt::Key_Home);
        QTRY_COMPARE(firstVisible(), u"line 0"_s);
        QVERIFY(!m_view->isFollowing());
        m_log->append("one more\n");
        QTRY_VERIFY(button->isVisible());
        QTest::mouseClick(button, Qt::LeftButton);
        QTRY_COMPARE(lastVisible(), u"one more"_s);
        QVERIFY(m_view->isFollowing());
    }

    void showsTheLinesOfTheFileWhereverOneGoesWhileItGrows()
    {
        QRandomGenerator random(28);
        QByteArray bytes; // cut anywhere when written, also within a character
        for (int i = 0; i < 20'000; ++i)
            bytes += "line " + QByteArray::number(i) + QByteArray(random.bounded(60), ' ') + "\xe4\xbd\xa0\n";
        const QStringList reference = QString::fromUtf8(bytes).split(u'\n');
        qsizetype written = 3000;
        show(bytes.first(written));
        const QList<Qt::Key> keys = {Qt::Key_PageUp, Qt::Key_PageDown, Qt::Key_Home, Qt::Key_End, Qt::Key_Up};
        while (written < bytes.size()) {
            const qint64 kept = m_view->isFollowing() ? -1 : m_view->topLine();
            const qsizetype more = std::min<qsizetype>(random.bounded(30'000), bytes.size() - written);
            m_log->append(bytes.sliced(written, more));
            written += more;
            QTRY_COMPARE(m_pane->document().byteCount(), written);
            if (kept >= 0)
                QCOMPARE(m_view->topLine(), kept);
            if (random.bounded(3) == 0)
                m_view->goToLine(random.bounded(m_pane->document().lineCount()));
            else
                QTest::keyClick(m_view, keys[random.bounded(qint32(keys.size()))]);
            const auto isTrue = [&] {
                const qint64 top = m_view->topLine();
                const QStringList lines = m_view->visibleText().split(u'\n');
                // The last one may not be written to its end.
                const bool isWhole = top + lines.size() < m_pane->document().lineCount();
                const qsizetype count = lines.size() - (isWhole ? 0 : 1);
                return count > 0 && m_view->lastVisibleLine() == top + lines.size() - 1 &&
                       lines.first(count) == reference.sliced(top, count);
            };
            QTRY_VERIFY2(isTrue(), qPrintable(m_view->visibleText()));
        }
    }

    void scrollingDownToTheEndResumes()
    {
        show(numberedLines(0, 200));
        QTest::keyClick(m_view, Qt::Key_Up);
        QVERIFY(!m_view->isFollowing());
        QVERIFY(!child<QToolButton>("logFollowButton")->isChecked());
        QTest::keyClick(m_view, Qt::Key_Down);
        QVERIFY(m_view->isFollowing());
        QVERIFY(child<QToolButton>("logFollowButton")->isChecked());
        m_view->verticalScrollBar()->setValue(3);
        QVERIFY(!m_view->isFollowing());
        QTRY_COMPARE(firstVisible(), u"line 3"_s);
        m_view->verticalScrollBar()->setValue(m_view->verticalScrollBar()->maximum());
        QVERIFY(m_view->isFollowing());
    }

    void showsALineThatGrows()
    {
        show("one\ntw");
        QCOMPARE(lastVisible(), u"tw"_s);
        m_log->append("o");
        QTRY_COMPARE(lastVisible(), u"two"_s);
        m_log->append("\nthree");
        QTRY_COMPARE(m_view->visibleText(), u"one\ntwo\nthree"_s);
    }

    void startsOverWhenTheFileIsReplaced()
    {
        show(numberedLines(0, 500));
        m_log->replace("new\n");
        QTRY_COMPARE(m_view->visibleText(), u"new"_s);
        QVERIFY(m_view->isFollowing());
    }

    void wrapsAtTheSamePlace()
    {
        QByteArray bytes;
        for (int i = 0; i < 300; ++i)
            bytes += "line " + QByteArray::number(i) + ' ' + QByteArray("word ").repeated(60) + '\n';
        show(bytes);
        m_view->goToLine(100);
        QTRY_VERIFY(firstVisible().startsWith(u"line "_s));
        const QString before = firstVisible();
        QTest::keyClick(m_view, Qt::Key_Z, Qt::AltModifier);
        QVERIFY(m_view->isWrapping());
        QCOMPARE(firstVisible(), before);
        QCOMPARE(m_view->horizontalScrollBar()->maximum(), 0);
        const qint64 line = m_view->topLine();
        QTest::keyClick(m_view, Qt::Key_Down); // a row of the same line
        QCOMPARE(m_view->topLine(), line);
        for (int i = 0; i < 10; ++i)
            QTest::keyClick(m_view, Qt::Key_Down);
        QVERIFY(m_view->topLine() > line);
        QTest::keyClick(m_view, Qt::Key_End);
        QTRY_VERIFY(lastVisible().startsWith(u"line 299"_s));
        QVERIFY(m_fixture->settings.flag(u"log/wrap"_s, false));
    }

    void selectsAndCopiesByKeyboard()
    {
        show("first\n\x1b[31msecond\x1b[0m\nthird\n");
        m_view->setFocus();
        m_view->goToLine(1);
        for (int i = 0; i < 3; ++i)
            QTest::keyClick(m_view, Qt::Key_Right, Qt::ShiftModifier);
        QCOMPARE(copied(), u"sec"_s);
        QTest::keyClick(m_view, Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(copied(), u"second\nthi"_s);
        QTest::keyClick(m_view, Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(copied(), u"first\nsecond\nthird"_s);
        QTest::keyClick(m_view, Qt::Key_Escape);
        QVERIFY(!m_view->hasSelection());
    }

    void copiesAcrossLinesThatAreNotOnTheScreen()
    {
        show(numberedLines(0, 50'000));
        m_view->goToLine(10);
        QTest::keyClick(m_view, Qt::Key_End, Qt::ShiftModifier | Qt::ControlModifier);
        const QString text = copied();
        QCOMPARE(text.count(u'\n'), 49'989);
        QVERIFY(text.startsWith(u"line 10\n"_s) && text.endsWith(u"\nline 49999"_s));
    }

    // Shown in its own direction, copied as it is in the file, found by what is written.
    void keepsRightToLeftText()
    {
        const QString lines = u"agent 7: תושב הגיע לשוק 12\nagent 8: وصل إلى السوق في ١٢\nagent 9: home"_s;
        show(lines.toUtf8() + '\n');
        QTRY_VERIFY2(m_view->visibleText().contains(lines), qPrintable(m_view->visibleText()));
        QTest::keyClick(m_view, Qt::Key_Home, Qt::ControlModifier);
        QTest::keyClick(m_view, Qt::Key_End, Qt::ShiftModifier | Qt::ControlModifier);
        QVERIFY2(copied().startsWith(lines), qPrintable(copied()));
        m_view->goToLine(1);
        QTest::keyClick(m_view, Qt::Key_End, Qt::ShiftModifier);
        QCOMPARE(copied(), lines.section(u'\n', 1, 1));
    }

    void selectsByMouse()
    {
        show(numberedLines(0, 20));
        const auto at = [&](int row, int x) { return QPoint(x, row * rowHeight() + rowHeight() / 2); };
        QWidget *port = m_view->viewport();
        QTest::mouseDClick(port, Qt::LeftButton, {}, at(2, 130));
        QVERIFY(m_view->hasSelection());
        QCOMPARE(m_view->selectionStart().line, 2);
        QTest::mouseClick(port, Qt::LeftButton, {}, at(4, 4)); // on its number
        QCOMPARE(copied(), u"line 4\n"_s);
        QTest::mousePress(port, Qt::LeftButton, {}, at(1, 300));
        QTest::mouseMove(port, at(3, 300));
        QTest::mouseRelease(port, Qt::LeftButton, {}, at(3, 300));
        QCOMPARE(m_view->selectionStart().line, 1);
        QCOMPARE(m_view->selectionEnd().line, 3);
        QCOMPARE(copied(), u"\nline 2\nline 3"_s);
    }

    void findsWhileTheFileGrows()
    {
        show(numberedLines(0, 30'000));
        m_view->goToLine(0);
        QTest::keyClick(m_view, Qt::Key_F, Qt::ControlModifier);
        auto *find = child<QLineEdit>("logFindText");
        QVERIFY(find->hasFocus());
        QTest::keyClicks(find, u"9999"_s);
        auto *hits = child<QLabel>("logHits");
        QTRY_COMPARE(hits->text(), u"3 hit(s)"_s);
        QTest::keyClick(find, Qt::Key_Return);
        QTRY_COMPARE(m_view->currentLine(), 9999);
        QCOMPARE(hits->text(), u"1 of 3"_s);
        QTRY_VERIFY(m_view->visibleText().contains(u"line 9999"_s));
        QVERIFY(!m_view->isFollowing());
        QTest::keyClick(m_view, Qt::Key_F3);
        QCOMPARE(m_view->currentLine(), 19'999);
        QTest::keyClick(m_view, Qt::Key_F3, Qt::ShiftModifier);
        QCOMPARE(m_view->currentLine(), 9999);
        QTest::keyClick(m_view, Qt::Key_F3, Qt::ShiftModifier); // before the first comes the last
        QCOMPARE(m_view->currentLine(), 29'999);
        m_log->append(numberedLines(30'000, 20'000));
        QTRY_COMPARE(hits->text(), u"3 of 5"_s);
        find->setFocus();
        QTest::keyClick(find, Qt::Key_Escape);
        QVERIFY(find->text().isEmpty());
        QVERIFY(m_view->hasFocus());
    }

    void tellsABadPatternAndNoHits()
    {
        show(numberedLines(0, 10));
        auto *find = child<QLineEdit>("logFindText");
        auto *hits = child<QLabel>("logHits");
        QTest::keyClicks(find, u"nothing like it"_s);
        QTRY_COMPARE(hits->text(), u"no hits"_s);
        find->clear();
        QTest::mouseClick(child<QToolButton>("logRegex"), Qt::LeftButton);
        QTest::keyClicks(find, u"li(ne"_s);
        auto *problem = child<QLabel>("logFindProblem");
        QTRY_VERIFY2(problem->text().contains(u"not a regular expression"_s), qPrintable(problem->text()));
        QVERIFY(problem->isVisible());
        QCOMPARE(hits->text(), QString());
        find->setText(u"LINE [13]$"_s);
        QTRY_COMPARE(hits->text(), u"2 hit(s)"_s);
        QVERIFY(!problem->isVisible());
        QTest::mouseClick(child<QToolButton>("logCase"), Qt::LeftButton);
        QTRY_COMPARE(hits->text(), u"no hits"_s);
    }

    void stepsThroughErrors()
    {
        const QByteArray head = "2026-11-24 02:03:25,086 - agentsociety - ";
        show(numberedLines(0, 300) + head + "ERROR - first\n" + numberedLines(0, 300) + head + "ERROR - second\n" +
             numberedLines(0, 50));
        QTRY_VERIFY(child<QLabel>("logStatus")->text().contains(u"2 error line(s)"_s));
        m_view->goToLine(0);
        QTest::keyClick(m_view, Qt::Key_F4);
        QCOMPARE(m_view->currentLine(), 300);
        QTest::keyClick(m_view, Qt::Key_F4);
        QCOMPARE(m_view->currentLine(), 601);
        QTRY_VERIFY(m_view->visibleText().contains(u"ERROR - second"_s));
    }

    void goesToALineOrTime()
    {
        QByteArray bytes;
        for (int i = 0; i < 2000; ++i)
            bytes +=
                QDateTime(QDate(2026, 11, 24), QTime(12, 0)).addSecs(i).toString(u"yyyy-MM-dd HH:mm:ss"_s).toUtf8() +
                ",000 - agentsociety - INFO - x\n";
        show(bytes);
        goTo(u"1204"_s);
        QTRY_COMPARE(m_view->currentLine(), 1203);
        goTo(u"12:01:07"_s);
        QTRY_COMPARE(m_view->currentLine(), 67);
        goTo(u"23:59"_s); // after the end
        QTRY_COMPARE(m_view->currentLine(), 1999);
        QTRY_VERIFY(child<QLabel>("logStatus")->text().contains(u"the last line"_s));
        goTo(u"soon"_s);
        QTRY_VERIFY(m_pane->findChild<ErrorPanel *>()->hasError());
        goTo(u"2000"_s);
        QTRY_COMPARE(m_view->currentLine(), 1999);
        for (const QString &outside : {u"0"_s, u"-3"_s, u"2001"_s}) {
            m_pane->findChild<ErrorPanel *>()->clear();
            goTo(outside);
            QTRY_VERIFY(m_pane->findChild<ErrorPanel *>()->hasError());
            QCOMPARE(m_view->currentLine(), 1999); // where it was
        }
    }

    void saysThatATimeNeedsItsDayWhereTheLogBeginsWithout()
    {
        show(numberedLines(0, 1200) + "2026-11-24 12:00:00,000 - agentsociety - INFO - x\n" + numberedLines(0, 50));
        m_view->goToLine(3);
        goTo(u"12:00"_s);
        QTRY_VERIFY(m_pane->findChild<ErrorPanel *>()->hasError());
        QCOMPARE(m_view->currentLine(), 3); // where it was
        m_pane->findChild<ErrorPanel *>()->clear();
        goTo(u"2026-11-24 12:00:00"_s); // as the message says
        QTRY_COMPARE(m_view->currentLine(), 1200);
        QVERIFY(!m_pane->findChild<ErrorPanel *>()->hasError());
    }

    void showsALongLineWhole()
    {
        show("short\n" + QByteArray(100'000, 'x') + "\n");
        m_view->goToLine(1);
        QVERIFY(m_view->visibleText().size() < 10'000);
        child<QAction>("logWholeLineAction")->trigger();
        QDialog *dialog = nullptr;
        QTRY_VERIFY((dialog = m_pane->findChild<QDialog *>(u"logWholeLine"_s)));
        QTRY_COMPARE(dialog->findChild<QPlainTextEdit *>()->toPlainText().size(), 100'000);
    }

    void savesTheWholeLog()
    {
        const QByteArray bytes = numberedLines(0, 1000) + "\xff end";
        show(bytes);
        child<QAction>("logSave")->trigger();
        QFileDialog *dialog = nullptr;
        QTRY_VERIFY((dialog = m_pane->findChild<QFileDialog *>()));
        const QString target = m_log->other(u"saved.txt"_s);
        emit dialog->fileSelected(target);
        QTRY_VERIFY(child<QLabel>("logStatus")->text().contains(target));
        QFile saved(target);
        QVERIFY(saved.open(QIODevice::ReadOnly));
        QVERIFY(saved.readAll() == bytes);
    }

    void zooms()
    {
        show(numberedLines(0, 1000));
        const qint64 lines = m_view->lastVisibleLine() - m_view->topLine();
        for (int i = 0; i < 6; ++i)
            QTest::keyClick(m_view, Qt::Key_Plus, Qt::ControlModifier);
        QTRY_VERIFY(m_view->lastVisibleLine() - m_view->topLine() < lines);
        QTRY_COMPARE(lastVisible(), u"line 999"_s);
        QCOMPARE(m_fixture->settings.number(u"log/zoom"_s, 0), 6);
        QTest::keyClick(m_view, Qt::Key_0, Qt::ControlModifier);
        QCOMPARE(m_view->zoom(), 0);
    }

    void isReadToScreenReaders()
    {
        show("one\ntwo\n");
        QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(m_view);
        QVERIFY(interface);
        QCOMPARE(interface->text(QAccessible::Name), u"Log"_s);
        QCOMPARE(interface->text(QAccessible::Value), u"one\ntwo"_s);
        QVERIFY(interface->state().readOnly);
    }

    void paintsColoursAndMarks()
    {
        show("\x1b[31mMMMM MMMM MMMM MMMM\x1b[0m\nplain\n");
        const QImage picture = m_view->viewport()->grab().toImage();
        const int height = rowHeight();
        const auto redPixels = [&](int fromY, int toY) {
            int red = 0;
            for (int y = fromY; y < toY; ++y) {
                for (int x = 0; x < picture.width(); ++x) {
                    const QColor colour = picture.pixelColor(x, y);
                    red += colour.red() > colour.green() + 60 && colour.red() > colour.blue() + 60;
                }
            }
            return red;
        };
        // Capitals stand in the upper half of their row, too, and nothing of them in the next one.
        QVERIFY2(redPixels(0, height / 2) > 10, qPrintable(QString::number(redPixels(0, height / 2))));
        QVERIFY2(redPixels(0, height) > 20, qPrintable(QString::number(redPixels(0, height))));
        QCOMPARE(redPixels(height, 2 * height), 0);
    }

    void marksGapsInTime_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("rows"); // on the screen
        QTest::addColumn<QList<int>>("gaps");
        const QByteArray first = at("12:00:00", "a");
        const QByteArray late = at("12:10:00", "b");
        const QByteArray trace =
            "Traceback (most recent call last):\n  File \"a.py\", line 1, in f\n    g()\nKeyError: 1\n";
        QTest::newRow("next to each other") << first + late << 2 << QList<int>{1};
        QTest::newRow("no gap") << first + at("12:00:59", "b") << 2 << QList<int>{};
        QTest::newRow("a line without a time") << first + "no time\n" + late << 3 << QList<int>{2};
        QTest::newRow("a progress bar") << first + "10 %\r20 %\n" + late << 3 << QList<int>{2};
        QTest::newRow("a closed traceback") << first + trace + late << 3 << QList<int>{2};
        QTest::newRow("repeated lines") << at("12:00:00", "r") + at("12:00:01", "r") + at("12:00:02", "r") + late << 2
                                        << QList<int>{1};
        QTest::newRow("repeated lines that lead up to it")
            << at("12:00:00", "r") + at("12:05:00", "r") + at("12:09:50", "r") + late << 2 << QList<int>{};
    }

    void marksGapsInTime()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, rows);
        QFETCH(QList<int>, gaps);
        show(bytes);
        QTRY_COMPARE(m_view->shown().count(), rows);
        QTRY_COMPARE(rowsWithGap(), gaps);
    }

    void saysHowLongBesideTheTextNotOverIt()
    {
        const QByteArray wide = QByteArray("wide ").repeated(200);
        show(at("12:00:00", "short") + at("12:10:00", wide) + at("12:20:00", "short") + at("12:20:01", wide) +
             at("12:30:00", wide));
        QTRY_COMPARE(rowsWithGap(), (QList<int>{1, 2, 4}));
        const QImage picture = m_view->viewport()->grab().toImage();
        const QColor colour = severityColour(Severity::Information, m_view->palette());
        QList<bool> rows; // that have words in that colour at their right, the dashes aside
        for (int row = 0; row < 5; ++row) {
            int pixels = 0;
            for (int y = row * rowHeight() + 2; y < (row + 1) * rowHeight() - 1; ++y) {
                for (int x = picture.width() - 120; x < picture.width(); ++x)
                    pixels += picture.pixelColor(x, y) == colour;
            }
            rows += pixels > 0;
        }
        // Above the second line, in the third; between the last two there is no room.
        QCOMPARE(rows, (QList<bool>{true, false, true, false, false}));
        // There the pointer tells it.
        const auto noteAbove = [this](int row) { return m_view->noteAt(QPoint(200, row * rowHeight() + 1)); };
        QVERIFY2(noteAbove(4).contains(models::duration(599'000)), qPrintable(noteAbove(4)));
        QVERIFY(noteAbove(1).contains(models::duration(600'000)));
        QCOMPARE(noteAbove(3), QString());
    }

    void marksNoGapBetweenLinesOfAFilter()
    {
        show(at("12:00:00", "wanted") + at("12:05:00", "other") + at("12:05:01", "wanted"));
        QTRY_COMPARE(rowsWithGap(), QList<int>{1});
        child<QLineEdit>("logFindText")->setText(u"wanted"_s);
        child<QAction>("logOnlyHits")->setChecked(true);
        QTRY_COMPARE(m_view->shown().count(), 2);
        QTRY_VERIFY(m_view->visibleText().count(u"wanted"_s) == 2);
        QCOMPARE(rowsWithGap(), QList<int>{}); // something was written meanwhile
    }

    void describesTheHitToScreenReaders()
    {
        show(numberedLines(0, 100'000));
        m_view->goToLine(50'000);
        child<QLineEdit>("logFindText")->setText(u"line 5000"_s);
        QTRY_COMPARE(m_pane->search().hits().count(), 11);
        QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(m_view);
        const auto description = [interface] { return interface->text(QAccessible::Description); };
        child<QAction>("logNext")->trigger(); // on the same screen
        QTRY_VERIFY2(description().endsWith(u": line 50001"_s), qPrintable(description()));
        child<QAction>("logPrevious")->trigger();
        child<QAction>("logPrevious")->trigger(); // far away
        QTRY_VERIFY2(description().endsWith(u": line 5000"_s), qPrintable(description()));
    }

    void paintsNothingWhileNothingHappens()
    {
        show(QByteArray("a line that is wider than the view, ").repeated(20) + "\n" + numberedLines(0, 100));
        QTRY_VERIFY(m_view->isFollowing());
        QTest::keyClick(m_view, Qt::Key_Home);
        QTRY_VERIFY(m_view->horizontalScrollBar()->isVisible());
        struct Counter : QObject {
            int paints = 0;
            bool eventFilter(QObject *, QEvent *event) override
            {
                paints += event->type() == QEvent::Paint;
                return false;
            }
        } counter;
        m_view->viewport()->installEventFilter(&counter);
        QElapsedTimer passed;
        passed.start();
        QTRY_VERIFY(passed.elapsed() > 500);
        QVERIFY2(counter.paints <= 3, qPrintable(QString::number(counter.paints)));
        QVERIFY(m_view->horizontalScrollBar()->isVisible());
    }

    void waitsForALogWithWords()
    {
        m_pane->setLive(true);
        m_pane->open(m_log->path());
        QTRY_COMPARE(m_pane->document().state(), log::LogDocument::State::Missing);
        QCOMPARE(m_view->visibleText(), QString());
        m_log->append("here\n");
        QTRY_COMPARE(m_view->visibleText(), u"here"_s);
    }

    void survivesOddInput()
    {
        show(QByteArray("\0\x1b[\xff\n\r\n", 7) + "\u202e right to left \u05d0\n" + QByteArray(20'000, '\t') +
             "\n你好\xe4");
        m_view->setWrapping(true);
        m_view->viewport()->grab();
        m_view->resize(90, 60);
        m_view->viewport()->grab();
        m_view->setWrapping(false);
        QTest::keyClick(m_view, Qt::Key_Home);
        m_view->viewport()->grab();
        QTRY_VERIFY(m_view->visibleText().contains(u"␀"_s));
    }
};

QTEST_MAIN(TestLogView)
#include "tst_logview.moc"
