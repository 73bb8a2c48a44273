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

    struct Ended {
        int code = -1; ///< -1: by a signal
        QByteArray output;
        QByteArray words;
        /// The loader's own words where not even a library can be opened.
        [[nodiscard]] bool isSaid() const
        {
            return code == 0 || (code > 0 && (words.contains("society-cli: ") ||
                                                 words.contains("error while loading shared libraries")));
        }
    };

    /// society-cli with so many file handles.
    [[nodiscard]] Ended withHandles(int most, const QStringList &verb)
    {
        CliProgram &cli = m_lab->cli();
        const QStringList arguments{u"-c"_s, u"ulimit -n %1; exec \"$@\""_s.arg(most), u"sh"_s,
            qEnvironmentVariable("SOCIETY_BIN") + u"/society-cli"_s, u"--workspace"_s, cli.workspace()};
        QProcess process;
        process.setProcessEnvironment(cli.environment());
        process.start(u"/bin/sh"_s, arguments + verb);
        const bool isOver = process.waitForFinished(60000) && process.exitStatus() == QProcess::NormalExit;
        return {isOver ? process.exitCode() : -1, process.readAllStandardOutput(), process.readAllStandardError()};
    }

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
        int well = 0;
        int refused = 0;
        for (int most = 4; most < 40 && well < 3; most += 2) {
            const Ended ended = withHandles(most, Lab::runArguments(u"calls=1 with %1"_s.arg(most)));
            QVERIFY2(ended.isSaid(), ended.words.constData());
            ++(ended.code == 0 ? well : refused);
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

    /// Another run of an ended one, checks, and what is read or put together: all of it or none, with words.
    void fewHandlesForTheOtherVerbs()
    {
        const QString id = m_lab->start(u"calls=1"_s);
        QVERIFY(m_lab->settles());
        const QStringList parts = Lab::runArguments(u"unused"_s);
        const qsizetype first = parts.indexOf(u"--llm"_s);
        QVERIFY(first >= 0);
        const QList<QStringList> verbs{QStringList{u"config"_s, u"check"_s} + parts.mid(first, 8), {u"audit"_s},
            {u"--json"_s, u"status"_s, id}, {u"--json"_s, u"bills"_s}, {u"log"_s, id},
            {u"rerun"_s, id, u"--name"_s, u"calls=1 again"_s}};
        for (const QStringList &verb : verbs) {
            const Ended whole = withHandles(1024, verb);
            QVERIFY2(whole.code == 0, (verb.join(u' ').toUtf8() + ": " + whole.words + whole.output).constData());
            int refused = 0;
            int well = 0;
            for (int most = 4; most < 60 && well < 3; ++most) {
                const Ended ended = withHandles(most, verb);
                QVERIFY2(ended.isSaid(), (verb.join(u' ').toUtf8() + ": " + ended.words).constData());
                ++(ended.code == 0 ? well : refused);
                // An audit that sees no folder says which run was not compared, and why.
                if (ended.code == 0 && verb.first() != u"rerun"_s && !ended.output.contains("too many files open"))
                    QCOMPARE(QString::fromUtf8(ended.output), QString::fromUtf8(whole.output));
            }
            QVERIFY2(refused > 2 && well == 3,
                qPrintable(u"%1: %2 refused, %3 well"_s.arg(verb.join(u' ')).arg(refused).arg(well)));
        }
        QVERIFY(m_lab->settles());
        QCOMPARE(m_lab->experiments().size(), 5);
        for (const QString &each : m_lab->experiments())
            QCOMPARE(m_lab->wrongs(each), QString());
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
