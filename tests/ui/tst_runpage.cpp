// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/uifixture.h"
#include "ui/datatable.h"
#include "ui/errorpanel.h"
#include "ui/experimentfeed.h"
#include "ui/logdiffwindow.h"
#include "ui/loggrid.h"
#include "ui/logpane.h"
#include "ui/logview.h"
#include "ui/resulttables.h"
#include "ui/runchooser.h"
#include "ui/runlogs.h"
#include "ui/runpage.h"
#include "ui/statechip.h"

#include <QAction>
#include <QDir>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QToolButton>
#include <QTreeWidget>

using namespace society;
using namespace society::ui;
using namespace society::test;
using namespace Qt::StringLiterals;
using experiment::Experiment;
using experiment::State;

namespace {
constexpr int patience = 30'000; // ms; on an idle machine a run of the stub is over in two seconds
}

class TestRunPage : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<UiFixture> m_fixture;
    std::unique_ptr<ExperimentFeed> m_feed;
    std::unique_ptr<Activities> m_activities;
    std::unique_ptr<RunPage> m_page;

    template <class Object>
    Object *child(const char *name)
    {
        auto *found = m_page->findChild<Object *>(QString::fromLatin1(name));
        if (!found)
            qFatal("there is no %s", name);
        return found;
    }

    ExperimentId show(const QString &name)
    {
        experiment::Request request = m_fixture->services().practiceRequest();
        request.name = name;
        request.seed = 7;
        const auto started = m_fixture->services().experiments().start(request);
        if (!started) {
            qWarning("%s", qPrintable(started.error().message + started.error().detail));
            return {};
        }
        m_feed->take(*started);
        m_page->showExperiment(started->id);
        m_page->resize(1000, 640);
        m_page->show();
        return started->id;
    }

    State state() { return m_page->findChild<StateLabel *>()->state(); }
    QString visibleLog() { return child<LogView>("logView")->visibleText(); }

    void showTab(const QString &title)
    {
        auto *tabs = child<QTabWidget>("runTabs");
        for (int i = 0; i < tabs->count(); ++i) {
            if (tabs->tabText(i) == title)
                tabs->setCurrentIndex(i);
        }
        QCOMPARE(tabs->tabText(tabs->currentIndex()), title);
    }

