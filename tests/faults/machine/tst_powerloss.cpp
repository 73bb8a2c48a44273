// SPDX-License-Identifier: GPL-3.0-or-later
// The power fails: what the programs write for one run, from Start to its bills, is recorded, and the disk as it would
// be left is made for every cut between two writes. Each must give a state that can be read and is true, no bill twice,
// none lost, and no money held.
#include "services/store/database.h"
#include "tests/faults/machine/lab.h"
#include "tests/faults/machine/ownmachine.h"
#include "tests/faults/machine/powerloss.h"
#include "tests/support/testworkspace.h"

#include <QDir>
#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTest>

using namespace society;
using namespace society::test;
using namespace Qt::StringLiterals;
using Loss = FailingDisk::Loss;

namespace {

/// An hour after the power came back: nobody waits any more for a start that was cut short.
class LaterClock final : public Clock {
public:
    [[nodiscard]] QDateTime now() const override { return SystemClock().now().addSecs(3600); }
};

/// What whoever looks first finds on a disk.
struct Found {
    QString trouble; ///< something that must not be; empty: nothing
    bool begun = false;
    bool wasSettled = false;
    QString end;
    qint64 tokens = 0; ///< billed
};

class Look {
public:
    explicit Look(const QString &folder)
        : m_workspace(folder)
    {
    }

    Found look()
    {
        auto opened = store::Database::open(m_workspace.database());
        if (!opened)
            return {.trouble = u"the database: "_s + opened.error().message, .end = {}};
        ledger::Ledger ledger(**opened, m_clock);
        config::ConfigStore configs(**opened, m_workspace, m_clock);
        secrets::SecretStore::Options options;
        options.keychain = false;
        secrets::SecretStore secrets(m_workspace, options);
        executor::LocalExecutor executor;
        experiment::ExperimentService service(
            experiment::Services{m_workspace, **opened, ledger, configs, secrets, executor, m_clock});
        Found found;
        const auto before = service.list(query());
        found.begun = before && !before->isEmpty();
        found.wasSettled = found.begun && before->first().settled;
        const auto reconciled = service.reconcile();
        if (!reconciled)
            found.trouble = u"reconcile: "_s + reconciled.error().message + u' ' + reconciled.error().detail;
        else
            judge(service, ledger, found);
        return found;
    }

private:
    static experiment::Query query()
    {
        experiment::Query all;
        all.tenant = TestWorkspace::Tenant;
        return all;
    }

    void judge(experiment::ExperimentService &service, ledger::Ledger &ledger, Found &found) const
    {
        const auto experiments = service.list(query());
        Money sum = Money::fromMicro(100'000'000);
        for (const experiment::Experiment &one : *experiments) {
            found.end = experiment::stateWord(one.state) + u' ' + one.reasonCode;
            if (!isEnded(one.state) || !one.settled)
                found.trouble = u"not settled: "_s + found.end;
            if (one.state != experiment::State::Finished && experiment::reasonText(one).isEmpty())
                found.trouble = u"no reason: "_s + found.end;
            QStringList items;
            const auto bills = ledger.billsOf(one.tenant, one.id);
            for (const ledger::Bill &bill : *bills) {
                const QString item = QString::number(static_cast<int>(bill.item)) + bill.model;
                if (items.contains(item))
                    found.trouble = u"billed twice: "_s + item;
                items.append(item);
                sum = *sum.plus(bill.amount);
                if (bill.item == ledger::Item::InputTokens || bill.item == ledger::Item::OutputTokens)
                    found.tokens += bill.quantity;
            }
        }
        const auto account = ledger.account(TestWorkspace::Tenant);
        if (!account || !account->held.isZero() || account->balance != sum)
            found.trouble = u"the account: held %1, balance %2, bills %3"_s.arg(account->held.micro())
                                .arg(account->balance.micro())
                                .arg(sum.micro());
        const auto facts = service.runFacts({});
        const auto audit = facts ? ledger.audit({}, *facts) : Result<ledger::AuditReport>();
        if (!audit || !audit->isOk())
            found.trouble = u"the audit"_s;
        const auto again = service.reconcile();
        if (!again || !again->settled.isEmpty() || !again->lost.isEmpty())
            found.trouble = u"a second look changed something"_s;
    }

    Workspace m_workspace;
    LaterClock m_clock;
};

qint64 tokensIn(const QString &usage)
{
    qint64 sum = 0;
    for (const QJsonObject &call : callsIn(usage))
        sum += call[u"tokens_in"].toInteger() + call[u"tokens_out"].toInteger();
    return sum;
}

} // namespace

Q_DECLARE_METATYPE(Loss)

class PowerLoss : public QObject {
    Q_OBJECT

