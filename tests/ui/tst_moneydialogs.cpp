// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/ledger/limits.h"
#include "tests/ui/uifixture.h"
#include "ui/auditdialog.h"
#include "ui/errorpanel.h"
#include "ui/moneydialog.h"
#include "ui/pricesdialog.h"
#include "ui/statementdialog.h"
#include "ui/tenantsdialog.h"

#include <QClipboard>
#include <QDateEdit>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QTableView>
#include <future>

using namespace society;
using namespace society::ui;
using namespace society::test;

namespace {

constexpr int patience = 30000; // ms

/// A worker that does nothing until it is let go.
class Held {
public:
    explicit Held(Worker &worker)
    {
        worker.post([gate = m_gate.get_future().share()] { gate.wait(); });
    }
    ~Held() { release(); }
    void release()
    {
        if (!std::exchange(m_isFree, true))
            m_gate.set_value();
    }

private:
    std::promise<void> m_gate;
    bool m_isFree = false;
};

} // namespace

/// Dialogs that write: what comes of it is heard, whenever one closes them; nothing is written twice.
class TestMoneyDialogs : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_fixture = std::make_unique<UiFixture>();
        QVERIFY2(m_fixture->isReady(), qPrintable(m_fixture->error()));
    }

    void cleanup() { m_fixture.reset(); }

    void aPriceIsSetThoughItsDialogIsClosed()
    {
        const QPointer<QDialog> dialog = show(new PricesDialog(m_fixture->context()));
        QTRY_COMPARE_WITH_TIMEOUT(rows(dialog, "priceTable"), 3, patience);
        find<QLineEdit>(dialog, "priceAmount")->setText(QStringLiteral("2.5"));
        Held worker(m_fixture->context().worker);
        QVERIFY(press(dialog, "priceSet"));
        QVERIFY(!find<QAbstractButton>(dialog, "priceSet")->isEnabled()); // once is enough
        find<QLineEdit>(dialog, "priceAmount")->setText(QStringLiteral("2.6"));
        QVERIFY(!find<QAbstractButton>(dialog, "priceSet")->isEnabled());
        closeTooEarly(dialog);
        worker.release();
        QTRY_VERIFY_WITH_TIMEOUT(!dialog, patience);
        const auto prices = m_fixture->services().ledger().priceList();
        QVERIFY(prices && prices->size() == 4);
    }

    void aSlipIsAskedAboutThoughTheDialogIsClosed()
    {
        const QPointer<QDialog> dialog = show(new PricesDialog(m_fixture->context()));
        QTRY_COMPARE_WITH_TIMEOUT(rows(dialog, "priceTable"), 3, patience);
        find<QLineEdit>(dialog, "priceAmount")->setText(QStringLiteral("3000"));
        Held worker(m_fixture->context().worker);
        QVERIFY(press(dialog, "priceSet"));
        closeTooEarly(dialog);
        worker.release();
        QTRY_VERIFY_WITH_TIMEOUT(openDialog("priceQuestion"), patience);
        QVERIFY(press(openDialog("priceQuestion"), "priceChange"));
        QVERIFY(dialog && dialog->isVisible() && !find<QLabel>(dialog, "writingWords")->isVisible());
        dialog->close();
        QTRY_VERIFY_WITH_TIMEOUT(!dialog, patience);
    }

    void whatCouldNotBePutRightIsSaid()
    {
        const ExperimentId stranger = ExperimentId::random();
        ledger::Ledger &book = m_fixture->services().ledger();
        QVERIFY(book.recharge(TestWorkspace::Tenant, Money::fromMicro(5'000'000)));
        QVERIFY(book.placeHold(TestWorkspace::Tenant, stranger, Money::fromMicro(1'000'000), QStringLiteral("?")));
        const auto report = book.audit(TestWorkspace::Tenant, {});
        QVERIFY(report && !report->isOk());
        const QPointer<QDialog> dialog = show(new AuditDialog(m_fixture->context(), *report));
        Held prober(m_fixture->context().prober);
        QVERIFY(press(dialog, "auditPutRight"));
        QTRY_VERIFY(openDialog("askBeforeLoss"));
        QVERIFY(press(openDialog("askBeforeLoss"), "askAgree"));
        find<QTableView>(dialog, "auditTable")->selectAll();
        QVERIFY(!find<QAbstractButton>(dialog, "auditPutRight")->isEnabled()); // once is enough
        closeTooEarly(dialog);
        // Somebody else was faster: nothing is written, and that must be heard.
        QVERIFY(book.releaseOrphan(TestWorkspace::Tenant, stranger, QStringLiteral("by hand")));
        prober.release();
        QTRY_VERIFY_WITH_TIMEOUT(dialog && dialog->findChild<ErrorPanel *>()->isVisible(), patience);
        QVERIFY(dialog->isVisible());
        dialog->close();
        QTRY_VERIFY_WITH_TIMEOUT(!dialog, patience);
    }

    void aTenantIsAddedOnce()
    {
        const QPointer<QDialog> dialog = show(new TenantsDialog(m_fixture->context()));
        QTRY_COMPARE_WITH_TIMEOUT(rows(dialog, "tenantTable"), 1, patience);
        find<QLineEdit>(dialog, "tenantId")->setText(QStringLiteral("lab"));
        Held worker(m_fixture->context().worker);
        QTest::keyClick(find<QLineEdit>(dialog, "tenantId"), Qt::Key_Return);
        QTest::keyClick(find<QLineEdit>(dialog, "tenantId"), Qt::Key_Return);
        worker.release();
        QTRY_COMPARE_WITH_TIMEOUT(rows(dialog, "tenantTable"), 2, patience);
        QVERIFY(!dialog->findChild<ErrorPanel *>()->isVisible());
        dialog->close();
        QTRY_VERIFY_WITH_TIMEOUT(!dialog, patience);
    }

    void aStatementIsWrittenOnceAtATime()
    {
        QTemporaryDir folder;
        Activities activities;
        const QDate today = QDate::currentDate();
        const QPointer<QDialog> dialog =
            show(new StatementDialog(m_fixture->context(), activities, today.addDays(-1), today));
        QTRY_VERIFY_WITH_TIMEOUT(find<QAbstractButton>(dialog, "statementCsv")->isEnabled(), patience);
        const QString path = folder.filePath(QStringLiteral("s.csv"));
        Held prober(m_fixture->context().prober);
        QVERIFY(press(dialog, "statementCsv"));
        QTRY_VERIFY(openDialog("statementFileDialog"));
        auto *files = qobject_cast<QFileDialog *>(openDialog("statementFileDialog"));
        files->setDirectory(folder.path());
        files->selectFile(path);
        QMetaObject::invokeMethod(files, "accept");
        QTRY_VERIFY(!activities.activities().isEmpty());
        // Another period is added up meanwhile.
        const QString before = find<QLabel>(dialog, "statementPreview")->text();
        QVERIFY(m_fixture->services().ledger().recharge(TestWorkspace::Tenant, Money::fromMicro(5'000'000)));
        find<QDateEdit>(dialog, "statementFrom")->setDate(today);
        QTRY_VERIFY_WITH_TIMEOUT(find<QLabel>(dialog, "statementPreview")->text() != before, patience);
        QVERIFY(!find<QAbstractButton>(dialog, "statementCsv")->isEnabled());
        QVERIFY(!find<QAbstractButton>(dialog, "statementPdf")->isEnabled());
        closeTooEarly(dialog);
        prober.release();
        QTRY_VERIFY_WITH_TIMEOUT(!dialog, patience);
        QVERIFY(QFile::exists(path));
        QVERIFY(activities.activities().isEmpty());
    }

    /// What is pasted is never cut off unseen: the note stays on the bill for good.
    void aLongNoteIsSaidToBeTooLong()
    {
        const QPointer<QDialog> dialog = show(new MoneyDialog(
            QStringLiteral("t"), QStringLiteral("w"), QStringLiteral("Do"), MoneyDialog::Sign::Positive, false));
        auto *note = find<QLineEdit>(dialog, "moneyNote");
        const auto *problem = find<QLabel>(dialog, "moneyProblem");
        const auto *agree = find<QAbstractButton>(dialog, "moneyAgree");
        find<QLineEdit>(dialog, "moneyAmount")->setText(QStringLiteral("5"));
        const QString longest(ledger::LongestNote, u'n');
        QGuiApplication::clipboard()->setText(longest);
        note->paste();
        QCOMPARE(qobject_cast<MoneyDialog *>(dialog.data())->note(), longest);
        QVERIFY(agree->isEnabled() && problem->text().isEmpty());
        QVERIFY(m_fixture->services().ledger().recharge(TestWorkspace::Tenant, Money::fromMicro(10'000), longest));
        note->insert(QStringLiteral("n"));
        QVERIFY(!agree->isEnabled());
        QVERIFY2(problem->text().contains(QLocale().toString(ledger::LongestNote)), qPrintable(problem->text()));
        QTest::keyClick(note, Qt::Key_Backspace);
        QVERIFY(agree->isEnabled() && problem->text().isEmpty());
        dialog->close();
        QTRY_VERIFY_WITH_TIMEOUT(!dialog, patience);
    }

private:
    static QDialog *show(QDialog *dialog)
    {
        dialog->show();
        return dialog;
    }
    static int rows(QWidget *in, const char *table) { return find<QTableView>(in, table)->model()->rowCount(); }
    /// Esc while something is written: the dialog stays and says why.
    static void closeTooEarly(QDialog *dialog)
    {
        QTest::keyClick(dialog, Qt::Key_Escape);
        QVERIFY(dialog->isVisible());
        QVERIFY(find<QLabel>(dialog, "writingWords")->isVisible());
        dialog->close(); // the window's cross
        QVERIFY(dialog->isVisible());
    }

    std::unique_ptr<UiFixture> m_fixture;
};

QTEST_MAIN(TestMoneyDialogs)
#include "tst_moneydialogs.moc"
