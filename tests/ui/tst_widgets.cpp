// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/uifixture.h"
#include "ui/activities.h"
#include "ui/commandpalette.h"
#include "ui/configpicker.h"
#include "ui/datatable.h"
#include "ui/errorpanel.h"
#include "ui/jsoneditor.h"
#include "ui/moneydialog.h"
#include "ui/problemlist.h"
#include "ui/runending.h"
#include "ui/statusarea.h"

#include <QClipboard>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMainWindow>
#include <QProgressBar>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QStandardItemModel>
#include <QTemporaryDir>
#include <QToolButton>

using namespace society;
using namespace society::ui;
using namespace society::test;

namespace {

Error makeError(const QString &message)
{
    return Error{ErrorKind::Refused, QStringLiteral("some_code"), message, QStringLiteral("Do this."),
        QStringLiteral("errno 5"), QStringLiteral("exp.name")};
}

config::ConfigRow makeRow(const QString &name, config::Kind kind = config::Kind::Llm)
{
    config::ConfigRow row;
    row.kind = kind;
    row.id = ConfigId::random();
    row.name = name;
    row.version = 1;
    return row;
}

} // namespace

class TestWidgets : public QObject {
    Q_OBJECT

private slots:
    /// A run that stands still has not ended: the choice is the user's, until it moves again.
    void aRunThatStandsStillLeavesAChoice()
    {
        RunEnding ending;
        experiment::Experiment running;
        running.id = ExperimentId::random();
        running.state = experiment::State::Running;
        ending.setExperiment(running);
        QVERIFY(ending.isHidden());
        const QDateTime now = QDateTime::currentDateTimeUtc();
        ending.setWarnings({{QStringLiteral("stalled"), now, {}, {}}});
        QVERIFY(!ending.isHidden());
        QVERIFY(find<QLabel>(&ending, "runReason")->text().contains(QStringLiteral("no sign of life for a while")));
        QVERIFY(find<QLabel>(&ending, "runRemedy")->text().contains(QStringLiteral("wait, or stop it")));
        ending.setWarnings({{QStringLiteral("stalled"), now, now, {}}});
        QVERIFY(ending.isHidden());
    }

    /// What a run has left behind is said although it has ended, even well.
    void aRunThatHasLeftSomethingSaysSo()
    {
        RunEnding ending;
        experiment::Experiment finished;
        finished.id = ExperimentId::random();
        finished.state = experiment::State::Finished;
        ending.setExperiment(finished);
        QVERIFY(ending.isHidden());
        const QDateTime now = QDateTime::currentDateTimeUtc();
        ending.setWarnings({{QStringLiteral("llm_unreachable"), now, {}, {}},
            {QStringLiteral("process_left"), now, {}, QStringLiteral("process 12, state D")}});
        QVERIFY(!ending.isHidden());
        const QString words = find<QLabel>(&ending, "runReason")->text();
        QVERIFY2(words.contains(QStringLiteral("could not be ended (process 12, state D)")), qPrintable(words));
        QVERIFY2(!words.contains(QStringLiteral("reached")), qPrintable(words)); // that is over
    }

    void errorPanelShowsCopiesAndGoes()
    {
        ErrorPanel panel;
        QVERIFY(!panel.hasError());
        panel.showError(makeError(QStringLiteral("The <b>map</b> is gone")));
        QTRY_VERIFY(panel.isVisible());
        // Words from outside are shown as they are, never as markup.
        QCOMPARE(find<QLabel>(&panel, "errorMessage")->text(), QStringLiteral("The <b>map</b> is gone"));
        QCOMPARE(find<QLabel>(&panel, "errorMessage")->textFormat(), Qt::PlainText);
        QCOMPARE(find<QLabel>(&panel, "errorRemedy")->text(), QStringLiteral("Do this."));
        QVERIFY(!find<QWidget>(&panel, "errorDetail")->isVisible());
        QVERIFY(press(&panel, "errorMore"));
        QVERIFY(find<QWidget>(&panel, "errorDetail")->isVisible());
        QVERIFY(press(&panel, "errorCopy"));
        const QString copied = QApplication::clipboard()->text();
        for (const char *part : {"map", "Do this.", "exp.name", "errno 5", "some_code"})
            QVERIFY2(copied.contains(QLatin1String(part)), part);
        QSignalSpy dismissed(&panel, &ErrorPanel::dismissed);
        QVERIFY(press(&panel, "errorClose"));
        QCOMPARE(dismissed.size(), 1);
        QVERIFY(!panel.isVisible() && !panel.hasError());
    }

