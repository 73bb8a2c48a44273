// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/resulttablemodel.h"

#include <QAbstractItemModelTester>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTest>

using namespace society;
using namespace society::models;
using namespace Qt::StringLiterals;
using Kind = agentsociety::ResultColumn::Kind;

namespace {

QList<QVariantList> numbers(int first, int count)
{
    QList<QVariantList> rows;
    for (int i = first; i < first + count; ++i)
        rows.append({qint64(i), QString::number(i)});
    return rows;
}

const QList<ResultTableModel::Column> columns{{u"id"_s, Kind::Integer}, {u"own"_s, Kind::Text}};

} // namespace

class TestResultTableModel : public QObject {
    Q_OBJECT
private slots:
    void readsPagesAndGrows()
    {
        ResultTableModel model;
        QSignalSpy wanted(&model, &ResultTableModel::pageWanted);
        QVERIFY(!model.canFetchMore({}));
        model.setColumns(columns);
        QVERIFY(model.canFetchMore({}));
        model.fetchMore({});
        QCOMPARE(wanted.last()[0].toLongLong(), 0);
        model.takePage(0, numbers(0, 3), 3);
        model.fetchMore({});
        QCOMPARE(wanted.last()[0].toLongLong(), 3);
        model.takePage(3, numbers(3, 2), 0);
        QCOMPARE(model.rowCount(), 5);
        QVERIFY(!model.canFetchMore({}));

        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        model.askForGrowth();
        QCOMPARE(wanted.last()[0].toLongLong(), 3);
        model.takePage(3, numbers(3, 4), 7);
        QCOMPARE(model.rowCount(), 7);
        QCOMPARE(inserted.last()[1].toInt(), 5);
        QCOMPARE(inserted.last()[2].toInt(), 6);
        QVERIFY(model.canFetchMore({}));
        QCOMPARE(model.index(6, 0).data().toString(), u"6"_s);
        QCOMPARE(reset.count(), 0);
    }

    void keepsTheRulesOfModels()
    {
        // The tester asks for more at every turn, as an eager view does.
        ResultTableModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        int there = 7;
        QObject::connect(
            &model, &ResultTableModel::pageWanted, &model,
            [&](qint64 cursor) {
                const int count = qBound(0, there - static_cast<int>(cursor), 3);
                model.takePage(cursor, numbers(static_cast<int>(cursor), count), count == 3 ? cursor + 3 : 0);
            },
            Qt::QueuedConnection);
        model.setColumns(columns);
        QTRY_COMPARE(model.rowCount(), 7);
        there = 8;
        model.askForGrowth();
        QTRY_COMPARE(model.rowCount(), 8);
        there = 6;
        model.askForGrowth();
        QTRY_COMPARE(model.rowCount(), 6);
        model.setColumns({});
        QCOMPARE(model.rowCount(), 0);
        QCOMPARE(model.columnCount(), 0);
    }

    void takesChangesAndShrinking()
    {
        ResultTableModel model;
        model.setColumns(columns);
        model.fetchMore({});
        model.takePage(0, numbers(0, 3), 0);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.askForGrowth();
        QList<QVariantList> rows = numbers(0, 2);
        rows[1][1] = u"other"_s;
        model.takePage(0, rows, 0);
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(model.index(1, 1).data().toString(), u"other"_s);
    }

    void dropsAnswersToOtherQuestions()
    {
        ResultTableModel model;
        model.setColumns(columns);
        model.takePage(0, numbers(0, 3), 0); // nobody asked
        QCOMPARE(model.rowCount(), 0);
        model.fetchMore({});
        model.takePage(9, numbers(0, 3), 0);
        QCOMPARE(model.rowCount(), 0);
        model.noteFailure();
        QVERIFY(model.canFetchMore({}));
    }

    void writesCells_data()
    {
        QTest::addColumn<QVariant>("value");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("csv");
        const auto row = [](const char *name, const QVariant &value, Kind kind, const QString &csv) {
            QTest::newRow(name) << value << static_cast<int>(kind) << csv;
        };
        row("null", {}, Kind::Text, {});
        row("integer", qint64(-5), Kind::Integer, u"-5"_s);
        row("real", 0.1, Kind::Real, u"0.1"_s);
        row("whole real", 5.0, Kind::Real, u"5"_s);
        row("time", QDateTime(QDate(2026, 11, 24), QTime(1, 2, 3, 4), Qt::UTC), Kind::Time,
            u"2026-11-24T01:02:03.004Z"_s);
        row("object", QVariant::fromValue(QJsonValue(QJsonObject{{u"a"_s, 1}})), Kind::Json, u"{\"a\":1}"_s);
        row("json text", QVariant::fromValue(QJsonValue(u"x"_s)), Kind::Json, u"x"_s);
        row("json number", QVariant::fromValue(QJsonValue(2.5)), Kind::Json, u"2.5"_s);
    }

    void writesCells()
    {
        QFETCH(QVariant, value);
        QFETCH(int, kind);
        const QString csv = resultCsvText(value, static_cast<Kind>(kind));
        QTEST(csv, "csv");
    }

    void namesEveryColumnOfEveryTable()
    {
        ResultTableModel model;
        for (const agentsociety::ResultTable table : agentsociety::resultTables()) {
            const auto wanted = agentsociety::resultColumns(table);
            model.setColumns(wanted);
            for (int i = 0; i < wanted.size(); ++i) {
                const QString title = model.headerData(i, Qt::Horizontal, Qt::DisplayRole).toString();
                QVERIFY2(!title.isEmpty() && title != wanted[i].name, qPrintable(wanted[i].name));
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestResultTableModel)
#include "tst_resulttablemodel.moc"
