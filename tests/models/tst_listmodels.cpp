// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/billlistmodel.h"
#include "models/configlistmodel.h"
#include "models/holdlistmodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace society;
using namespace society::models;
using namespace Qt::StringLiterals;
using ReportingMode = QAbstractItemModelTester::FailureReportingMode;

namespace {

ledger::Bill bill(qint64 sequence)
{
    ledger::Bill row;
    row.sequence = sequence;
    row.id = BillId::random();
    row.item = ledger::Item::InputTokens;
    row.unit = u"token"_s;
    row.unitSize = 1'000'000;
    row.unitPrice = Money::fromMicro(3'000'000);
    row.quantity = 12'345;
    row.amount = Money::fromMicro(-37'035);
    row.createdAt = QDateTime(QDate(2026, 11, 24), QTime(12, 0), Qt::UTC);
    return row;
}

ledger::BillPage page(const QList<qint64> &sequences, const QString &next, qint64 total = 6)
{
    ledger::BillPage result;
    for (const qint64 sequence : sequences)
        result.bills.append(bill(sequence));
    result.next = next;
    result.total = total;
    result.sum = Money::fromMicro(-100);
    return result;
}

QList<qint64> sequences(const BillListModel &model)
{
    QList<qint64> result;
    for (const ledger::Bill &row : model.rows())
        result.append(row.sequence);
    return result;
}

} // namespace

class TestListModels : public QObject {
    Q_OBJECT
private:
    SystemClock m_clock;

private slots:
    void billsComePageByPage()
    {
        BillListModel model;
        QSignalSpy wanted(&model, &BillListModel::moreWanted);
        QSignalSpy totals(&model, &BillListModel::totalsChanged);
        QVERIFY(!model.canFetchMore({}));
        model.setFirstPage(page({6, 5}, u"c5"_s));
        QCOMPARE(totals.count(), 1);
        QCOMPARE(model.total(), 6);
        QCOMPARE(model.sum().micro(), -100);
        QVERIFY(model.canFetchMore({}));
        model.fetchMore({});
        QVERIFY(!model.canFetchMore({})); // one question at a time
        model.fetchMore({});
        QCOMPARE(wanted.count(), 1);
        QCOMPARE(wanted[0][0].toString(), u"c5"_s);
        model.append(u"c9"_s, page({1}, {}));
        QCOMPARE(model.rowCount(), 2); // an answer to another question
        model.append(u"c5"_s, page({4, 3}, u"c3"_s));
        model.fetchMore({});
        model.noteFailure();
        QVERIFY(model.canFetchMore({}));
        model.fetchMore({});
        model.append(u"c3"_s, page({2, 1}, {}));
        QCOMPARE(sequences(model), (QList<qint64>{6, 5, 4, 3, 2, 1}));
        QVERIFY(!model.canFetchMore({}));
    }

    void billsKeepTheRulesOfModels()
    {
        // The tester asks for more at every turn, as an eager view does.
        BillListModel model;
        QAbstractItemModelTester tester(&model, ReportingMode::QtTest);
        QObject::connect(
            &model, &BillListModel::moreWanted, &model,
            [&](const QString &cursor) {
                const qint64 from = cursor.toLongLong();
                model.append(cursor, page({from, from - 1}, from > 2 ? QString::number(from - 2) : QString()));
            },
            Qt::QueuedConnection);
        model.setFirstPage(page({8, 7}, u"6"_s, 8));
        QTRY_COMPARE(model.rowCount(), 8);
        model.refreshTop(page({9, 8, 7}, u"6"_s, 9));
        QCOMPARE(sequences(model).first(), 9);
        QCOMPARE(model.rowCount(), 9);
        model.setFirstPage(page({5}, {}, 1));
        QCOMPARE(sequences(model), QList<qint64>{5});
        model.setFirstPage({});
        QCOMPARE(model.rowCount(), 0);
    }

