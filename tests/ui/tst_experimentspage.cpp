// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/core/files.h"
#include "services/store/query.h"
#include "tests/ui/uifixture.h"
#include "ui/datatable.h"
#include "ui/errorpanel.h"
#include "ui/experimentfeed.h"
#include "ui/experimentspage.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QRegularExpression>
#include <QSignalSpy>

using namespace society;
using namespace society::ui;
using namespace society::test;
using namespace Qt::StringLiterals;
using experiment::Experiment;
using experiment::State;
using Model = models::ExperimentListModel;

namespace {

constexpr int patience = 30'000; // ms; on an idle machine a run of the stub is over in two seconds

Experiment made(const QString &name, State state, int minutesAgo)
{
    Experiment row;
    row.id = ExperimentId::random();
    row.name = name;
    row.state = state;
    row.createdAt = QDateTime::currentDateTimeUtc().addSecs(-60 * minutesAgo);
    row.workflow.name = u"A short morning"_s;
    row.settled = experiment::isEnded(state);
    return row;
}

} // namespace

class TestExperimentsPage : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<UiFixture> m_fixture;
    std::unique_ptr<ExperimentFeed> m_feed;
    std::unique_ptr<ExperimentsPage> m_page;
    DataTable *m_table = nullptr;

    void open()
    {
        m_page = std::make_unique<ExperimentsPage>(m_fixture->context(), *m_feed);
        m_page->resize(1000, 500);
        m_page->show();
        m_table = find<DataTable>(m_page.get(), "experimentTable");
        m_page->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
        // Rows are shown from the first list on. It is read once, without the clock that would take away made-up ones.
        m_feed->refresh();
        QTRY_VERIFY_WITH_TIMEOUT(m_feed->isLoaded(), patience);
    }

    QStringList names()
    {
        QStringList result;
        for (int row = 0; row < m_table->model()->rowCount(); ++row)
            result.append(m_table->model()->index(row, Model::Name).data().toString());
        return result;
    }

    void choose(const QString &name)
    {
        m_table->setCurrentIndex(m_table->model()->index(static_cast<int>(names().indexOf(name)), Model::Name));
    }

    QAction *action(const char *name) { return find<QAction>(m_page.get(), name); }

    template <class Object>
    static Object *find(QWidget *in, const char *name)
    {
        auto *found = in->findChild<Object *>(QString::fromLatin1(name));
        if (!found)
            qFatal("there is no %s", name);
        return found;
    }

    /// Writes `count` copies of an experiment, each a minute older than the one before.
    bool copyOlder(const ExperimentId &id, int count)
    {
        store::Database &database = m_fixture->services().database();
        const auto columns = store::rows(
            database, u"PRAGMA table_info(experiments)"_s, {}, [](const store::Query &row) { return row.text(1); });
        if (!columns)
            return false;
        QStringList values = *columns;
        values.replaceInStrings(QRegularExpression(u"^id$"_s), u"printf('%08x-0000-4000-8000-000000000000', i)"_s);
        values.replaceInStrings(QRegularExpression(u"^name$"_s), u"'copy ' || i"_s);
        values.replaceInStrings(QRegularExpression(u"^created_at$"_s),
            u"strftime('%Y-%m-%dT%H:%M:%S.000Z', '2026-01-01', '-' || i || ' minutes')"_s);
        const QString counted = u"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "_s +
                                QString::number(count) + u") "_s;
        return store::execute(database,
            u"INSERT INTO experiments ("_s + columns->join(u", "_s) + u") "_s + counted + u"SELECT "_s +
                values.join(u", "_s) + u" FROM experiments, n WHERE experiments.id = ?"_s,
            {id.text()})
            .has_value();
    }

    ExperimentId run(const QString &name)
    {
        experiment::Request request = m_fixture->services().practiceRequest();
        request.name = name;
        const auto started = m_fixture->services().experiments().start(request);
        if (!started) {
            qWarning("%s", qPrintable(started.error().message + started.error().detail));
            return {};
        }
        m_feed->take(*started);
        return started->id;
    }

