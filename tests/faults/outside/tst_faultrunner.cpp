// SPDX-License-Identifier: GPL-3.0-or-later
// The fault matrix, row “Runner”: whatever the runner does, the user reads what happened and what to do, pays for what
// was used, once, and nothing is left running.
#include "services/log/logdocument.h"
#include "tests/cli/cliprogram.h"
#include "tests/faults/outside/outsidelab.h"
#include "tests/support/scriptedllm.h"

#include <QDir>
#include <QFile>
#include <QScopeGuard>
#include <QTest>

using namespace society;
using namespace society::experiment;
using namespace society::test;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 TenGigabytes = 10LL << 30;
constexpr qint64 Megabyte = 1 << 20;

/// The most memory that a process has ever taken, or how much of it is in use now ("VmHWM", "VmRSS"); in bytes.
qint64 memoryOf(qint64 pid, const QByteArray &field)
{
    QFile file(u"/proc/%1/status"_s.arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return -1;
    for (const QByteArray &line : file.readAll().split('\n'))
        if (line.startsWith(field + ':'))
            return line.mid(field.size() + 1).simplified().split(' ').constFirst().toLongLong() * 1024;
    return -1;
}

// The sanitizer reserves terabytes of addresses for itself: the limit cannot be given to a program that has it.
#if defined(__SANITIZE_ADDRESS__)
constexpr bool hasSanitizer = true;
#elif defined(__has_feature)
constexpr bool hasSanitizer = __has_feature(address_sanitizer);
#else
constexpr bool hasSanitizer = false;
#endif

/// Its own books take several times what the program needs; still far from the log's size.
constexpr qint64 booksOfTheSanitizer = hasSanitizer ? 16 : 1;

/// society-cli with an address space of 1 GB: it could not hold a tenth of the log.
CliOutcome inLittleMemory(const CliProgram &cli, const QStringList &arguments)
{
    QProcess process;
    process.setProcessEnvironment(cli.environment());
    process.start(u"/bin/sh"_s,
        QStringList{u"-c"_s, hasSanitizer ? u"exec \"$@\""_s : u"ulimit -v 1000000; exec \"$@\""_s, u"sh"_s,
            qEnvironmentVariable("SOCIETY_BIN") + u"/society-cli"_s, u"--workspace"_s, cli.workspace()} +
            arguments);
    if (!process.waitForFinished(180000) || process.exitStatus() != QProcess::NormalExit)
        return {-1, process.readAllStandardOutput(), process.readAllStandardError()};
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

} // namespace

class TestFaultRunner : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_llmLog = m_folder.filePath(u"llm.jsonl"_s);
        m_llm = std::make_unique<ScriptedLlm>(QStringList{u"--log"_s, m_llmLog});
        QVERIFY(m_llm->isReady());
    }
    void init()
    {
        m_before = countedIn(m_llmLog);
        if (m_lab)
            return;
        m_lab = std::make_unique<OutsideLab>(OutsideLab::Runner::Faulty);
        QVERIFY2(m_lab->isReady(), qPrintable(m_lab->error()));
    }
    void cleanupTestCase() { m_lab.reset(); }

    /// What was a runner when it was taken into use, and is none when a run is to begin.
    void cannotBeUsed_data()
    {
        QTest::addColumn<QByteArray>("change"); // a command in the runner's folder
        QTest::addColumn<QString>("code");
        QTest::newRow("not installed") << QByteArray("rm ../installed.json") << u"runner_missing"_s;
        QTest::newRow("removed") << QByteArray("rm -r bin") << u"runner_gone"_s;
        QTest::newRow("wrong version") << QByteArray("sed -i s/1.5.7/2.0.0/ bin/python3 && touch METADATA")
                                       << u"runner_version"_s;
        QTest::newRow("broken") << QByteArray("sed -i 's/\"error\": \"\"/\"error\": \"ImportError: boom\"/' bin/python3"
                                              " && touch METADATA")
                                << u"runner_broken"_s;
        QTest::newRow("not executable") << QByteArray("chmod a-x bin/python3") << u"runner_gone"_s;
    }
    void cannotBeUsed()
    {
        QFETCH(QByteArray, change);
        QFETCH(QString, code);
        const auto spoiled = qScopeGuard([this] { m_lab.reset(); });
        const QString folder = makeRunner();
        QVERIFY2(m_lab->space().useRunner(folder + u"/bin/python3"_s), qPrintable(m_lab->space().error()));
        QVERIFY(inFolder(folder, change));
        const auto started = m_lab->experiments().start(m_lab->request(u"x"_s, m_llm->baseUrl()));
        QVERIFY(!started);
        QCOMPARE(started.error().code, code);
        QCOMPARE(started.error().kind, ErrorKind::Runner);
        QVERIFY(!started.error().message.isEmpty() && !started.error().remedy.isEmpty());
        // Nothing was begun: no experiment, no money held, no folder.
        Query all;
        all.tenant = TestWorkspace::Tenant;
        QVERIFY(m_lab->experiments().list(all)->isEmpty());
        QVERIFY(m_lab->space().ledger().holds(TestWorkspace::Tenant)->isEmpty());
        QVERIFY(!QFile::exists(m_lab->space().workspace().runs(TestWorkspace::Tenant)));
    }

    /// Good when it was checked, and no program any more when the keeper comes to it.
    void cannotBeExecuted_data()
    {
        QTest::addColumn<QByteArray>("change");
        QTest::addColumn<QString>("says");
        QTest::newRow("removed") << QByteArray("rm bin/python3") << u"No such file"_s;
        QTest::newRow("not executable") << QByteArray("chmod a-x bin/python3") << u"Permission denied"_s;
        QTest::newRow("no program") << QByteArray("printf '\\177' > bin/python3") << u"Exec format error"_s;
    }
    void cannotBeExecuted()
    {
        QFETCH(QByteArray, change);
        QFETCH(QString, says);
        const auto spoiled = qScopeGuard([this] { m_lab.reset(); });
        const QString folder = makeRunner();
        QVERIFY2(m_lab->space().useRunner(folder + u"/bin/python3"_s), qPrintable(m_lab->space().error()));
        m_lab->executor().before = [&] { QVERIFY(inFolder(folder, change)); };
        const Experiment run = m_lab->ended(m_lab->start(m_lab->request(u"x"_s, m_llm->baseUrl())).id);
        QCOMPARE(stateWord(run.state), u"failed"_s);
        QCOMPARE(run.reasonCode, u"runner_missing"_s);
        QVERIFY2(reasonText(run).contains(says), qPrintable(reasonText(run)));
        QVERIFY2(remedyText(run).contains(u"society-cli setup"), qPrintable(remedyText(run)));
        QCOMPARE(run.cost, Money());
        QVERIFY(m_lab->space().ledger().billsOf(run.tenant, run.id)->isEmpty());
        QVERIFY(m_lab->space().ledger().holds(TestWorkspace::Tenant)->isEmpty());
        QCOMPARE(processesLeftOf(m_lab->space().workspace().root()), QStringList());
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
        QCOMPARE(m_lab->wrongs(run.id, counted()), QString());
    }

    void writesNothing()
    {
        const Experiment run = m_lab->ended(m_lab->start(m_lab->request(u"silent"_s, m_llm->baseUrl())).id);
        QCOMPARE(stateWord(run.state), u"finished"_s);
        QCOMPARE(run.calls, 1);
        QCOMPARE(m_lab->wrongs(run.id, counted()), QString());
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
        QCOMPARE(m_lab->wrongs(run.id, counted()), QString());
    }

    /// Children in sessions of their own, orphans, deaf ones: gone with the run, which is a good one.
    void leavesAFamily()
    {
        const Experiment run = m_lab->ended(m_lab->start(m_lab->request(u"family"_s, m_llm->baseUrl())).id);
        QCOMPARE(stateWord(run.state), u"finished"_s);
        QCOMPARE(m_lab->wrongs(run.id, counted()), QString());
    }

    /// 10 GB of log, most of it one line (and a hole, so that the disk need not have them): who reads it, keeper,
    /// window or command line, needs no more memory than for any other, and the run comes to its end.
    void writesTenGigabytes()
    {
        const Experiment run = m_lab->start(m_lab->request(u"flood deaf"_s, m_llm->baseUrl()));
        const CliProgram cli(m_lab->space().workspace().root());
        const QString id = run.id.text();
        QTRY_VERIFY_WITH_TIMEOUT(
            inLittleMemory(cli, {u"log"_s, id, u"--lines"_s, u"1"_s}).out.contains("now deaf"), 60000);
        const CliOutcome shown = inLittleMemory(cli, {u"--json"_s, u"status"_s, id});
        QVERIFY2(shown.code == 0 && shown.object().value(u"step").toInt() == 6, shown.words().constData());

        const auto keeper = executor::readStatus(run.runDirectory)->keeper;
        // The keeper has read to the end as soon as its own status says so; what it took for that is its most.
        const qint64 most = memoryOf(keeper.pid, "VmHWM");
        QVERIFY2(most > 0 && most < 32 * Megabyte * booksOfTheSanitizer, qPrintable(QString::number(most)));
        const CliOutcome found = inLittleMemory(cli, {u"log"_s, id, u"--grep"_s, u"flood line 199[0-9]$"_s});
        QCOMPARE(found.out.count('\n'), 10);

        const qint64 before = memoryOf(QCoreApplication::applicationPid(), "VmRSS");
        {
            log::LogDocument document;
            document.open(run.runDirectory + u"/log.txt"_s);
            QTRY_COMPARE_WITH_TIMEOUT(document.state(), log::LogDocument::State::Ready, 60000);
            QVERIFY(document.lineCount() > 2000);
        }
        QVERIFY(memoryOf(QCoreApplication::applicationPid(), "VmRSS") - before < 64 * Megabyte * booksOfTheSanitizer);

        const CliOutcome stopped = inLittleMemory(cli, {u"--json"_s, u"stop"_s, id, u"--grace"_s, u"0"_s});
        QVERIFY2(stopped.code == 0, stopped.words().constData());
        QCOMPARE(stopped.object().value(u"reason_code").toString(), u"stopped_user"_s);
        QVERIFY(QFileInfo(run.runDirectory + u"/log.txt"_s).size() > TenGigabytes);
        const CliOutcome last = inLittleMemory(cli, {u"log"_s, id, u"--lines"_s, u"3"_s});
        QVERIFY2(last.out.startsWith("flood line 1999\n") || last.out.count('\n') == 3, last.words().constData());
        QCOMPARE(m_lab->wrongs(run.id, counted()), QString());
    }