    void newBillsComeOnTop()
    {
        BillListModel model;
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        model.setFirstPage(page({4, 3}, u"c3"_s));
        model.fetchMore({});
        model.append(u"c3"_s, page({2, 1}, {}));
        const QPersistentModelIndex third = model.index(1, 0);
        model.refreshTop(page({6, 5, 4}, u"c4"_s, 6));
        QCOMPARE(sequences(model), (QList<qint64>{6, 5, 4, 3, 2, 1}));
        QCOMPARE(third.row(), 3);
        model.refreshTop(page({20, 19, 18}, u"c18"_s, 20)); // a gap: starts over
        QCOMPARE(sequences(model), (QList<qint64>{20, 19, 18}));
        QVERIFY(model.canFetchMore({}));
        model.setFirstPage(page({}, {}, 0));
        QCOMPARE(model.rowCount(), 0);
        QCOMPARE(reset.count(), 0);
    }

    void saysWhatABillIs()
    {
        BillListModel model;
        ledger::Bill time = bill(2);
        time.item = ledger::Item::RunTime;
        time.unit = u"ms"_s;
        time.unitSize = 1000;
        time.unitPrice = Money::fromMicro(1000);
        time.quantity = 190'000;
        time.free = true;
        time.amount = {};
        model.setRows({bill(1), time});
        const auto text = [&](int row, int column) { return model.index(row, column).data().toString(); };
        QCOMPARE(text(0, BillListModel::Item), u"Input tokens"_s);
        QCOMPARE(text(0, BillListModel::Quantity), u"12,345 tokens"_s);
        QCOMPARE(text(0, BillListModel::UnitPrice), u"¥ 3.00 per 1,000,000 tokens"_s);
        QCOMPARE(text(0, BillListModel::Amount), bill(1).amount.toDisplay(QLocale()));
        QCOMPARE(model.index(0, BillListModel::Amount).data(Qt::ToolTipRole).toString(), u"¥ -0.037035"_s);
        QCOMPARE(text(1, BillListModel::Quantity), u"3 min 10 s"_s);
        QCOMPARE(text(1, BillListModel::UnitPrice), u"¥ 0.001 per second"_s);
        QCOMPARE(text(1, BillListModel::Amount), u"free"_s);
    }

    void configurationsSayWhoseTheyAre()
    {
        ConfigListModel model(m_clock);
        QAbstractItemModelTester tester(&model, ReportingMode::QtTest);
        config::ConfigRow practice;
        practice.id = ConfigId::random();
        practice.name = u"Practice model"_s;
        practice.updatedAt = m_clock.now();
        config::ConfigRow own = practice;
        own.id = ConfigId::random();
        own.tenant = u"default"_s;
        own.kind = config::Kind::Map;
        own.usedBy = 4;
        model.setRows({practice, own});
        QCOMPARE(model.index(0, ConfigListModel::Owner).data().toString(), u"public"_s);
        QCOMPARE(model.index(0, ConfigListModel::UsedBy).data().toString(), u"—"_s);
        QCOMPARE(model.index(1, ConfigListModel::UsedBy).data().toString(), u"4"_s);
        QCOMPARE(model.index(1, 0).data(ConfigListModel::KindRole).toInt(), static_cast<int>(config::Kind::Map));
        own.name = u"Another"_s;
        model.setRows({own});
        QCOMPARE(model.index(0, ConfigListModel::Name).data().toString(), u"Another"_s);
        model.setRows({});
        QCOMPARE(model.rowCount(), 0);
    }

    void holdsNameTheirRuns()
    {
        HoldListModel model(m_clock);
        QAbstractItemModelTester tester(&model, ReportingMode::QtTest);
        ledger::Hold hold;
        hold.experiment = ExperimentId::random();
        hold.amount = Money::fromMicro(1'000'000);
        hold.createdAt = m_clock.now();
        model.setRows({hold});
        QCOMPARE(model.index(0, HoldListModel::Experiment).data().toString(), hold.experiment.text().left(8));
        hold.experimentName = u"Rumour"_s;
        model.setRows({hold});
        QCOMPARE(model.index(0, HoldListModel::Experiment).data().toString(), u"Rumour"_s);
        QCOMPARE(model.index(0, HoldListModel::Amount).data().toString(), u"¥ 1.00"_s);
        QCOMPARE(model.index(0, 0).data(IdRole).toString(), hold.experiment.text());
        model.removeKeys({hold.experiment});
        QCOMPARE(model.rowCount(), 0);
    }
};

QTEST_GUILESS_MAIN(TestListModels)
#include "tst_listmodels.moc"
