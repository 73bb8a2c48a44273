// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/core/currency.h"
#include "services/ledger/ledger.h"
#include "tests/ui/uifixture.h"
#include "ui/pricesdialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>

using namespace society;
using namespace society::ui;
using namespace society::test;

namespace {

constexpr int patience = 30000; // ms

}

/// The price book on screen.
class TestPricesDialog : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_fixture = std::make_unique<UiFixture>();
        QVERIFY2(m_fixture->isReady(), qPrintable(m_fixture->error()));
        m_dialog = new PricesDialog(m_fixture->context());
        m_dialog->show();
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 3, patience);
    }

    void cleanup()
    {
        delete m_dialog;
        m_fixture.reset();
    }

    void aPriceIsSet()
    {
        QVERIFY(!find<QAbstractButton>(m_dialog, "priceSet")->isEnabled()); // nothing was typed
        find<QComboBox>(m_dialog, "priceModel")->setEditText(QStringLiteral("qwen-plus"));
        type(QStringLiteral("2.4"));
        QVERIFY(press(m_dialog, "priceSet"));
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 4, patience);
        const auto price = inForce(QStringLiteral("qwen-plus"));
        QVERIFY(price && price->amount == Money::fromMicro(2'400'000));
        QVERIFY(find<QLabel>(m_dialog, "priceDone")->isVisible());
        // One that is to come changes nothing today.
        find<QCheckBox>(m_dialog, "priceLater")->setChecked(true);
        type(QStringLiteral("3"));
        QVERIFY(press(m_dialog, "priceSet"));
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 5, patience);
        QCOMPARE(inForce(QStringLiteral("qwen-plus"))->amount, Money::fromMicro(2'400'000));
        QTest::keyClicks(find<QLineEdit>(m_dialog, "priceFilter"), QStringLiteral("to come"));
        QTRY_COMPARE(rows(), 1);
    }

    void aSlipIsQuestioned()
    {
        type(QStringLiteral("3000"));
        QVERIFY(press(m_dialog, "priceSet"));
        QTRY_VERIFY_WITH_TIMEOUT(openDialog("priceQuestion"), patience);
        QVERIFY(press(openDialog("priceQuestion"), "priceChange")); // the safe answer
        m_fixture->settle();
        QCOMPARE(inForce({})->amount, Money::fromMicro(3'000'000));
        QVERIFY(press(m_dialog, "priceSet"));
        QTRY_VERIFY_WITH_TIMEOUT(openDialog("priceQuestion"), patience);
        type(QStringLiteral("30000")); // not what the question is about
        QVERIFY(press(openDialog("priceQuestion"), "priceAgree"));
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 4, patience);
        QCOMPARE(inForce({})->amount, Money::fromMicro(3'000'000'000));
    }

    void aModelIsMadeFree()
    {
        find<QComboBox>(m_dialog, "priceModel")->setEditText(QStringLiteral("mine"));
        find<QCheckBox>(m_dialog, "priceFree")->setChecked(true);
        QVERIFY(!find<QLineEdit>(m_dialog, "priceAmount")->isEnabled());
        QVERIFY(press(m_dialog, "priceSet"));
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 4, patience);
        QVERIFY(inForce(QStringLiteral("mine"))->amount.isZero());
    }

    void badAmountsAreSaid_data()
    {
        QTest::addColumn<QString>("amount");
        for (const char *amount : {"1e9", "0.0000001", "１２", "1,5", "-1", "-0", "-0.00", "10000000000000000000", "much"})
            QTest::newRow(amount) << QString::fromUtf8(amount);
    }
    void badAmountsAreSaid()
    {
        QFETCH(QString, amount);
        find<QLineEdit>(m_dialog, "priceAmount")->setText(amount);
        QVERIFY(!find<QAbstractButton>(m_dialog, "priceSet")->isEnabled());
        QVERIFY(!find<QLabel>(m_dialog, "priceProblem")->text().isEmpty());
    }

    void aFileIsPreviewedThenAdded()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("prices.csv"));
        write(path, "item,model,price\nllm_input_token,qwen-plus,2.4\nrun_time,,1\n");
        QVERIFY(press(m_dialog, "priceImport"));
        choose("priceImportDialog", path);
        QTRY_VERIFY_WITH_TIMEOUT(openDialog("pricePreview"), patience);
        QWidget *preview = openDialog("pricePreview");
        QCOMPARE(find<QTableView>(preview, "pricePreviewTable")->model()->rowCount(), 2);
        QCOMPARE(rows(), 3);                                                       // nothing has been written
        QVERIFY(!find<QAbstractButton>(preview, "priceImportAgree")->isEnabled()); // one looks like a slip
        find<QCheckBox>(preview, "priceMeant")->setChecked(true);
        QVERIFY(press(preview, "priceImportAgree"));
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 5, patience);
        // A fault is said with its line, and changes nothing.
        write(path, "item,price\nrun_time,0.002\nsun,1\n");
        QVERIFY(press(m_dialog, "priceImport"));
        choose("priceImportDialog", path);
        QTRY_VERIFY_WITH_TIMEOUT(hasText(QStringLiteral("Line 3")), patience);
        QCOMPARE(rows(), 5);
        const QString saved = folder.filePath(QStringLiteral("saved.csv"));
        QVERIFY(press(m_dialog, "priceExport"));
        choose("priceExportDialog", saved);
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(saved), patience);
    }

    void anotherSignIsTakenIntoUse()
    {
        const auto back = qScopeGuard([] { setCurrencySign({}); });
        QSignalSpy changed(m_dialog, &PricesDialog::currencySignChanged);
        find<QLineEdit>(m_dialog, "priceSign")->setText(QStringLiteral("12"));
        QVERIFY(press(m_dialog, "priceSaveSign"));
        QTRY_VERIFY_WITH_TIMEOUT(hasText(QStringLiteral("cannot stand before amounts")), patience);
        find<QLineEdit>(m_dialog, "priceSign")->setText(QStringLiteral("credits"));
        QVERIFY(press(m_dialog, "priceSaveSign"));
        QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 1, patience);
        bool shown = false;
        for (int column = 0; column < table()->model()->columnCount(); ++column)
            shown =
                shown || table()->model()->index(0, column).data().toString().startsWith(QStringLiteral("credits "));
        QVERIFY(shown);
    }