    std::unique_ptr<Lab> m_lab;
    QTemporaryDir m_folder;
    QString m_before; ///< the workspace before the run
    QString m_id;
    QList<Change> m_changes;

private slots:
    void initTestCase()
    {
        m_lab = std::make_unique<Lab>();
        QVERIFY(m_lab->isReady());
        m_before = m_folder.filePath(u"before"_s);
        const QString trace = m_folder.filePath(u"trace"_s);
        CliProgram &cli = m_lab->cli();
        QCOMPARE(QProcess::execute(u"/bin/cp"_s, {u"-a"_s, cli.workspace(), m_before}), 0);
        cli.setEnvironment(u"LD_PRELOAD"_s, QCoreApplication::applicationDirPath() + u"/disktrace.so"_s);
        cli.setEnvironment(u"SOCIETY_TEST_TRACE"_s, cli.workspace());
        cli.setEnvironment(u"SOCIETY_TEST_TRACE_FILE"_s, trace);
        const CliOutcome run = cli.json(Lab::runArguments(u"calls=3"_s) + QStringList{u"--wait"_s});
        QVERIFY2(run.code == 0, run.words().constData());
        m_id = run.object()[u"id"].toString();
        cli.setEnvironment(u"SOCIETY_TEST_TRACE_FILE"_s, m_folder.filePath(u"later"_s));
        QTRY_VERIFY_WITH_TIMEOUT(processesOf(cli.workspace()).isEmpty(), 20000);
        m_changes = readTrace(trace, cli.workspace());
        QCOMPARE(m_lab->wrongs(m_id), QString());
        // What is recorded is all that these programs wrote: put together again it is the same.
        FailingDisk disk(m_before, m_changes);
        for (const Change &change : std::as_const(m_changes))
            disk.apply(change);
        for (const char *name : {"record.json", "launch.json", "status.json", "usage.jsonl"}) {
            const QString path = u"runs/default/"_s + m_id + u'/' + QLatin1String(name);
            QFile file(cli.workspace() + u'/' + path);
            QVERIFY(file.open(QIODevice::ReadOnly));
            QCOMPARE(disk.left(path, Loss::None), file.readAll());
        }
        qInfo("%lld changes of files", static_cast<long long>(m_changes.size()));
        QVERIFY(m_changes.size() > 100);
        QVERIFY(setBootId("00000000-1111-2222-3333-444444444444"));
    }
    void cleanupTestCase() { m_lab.reset(); }

    void everyCut_data()
    {
        QTest::addColumn<Loss>("loss");
        QTest::newRow("nothing is lost") << Loss::None;
        QTest::newRow("what nobody synced is lost") << Loss::Unsynced;
        QTest::newRow("contents that nobody synced are lost") << Loss::Contents;
        QTest::newRow("the last write is torn") << Loss::LastWrite;
    }
    void everyCut()
    {
        QFETCH(Loss, loss);
        QRandomGenerator dice(1);
        const QString folder = m_folder.filePath(QString::number(static_cast<int>(loss)));
        QCOMPARE(QProcess::execute(u"/bin/cp"_s, {u"-a"_s, m_before, folder}), 0);
        const QString usage = u"/runs/default/"_s + m_id + u"/usage.jsonl"_s;
        FailingDisk disk(m_before, m_changes);
        QHash<QString, int> ends;
        bool begun = false;
        bool settled = false;
        for (qsizetype cut = 0; cut <= m_changes.size(); ++cut) {
            if (cut > 0)
                disk.apply(m_changes.at(cut - 1));
            QVERIFY(disk.write(folder, loss, dice.bounded(9)));
            const qint64 used = tokensIn(folder + usage);
            const Found found = Look(folder).look();
            const QByteArray where = "cut " + QByteArray::number(cut) + " after " +
                                     m_changes.value(cut - 1).path.toUtf8() + ": " + found.end.toUtf8() + "; " +
                                     found.trouble.toUtf8();
            QVERIFY2(found.trouble.isEmpty(), where.constData());
            QVERIFY2(found.tokens == used,
                (where + " billed " + QByteArray::number(found.tokens) + " of " + QByteArray::number(used))
                    .constData());
            // What was once promised stays so.
            QVERIFY2(found.begun || !begun, where.constData());
            QVERIFY2(found.wasSettled || !settled, where.constData());
            begun = found.begun;
            settled = found.wasSettled;
            ++ends[found.end];
        }
        qInfo() << ends;
        QVERIFY(settled);
        QVERIFY(ends.contains(u"lost lost_reboot"_s) && ends.contains(u"finished finished"_s) &&
                ends.contains(u"failed never_started"_s));
    }
};

int main(int argc, char **argv)
{
    return onMachineOfItsOwn([&] {
        QCoreApplication application(argc, argv);
        PowerLoss test;
        return QTest::qExec(&test, argc, argv);
    });
}
#include "tst_powerloss.moc"
