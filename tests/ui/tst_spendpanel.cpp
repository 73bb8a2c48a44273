// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/store/transaction.h"
#include "tests/support/setclock.h"
#include "tests/ui/uifixture.h"
#include "ui/accountspage.h"
#include "ui/datatable.h"
#include "ui/errorpanel.h"
#include "ui/experimentfeed.h"
#include "ui/spendpanel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGraphicsItem>
#include <QGraphicsView>
#include <QLabel>
#include <QSignalSpy>

using namespace society;
using namespace society::ui;
using namespace society::test;

namespace {

constexpr int patience = 30000; // ms
constexpr int timeOfFilter = 3; // of spendTime

} // namespace

/// What was spent, drawn for the time that is filtered; what could not be read is read again.
class TestSpendPanel : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_fixture = std::make_unique<UiFixture>();
        QVERIFY2(m_fixture->isReady(), qPrintable(m_fixture->error()));
    }

    void cleanup() { m_fixture.reset(); }

    void monthsCountOnlyWhatIsFiltered_data()
    {
        QTest::addColumn<QDate>("from");
        QTest::addColumn<QDate>("to");
        QTest::addColumn<int>("bars");
        QTest::newRow("parts of months") << QDate(2024, 3, 10) << QDate(2025, 7, 15) << 17;
        QTest::newRow("days") << QDate(2024, 3, 10) << QDate(2024, 5, 15) << 67;
        QTest::newRow("from the beginning") << QDate() << QDate(2025, 7, 15) << 17;
        QTest::newRow("until now") << QDate(2024, 3, 10) << QDate() << -1;
        QTest::newRow("nothing is filtered") << QDate() << QDate() << -1;
    }
    void monthsCountOnlyWhatIsFiltered()
    {
        QFETCH(QDate, from);
        QFETCH(QDate, to);
        QFETCH(int, bars);
        // Powers of two, so that a sum says which bills are in it.
        const QList<QDate> days{
            {2024, 3, 2}, {2024, 3, 10}, {2024, 3, 31}, {2024, 5, 15}, {2025, 7, 15}, {2025, 7, 16}};
        for (qsizetype i = 0; i < days.size(); ++i)
            QVERIFY(spend(days.at(i), qint64(1) << i));
        SpendPanel panel(m_fixture->context());
        panel.show();
        find<QComboBox>(&panel, "spendTime")->setCurrentIndex(timeOfFilter);
        BillChoice choice;
        choice.from = from;
        choice.to = to;
        panel.setChoice(choice);
        const auto selected = m_fixture->services().ledger().bills(choice.filter(TestWorkspace::Tenant));
        QVERIFY(selected);
        const QString sum = QStringLiteral("spent ") + selected->sum.negated().toDisplay(QLocale());
        QTRY_COMPARE_WITH_TIMEOUT(find<QLabel>(&panel, "spendSum")->text(), sum, patience);
        find<QCheckBox>(&panel, "spendAsTable")->setChecked(true);
        auto *table = find<DataTable>(&panel, "spendTable");
        if (bars > 0)
            QCOMPARE(table->model()->rowCount(), bars);
        // A bar opens what it is of, no more.
        QSignalSpy picked(&panel, &SpendPanel::daysPicked);
        table->setCurrentIndex(table->model()->index(table->model()->rowCount() - 1, 0));
        QTest::keyClick(table, Qt::Key_Return);
        QCOMPARE(picked.size(), 1);
        BillChoice first;
        first.from = picked.first().at(0).toDate();
        first.to = picked.first().at(1).toDate();
        const auto ofBar = m_fixture->services().ledger().bills(first.filter(TestWorkspace::Tenant));
        QVERIFY(ofBar);
        QCOMPARE(table->model()->index(table->model()->rowCount() - 1, 1).data().toString(),
            ofBar->sum.negated().toDisplay(QLocale()));
    }

    void whatCouldNotBeReadIsReadWhenShownAgain()
    {
        m_fixture->context().tenant = QStringLiteral("lab"); // which there is not yet
        ExperimentFeed feed(m_fixture->context());
        Activities activities;
        AccountsPage page(m_fixture->context(), feed, activities);
        page.show();
        QTRY_VERIFY_WITH_TIMEOUT(page.findChild<ErrorPanel *>()->isVisible(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(find<QLabel>(&page, "spendWords")->text().contains(QStringLiteral("lab")), patience);
        page.hide();
        QVERIFY(m_fixture->services().ledger().addTenant(QStringLiteral("lab"), {}));
        page.show();
        QTRY_COMPARE_WITH_TIMEOUT(find<QLabel>(&page, "accountBalance")->text(), QStringLiteral("¥ 0.00"), patience);
        QTRY_COMPARE_WITH_TIMEOUT(find<QLabel>(&page, "spendSum")->text(), QStringLiteral("spent ¥ 0.00"), patience);
        QVERIFY(!page.findChild<ErrorPanel *>()->isVisible()); // what it said is over
    }

    void whatAnActionSaidStaysWhenReadingWorksAgain()
    {
        m_fixture->context().tenant = QStringLiteral("lab"); // which there is not yet
        ExperimentFeed feed(m_fixture->context());
        Activities activities;
        AccountsPage page(m_fixture->context(), feed, activities);
        page.show();
        auto *panel = page.findChild<ErrorPanel *>();
        QTRY_VERIFY_WITH_TIMEOUT(panel->isVisible(), patience);
        auto *audit = find<QAbstractButton>(&page, "accountAudit");
        audit->click();
        QVERIFY(!panel->isVisible());
        QTRY_VERIFY_WITH_TIMEOUT(panel->isVisible() && audit->isEnabled(), patience);
        page.hide();
        QVERIFY(m_fixture->services().ledger().addTenant(QStringLiteral("lab"), {}));
        page.show();
        QTRY_COMPARE_WITH_TIMEOUT(find<QLabel>(&page, "accountBalance")->text(), QStringLiteral("¥ 0.00"), patience);
        QVERIFY(panel->isVisible());
    }

    void aListThatIsCutSaysSo()
    {
        constexpr int runs = 10'002;
        {
            auto all = store::Transaction::begin(m_fixture->services().database());
            QVERIFY(all);
            for (int i = 0; i < runs; ++i)
                QVERIFY(spend(QDate(2026, 3, 1), 1 + i % 7));
            QVERIFY(all->commit());
        }
        ExperimentFeed feed(m_fixture->context());
        Activities activities;
        AccountsPage page(m_fixture->context(), feed, activities);
        page.show();
        auto *cut = find<QLabel>(&page, "billGroupsCut");
        QVERIFY(!cut->isVisible());
        find<QComboBox>(&page, "billGrouping")->setCurrentIndex(1); // by experiment
        QTRY_VERIFY_WITH_TIMEOUT(cut->isVisible(), patience);
        QVERIFY2(cut->text().contains(QStringLiteral("10,000 dearest of 10,002")), qPrintable(cut->text()));
        QCOMPARE(find<DataTable>(&page, "billGroupTable")->model()->rowCount(), 10'000);
        find<QComboBox>(&page, "billGrouping")->setCurrentIndex(2); // by model
        QTRY_VERIFY_WITH_TIMEOUT(!cut->isVisible(), patience);
    }

    void theForecastIsDrawnAsARange()
    {
        const QDate today = QDate::currentDate();
        SetClock begin;
        begin.time = QDateTime(today.addDays(-40), QTime(12, 0)).toUTC();
        ledger::Ledger first(m_fixture->services().database(), begin);
        QVERIFY(first.recharge(TestWorkspace::Tenant, Money::fromMicro(200'000'000)));
        for (int day = 35; day > 0; --day)
            QVERIFY(spend(today.addDays(-day), day > 8 ? 1 : 3));
        SpendPanel panel(m_fixture->context());
        panel.resize(900, 400);
        panel.show();
        find<QComboBox>(&panel, "spendWhat")->setCurrentIndex(2); // the balance
        QTRY_VERIFY_WITH_TIMEOUT(
            find<QLabel>(&panel, "spendForecast")->text().contains(QStringLiteral("between")), patience);
        auto *chart = panel.findChild<QGraphicsView *>(QStringLiteral("spendChart"));
        QTRY_VERIFY(chart && chart->isVisible());
        const auto ranges = [chart] {
            QList<QRectF> found;
            for (QGraphicsItem *item : chart->scene()->items()) {
                const auto *object = dynamic_cast<QObject *>(item);
                if (object && QByteArray(object->metaObject()->className()).endsWith("AreaChartItem") &&
                    item->isVisible())
                    found.append(item->sceneBoundingRect());
            }
            return found;
        };
        QTRY_VERIFY_WITH_TIMEOUT(ranges().size() == 1 && ranges().first().width() > 50, patience);
        // From today on, down to where the balance is used up: not over what has been.
        QVERIFY(ranges().first().left() > chart->scene()->sceneRect().width() / 4);
        find<QComboBox>(&panel, "spendWhat")->setCurrentIndex(0);
        QTRY_VERIFY_WITH_TIMEOUT(ranges().isEmpty(), patience);
    }

private:
    /// A run's bill of so many yuan, at noon of a day.
    bool spend(QDate day, qint64 amount)
    {
        SetClock clock;
        clock.time = QDateTime(day, QTime(12, 0)).toUTC();
        ledger::Ledger book(m_fixture->services().database(), clock);
        ledger::Usage usage;
        usage.item = ledger::Item::InputTokens;
        usage.model = QStringLiteral("m");
        usage.quantity = amount * 1'000'000;
        usage.unitPrice = Money::fromMicro(1'000'000);
        usage.unitSize = ledger::unitSizeOf(usage.item);
        return book.settle({TestWorkspace::Tenant, ExperimentId::random(), {usage}}).has_value();
    }

    std::unique_ptr<UiFixture> m_fixture;
};

QTEST_MAIN(TestSpendPanel)
#include "tst_spendpanel.moc"
