// SPDX-License-Identifier: GPL-3.0-or-later
// Nine logs beside each other, all of them live.
#include "tests/ui/uifixture.h"
#include "ui/experimentfeed.h"
#include "ui/loggrid.h"
#include "ui/logpane.h"
#include "ui/logview.h"

#include <QDir>
#include <QFile>
#include <QSet>
#include <QTemporaryDir>
#include <QToolButton>

using namespace society;
using namespace society::test;
using namespace society::ui;
using namespace Qt::StringLiterals;

class TestLogGrid : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_fixture = std::make_unique<UiFixture>();
        QVERIFY2(m_fixture->isReady(), qPrintable(m_fixture->error()));
        QVERIFY(m_folder.isValid());
    }
    void cleanupTestCase() { m_fixture.reset(); }

    void showsNineLiveLogs()
    {
        ExperimentFeed feed(m_fixture->context());
        LogGrid grid(m_fixture->settings(), feed);
        grid.show();
        QVERIFY(QTest::qWaitForWindowExposed(&grid));
        QList<experiment::Experiment> runs;
        for (int i = 0; i <= LogGrid::MostPanes; ++i) {
            runs.append(runNumber(i));
            QVERIFY(write(i, "begin of " + QByteArray::number(i) + '\n'));
            grid.add(runs.last());
        }
        QCOMPARE(grid.count(), 9); // the tenth has no room
        for (int i = 0; i < 9; ++i)
            QTRY_VERIFY2(shown(grid, i).contains(u"begin of %1"_s.arg(i)), qPrintable(shown(grid, i)));

        // Three by three, of one size, and none over another.
        QSet<QPair<int, int>> places;
        for (int i = 0; i < 9; ++i) {
            const QWidget *pane = grid.pane(i);
            QVERIFY(pane->isVisible() && pane->width() > 100 && pane->height() > 60);
            QVERIFY(qAbs(pane->width() - grid.pane(0)->width()) <= 2);
            QVERIFY(qAbs(pane->height() - grid.pane(0)->height()) <= 2);
            const QPoint corner = pane->mapTo(&grid, QPoint(0, 0));
            places.insert({corner.x(), corner.y()});
        }
        QCOMPARE(places.size(), 9);

        // Each follows its own file.
        for (int i = 0; i < 9; ++i)
            QVERIFY(write(i, QByteArray("more\n").repeated(500) + "end of " + QByteArray::number(i) + '\n'));
        for (int i = 0; i < 9; ++i)
            QTRY_VERIFY2(shown(grid, i).endsWith(u"end of %1"_s.arg(i)), qPrintable(shown(grid, i)));

        // Columns are chosen for all of them, and leave the text its room.
        for (const LogColumn column : {LogColumn::Time, LogColumn::Level, LogColumn::Simulated})
            LogColumnChoice::of(m_fixture->settings()).setShown(column, true);
        for (int i = 0; i < 9; ++i) {
            const LogView *view = grid.pane(i)->view();
            std::ignore = view->viewport()->grab();
            QVERIFY(view->gutter().columns().testFlag(LogColumn::Time));
            QVERIFY(view->gutter().width() <= view->viewport()->width() / 2 + 1);
            QVERIFY2(shown(grid, i).endsWith(u"end of %1"_s.arg(i)), qPrintable(shown(grid, i)));
        }

        // One is put away: the others stay, and there is room for the tenth.
        QVERIFY(press(&grid, "logGridClose"));
        QCOMPARE(grid.count(), 8);
        grid.add(runs.last());
        QCOMPARE(grid.count(), 9);
        QTRY_VERIFY(shown(grid, 8).contains(u"begin of 9"_s));
        QVERIFY(shown(grid, 0).endsWith(u"end of 1"_s));
    }

private:
    experiment::Experiment runNumber(int number) const
    {
        experiment::Experiment run;
        run.id = ExperimentId::random();
        run.name = u"run %1"_s.arg(number);
        run.state = experiment::State::Running;
        run.runDirectory = m_folder.filePath(QString::number(number));
        return run;
    }
    bool write(int number, const QByteArray &text) const
    {
        QFile file(m_folder.filePath(u"%1/log.txt"_s.arg(number)));
        return QDir(m_folder.path()).mkpath(QString::number(number)) && file.open(QIODevice::Append) &&
               file.write(text) == text.size();
    }
    static QString shown(const LogGrid &grid, int index) { return grid.pane(index)->view()->visibleText(); }

    std::unique_ptr<UiFixture> m_fixture;
    QTemporaryDir m_folder;
};

QTEST_MAIN(TestLogGrid)
#include "tst_loggrid.moc"
