// SPDX-License-Identifier: GPL-3.0-or-later
// What the pane keeps of a log that is not on show, which actions it offers when, and what it says of a place.
#include "tests/ui/logpanefixture.h"
#include "ui/statechip.h"

#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QScrollBar>
#include <QToolButton>

using namespace society;
using namespace society::ui;
using namespace Qt::StringLiterals;

using Lines = std::set<qint64>;

namespace {

QByteArray linesWithLevel(const QByteArray &level, int count)
{
    QByteArray bytes;
    for (int i = 0; i < count; ++i)
        bytes += "2026-11-24 02:03:25,086 - agentsociety - " + level + " - call " + QByteArray::number(i) + '\n';
    return bytes;
}

} // namespace

class TestLogMarks : public QObject, private LogPaneTest {
    Q_OBJECT
private:
    void mark(const Lines &lines)
    {
        m_view->setFocus();
        for (const qint64 line : lines) {
            m_view->goToLine(line);
            QTest::keyClick(m_view, Qt::Key_M, Qt::ControlModifier);
        }
        QCOMPARE(m_view->marks(), lines);
    }
    bool isInTheBar(const QColor &colour) const
    {
        const QImage image = m_view->verticalScrollBar()->grab().toImage();
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                if (image.pixelColor(x, y) == colour)
                    return true;
            }
        }
        return false;
    }
    /// What the pane has asked the document is answered then.
    void waitForAnswers()
    {
        bool isAnswered = false;
        m_pane->document().lines(0, 1, this, [&isAnswered](const log::LinesAnswer &) { isAnswered = true; });
        QTRY_VERIFY(isAnswered);
    }
    QString other(const QByteArray &bytes) const
    {
        const QString path = m_log->other(u"other.txt"_s);
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write another log");
        return path;
    }