private slots:
    void init()
    {
        m_fixture = std::make_unique<UiFixture>();
        QVERIFY2(m_fixture->isReady(), qPrintable(m_fixture->error()));
        m_feed = std::make_unique<ExperimentFeed>(m_fixture->context());
    }

    void cleanup()
    {
        m_page.reset();
        m_feed.reset();
        m_fixture.reset();
    }

    void anEmptyListSaysWhatToDo()
    {
        open();
        m_feed->start();
        QSignalSpy loaded(m_feed.get(), &ExperimentFeed::loaded);
        QTRY_VERIFY_WITH_TIMEOUT(m_feed->isLoaded(), patience);
        QCOMPARE(m_table->model()->rowCount(), 0);
        QSignalSpy launch(m_page.get(), &ExperimentsPage::launchRequested);
        QVERIFY(press(m_page.get(), "experimentLaunch"));
        QCOMPARE(launch.count(), 1);
    }

    void runningFirstAndKeptInPlace()
    {
        open();
        for (const Experiment &row : {made(u"old"_s, State::Finished, 60), made(u"goes on"_s, State::Running, 50),
                 made(u"new"_s, State::Failed, 5)})
            m_feed->take(row);
        QCOMPARE(names(), (QStringList{u"goes on"_s, u"new"_s, u"old"_s}));
        choose(u"old"_s);
        m_feed->take(made(u"another"_s, State::Finished, 1));
        QCOMPARE(names(), (QStringList{u"goes on"_s, u"another"_s, u"new"_s, u"old"_s}));
        QCOMPARE(m_table->currentIndex().siblingAtColumn(Model::Name).data().toString(), u"old"_s);
        QCOMPARE(m_table->selectedRows(), QList<int>{3});
        m_feed->forget(m_feed->experiments().first().id);
        QCOMPARE(m_table->model()->rowCount(), 3);
    }

    void filtersByTextAndState()
    {
        open();
        for (const Experiment &row : {made(u"Rumour one"_s, State::Finished, 60),
                 made(u"Rumour two"_s, State::Failed, 50), made(u"Market"_s, State::Failed, 5)})
            m_feed->take(row);
        QTest::keyClicks(find<QLineEdit>(m_page.get(), "experimentFilter"), u"rumour"_s);
        QCOMPARE(names(), (QStringList{u"Rumour two"_s, u"Rumour one"_s}));
        QCOMPARE(find<QLabel>(m_page.get(), "experimentCount")->text(), u"2 of 3"_s);
        find<QComboBox>(m_page.get(), "experimentStates")->setCurrentIndex(3);
        QCOMPARE(names(), QStringList{u"Rumour two"_s});
        find<QLineEdit>(m_page.get(), "experimentFilter")->clear();
        QCOMPARE(names().size(), 2);
    }

    void actionsFitWhatIsChosen()
    {
        open();
        for (const Experiment &row : {made(u"ended"_s, State::Finished, 60), made(u"goes on"_s, State::Running, 50)})
            m_feed->take(row);
        m_table->clearSelection();
        QVERIFY(!action("experimentOpen")->isEnabled() && !action("experimentDelete")->isEnabled());
        choose(u"goes on"_s);
        QVERIFY(action("experimentStop")->isEnabled());
        QVERIFY(!action("experimentDelete")->isEnabled() && !action("experimentRerun")->isEnabled());
        choose(u"ended"_s);
        QVERIFY(!action("experimentStop")->isEnabled());
        QVERIFY(action("experimentDelete")->isEnabled() && action("experimentRerun")->isEnabled());
        m_table->selectAll();
        QVERIFY(action("experimentStop")->isEnabled()); // of those that go on
        QVERIFY(!action("experimentDelete")->isEnabled() && !action("experimentRename")->isEnabled());
    }

    void opensByReturnAndTellsTheBills()
    {
        open();
        const Experiment row = made(u"a"_s, State::Finished, 1);
        m_feed->take(row);
        choose(u"a"_s);
        QSignalSpy opened(m_page.get(), &Page::experimentRequested);
        QTest::keyClick(m_table, Qt::Key_Return);
        QCOMPARE(opened.count(), 1);
        QCOMPARE(opened[0][0].value<ExperimentId>(), row.id);
        QSignalSpy bills(m_page.get(), &Page::billsRequested);
        QSignalSpy cloned(m_page.get(), &Page::cloneRequested);
        action("experimentBills")->trigger();
        action("experimentClone")->trigger();
        QCOMPARE(bills.count(), 1);
        QCOMPARE(cloned.count(), 1);
    }

    void copiesWhatIsShown()
    {
        open();
        m_feed->take(made(u"a, \"b\""_s, State::Finished, 1));
        choose(u"a, \"b\""_s);
        m_table->setFocus();
        QTest::keyClick(m_table, Qt::Key_C, Qt::ControlModifier);
        const QStringList lines = QGuiApplication::clipboard()->text().split(u'\n');
        QVERIFY(lines[0].startsWith(u"State\tName\t"_s));
        QVERIFY(lines[1].startsWith(u"finished\ta, \"b\"\t"_s));
    }

    void aLongListComesPageByPage()
    {
        QVERIFY2(m_fixture->prepareRuns(), qPrintable(m_fixture->error()));
        open();
        const ExperimentId id = run(u"calls=1"_s);
        QVERIFY(m_fixture->services().experiments().waitForEnd(id, patience / 1000));
        QVERIFY(copyOlder(id, 2500));

        QSignalSpy pages(m_feed.get(), &ExperimentFeed::experimentsChanged);
        QSignalSpy loaded(m_feed.get(), &ExperimentFeed::loaded);
        m_feed->begin();
        QTRY_COMPARE_WITH_TIMEOUT(m_table->model()->rowCount(), 200, patience);
        QCOMPARE(names().first(), u"calls=1"_s); // the newest
        m_feed->refresh();
        QTRY_COMPARE_WITH_TIMEOUT(loaded.size(), 1, patience);
        QCOMPARE(m_table->model()->rowCount(), 2501);
        QVERIFY(pages.size() >= 3);

        // What another program has removed meanwhile is gone after a refresh, wherever in the list it stood.
        QVERIFY(store::execute(m_fixture->services().database(),
            u"UPDATE experiments SET deleted_at = created_at WHERE name LIKE 'copy%5'"_s));
        m_feed->refresh();
        QTRY_COMPARE_WITH_TIMEOUT(m_table->model()->rowCount(), 2251, patience);
    }

    void renamesNotesStopsRerunsAndDeletes()
    {
        QVERIFY2(m_fixture->prepareRuns(), qPrintable(m_fixture->error()));
        open();
        m_feed->start();
        QTRY_VERIFY_WITH_TIMEOUT(m_feed->isLoaded(), patience);
        const ExperimentId id = run(u"sleep"_s);
        QVERIFY(!id.isNull());
        QTRY_COMPARE_WITH_TIMEOUT(m_feed->experiment(id).state, State::Running, patience);
        choose(u"sleep"_s);
        QVERIFY(action("experimentStop")->isEnabled());
        action("experimentStop")->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(m_feed->experiment(id).state, State::Stopped, patience);
        QTRY_VERIFY_WITH_TIMEOUT(action("experimentRename")->isEnabled(), patience);

        m_table->setFocus();
        QTest::keyClick(m_table, Qt::Key_F2);
        auto *dialog = qobject_cast<QInputDialog *>(openDialog("askText"));
        QVERIFY(dialog);
        dialog->setTextValue(u"calls=1 renamed"_s);
        dialog->accept();
        QTRY_COMPARE_WITH_TIMEOUT(names(), QStringList{u"calls=1 renamed"_s}, patience);

        m_page->activateWindow(); // offscreen, a dialog's end activates nothing
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
        QTest::keyClick(m_table, Qt::Key_F2, Qt::ShiftModifier);
        dialog = qobject_cast<QInputDialog *>(openDialog("experimentNoteDialog"));
        QVERIFY(dialog);
        dialog->setTextValue(u"for the paper"_s);
        dialog->accept();
        QTRY_COMPARE_WITH_TIMEOUT(m_feed->experiment(id).note, u"for the paper"_s, patience);

        action("experimentRerun")->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(m_table->model()->rowCount(), 2, patience);
        QTRY_VERIFY_WITH_TIMEOUT(m_feed->unfinished().isEmpty(), patience);

        const QString directory = m_feed->experiment(id).runDirectory;
        QVERIFY(QDir(directory).exists());
        m_page->choose(id);
        QTRY_VERIFY(action("experimentDelete")->isEnabled());
        m_page->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
        QTest::keyClick(m_table, Qt::Key_Delete);
        auto *question = qobject_cast<QMessageBox *>(openDialog("askBeforeLoss"));
        QVERIFY(question);
        QVERIFY(question->text().contains(u"calls=1 renamed"_s));
        QVERIFY(question->informativeText().contains(u"bills stay"_s));
        QTest::keyClick(question, Qt::Key_Escape);
        m_fixture->settle();
        QCOMPARE(m_table->model()->rowCount(), 2);
        action("experimentDelete")->trigger();
        QVERIFY(press(openDialog("askBeforeLoss"), "askAgree"));
        QTRY_COMPARE_WITH_TIMEOUT(m_table->model()->rowCount(), 1, patience);
        QVERIFY(!QDir(directory).exists());
    }

    /// One run that cannot be read is told of, once, and does not keep the others from being seen.
    void aRunThatCannotBeReadIsToldOf()
    {
        QVERIFY2(m_fixture->prepareRuns(), qPrintable(m_fixture->error()));
        open();
        QSignalSpy failed(m_feed.get(), &ExperimentFeed::failed);
        m_feed->start();
        const ExperimentId strange = run(u"sleep"_s);
        const ExperimentId other = run(u"calls=1"_s);
        QTRY_VERIFY_WITH_TIMEOUT(m_feed->experiment(strange).calls == 3, patience);
        const QString usage = m_feed->experiment(strange).runDirectory + u"/usage.jsonl"_s;
        QVERIFY(QFile::rename(usage, usage + u".kept"_s));
        QVERIFY(writeFileAtomically(usage,
            "{\"schema\": 99}\n{\"schema\": 99}\n{\"schema\": 99}\n" + QByteArray(4000, ' ') + "\n{\"schema\": 99}\n"));
        QTRY_VERIFY_WITH_TIMEOUT(!failed.isEmpty(), patience);
        QCOMPARE(failed.first().first().value<Error>().code, u"usage_newer"_s);
        QTRY_VERIFY_WITH_TIMEOUT(m_feed->experiment(other).settled, patience);
        QVERIFY(m_fixture->services().experiments().refreshUnfinished(TestWorkspace::Tenant)->problem.has_value());
        QVERIFY(QFile::remove(usage) && QFile::rename(usage + u".kept"_s, usage));
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 2, patience); // once that it fails, once that it works again
        QVERIFY(failed.last().first().value<Error>().message.isEmpty());
    }

    void showsWhatWentWrong()
    {
        open();
        m_feed->take(made(u"not in the database"_s, State::Finished, 1));
        choose(u"not in the database"_s);
        action("experimentRerun")->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(m_page->findChild<ErrorPanel *>()->hasError(), patience);
        QVERIFY(m_page->findChild<ErrorPanel *>()->isVisible());
    }

    void aRunOfAWorkspaceThatIsGoneIsGivenUp()
    {
        const ExperimentId id = heldRun(u"theirs"_s, State::Running, u"local:gone/1"_s);
        QVERIFY(store::execute(m_fixture->services().database(),
            u"INSERT INTO experiments (id, tenant, name, state, created_at, executor, settled) "
            "VALUES (?, ?, 'mine', 'finished', ?, 'local', 1)"_s,
            {ExperimentId::random().text(), TestWorkspace::Tenant, toIso(QDateTime::currentDateTimeUtc())}));
        open();
        QTRY_COMPARE_WITH_TIMEOUT(names().size(), 2, patience);
        choose(u"mine"_s);
        QVERIFY(!action("experimentAbandon")->isVisible()); // its folder says what became of it
        QString words;
        const Experiment lost = givenUp(id, u"theirs"_s, u"the laptop was stolen"_s, words);
        QVERIFY2(words.contains(u"workspace"_s), qPrintable(words));
        QVERIFY(lost.state == State::Lost && lost.reason == u"the laptop was stolen"_s);
    }

    /// One that has ended here and can never be billed: its end stays, its bill is given up.
    void aBillThatCannotBeMadeIsGivenUp()
    {
        const ExperimentId id = heldRun(u"unbilled"_s, State::Finished, u"local"_s);
        QVERIFY(QDir().mkpath(m_fixture->services().workspace().runDirectory(TestWorkspace::Tenant, id)));
        open();
        QTRY_COMPARE_WITH_TIMEOUT(names().size(), 1, patience);
        choose(u"unbilled"_s);
        QVERIFY(action("experimentAbandon")->text().contains(u"bill"_s));
        QString words;
        const Experiment given = givenUp(id, u"unbilled"_s, u"the record broke"_s, words);
        QVERIFY2(!words.contains(u"workspace"_s) && !words.contains(u"disk"_s), qPrintable(words));
        QVERIFY(given.state == State::Finished);
        QVERIFY2(reasonText(given).contains(u"the record broke"_s), qPrintable(reasonText(given)));
    }

    /// One that was seen to run, and whose folder is away: said so, and given up where its disk is gone for good.
    void aRunOnADiskThatIsGoneIsGivenUp()
    {
        const ExperimentId id = heldRun(u"away"_s, State::Running, u"local"_s);
        open();
        m_feed->start();
        QTRY_COMPARE_WITH_TIMEOUT(names().size(), 1, patience);
        choose(u"away"_s);
        QTRY_VERIFY_WITH_TIMEOUT(action("experimentAbandon")->isVisible(), patience);
        QVERIFY(!action("experimentAbandon")->text().contains(u"bill"_s));
        QString words;
        const Experiment lost = givenUp(id, u"away"_s, u"the disk broke"_s, words);
        QVERIFY2(words.contains(u"disk"_s) && words.contains(u"out of reach"_s), qPrintable(words));
        QVERIFY(lost.state == State::Lost);
        QVERIFY2(reasonText(lost).contains(u"the disk broke"_s), qPrintable(reasonText(lost)));
    }

