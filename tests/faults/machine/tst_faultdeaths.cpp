// SPDX-License-Identifier: GPL-3.0-or-later
// Programs that die between two changes of a file: who starts a run, who keeps it, who meters it, who settles it.
#include "tests/faults/machine/lab.h"

#include <QDir>
#include <QTest>

using namespace society::test;
using namespace Qt::StringLiterals;

namespace {

QString beside(const QString &name)
{
    return QCoreApplication::applicationDirPath() + u'/' + name;
}

bool copyFolder(const QString &from, const QString &to)
{
    return QProcess::execute(u"/bin/cp"_s, {u"-a"_s, from, to}) == 0;
}

} // namespace

class FaultDeaths : public QObject {
    Q_OBJECT

    std::unique_ptr<Lab> m_lab;

    /// From now on the program of this name dies at its N-th change in the workspace; 0: nobody does.
    static void letDie(CliProgram &cli, const QString &name, int change)
    {
        cli.setEnvironment(u"LD_PRELOAD"_s, beside(u"disktrace.so"_s));
        cli.setEnvironment(u"SOCIETY_TEST_TRACE"_s, cli.workspace());
        cli.setEnvironment(u"SOCIETY_TEST_DIE_NAME"_s, name);
        cli.setEnvironment(u"SOCIETY_TEST_DIE_AT"_s, QString::number(change));
    }

    /// A minute later nobody waits any more for a start that was cut short.
    void letAMinutePass()
    {
        CliProgram &cli = m_lab->cli();
        cli.setEnvironment(u"LD_PRELOAD"_s, beside(u"shiftedclock.so"_s));
        cli.setEnvironment(u"SOCIETY_TEST_CLOCK"_s, cli.write(u"clock"_s, "90000 0"));
    }

private slots:
    void init()
    {
        m_lab = std::make_unique<Lab>();
        QVERIFY(m_lab->isReady());
    }
    void cleanup() { m_lab.reset(); }

    void dies_data()
    {
        QTest::addColumn<QString>("program");
        QTest::addColumn<int>("first");
        QTest::addColumn<int>("step");
        QTest::addColumn<int>("last");
        QTest::newRow("who starts") << u"society-cli"_s << 1 << 9 << 110;
        QTest::newRow("keeper") << u"society-keeper"_s << 1 << 5 << 90;
        QTest::newRow("gateway") << u"society-gateway"_s << 1 << 2 << 14;
    }
    /// Runs that are short, all at once; each dies at another change.
    void dies()
    {
        QFETCH(QString, program);
        QFETCH(int, first);
        QFETCH(int, step);
        QFETCH(int, last);
        int started = 0;
        for (int change = first; change <= last; change += step) {
            letDie(m_lab->cli(), program, change);
            started += m_lab->cli().run(Lab::runArguments(u"calls=2 dies %1"_s.arg(change))).code == 0 ? 1 : 0;
        }
        qInfo("%d of them could be started", started);
        letAMinutePass();
        QVERIFY(m_lab->settles());
        QHash<QString, int> ends;
        for (const QString &id : m_lab->experiments()) {
            const QString end = m_lab->shown(id)[u"reason_code"].toString();
            ++ends[end];
            QVERIFY2(m_lab->wrongs(id).isEmpty(), qPrintable(id + u' ' + end + u": "_s + m_lab->wrongs(id)));
        }
        qInfo() << ends;
        QVERIFY(ends.size() > 1); // some died, in different ways
    }

    /// The settlement is one transaction: whoever dies in it, the next look writes the bills, once.
    void whoSettles()
    {
        const QString id = m_lab->start(u"calls=2"_s);
        QTRY_VERIFY_WITH_TIMEOUT(m_lab->status(id).hasEnded(), 30000);
        const QTemporaryDir folder;
        int change = 1;
        for (bool died = true; died; ++change) {
            const QString copy = folder.filePath(QString::number(change));
            QVERIFY(copyFolder(m_lab->cli().workspace(), copy));
            CliProgram other(copy);
            letDie(other, u"society-cli"_s, change);
            died = other.run({u"reconcile"_s}).code == -1;
            letDie(other, u"society-cli"_s, 0);
            const CliOutcome again = other.json({u"reconcile"_s});
            QVERIFY2(again.code == 0, again.words().constData());
            QCOMPARE(other.json({u"bills"_s, u"--experiment"_s, id}).object()[u"total"].toInt(), 3);
            QCOMPARE(other.json({u"account"_s}).object()[u"held_micro"].toInteger(-1), 0);
            const CliOutcome audit = other.run({u"audit"_s});
            QVERIFY2(audit.code == 0, audit.words().constData());
            QVERIFY(QDir(copy).removeRecursively());
        }
        qInfo("it died at %d changes", change - 2);
        QVERIFY(change > 10);
        QVERIFY(m_lab->settles());
        QCOMPARE(m_lab->wrongs(id), QString());
    }
};

QTEST_GUILESS_MAIN(FaultDeaths)
#include "tst_faultdeaths.moc"