    void statusAreaKeepsProblemsUntilRead()
    {
        QMainWindow window;
        Activities activities;
        StatusArea &status = *new StatusArea(QStringLiteral("lab"), activities, &window);
        window.setStatusBar(&status);
        window.resize(900, 200);
        window.show();
        status.addProblem(makeError(QStringLiteral("first")));
        status.addProblem(makeError(QStringLiteral("second")));
        status.addProblem(makeError(QStringLiteral("first"))); // it stands there already
        QCOMPARE(status.unread().size(), 2);
        auto *button = find<QToolButton>(&status, "statusProblem");
        QVERIFY(button->text().startsWith(QStringLiteral("first")));
        QVERIFY(press(&status, "statusProblem"));
        QTRY_VERIFY(openDialog("problemDialog"));
        QVERIFY(press(openDialog("problemDialog"), "errorClose"));
        QTRY_COMPARE(status.unread().size(), 1);
        QCOMPARE(button->text(), QStringLiteral("second"));
    }

    void statusAreaSaysThatItHasLetSomeGo()
    {
        QMainWindow window;
        Activities activities;
        StatusArea &status = *new StatusArea(QStringLiteral("lab"), activities, &window);
        window.setStatusBar(&status);
        window.resize(900, 200);
        window.show();
        for (int i = 1; i <= 53; ++i)
            status.addProblem(makeError(QString::number(i)));
        QCOMPARE(status.unread().size(), 50);
        QCOMPARE(status.unread().last().message, QStringLiteral("53")); // the newest are never lost
        QVERIFY(find<QToolButton>(&status, "statusProblem")->toolTip().contains(QStringLiteral("3 earlier")));
        QVERIFY(press(&status, "statusProblem"));
        QTRY_VERIFY(openDialog("problemDialog"));
        QVERIFY(find<QLabel>(openDialog("problemDialog"), "problemsForgotten")->text().contains(u'3'));
        QVERIFY(press(openDialog("problemDialog"), "errorClose"));
        QTRY_COMPARE(status.unread().size(), 49);
    }

    void statusAreaShowsBackgroundWork()
    {
        QMainWindow window;
        Activities activities;
        StatusArea &status = *new StatusArea(QStringLiteral("lab"), activities, &window);
        window.setStatusBar(&status);
        window.resize(900, 200);
        window.show();
        auto *progress = find<QProgressBar>(&status, "statusProgress");
        QVERIFY(!progress->isVisible());
        const auto cancelled = std::make_shared<std::atomic_bool>(false);
        const int id = activities.begin(QStringLiteral("Installing"), cancelled);
        activities.setProgress(id, 40, QStringLiteral("numpy"));
        QTRY_COMPARE(progress->value(), 40);
        QVERIFY(find<QLabel>(&status, "statusStep")->text().contains(QStringLiteral("numpy")));
        QVERIFY(press(&status, "statusCancel"));
        QVERIFY(cancelled->load());
        activities.end(id);
        QVERIFY(!progress->isVisible());
    }

