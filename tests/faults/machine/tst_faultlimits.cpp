// SPDX-License-Identifier: GPL-3.0-or-later
// What a machine runs out of: ports, inotify watches, file handles.
#include "tests/faults/machine/lab.h"
#include "tests/faults/machine/ownmachine.h"
#include "tests/support/testworkspace.h"

#include <QTest>

using namespace society::test;
using namespace Qt::StringLiterals;

class FaultLimits : public QObject {
    Q_OBJECT

    std::unique_ptr<Lab> m_lab;

private slots:
    void init()
    {
        m_lab = std::make_unique<Lab>();
        QVERIFY(m_lab->isReady());
    }
    void cleanup() { m_lab.reset(); }

    void noPort()
    {
        // A port that is listened at can be connected to without another: so the checks need some.
        CliProgram &cli = m_lab->cli();
        const QStringList practice{u"run"_s, u"--llm"_s, u"Practice model"_s, u"--agents"_s, u"Four people"_s,
            u"--map"_s, u"Practice town"_s, u"--workflow"_s, u"A short morning"_s, u"--name"_s, u"calls=1"_s};
        QString id;
        {
            const NoPort none;
            QVERIFY(none.holds());
            const CliOutcome ended = cli.json(practice + QStringList{u"--wait"_s});
            QCOMPARE(ended.code, 1);
            id = ended.object()[u"id"].toString();
        }
        const QJsonObject shown = m_lab->shown(id);
        QCOMPARE(shown[u"state"].toString(), u"failed"_s);
        QCOMPARE(shown[u"reason_code"].toString(), u"companion_failed"_s);
        QVERIFY2(
            shown[u"reason"].toString().contains(u"Address already in use"_s), qPrintable(shown[u"reason"].toString()));
        QVERIFY(!shown[u"remedy"].toString().isEmpty());
        QCOMPARE(m_lab->wrongs(id), QString());
        QCOMPARE(cli.json(practice + QStringList{u"--wait"_s}).code, 0);
    }

    void noInotify()
    {
        QVERIFY(setKernel("user/max_inotify_watches", "0"));
        QVERIFY(setKernel("user/max_inotify_instances", "0"));
        const QString id = m_lab->start(u"hold=stepping"_s);
        QVERIFY(m_lab->says(id, "step 2"));
        const auto follower = m_lab->cli().start({u"log"_s, u"--follow"_s, id});
        QByteArray followed;
        QTRY_VERIFY_WITH_TIMEOUT((followed += follower->readAllStandardOutput()).contains("step 2"), 20000);
        m_lab->go(id);
        QVERIFY(m_lab->settles());
        QTRY_VERIFY_WITH_TIMEOUT(follower->state() == QProcess::NotRunning, 20000);
        followed += follower->readAllStandardOutput();
        QCOMPARE(followed, m_lab->log(id));
        QCOMPARE(m_lab->shown(id)[u"state"].toString(), u"finished"_s);
        QCOMPARE(m_lab->wrongs(id), QString());
        QVERIFY(setKernel("user/max_inotify_watches", "1000"));
        QVERIFY(setKernel("user/max_inotify_instances", "100"));
    }

    /// A start with hardly any handles: refused in words, or it runs to its end; nothing in between.
    void fewHandlesAtTheStart()
    {
        CliProgram &cli = m_lab->cli();
        int well = 0;
        int refused = 0;
        for (int most = 4; most < 40 && well < 3; most += 2) {
            QStringList arguments{u"-c"_s, u"ulimit -n %1; exec \"$@\""_s.arg(most), u"sh"_s,
                qEnvironmentVariable("SOCIETY_BIN") + u"/society-cli"_s, u"--workspace"_s, cli.workspace()};
            QProcess process;
            process.setProcessEnvironment(cli.environment());
            process.start(u"/bin/sh"_s, arguments + Lab::runArguments(u"calls=1 with %1"_s.arg(most)));
            QVERIFY(process.waitForFinished(60000));
            const QByteArray words = process.readAllStandardError();
            QVERIFY2(process.exitStatus() == QProcess::NormalExit, words.constData());
            if (process.exitCode() == 0) {
                ++well;
            } else {
                ++refused;
                // The loader's own words where not even a library can be opened.
                QVERIFY2(words.startsWith("society-cli: ") || words.contains("error while loading shared libraries") ||
                             words.contains("society-cli: "),
                    words.constData());
            }
        }
        qInfo("%d were refused, %d could be started", refused, well);
        QVERIFY(refused > 2 && well > 0);
        if (!m_lab->experiments().isEmpty())
            QVERIFY(m_lab->settles());
        for (const QString &id : m_lab->experiments()) {
            const QJsonObject shown = m_lab->shown(id);
            QVERIFY2(m_lab->wrongs(id).isEmpty(),
                qPrintable(
                    shown[u"name"].toString() + u' ' + shown[u"reason"].toString() + u": "_s + m_lab->wrongs(id)));
            qInfo().noquote() << shown[u"name"].toString() << shown[u"state"].toString() << shown[u"reason"].toString();
        }
    }

