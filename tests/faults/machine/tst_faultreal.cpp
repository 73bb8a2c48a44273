// SPDX-License-Identifier: GPL-3.0-or-later
// kill -9 and a full disk with the real AgentSociety.
#include "services/core/files.h"
#include "services/executor/procfs.h"
#include "tests/faults/machine/lab.h"
#include "tests/faults/machine/ownmachine.h"
#include "tests/support/testworkspace.h"

#include <QTest>

#include <csignal>

using namespace society;
using namespace society::experiment;
using namespace society::test;
using namespace Qt::StringLiterals;

class FaultReal : public QObject {
    Q_OBJECT

    std::unique_ptr<TestWorkspace> m_space;

    qint64 process(const executor::RunStatus &status, const QString &name) const
    {
        if (name == u"keeper")
            return status.keeper.pid;
        if (name == u"gateway")
            return status.companions.value(0).process.pid;
        if (name == u"runner")
            return status.runner.pid;
        for (const procfs::ProcessFacts &facts : procfs::familyOf(procfs::allProcesses(), status.runner.pid, 0))
            if (procfs::runsProgram(facts.id.pid, "practice_city.py"))
                return facts.id.pid;
        return 0;
    }

    /// A day in town, once so many calls have been answered. `llm`: empty for the practice model.
    Result<Experiment> stepping(int calls = 5, const QString &llm = {})
    {
        Request request = m_space->practiceRequest();
        request.agents = u"Ten people of the practice town"_s;
        request.workflow = u"A day in town"_s;
        if (!llm.isEmpty())
            request.llm = llm;
        SOCIETY_ASSIGN(const Experiment started, m_space->experiments().start(request));
        Result<Experiment> now = started;
        const bool steps = QTest::qWaitFor(
            [&] {
                now = m_space->experiments().refresh(started.id);
                return !now || now->calls >= calls;
            },
            240000);
        if (!steps)
            return fail(ErrorKind::TimedOut, "not_stepping", u"It made no calls."_s);
        return now;
    }

    /// It was billed once, its hold is gone, the books are right and nothing of it is left running.
    void settled(const Experiment &ended)
    {
        QVERIFY(!reasonText(ended).isEmpty() && (ended.state == State::Stopped || !remedyText(ended).isEmpty()));
        QVERIFY(ended.settled);
        const auto bills = m_space->ledger().billsOf(ended.tenant, ended.id);
        QCOMPARE(bills->size(), 3);
        QVERIFY(m_space->ledger().holds(TestWorkspace::Tenant)->isEmpty());
        QVERIFY(m_space->ledger().audit({}, *m_space->experiments().runFacts({}))->isOk());
        QTRY_COMPARE_WITH_TIMEOUT(processesOf(m_space->workspace().root()), QStringList(), 20000);
    }

private slots:
    void init()
    {
        m_space = std::make_unique<TestWorkspace>();
        QVERIFY2(m_space->isReady(), qPrintable(m_space->error()));
        QVERIFY2(m_space->useRealRunner(), qPrintable(m_space->error()));
    }
    void cleanup()
    {
        const QString root = m_space->workspace().root();
        m_space.reset();
        QTRY_VERIFY2_WITH_TIMEOUT(processesOf(root).isEmpty(), qPrintable(processesOf(root).join(u'\n')), 20000);
    }

