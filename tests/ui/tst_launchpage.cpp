// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/uifixture.h"
#include "ui/configpicker.h"
#include "ui/errorpanel.h"
#include "ui/experimentfeed.h"
#include "ui/launchpage.h"
#include "ui/problemlist.h"

#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTemporaryDir>

using namespace society;
using namespace society::ui;
using namespace society::test;

namespace {

constexpr int patience = 30000; // ms; a run of the stub is over in two seconds on an idle machine

} // namespace

class TestLaunchPage : public QObject {
    Q_OBJECT

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

    void newWorkspaceHasPracticeChosen()
    {
        QVERIFY2(m_fixture->prepareRuns(), qPrintable(m_fixture->error()));
        open();
        QTRY_VERIFY_WITH_TIMEOUT(button("launchStart")->isEnabled(), patience);
        QCOMPARE(picker("llm")->chosen().name, QStringLiteral("Practice model"));
        QCOMPARE(picker("workflow")->chosen().name, QStringLiteral("A short morning"));
        QVERIFY(find<QLabel>(m_page.get(), "launchPractice")->isVisible());
        QVERIFY(button("launchStart")->text().contains(QStringLiteral("free"))); // no money is asked for
        QTRY_VERIFY(!find<QLabel>(m_page.get(), "card_agents")->text().isEmpty());
        QVERIFY(find<QLabel>(m_page.get(), "problemsWell"));
    }

    void returnInTheNameStarts()
    {
        QVERIFY2(m_fixture->prepareRuns(), qPrintable(m_fixture->error()));
        open();
        m_feed->start();
        QTRY_VERIFY_WITH_TIMEOUT(button("launchStart")->isEnabled(), patience);
        QSignalSpy started(m_page.get(), &LaunchPage::started);
        QSignalSpy ended(m_feed.get(), &ExperimentFeed::experimentEnded);
        auto *name = find<QLineEdit>(m_page.get(), "launchName");
        name->setText(QStringLiteral("calls=2 first"));
        find<QLineEdit>(m_page.get(), "launchSeed")->setText(QStringLiteral("4294967295"));
        QTRY_VERIFY_WITH_TIMEOUT(button("launchStart")->isEnabled(), patience);
        QTest::keyClick(name, Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(started.size(), 1, patience);
        const auto id = started.first().first().value<ExperimentId>();
        QCOMPARE(m_feed->experiment(id).name, QStringLiteral("calls=2 first"));
        QCOMPARE(m_feed->experiment(id).seed, 4294967295U);
        // The feed alone tells that it has ended.
        QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, patience);
        const experiment::Experiment done = m_feed->experiment(id);
        QCOMPARE(done.state, experiment::State::Finished);
        QCOMPARE(done.calls, 2);
        QTRY_VERIFY_WITH_TIMEOUT(m_feed->experiment(id).settled, patience);
        // The next run gets a seed of its own.
        QVERIFY(find<QLineEdit>(m_page.get(), "launchSeed")->text().isEmpty());
    }

    void badInputIsSaidAndForbidsStart_data()
    {
        QTest::addColumn<QString>("seed");
        QTest::addColumn<QString>("cap");
        QTest::addColumn<QString>("words");
        QTest::newRow("seed is a word") << QStringLiteral("seven") << QString() << QStringLiteral("seed");
        QTest::newRow("seed too large") << QStringLiteral("4294967296") << QString() << QStringLiteral("seed");
        QTest::newRow("seed negative") << QStringLiteral("-1") << QString() << QStringLiteral("seed");
        QTest::newRow("cap is a word") << QString() << QStringLiteral("much") << QStringLiteral("cap");
        QTest::newRow("cap negative") << QString() << QStringLiteral("-1") << QStringLiteral("cap");
    }
    void badInputIsSaidAndForbidsStart()
    {
        QFETCH(QString, seed);
        QFETCH(QString, cap);
        QFETCH(QString, words);
        QVERIFY2(m_fixture->prepareRuns(), qPrintable(m_fixture->error()));
        open();
        QTRY_VERIFY_WITH_TIMEOUT(button("launchStart")->isEnabled(), patience);
        find<QLineEdit>(m_page.get(), "launchSeed")->setText(seed);
        find<QLineEdit>(m_page.get(), "launchCap")->setText(cap);
        QVERIFY(!button("launchStart")->isEnabled());
        QVERIFY(find<QLabel>(m_page.get(), "launchObstacle")->text().contains(words));
        QSignalSpy started(m_page.get(), &LaunchPage::started);
        QTest::keyClick(find<QLineEdit>(m_page.get(), "launchName"), Qt::Key_Return);
        m_fixture->settle();
        QCOMPARE(started.size(), 0);
    }

