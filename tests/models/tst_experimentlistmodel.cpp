// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/experimentlistmodel.h"

#include "models/listfilterproxy.h"
#include "models/tabletext.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QItemSelectionModel>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

using namespace society;
using namespace society::models;
using experiment::Experiment;
using experiment::State;
using Model = ExperimentListModel;
using namespace Qt::StringLiterals;

namespace {

class FixedClock final : public Clock {
public:
    [[nodiscard]] QDateTime now() const override { return m_now; }
    QDateTime m_now = QDateTime(QDate(2026, 11, 24), QTime(12, 0), Qt::UTC);
};

Experiment make(const QString &name, State state = State::Finished, int minutesAgo = 10)
{
    Experiment row;
    row.id = ExperimentId::random();
    row.name = name;
    row.state = state;
    row.createdAt = row.startedAt = FixedClock().now().addSecs(-60 * minutesAgo);
    row.llm.name = u"Practice model"_s;
    row.workflow.name = u"A short morning"_s;
    return row;
}

QStringList names(const QAbstractItemModel &model)
{
    QStringList result;
    for (int row = 0; row < model.rowCount(); ++row)
        result.append(model.index(row, Model::Name).data().toString());
    return result;
}

} // namespace

class TestExperimentListModel : public QObject {
    Q_OBJECT
private:
    FixedClock m_clock;

private slots:
    void takesListsOverInPlace()
    {
        Model model(m_clock);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        const Experiment a = make(u"a"_s), b = make(u"b"_s), c = make(u"c"_s), d = make(u"d"_s), e = make(u"e"_s);
        model.setRows({a, b, c});
        QCOMPARE(names(model), (QStringList{u"a"_s, u"b"_s, u"c"_s}));

        const QPersistentModelIndex keptB = model.index(1, Model::Name);
        const QPersistentModelIndex goneA = model.index(0, Model::Name);
        model.setRows({d, b, e, c});
        QCOMPARE(names(model), (QStringList{u"d"_s, u"b"_s, u"e"_s, u"c"_s}));
        QCOMPARE(keptB.row(), 1);
        QVERIFY(!goneA.isValid());

        model.setRows({c, e, b, d});
        QCOMPARE(names(model), (QStringList{u"c"_s, u"e"_s, u"b"_s, u"d"_s}));
        QCOMPARE(keptB.row(), 2);
        QCOMPARE(model.rowOf(d.id), 3);

        Experiment changed = b;
        changed.name = u"b2"_s;
        QSignalSpy data(&model, &QAbstractItemModel::dataChanged);
        model.setRows({c, e, changed, d});
        QCOMPARE(data.count(), 1);
        QCOMPARE(data[0][0].toModelIndex().row(), 2);
        QCOMPARE(data[0][1].toModelIndex().row(), 2);
        model.setRows({c, c, e}); // what comes twice counts once
        QCOMPARE(names(model), (QStringList{u"c"_s, u"e"_s}));
        model.setRows({});
        QCOMPARE(model.rowCount(), 0);
        QVERIFY(!keptB.isValid());
        QCOMPARE(reset.count(), 0);
    }

    void agreesWithAPlainListWhateverHappens()
    {
        Model model(m_clock);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QRandomGenerator random(3);
        QList<Experiment> pool;
        for (int i = 0; i < 30; ++i)
            pool.append(make(QString::number(i)));
        for (int round = 0; round < 300; ++round) {
            QList<Experiment> wanted;
            for (Experiment &row : pool) {
                if (random.bounded(3) == 0)
                    row.calls = random.bounded(5);
                if (random.bounded(2) == 0)
                    wanted.append(row);
            }
            if (round % 3 == 0)
                std::shuffle(wanted.begin(), wanted.end(), random);
            model.setRows(wanted);
            QCOMPARE(model.rows(), wanted);
            for (int row = 0; row < wanted.size(); ++row)
                QCOMPARE(model.rowOf(wanted[row].id), row);
        }
    }

