// SPDX-License-Identifier: GPL-3.0-or-later
// A run that has ended and can never be billed: it is said, once, and nothing is lost.
#include "tests/support/scriptedllm.h"
#include "tests/support/testworkspace.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace society;
using namespace society::experiment;
using namespace society::test;

class TestUnsettled : public QObject {
    Q_OBJECT

private slots:
    void isEndedAndSaidOnce()
    {
        TestWorkspace space;
        QVERIFY2(space.isReady(), qPrintable(space.error()));
        QVERIFY2(space.useRunner(stubRunner()), qPrintable(space.error()));
        const ScriptedLlm llm;
        QVERIFY(llm.isReady());
        Request request = space.practiceRequest();
        request.name = QStringLiteral("sleep");
        request.llm = space.import(config::Kind::Llm, QStringLiteral("Own"),
            QStringLiteral(R"([{"provider": "custom", "model": "m", "base_url": "%1", "api_key": "k"}])")
                .arg(llm.baseUrl())
                .toUtf8());
        QVERIFY2(!request.llm.isEmpty(), qPrintable(space.error()));
        QVERIFY(space.ledger().recharge(TestWorkspace::Tenant, Money::fromMicro(5'000'000)));
        ExperimentService &service = space.experiments();
        const auto started = service.start(request);
        QVERIFY2(started, qPrintable(started ? QString() : started.error().message));
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(started->runDirectory + QStringLiteral("/usage.jsonl")), 60'000);
        QVERIFY(makeUnbillable(started->runDirectory));

        const auto stopped = service.stop(started->id, 0);
        QVERIFY2(stopped, qPrintable(stopped ? QString() : stopped.error().message));
        QCOMPARE(stopped->state, State::Stopped); // the true state, though it has no bill
        QVERIFY(!stopped->settled);
        QCOMPARE(space.ledger().account(TestWorkspace::Tenant)->held, Money::fromMicro(1'000'000));

        const auto first = service.refreshUnfinished(TestWorkspace::Tenant);
        QVERIFY(first && first->problem);
        QCOMPARE(first->problem->code, QStringLiteral("unsettled"));
        QVERIFY2(first->problem->message.contains(QStringLiteral("“sleep”")), qPrintable(first->problem->message));
        QVERIFY(first->problem->remedy.contains(QStringLiteral("1.00")));
        const auto second = service.refreshUnfinished(TestWorkspace::Tenant);
        QVERIFY(second && !second->problem);
        QCOMPARE(second->experiments.size(), 1);

        // Whoever looks at the run itself is told each time; it cannot be removed with what is still to be billed.
        for (int look = 0; look < 2; ++look) {
            const auto details = service.details(started->id);
            QVERIFY(details && details->unsettled);
            QCOMPARE(details->unsettled->code, QStringLiteral("unsettled"));
        }
        QCOMPARE(service.remove(started->id).error().code, QStringLiteral("unsettled"));

        // Another start of the program tries again, and says so again.
        ExperimentService later(space.servicesWith(space.executor()));
        QCOMPARE(later.reconcile().error().code, QStringLiteral("unsettled"));
        QVERIFY(later.reconcile());
        QCOMPARE(space.ledger().account(TestWorkspace::Tenant)->held, Money::fromMicro(1'000'000));
        QCOMPARE(space.ledger().account(TestWorkspace::Tenant)->balance, Money::fromMicro(5'000'000));
    }

    /// Where a run is comes from its log: a number that stands still must not look like a run that does.
    void aLogThatCannotBeReadIsSaidOnce()
    {
        TestWorkspace space;
        QVERIFY2(space.isReady(), qPrintable(space.error()));
        QVERIFY2(space.useRunner(stubRunner()), qPrintable(space.error()));
        Request request = space.practiceRequest();
        request.name = QStringLiteral("sleep");
        ExperimentService &service = space.experiments();
        const auto started = service.start(request);
        QVERIFY2(started, qPrintable(started ? QString() : started.error().message));
        QTRY_COMPARE_WITH_TIMEOUT(service.refresh(started->id)->state, State::Running, 60'000);
        QVERIFY(!service.details(started->id)->logUnread);
        const QString log = started->runDirectory + QStringLiteral("/log.txt");
        QVERIFY(QFile::rename(log, log + QStringLiteral(".away")) && QDir().mkdir(log));

        const auto first = service.refreshUnfinished(TestWorkspace::Tenant);
        QVERIFY(first && first->problem);
        QCOMPARE(first->problem->code, QStringLiteral("read_failed"));
        QCOMPARE(first->problem->path, log);
        QVERIFY(!service.refreshUnfinished(TestWorkspace::Tenant)->problem);
        QVERIFY(service.details(started->id)->logUnread);
        // It is no reason not to end, nor not to be settled.
        const auto stopped = service.stop(started->id, 0);
        QVERIFY2(stopped && stopped->settled, qPrintable(stopped ? QString() : stopped.error().message));
    }
};

QTEST_GUILESS_MAIN(TestUnsettled)
#include "tst_unsettled.moc"