private slots:
    void init()
    {
        m_fixture = std::make_unique<UiFixture>();
        QVERIFY2(m_fixture->isReady(), qPrintable(m_fixture->error()));
        QVERIFY2(m_fixture->prepareRuns(), qPrintable(m_fixture->error()));
        m_feed = std::make_unique<ExperimentFeed>(m_fixture->context());
        m_feed->start();
        m_activities = std::make_unique<Activities>();
        m_page = std::make_unique<RunPage>(m_fixture->context(), *m_feed, *m_activities);
    }

    void cleanup()
    {
        m_page.reset();
        m_activities.reset();
        m_feed.reset();
        m_fixture.reset();
    }

    void showsARunFromStartToEnd()
    {
        const ExperimentId id = show(u"calls=2 watched"_s);
        QVERIFY(!id.isNull());
        QCOMPARE(m_page->experiment(), id);
        QCOMPARE(child<QLabel>("runName")->text(), u"calls=2 watched"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!child<QLabel>("runPhasesText")->text().isEmpty(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(visibleLog().contains(u"Initializing LLM"_s), patience);
        QTRY_COMPARE_WITH_TIMEOUT(state(), State::Finished, patience);
        QTRY_VERIFY_WITH_TIMEOUT(visibleLog().contains(u"Closing agent groups"_s), patience);
        QTRY_VERIFY_WITH_TIMEOUT(child<QLabel>("runFacts")->text().contains(u"2 call"_s), patience);
        QVERIFY(child<QLabel>("runFacts")->text().contains(u"seed 7"_s));
        QCOMPARE(child<QLabel>("runCost")->text(), u"free"_s);
        QVERIFY(!child<QPushButton>("runStop")->isVisible());
        QVERIFY(child<QPushButton>("runRerun")->isEnabled());
        QVERIFY(!child<QWidget>("runEnding")->isVisible());
        QVERIFY(!child<QWidget>("runPhases")->isVisible());
    }

    void stopsAtOnceWhenKilled()
    {
        const ExperimentId id = show(u"deaf"_s);
        QTRY_COMPARE_WITH_TIMEOUT(state(), State::Running, patience);
        QTRY_VERIFY_WITH_TIMEOUT(visibleLog().contains(u"step 2"_s), patience);
        QVERIFY(press(m_page.get(), "runStop"));
        QTRY_COMPARE_WITH_TIMEOUT(state(), State::Stopping, patience);
        QTRY_VERIFY_WITH_TIMEOUT(child<QLabel>("runCountdown")->text().contains(u"ended by force in"_s), patience);
        QVERIFY(!child<QPushButton>("runStop")->isEnabled());
        QVERIFY(press(m_page.get(), "runKill"));
        QTRY_COMPARE_WITH_TIMEOUT(state(), State::Stopped, patience);
        QVERIFY(child<QLabel>("runCountdown")->text().isEmpty());
        QVERIFY(child<QWidget>("runEnding")->isVisible());
        QVERIFY(child<QLabel>("runReason")->text().contains(u"stopped by you"_s, Qt::CaseInsensitive));
        QCOMPARE(processesLeftOf(m_feed->experiment(id).runDirectory), QStringList());
    }

    void saysThatAnEndedRunCannotBeBilled()
    {
        const ExperimentId id = show(u"sleep"_s);
        QTRY_COMPARE_WITH_TIMEOUT(state(), State::Running, patience);
        QVERIFY(makeUnbillable(m_feed->experiment(id).runDirectory));
        QVERIFY(press(m_page.get(), "runStop"));
        QTRY_COMPARE_WITH_TIMEOUT(state(), State::Stopped, patience);
        auto *error = m_page->findChild<ErrorPanel *>();
        QTRY_VERIFY_WITH_TIMEOUT(error->isVisible(), patience);
        QCOMPARE(error->error().code, u"unsettled"_s);
        QVERIFY(!m_feed->experiment(id).settled);
    }

    void saysWhyItFailedAndLeadsToTheLog()
    {
        show(u"fail"_s);
        QTRY_COMPARE_WITH_TIMEOUT(state(), State::Failed, patience);
        QTRY_VERIFY_WITH_TIMEOUT(child<QWidget>("runEnding")->isVisible(), patience);
        QVERIFY(!child<QLabel>("runReason")->text().isEmpty());
        QVERIFY(!child<QLabel>("runRemedy")->text().isEmpty());
        auto *quote = child<QPlainTextEdit>("runErrorBlock");
        QTRY_VERIFY_WITH_TIMEOUT(quote->toPlainText().contains(u"something of the stub's own"_s), patience);
        showTab(u"Record"_s);
        QVERIFY(press(m_page.get(), "runShowInLog"));
        QCOMPARE(child<QTabWidget>("runTabs")->currentIndex(), 0);
        auto *view = child<LogView>("logView");
        QVERIFY(visibleLog().contains(u"something of the stub's own"_s));
        QVERIFY(view->currentLine() > 0);
    }

    void showsWhatCameOut()
    {
        show(u"calls=3 results"_s);
        QTRY_COMPARE_WITH_TIMEOUT(state(), State::Finished, patience);
        const auto rows = [&](const char *name) { return child<DataTable>(name)->model()->rowCount(); };
        const auto cell = [&](const char *name, int row, int column) {
            return child<DataTable>(name)->model()->index(row, column).data().toString();
        };
        showTab(u"Agents"_s);
        QTRY_COMPARE_WITH_TIMEOUT(rows("runAgents"), 1, patience);
        QCOMPARE(cell("runAgents", 0, 1), u"阿明, the \"first\""_s);
        QCOMPARE(cell("runAgents", 0, 2), u"{\"age\":30}"_s);
        showTab(u"Dialogs"_s);
        QTRY_COMPARE_WITH_TIMEOUT(rows("runDialogs"), 3, patience);
        auto *filter = child<QLineEdit>("runDialogsFilter");
        QTest::keyClicks(filter, u"no thought of anybody's"_s);
        QTRY_COMPARE_WITH_TIMEOUT(rows("runDialogs"), 0, patience);
        filter->setText(u"THOUGHT"_s);
        QTRY_COMPARE_WITH_TIMEOUT(rows("runDialogs"), 3, patience);
        showTab(u"Metrics"_s);
        QTRY_COMPARE_WITH_TIMEOUT(rows("runMetrics"), 3, patience);
        showTab(u"Surveys"_s);
        m_fixture->settle();
        QCOMPARE(rows("runSurveys"), 0);
        QVERIFY(!child<QPushButton>("runSurveysExport")->isEnabled());
        showTab(u"Calls"_s);
        QTRY_COMPARE_WITH_TIMEOUT(rows("runCalls"), 3, patience);
        QCOMPARE(cell("runCalls", 2, 0), u"3"_s);
        QCOMPARE(cell("runCalls", 0, 9), u"200"_s);
        showTab(u"Record"_s);
        QTRY_VERIFY_WITH_TIMEOUT(child<QTreeWidget>("recordTree")->topLevelItemCount() >= 4, patience);
        QVERIFY(!child<QTreeWidget>("recordTree")->findItems(u"Seed"_s, Qt::MatchRecursive).isEmpty());
        QVERIFY(child<QPlainTextEdit>("recordSource")->toPlainText().contains(u"@GATEWAY@"_s));
        showTab(u"Bills"_s);
        QTRY_VERIFY_WITH_TIMEOUT(rows("runBillTable") >= 1, patience);
        QTRY_VERIFY_WITH_TIMEOUT(child<QLabel>("runBillSum")->text().contains(u"¥ 0.00"_s), patience);
    }

    void tablesGrowWithTheRun()
    {
        show(u"sleep calls=2"_s);
        showTab(u"Dialogs"_s);
        auto *table = child<DataTable>("runDialogs");
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 2, patience);
        QSignalSpy reset(table->model(), &QAbstractItemModel::modelReset);
        m_fixture->settle();
        QCOMPARE(reset.count(), 0);
        QVERIFY(press(m_page.get(), "runStop"));
        QTRY_COMPARE_WITH_TIMEOUT(state(), State::Stopped, patience);
    }

    void exportsATableAndEverything()
    {
        const ExperimentId id = show(u"calls=2 a/b: export"_s);
        QTRY_COMPARE_WITH_TIMEOUT(state(), State::Finished, patience);
        showTab(u"Dialogs"_s);
        QTRY_VERIFY_WITH_TIMEOUT(child<QPushButton>("runDialogsExport")->isEnabled(), patience);
        QVERIFY(press(m_page.get(), "runDialogsExport"));
        QTemporaryDir folder;
        const QString target = folder.filePath(u"dialogs.csv"_s);
        auto *dialog = m_page->findChild<QFileDialog *>();
        QVERIFY(dialog);
        emit dialog->fileSelected(target);
        dialog->close();
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(target), patience);
        QFile file(target);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QList<QByteArray> lines = file.readAll().split('\n');
        QCOMPARE(lines.size(), 4); // a header, two rows, nothing
        QVERIFY(lines[0].startsWith("id,day,second,type,speaker,content"));
        QTRY_VERIFY(m_activities->activities().isEmpty());

        QVERIFY(press(m_page.get(), "runExport"));
        auto *chooser = child<QFileDialog>("runExportDialog");
        emit chooser->fileSelected(folder.path());
        chooser->close();
        const QString whole = folder.filePath(u"calls=2 a_b_ export-"_s + id.text().left(8));
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(whole + u"/calls.csv"_s), patience);
        QTRY_VERIFY_WITH_TIMEOUT(m_activities->activities().isEmpty(), patience);
        QVERIFY(child<QLabel>("runDone")->isVisible());
        QVERIFY(child<QLabel>("runDone")->text().contains(QFileInfo(whole).fileName()));
        for (const char *name : {"log.txt", "record.json", "profile.csv", "dialog.csv", "metric.csv", "calls.csv"})
            QVERIFY2(QFile::exists(whole + u'/' + QString::fromLatin1(name)), name);
        QFile log(whole + u"/log.txt"_s);
        QFile original(m_feed->experiment(id).runDirectory + u"/log.txt"_s);
        QVERIFY(log.open(QIODevice::ReadOnly) && original.open(QIODevice::ReadOnly));
        QCOMPARE(log.readAll(), original.readAll());
    }

    void rerunsAndGoesFromRunToRun()
    {
        const ExperimentId first = show(u"calls=1 first"_s);
        QTRY_COMPARE_WITH_TIMEOUT(state(), State::Finished, patience);
        QSignalSpy requested(m_page.get(), &Page::experimentRequested);
        QVERIFY(press(m_page.get(), "runRerun"));
        QTRY_COMPARE_WITH_TIMEOUT(requested.count(), 1, patience);
        const auto second = requested[0][0].value<ExperimentId>();
        QVERIFY(second != first);
        m_page->showExperiment(second);
        QCOMPARE(m_page->experiment(), second);
        QTRY_COMPARE_WITH_TIMEOUT(m_feed->experiment(second).state, State::Finished, patience);
        QCOMPARE(m_feed->experiment(second).seed, 7U);
        QTRY_COMPARE_WITH_TIMEOUT(state(), State::Finished, patience);
        m_page->showExperiment(first);
        QTRY_VERIFY_WITH_TIMEOUT(visibleLog().contains(u"Closing agent groups"_s), patience);
        QSignalSpy list(m_page.get(), &RunPage::listRequested);
        m_feed->forget(first);
        QCOMPARE(list.count(), 1);
    }

    void showsItsLogInOtherWindows()
    {
        const ExperimentId first = show(u"calls=1 first"_s);
        QTRY_COMPARE_WITH_TIMEOUT(state(), State::Finished, patience);
        const ExperimentId second = show(u"calls=3 second"_s);
        QVERIFY(!first.isNull() && !second.isNull());
        QTRY_COMPARE_WITH_TIMEOUT(state(), State::Finished, patience);
        auto *pane = child<LogPane>("logPane");
        auto *logs = child<RunLogs>("runLogs");

        // In a window of its own, and back.
        QAction *detach = logs->findChild<QAction *>(u"logDetach"_s);
        QVERIFY(pane->actions().contains(detach));
        detach->trigger();
        QVERIFY(logs->isDetached());
        QWidget *window = pane->window();
        QVERIFY(window != m_page->window());
        QVERIFY2(window->windowTitle().contains(u"calls=3 second"_s), qPrintable(window->windowTitle()));
        QTRY_VERIFY(pane->isVisible() && !pane->view()->visibleText().isEmpty());
        QVERIFY(press(m_page.get(), "logAttach"));
        QVERIFY(!logs->isDetached());
        QCOMPARE(pane->window(), m_page->window());
        QVERIFY(pane->isVisible());
        detach->trigger();
        pane->window()->close(); // closing it is bringing it back
        QVERIFY(!logs->isDetached() && pane->isVisible());

        // Beside another one.
        logs->findChild<QAction *>(u"logBeside"_s)->trigger();
        LogGrid *grid = nullptr;
        for (QWidget *top : QApplication::topLevelWidgets())
            grid = grid ? grid : qobject_cast<LogGrid *>(top);
        QVERIFY(grid && grid->isVisible());
        QCOMPARE(grid->count(), 1);
        logs->findChild<QAction *>(u"logBeside"_s)->trigger();
        QCOMPARE(grid->count(), 1); // it is there already
        QVERIFY(press(grid, "logGridAdd"));
        auto *chooser = qobject_cast<RunChooser *>(openDialog("runChooser"));
        QVERIFY(chooser);
        chooser->findChild<QLineEdit *>(u"runChooserText"_s)->setText(u"FIRST"_s);
        QCOMPARE(chooser->findChild<QListWidget *>()->count(), 1);
        QTest::keyClick(chooser, Qt::Key_Return);
        QCOMPARE(grid->count(), 2);
        Experiment renamed = m_feed->experiment(first);
        renamed.name = u"the very first"_s;
        m_feed->take(renamed);
        const QList<QLabel *> labels = grid->findChildren<QLabel *>();
        QVERIFY(std::any_of(
            labels.begin(), labels.end(), [&](const QLabel *label) { return label->text() == renamed.name; }));
        const QList<QToolButton *> closers = grid->findChildren<QToolButton *>(u"logGridClose"_s);
        QVERIFY(closers.last()->accessibleName().contains(renamed.name));
        for (int i = 0; i < 2; ++i)
            QTRY_VERIFY(grid->pane(i)->view()->visibleText().contains(u"Closing agent groups"_s));
        QVERIFY(press(grid, "logGridClose"));
        QCOMPARE(grid->count(), 1);

        // Compared.
        logs->findChild<QAction *>(u"logCompare"_s)->trigger();
        chooser = qobject_cast<RunChooser *>(openDialog("runChooser"));
        QVERIFY(chooser);
        QTest::keyClick(chooser, Qt::Key_Return);
        LogDiffWindow *diff = nullptr;
        for (QWidget *top : QApplication::topLevelWidgets())
            diff = diff ? diff : qobject_cast<LogDiffWindow *>(top);
        QVERIFY(diff && diff->isVisible());
        QTRY_VERIFY(diff->diff().sameLines > 0);
        QVERIFY2(diff->windowTitle().contains(u"first"_s) && diff->windowTitle().contains(u"second"_s),
            qPrintable(diff->windowTitle()));

        // They go with the page.
        const QPointer<QWidget> gone[]{grid, diff};
        m_page.reset();
        QVERIFY(!gone[0] && !gone[1]);
    }
};

QTEST_MAIN(TestRunPage)
#include "tst_runpage.moc"
