// SPDX-License-Identifier: GPL-3.0-or-later
// A disk that is full, a workspace that may only be read, and a run directory that is removed.
#include "tests/faults/machine/lab.h"
#include "tests/faults/machine/ownmachine.h"
#include "tests/support/testworkspace.h"

#include <QDir>
#include <QTest>

using namespace society::test;
using namespace Qt::StringLiterals;

class FaultDisk : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<SmallDisk> m_disk;
    std::unique_ptr<Lab> m_lab;

    CliProgram &cli() { return m_lab->cli(); }

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        const QString workspace = m_folder->filePath(u"workspace"_s);
        m_disk = std::make_unique<SmallDisk>(workspace, 8 << 20);
        QVERIFY(m_disk->isMounted());
        m_lab = std::make_unique<Lab>(workspace);
        QVERIFY(m_lab->isReady());
    }
    void cleanup()
    {
        m_lab.reset();
        m_disk.reset();
        m_folder.reset();
    }

    void fullBeforeTheStart()
    {
        QVERIFY(m_disk->fill());
        const CliOutcome refused = cli().json(Lab::runArguments(u"calls=1"_s));
        QCOMPARE(refused.code, 1);
        QVERIFY2(refused.err.contains("disk is full") && refused.err.contains("Free some space"),
            refused.words().constData());
        m_disk->clear();
        const QString id = m_lab->start(u"calls=1"_s);
        QVERIFY(m_lab->settles());
        for (const QString &one : m_lab->experiments())
            QCOMPARE(m_lab->wrongs(one), QString());
        QCOMPARE(m_lab->shown(id)[u"state"].toString(), u"finished"_s);
    }

    void fullWhileRunning_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("until");
        QTest::addColumn<QString>("reason");
        QTest::newRow("starting") << u"hold=starting calls=4000"_s << QByteArray() << u"disk_full"_s;
        QTest::newRow("stepping") << u"hold=stepping calls=4000"_s << QByteArray("step 2") << u"disk_full"_s;
        QTest::newRow("settling") << u"hold=closing"_s << QByteArray("Closing agent groups") << u"finished"_s;
    }
    void fullWhileRunning()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, until);
        QFETCH(QString, reason);
        const QString id = m_lab->start(name);
        QTRY_VERIFY_WITH_TIMEOUT(m_lab->status(id).hasStarted(), 20000);
        QVERIFY(m_lab->says(id, until));
        m_lab->go(id); // the file is made while there is room; a run that steps meets the full disk
        QVERIFY(m_disk->fill());
        QTRY_VERIFY_WITH_TIMEOUT(!society::executor::isAlive(m_lab->status(id).runner), 60000);
        // What the gateway had set aside for its last calls is room enough for the keeper to say how the run ended.
        QTRY_VERIFY_WITH_TIMEOUT(m_lab->status(id).hasEnded(), 20000);
        QVERIFY(m_disk->fill());
        // Nothing can be settled now; that is said, and nothing is made up.
        const CliOutcome meanwhile = cli().json({u"reconcile"_s});
        QCOMPARE(meanwhile.error(), u"disk_full"_s);
        QVERIFY2(meanwhile.err.contains("Free some space"), meanwhile.words().constData());
        m_disk->clear();
        QVERIFY(m_lab->settles());
        QCOMPARE(m_lab->wrongs(id), QString());
        // Who has nothing more to write ends well.
        const QJsonObject shown = m_lab->shown(id);
        QCOMPARE(shown[u"reason_code"].toString(), reason);
        if (reason == u"disk_full")
            QVERIFY(shown[u"remedy"].toString().contains(u"Free some space"_s));
    }

    /// Everything is refused in words, and is as it was when it may be written to again.
    void readOnly()
    {
        const QString id = m_lab->start(u"calls=1"_s);
        QVERIFY(m_lab->settles());
        QVERIFY(m_disk->setReadOnly(true));
        for (const QStringList &verb : {Lab::runArguments(u"calls=1"_s), {u"experiments"_s}, {u"status"_s, id},
                 {u"recharge"_s, u"1"_s}, {u"reconcile"_s}, {u"delete"_s, id}, {u"setup"_s}, {u"log"_s, id}}) {
            const CliOutcome refused = cli().run(verb);
            QVERIFY2(refused.code == 7 || refused.code == 1, (verb.join(u' ').toUtf8() + refused.words()).constData());
            QVERIFY2(refused.err.contains("may not be written to") || refused.err.contains("could not be written"),
                (verb.join(u' ').toUtf8() + refused.words()).constData());
            QVERIFY2(refused.err.contains("Check "), refused.words().constData());
        }
        QVERIFY(m_disk->setReadOnly(false));
        QCOMPARE(m_lab->experiments(), QStringList{id});
        QCOMPARE(m_lab->wrongs(id), QString());
    }

    /// The folder of a run that is under way is removed: it is ended, and what cannot be proved is not billed.
    void runDirectoryRemoved_data()
    {
        QTest::addColumn<bool>("seen");
        QTest::newRow("while somebody looks") << true;
        QTest::newRow("while nobody looks") << false;
    }
    void runDirectoryRemoved()
    {
        QFETCH(bool, seen);
        const QString id = m_lab->start(u"hold=stepping"_s);
        QVERIFY(m_lab->says(id, "step 2"));
        if (seen)
            QTRY_COMPARE_WITH_TIMEOUT(m_lab->shown(id)[u"calls"].toInt(), 3, 20000);
        QVERIFY(QDir(m_lab->directory(id)).removeRecursively());
        QTRY_VERIFY2_WITH_TIMEOUT(
            processesOf(cli().workspace()).isEmpty(), qPrintable(processesOf(cli().workspace()).join(u'\n')), 30000);
        QVERIFY(m_lab->settles());
        const QJsonObject shown = m_lab->shown(id);
        QCOMPARE(shown[u"state"].toString(), u"lost"_s);
        QCOMPARE(shown[u"reason_code"].toString(), u"run_directory_missing"_s);
        QVERIFY(!shown[u"reason"].toString().isEmpty() && !shown[u"remedy"].toString().isEmpty());
        QCOMPARE(cli().json({u"account"_s}).object()[u"held_micro"].toInteger(-1), 0);
        QCOMPARE(cli().json({u"bills"_s, u"--experiment"_s, id}).object()[u"total"].toInt(-1), 0);
        const CliOutcome audit = cli().run({u"audit"_s});
        QVERIFY2(audit.code == 0, audit.words().constData());
    }
};

int main(int argc, char **argv)
{
    return onMachineOfItsOwn([&] {
        QCoreApplication application(argc, argv);
        FaultDisk test;
        return QTest::qExec(&test, argc, argv);
    });
}
#include "tst_faultdisk.moc"