    void withoutARunnerTheWayIsShown()
    {
        QVERIFY2(m_fixture->prepareRuns(), qPrintable(m_fixture->error()));
        QVERIFY(QFile::remove(m_fixture->services().workspace().runner() + QStringLiteral("/installed.json")));
        open();
        auto *problems = find<ProblemList>(m_page.get(), "launchProblems");
        QTRY_VERIFY_WITH_TIMEOUT(config::hasErrors(problems->problems()), patience);
        QVERIFY(!button("launchStart")->isEnabled());
        QVERIFY(find<QLabel>(m_page.get(), "launchObstacle")->text().contains(QStringLiteral("1 problem")));
        QSignalSpy setup(m_page.get(), &LaunchPage::setupRequested);
        QVERIFY(press(m_page.get(), "goThere_1"));
        QCOMPARE(setup.size(), 1);
    }

    void aProblemLeadsToItsPlace()
    {
        QVERIFY2(m_fixture->prepareRuns(), qPrintable(m_fixture->error()));
        const QString broken = m_fixture->services().import(config::Kind::Workflow, QStringLiteral("Broken"),
            R"({"workflow": [{"type": "step", "steps": 2, "ticks_per_step": 900}, )"
            R"({"type": "interview", "target_agent": [99], "interview_message": "Who?"}]})");
        QVERIFY2(!broken.isEmpty(), qPrintable(m_fixture->error()));
        m_fixture->settings().setLastChoice(QStringLiteral("workflow"), broken);
        open();
        auto *problems = find<ProblemList>(m_page.get(), "launchProblems");
        QTRY_VERIFY_WITH_TIMEOUT(config::hasErrors(problems->problems()), patience);
        QSignalSpy place(m_page.get(), &Page::configurationRequested);
        QVERIFY(press(m_page.get(), "goThere_1"));
        QTRY_COMPARE_WITH_TIMEOUT(place.size(), 1, patience);
        QCOMPARE(place.first().first().value<ConfigId>().text(), broken);
        QVERIFY(place.first().at(1).toString().startsWith(QStringLiteral("workflow.1")));
    }

    void moneyIsHeldOnlyWhereItIsThere()
    {
        QVERIFY2(m_fixture->prepareRuns(), qPrintable(m_fixture->error()));
        const QString llm = m_fixture->services().import(config::Kind::Llm, QStringLiteral("Own server"),
            "[{\"provider\": \"custom\", \"model\": \"m\", \"base_url\": \"http://127.0.0.1:9/v1\", \"api_key\": "
            "\"sk-test\"}]");
        QVERIFY2(!llm.isEmpty(), qPrintable(m_fixture->error()));
        m_fixture->settings().setLastChoice(QStringLiteral("llm"), llm);
        open();
        auto *problems = find<ProblemList>(m_page.get(), "launchProblems");
        QTRY_VERIFY_WITH_TIMEOUT(config::hasProblem(problems->problems(), QLatin1String("funds")), patience);
        QVERIFY(!button("launchStart")->isEnabled());
        QVERIFY(button("launchStart")->text().contains(QStringLiteral("1.00"))); // what it would hold
        QVERIFY(!find<QLabel>(m_page.get(), "launchPractice")->isVisible());
        QVERIFY(m_fixture->services().ledger().recharge(TestWorkspace::Tenant, Money::fromMicro(5'000'000)));
        m_feed->noteMoneyChanged();
        QTRY_VERIFY_WITH_TIMEOUT(!config::hasProblem(problems->problems(), QLatin1String("funds")), patience);
    }

