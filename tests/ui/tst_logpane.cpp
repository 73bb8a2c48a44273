// SPDX-License-Identifier: GPL-3.0-or-later
// Finding, filtering, folding, troubles, marks and saving, by the keys and buttons that a person has.
#include "ui/logpane.h"

#include "tests/ui/logpanefixture.h"
#include "ui/datatable.h"
#include "ui/errorpanel.h"
#include "ui/logtroubles.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QDialog>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QTemporaryFile>
#include <QToolButton>

using namespace society;
using namespace society::ui;
using namespace Qt::StringLiterals;

namespace {

const QByteArray head = "2026-11-24 02:03:25,086 - agentsociety - ";

QByteArray traceback(const QByteArray &error)
{
    return "Traceback (most recent call last):\n  File \"a.py\", line 1, in f\n    g()\n  File \"b.py\", line 2, in "
           "g\n" +
           error + "\n";
}

} // namespace

class TestLogPane : public QObject, private LogPaneTest {
    Q_OBJECT
private:
    void find(const QString &text)
    {
        auto *edit = child<QLineEdit>("logFindText");
        edit->setFocus();
        edit->selectAll();
        if (text.isEmpty())
            edit->clear();
        QTest::keyClicks(edit, text);
    }
    QString hits() { return child<QLabel>("logHits")->text(); }
    QString status() { return child<QLabel>("logStatus")->text(); }
    void press(const char *action) { child<QAction>(action)->trigger(); }
    /// Numbers of the lines on the screen, from 0.
    QList<qint64> linesShown()
    {
        QList<qint64> lines;
        const LogShown &shown = m_view->shown();
        for (const qint64 line : shown.lines(shown.placeOf(m_view->topLine()), 1000)) {
            if (line <= m_view->lastVisibleLine())
                lines.append(line);
        }
        return lines;
    }
    /// Chooses a file in the dialog that is open.
    void chooseTarget(const QString &target)
    {
        QFileDialog *dialog = nullptr;
        QTRY_VERIFY((dialog = m_pane->findChild<QFileDialog *>()));
        emit dialog->fileSelected(target);
        dialog->close();
        QTRY_VERIFY(!m_pane->findChild<QFileDialog *>());
    }

private slots:
    void init() { makePane(); }
    void cleanup() { dropPane(); }

    void findsWholeWordsAndLinesWithout()
    {
        show("map\nmaps\nthe map here\nnothing\n");
        find(u"map"_s);
        QTRY_COMPARE(hits(), u"3 hit(s)"_s);
        QTest::mouseClick(child<QToolButton>("logWord"), Qt::LeftButton);
        QTRY_COMPARE(hits(), u"2 hit(s)"_s);
        press("logInverse");
        QTRY_COMPARE(hits(), u"2 hit(s)"_s);
        QVERIFY(m_pane->search().hits().contains(1) && m_pane->search().hits().contains(3));
        QVERIFY(child<QToolButton>("logFindOptions")->text().contains(u'≠'));
    }

    void findsSeveralWords()
    {
        show("red\ngreen\nred and green\nred  then green blue\n");
        find(u"red green"_s);
        QTRY_COMPARE(hits(), u"no hits"_s);
        press("logAnyWord");
        QTRY_COMPARE(hits(), u"4 hit(s)"_s);
        press("logAllWords");
        QTRY_COMPARE(hits(), u"2 hit(s)"_s);
        find(u"\"and green\" red"_s);
        QTRY_COMPARE(hits(), u"1 hit(s)"_s);
        press("logOneText");
        QTRY_COMPARE(hits(), u"no hits"_s);
    }