private:
    QTableView *table() { return find<QTableView>(m_dialog, "priceTable"); }
    int rows() { return table()->model()->rowCount(); }
    void type(const QString &amount)
    {
        auto *edit = find<QLineEdit>(m_dialog, "priceAmount");
        edit->clear();
        QTest::keyClicks(edit, amount);
    }
    Result<ledger::Price> inForce(const QString &model)
    {
        return m_fixture->services().ledger().priceAt(
            ledger::Item::InputTokens, model, QDateTime::currentDateTimeUtc().addSecs(1));
    }
    bool hasText(const QString &text)
    {
        const QList<QLabel *> labels = m_dialog->findChildren<QLabel *>();
        return std::any_of(labels.cbegin(), labels.cend(),
            [&](const QLabel *label) { return label->isVisible() && label->text().contains(text); });
    }
    static void write(const QString &path, const QByteArray &text)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(text);
    }
    static void choose(const char *name, const QString &path)
    {
        QTRY_VERIFY(openDialog(name));
        auto *dialog = qobject_cast<QFileDialog *>(openDialog(name));
        dialog->setDirectory(QFileInfo(path).absolutePath());
        dialog->selectFile(path);
        QMetaObject::invokeMethod(dialog, "accept");
    }

    std::unique_ptr<UiFixture> m_fixture;
    PricesDialog *m_dialog = nullptr;
};

QTEST_MAIN(TestPricesDialog)
#include "tst_pricesdialog.moc"
