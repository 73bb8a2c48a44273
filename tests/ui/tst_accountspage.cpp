// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/auditreportmodel.h"
#include "tests/ui/uifixture.h"
#include "ui/accountspage.h"
#include "ui/datatable.h"
#include "ui/errorpanel.h"
#include "ui/experimentfeed.h"
#include "ui/spendpanel.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDateEdit>
#include <QFileDialog>
#include <QGraphicsItem>
#include <QGraphicsView>
#include <QLabel>
#include <QLineEdit>
#include <QScopeGuard>
#include <QSignalSpy>

using namespace society;
using namespace society::ui;
using namespace society::test;

namespace {

constexpr int patience = 30000; // ms

}

class TestAccountsPage : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_fixture = std::make_unique<UiFixture>();
        QVERIFY2(m_fixture->isReady(), qPrintable(m_fixture->error()));
        m_feed = std::make_unique<ExperimentFeed>(m_fixture->context());
        m_page = std::make_unique<AccountsPage>(m_fixture->context(), *m_feed, m_activities);
        m_page->resize(1100, 700);
        m_page->show();
        QTRY_COMPARE_WITH_TIMEOUT(text("accountBalance"), QStringLiteral("¥ 0.00"), patience);
    }

    void cleanup()
    {
        m_page.reset();
        m_feed.reset();
        m_fixture.reset();
    }

    void rechargeAddsABill()
    {
        recharge(QStringLiteral("12.345678"), QStringLiteral("first money"));
        QTRY_COMPARE_WITH_TIMEOUT(text("accountBalance"), QStringLiteral("¥ 12.345678"), patience);
        QCOMPARE(text("accountAvailable"), QStringLiteral("¥ 12.345678"));
        QCOMPARE(table()->model()->rowCount(), 1);
        QVERIFY(text("billTotals").contains(QStringLiteral("1 bill")));
        QVERIFY(text("billTotals").contains(QStringLiteral("12.345678")));
        const auto account = m_fixture->services().ledger().account(TestWorkspace::Tenant);
        QVERIFY(account && account->balance == Money::fromMicro(12'345'678));
    }

    void correctionNamesTheBill()
    {
        recharge(QStringLiteral("10"), {});
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), 1, patience);
        QVERIFY(!find<QAbstractButton>(m_page.get(), "accountCorrect")->isEnabled()); // nothing is chosen
        table()->selectAll();
        QVERIFY(press(m_page.get(), "accountCorrect"));
        QTRY_VERIFY(openDialog("moneyDialog"));
        QWidget *dialog = openDialog("moneyDialog");
        QTest::keyClicks(find<QLineEdit>(dialog, "moneyAmount"), QStringLiteral("-4"));
        QVERIFY(!find<QAbstractButton>(dialog, "moneyAgree")->isEnabled()); // not without a reason
        QTest::keyClicks(find<QLineEdit>(dialog, "moneyNote"), QStringLiteral("typed twice"));
        QVERIFY(press(dialog, "moneyAgree"));
        QTRY_COMPARE_WITH_TIMEOUT(text("accountBalance"), QStringLiteral("¥ 6.00"), patience);
        QCOMPARE(table()->model()->rowCount(), 2);
        ledger::BillFilter all;
        all.tenant = TestWorkspace::Tenant;
        const auto page = m_fixture->services().ledger().bills(all);
        QVERIFY(page && page->bills.first().corrects == page->bills.last().id);
        // The row that was chosen is still chosen, though another came above it.
        QCOMPARE(table()->selectedRows(), QList{1});
    }

    void filtersNarrowListAndSum()
    {
        for (const char *note : {"alpha", "beta", "beta again"})
            QVERIFY(m_fixture->services().ledger().recharge(
                TestWorkspace::Tenant, Money::fromMicro(1'000'000), QString::fromLatin1(note)));
        m_feed->noteMoneyChanged();
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), 3, patience);
        QTest::keyClicks(find<QLineEdit>(m_page.get(), "billText"), QStringLiteral("beta"));
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), 2, patience);
        QVERIFY(text("billTotals").contains(QStringLiteral("2.00")));
        find<QLineEdit>(m_page.get(), "billText")->clear();
        find<QComboBox>(m_page.get(), "billItem")->setCurrentIndex(4); // run time
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), 0, patience);
        find<QComboBox>(m_page.get(), "billItem")->setCurrentIndex(0);
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), 3, patience);
        // Until yesterday: nothing. Until today: all, the last day included.
        find<QDateEdit>(m_page.get(), "billTo")->setDate(QDate::currentDate().addDays(-1));
        find<QCheckBox>(m_page.get(), "billToOn")->setChecked(true);
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), 0, patience);
        find<QDateEdit>(m_page.get(), "billTo")->setDate(QDate::currentDate());
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), 3, patience);
    }

    void pagesAreFetchedAsTheListIsScrolled()
    {
        for (int i = 0; i < 450; ++i)
            QVERIFY(m_fixture->services().ledger().recharge(TestWorkspace::Tenant, Money::fromMicro(10'000)));
        m_feed->noteMoneyChanged();
        QTRY_VERIFY_WITH_TIMEOUT(text("billTotals").contains(QStringLiteral("450")), patience);
        QVERIFY(table()->model()->rowCount() < 450);
        for (int i = 0; i < 20 && table()->model()->rowCount() < 450; ++i) {
            table()->scrollToBottom();
            m_fixture->settle();
        }
        QCOMPARE(table()->model()->rowCount(), 450);
    }

    void auditAgreesInWords()
    {
        recharge(QStringLiteral("3"), {});
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), 1, patience);
        QVERIFY(press(m_page.get(), "accountAudit"));
        QTRY_VERIFY_WITH_TIMEOUT(openDialog("auditDialog"), patience);
        QWidget *dialog = openDialog("auditDialog");
        const QString words = find<QLabel>(dialog, "auditSummary")->text();
        QVERIFY2(words.contains(QStringLiteral("Everything agrees")), qPrintable(words));
        QVERIFY(!find<DataTable>(dialog, "auditTable")->isVisible());
        QVERIFY(press(dialog, "auditCopy"));
        QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("Everything agrees")));
        QVERIFY(press(dialog, "auditClose"));
    }

    void auditListsWhatDiffers()
    {
        recharge(QStringLiteral("3"), {});
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), 1, patience);
        const ExperimentId stranger = ExperimentId::random();
        QVERIFY(m_fixture->services().ledger().placeHold(
            TestWorkspace::Tenant, stranger, Money::fromMicro(1'000'000), QStringLiteral("by hand")));
        QVERIFY(press(m_page.get(), "accountAudit"));
        QTRY_VERIFY_WITH_TIMEOUT(openDialog("auditDialog"), patience);
        QWidget *dialog = openDialog("auditDialog");
        auto *differences = find<DataTable>(dialog, "auditTable");
        QVERIFY(differences->isVisible());
        QCOMPARE(differences->model()->rowCount(), 1);
        QVERIFY(differences->model()->index(0, 0).data().toString().contains(stranger.text()));
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("audit.json"));
        QVERIFY(press(dialog, "auditSave"));
        chooseFile("auditSaveDialog", path);
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(path), patience);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().contains("hold_orphan"));
        // What is proposed is done after a question, and the next audit finds nothing.
        QCOMPARE(differences->model()->index(0, models::AuditReportModel::Proposal).data().toString(),
            QStringLiteral("give ¥ 1.00 back"));
        QVERIFY(press(dialog, "auditPutRight"));
        QTRY_VERIFY(openDialog("askBeforeLoss"));
        QVERIFY(press(openDialog("askBeforeLoss"), "askAgree"));
        QTRY_VERIFY_WITH_TIMEOUT(openDialog("auditDialog") && openDialog("auditDialog") != dialog, patience);
        QVERIFY(find<QLabel>(openDialog("auditDialog"), "auditSummary")
                    ->text()
                    .contains(QStringLiteral("Everything agrees")));
        QTRY_COMPARE_WITH_TIMEOUT(text("accountHeld"), QStringLiteral("¥ 0.00"), patience);
        QVERIFY(press(openDialog("auditDialog"), "auditClose"));
    }

    void billsOfARunLeadToItAndBack()
    {
        QVERIFY2(m_fixture->prepareRuns(), qPrintable(m_fixture->error()));
        experiment::Request request = m_fixture->services().practiceRequest();
        request.name = QStringLiteral("calls=1");
        const auto run = m_fixture->services().experiments().start(request);
        QVERIFY2(run, run ? "" : qPrintable(run.error().message + run.error().detail));
        QVERIFY(m_fixture->services().experiments().waitForEnd(run->id, 60));
        recharge(QStringLiteral("1"), {});
        QTRY_VERIFY_WITH_TIMEOUT(table()->model()->rowCount() > 2, patience);
        const int all = table()->model()->rowCount();
        m_page->showBills(run->id);
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), all - 1, patience);
        QSignalSpy wanted(m_page.get(), &Page::experimentRequested);
        table()->setCurrentIndex(table()->model()->index(0, 0));
        QTest::keyClick(table(), Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(wanted.size(), 1, patience); // after it was seen that the run is still there
        QCOMPARE(wanted.first().first().value<ExperimentId>(), run->id);
        QVERIFY(m_page->goBack()); // Esc ends the narrowing first
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), all, patience);
        QVERIFY(!m_page->goBack());
    }

    void exportWritesWhatIsShown()
    {
        recharge(QStringLiteral("2"), QStringLiteral("=1+1"));
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), 1, patience);
        QTemporaryDir folder;
        m_fixture->settings().setLastFolder(folder.path());
        QVERIFY(press(m_page.get(), "accountExport"));
        QTRY_VERIFY(openDialog("billExportDialog"));
        auto *dialog = qobject_cast<QFileDialog *>(openDialog("billExportDialog"));
        const QString path = folder.filePath(QStringLiteral("bills.csv"));
        dialog->selectFile(path);
        QMetaObject::invokeMethod(dialog, "accept");
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(path), patience);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray csv = file.readAll();
        QVERIFY(csv.contains("2.00"));
        QVERIFY(!csv.contains(",=1+1")); // no spreadsheet runs it
    }

    void filtersCombineAndAreCleared()
    {
        QVERIFY(m_fixture->services().ledger().setPrice(ledger::Item::InputTokens, {}, yuan("3")));
        const ExperimentId mine = settle(QStringLiteral("qwen-plus"), 1'000'000);
        settle(QStringLiteral("qwen-max"), 2'000'000);
        settle(QStringLiteral("qwen-max"), 100'000);
        QVERIFY(m_fixture->services().ledger().recharge(TestWorkspace::Tenant, yuan("20")));
        m_feed->noteMoneyChanged();
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), 4, patience);
        QVERIFY(!find<QAbstractButton>(m_page.get(), "billClear")->isEnabled());
        auto *model = find<QComboBox>(m_page.get(), "billModel");
        QTRY_VERIFY(model->findText(QStringLiteral("qwen-max")) > 0);
        model->setCurrentIndex(model->findText(QStringLiteral("qwen-max")));
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), 2, patience);
        QVERIFY2(text("billTotals").contains(QStringLiteral("−¥ 6.30")), qPrintable(text("billTotals")));
        // Only the larger one: charges are negative.
        QTest::keyClicks(find<QLineEdit>(m_page.get(), "billMost"), QStringLiteral("-1"));
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), 1, patience);
        QTest::keyClicks(find<QLineEdit>(m_page.get(), "billLeast"), QStringLiteral("-5"));
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), 0, patience);
        // What is no amount is said, and narrows nothing.
        find<QLineEdit>(m_page.get(), "billLeast")->setText(QStringLiteral("1e9"));
        QTRY_VERIFY(find<QLabel>(m_page.get(), "billProblem")->isVisible());
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), 1, patience);
        // The balance is the account's, not the selection's.
        const QModelIndex balance = table()->model()->index(0, models::BillListModel::BalanceAfter);
        QCOMPARE(balance.data().toString(), QStringLiteral("−¥ 9.00"));
        QVERIFY(balance.data(Qt::ToolTipRole).toString().contains(QStringLiteral("whole account")));
        QVERIFY(press(m_page.get(), "billClear"));
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), 4, patience);
        QVERIFY(!find<QLabel>(m_page.get(), "billProblem")->isVisible());
        QVERIFY(m_page->goBack()); // Esc undoes it
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), 1, patience);
        QVERIFY(press(m_page.get(), "billClear"));
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), 4, patience);
        m_page->showBills(mine);
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), 1, patience);
        QVERIFY(press(m_page.get(), "billOnly"));
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), 4, patience);
        // Ctrl+F goes to the text from wherever the keyboard is.
        QTest::keyClick(table(), Qt::Key_F, Qt::ControlModifier);
        QTRY_COMPARE(m_page->focusWidget(), find<QLineEdit>(m_page.get(), "billText"));
    }

    void groupsNarrowAndEscLeadsBack()
    {
        settle(QStringLiteral("a"), 1'000'000);
        settle(QStringLiteral("b"), 2'000'000);
        settle(QStringLiteral("b"), 1'000'000);
        QVERIFY(m_fixture->services().ledger().recharge(TestWorkspace::Tenant, yuan("20")));
        m_feed->noteMoneyChanged();
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), 4, patience);
        auto *grouping = find<QComboBox>(m_page.get(), "billGrouping");
        auto *groups = find<DataTable>(m_page.get(), "billGroupTable");
        // The groups of each kind come to the same as all bills.
        for (int kind = 1; kind < grouping->count(); ++kind) {
            grouping->setCurrentIndex(kind);
            QTRY_VERIFY_WITH_TIMEOUT(billsIn(*groups->model()) == 4, patience);
        }
        grouping->setCurrentIndex(grouping->findText(QStringLiteral("by model")));
        QTRY_COMPARE_WITH_TIMEOUT(groups->model()->rowCount(), 3, patience);
        QVERIFY(groups->isVisible() && !table()->isVisible());
        groups->setCurrentIndex(groups->model()->index(rowOf(*groups->model(), QStringLiteral("b")), 0));
        QTest::keyClick(groups, Qt::Key_Return);
        QTRY_VERIFY(table()->isVisible());
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), 2, patience);
        QVERIFY(m_page->goBack());
        QVERIFY(groups->isVisible());
        QVERIFY(!m_page->goBack());
        // Recharges have no model and no run: a group of their own, which narrows as well.
        grouping->setCurrentIndex(grouping->findText(QStringLiteral("by experiment")));
        QTRY_COMPARE_WITH_TIMEOUT(groups->model()->rowCount(), 4, patience);
        groups->setCurrentIndex(
            groups->model()->index(rowOf(*groups->model(), QStringLiteral("no experiment (recharges)")), 0));
        QTest::keyClick(groups, Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), 1, patience);
    }

    void chartsComeWhenTheyAreSeen()
    {
        settle(QStringLiteral("a"), 1'000'000);
        QFile maps(QStringLiteral("/proc/self/maps"));
        QVERIFY(maps.open(QIODevice::ReadOnly));
        auto *panel = m_page->findChild<SpendPanel *>();
        QVERIFY(panel && !panel->isFolded());
        m_feed->noteMoneyChanged();
        QTRY_VERIFY_WITH_TIMEOUT(text("spendSum").contains(QStringLiteral("3.00")), patience);
        auto *chart = m_page->findChild<QWidget *>(QStringLiteral("spendChart"));
        QTRY_VERIFY(chart && chart->isVisible());
        QVERIFY(maps.readAll().contains("Qt6Charts"));
        QCOMPARE(chart->accessibleName(), QStringLiteral("Spend by day"));
        QVERIFY(chart->accessibleDescription().contains(QStringLiteral("Input tokens ¥ 3.00")));
        for (int what = 0; what < 3; ++what) {
            for (int time = 0; time < 4; ++time) {
                find<QComboBox>(m_page.get(), "spendWhat")->setCurrentIndex(what);
                find<QComboBox>(m_page.get(), "spendTime")->setCurrentIndex(time);
                m_fixture->settle();
                QVERIFY(chart->isVisible());
                QVERIFY(text("spendSum").contains(QStringLiteral("3.00")));
                QCOMPARE(find<QLabel>(m_page.get(), "spendForecast")->isVisible(), what == 2);
            }
        }
        QVERIFY(text("spendForecast").contains(QStringLiteral("No forecast yet"))); // one day says nothing
        // The table has the same numbers; Return shows a day's bills, Esc all again.
        find<QComboBox>(m_page.get(), "spendWhat")->setCurrentIndex(0);
        find<QComboBox>(m_page.get(), "spendTime")->setCurrentIndex(0);
        m_fixture->settle();
        find<QCheckBox>(m_page.get(), "spendAsTable")->setChecked(true);
        auto *numbers = find<DataTable>(m_page.get(), "spendTable");
        QVERIFY(numbers->isVisible());
        QCOMPARE(numbers->model()->rowCount(), 30);
        QCOMPARE(numbers->model()->index(0, 1).data().toString(), QStringLiteral("¥ 3.00"));
        numbers->setCurrentIndex(numbers->model()->index(1, 0)); // yesterday
        QTest::keyClick(numbers, Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), 0, patience);
        QVERIFY(m_page->goBack());
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), 1, patience);
        QVERIFY(press(m_page.get(), "spendFold"));
        QVERIFY(!numbers->isVisible());
    }

    void aBarShowsItsDaysBills()
    {
        // The day before yesterday, by a clock that stood then; and today.
        class Earlier final : public Clock {
        public:
            [[nodiscard]] QDateTime now() const override { return SystemClock().now().addDays(-2); }
        } const earlier;
        ledger::Ledger then(m_fixture->services().database(), earlier);
        settle(QStringLiteral("old"), 2'000'000, then);
        settle(QStringLiteral("new"), 1'000'000);
        settle(QStringLiteral("new"), 1'000'000);
        m_feed->noteMoneyChanged();
        QTRY_VERIFY_WITH_TIMEOUT(text("spendSum").contains(QStringLiteral("12.00")), patience);
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), 3, patience);
        auto *chart = m_page->findChild<QGraphicsView *>(QStringLiteral("spendChart"));
        QTRY_VERIFY(chart && chart->isVisible());
        const auto bars = [chart] { // from left to right, those that have a height
            QList<QRectF> found;
            for (QGraphicsItem *item : chart->scene()->items()) {
                const auto *object = dynamic_cast<QObject *>(item);
                if (object && QByteArray(object->metaObject()->className()).endsWith("Bar") &&
                    item->sceneBoundingRect().height() > 4)
                    found.append(item->sceneBoundingRect());
            }
            std::sort(found.begin(), found.end(), [](const QRectF &a, const QRectF &b) { return a.x() < b.x(); });
            return found;
        };
        QTRY_COMPARE_WITH_TIMEOUT(bars().size(), 2, patience);
        const auto click = [&](const QRectF &bar) {
            QTest::mouseClick(chart->viewport(), Qt::LeftButton, {}, chart->mapFromScene(bar.center()));
        };
        click(bars().at(0));
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), 1, patience);
        QCOMPARE(table()->model()->index(0, models::BillListModel::Model).data().toString(), QStringLiteral("old"));
        QVERIFY(m_page->goBack()); // Esc shows all again
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), 3, patience);
        click(bars().at(1));
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), 2, patience);
        QCOMPARE(table()->model()->index(0, models::BillListModel::Model).data().toString(), QStringLiteral("new"));
    }

    void aMissingChartLibraryIsSaidInWords()
    {
        const QByteArray before = qgetenv("SOCIETY_BIN");
        const auto back = qScopeGuard([&] { qputenv("SOCIETY_BIN", before); });
        const QTemporaryDir nowhere;
        qputenv("SOCIETY_BIN", nowhere.path().toUtf8());
        settle(QStringLiteral("a"), 1'000'000);
        m_feed->noteMoneyChanged();
        QTRY_VERIFY_WITH_TIMEOUT(text("spendWords").contains(QStringLiteral("could not be loaded")), patience);
        QVERIFY(find<QLabel>(m_page.get(), "spendWords")->isVisible());
        find<QCheckBox>(m_page.get(), "spendAsTable")->setChecked(true); // the numbers are there all the same
        QCOMPARE(find<DataTable>(m_page.get(), "spendTable")->model()->index(0, 1).data().toString(),
            QStringLiteral("¥ 3.00"));
    }

    void statementIsWrittenAsPdfAndCsv()
    {
        QVERIFY(m_fixture->services().ledger().recharge(TestWorkspace::Tenant, yuan("20"), QString(3'000, u'长')));
        for (int i = 0; i < 60; ++i)
            settle(QStringLiteral("a-model-whose-name-has-no-blank-for-a-line-to-break-at"), 50'000);
        m_page->writeStatement();
        QTRY_VERIFY(openDialog("statementDialog"));
        QWidget *dialog = openDialog("statementDialog");
        find<QComboBox>(dialog, "statementPeriod")->setCurrentIndex(1); // this month
        QTRY_VERIFY_WITH_TIMEOUT(
            find<QLabel>(dialog, "statementPreview")->text().contains(QStringLiteral("closing balance ¥ 11.00")),
            patience);
        QTemporaryDir folder;
        for (const char *kind : {"pdf", "csv"}) {
            const QString path = folder.filePath(QStringLiteral("s.") + QLatin1String(kind));
            QVERIFY(press(dialog, kind == std::string("pdf") ? "statementPdf" : "statementCsv"));
            chooseFile("statementFileDialog", path);
            QTRY_VERIFY_WITH_TIMEOUT(find<QLabel>(dialog, "statementDone")->text().contains(path), patience);
            QFile file(path);
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray written = file.readAll();
            QVERIFY(written.startsWith(kind == std::string("pdf") ? "%PDF-" : "line,time,item"));
            if (kind == std::string("pdf"))
                QVERIFY(written.count("/Type /Page\n") > 1); // 60 bills are more than a page
        }
        QVERIFY(press(dialog, "statementClose"));
    }

    void holdsWithoutARunAreGivenBack()
    {
        QVERIFY(m_fixture->services().ledger().recharge(TestWorkspace::Tenant, yuan("5")));
        QVERIFY(m_fixture->services().ledger().placeHold(
            TestWorkspace::Tenant, ExperimentId::random(), yuan("2"), QStringLiteral("start")));
        m_feed->noteMoneyChanged();
        QTRY_COMPARE_WITH_TIMEOUT(text("accountAvailable"), QStringLiteral("¥ 3.00"), patience);
        auto *holds = find<DataTable>(m_page.get(), "holdTable");
        QVERIFY(holds->isVisible());
        QVERIFY(!find<QAbstractButton>(m_page.get(), "holdRelease")->isEnabled()); // none is chosen
        holds->selectAll();
        QVERIFY(press(m_page.get(), "holdRelease"));
        QTRY_VERIFY(openDialog("askText"));
        QTest::keyClicks(openDialog("askText")->findChild<QLineEdit *>(), QStringLiteral("its machine is gone"));
        QTest::keyClick(openDialog("askText"), Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(text("accountAvailable"), QStringLiteral("¥ 5.00"), patience);
        QVERIFY(!holds->isVisible());
        const auto all = m_fixture->services().ledger().holds(TestWorkspace::Tenant, false);
        QVERIFY(all && all->first().releaseReason == QStringLiteral("its machine is gone"));
    }

    void aBillOfARunThatIsGoneSaysSo()
    {
        QVERIFY2(m_fixture->prepareRuns(), qPrintable(m_fixture->error()));
        experiment::Request request = m_fixture->services().practiceRequest();
        request.name = QStringLiteral("calls=1");
        const auto run = m_fixture->services().experiments().start(request);
        QVERIFY(run);
        QVERIFY(m_fixture->services().experiments().waitForEnd(run->id, 60));
        const auto removed = m_fixture->services().experiments().remove(run->id);
        QVERIFY2(removed, removed ? "" : qPrintable(removed.error().message));
        const ExperimentId stranger = settle(QStringLiteral("a"), 1'000);
        m_feed->noteMoneyChanged();
        for (const auto &[id, words] :
            {std::pair(run->id, "was deleted"), std::pair(stranger, "Nothing is known here")}) {
            m_page->showBills(id);
            QTRY_VERIFY_WITH_TIMEOUT(
                table()->model()->rowCount() > 0 &&
                    table()->model()->index(0, 0).data(models::BillListModel::ExperimentRole).toString() == id.text(),
                patience);
            table()->setCurrentIndex(table()->model()->index(0, 0));
            QTest::keyClick(table(), Qt::Key_Return);
            QTRY_VERIFY_WITH_TIMEOUT(openDialog("removedRunDialog"), patience);
            QWidget *dialog = openDialog("removedRunDialog");
            QVERIFY(find<QLabel>(dialog, "removedRunWords")->text().contains(QLatin1String(words)));
            QVERIFY(press(dialog, "removedRunClose"));
            QTRY_VERIFY(!openDialog("removedRunDialog"));
        }
    }

private:
    QString text(const char *name) { return find<QLabel>(m_page.get(), name)->text(); }
    DataTable *table() { return find<DataTable>(m_page.get(), "billTable"); }
    void recharge(const QString &amount, const QString &note)
    {
        QVERIFY(press(m_page.get(), "accountRecharge"));
        QTRY_VERIFY(openDialog("moneyDialog"));
        QWidget *dialog = openDialog("moneyDialog");
        QTest::keyClicks(find<QLineEdit>(dialog, "moneyAmount"), amount);
        QTest::keyClicks(find<QLineEdit>(dialog, "moneyNote"), note);
        QVERIFY(press(dialog, "moneyAgree"));
    }

    static Money yuan(const char *decimal) { return Money::parse(QString::fromLatin1(decimal)).value_or(Money()); }
    /// The bill of a run that is known to the ledger alone; at 3 yuan a million tokens.
    ExperimentId settle(const QString &model, qint64 tokens)
    {
        return settle(model, tokens, m_fixture->services().ledger());
    }
    static ExperimentId settle(const QString &model, qint64 tokens, ledger::Ledger &book)
    {
        ledger::Usage usage;
        usage.item = ledger::Item::InputTokens;
        usage.model = model;
        usage.quantity = tokens;
        usage.unitPrice = yuan("3");
        usage.unitSize = ledger::unitSizeOf(usage.item);
        const ledger::Settlement settlement{TestWorkspace::Tenant, ExperimentId::random(), {usage}};
        const auto settled = book.settle(settlement);
        return settled ? settlement.experiment : ExperimentId();
    }
    static int rowOf(const QAbstractItemModel &model, const QString &text)
    {
        for (int row = 0; row < model.rowCount(); ++row) {
            if (model.index(row, 0).data().toString() == text)
                return row;
        }
        return -1;
    }
    static int billsIn(const QAbstractItemModel &groups)
    {
        int sum = 0;
        for (int row = 0; row < groups.rowCount(); ++row)
            sum += groups.index(row, models::BillGroupModel::Bills).data().toInt();
        return sum;
    }
    static void chooseFile(const char *name, const QString &path)
    {
        QTRY_VERIFY(openDialog(name));
        auto *dialog = qobject_cast<QFileDialog *>(openDialog(name));
        dialog->setDirectory(QFileInfo(path).absolutePath());
        dialog->selectFile(path);
        QMetaObject::invokeMethod(dialog, "accept");
    }

    std::unique_ptr<UiFixture> m_fixture;
    std::unique_ptr<ExperimentFeed> m_feed;
    Activities m_activities;
    std::unique_ptr<AccountsPage> m_page;
};

QTEST_MAIN(TestAccountsPage)
#include "tst_accountspage.moc"