    void changesAppendsAndRemoves()
    {
        Model model(m_clock);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        Experiment a = make(u"a"_s), b = make(u"b"_s), c = make(u"c"_s);
        model.upsert({a, b});
        a.name = u"a2"_s;
        model.upsert({c, a});
        QCOMPARE(names(model), (QStringList{u"a2"_s, u"b"_s, u"c"_s}));
        QSignalSpy data(&model, &QAbstractItemModel::dataChanged);
        model.upsert({a, b, c});
        QCOMPARE(data.count(), 0);
        model.removeKeys({a.id, c.id, ExperimentId::random()});
        QCOMPARE(names(model), QStringList{u"b"_s});
        QCOMPARE(model.rowOf(a.id), -1);
        model.upsert({a});
        QCOMPARE(model.rowOf(a.id), 1);
    }

    void keepsTheSelectionThroughProxyAndChange()
    {
        Model model(m_clock);
        ListFilterProxy proxy;
        proxy.setSourceModel(&model);
        proxy.sort(Model::Name, Qt::AscendingOrder);
        QAbstractItemModelTester tester(&proxy, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QItemSelectionModel selection(&proxy);
        Experiment a = make(u"a"_s), b = make(u"b"_s), c = make(u"c"_s);
        model.setRows({a, b, c});
        selection.select(proxy.index(1, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
        b.name = u"zz"_s; // moves to the end
        model.upsert({b, make(u"0"_s)});
        QCOMPARE(names(proxy), (QStringList{u"0"_s, u"a"_s, u"c"_s, u"zz"_s}));
        QCOMPARE(selection.selectedRows(Model::Name).size(), 1);
        QCOMPARE(selection.selectedRows(Model::Name).first().data().toString(), u"zz"_s);
    }

    void putsThoseThatGoOnFirst()
    {
        Model model(m_clock);
        ListFilterProxy proxy;
        proxy.setSourceModel(&model);
        proxy.sort(Model::State, Qt::AscendingOrder);
        model.setRows({make(u"old"_s, State::Finished, 90), make(u"running"_s, State::Running, 80),
            make(u"failed"_s, State::Failed, 5), make(u"starting"_s, State::Starting, 70),
            make(u"lost"_s, State::Lost, 50)});
        QCOMPARE(names(proxy), (QStringList{u"running"_s, u"starting"_s, u"failed"_s, u"lost"_s, u"old"_s}));
        proxy.sort(Model::Name, Qt::DescendingOrder);
        QCOMPARE(names(proxy).first(), u"starting"_s);
    }

    void filtersByWordsAndState()
    {
        Model model(m_clock);
        ListFilterProxy proxy;
        proxy.setSourceModel(&model);
        QAbstractItemModelTester tester(&proxy, QAbstractItemModelTester::FailureReportingMode::QtTest);
        Experiment noted = make(u"Rumour"_s);
        noted.note = u"for the paper 论文"_s;
        model.setRows({noted, make(u"Rumour two"_s, State::Failed), make(u"Other"_s)});
        proxy.setText(u"rumour"_s);
        QCOMPARE(names(proxy).size(), 2);
        proxy.setText(u"PAPER  rumour "_s);
        QCOMPARE(names(proxy), QStringList{u"Rumour"_s});
        proxy.setText(u"论文"_s);
        QCOMPARE(names(proxy), QStringList{u"Rumour"_s});
        proxy.setText(u"practice"_s);
        QCOMPARE(names(proxy).size(), 3);
        proxy.setText({});
        proxy.setAccepted(StateRole, {static_cast<int>(State::Failed)});
        QCOMPARE(names(proxy), QStringList{u"Rumour two"_s});
        QVERIFY(proxy.isFiltering());
        proxy.setAccepted(StateRole, {});
        QCOMPARE(names(proxy).size(), 3);
    }

    void saysWhatIsInARow()
    {
        Experiment row = make(u"r"_s, State::Running, 2);
        row.stepsTotal = 8;
        row.step = 5;
        row.secondOfDay = 33'300;
        row.tokensIn = 41'000;
        row.tokensOut = 203;
        row.runMs = 190'000;
        row.cost = Money::fromMicro(120'000);
        Model model(m_clock);
        model.setRows({row});
        const auto text = [&](int column) { return model.index(0, column).data().toString(); };
        QCOMPARE(text(Model::State), u"running"_s);
        QCOMPARE(text(Model::Progress), u"day 0 · 09:15, 5 of 8 steps"_s);
        QCOMPARE(model.index(0, Model::Progress).data(ProgressRole).toDouble(), 0.625);
        QCOMPARE(text(Model::Started), u"2 min ago"_s);
        QCOMPARE(text(Model::Duration), u"3 min 10 s"_s);
        QCOMPARE(text(Model::Tokens), u"41,203"_s);
        QCOMPARE(text(Model::Cost), u"¥ 0.12"_s);
        QCOMPARE(model.index(0, Model::State).data(StateRole).toInt(), static_cast<int>(State::Running));
        m_clock.m_now = m_clock.m_now.addSecs(3600);
        QSignalSpy data(&model, &QAbstractItemModel::dataChanged);
        model.ageTimes();
        QVERIFY(data.count() > 0);
        QCOMPARE(text(Model::Started), u"1 h ago"_s);
        row.practice = true;
        row.step = 0;
        model.upsert({row});
        QCOMPARE(text(Model::Cost), u"free"_s);
        QCOMPARE(text(Model::Progress), QString());
        for (int column = 0; column < Model::ColumnCount; ++column)
            QVERIFY(!model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString().isEmpty());
    }

    void copiesRowsAsTextAndCsv()
    {
        Model model(m_clock);
        model.setRows({make(u"=a\tb"_s), make(u"c, \"d\""_s)});
        QCOMPARE(rowsAsText(model, {1, 0}, {Model::Name, Model::Llm}),
            u"Name\tLLM\n=a b\tPractice model\nc, \"d\"\tPractice model\n"_s);
        QCOMPARE(rowsAsCsv(model, {1}, {Model::Name}), "Name\r\n\"c, \"\"d\"\"\"\r\n"_ba);
        QVERIFY(rowsAsCsv(model, {0}, {Model::Name}).contains("'=a"));
    }

    void staysFluidWithAHundredThousandRows()
    {
        QList<Experiment> many;
        many.reserve(100'000);
        for (int i = 0; i < 100'000; ++i)
            many.append(make(u"experiment-%1"_s.arg(i), State::Finished, i % 5000));
        Model model(m_clock);
        ListFilterProxy proxy;
        proxy.setSourceModel(&model);
        proxy.sort(Model::State, Qt::AscendingOrder);
        QElapsedTimer timer;
        timer.start();
        model.setRows(many); // they are sorted, which is what a list that is not fluid would do again and again
        const qint64 filled = timer.nsecsElapsed();
        timer.start();
        for (int i = 0; i < 100; ++i) { // what the feed brings each second
            many[i * 997].calls += 1;
            model.upsert({many[i * 997]});
        }
        const qint64 changed = timer.nsecsElapsed();
        timer.start();
        proxy.setText(u"t-99999"_s);
        QCOMPARE(proxy.rowCount(), 1);
        const qint64 filtered = timer.nsecsElapsed();
        const QString times =
            u"filled in %1, 100 changes in %2, filtered in %3 ns"_s.arg(filled).arg(changed).arg(filtered);
        QVERIFY2(10 * changed < filled, qPrintable(times));
        QVERIFY2(filtered < filled, qPrintable(times));
    }
};

QTEST_GUILESS_MAIN(TestExperimentListModel)
#include "tst_experimentlistmodel.moc"
