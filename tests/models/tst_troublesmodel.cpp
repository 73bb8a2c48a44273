// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/troublesmodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace society::models;
using namespace Qt::StringLiterals;
using Kind = TroublesModel::Kind;

class TestTroublesModel : public QObject {
    Q_OBJECT
private slots:
    void growsInPlace()
    {
        TroublesModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        QCOMPARE(model.summary(), QString());
        model.setRows({{Kind::Retries, u"429"_s, 2, 5}});
        QCOMPARE(model.rowCount(), 1);
        QSignalSpy inserted(&model, &TroublesModel::rowsInserted);
        QSignalSpy changed(&model, &TroublesModel::dataChanged);
        QSignalSpy reset(&model, &TroublesModel::modelReset);
        model.setRows(
            {{Kind::ErrorLines, {}, -1, 3}, {Kind::Retries, u"429"_s, 4, 9}, {Kind::Retries, u"503"_s, 33, 33}});
        QCOMPARE(inserted.count(), 2);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(model.rowAt(0).calls, 4); // where it was
        QCOMPARE(model.summary(), u"3 error line(s) · 37 call(s) were retried"_s);
        QCOMPARE(model.index(0, TroublesModel::Calls).data().toString(), u"4"_s);
        QCOMPARE(model.index(1, TroublesModel::Calls).data().toString(), QString());
        QCOMPARE(reset.count(), 0);
        model.setRows({{Kind::Tracebacks, {}, -1, 1}}); // another log
        QCOMPARE(reset.count(), 1);
        QCOMPARE(model.rowCount(), 1);
    }
};

QTEST_GUILESS_MAIN(TestTroublesModel)
#include "tst_troublesmodel.moc"