private:
    /// A run that has a past and no folder, with ¥ 2.00 of 5.00 held for it.
    [[nodiscard]] ExperimentId heldRun(const QString &name, State state, const QString &executor)
    {
        const ExperimentId id = ExperimentId::random();
        const QString now = u"2026-01-01T00:00:00.000Z"_s;
        if (!store::execute(m_fixture->services().database(),
                u"INSERT INTO experiments (id, tenant, name, state, created_at, started_at, ended_at, phase, executor) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, 'workflow', ?)"_s,
                {id.text(), TestWorkspace::Tenant, name, stateWord(state), now, now,
                    isEnded(state) ? QVariant(now) : QVariant(), executor}))
            qFatal("no run");
        ledger::Ledger &book = m_fixture->services().ledger();
        if (!book.recharge(TestWorkspace::Tenant, Money::fromMicro(5'000'000)) ||
            !book.placeHold(TestWorkspace::Tenant, id, Money::fromMicro(2'000'000), u"start"_s))
            qFatal("no hold");
        return id;
    }
    /// Gives it up with the mouse and the keyboard; `words` is what was asked. What it is then, with all money back.
    [[nodiscard]] Experiment givenUp(const ExperimentId &id, const QString &name, const QString &reason, QString &words)
    {
        choose(name);
        if (!action("experimentAbandon")->isVisible() || !action("experimentAbandon")->isEnabled())
            QTest::qFail("it cannot be given up", __FILE__, __LINE__);
        action("experimentAbandon")->trigger();
        if (!QTest::qWaitFor([] { return openDialog("askText") != nullptr; }))
            qFatal("nothing is asked");
        words = openDialog("askText")->findChild<QLabel *>()->text();
        if (!words.contains(u"¥ 2.00"_s) || !words.contains(name))
            QTest::qFail(qPrintable(words), __FILE__, __LINE__);
        QTest::keyClicks(openDialog("askText")->findChild<QLineEdit *>(), reason);
        QTest::keyClick(openDialog("askText"), Qt::Key_Return);
        if (!QTest::qWaitFor([this] { return !action("experimentAbandon")->isVisible(); }, patience))
            QTest::qFail("it is not settled", __FILE__, __LINE__);
        if (m_fixture->services().ledger().account(TestWorkspace::Tenant)->available != Money::fromMicro(5'000'000))
            QTest::qFail("its money is not back", __FILE__, __LINE__);
        const auto now = m_fixture->services().experiments().find(TestWorkspace::Tenant, id.text());
        if (!now || !now->settled)
            qFatal("it is not settled");
        return *now;
    }
};

QTEST_MAIN(TestExperimentsPage)
#include "tst_experimentspage.moc"
