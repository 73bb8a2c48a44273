// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/billgroupmodel.h"
#include "services/store/query.h"
#include "tests/support/setclock.h"
#include "tests/ui/uifixture.h"
#include "ui/accountspage.h"
#include "ui/datatable.h"
#include "ui/experimentfeed.h"
#include "ui/spendpanel.h"
#include "ui/tenantsdialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTimeZone>
#include <ctime>

using namespace society;
using namespace society::ui;
using namespace society::test;
using ledger::Item;

namespace {

constexpr int patience = 30000; // ms
constexpr int timeOfFilter = 3; // of spendTime
constexpr int allBills = 160;
constexpr int rounds = 14;

/// A row of the table as it is, read by a statement that nothing of the product makes.
struct Row {
    QDateTime at;
    QString item, model, experiment;
    qint64 micro = 0;
    bool isRecharge = false;
};

QString shown(qint64 micro)
{
    return Money::fromMicro(micro).toDisplay(QLocale());
}

} // namespace

/// What the screens say of sums, against sums over the table's rows, in zones whose days begin at odd moments.
class TestMoneyScreens : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { m_zoneBefore = qgetenv("TZ"); }

    void cleanup()
    {
        m_page.reset();
        m_feed.reset();
        m_fixture.reset();
        if (m_zoneBefore.isEmpty())
            qunsetenv("TZ");
        else
            qputenv("TZ", m_zoneBefore);
        tzset();
    }

    void sumsOfRandomFilters_data()
    {
        QTest::addColumn<QByteArray>("zone");
        for (const char *zone : {"UTC", "Asia/Shanghai", "America/St_Johns", "Australia/Lord_Howe"})
            QTest::newRow(zone) << QByteArray(zone);
    }
    void sumsOfRandomFilters()
    {
        QFETCH(QByteArray, zone);
        begin(zone);
        spendAboutChangesOfTheClock();
        QVERIFY(!QTest::currentTestFailed());
        openPage();
        QTRY_COMPARE_WITH_TIMEOUT(text("billTotals").section(u' ', 0, 0), QString::number(m_rows.size()), patience);
        monthsAreRight();
        QRandomGenerator random(2911);
        for (int round = 0; round < rounds && !QTest::currentTestFailed(); ++round)
            screensAgree(
                randomChoice(random), 1 + round % (find<QComboBox>(m_page.get(), "billGrouping")->count() - 1));
    }

    void tenantsAddUpAndCanBeChanged()
    {
        begin("America/St_Johns");
        spendAboutChangesOfTheClock();
        QVERIFY(!QTest::currentTestFailed());
        ledger::Ledger &ledger = m_fixture->services().ledger();
        QVERIFY(ledger.addTenant(QStringLiteral("teaching"), QStringLiteral("Teaching")));
        QVERIFY(ledger.recharge(QStringLiteral("teaching"), Money::fromMicro(7'000'000)));
        QVERIFY(ledger.placeHold(
            QStringLiteral("teaching"), ExperimentId::random(), Money::fromMicro(2'500'000), QStringLiteral("start")));
        TenantsDialog dialog(m_fixture->context());
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        const QDate today = m_zone.isValid() ? QDateTime::currentDateTimeUtc().toTimeZone(m_zone).date() : QDate();
        qint64 balance = 7'000'000;
        for (const Row &row : std::as_const(m_rows))
            balance += row.micro;
        QTRY_COMPARE_WITH_TIMEOUT(find<QLabel>(&dialog, "tenantSums")->text(),
            QStringLiteral("2 tenant(s) · balance %1 · held %2 · spent this month %3")
                .arg(shown(balance), shown(2'500'000), shown(-spentIn(today.year(), today.month()))),
            patience);
        auto *table = dialog.findChild<DataTable *>();
        QTRY_COMPARE(table->model()->rowCount(), 2);
        auto *change = find<QAbstractButton>(&dialog, "tenantSwitch");
        QVERIFY(!change->isEnabled()); // the tenant one is already
        QSignalSpy wanted(&dialog, &TenantsDialog::tenantRequested);
        QTest::keyClick(table, Qt::Key_Down);
        QVERIFY(change->isEnabled());
        QVERIFY(press(&dialog, "tenantSwitch"));
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted.first().first().toString(), QStringLiteral("teaching"));
        QVERIFY(!dialog.isVisible());
    }

