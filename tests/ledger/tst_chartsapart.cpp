// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/ledger/forecast.h"
#include "services/store/members.h"
#include "tests/ledger/ledgerfixture.h"

#include <QRandomGenerator>
#include <QTimeZone>

namespace {

constexpr int Questions = 300;

/// A bill as its row has it, read without the ledger.
struct Row {
    QString tenant;
    QDateTime time;
    QString item;
    QString model;
    QString experiment;
    qint64 amount = 0;
};

} // namespace

/// What charts are drawn from: whatever is asked, also with another tenant's runs, models and texts, every number comes
/// from the own tenant's bills and from no others.
class TestChartsApart : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void spendingIsOnesOwn();
    void balanceIsOnesOwn();
    void aLoginSeesItsTenantOnly();

private:
    void compare(const Ledger &ledger, const QString &tenant, QRandomGenerator &random) const;
    [[nodiscard]] QList<Row> rowsOf(const BillFilter &filter) const;

    const QStringList m_tenants{u"lab"_s, u"lab.b"_s, u"other"_s};
    const QStringList m_models{u"m"_s, u"M"_s, u"m%"_s, u"other"_s};
    Book m_book;
    QList<ExperimentId> m_runs; ///< of all of them
    QList<Row> m_rows;
};

void TestChartsApart::initTestCase()
{
    QRandomGenerator random(21);
    m_book.doNotSync();
    for (const QString &tenant : m_tenants.mid(1))
        must(m_book.ledger.addTenant(tenant));
    for (int i = 0; i < 150; ++i) {
        m_book.clock.advance(random.bounded(1, 9) * 3'600'000LL);
        const QString tenant = m_tenants.at(random.bounded(3));
        must(m_book.ledger.recharge(tenant, Money::fromMicro(random.bounded(10'000, 5'000'000)), u"other lab m%"_s));
        const auto run = m_book.experiment(u"finished"_s, tenant);
        m_runs.append(run);
        const QString model = m_models.at(random.bounded(4));
        const auto settled = must(m_book.ledger.settle({tenant, run,
            {usage(Item::InputTokens, random.bounded(900'000), model),
                usage(Item::OutputTokens, random.bounded(900'000), model, random.bounded(3) == 0),
                usage(Item::RunTime, random.bounded(900'000))}}));
        if (random.bounded(4) == 0)
            must(m_book.ledger.correct(
                tenant, settled.bills.at(0).id, Money::fromMicro(random.bounded(1, 500)), u"x"_s));
    }
    m_rows = must(store::rows(*m_book.database,
        u"SELECT tenant, created_at, item, model, coalesce(experiment, ''), amount_micro FROM bills"_s, {},
        [](const store::Query &row) {
            return Row{row.text(0), row.time(1), row.text(2), row.text(3), row.text(4), row.integer(5)};
        }));
    QVERIFY(m_rows.size() > 600);
}

QList<Row> TestChartsApart::rowsOf(const BillFilter &filter) const
{
    QList<Row> rows;
    for (const Row &row : m_rows)
        if (row.tenant == filter.tenant && (!filter.item || row.item == itemWord(*filter.item)) &&
            (!filter.model || row.model == *filter.model) &&
            (!filter.experiment || row.experiment == filter.experiment->text()) &&
            (!filter.from.isValid() || row.time >= filter.from) && (!filter.to.isValid() || row.time < filter.to) &&
            (!filter.least || row.amount >= filter.least->micro()) &&
            (!filter.most || row.amount <= filter.most->micro()))
            rows.append(row);
    return rows;
}

void TestChartsApart::compare(const Ledger &ledger, const QString &tenant, QRandomGenerator &random) const
{
    static const QList<QByteArray> zones{"UTC", "Asia/Shanghai", "America/St_Johns", "Europe/Berlin"};
    const QTimeZone zone(zones.at(random.bounded(4)));
    BillFilter filter;
    filter.tenant = tenant;
    if (random.bounded(3) == 0)
        filter.item = QList{Item::InputTokens, Item::OutputTokens, Item::RunTime, Item::Recharge}.at(random.bounded(4));
    if (random.bounded(3) == 0)
        filter.model = m_models.at(random.bounded(4));
    if (random.bounded(4) == 0)
        filter.experiment = m_runs.at(random.bounded(m_runs.size())); // mostly another's
    if (random.bounded(2) == 0)
        filter.from = m_rows.at(random.bounded(m_rows.size())).time.addSecs(random.bounded(1'000));
    if (random.bounded(2) == 0)
        filter.to = m_rows.at(random.bounded(m_rows.size())).time.addSecs(random.bounded(1'000));
    if (random.bounded(5) == 0)
        filter.most = Money::fromMicro(-random.bounded(1'000'000));
    const bool months = random.bounded(3) == 0;
    QMap<QString, std::pair<qint64, qint64>> expected; // bills and amount, by day, item and model
    for (const Row &row : rowsOf(filter)) {
        const QDate day = row.time.toTimeZone(zone).date();
        auto &part = expected[(months ? QDate(day.year(), day.month(), 1) : day).toString(Qt::ISODate) + u' ' +
                              row.item + u' ' + row.model + u' ' + QString::number(!row.experiment.isEmpty())];
        ++part.first;
        part.second += row.amount;
    }
    QMap<QString, std::pair<qint64, qint64>> found;
    const Spending spending = must(ledger.spending(filter, months, zone));
    for (const SpendPart &each : spending.parts) {
        auto &part = found[each.day.toString(Qt::ISODate) + u' ' + itemWord(each.item) + u' ' + each.model + u' ' +
                           QString::number(each.ofRun)];
        part.first += each.bills;
        part.second += each.amount.micro();
    }
    QCOMPARE(found, expected);
    BillFilter all;
    all.tenant = tenant;
    qint64 balance = 0;
    for (const Row &row : rowsOf(all))
        balance += row.amount;
    QCOMPARE(spending.balance.micro(), balance);
}

void TestChartsApart::spendingIsOnesOwn()
{
    QRandomGenerator random(4);
    for (int i = 0; i < Questions && !QTest::currentTestFailed(); ++i)
        compare(m_book.ledger, m_tenants.at(random.bounded(3)), random);
}

void TestChartsApart::balanceIsOnesOwn()
{
    const QDate today = m_book.clock.now().date();
    const QDate first = m_rows.constFirst().time.date();
    for (const QString &tenant : m_tenants) {
        BillFilter filter;
        filter.tenant = tenant;
        const BurnDown course = burnDown(must(m_book.ledger.spending(filter, false, QTimeZone::utc())), first, today);
        QMap<QDate, qint64> change;
        for (const Row &row : rowsOf(filter))
            change[row.time.date()] += row.amount;
        qint64 balance = 0;
        for (const DayBalance &day : course.days) {
            balance += change.value(day.day);
            QCOMPARE(day.balance.micro(), balance);
        }
        QCOMPARE(course.days.constLast().day, today);
        qint64 perDay = 0;
        for (const DaySpend &day : must(m_book.ledger.spendPerDay(tenant, first, today, QTimeZone::utc())))
            perDay += day.amount.micro();
        QCOMPARE(perDay, balance);
    }
}

void TestChartsApart::aLoginSeesItsTenantOnly()
{
    if (!m_book.isOnServer())
        return; // whoever can read a file sees all of it
    auto &server = test::PostgresServer::shared();
    const QString name = m_book.place.server->database;
    server.addLogin(u"chart_reader"_s);
    must(store::setMember(*m_book.database, u"chart_reader"_s, u"lab.b"_s, u"observer"_s));
    const auto database = must(store::Database::open(server.place(name, u"chart_reader"_s)));
    const Ledger ledger(*database, m_book.clock);
    QRandomGenerator random(5);
    for (int i = 0; i < Questions && !QTest::currentTestFailed(); ++i)
        compare(ledger, u"lab.b"_s, random);
    for (const QString &tenant : {u"lab"_s, u"other"_s}) {
        BillFilter filter;
        filter.tenant = tenant;
        QCOMPARE(codeOf(ledger.spending(filter, false, QTimeZone::utc())), u"tenant_unknown"_s);
    }
}

QTEST_GUILESS_MAIN(TestChartsApart)
#include "tst_chartsapart.moc"