    void killed_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("end");
        QTest::newRow("keeper") << u"keeper"_s << u"lost_keeper"_s;
        QTest::newRow("runner") << u"runner"_s << u"signal"_s;
        QTest::newRow("gateway") << u"gateway"_s << u"companion_died"_s;
        QTest::newRow("city") << u"simulator"_s << u"simulator_gone"_s;
        QTest::newRow("nobody: it is stopped") << QString() << u"stopped_user"_s;
    }
    /// While it steps: the state is the true one, nothing is left running, and what is billed, once, is what the
    /// provider itself has counted. It answers so many calls and no more: nothing is on its way then that nobody has
    /// heard.
    void killed()
    {
        constexpr int answered = 12;
        QFETCH(QString, name);
        QFETCH(QString, end);
        QTemporaryDir folder;
        const QString script = folder.filePath(u"script"_s);
        QVERIFY(
            writeFileAtomically(script, R"([{"from": )" + QByteArray::number(answered + 1) + R"(, "hang": true}])"));
        const ScriptedLlm provider({u"--script"_s, script});
        QVERIFY(provider.isReady());
        QVERIFY(m_space->ledger().recharge(TestWorkspace::Tenant, Money::fromMicro(10'000'000)));
        const QString llm = m_space->import(config::Kind::Llm, u"Counted"_s,
            R"([{"provider": "custom", "base_url": ")" + provider.baseUrl().toLatin1() + R"(", "model": "scripted"}])",
            true);
        const auto started = stepping(answered, llm);
        QVERIFY2(started, started ? "" : qPrintable(started.error().message));
        const auto status = executor::readStatus(started->runDirectory);
        QVERIFY(status);
        if (name.isEmpty())
            QVERIFY(m_space->experiments().stop(started->id));
        else
            ::kill(static_cast<pid_t>(process(*status, name)), SIGKILL);
        const auto ended = m_space->experiments().waitForEnd(started->id, 60);
        QVERIFY2(ended, ended ? "" : qPrintable(ended.error().message));
        QVERIFY2(ended->reasonCode == end, qPrintable(ended->reasonCode + u' ' + ended->reason));
        settled(*ended);
        const QJsonObject totals = provider.totals();
        QVERIFY(totals[u"prompt_tokens"].toInteger() > 1000);
        QHash<ledger::Item, qint64> billed;
        const auto bills = m_space->ledger().billsOf(ended->tenant, ended->id);
        for (const ledger::Bill &bill : *bills)
            billed[bill.item] += bill.quantity;
        QCOMPARE(billed[ledger::Item::InputTokens], totals[u"prompt_tokens"].toInteger());
        QCOMPARE(billed[ledger::Item::OutputTokens], totals[u"completion_tokens"].toInteger());
    }

    /// The runner cannot open a file any more, for good.
    void handlesOfTheRunner()
    {
        const auto started = stepping();
        QVERIFY2(started, started ? "" : qPrintable(started.error().message));
        QVERIFY(limitFiles(process(*executor::readStatus(started->runDirectory), u"runner"_s), 3));
        const auto ended = m_space->experiments().waitForEnd(started->id, 120);
        QVERIFY2(ended, ended ? "" : qPrintable(ended.error().message));
        QVERIFY2(QStringList({u"database_unopened"_s, u"too_many_files"_s}).contains(ended->reasonCode),
            qPrintable(ended->reasonCode + u' ' + reasonText(*ended)));
        QVERIFY2(remedyText(*ended).contains(u"ulimit -n"_s), qPrintable(remedyText(*ended)));
        settled(*ended);
    }

    /// The city cannot either, and needs none: the run goes on, and can be stopped.
    void handlesOfTheCity()
    {
        const auto started = stepping();
        QVERIFY2(started, started ? "" : qPrintable(started.error().message));
        QVERIFY(limitFiles(process(*executor::readStatus(started->runDirectory), u"simulator"_s), 3));
        QTRY_VERIFY_WITH_TIMEOUT(m_space->experiments().refresh(started->id)->step >= started->step + 2, 120000);
        const auto stopped = m_space->experiments().stop(started->id);
        QVERIFY2(stopped, stopped ? "" : qPrintable(stopped.error().message));
        QCOMPARE(stopped->reasonCode, u"stopped_user"_s);
        settled(*stopped);
    }

    /// The disk of the runs is full while it steps, and free again after its end.
    void diskFull()
    {
        SmallDisk disk(m_space->workspace().runs(TestWorkspace::Tenant), 24 << 20);
        QVERIFY(disk.isMounted());
        const auto started = stepping();
        QVERIFY2(started, started ? "" : qPrintable(started.error().message));
        QVERIFY(disk.fill());
        const auto runner = executor::readStatus(started->runDirectory)->runner;
        QTRY_VERIFY_WITH_TIMEOUT(!executor::isAlive(runner), 120000);
        disk.clear();
        const auto ended = m_space->experiments().waitForEnd(started->id, 60);
        QVERIFY2(ended, ended ? "" : qPrintable(ended.error().message));
        QCOMPARE(ended->reasonCode, u"disk_full"_s);
        QVERIFY(remedyText(*ended).contains(u"Free some space"_s));
        settled(*ended);
    }
};

int main(int argc, char **argv)
{
    return onMachineOfItsOwn([&] {
        QCoreApplication application(argc, argv);
        FaultReal test;
        return QTest::qExec(&test, argc, argv);
    });
}
#include "tst_faultreal.moc"