private:
    QString text(const char *name) { return find<QLabel>(m_page.get(), name)->text(); }

    void begin(const QByteArray &zone)
    {
        qputenv("TZ", zone);
        tzset();
        m_zone = QTimeZone(zone);
        QCOMPARE(QTimeZone::systemTimeZone().id(), zone);
        m_fixture = std::make_unique<UiFixture>();
        QVERIFY2(m_fixture->isReady(), qPrintable(m_fixture->error()));
    }

    void openPage()
    {
        m_feed = std::make_unique<ExperimentFeed>(m_fixture->context());
        m_page = std::make_unique<AccountsPage>(m_fixture->context(), *m_feed, m_activities);
        m_page->resize(1100, 700);
        m_page->show();
    }

    /// Bills at the turns of days and months of the zone and of UTC, about the last two changes of the zone's clock,
    /// and at any time of the last months.
    void spendAboutChangesOfTheClock()
    {
        QRandomGenerator random(29);
        const QDateTime now = QDateTime::currentDateTimeUtc();
        QList<QDateTime> times;
        QDateTime change = now;
        for (int i = 0; i < 2; ++i) {
            const QTimeZone::OffsetData before = m_zone.previousTransition(change);
            if (!before.atUtc.isValid() || before.atUtc.daysTo(now) > 500)
                break;
            change = before.atUtc;
            for (const int minutes : {-61, -30, -1, 0, 1, 30, 61, 119})
                times.append(change.addSecs(minutes * 60));
        }
        const QDate today = now.toTimeZone(m_zone).date();
        for (int days = 1; days < 70; days += 9) {
            for (const qint64 ms : {-1, 0, 1})
                times.append(QDateTime(today.addDays(-days), QTime(0, 0), m_zone).toUTC().addMSecs(ms));
        }
        times.append(QDateTime(QDate(today.year(), today.month(), 1), QTime(0, 0), m_zone).toUTC().addMSecs(-1));
        while (times.size() < allBills)
            times.append(now.addSecs(-random.bounded(100 * 86'400) - 60));
        std::sort(times.begin(), times.end());
        SetClock clock;
        ledger::Ledger ledger(m_fixture->services().database(), clock);
        for (const QDateTime &time : std::as_const(times)) {
            clock.time = time;
            QVERIFY(writeOne(ledger, random));
        }
        const auto rows = store::rows(m_fixture->services().database(),
            QStringLiteral("SELECT b.created_at, b.item, b.model, b.experiment, b.amount_micro, b.item = 'recharge' "
                           "FROM bills b WHERE b.tenant = ? ORDER BY b.seq"),
            {TestWorkspace::Tenant}, [](const store::Query &query) {
                return Row{
                    query.time(0), query.text(1), query.text(2), query.text(3), query.integer(4), query.boolean(5)};
            });
        QVERIFY(rows);
        m_rows = *rows;
    }

    bool writeOne(ledger::Ledger &ledger, QRandomGenerator &random)
    {
        if (random.bounded(6) == 0)
            return ledger.recharge(TestWorkspace::Tenant, Money::fromMicro(10'000 + random.bounded(90'000'000)))
                .has_value();
        if (random.bounded(9) == 0 && !m_last.isNull())
            return ledger
                .correct(TestWorkspace::Tenant, m_last, Money::fromMicro(1 + random.bounded(9'999)),
                    QStringLiteral("the provider gave it back"))
                .has_value();
        ledger::Usage usage;
        usage.item = random.bounded(2) == 0 ? Item::InputTokens : Item::OutputTokens;
        usage.model = QStringLiteral("model-%1").arg(random.bounded(4));
        usage.quantity = 1'000 + random.bounded(3'000'000);
        usage.unitPrice = Money::fromMicro(1'000'000 + random.bounded(5) * 700'001);
        usage.unitSize = ledger::unitSizeOf(usage.item);
        const auto settled = ledger.settle({TestWorkspace::Tenant, ExperimentId::random(), {usage}});
        if (settled)
            m_last = settled->bills.first().id;
        return settled.has_value();
    }

    BillChoice randomChoice(QRandomGenerator &random) const
    {
        BillChoice choice;
        const auto dayOf = [&] { return m_rows.at(random.bounded(m_rows.size())).at.toTimeZone(m_zone).date(); };
        if (random.bounded(3) > 0)
            choice.from = dayOf();
        if (random.bounded(3) > 0)
            choice.to = dayOf();
        if (choice.from.isValid() && choice.to.isValid() && choice.to < choice.from)
            std::swap(choice.from, choice.to);
        if (random.bounded(3) == 0)
            choice.item = Item::OutputTokens;
        if (random.bounded(3) == 0)
            choice.model = QStringLiteral("model-%1").arg(random.bounded(4));
        if (random.bounded(4) == 0)
            choice.most = Money::fromMicro(-qint64(random.bounded(4'000'000)));
        return choice;
    }

    [[nodiscard]] bool isChosen(const Row &row, const BillChoice &choice) const
    {
        const QDate day = row.at.toTimeZone(m_zone).date();
        return (!choice.from.isValid() || day >= choice.from) && (!choice.to.isValid() || day <= choice.to) &&
               (!choice.item || row.item == ledger::itemWord(*choice.item)) &&
               (!choice.model || row.model == *choice.model) && (!choice.most || row.micro <= choice.most->micro());
    }

    [[nodiscard]] qint64 spentIn(int year, int month) const
    {
        qint64 sum = 0;
        for (const Row &row : m_rows) {
            const QDate day = row.at.toTimeZone(m_zone).date();
            if (!row.isRecharge && day.year() == year && day.month() == month)
                sum += row.micro;
        }
        return sum;
    }

    void monthsAreRight()
    {
        const QDate today = QDateTime::currentDateTimeUtc().toTimeZone(m_zone).date();
        const QDate last = today.addMonths(-1);
        QCOMPARE(text("accountMonths"),
            QStringLiteral("spent this month %1 · last month %2")
                .arg(shown(-spentIn(today.year(), today.month())), shown(-spentIn(last.year(), last.month()))));
        qint64 balance = 0;
        for (const Row &row : std::as_const(m_rows))
            balance += row.micro;
        QCOMPARE(text("accountBalance"), shown(balance));
    }

    void screensAgree(const BillChoice &choice, int grouping)
    {
        qint64 sum = 0;
        qint64 spent = 0;
        int count = 0;
        QMap<QString, qint64> days;
        for (const Row &row : std::as_const(m_rows)) {
            if (!isChosen(row, choice))
                continue;
            ++count;
            sum += row.micro;
            if (row.isRecharge)
                continue;
            spent -= row.micro;
            days[models::dayText(row.at.toTimeZone(m_zone).date(), false)] -= row.micro;
        }
        m_page->findChild<BillFilterBar *>()->setChoice(choice);
        const QString totals = QStringLiteral("%1 bill(s) · sum %2").arg(count).arg(shown(sum));
        QTRY_COMPARE_WITH_TIMEOUT(text("billTotals"), totals, patience);
        find<QComboBox>(m_page.get(), "billGrouping")->setCurrentIndex(grouping);
        const auto *groups = m_page->findChild<DataTable *>(QStringLiteral("billGroupTable"));
        QTRY_COMPARE_WITH_TIMEOUT(groupSums(*groups), groupsOf(choice, grouping), patience);
        find<QComboBox>(m_page.get(), "billGrouping")->setCurrentIndex(0);
        // The chart counts what was spent of it.
        find<QComboBox>(m_page.get(), "spendTime")->setCurrentIndex(timeOfFilter);
        find<QComboBox>(m_page.get(), "spendWhat")->setCurrentIndex(0);
        QTRY_COMPARE_WITH_TIMEOUT(text("spendSum"), QStringLiteral("spent ") + shown(spent), patience);
        find<QCheckBox>(m_page.get(), "spendAsTable")->setChecked(true);
        const auto *numbers = find<DataTable>(m_page.get(), "spendTable");
        const bool ofDays = days.isEmpty() || numbers->model()->rowCount() >= days.size();
        for (int row = 0; ofDays && row < numbers->model()->rowCount(); ++row) {
            const QString day = numbers->model()->index(row, 0).data().toString();
            if (days.contains(day))
                QCOMPARE(numbers->model()->index(row, 1).data().toString(), shown(days.value(day)));
        }
    }

    static QStringList groupSums(const DataTable &table)
    {
        QStringList sums;
        for (int row = 0; row < table.model()->rowCount(); ++row)
            sums.append(table.model()->index(row, models::BillGroupModel::Bills).data().toString() + u' ' +
                        table.model()->index(row, models::BillGroupModel::Sum).data().toString());
        sums.sort();
        return sums;
    }

    /// Number and sum of each group, sorted: by experiment, model, item, day, month as the page lists them.
    [[nodiscard]] QStringList groupsOf(const BillChoice &choice, int grouping) const
    {
        QMap<QString, std::pair<int, qint64>> groups;
        for (const Row &row : m_rows) {
            if (!isChosen(row, choice))
                continue;
            const QDate day = row.at.toTimeZone(m_zone).date();
            const QStringList keys{{}, row.experiment, row.model, row.item, day.toString(Qt::ISODate),
                day.toString(QStringLiteral("yyyy-MM"))};
            auto &[count, sum] = groups[keys.at(grouping)];
            ++count;
            sum += row.micro;
        }
        QStringList sums;
        for (const auto &[count, sum] : std::as_const(groups))
            sums.append(QString::number(count) + u' ' + shown(sum));
        sums.sort();
        return sums;
    }

    QByteArray m_zoneBefore;
    QTimeZone m_zone;
    QList<Row> m_rows;
    BillId m_last;
    std::unique_ptr<UiFixture> m_fixture;
    std::unique_ptr<ExperimentFeed> m_feed;
    Activities m_activities;
    std::unique_ptr<AccountsPage> m_page;
};

QTEST_MAIN(TestMoneyScreens)
#include "tst_moneyscreens.moc"
