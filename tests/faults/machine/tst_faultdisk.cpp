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
        QVERIFY(m_lab->settles());
        for (const QString &id : m_lab->runs())
            QCOMPARE(m_lab->wrongs(id), QString());
        const QString id = m_lab->start(u"calls=1"_s);
        QVERIFY(m_lab->settles());
        QCOMPARE(m_lab->wrongs(id), QString());
        QCOMPARE(m_lab->shown(id)[u"state"].toString(), u"finished"_s);
    }

    void fullWhileRunning_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("until");
        QTest::newRow("starting") << u"hold=starting"_s << QByteArray();
        QTest::newRow("stepping") << u"hold=stepping calls=4000"_s << QByteArray("step 2");
        QTest::newRow("closing") << u"hold=closing"_s << QByteArray("Closing agent groups");
    }
    void fullWhileRunning()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, until);
        const QString id = m_lab->start(name);
        QTRY_VERIFY_WITH_TIMEOUT(m_lab->status(id).hasStarted(), 20000);
        QVERIFY(m_lab->says(id, until));
        m_lab->go(id); // the file is made while there is room; a run that steps meets the full disk
        QVERIFY(m_disk->fill());
        QTRY_VERIFY_WITH_TIMEOUT(!society::executor::isAlive(m_lab->status(id).runner), 60000);
        // Nothing can be settled now; that is said, and nothing is made up.
        const CliOutcome meanwhile = cli().json({u"reconcile"_s});
        qInfo("%s", meanwhile.words().constData());
        m_disk->clear();
        QVERIFY(m_lab->settles());
        qInfo().noquote() << QJsonDocument(m_lab->shown(id)).toJson();
        QCOMPARE(m_lab->wrongs(id), QString());
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