    void paletteFindsByWordsInAnyOrder_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("first");
        QTest::addColumn<int>("count");
        QTest::newRow("nothing typed") << QString() << QStringLiteral("Launch") << 4;
        QTest::newRow("start of a word") << QStringLiteral("con") << QStringLiteral("Configurations") << 1;
        QTest::newRow("two words") << QStringLiteral("town rum") << QStringLiteral("Rumour in a small town") << 1;
        QTest::newRow("case") << QStringLiteral("QWEN") << QStringLiteral("Qwen Plus") << 1;
        QTest::newRow("nowhere") << QStringLiteral("zzz") << QString() << 0;
    }
    void paletteFindsByWordsInAnyOrder()
    {
        QFETCH(QString, typed);
        QFETCH(QString, first);
        QFETCH(int, count);
        QWidget window;
        window.resize(600, 400);
        CommandPalette palette(&window);
        window.show();
        QString run;
        QList<CommandPalette::Entry> entries;
        for (const char *text : {"Launch", "Configurations", "Rumour in a small town", "Qwen Plus"})
            entries += {QString::fromLatin1(text), {}, {}, [&run, text] { run = QString::fromLatin1(text); }};
        palette.open(entries);
        auto *edit = find<QLineEdit>(&palette, "paletteEdit");
        QTest::keyClicks(edit, typed);
        QCOMPARE(find<QListWidget>(&palette, "paletteList")->count(), count);
        QTest::keyClick(edit, Qt::Key_Return);
        QCOMPARE(run, first);
        QCOMPARE(palette.isVisible(), count == 0);
        if (count == 0) {
            QTest::keyClick(edit, Qt::Key_Escape);
            QVERIFY(!palette.isVisible());
        }
    }

    void pickerKeepsItsChoice()
    {
        ConfigPicker picker(config::Kind::Llm);
        picker.show();
        QSignalSpy changed(&picker, &ConfigPicker::choiceChanged);
        const config::ConfigRow practice = makeRow(QStringLiteral("Practice"));
        config::ConfigRow qwen = makeRow(QStringLiteral("Qwen Plus"));
        const config::ConfigRow town = makeRow(QStringLiteral("Town"), config::Kind::Map);
        picker.setRows({practice, qwen, town});
        QCOMPARE(find<QListWidget>(&picker, "list_llm")->count(), 2); // the map is another picker's
        QVERIFY(picker.choose(qwen.id.text()));
        QCOMPARE(picker.chosen().name, QStringLiteral("Qwen Plus"));
        QCOMPARE(changed.size(), 1);

        picker.setRows({makeRow(QStringLiteral("Another")), practice, qwen});
        QCOMPARE(picker.chosen().id, qwen.id);
        QCOMPARE(changed.size(), 1); // nothing that matters has changed
        ++qwen.version;
        picker.setRows({practice, qwen});
        QCOMPARE(changed.size(), 2); // a new version is another document

        // A filter never hides what is chosen.
        find<QLineEdit>(&picker, "filter_llm")->setText(QStringLiteral("prac"));
        auto *list = find<QListWidget>(&picker, "list_llm");
        QVERIFY(!list->item(0)->isHidden() && !list->item(1)->isHidden());
        find<QLineEdit>(&picker, "filter_llm")->setText(QStringLiteral("plus"));
        QVERIFY(list->item(0)->isHidden() && !list->item(1)->isHidden());

        picker.setRows({practice});
        QVERIFY(picker.chosen().id.isNull());
        QCOMPARE(changed.size(), 3);
    }

    void problemListLeadsThere()
    {
        ProblemList list;
        list.resize(500, 200);
        list.show();
        QSignalSpy there(&list, &ProblemList::goThere);
        const config::Problem error{config::Severity::Error, QStringLiteral("exp.workflow.2.target_agent"),
            QStringLiteral("target_unknown"), QStringLiteral("no agent has id 99"),
            QStringLiteral("Citizens are 5–14.")};
        const config::Problem well{
            config::Severity::Ok, {}, QStringLiteral("runner"), QStringLiteral("runner 1.5.7"), {}};
        list.setProblems({error, well});
        auto *words = find<QLabel>(&list, "problem_1");
        QVERIFY(words->text().contains(QStringLiteral("Workflow › 3 › target_agent"))); // places count from 1
        QVERIFY(words->text().contains(QStringLiteral("no agent has id 99")));
        QCOMPARE(find<QLabel>(&list, "problemsWell")->text(), QStringLiteral("runner 1.5.7"));
        QVERIFY(press(&list, "goThere_1"));
        QCOMPARE(there.size(), 1);
        QCOMPARE(there.first().first().value<config::Problem>(), error);
        // Setting the same again keeps the row that may have the keyboard.
        QPointer<QLabel> row = words;
        list.setProblems({error, well});
        QVERIFY(row);
    }

    void moneyDialogSaysWhatIsWrong_data()
    {
        QTest::addColumn<QString>("amount");
        QTest::addColumn<bool>("good");
        QTest::newRow("plain") << QStringLiteral("10") << true;
        QTest::newRow("micro") << QStringLiteral("0.010001") << true;
        QTest::newRow("nothing yet") << QString() << false;
        QTest::newRow("word") << QStringLiteral("ten") << false;
        QTest::newRow("negative") << QStringLiteral("-5") << false;
        QTest::newRow("too small") << QStringLiteral("0.009") << false;
        QTest::newRow("seven decimals") << QStringLiteral("1.0000001") << false;
    }
    void moneyDialogSaysWhatIsWrong()
    {
        QFETCH(QString, amount);
        QFETCH(bool, good);
        MoneyDialog dialog(
            QStringLiteral("t"), QStringLiteral("w"), QStringLiteral("Do"), MoneyDialog::Sign::Positive, false);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        QTest::keyClicks(find<QLineEdit>(&dialog, "moneyAmount"), amount);
        QCOMPARE(find<QAbstractButton>(&dialog, "moneyAgree")->isEnabled(), good);
        QCOMPARE(find<QLabel>(&dialog, "moneyProblem")->text().isEmpty(), good || amount.isEmpty());
    }

    void tableRemembersColumns()
    {
        QTemporaryDir folder;
        QStandardItemModel model(2, 3);
        model.setHorizontalHeaderLabels({QStringLiteral("A"), QStringLiteral("B"), QStringLiteral("C")});
        for (int row = 0; row < 2; ++row) {
            for (int column = 0; column < 3; ++column)
                model.setItem(row, column, new QStandardItem(QStringLiteral("%1%2").arg(row).arg(column)));
        }
        const Workspace workspace(folder.path());
        {
            AppSettings settings(workspace, folder.filePath(QStringLiteral("user.ini")));
            DataTable table(settings, QStringLiteral("t"));
            table.setUp(&model, {2});
            QCOMPARE(table.shownColumns(), (QList{0, 1}));
            table.header()->moveSection(1, 0);
            table.setColumnWidth(0, 213);
            table.setColumnHidden(2, false);
        }
        AppSettings settings(workspace, folder.filePath(QStringLiteral("user.ini")));
        DataTable table(settings, QStringLiteral("t"));
        table.setUp(&model, {2});
        QCOMPARE(table.shownColumns(), (QList{1, 0, 2}));
        QCOMPARE(table.columnWidth(0), 213);
        table.show();
        table.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&table));
        table.setFocus();
        table.selectAll();
        QTest::keyClick(&table, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QApplication::clipboard()->text().trimmed(), QStringLiteral("B\tA\tC\n01\t00\t02\n11\t10\t12"));
    }

    void editorUndoesAndMarks()
    {
        JsonEditor editor;
        editor.resize(400, 300);
        editor.show();
        QSignalSpy edited(&editor, &JsonEditor::edited);
        editor.setText("{\n  \"a\": 1\n}\n", config::Format::Json);
        QVERIFY(!editor.isModified());
        QCOMPARE(edited.size(), 0);
        editor.replaceText("{\n  \"a\": 2\n}\n");
        QVERIFY(editor.isModified());
        QVERIFY(edited.size() > 0);
        editor.goTo({2, 3});
        QCOMPARE(editor.cursor(), (config::Position{2, 3}));
        auto *source = find<QWidget>(&editor, "sourceEditor");
        QTest::keyClick(source, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(editor.text(), QByteArray("{\n  \"a\": 1\n}\n"));
        QVERIFY(!editor.isModified());
        editor.setText("名字: 甲\n", config::Format::Yaml);
        QCOMPARE(editor.text(), QByteArray("名字: 甲\n"));
        editor.setReadOnly(true);
        QTest::keyClicks(source, QStringLiteral("x"));
        QCOMPARE(editor.text(), QByteArray("名字: 甲\n"));
    }

    void aMissingEditorLibraryIsSaidAndLeavesAnEditor()
    {
        const QByteArray before = qgetenv("SOCIETY_BIN");
        const auto back = qScopeGuard([&] { qputenv("SOCIETY_BIN", before); });
        const QTemporaryDir nowhere;
        qputenv("SOCIETY_BIN", nowhere.path().toUtf8());
        JsonEditor editor;
        editor.resize(400, 300);
        editor.show();
        QVERIFY(editor.findChild<ErrorPanel *>()->error().message.contains(QStringLiteral("could not be loaded")));
        QSignalSpy edited(&editor, &JsonEditor::edited);
        QSignalSpy modified(&editor, &JsonEditor::modificationChanged);
        editor.setText("a: 1\n名字: 甲\n", config::Format::Yaml);
        QVERIFY(!editor.isModified());
        QCOMPARE(edited.size(), 0);
        editor.goTo({2, 5});
        QCOMPARE(editor.cursor(), (config::Position{2, 5}));
        auto *source = find<QWidget>(&editor, "sourceEditor");
        QTest::keyClicks(source, QStringLiteral("x"));
        QCOMPARE(editor.text(), QByteArray("a: 1\n名字: x甲\n"));
        QVERIFY(editor.isModified());
        QCOMPARE(edited.size(), 1);
        QVERIFY(modified.constLast().constFirst().toBool());
        QTest::keyClick(source, Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(!editor.isModified());
        editor.replaceText("b: 2\nb: 3\n");
        QVERIFY(editor.findNext(QStringLiteral("b")));
        QCOMPARE(editor.cursor(), (config::Position{1, 2}));
        QVERIFY(editor.findNext(QStringLiteral("b")));
        QVERIFY(editor.findNext(QStringLiteral("b"))); // from the start again
        QCOMPARE(editor.cursor(), (config::Position{1, 2}));
        QVERIFY(!editor.findNext(QStringLiteral("c")));
        editor.setReadOnly(true);
        QTest::keyClicks(source, QStringLiteral("x"));
        QCOMPARE(editor.text(), QByteArray("b: 2\nb: 3\n"));
    }
};

QTEST_MAIN(TestWidgets)
#include "tst_widgets.moc"
