// SPDX-License-Identifier: GPL-3.0-or-later
// What the pane keeps of a log that is not on show, and which actions it offers when.
#include "tests/ui/logpanefixture.h"

#include <QAction>
#include <QLineEdit>

using namespace society;
using namespace society::ui;
using namespace Qt::StringLiterals;

using Lines = std::set<qint64>;

class TestLogMarks : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<LogPaneFixture> m_fixture;
    LogPane *m_pane = nullptr;
    LogView *m_view = nullptr;

    void mark(const Lines &lines)
    {
        m_view->setFocus();
        for (const qint64 line : lines) {
            m_view->goToLine(line);
            QTest::keyClick(m_view, Qt::Key_M, Qt::ControlModifier);
        }
        QCOMPARE(m_view->marks(), lines);
    }
    QString other(const QByteArray &bytes) const
    {
        const QString path = m_fixture->log.other(u"other.txt"_s);
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write another log");
        return path;
    }

private slots:
    void init()
    {
        m_fixture = std::make_unique<LogPaneFixture>();
        m_pane = m_fixture->pane.get();
        m_view = m_fixture->view;
    }
    void cleanup() { m_fixture.reset(); }

    void keepsTheMarksOfEachLog()
    {
        m_fixture->show(numberedLines(0, 1000));
        mark({100, 500});
        const QString path = m_fixture->log.path();
        const QString another = other(numberedLines(0, 20));
        m_pane->open(another);
        QTRY_COMPARE(m_pane->document().lineCount(), 20);
        QVERIFY(m_view->marks().empty());
        mark({3});
        m_fixture->log.append(numberedLines(1000, 5)); // meanwhile
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

    void forgetsTheMarksOfALogThatIsAnotherOne_data()
    {
        QTest::addColumn<bool>("isReplaced");
        QTest::newRow("replaced") << true;
        QTest::newRow("begun anew") << false;
    }

    void forgetsTheMarksOfALogThatIsAnotherOne()
    {
        QFETCH(bool, isReplaced);
        m_fixture->show(numberedLines(0, 1000));
        mark({10});
        const QString path = m_fixture->log.path();
        m_pane->open(other("x\n"));
        QTRY_COMPARE(m_pane->document().lineCount(), 1);
        if (isReplaced)
            m_fixture->log.replace(numberedLines(0, 2000));
        else
            m_fixture->log.rewrite(numberedLines(0, 50));
        m_pane->open(path);
        QTRY_COMPARE(m_pane->document().lineCount(), isReplaced ? 2000 : 50);
        QVERIFY(m_view->marks().empty());
        mark({11});
        m_pane->open(other("x\ny\n"));
        QTRY_COMPARE(m_pane->document().lineCount(), 2);
        m_pane->open(path);
        QTRY_COMPARE(m_view->marks(), Lines{11});
    }

    void savesHitsOnlyOnceAllAreFound()
    {
        auto *save = m_fixture->child<QAction>("logSaveHits");
        QVERIFY(!save->isEnabled());
        const QByteArray part = numberedLines(0, 100'000);
        m_fixture->show(part.repeated(100)); // more than is searched in one go
        QVERIFY(!save->isEnabled());         // nothing was looked for
        int early = 0;
        bool isOffered = false;
        connect(&m_pane->search(), &log::LogSearch::hitsChanged, this, [&] {
            if (m_pane->search().hits().isEmpty() || m_pane->search().hasCaughtUp())
                return;
            ++early;
            isOffered = isOffered || save->isEnabled();
        });
        auto *edit = m_fixture->child<QLineEdit>("logFindText");
        edit->setFocus();
        edit->setText(u"line 99"_s);
        QTRY_VERIFY_WITH_TIMEOUT(save->isEnabled(), 20'000);
        QVERIFY(early > 0);
        QVERIFY(!isOffered);
        QVERIFY(m_pane->search().hasCaughtUp());
        QCOMPARE(m_pane->search().hits().count(), 100 * 1111);
        edit->setText(u"there is no such line"_s);
        QTRY_VERIFY_WITH_TIMEOUT(m_pane->search().hasCaughtUp() && m_pane->search().hits().isEmpty(), 20'000);
        QVERIFY(!save->isEnabled());
    }
};

QTEST_MAIN(TestLogMarks)
#include "tst_logmarks.moc"
