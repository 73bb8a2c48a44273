// SPDX-License-Identifier: GPL-3.0-or-later
// The fault matrix, row “Runner”: whatever the runner does, the user reads what happened and what to do, pays for what
// was used, once, and nothing is left running.
#include "tests/faults/outside/outsidelab.h"
#include "tests/support/scriptedllm.h"

#include <QTest>

using namespace society;
using namespace society::experiment;
using namespace society::test;
using namespace Qt::StringLiterals;

class TestFaultRunner : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_llmLog = m_folder->filePath(u"llm.jsonl"_s);
        m_llm = std::make_unique<ScriptedLlm>(QStringList{u"--log"_s, m_llmLog});
        m_lab = std::make_unique<OutsideLab>(OutsideLab::Runner::Faulty);
        QVERIFY(m_llm->isReady());
        QVERIFY2(m_lab->isReady(), qPrintable(m_lab->error()));
    }
    void cleanup()
    {
        m_lab.reset();
        m_llm.reset();
    }

    void diesInEachPhase_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("says");
        for (const QString &phase :
            {u"runner"_s, u"database"_s, u"llm"_s, u"environment"_s, u"agents"_s, u"workflow"_s, u"closing"_s}) {
            QTest::addRow("%s, traceback", qPrintable(phase))
                << u"die="_s + phase << u"error"_s << u"died in the phase "_s + phase;
            QTest::addRow("%s, SIGKILL", qPrintable(phase))
                << u"die=%1 signal=9"_s.arg(phase) << u"signal"_s << u"signal 9"_s;
        }
        QTest::newRow("workflow, SIGSEGV") << u"die=workflow signal=11"_s << u"signal"_s << u"signal 11"_s;
    }
    void diesInEachPhase()
    {
        QFETCH(QString, name);
        QFETCH(QString, code);
        QFETCH(QString, says);
        const Experiment run = m_lab->ended(m_lab->start(m_lab->request(name, m_llm->baseUrl())).id);
        QCOMPARE(stateWord(run.state), u"failed"_s);
        QCOMPARE(run.reasonCode, code);
        QVERIFY2(reasonText(run).contains(says), qPrintable(reasonText(run)));
        QCOMPARE(m_lab->wrongs(run.id, countedIn(m_llmLog)), QString());
    }

    void writesNothing()
    {
        const Experiment run = m_lab->ended(m_lab->start(m_lab->request(u"silent"_s, m_llm->baseUrl())).id);
        QCOMPARE(stateWord(run.state), u"finished"_s);
        QCOMPARE(run.calls, 1);
        QCOMPARE(m_lab->wrongs(run.id, countedIn(m_llmLog)), QString());
    }

    /// Told to stop, it hears nothing: it is killed when the grace is over, and the run is a stopped one all the same.
    void hearsNoPoliteSignal()
    {
        const Experiment run = m_lab->start(m_lab->request(u"deaf"_s, m_llm->baseUrl()));
        QTRY_COMPARE_WITH_TIMEOUT(m_lab->experiments().refresh(run.id)->calls, 6, 30000);
        const auto stopped = m_lab->experiments().stop(run.id, 500);
        QVERIFY2(stopped, stopped ? "" : qPrintable(stopped.error().message));
        QCOMPARE(stateWord(stopped->state), u"stopped"_s);
        QCOMPARE(stopped->reasonCode, u"stopped_user"_s);
        QCOMPARE(m_lab->wrongs(run.id, countedIn(m_llmLog)), QString());
    }

    /// Children in sessions of their own, orphans, deaf ones: gone with the run, which is a good one.
    void leavesAFamily()
    {
        const Experiment run = m_lab->ended(m_lab->start(m_lab->request(u"family"_s, m_llm->baseUrl())).id);
        QCOMPARE(stateWord(run.state), u"finished"_s);
        QCOMPARE(m_lab->wrongs(run.id, countedIn(m_llmLog)), QString());
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_llmLog;
    std::unique_ptr<ScriptedLlm> m_llm;
    std::unique_ptr<OutsideLab> m_lab;
};

QTEST_GUILESS_MAIN(TestFaultRunner)
#include "tst_faultrunner.moc"
