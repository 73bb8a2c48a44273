// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/auditreportmodel.h"
#include "models/billgroupmodel.h"
#include "models/holdlistmodel.h"
#include "models/listfilterproxy.h"
#include "models/memberlistmodel.h"
#include "models/pricelistmodel.h"
#include "models/spendchart.h"
#include "models/tenantlistmodel.h"

#include <QAbstractItemModelTester>
#include <QJsonArray>
#include <QSignalSpy>
#include <QTest>

using namespace society;
using namespace society::models;
using namespace Qt::StringLiterals;
using ledger::GroupBy;
using ReportingMode = QAbstractItemModelTester::FailureReportingMode;

namespace {

Money micro(qint64 amount)
{
    return Money::fromMicro(amount);
}

class StandingClock final : public Clock {
public:
    [[nodiscard]] QDateTime now() const override { return QDateTime(QDate(2026, 3, 31), QTime(12, 0), Qt::UTC); }
};

ledger::BillGroup itemGroup(ledger::Item item, qint64 bills, qint64 sum)
{
    ledger::BillGroup group;
    group.item = item;
    group.bills = bills;
    group.sum = micro(sum);
    return group;
}

ledger::BillGroup dayGroup(int day, qint64 sum)
{
    ledger::BillGroup group;
    group.day = QDate(2026, 3, day);
    group.bills = 1;
    group.sum = micro(sum);
    return group;
}

ledger::Price price(ledger::Item item, const QString &model, qint64 amount, const QDateTime &from)
{
    return {item, model, micro(amount), ledger::unitSizeOf(item), from, from};
}

QString text(const QAbstractItemModel &model, int row, int column)
{
    return model.index(row, column).data().toString();
}

} // namespace

