// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/uifixture.h"
#include "ui/configdetail.h"
#include "ui/configurationspage.h"
#include "ui/datatable.h"
#include "ui/errorpanel.h"
#include "ui/experimentfeed.h"
#include "ui/hintdelegate.h"
#include "ui/jsoneditor.h"
#include "ui/problemlist.h"

#include <QComboBox>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMessageBox>
#include <QMimeData>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTreeWidget>

using namespace society;
using namespace society::ui;
using namespace society::test;

namespace {

constexpr int patience = 30000; // ms

const QByteArray twoAgents = "{\n  \"citizens\": [\n    {\"agent_class\": \"citizen\", \"number\": 2}\n  ]\n}\n";

} // namespace

class TestConfigurationsPage : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_fixture = std::make_unique<UiFixture>();
        QVERIFY2(m_fixture->isReady(), qPrintable(m_fixture->error()));
        QVERIFY2(m_fixture->prepareRuns(), qPrintable(m_fixture->error()));
        m_own = m_fixture->services().import(config::Kind::Agents, QStringLiteral("Two people"), twoAgents);
        QVERIFY2(!m_own.isEmpty(), qPrintable(m_fixture->error()));
        m_feed = std::make_unique<ExperimentFeed>(m_fixture->context());
        m_page = std::make_unique<ConfigurationsPage>(m_fixture->context(), *m_feed, m_activities);
        m_page->resize(1100, 700);
        m_page->show();
        m_page->activateWindow();
    }

    void cleanup()
    {
        m_page.reset();
        m_feed.reset();
        m_fixture.reset();
    }

    void kindsAreCountedAndListed()
    {
        m_page->refresh();
        auto *kinds = find<QListWidget>(m_page.get(), "configKinds");
        QTRY_VERIFY_WITH_TIMEOUT(kinds->item(1)->data(HintDelegate::HintRole).toString() == QStringLiteral("3"),
            patience); // two practice ones and ours
        kinds->setCurrentRow(1);
        QCOMPARE(table()->model()->rowCount(), 3);
        QTest::keyClicks(find<QLineEdit>(m_page.get(), "configFilter"), QStringLiteral("two"));
        QCOMPARE(table()->model()->rowCount(), 1);
    }

    void anErrorIsShownWhileTyping()
    {
        show(m_own);
        QVERIFY(problems()->problems().isEmpty() || !config::hasErrors(problems()->problems()));
        replace("{\n  \"citizens\": [\n    {\"agent_class\": \"citizen\", \"number\": \"two\"}\n  ]\n}\n");
        QTRY_VERIFY_WITH_TIMEOUT(config::hasErrors(problems()->problems()), patience);
        QVERIFY(find<QLabel>(m_page.get(), "problem_1")->isVisible());
        QVERIFY(press(m_page.get(), "goThere_1"));
        QCOMPARE(editor()->cursor().line, 3);
        replace("{ \"citizens\": [\n  oops\n] }\n");
        QTRY_VERIFY_WITH_TIMEOUT(config::hasProblem(problems()->problems(), QLatin1String("json_invalid")), patience);
        QVERIFY(press(m_page.get(), "goThere_1"));
        QCOMPARE(editor()->cursor().line, 2);
        // Such a text is no version: the reason stands on the page, and nothing typed is lost.
        QVERIFY(press(m_page.get(), "configSave"));
        QTRY_VERIFY_WITH_TIMEOUT(detail()->errors().hasError(), patience);
        QVERIFY(editor()->text().contains("oops"));
    }

    void savingMakesAVersion()
    {
        show(m_own);
        QVERIFY(!find<QWidget>(m_page.get(), "configSave")->isEnabled());
        QByteArray three = twoAgents;
        three.replace("2", "3");
        replace(three);
        QTest::keyClick(editor()->focusProxy(), Qt::Key_S, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(!detail()->isModified() && detail()->stored()->row.version == 2, patience);
        auto *versions = find<QTreeWidget>(m_page.get(), "configVersions");
        QTRY_COMPARE_WITH_TIMEOUT(versions->topLevelItemCount(), 2, patience);
        QTRY_VERIFY(find<QLabel>(m_page.get(), "configSummary")->text().contains(u'3'));

        // Back to the first: that is a third version, and the second stays.
        find<QTabWidget>(m_page.get(), "configTabs")->setCurrentIndex(2);
        versions->setCurrentItem(versions->topLevelItem(1));
        QVERIFY(press(m_page.get(), "versionRestore"));
        QTRY_COMPARE_WITH_TIMEOUT(versions->topLevelItemCount(), 3, patience);
        QCOMPARE(editor()->text(), twoAgents);
    }

    void anotherVersionIsNotOverwritten()
    {
        show(m_own);
        QByteArray elsewhere = twoAgents;
        elsewhere.replace("2", "7");
        QVERIFY(m_fixture->services().configs().save(TestWorkspace::Tenant, *ConfigId::parse(m_own), 1, elsewhere, {}));
        QByteArray here = twoAgents;
        here.replace("2", "9");
        replace(here);
        QVERIFY(press(m_page.get(), "configSave"));
        QTRY_VERIFY_WITH_TIMEOUT(detail()->errors().hasError(), patience);
        QCOMPARE(detail()->errors().error().code, QStringLiteral("version_conflict"));
        QCOMPARE(editor()->text(), here); // still there to be saved after a look
    }

    void unsavedChangesAreAskedAbout()
    {
        show(m_own);
        replace("{}\n");
        QVERIFY(!m_page->mayLeave());
        auto *kinds = find<QListWidget>(m_page.get(), "configKinds");
        kinds->setCurrentRow(0);
        QTRY_VERIFY(openDialog("askBeforeLoss"));
        QVERIFY(press(openDialog("askBeforeLoss"), "askCancel"));
        QTRY_VERIFY(!openDialog("askBeforeLoss"));
        QCOMPARE(editor()->text(), QByteArray("{}\n"));
        QCOMPARE(kinds->currentRow(), 1); // the list is where the editor is
        kinds->setCurrentRow(0);
        QTRY_VERIFY(openDialog("askBeforeLoss"));
        QVERIFY(press(openDialog("askBeforeLoss"), "askAgree"));
        QTRY_VERIFY(m_page->mayLeave());
    }

    void publicOnesAreDuplicatedToEdit()
    {
        const auto practice =
            m_fixture->services().configs().find(TestWorkspace::Tenant, QStringLiteral("Four people"));
        QVERIFY(practice);
        show(practice->id.text());
        QVERIFY(editor()->isReadOnly());
        QVERIFY(!find<QWidget>(m_page.get(), "configSave")->isVisible());
        QVERIFY(press(m_page.get(), "configDuplicateToEdit"));
        QTRY_VERIFY(openDialog("askText"));
        qobject_cast<QInputDialog *>(openDialog("askText"))->setTextValue(QStringLiteral("My four"));
        QTest::keyClick(openDialog("askText"), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(
            detail()->stored() && detail()->stored()->row.name == QStringLiteral("My four"), patience);
        QTRY_VERIFY_WITH_TIMEOUT(!editor()->isReadOnly(), patience);
        QCOMPARE(detail()->stored()->row.tenant, TestWorkspace::Tenant);
    }

    void aNameIsTakenOnce()
    {
        QVERIFY(!m_fixture->services().import(config::Kind::Agents, QStringLiteral("Other"), twoAgents).isEmpty());
        show(m_own);
        table()->setFocus();
        QTest::keyClick(table(), Qt::Key_F2);
        QTRY_VERIFY(openDialog("askText"));
        qobject_cast<QInputDialog *>(openDialog("askText"))->setTextValue(QStringLiteral("Other"));
        QTest::keyClick(openDialog("askText"), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(pageError()->hasError(), patience);
        QCOMPARE(pageError()->error().code, QStringLiteral("name_taken"));
    }

    void deletionIsAskedAboutAndRefusedWhileUsed()
    {
        // In use: a run of the stub names it.
        experiment::Request request = m_fixture->services().practiceRequest();
        request.agents = m_own;
        request.workflow = m_fixture->services().import(config::Kind::Workflow, QStringLiteral("Steps"),
            R"({"workflow": [{"type": "step", "steps": 1, "ticks_per_step": 900}]})");
        request.name = QStringLiteral("The user");
        const auto run = m_fixture->services().experiments().start(request);
        QVERIFY2(run, run ? "" : qPrintable(run.error().message + run.error().detail));
        show(m_own);
        remove();
        QTRY_VERIFY_WITH_TIMEOUT(pageError()->hasError(), patience);
        QCOMPARE(pageError()->error().code, QStringLiteral("config_used"));
        QVERIFY(pageError()->error().message.contains(QStringLiteral("The user")));
        QVERIFY(m_fixture->services().experiments().waitForEnd(run->id, 30));
        QVERIFY(m_fixture->services().experiments().remove(run->id));
        remove();
        m_fixture->settle();
        QTRY_VERIFY_WITH_TIMEOUT(!m_fixture->services().configs().find(TestWorkspace::Tenant, m_own), patience);
        QVERIFY(!pageError()->hasError());
    }

    void aNewOneBeginsFromATemplate_data()
    {
        QTest::addColumn<int>("kind");
        for (const config::Kind kind :
            {config::Kind::Llm, config::Kind::Agents, config::Kind::Workflow, config::Kind::Survey})
            QTest::newRow(qPrintable(config::kindName(kind))) << static_cast<int>(kind);
    }
    void aNewOneBeginsFromATemplate()
    {
        QFETCH(int, kind);
        m_page->newConfiguration(static_cast<config::Kind>(kind));
        QTRY_VERIFY(openDialog("newConfigDialog"));
        auto *templates = find<QComboBox>(openDialog("newConfigDialog"), "newTemplate");
        const int count = templates->count();
        QVERIFY(count > 0);
        openDialog("newConfigDialog")->close();
        for (int i = 0; i < count; ++i) {
            QTRY_VERIFY(!openDialog("newConfigDialog"));
            m_page->newConfiguration(static_cast<config::Kind>(kind));
            QTRY_VERIFY(openDialog("newConfigDialog"));
            QWidget *dialog = openDialog("newConfigDialog");
            QVERIFY(!find<QWidget>(dialog, "newCreate")->isEnabled()); // it needs a name
            find<QComboBox>(dialog, "newTemplate")->setCurrentIndex(i);
            const QString name = QStringLiteral("New %1").arg(i);
            QTest::keyClicks(find<QLineEdit>(dialog, "newName"), name);
            QVERIFY(press(dialog, "newCreate"));
            QTRY_VERIFY_WITH_TIMEOUT(detail()->stored() && detail()->stored()->row.name == name, patience);
            // What is offered to begin with is without fault.
            m_fixture->settle();
            QTRY_VERIFY(!config::hasErrors(problems()->problems()));
        }
    }

    void importTellsWhatItMade()
    {
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("people.json")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(R"({"citizens": [{"agent_class": "citizen", "number": 5}]})");
        file.close();
        m_page->importFiles({file.fileName()});
        QTRY_VERIFY_WITH_TIMEOUT(openDialog("importReport"), patience);
        QVERIFY(find<QLabel>(openDialog("importReport"), "importMade")->text().contains(QStringLiteral("people")));
        QVERIFY(press(openDialog("importReport"), "importClose"));
        // Dropped on the page, the same file again makes nothing new.
        QMimeData dropped;
        dropped.setUrls({QUrl::fromLocalFile(file.fileName())});
        QDragEnterEvent enter(QPoint(10, 10), Qt::CopyAction, &dropped, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(m_page.get(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(10, 10), Qt::CopyAction, &dropped, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(m_page.get(), &drop);
        QTRY_VERIFY_WITH_TIMEOUT(openDialog("importReport"), patience);
        QVERIFY(
            find<QLabel>(openDialog("importReport"), "importMade")->text().contains(QStringLiteral("there already")));
        QVERIFY(press(openDialog("importReport"), "importClose"));
        m_page->importFiles({folder.filePath(QStringLiteral("nothing.json"))});
        QTRY_VERIFY_WITH_TIMEOUT(pageError()->hasError(), patience);
        QVERIFY(!openDialog("importReport"));
    }

    void aLateListHidesNoError()
    {
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("late.json")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(R"({"citizens": [{"agent_class": "citizen", "number": 6}]})");
        file.close();
        m_page->importFiles({file.fileName()});
        m_page->importFiles({QStringLiteral("/nothing.json")});
        QTRY_VERIFY_WITH_TIMEOUT(openDialog("importReport"), patience);
        QVERIFY(press(openDialog("importReport"), "importClose"));
        const auto shown = [&] { return m_page->findChild<ConfigDetail *>()->stored(); };
        QTRY_VERIFY_WITH_TIMEOUT(shown() && shown()->row.name == QStringLiteral("late"), patience);
        QVERIFY(pageError()->hasError());
    }

    void aKeyGoesToTheSecretStore()
    {
        const QString llm = m_fixture->services().import(
            config::Kind::Llm, QStringLiteral("Cloud"), R"([{"provider": "qwen", "model": "qwen-plus"}])");
        show(llm);
        QTRY_COMPARE_WITH_TIMEOUT(keyWords(), QStringLiteral("no key yet"), patience);
        QVERIFY(press(m_page.get(), "llmChangeKey_0"));
        QTRY_VERIFY(openDialog("llmKeyDialog"));
        auto *dialog = qobject_cast<QInputDialog *>(openDialog("llmKeyDialog"));
        QCOMPARE(dialog->textEchoMode(), QLineEdit::Password);
        dialog->setTextValue(QStringLiteral("sk-canary-1234"));
        QTest::keyClick(dialog, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(keyWords().contains(QStringLiteral("key kept")), patience);
        const auto names = m_fixture->services().secrets().list();
        QVERIFY(names && names->size() == 1);
        const auto kept = m_fixture->services().secrets().read(names->first());
        QVERIFY(kept && kept->view() == "sk-canary-1234");
        // The document has a reference and never the key.
        QVERIFY(!editor()->text().contains("canary"));
        QVERIFY(editor()->text().contains("@secret"));
    }

private:
    DataTable *table() { return find<DataTable>(m_page.get(), "configTable"); }
    ConfigDetail *detail() { return m_page->findChild<ConfigDetail *>(); }
    JsonEditor *editor() { return m_page->findChild<JsonEditor *>(); }
    ProblemList *problems() { return find<ProblemList>(m_page.get(), "configProblems"); }
    // The page's own panel; the detail and the key panel have theirs.
    ErrorPanel *pageError()
    {
        for (ErrorPanel *panel : m_page->findChildren<ErrorPanel *>()) {
            if (!detail()->isAncestorOf(panel))
                return panel;
        }
        return nullptr;
    }
    QString keyWords()
    {
        auto *label = m_page->findChild<QLabel *>(QStringLiteral("llmKey_0"));
        return label ? label->text() : QString();
    }
    void show(const QString &id)
    {
        m_page->showConfiguration(*ConfigId::parse(id));
        QTRY_VERIFY_WITH_TIMEOUT(detail()->id().text() == id, patience);
        m_fixture->settle(); // its check has come, too
    }
    void replace(const QByteArray &text)
    {
        find<QTabWidget>(m_page.get(), "configTabs")->setCurrentIndex(1);
        editor()->replaceText(text);
        editor()->setFocus();
    }
    void remove()
    {
        m_page->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
        table()->setFocus();
        QTest::keyClick(table(), Qt::Key_Delete);
        QTRY_VERIFY(openDialog("askBeforeLoss"));
        QVERIFY(press(openDialog("askBeforeLoss"), "askAgree"));
        QTRY_VERIFY(!openDialog("askBeforeLoss"));
    }

    std::unique_ptr<UiFixture> m_fixture;
    std::unique_ptr<ExperimentFeed> m_feed;
    Activities m_activities;
    std::unique_ptr<ConfigurationsPage> m_page;
    QString m_own;
};

QTEST_MAIN(TestConfigurationsPage)
#include "tst_configurationspage.moc"