    void tellsThatAPatternTakesTooLong()
    {
        show(QByteArray(60, 'x') + "z\n");
        QTest::mouseClick(child<QToolButton>("logRegex"), Qt::LeftButton);
        find(u"(x+x+)+(y|w)"_s);
        auto *problem = child<QLabel>("logFindProblem");
        QTRY_VERIFY_WITH_TIMEOUT(problem->isVisible(), 20'000);
        QVERIFY2(problem->text().size() > 20, qPrintable(problem->text()));
        find(u"z"_s);
        QTRY_COMPARE(hits(), u"1 hit(s)"_s);
        QVERIFY(!problem->isVisible());
    }

    void stepsWithShiftReturn()
    {
        show("hit 0\nno\nhit 2\nno\nhit 4\n");
        auto *edit = child<QLineEdit>("logFindText");
        find(u"hit"_s);
        QTest::keyClick(edit, Qt::Key_Return); // right after typing
        QTRY_COMPARE(m_pane->search().hits().count(), 3);
        QTest::keyClick(edit, Qt::Key_Return);
        const qint64 first = m_view->currentLine();
        QTest::keyClick(edit, Qt::Key_Return);
        QVERIFY(m_view->currentLine() != first);
        QTest::keyClick(edit, Qt::Key_Return, Qt::ShiftModifier);
        QCOMPARE(m_view->currentLine(), first);
    }

    void filtersToHitsAndKeepsThePlace()
    {
        QByteArray bytes;
        for (int i = 0; i < 3000; ++i)
            bytes += i % 10 == 5 ? "hit " + QByteArray::number(i) + "\n" : "line " + QByteArray::number(i) + "\n";
        show(bytes);
        find(u"hit"_s);
        QTRY_COMPARE(hits(), u"300 hit(s)"_s);
        m_view->setTopLine(1232);
        QTRY_COMPARE(firstVisible(), u"line 1232"_s);
        const QString before = m_view->visibleText();
        m_view->setFocus();
        QTest::keyClick(m_view, Qt::Key_L, Qt::ControlModifier);
        QVERIFY(m_view->isFiltered());
        QTRY_COMPARE(firstVisible(), u"hit 1225"_s); // the hit before the place
        QCOMPARE(linesShown().mid(0, 3), (QList<qint64>{1225, 1235, 1245}));
        QVERIFY2(status().contains(u"300 on show"_s), qPrintable(status()));

        press("logContext1");
        QTRY_COMPARE(firstVisible().section(u' ', 1), u"1226"_s); // with its neighbours: just before it
        QCOMPARE(linesShown().mid(0, 5), (QList<qint64>{1226, 1234, 1235, 1236, 1244}));
        press("logContext3");
        QTRY_COMPARE(m_view->topLine(), 1232);
        press("logContext0");
        QTRY_COMPARE(m_view->topLine(), 1225);

        QTest::keyClick(m_view, Qt::Key_L, Qt::ControlModifier);
        QVERIFY(!m_view->isFiltered());
        QCOMPARE(m_view->topLine(), 1232);
        QTRY_COMPARE(m_view->visibleText(), before);
    }

    void filtersWhileTheLogGrows()
    {
        show(numberedLines(0, 2000));
        find(u"99"_s);
        QTRY_VERIFY(hits().contains(u"hit(s)"_s));
        press("logOnlyHits");
        QTRY_COMPARE(lastVisible(), u"line 1999"_s);
        QVERIFY(m_view->isFollowing());
        m_log->append(numberedLines(2000, 10'000));
        QTRY_COMPARE(lastVisible(), u"line 11999"_s);
        QVERIFY(m_view->visibleText().startsWith(u"line "_s));
        for (const QString &text : m_view->visibleText().split(u'\n'))
            QVERIFY2(text.contains(u"99"_s), qPrintable(text));
        QTest::keyClick(m_view, Qt::Key_PageUp);
        const QString before = m_view->visibleText();
        m_log->append(numberedLines(12'000, 10'000));
        QTRY_VERIFY(m_view->newLines() > 0);
        QTRY_COMPARE(m_pane->document().lineCount(), 22'000);
        QTRY_VERIFY(!m_pane->search().isRunning());
        QCOMPARE(m_view->visibleText(), before);
        // Another text: other lines, at the same place.
        find(u"55"_s);
        QTRY_VERIFY(m_view->visibleText().contains(u"55"_s));
        QVERIFY(qAbs(m_view->topLine() - before.section(u'\n', 0, 0).section(u' ', 1).toLongLong()) < 200);
        // A line that is not on show is shown all the same.
        m_pane->goToLine(7);
        QVERIFY(!m_view->isFiltered());
        QTRY_VERIFY(m_view->visibleText().contains(u"line 7\n"_s));
        QVERIFY2(status().contains(u"line 8"_s), qPrintable(status()));
    }

    /// A last line that is a hit no longer when it goes on costs the filter nothing of what it has gathered.
    void keepsWhatItFilteredWhenAHitIsTakenBack()
    {
        constexpr int count = 40'000; // more than are gathered at a time
        show(QByteArray("a hit\n").repeated(count) + "a hit");
        QTest::mouseClick(child<QToolButton>("logWord"), Qt::LeftButton);
        find(u"hit"_s);
        QTRY_COMPARE(m_pane->search().hits().count(), count + 1);
        LogFilter filter(m_pane->document(), m_pane->search());
        QTRY_COMPARE(filter.lines().count(), count + 1);
        qint64 fewest = filter.lines().count();
        connect(&filter, &LogFilter::changed, &filter, [&] { fewest = std::min(fewest, filter.lines().count()); });
        m_log->append("ting\n");
        QTRY_COMPARE(m_pane->search().hits().count(), count);
        QTRY_COMPARE(filter.lines().count(), count);
        QCOMPARE(fewest, count);
        m_log->append("another hit\nand\n");
        QTRY_COMPARE(filter.lines().count(), count + 1);
        QCOMPARE(filter.lines().at(count), count + 1);
    }

    void filtersByLevel()
    {
        show((head + "INFO - one\nplain\n" + head + "WARNING - two\n" + head + "ERROR - three\n").repeated(50));
        auto *level = child<QComboBox>("logLevel");
        level->setCurrentIndex(2);
        QTRY_COMPARE(m_view->shown().count(), 100);
        QCOMPARE(linesShown().last(), 199);
        level->setCurrentIndex(3);
        QTRY_COMPARE(m_view->shown().count(), 50);
        level->setCurrentIndex(1);
        QTRY_COMPARE(m_view->shown().count(), 150);
        find(u"two"_s);
        press("logOnlyHits");
        QTRY_COMPARE(m_view->shown().count(), 50);
        level->setCurrentIndex(3);
        QTRY_COMPARE(m_pane->search().hits().count(), 50);
        QTRY_COMPARE(m_view->shown().count(), 0); // no error says "two"
        QVERIFY(m_view->viewport()->grab().width() > 0);
        level->setCurrentIndex(0);
        press("logOnlyHits");
        QTRY_COMPARE(m_view->shown().count(), 200);
    }

    void copiesWhatAFilterShows()
    {
        show(numberedLines(0, 1000));
        find(u"00"_s);
        QTRY_COMPARE(hits(), u"9 hit(s)"_s);
        press("logOnlyHits");
        QTRY_COMPARE(m_view->shown().count(), 9);
        m_view->setFocus();
        QTest::keyClick(m_view, Qt::Key_A, Qt::ControlModifier);
        QStringList expected;
        for (int i = 100; i < 1000; i += 100)
            expected.append(u"line %1"_s.arg(i));
        QCOMPARE(copied(), expected.join(u'\n'));
    }

    void showsAnotherLogAfterOneThatEndsFolded()
    {
        show("start\n" + traceback("ValueError: no map"));
        QTRY_COMPARE(m_view->shown().count(), 2);
        QTemporaryFile other;
        QVERIFY(other.open());
        for (int i = 0; i < 2000; ++i)
            other.write("other " + QByteArray::number(i) + '\n');
        QVERIFY(other.flush());
        m_pane->open(other.fileName());
        QTRY_VERIFY(lastVisible().endsWith(u"other 1999"_s));
        m_pane->goToLine(1000);
        QTRY_VERIFY(m_view->visibleText().contains(u"other 1000\n"_s));
        QVERIFY(m_view->visibleText().contains(u"other 1005\n"_s));
    }

    void foldsTracebacksAndRepeatedLines()
    {
        const QByteArray bytes = "start\n" + traceback("ValueError: no map") + "between\n" +
                                 (head + "INFO - waiting\n").repeated(37) + "end\n";
        show(bytes);
        QTRY_COMPARE(m_view->shown().count(), 5);
        QTRY_COMPARE(m_view->visibleText().split(u'\n').size(), 5);
        const QStringList rows = m_view->visibleText().split(u'\n');
        QVERIFY2(
            rows[1].contains(u"4 more line(s)"_s) && rows[1].endsWith(u"ValueError: no map"_s), qPrintable(rows[1]));
        QVERIFY2(rows[3].endsWith(u"×37"_s), qPrintable(rows[3]));
        QCOMPARE(linesShown(), (QList<qint64>{0, 1, 6, 7, 44}));

        // By its sign in the margin.
        QWidget *port = m_view->viewport();
        int x = 0; // beside the number, left of the text
        for (int column = 0; column < 200; ++column) {
            QTest::mouseClick(port, Qt::LeftButton, {}, QPoint(column, rowHeight() * 3 / 2));
            if (m_view->shown().count() > 5) {
                x = column;
                break;
            }
        }
        QVERIFY(x > 0);
        QCOMPARE(m_view->shown().count(), 9);
        QVERIFY(m_view->visibleText().contains(u"File \"b.py\""_s));
        QTest::mouseClick(port, Qt::LeftButton, {}, QPoint(x, rowHeight() * 3 / 2));
        QCOMPARE(m_view->shown().count(), 5);

        // By keyboard, at the cursor's line.
        m_view->setFocus();
        m_view->goToLine(7);
        QTest::keyClick(m_view, Qt::Key_Right);
        QCOMPARE(m_view->shown().count(), 41);
        QTest::keyClick(m_view, Qt::Key_Left);
        QCOMPARE(m_view->shown().count(), 5);
        QTest::keyClick(m_view, Qt::Key_Plus);
        QCOMPARE(m_view->shown().count(), 41);
        QTest::keyClick(m_view, Qt::Key_Minus);
        QCOMPARE(m_view->shown().count(), 5);
        // All of them, remembered.
        QTest::keyClick(m_view, Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(m_view->shown().count(), 45);
        QVERIFY(!m_fixture->settings.flag(u"log/folded"_s, true));
        QTest::keyClick(m_view, Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(m_view->shown().count(), 5);
        // What is gone to is opened; the other fold stays closed.
        m_view->goToLine(3);
        QCOMPARE(m_view->shown().count(), 9);
        // A copy is the file's text, folded or not.
        QTest::keyClick(m_view, Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(copied(), QString::fromUtf8(bytes).trimmed());
    }

    void keepsItsPlaceWhileFoldsCome()
    {
        show(numberedLines(0, 500));
        QTest::keyClick(m_view, Qt::Key_PageUp);
        const QString before = m_view->visibleText();
        QByteArray bytes;
        for (int i = 0; i < 20'000; ++i)
            bytes += "same\nsame\nsame\nsame\nline " + QByteArray::number(500 + i) + "\n";
        m_log->append(bytes);
        QTRY_COMPARE(m_view->newLines(), 100'000);
        QTRY_COMPARE(m_view->shown().count(), 40'500);
        QCOMPARE(m_view->visibleText(), before);
        QTest::keyClick(m_view, Qt::Key_End);
        QTRY_COMPARE(lastVisible(), u"line 20499"_s);
        QTRY_VERIFY(m_view->visibleText().contains(u"same  ×4"_s));
        // Folds closed or opened above it do not move what is at the top.
        m_view->setTopLine(50'500);
        const QString top = firstVisible();
        press("logFold");
        QCOMPARE(m_view->topLine(), 50'500);
        press("logFold");
        QCOMPARE(m_view->topLine(), 50'500);
        QTRY_COMPARE(firstVisible(), top);
    }

    void showsTroubles()
    {
        QByteArray bytes = "start\n";
        for (int i = 0; i < 37; ++i) {
            bytes += head + "WARNING - OpenAIError: Error code: 429 - {'x': 1} Retry 1 of 10\n";
            bytes += "line\n";
        }
        bytes += head + "WARNING - OpenAIError: Error code: 429 - {'x': 1} Retry 2 of 10\n";
        bytes += head + "ERROR - Failed to parse: line 1\n" + head + "ERROR - other\n" + traceback("KeyError: 1");
        show(bytes);
        press("logTroublesShown");
        auto *panel = child<LogTroubles>("logTroubles");
        QTRY_VERIFY(panel->isVisible());
        auto *summary = child<QLabel>("logTroublesSummary");
        QTRY_VERIFY2(summary->text().contains(u"37 call(s) were retried"_s), qPrintable(summary->text()));
        QTRY_COMPARE(panel->model().rowCount(), 4);
        QVERIFY2(summary->text().contains(u"1 traceback(s)"_s), qPrintable(summary->text()));
        auto *table = child<DataTable>("logTroublesTable");
        const auto rowOf = [&](const QString &what) {
            for (int row = 0; row < table->model()->rowCount(); ++row) {
                if (table->model()->index(row, 0).data().toString() == what)
                    return table->model()->index(row, 0);
            }
            return QModelIndex();
        };
        const QModelIndex retried = rowOf(u"Retried calls"_s);
        QVERIFY(retried.isValid());
        QCOMPARE(retried.siblingAtColumn(models::TroublesModel::Lines).data().toString(), u"38"_s);
        table->setCurrentIndex(retried);
        QTest::keyClick(table, Qt::Key_Return);
        QCOMPARE(m_view->currentLine(), 1);
        QVERIFY(table->hasFocus());
        QTest::keyClick(table, Qt::Key_Return); // again: the next one
        QCOMPARE(m_view->currentLine(), 3);
        table->setCurrentIndex(rowOf(u"Tracebacks"_s));
        QTest::keyClick(table, Qt::Key_Return);
        QTRY_VERIFY(m_view->visibleText().contains(u"KeyError: 1"_s));
        QTest::keyClick(m_view, Qt::Key_F8);
        QCOMPARE(m_view->currentLine(), 76); // around the end, the first error
        QTest::keyClick(m_view, Qt::Key_F8, Qt::ShiftModifier);
        QCOMPARE(m_view->currentLine(), 77);
        QVERIFY(m_fixture->settings.flag(u"log/troubles"_s, false));
        table->setFocus();
        QTest::keyClick(table, Qt::Key_Escape);
        QVERIFY(!panel->isVisible());
    }

    void saysThatThereIsNoTrouble()
    {
        show(numberedLines(0, 10));
        press("logTroublesShown");
        QTRY_COMPARE(child<QLabel>("logTroublesSummary")->text(), u"No trouble so far"_s);
    }

    void showsAllStatesOfAProgressBar()
    {
        show("start\n 10 %\r 50 %\r100 %\nend\n");
        QVERIFY(m_view->visibleText().contains(u"100 %"_s) && !m_view->visibleText().contains(u"10 %\r"_s));
        QVERIFY(!m_view->visibleText().contains(u" 50 %"_s));
        m_view->goToLine(1);
        press("logRawLine");
        QDialog *dialog = nullptr;
        QTRY_VERIFY((dialog = m_pane->findChild<QDialog *>(u"logWholeLine"_s)));
        QString text; // it is read beside the window
        QTRY_VERIFY(!(text = dialog->findChild<QPlainTextEdit *>()->toPlainText()).isEmpty());
        QVERIFY2(text.contains(u" 10 %"_s) && text.contains(u" 50 %"_s) && text.contains(u"100 %"_s), qPrintable(text));
    }

    void opensItsMenuForTheLineThatIsPointedAt()
    {
        show(numberedLines(0, 20));
        const auto rightClick = [this](int row) {
            QWidget *port = m_view->viewport();
            const QPoint at(150, row * LogPaneFixture::rowHeight() + 3);
            QContextMenuEvent event(QContextMenuEvent::Mouse, at, port->mapToGlobal(at));
            QApplication::sendEvent(port, &event);
            QMenu *menu = nullptr;
            [&] { QTRY_VERIFY((menu = m_pane->findChild<QMenu *>(u"logMenu"_s))); }();
            menu->close();
            [&] { QTRY_VERIFY(!m_pane->findChild<QMenu *>(u"logMenu"_s)); }();
        };
        rightClick(7);
        QCOMPARE(m_view->currentLine(), 7);
        m_view->goToLine(3);
        QTest::keyClick(m_view, Qt::Key_Down, Qt::ShiftModifier);
        QTest::keyClick(m_view, Qt::Key_Down, Qt::ShiftModifier);
        rightClick(4); // inside the selection: it stays
        QCOMPARE(copied(), u"line 3\nline 4\n"_s);
    }

    void keepsTheWordsAtTheTopOverWrapping()
    {
        QByteArray bytes;
        for (int i = 0; i < 100; ++i)
            bytes += "line " + QByteArray::number(i) + ' ' + QByteArray("words and words ").repeated(60) + '\n';
        show(bytes);
        press("logWrap");
        m_view->setTopLine(40);
        QTRY_VERIFY(firstVisible().startsWith(u"line 40 "_s));
        for (int i = 0; i < 3; ++i)
            QTest::keyClick(m_view, Qt::Key_Down);
        QCOMPARE(m_view->topLine(), 40);
        const QImage before = m_view->viewport()->grab().toImage();
        press("logWrap");
        QCOMPARE(m_view->topLine(), 40);
        press("logWrap");
        QTRY_COMPARE(m_view->viewport()->grab().toImage(), before); // the same row of it
    }

    void marksLines()
    {
        show(numberedLines(0, 1000));
        m_view->setFocus();
        for (const qint64 line : {100, 500, 900}) {
            m_view->goToLine(line);
            QTest::keyClick(m_view, Qt::Key_M, Qt::ControlModifier);
        }
        QVERIFY2(status().contains(u"3 mark(s)"_s), qPrintable(status()));
        QTest::keyClick(m_view, Qt::Key_F2);
        QCOMPARE(m_view->currentLine(), 100);
        QTest::keyClick(m_view, Qt::Key_F2);
        QCOMPARE(m_view->currentLine(), 500);
        QTest::keyClick(m_view, Qt::Key_F2, Qt::ShiftModifier);
        QCOMPARE(m_view->currentLine(), 100);
        QTest::keyClick(m_view, Qt::Key_M, Qt::ControlModifier);
        QCOMPARE(m_view->marks().size(), size_t(2));
    }

    void copiesLinesWithColours()
    {
        show("\x1b[31mred\x1b[0m\nplain\n");
        m_view->selectAll();
        QSignalSpy spy(m_view, &LogView::copied);
        press("logCopyColours");
        QVERIFY(spy.wait());
        QCOMPARE(QGuiApplication::clipboard()->text(), u"\x1b[31mred\x1b[0m\nplain"_s);
    }

    void savesHitsAndSelection()
    {
        show(numberedLines(0, 5000));
        find(u"499"_s);
        QTRY_COMPARE(hits(), u"15 hit(s)"_s);
        press("logSaveHits");
        const QString target = m_log->other(u"hits.txt"_s);
        chooseTarget(target);
        QTRY_VERIFY2(status().contains(target), qPrintable(status()));
        QFile saved(target);
        QVERIFY(saved.open(QIODevice::ReadOnly));
        QVERIFY(saved.readAll().startsWith("line 499\nline 1499\n"));
        saved.close();
        m_view->setFocus();
        m_view->goToLine(20);
        QTest::keyClick(m_view, Qt::Key_Down, Qt::ShiftModifier);
        QTest::keyClick(m_view, Qt::Key_Down, Qt::ShiftModifier);
        press("logSaveSelection");
        chooseTarget(target);
        const auto bytes = [&] {
            QFile file(target);
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        };
        QTRY_COMPARE(bytes(), "line 20\nline 21\n");
        press("logSave");
        chooseTarget(m_log->other(u"none/here.txt"_s));
        QTRY_VERIFY(m_pane->findChild<ErrorPanel *>()->hasError());
    }

    void doesNotSaveALogOntoItself()
    {
        const QByteArray bytes = numberedLines(0, 100);
        show(bytes);
        const QString link = m_log->other(u"link.txt"_s);
        QVERIFY(QFile::link(m_log->path(), link));
        m_view->selectAll();
        for (const char *action : {"logSave", "logSaveSelection"}) {
            for (const QString &target : {m_log->path(), link}) {
                press(action);
                chooseTarget(target);
                QVERIFY(m_pane->findChild<ErrorPanel *>()->hasError());
                QVERIFY2(!status().contains(u"Saving"_s), qPrintable(status()));
            }
        }
        QFile file(m_log->path());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), bytes);
        QVERIFY(child<QAction>("logSave")->isEnabled());
        LogPane empty(m_fixture->settings);
        QVERIFY(!empty.findChild<QAction *>(u"logSave"_s)->isEnabled()); // nothing is open that could be saved
        empty.saveWholeLog();
        QVERIFY(!empty.findChild<QFileDialog *>());
        QVERIFY(empty.findChild<ErrorPanel *>()->hasError());
    }

    void fitsItsBar()
    {
        show(numberedLines(0, 10));
        QVERIFY2(
            m_pane->minimumSizeHint().width() <= 900, qPrintable(QString::number(m_pane->minimumSizeHint().width())));
        for (const auto *button : m_pane->findChildren<QToolButton *>()) {
            if (button->isVisible() && !button->parentWidget()->inherits("QLineEdit"))
                QVERIFY2(button->width() >= button->minimumSizeHint().width(), qPrintable(button->objectName()));
        }
    }

    void tellsScreenReadersTheHits()
    {
        show(numberedLines(0, 100));
        find(u"line 9"_s);
        QTRY_COMPARE(hits(), u"11 hit(s)"_s);
        QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(m_view);
        QCOMPARE(interface->text(QAccessible::Description), u"11 hit(s)"_s);
        find(QString());
        QTRY_COMPARE(interface->text(QAccessible::Description), QString());
    }
};

QTEST_MAIN(TestLogPane)
#include "tst_logpane.moc"