/// Groups of bills, prices, tenants, what charts show, audits: the models behind the Accounts page.
class TestMoneyModels : public QObject {
    Q_OBJECT
private:
    StandingClock m_clock;

private slots:
    void groupsHaveTheirShare()
    {
        BillGroupModel model;
        QAbstractItemModelTester tester(&model, ReportingMode::QtTest);
        model.setGroups(GroupBy::Item,
            {itemGroup(ledger::Item::Recharge, 1, 90'000'000), itemGroup(ledger::Item::InputTokens, 3, -3'000'000),
                itemGroup(ledger::Item::RunTime, 1'200, -1'000'000)});
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(text(model, 0, BillGroupModel::Share), QString()); // money that came in is no spend
        QCOMPARE(text(model, 1, BillGroupModel::What), u"Input tokens"_s);
        QCOMPARE(text(model, 1, BillGroupModel::Share), u"75 %"_s);
        QCOMPARE(text(model, 2, BillGroupModel::Bills), u"1,200"_s);
        QCOMPARE(text(model, 2, BillGroupModel::Share), u"25 %"_s);
        QCOMPARE(model.index(1, BillGroupModel::Sum).data(Qt::ToolTipRole).toString(), u"¥ -3.00"_s);
        // The same kind again: rows change in place.
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        const QPersistentModelIndex tokens = model.index(1, 0);
        model.setGroups(GroupBy::Item,
            {itemGroup(ledger::Item::InputTokens, 4, -1'000'000), itemGroup(ledger::Item::RunTime, 1'200, -1'000'000)});
        QCOMPARE(tokens.row(), 0);
        QCOMPARE(text(model, 0, BillGroupModel::Share), u"50 %"_s);
        model.setGroups(GroupBy::Day, {dayGroup(2, -5), dayGroup(1, 7)});
        QCOMPARE(model.headerData(0, Qt::Horizontal, Qt::DisplayRole).toString(), u"Day"_s);
        model.setGroups(GroupBy::Day, {});
        QCOMPARE(model.rowCount(), 0);
        QCOMPARE(reset.count(), 0);
    }

    void groupsSortByWhatTheyMean()
    {
        BillGroupModel model;
        ListFilterProxy proxy;
        proxy.setSourceModel(&model);
        QAbstractItemModelTester tester(&proxy, ReportingMode::QtTest);
        model.setGroups(GroupBy::Day, {dayGroup(9, -5), dayGroup(10, -100), dayGroup(2, 7)});
        proxy.sort(BillGroupModel::What, Qt::AscendingOrder); // by date, not by its text
        QCOMPARE(proxy.mapToSource(proxy.index(0, 0)).row(), 2);
        QCOMPARE(proxy.mapToSource(proxy.index(2, 0)).row(), 1);
        proxy.sort(BillGroupModel::Sum, Qt::AscendingOrder);
        QCOMPARE(proxy.mapToSource(proxy.index(0, 0)).row(), 1);
    }

    void groupsWithoutANameHaveWords()
    {
        BillGroupModel model;
        ledger::BillGroup none;
        none.experiment = ExperimentId();
        ledger::BillGroup nameless;
        nameless.experiment = ExperimentId::random();
        model.setGroups(GroupBy::Experiment, {none, nameless});
        QCOMPARE(text(model, 0, BillGroupModel::What), u"no experiment (recharges)"_s);
        QCOMPARE(text(model, 1, BillGroupModel::What), nameless.experiment->text().left(8));
    }

    void pricesStandInTheirTime()
    {
        PriceListModel model(m_clock);
        QAbstractItemModelTester tester(&model, ReportingMode::QtTest);
        const QDateTime now = m_clock.now();
        const QDateTime always = QDateTime::fromSecsSinceEpoch(0, Qt::UTC);
        const auto tokens = ledger::Item::InputTokens;
        // As the ledger lists them: the newest first within item and model; of one moment the later written one.
        model.setPrices({price(tokens, {}, 4'000'000, now.addDays(1)), price(tokens, {}, 3'500'000, now),
            price(tokens, {}, 3'400'000, now), price(tokens, {}, 3'000'000, always),
            price(tokens, u"mine"_s, 0, always)});
        QStringList phases;
        for (int row = 0; row < model.rowCount(); ++row)
            phases += text(model, row, PriceListModel::Phase);
        QCOMPARE(phases, (QStringList{u"to come"_s, u"in force"_s, u"past"_s, u"past"_s, u"in force"_s}));
        QCOMPARE(model.index(2, 0).data(PriceListModel::PhaseRole).toInt(), static_cast<int>(PricePhase::Past));
        QCOMPARE(text(model, 4, PriceListModel::Price), u"free"_s);
        QCOMPARE(text(model, 4, PriceListModel::Model), u"mine"_s);
        QCOMPARE(text(model, 0, PriceListModel::Model), u"every model"_s);
        QCOMPARE(text(model, 0, PriceListModel::Unit), u"per 1,000,000 tokens"_s);
        QCOMPARE(text(model, 3, PriceListModel::From), u"always"_s);
        // Another one is added: the old rows stay where they are.
        const QPersistentModelIndex last = model.index(4, 0);
        model.setPrices({price(tokens, {}, 4'000'000, now.addDays(1)), price(tokens, {}, 3'500'000, now),
            price(tokens, {}, 3'400'000, now), price(tokens, {}, 3'000'000, always), price(tokens, u"a"_s, 1, always),
            price(tokens, u"mine"_s, 0, always)});
        QCOMPARE(model.rowCount(), 6);
        QVERIFY(last.isValid());
        model.setPrices({});
        QCOMPARE(model.rowCount(), 0);
    }

    void importSaysWhatItChanges()
    {
        ledger::PriceChange fresh;
        fresh.line = 2;
        fresh.price = price(ledger::Item::RunTime, {}, 1'000'000, {});
        fresh.before = micro(1'000);
        fresh.unlikely = Error{};
        ledger::PriceChange known;
        known.line = 1'003;
        known.price = price(ledger::Item::InputTokens, u"mine"_s, 3, m_clock.now());
        known.known = true;
        PriceChangeModel model({fresh, known});
        QAbstractItemModelTester tester(&model, ReportingMode::QtTest);
        QCOMPARE(text(model, 0, PriceChangeModel::Before), u"¥ 0.001"_s);
        QCOMPARE(text(model, 0, PriceChangeModel::After), u"¥ 1.00"_s);
        QCOMPARE(text(model, 0, PriceChangeModel::From), u"now"_s);
        QVERIFY(text(model, 0, PriceChangeModel::What).contains(u"hundred"_s));
        QCOMPARE(text(model, 1, PriceChangeModel::What), u"as it is"_s);
        QCOMPARE(text(model, 1, PriceChangeModel::Line), u"1,003"_s);
    }

    void tenantsAreListed()
    {
        TenantListModel model(m_clock);
        QAbstractItemModelTester tester(&model, ReportingMode::QtTest);
        ledger::TenantSummary lab;
        lab.tenant = {u"lab"_s, u"The lab"_s, m_clock.now()};
        lab.account = {u"lab"_s, micro(98'200'000), micro(1'000'000), micro(97'200'000)};
        lab.monthSpent = micro(-12'300'000);
        lab.lastBill = m_clock.now().addSecs(-120);
        lab.runs = 2;
        ledger::TenantSummary fresh;
        fresh.tenant = {u"new"_s, u"New"_s, m_clock.now()};
        model.setRows({lab, fresh});
        QCOMPARE(text(model, 0, TenantListModel::Available), u"¥ 97.20"_s);
        QCOMPARE(text(model, 0, TenantListModel::ThisMonth), u"¥ 12.30"_s);
        QCOMPARE(text(model, 0, TenantListModel::LastBill), u"2 min ago"_s);
        QCOMPARE(text(model, 0, TenantListModel::Runs), u"2"_s);
        QCOMPARE(text(model, 1, TenantListModel::LastBill), u"none yet"_s);
        QCOMPARE(model.index(1, 0).data(IdRole).toString(), u"new"_s);
        model.setRows({fresh});
        model.setRows({});
        QCOMPARE(model.rowCount(), 0);
    }

    void membersSayTheirRolesInWords()
    {
        MemberListModel model(m_clock);
        QAbstractItemModelTester tester(&model, ReportingMode::QtTest);
        const store::Member admin{u"root"_s, {}, u"admin"_s, m_clock.now().addSecs(-120)};
        store::Member ann{u"ann"_s, u"physics"_s, u"member"_s, m_clock.now()};
        model.setRows({admin, ann});
        QCOMPARE(text(model, 0, MemberListModel::Tenant), u"all"_s);
        QCOMPARE(text(model, 0, MemberListModel::Since), u"2 min ago"_s);
        QCOMPARE(text(model, 1, MemberListModel::Role), u"member"_s);
        QVERIFY(model.index(1, MemberListModel::Role).data(SortRole).toInt() <
                model.index(0, MemberListModel::Role).data(SortRole).toInt());
        ann.role = u"owner"_s; // the same one, in another role
        model.setRows({admin, ann});
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(text(model, 1, MemberListModel::Role), u"owner"_s);
        QCOMPARE(rolesText({admin, ann}), u"admin, owner of physics"_s);
        QCOMPARE(rolesText({}), u"no role"_s);
        model.setRows({});
        QCOMPARE(model.rowCount(), 0);
    }

    void holdsSayWhetherTheirRunLives()
    {
        HoldListModel model(m_clock);
        QAbstractItemModelTester tester(&model, ReportingMode::QtTest);
        ledger::Hold living;
        living.experiment = ExperimentId::random();
        living.createdAt = m_clock.now();
        ledger::Hold orphan = living;
        orphan.experiment = ExperimentId::random();
        orphan.run = ledger::HoldRun::Unknown;
        model.setRows({living, orphan});
        QVERIFY(!model.index(0, HoldListModel::Run).data(HoldListModel::OrphanRole).toBool());
        QVERIFY(model.index(1, HoldListModel::Run).data(HoldListModel::OrphanRole).toBool());
        QVERIFY(text(model, 1, HoldListModel::Run).contains(u"nothing will release it"_s));
    }

    void spendIsSplitAndSummed()
    {
        const QDate first(2026, 3, 1);
        const QList<ledger::SpendPart> parts{
            {first, ledger::Item::Recharge, {}, false, 1, micro(9'000'000)},
            {first, ledger::Item::InputTokens, u"a"_s, true, 1, micro(-100)},
            {first.addDays(2), ledger::Item::InputTokens, u"b"_s, true, 1, micro(-300)},
            {first.addDays(2), ledger::Item::RunTime, {}, true, 1, micro(-50)},
            {first.addDays(2), ledger::Item::Correction, u"b"_s, true, 1, micro(30)},
            {first.addDays(9), ledger::Item::RunTime, {}, true, 1, micro(-7)}, // after the time
        };
        const SpendChart byItem = spendChart(parts, SpendSplit::ByItem, false, first, first.addDays(3));
        QCOMPARE(byItem.days.size(), 4);
        QCOMPARE(byItem.sum, micro(420));
        QCOMPARE(byItem.series.size(), 3);
        QCOMPARE(byItem.series.at(0).name, u"Input tokens"_s);
        QCOMPARE(byItem.series.at(0).values, (QList<Money>{micro(100), {}, micro(300), {}}));
        QCOMPARE(byItem.series.at(2).sum, micro(-30)); // given back
        const SpendChart byModel = spendChart(parts, SpendSplit::ByModel, false, first, first.addDays(3));
        QCOMPARE(byModel.series.at(0).name, u"b"_s);
        QCOMPARE(byModel.series.at(0).sum, micro(270));

        SpendTableModel table;
        QAbstractItemModelTester tester(&table, ReportingMode::QtTest);
        table.setSpend(byItem);
        QCOMPARE(table.rowCount(), 4);
        QCOMPARE(table.dayAt(0), first.addDays(3)); // newest first
        QCOMPARE(text(table, 1, 1), u"¥ 0.00032"_s);
        QCOMPARE(table.headerData(2, Qt::Horizontal, Qt::DisplayRole).toString(), u"Input tokens"_s);
        table.setBalance({{first, micro(5)}, {first.addDays(1), micro(-5)}});
        QCOMPARE(table.columnCount(), 2);
        QCOMPARE(text(table, 0, 1), u"−¥ 0.000005"_s);
        table.setSpend({});
        QCOMPARE(table.rowCount(), 0);
    }

    void manyModelsBecomeOthers()
    {
        QList<ledger::SpendPart> parts;
        const QDate day(2026, 3, 1);
        for (int i = 0; i < 12; ++i)
            parts.append({day, ledger::Item::InputTokens, QString(QChar(u'a' + i)), true, 1, micro(-(i + 1))});
        const SpendChart chart = spendChart(parts, SpendSplit::ByModel, false, day, day);
        QCOMPARE(chart.series.size(), 8);
        QCOMPARE(chart.series.first().name, u"l"_s);
        QCOMPARE(chart.series.last().name, u"others"_s);
        QCOMPARE(chart.series.last().sum, micro(1 + 2 + 3 + 4 + 5));
        QCOMPARE(chart.sum, micro(78));
    }

    void monthsAreBarsOfTheirOwn()
    {
        const QList<ledger::SpendPart> parts{{QDate(2026, 2, 1), ledger::Item::RunTime, {}, true, 3, micro(-5)}};
        const SpendChart chart = spendChart(parts, SpendSplit::ByItem, true, QDate(2025, 12, 1), QDate(2026, 3, 31));
        QCOMPARE(chart.days.size(), 4);
        QCOMPARE(chart.series.first().values, (QList<Money>{{}, {}, micro(5), {}}));
        QCOMPARE(dayText(chart.days.at(2), true), u"2026-02"_s);
    }

    void forecastIsSaidWithItsRule()
    {
        ledger::BurnDown course;
        course.forecast = ledger::Forecast{micro(1'000'000), micro(2'000'000), QDate(2026, 4, 3), QDate(2026, 4, 9)};
        const QString words = forecastText(course);
        for (const QString &part : {u"last 7"_s, u"last 30"_s, u"¥ 1.00 to ¥ 2.00"_s,
                 QLocale().toString(QDate(2026, 4, 3), QLocale::ShortFormat),
                 QLocale().toString(QDate(2026, 4, 9), QLocale::ShortFormat)})
            QVERIFY2(words.contains(part), qPrintable(words));
        course.forecast->latest = {};
        QVERIFY(forecastText(course).contains(u"at the earliest"_s));
        course.forecast.reset();
        course.why = ledger::NoForecast::TooLittle;
        QVERIFY(forecastText(course).contains(u"No forecast yet"_s));
    }

    void auditIsATableTextAndJson()
    {
        ledger::AuditReport report;
        report.accounts = 1;
        report.bills = 3;
        const ExperimentId id = ExperimentId::random();
        report.differences = {{u"balance_wrong"_s, u"lab"_s, {}, u"The balance is wrong."_s, micro(5), micro(7),
                                  ledger::Proposal{ledger::Proposal::Kind::Recount}},
            {u"not_settled"_s, u"lab"_s, id, u"It was not settled."_s, {}, {}, {}}};
        ledger::RunFact unread;
        unread.tenant = u"lab"_s;
        unread.unread = u"Its folder is gone."_s;
        report.unread = {unread};
        AuditReportModel model(report);
        QAbstractItemModelTester tester(&model, ReportingMode::QtTest);
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(text(model, 0, AuditReportModel::Expected), u"¥ 0.000005"_s);
        QCOMPARE(text(model, 1, AuditReportModel::Expected), QString());
        QVERIFY(text(model, 0, AuditReportModel::Proposal).contains(u"anew"_s));
        QCOMPARE(text(model, 1, AuditReportModel::Proposal), QString()); // only people can say
        QCOMPARE(model.index(1, 0).data(IdRole).toString(), id.text());
        const QString words = auditText(report);
        for (const QString &part : {u"2 difference"_s, u"Expected ¥ 0.000005, found ¥ 0.000007"_s, u"folder is gone"_s})
            QVERIFY2(words.contains(part), qPrintable(words));
        const QJsonObject json = auditJson(report);
        QVERIFY(!json.value(u"ok"_s).toBool());
        const QJsonObject first = json.value(u"differences"_s).toArray().at(0).toObject();
        QCOMPARE(first.value(u"expected_micro"_s).toInteger(), 5);
        QCOMPARE(first.value(u"found"_s).toString(), u"0.000007"_s);
        QVERIFY(auditText({}).contains(u"Everything agrees"_s));
    }
};

QTEST_GUILESS_MAIN(TestMoneyModels)
#include "tst_moneymodels.moc"