    /// A start waits for the provider's answer; nothing else does.
    void aProviderThatHangsHoldsUpNothingElse()
    {
        QVERIFY2(m_fixture->prepareRuns(), qPrintable(m_fixture->error()));
        auto silent = std::make_unique<QTcpServer>(); // takes connections, and never says a word
        QVERIFY(silent->listen(QHostAddress::LocalHost));
        const QString address = QStringLiteral("http://127.0.0.1:%1/v1").arg(silent->serverPort());
        const QString llm = m_fixture->services().import(config::Kind::Llm, QStringLiteral("Silent"),
            QStringLiteral(R"([{"provider": "custom", "model": "m", "base_url": "%1", "api_key": "sk-test"}])")
                .arg(address)
                .toUtf8());
        QVERIFY2(!llm.isEmpty(), qPrintable(m_fixture->error()));
        m_fixture->settings().setLastChoice(QStringLiteral("llm"), llm);
        ledger::Ledger &ledger = m_fixture->services().ledger();
        QVERIFY(ledger.recharge(TestWorkspace::Tenant, Money::fromMicro(5'000'000)));
        open();
        QTRY_VERIFY_WITH_TIMEOUT(button("launchStart")->isEnabled(), patience);
        QVERIFY(press(m_page.get(), "launchStart"));
        QTRY_VERIFY_WITH_TIMEOUT(silent->hasPendingConnections(), patience);

        QVERIFY(ledger.recharge(TestWorkspace::Tenant, Money::fromMicro(37'000'000)));
        m_feed->noteMoneyChanged();
        auto *account = find<QLabel>(m_page.get(), "launchAccount");
        QTRY_VERIFY_WITH_TIMEOUT(account->text().contains(QStringLiteral("42.00")), patience);
        auto *obstacle = find<QLabel>(m_page.get(), "launchObstacle");
        QCOMPARE(obstacle->text(), QStringLiteral("Starting…")); // its own question is still open

        silent.reset();
        auto *error = m_page->findChild<ErrorPanel *>();
        QTRY_VERIFY_WITH_TIMEOUT(error->hasError(), patience);
        QCOMPARE(error->error().code, QStringLiteral("llm_unreachable"));
    }

    void theRunFileIsExportedWithoutKeys()
    {
        QVERIFY2(m_fixture->prepareRuns(), qPrintable(m_fixture->error()));
        const QString llm = m_fixture->services().import(config::Kind::Llm, QStringLiteral("Cloud"),
            R"([{"provider": "qwen", "model": "qwen-plus", "api_key": "sk-canary"}])");
        m_fixture->settings().setLastChoice(QStringLiteral("llm"), llm);
        open();
        QTRY_COMPARE_WITH_TIMEOUT(picker("llm")->chosen().name, QStringLiteral("Cloud"), patience);
        m_page->exportRun();
        QTRY_VERIFY(openDialog("runFileDialog"));
        auto *dialog = qobject_cast<QFileDialog *>(openDialog("runFileDialog"));
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("run.json"));
        dialog->selectFile(path);
        QMetaObject::invokeMethod(dialog, "accept");
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(path), patience);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        QVERIFY(text.contains("\"workflow\"") && text.contains("qwen-plus"));
        QVERIFY(!text.contains("canary"));
    }

    void theLastChoiceIsRemembered()
    {
        QVERIFY2(m_fixture->prepareRuns(), qPrintable(m_fixture->error()));
        open();
        QTRY_VERIFY_WITH_TIMEOUT(!picker("workflow")->chosen().id.isNull(), patience);
        QVERIFY(picker("workflow")->choose(QStringLiteral("A day in town")));
        m_page.reset();
        open();
        QTRY_COMPARE_WITH_TIMEOUT(picker("workflow")->chosen().name, QStringLiteral("A day in town"), patience);
    }

private:
    void open()
    {
        m_page = std::make_unique<LaunchPage>(m_fixture->context(), *m_feed);
        m_page->resize(1000, 700);
        m_page->show();
        m_page->activateWindow();
    }
    QPushButton *button(const char *name) { return find<QPushButton>(m_page.get(), name); }
    ConfigPicker *picker(const char *kind)
    {
        return m_page->findChild<ConfigPicker *>(QStringLiteral("picker_") + QLatin1String(kind));
    }

    std::unique_ptr<UiFixture> m_fixture;
    std::unique_ptr<ExperimentFeed> m_feed;
    std::unique_ptr<LaunchPage> m_page;
};

QTEST_MAIN(TestLaunchPage)
#include "tst_launchpage.moc"