private:
    /// A runner in the workspace that answers the probe, and may be spoiled; its folder.
    [[nodiscard]] QString makeRunner() const
    {
        const QString folder = m_lab->space().workspace().root() + u"/runner/spoiled"_s;
        QDir().mkpath(folder + u"/bin"_s);
        const QByteArray program = "#!/bin/sh\nprintf '%s\\n' '{\"python\": \"3.11.2\", \"agentsociety\": \"1.5.7\", "
                                   "\"community\": \"0.3.3\", "
                                   "\"metadata\": \"" +
                                   folder.toUtf8() + "/METADATA\", \"error\": \"\"}'\n";
        for (const auto &[name, text] :
            {std::pair(u"/METADATA"_s, QByteArray("Name: agentsociety\n")), std::pair(u"/bin/python3"_s, program)}) {
            QFile file(folder + name);
            if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() ||
                !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner))
                qFatal("cannot make a runner");
        }
        return folder;
    }
    [[nodiscard]] static bool inFolder(const QString &folder, const QByteArray &command)
    {
        QProcess shell;
        shell.setWorkingDirectory(folder);
        shell.start(u"/bin/sh"_s, {u"-c"_s, QString::fromUtf8(command)});
        return shell.waitForFinished(10000) && shell.exitCode() == 0;
    }

    /// What the provider has counted in this test.
    [[nodiscard]] Counted counted() const
    {
        const Counted now = countedIn(m_llmLog);
        return {now.requests - m_before.requests, now.tokensIn - m_before.tokensIn, now.tokensOut - m_before.tokensOut};
    }

    QTemporaryDir m_folder;
    QString m_llmLog;
    Counted m_before;
    std::unique_ptr<ScriptedLlm> m_llm;
    std::unique_ptr<OutsideLab> m_lab;
};

QTEST_GUILESS_MAIN(TestFaultRunner)
#include "tst_faultrunner.moc"
