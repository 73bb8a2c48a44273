// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/uifixture.h"
#include "ui/accountspage.h"
#include "ui/billfilterbar.h"
#include "ui/datatable.h"
#include "ui/mainwindow.h"

#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QTabWidget>

using namespace society;
using namespace society::ui;
using namespace society::test;

namespace {

constexpr int patience = 30000; // ms

} // namespace

/// Money moved without a mouse, and the ways between a run and its bills, in the window as it is.
class TestMoneyKeys : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_fixture = std::make_unique<UiFixture>();
        QVERIFY2(m_fixture->isReady(), qPrintable(m_fixture->error()));
        QVERIFY2(m_fixture->prepareRuns(), qPrintable(m_fixture->error()));
        m_window = std::make_unique<MainWindow>(m_fixture->context());
        m_window->resize(1200, 800);
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        QTRY_VERIFY_WITH_TIMEOUT(page("launchPage"), patience);
    }

    void cleanup()
    {
        m_window.reset();
        m_fixture.reset();
    }

    void rechargeCorrectAndAuditByKeysAlone()
    {
        openAccounts();
        key(Qt::Key_C, Qt::AltModifier);
        QTRY_VERIFY(openDialog("moneyDialog") && openDialog("moneyDialog")->isActiveWindow());
        type(QStringLiteral("25"));
        key(Qt::Key_Tab);
        type(QStringLiteral("grant"));
        key(Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(text("accountBalance"), QStringLiteral("¥ 25.00"), patience);
        closed("moneyDialog");
        // To the list, its first bill, and what is wrong with it.
        static_cast<Page *>(page("accountsPage"))->focusFirst();
        key(Qt::Key_Home);
        QTRY_COMPARE(table()->selectedRows(), QList{0});
        key(Qt::Key_O, Qt::AltModifier);
        QTRY_VERIFY(openDialog("moneyDialog") && openDialog("moneyDialog")->isActiveWindow());
        type(QStringLiteral("-5"));
        key(Qt::Key_Return); // without a reason nothing happens
        QVERIFY(openDialog("moneyDialog"));
        key(Qt::Key_Tab);
        type(QStringLiteral("typed a five too much"));
        key(Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(text("accountBalance"), QStringLiteral("¥ 20.00"), patience);
        closed("moneyDialog");
        key(Qt::Key_U, Qt::AltModifier);
        QTRY_VERIFY_WITH_TIMEOUT(openDialog("auditDialog") && openDialog("auditDialog")->isActiveWindow(), patience);
        QVERIFY(find<QLabel>(openDialog("auditDialog"), "auditSummary")->text().contains(QStringLiteral("agrees")));
        key(Qt::Key_Escape);
        closed("auditDialog");
        // Esc in a dialog about money changes nothing.
        key(Qt::Key_C, Qt::AltModifier);
        QTRY_VERIFY(openDialog("moneyDialog") && openDialog("moneyDialog")->isActiveWindow());
        type(QStringLiteral("100"));
        key(Qt::Key_Escape);
        closed("moneyDialog");
        m_fixture->settle();
        QCOMPARE(text("accountBalance"), QStringLiteral("¥ 20.00"));
    }

    void aRunLeadsToItsBillsAndBackAlsoWhenItWasDeleted()
    {
        QVERIFY(m_fixture->services().ledger().recharge(TestWorkspace::Tenant, Money::fromMicro(10'000'000)));
        experiment::Request request = m_fixture->services().practiceRequest();
        request.name = QStringLiteral("calls=1");
        const auto run = m_fixture->services().experiments().start(request);
        QVERIFY2(run, run ? "" : qPrintable(run.error().message));
        QVERIFY(m_fixture->services().experiments().waitForEnd(run->id, 60));
        const auto bills = m_fixture->services().ledger().billsOf(TestWorkspace::Tenant, run->id);
        QVERIFY(bills && bills->size() > 1);
        m_window->showRun(run->id);
        QTRY_VERIFY_WITH_TIMEOUT(page("runPage"), patience);
        auto *tabs = m_window->findChild<QTabWidget *>(QStringLiteral("runTabs"));
        tabs->setCurrentIndex(tabs->count() - 1);
        const QString sum = QStringLiteral("%1 bill(s), together ").arg(bills->size());
        QTRY_VERIFY_WITH_TIMEOUT(text("runBillSum").startsWith(sum), patience);
        QVERIFY(press(m_window.get(), "runAllBills"));
        QTRY_VERIFY_WITH_TIMEOUT(page("accountsPage"), patience);
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), static_cast<int>(bills->size()), patience);
        onlyOf(run->id);
        table()->setCurrentIndex(table()->model()->index(0, 0));
        QTest::keyClick(table(), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(page("runPage"), patience);
        // Deleted, its bills are there, and what is known of it leads to them.
        const auto removed = m_fixture->services().experiments().remove(run->id);
        QVERIFY2(removed, removed ? "" : qPrintable(removed.error().message));
        m_window->feed().refresh();
        QTRY_VERIFY_WITH_TIMEOUT(m_window->feed().experiment(run->id).id.isNull(), patience);
        openAccounts();
        QVERIFY(press(m_window.get(), "billOnly"));
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), static_cast<int>(bills->size()) + 1, patience);
        int row = 0;
        while (row < table()->model()->rowCount() &&
               table()->model()->index(row, 0).data(models::BillListModel::ExperimentRole).toString() != run->id.text())
            ++row;
        table()->setCurrentIndex(table()->model()->index(row, 0));
        QTest::keyClick(table(), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(openDialog("removedRunDialog"), patience);
        QVERIFY(press(openDialog("removedRunDialog"), "removedRunBills"));
        QTRY_VERIFY(!openDialog("removedRunDialog"));
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), static_cast<int>(bills->size()), patience);
        onlyOf(run->id);
        QVERIFY(find<QAbstractButton>(m_window.get(), "billOnly")->text().contains(QStringLiteral("calls=1")));
    }

private:
    /// The page of this name, where it is the one that is shown.
    QWidget *page(const char *name)
    {
        auto *found = m_window->findChild<QWidget *>(QString::fromLatin1(name));
        return found && found->isVisible() ? found : nullptr;
    }
    QString text(const char *name) { return find<QLabel>(m_window.get(), name)->text(); }
    DataTable *table() { return find<DataTable>(m_window.get(), "billTable"); }

    void openAccounts()
    {
        find<QAction>(m_window.get(), "goAccounts")->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(page("accountsPage"), patience);
        QTRY_VERIFY_WITH_TIMEOUT(!text("accountBalance").isEmpty(), patience);
    }

    /// The platform of the tests gives the window the keyboard back only when it is asked to.
    void closed(const char *dialog)
    {
        QTRY_VERIFY(!openDialog(dialog));
        m_window->activateWindow();
        QTRY_VERIFY(m_window->isActiveWindow() && keyboard());
    }
    static QWidget *keyboard() { return QApplication::focusWidget(); }
    static void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        QVERIFY(keyboard());
        QTest::keyClick(keyboard(), key, modifiers);
    }
    static void type(const QString &text) { QTest::keyClicks(keyboard(), text); }

    void onlyOf(const ExperimentId &id)
    {
        for (int row = 0; row < table()->model()->rowCount(); ++row)
            QCOMPARE(table()->model()->index(row, 0).data(models::BillListModel::ExperimentRole).toString(), id.text());
    }

    std::unique_ptr<UiFixture> m_fixture;
    std::unique_ptr<MainWindow> m_window;
};

QTEST_MAIN(TestMoneyKeys)
#include "tst_moneykeys.moc"