private slots:
    void init() { makePane(); }
    void cleanup() { dropPane(); }

    void keepsTheMarksOfEachLog()
    {
        show(numberedLines(0, 1000));
        mark({100, 500});
        const QString path = m_log->path();
        const QString another = other(numberedLines(0, 20));
        m_pane->open(another);
        QTRY_COMPARE(m_pane->document().lineCount(), 20);
        QVERIFY(m_view->marks().empty());
        mark({3});
        m_log->append(numberedLines(1000, 5)); // meanwhile
        m_pane->open(path);
        QTRY_COMPARE(m_view->marks(), (Lines{100, 500}));
        QTest::keyClick(m_view, Qt::Key_F2);
        QVERIFY(m_view->marks().contains(m_view->currentLine()));
        m_view->goToLine(100);
        QTest::keyClick(m_view, Qt::Key_M, Qt::ControlModifier); // taken away
        m_pane->open(another);
        QTRY_COMPARE(m_view->marks(), Lines{3});
        // Another pane has them, too, once the first is gone.
        m_pane->open(path);
        QTRY_COMPARE(m_view->marks(), Lines{500});
        m_fixture->pane = std::make_unique<LogPane>(m_fixture->settings);
        m_fixture->pane->open(path);
        QTRY_COMPARE(m_fixture->pane->view()->marks(), Lines{500});
    }

    void keepsTheMarksThatAnotherPaneOfTheLogHas()
    {
        show(numberedLines(0, 1000));
        const QString path = m_log->path();
        auto beside = std::make_unique<LogPane>(m_fixture->settings);
        beside->open(path);
        QTRY_COMPARE(beside->document().lineCount(), 1000);
        mark({100, 500});
        m_pane->open(other("x\n"));
        QTRY_COMPARE(m_pane->document().lineCount(), 1);
        beside.reset(); // it never had a mark
        m_pane->open(path);
        QTRY_COMPARE(m_view->marks(), (Lines{100, 500}));

        // Both have some: what either set or took away counts.
        beside = std::make_unique<LogPane>(m_fixture->settings);
        beside->open(path);
        QTRY_COMPARE(beside->document().lineCount(), 1000);
        beside->view()->addMarks({7});
        m_view->goToLine(100);
        QTest::keyClick(m_view, Qt::Key_M, Qt::ControlModifier);
        QCOMPARE(m_view->marks(), Lines{500});
        m_pane->open(other("x\ny\n"));
        QTRY_COMPARE(m_pane->document().lineCount(), 2);
        beside.reset();
        m_pane->open(path);
        QTRY_COMPARE(m_view->marks(), (Lines{7, 500}));
    }

    void forgetsTheMarksOfALogThatIsAnotherOne_data()
    {
        QTest::addColumn<bool>("isReplaced");
        QTest::addColumn<int>("lines");
        QTest::newRow("replaced") << true << 2000;
        QTest::newRow("begun anew") << false << 50;
        QTest::newRow("written anew, longer") << false << 3000;
    }

    void forgetsTheMarksOfALogThatIsAnotherOne()
    {
        QFETCH(bool, isReplaced);
        QFETCH(int, lines);
        show(numberedLines(0, 1000));
        mark({10});
        const QString path = m_log->path();
        m_pane->open(other("x\n"));
        QTRY_COMPARE(m_pane->document().lineCount(), 1);
        if (isReplaced)
            m_log->replace(numberedLines(5, lines));
        else
            m_log->rewrite(numberedLines(5, lines));
        m_pane->open(path);
        QTRY_COMPARE(m_pane->document().lineCount(), lines);
        waitForAnswers();
        QVERIFY(m_view->marks().empty());
        mark({11});
        m_pane->open(other("x\ny\n"));
        QTRY_COMPARE(m_pane->document().lineCount(), 2);
        m_pane->open(path);
        QTRY_COMPARE(m_view->marks(), Lines{11});
    }

    void dropsAllMarksOfALogThatIsWrittenAnewInPlace_data()
    {
        QTest::addColumn<int>("lines");
        QTest::newRow("shorter") << 40;
        QTest::newRow("of the same length") << 400;
        QTest::newRow("longer") << 4000;
    }

    void dropsAllMarksOfALogThatIsWrittenAnewInPlace()
    {
        QFETCH(int, lines);
        show(linesWithLevel("ERROR", 400));
        mark({7, 300});
        const QColor error = severityColour(Severity::Fault, m_view->verticalScrollBar()->palette());
        const QColor own = m_view->verticalScrollBar()->palette().color(QPalette::Text);
        QTRY_VERIFY(isInTheBar(error));
        QTRY_VERIFY(isInTheBar(own));
        m_log->rewrite(linesWithLevel("NOTES", lines));
        QTRY_COMPARE(m_pane->document().lineCount(), lines);
        QTRY_VERIFY(lastVisible().contains(u"NOTES"_s));
        QVERIFY(m_view->marks().empty());
        QTRY_VERIFY(!isInTheBar(error) && !isInTheBar(own));
        mark({9}); // and marks can be set anew
    }

    void saysThePhaseOfTheRun()
    {
        const QByteArray head = "2026-11-24 02:03:25,086 - agentsociety - INFO - ";
        show("before\n" + head + "Initializing environment\n" + head + "Start simulation day 1 at 28800, step 3\n");
        m_view->goToLine(0);
        QTRY_COMPARE(child<QLabel>("logPlace")->text(), QString());
        m_view->goToLine(1);
        QTRY_COMPARE(child<QLabel>("logPlace")->text(), u"city"_s); // as the page of the run says
        m_view->goToLine(2);
        QTRY_VERIFY(child<QLabel>("logPlace")->text().startsWith(u"city · day "_s));
        QVERIFY(child<QLabel>("logPlace")->text().endsWith(u"step 3"_s));
    }

    void offersInTheMenuWhatHasNoRoom()
    {
        const QByteArray head = "2026-11-24 02:03:25,086 - agentsociety - ";
        show(head + "INFO - Cat\n" + head + "ERROR - cat\n" + head + "ERROR - cats\n" + head + "ERROR - c.t\n");
        const auto menu = [this] {
            child<QToolButton>("logMore")->click();
            QMenu *found = nullptr;
            [&] { QTRY_VERIFY((found = m_pane->findChild<QMenu *>(u"logMenu"_s))); }();
            return found;
        };
        const auto choose = [&](const QString &text) {
            QMenu *opened = menu();
            bool isThere = false;
            QList<QMenu *> menus = {opened};
            for (QAction *action : opened->actions()) {
                if (action->menu())
                    menus.append(action->menu());
            }
            for (const QMenu *each : menus) {
                for (QAction *action : each->actions()) {
                    if (action->text().remove(u'&') != text)
                        continue;
                    isThere = true;
                    action->trigger();
                }
            }
            opened->close();
            [&] { QTRY_VERIFY(!m_pane->findChild<QMenu *>(u"logMenu"_s)); }();
            return isThere;
        };
        child<QLineEdit>("logFindText")->setText(u"c.t"_s);
        QTRY_COMPARE(child<QLabel>("logHits")->text(), u"1 hit(s)"_s);
        QVERIFY(!choose(u"Regular expression"_s)); // it has a button
        m_pane->setCompact(true);
        QVERIFY(choose(u"Regular expression"_s));
        QTRY_COMPARE(child<QLabel>("logHits")->text(), u"4 hit(s)"_s);
        QVERIFY(choose(u"Match case"_s));
        QTRY_COMPARE(child<QLabel>("logHits")->text(), u"3 hit(s)"_s);
        QVERIFY(choose(u"Whole words"_s));
        QTRY_COMPARE(child<QLabel>("logHits")->text(), u"2 hit(s)"_s);
        QVERIFY(choose(u"Whole words"_s)); // and back
        QTRY_COMPARE(child<QLabel>("logHits")->text(), u"3 hit(s)"_s);
        QVERIFY(choose(u"Lines that do not have it"_s));
        QTRY_COMPARE(child<QLabel>("logHits")->text(), u"1 hit(s)"_s);
        QVERIFY(choose(u"Errors"_s));
        QTRY_COMPARE(m_view->shown().lines(0, 9), (std::vector<qint64>{1, 2, 3}));
        QVERIFY(choose(u"All lines"_s));
        QTRY_COMPARE(m_view->shown().lines(0, 9), (std::vector<qint64>{0, 1, 2, 3}));
    }

    void marksWhatTheLastFoldHides()
    {
        const QColor own = m_view->verticalScrollBar()->palette().color(QPalette::Text);
        show(numberedLines(0, 50) + QByteArray("again\n").repeated(500));
        QTRY_COMPARE(m_view->shown().count(), 51);
        QVERIFY(!isInTheBar(own));
        m_view->addMarks({300});
        QTRY_VERIFY(isInTheBar(own));
    }

    void savesHitsOnlyOnceAllAreFound()
    {
        auto *save = child<QAction>("logSaveHits");
        QVERIFY(!save->isEnabled());
        const QByteArray part = numberedLines(0, 100'000);
        show(part.repeated(40));
        QVERIFY(!save->isEnabled()); // nothing was looked for
        int early = 0;
        bool isOffered = false;
        connect(&m_pane->search(), &log::LogSearch::hitsChanged, this, [&] {
            if (m_pane->search().hits().isEmpty() || m_pane->search().hasCaughtUp())
                return;
            ++early;
            isOffered = isOffered || save->isEnabled();
        });
        auto *edit = child<QLineEdit>("logFindText");
        edit->setFocus();
        child<QToolButton>("logRegex")->setChecked(true);
        edit->setText(u"^.*.*.*y|line 99"_s); // a second for all of it
        QTRY_VERIFY_WITH_TIMEOUT(save->isEnabled(), 20'000);
        QVERIFY(early > 0);
        QVERIFY(!isOffered);
        QVERIFY(m_pane->search().hasCaughtUp());
        QCOMPARE(m_pane->search().hits().count(), 40 * 1111);
        edit->setText(u"there is no such line"_s);
        QTRY_VERIFY_WITH_TIMEOUT(m_pane->search().hasCaughtUp() && m_pane->search().hits().isEmpty(), 20'000);
        QVERIFY(!save->isEnabled());
    }
};

QTEST_MAIN(TestLogMarks)
#include "tst_logmarks.moc"