    void handlesUsedUp_data()
    {
        QTest::addColumn<QString>("whose");
        QTest::newRow("keeper") << u"keeper"_s;
        QTest::newRow("gateway") << u"gateway"_s;
        QTest::newRow("keeper and gateway") << u"keeper gateway"_s;
    }
    /// In the middle of a run, for a while: it goes on when there are some again.
    void handlesUsedUp()
    {
        QFETCH(QString, whose);
        const QString id = m_lab->start(u"hold=environment calls=5"_s);
        QVERIFY(m_lab->says(id, "Initializing environment"));
        QTRY_VERIFY_WITH_TIMEOUT(m_lab->process(id, u"simulator"_s) > 0, 20000);
        const society::executor::RunStatus before = m_lab->status(id);
        for (const QString &name : whose.split(u' '))
            QVERIFY(limitFiles(m_lab->process(id, name), 3));
        m_lab->go(id);
        const bool keeper = whose.contains(u"keeper"_s);
        if (whose == u"keeper"_s) // the run itself lacks nothing, but its keeper sees nothing of it any more
            QTRY_VERIFY_WITH_TIMEOUT(!society::executor::isAlive(before.runner), 30000);
        else
            QVERIFY(m_lab->says(id, "step 0"));
        QVERIFY(society::executor::isAlive(before.keeper));
        QVERIFY(society::executor::isAlive(before.companions.value(0).process));
        if (keeper)
            QVERIFY(!m_lab->status(id).hasEnded());
        for (const society::executor::ProcessId &process : {before.keeper, before.companions.value(0).process})
            QVERIFY(limitFiles(process.pid, 1024));
        QVERIFY(m_lab->settles());
        const QJsonObject shown = m_lab->shown(id);
        QCOMPARE(shown[u"state"].toString(), u"finished"_s);
        QCOMPARE(shown[u"calls"].toInt(), 5);
        QCOMPARE(m_lab->wrongs(id), QString());
    }

    void handlesUsedUpForGood_data()
    {
        QTest::addColumn<QString>("whose");
        QTest::addColumn<QString>("end");
        QTest::newRow("runner") << u"runner"_s << u"failed too_many_files"_s;
        QTest::newRow("simulator") << u"simulator"_s << u"finished finished"_s;
    }
    /// In the middle of a run: one that needs none goes on, another ends with the true reason, and is billed for what
    /// it has used.
    void handlesUsedUpForGood()
    {
        QFETCH(QString, whose);
        QFETCH(QString, end);
        const QString id = m_lab->start(u"hold=environment calls=5"_s);
        QVERIFY(m_lab->says(id, "Initializing environment"));
        QTRY_VERIFY_WITH_TIMEOUT(m_lab->process(id, u"simulator"_s) > 0, 20000);
        QVERIFY(limitFiles(m_lab->process(id, whose), 3));
        m_lab->go(id);
        QVERIFY(m_lab->settles());
        const QJsonObject shown = m_lab->shown(id);
        const QString found = shown[u"state"].toString() + u' ' + shown[u"reason_code"].toString();
        QVERIFY2(found == end,
            qPrintable(found + u": "_s + shown[u"reason"].toString() + QString::fromUtf8(m_lab->log(id))));
        if (whose == u"runner")
            QVERIFY2(shown[u"remedy"].toString().contains(u"ulimit -n"_s), qPrintable(shown[u"remedy"].toString()));
        QCOMPARE(m_lab->wrongs(id), QString());
    }
};

int main(int argc, char **argv)
{
    return onMachineOfItsOwn([&] {
        QCoreApplication application(argc, argv);
        FaultLimits test;
        return QTest::qExec(&test, argc, argv);
    });
}
#include "tst_faultlimits.moc"
