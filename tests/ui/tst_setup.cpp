// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/uifixture.h"
#include "ui/errorpanel.h"
#include "ui/language.h"
#include "ui/settingsdialog.h"
#include "ui/setuppage.h"
#include "ui/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTcpServer>

using namespace society;
using namespace society::ui;
using namespace society::test;

namespace {

constexpr int patience = 30000; // ms

} // namespace

class TestSetup : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_fixture = std::make_unique<UiFixture>();
        QVERIFY2(m_fixture->isReady(), qPrintable(m_fixture->error()));
    }
    void cleanup() { m_fixture.reset(); }

    void firstRunFindsNothingAndSaysSo()
    {
        SetupPage page(m_fixture->context(), m_activities);
        page.show();
        QSignalSpy checked(&page, &SetupPage::runnerChecked);
        page.refresh();
        QTRY_COMPARE_WITH_TIMEOUT(checked.size(), 1, patience);
        QCOMPARE(checked.first().first().toBool(), false);
        QVERIFY(!page.findChild<ErrorPanel *>()->hasError()); // nothing is wrong yet
        QVERIFY(find<QAbstractButton>(&page, "setupInstall")->isVisible());
        QVERIFY(!find<QAbstractButton>(&page, "setupContinue")->isEnabled());
        QVERIFY(!page.goBack()); // there is nowhere to go without one
    }

    void adoptingWhatIsNoneSaysWhy_data()
    {
        QTest::addColumn<QString>("path");
        QTest::newRow("missing") << QStringLiteral("/nowhere/agentsociety");
        QTest::newRow("no runner") << QStringLiteral("/bin/true");
    }
    void adoptingWhatIsNoneSaysWhy()
    {
        QFETCH(QString, path);
        SetupPage page(m_fixture->context(), m_activities);
        page.show();
        page.adopt(path);
        auto *error = page.findChild<ErrorPanel *>();
        QTRY_VERIFY_WITH_TIMEOUT(error->hasError(), patience);
        QVERIFY(error->isVisible());
        QVERIFY(!error->error().remedy.isEmpty());
        QVERIFY(!find<QAbstractButton>(&page, "setupContinue")->isEnabled());
        QVERIFY(find<QAbstractButton>(&page, "setupAdopt")->isVisible()); // it can be tried again
    }

    void adoptingShowsTheVersionAndMakesPractice()
    {
        SetupPage page(m_fixture->context(), m_activities);
        page.show();
        QSignalSpy done(&page, &SetupPage::done);
        page.adopt(stubRunner());
        QTRY_VERIFY_WITH_TIMEOUT(find<QAbstractButton>(&page, "setupContinue")->isEnabled(), patience);
        QVERIFY(find<QLabel>(&page, "setupRunner")->text().contains(QStringLiteral("1.5.7")));
        QTRY_VERIFY_WITH_TIMEOUT(
            find<QLabel>(&page, "setupPractice")->text().contains(QStringLiteral("configuration(s)")), patience);
        QVERIFY(m_fixture->services().configs().find(TestWorkspace::Tenant, QStringLiteral("Practice model")));
        QVERIFY(press(&page, "setupContinue"));
        QCOMPARE(done.size(), 1);

        // Another one that is none takes nothing away.
        page.adopt(QStringLiteral("/nowhere"));
        QTRY_VERIFY_WITH_TIMEOUT(page.findChild<ErrorPanel *>()->hasError(), patience);
        QVERIFY(find<QAbstractButton>(&page, "setupContinue")->isEnabled());
    }

    void installingCanBeCancelled()
    {
        SetupPage page(m_fixture->context(), m_activities);
        page.show();
        page.refresh();
        m_fixture->settle();
        QVERIFY(press(&page, "setupInstall"));
        QVERIFY(find<QWidget>(&page, "setupProgress")->isVisible());
        QCOMPARE(m_activities.activities().size(), 1); // in the status bar, too
        QVERIFY(press(&page, "setupCancel"));
        auto *error = page.findChild<ErrorPanel *>();
        QTRY_VERIFY_WITH_TIMEOUT(error->hasError(), patience);
        QCOMPARE(error->error().code, QStringLiteral("cancelled"));
        QVERIFY(m_activities.activities().isEmpty());
        QVERIFY(!find<QWidget>(&page, "setupProgress")->isVisible());
        QVERIFY(find<QAbstractButton>(&page, "setupInstall")->isVisible()); // it can be begun again
    }

    /// An installation takes minutes: what the rest of the window asks is answered meanwhile.
    void installingHoldsUpNothingElse()
    {
        QTcpServer silent; // the package index: takes connections, and never says a word
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        qputenv("PIP_INDEX_URL", QStringLiteral("http://127.0.0.1:%1/simple").arg(silent.serverPort()).toUtf8());
        qputenv("PIP_CONFIG_FILE", "/dev/null");
        const auto restore = qScopeGuard([] {
            qunsetenv("PIP_INDEX_URL");
            qunsetenv("PIP_CONFIG_FILE");
        });
        SetupPage page(m_fixture->context(), m_activities);
        page.show();
        page.refresh();
        m_fixture->settle();
        QVERIFY(press(&page, "setupInstall"));
        SettingsDialog dialog(m_fixture->context());
        dialog.show();
        auto *passphrase = find<QLineEdit>(&dialog, "settingsPassphrase");
        QTRY_VERIFY_WITH_TIMEOUT(passphrase->isVisible(), patience); // where keys are kept has been found out
        QCOMPARE(m_activities.activities().size(), 1);               // still installing
        QVERIFY(press(&page, "setupCancel"));
        QTRY_VERIFY_WITH_TIMEOUT(m_activities.activities().isEmpty(), patience);
    }

    void settingsHoldAtOnce()
    {
        const Theme theme(m_fixture->settings());
        m_fixture->settings().setLanguage(QStringLiteral("en"));
        const Language language(m_fixture->settings());
        SettingsDialog dialog(m_fixture->context());
        dialog.show();
        auto *look = find<QComboBox>(&dialog, "settingsLook");
        look->setCurrentIndex(look->findData(static_cast<int>(Look::Dark)));
        QTRY_VERIFY(dialog.palette().color(QPalette::Base).lightness() < 80);
        look->setCurrentIndex(look->findData(static_cast<int>(Look::System)));
        auto *words = find<QComboBox>(&dialog, "settingsLanguage");
        words->setCurrentIndex(words->findData(QStringLiteral("zh_CN")));
        QTRY_COMPARE(dialog.windowTitle(), QStringLiteral("设置"));
        QCOMPARE(words->currentData().toString(), QStringLiteral("zh_CN")); // filled anew, still chosen
        words->setCurrentIndex(words->findData(QStringLiteral("en")));
        QTRY_COMPARE(dialog.windowTitle(), QStringLiteral("Settings"));
    }

    void runSettingsAreTheWorkspaces()
    {
        SettingsDialog dialog(m_fixture->context());
        dialog.show();
        auto *hold = find<QLineEdit>(&dialog, "settingsHold");
        QTRY_VERIFY_WITH_TIMEOUT(hold->isEnabled(), patience); // what holds now has been read
        QCOMPARE(hold->text(), QStringLiteral("¥ 1.00"));
        QSignalSpy changed(&dialog, &SettingsDialog::runSettingsChanged);
        auto *mode = find<QComboBox>(&dialog, "settingsMode");
        mode->setCurrentIndex(mode->findData(static_cast<int>(agentsociety::RunMode::Ray)));
        QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 1, patience);
        hold->setText(QStringLiteral("2.5"));
        QTest::keyClick(hold, Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 2, patience);
        const auto settings = m_fixture->services().experiments().runSettings();
        QVERIFY(settings);
        QCOMPARE(settings->mode, agentsociety::RunMode::Ray);
        QCOMPARE(settings->hold, Money::fromMicro(2'500'000));
        hold->setText(QStringLiteral("much"));
        QTest::keyClick(hold, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(dialog.findChild<ErrorPanel *>()->hasError(), patience);
        QCOMPARE(m_fixture->services().experiments().runSettings()->hold, Money::fromMicro(2'500'000));
    }

    void everyRunSettingCanBeSet()
    {
        SettingsDialog dialog(m_fixture->context());
        dialog.show();
        auto *workers = find<QComboBox>(&dialog, "settingsWorkers");
        auto *ray = find<QLineEdit>(&dialog, "settingsRay");
        auto *mode = find<QComboBox>(&dialog, "settingsMode");
        QTRY_VERIFY_WITH_TIMEOUT(workers->isEnabled(), patience);
        QVERIFY(!ray->isEnabled()); // it would have no effect
        for (QWidget *each : {static_cast<QWidget *>(workers), static_cast<QWidget *>(ray)})
            QVERIFY(!each->toolTip().isEmpty());
        QSignalSpy changed(&dialog, &SettingsDialog::runSettingsChanged);
        workers->setCurrentIndex(workers->findData(static_cast<int>(agentsociety::LightWorkers::Forked)));
        QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 1, patience);
        QTest::mouseClick(find<QCheckBox>(&dialog, "settingsEndStalled"), Qt::LeftButton, {}, QPoint(8, 8));
        QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 2, patience);
        mode->setCurrentIndex(mode->findData(static_cast<int>(agentsociety::RunMode::Ray)));
        QTRY_VERIFY_WITH_TIMEOUT(ray->isEnabled() && !workers->isEnabled(), patience);
        ray->setText(QStringLiteral("somewhere"));
        QTest::keyClick(ray, Qt::Key_Return);
        auto *error = dialog.findChild<ErrorPanel *>();
        QTRY_VERIFY_WITH_TIMEOUT(error->hasError(), patience);
        QCOMPARE(error->error().code, QStringLiteral("ray_address_invalid"));
        ray->setText(QStringLiteral(" 10.0.0.1:6379 "));
        QTest::keyClick(ray, Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 4, patience);
        const auto settings = m_fixture->services().experiments().runSettings();
        QVERIFY(settings);
        QCOMPARE(settings->workers, agentsociety::LightWorkers::Forked);
        QVERIFY(settings->endStalled);
        QCOMPARE(settings->rayAddress, QStringLiteral("10.0.0.1:6379"));

        // Another dialog shows them as they are.
        SettingsDialog other(m_fixture->context());
        other.show();
        QTRY_COMPARE_WITH_TIMEOUT(
            find<QLineEdit>(&other, "settingsRay")->text(), QStringLiteral("10.0.0.1:6379"), patience);
        QVERIFY(find<QCheckBox>(&other, "settingsEndStalled")->isChecked());
    }

    void aPassphraseOpensTheFile()
    {
        SettingsDialog dialog(m_fixture->context());
        dialog.show();
        auto *passphrase = find<QLineEdit>(&dialog, "settingsPassphrase");
        QTRY_VERIFY_WITH_TIMEOUT(passphrase->isVisible(), patience); // no keychain here
        QCOMPARE(passphrase->echoMode(), QLineEdit::Password);
        QTest::keyClicks(passphrase, QStringLiteral("correct horse"));
        QVERIFY(press(&dialog, "settingsUnlock"));
        QTRY_VERIFY_WITH_TIMEOUT(!passphrase->isVisible(), patience);
        QCOMPARE(m_fixture->services().secrets().where().place, secrets::Place::EncryptedFile);
    }

private:
    std::unique_ptr<UiFixture> m_fixture;
    Activities m_activities;
};

QTEST_MAIN(TestSetup)
#include "tst_setup.moc"
