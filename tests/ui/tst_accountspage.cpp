// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/uifixture.h"
#include "ui/accountspage.h"
#include "ui/datatable.h"
#include "ui/errorpanel.h"
#include "ui/experimentfeed.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateEdit>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
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
        const QString words = find<QPlainTextEdit>(openDialog("auditDialog"), "auditWords")->toPlainText();
        QVERIFY2(words.contains(QStringLiteral("Everything agrees")), qPrintable(words));
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
        QCOMPARE(wanted.size(), 1);
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

    std::unique_ptr<UiFixture> m_fixture;
    std::unique_ptr<ExperimentFeed> m_feed;
    Activities m_activities;
    std::unique_ptr<AccountsPage> m_page;
};

QTEST_MAIN(TestAccountsPage)
#include "tst_accountspage.moc"
