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

#include <csignal>

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

/// What the programs wrote for one run.
struct Recording {
    QString before; ///< the workspace before the run
    QString id;
    QList<Change> changes;
};

class PowerLoss : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::unique_ptr<Lab> m_lab;
    QHash<QString, Recording> m_recordings; ///< by the state in which the run ends, or `window`

    /// A keeper waits for the window's next run. It is known by what it has inherited.
    bool keeperWaits() const
    {
        const QByteArray trace = m_lab->cli().environment().value(u"SOCIETY_TEST_TRACE_FILE"_s).toLocal8Bit();
        const QStringList pids = QDir(u"/proc"_s).entryList({u"[0-9]*"_s}, QDir::Dirs);
        return std::any_of(pids.begin(), pids.end(), [&](const QString &pid) {
            QFile command(u"/proc/%1/cmdline"_s.arg(pid));
            QFile environment(u"/proc/%1/environ"_s.arg(pid));
            return command.open(QIODevice::ReadOnly) && command.readAll().contains("--wait") &&
                   environment.open(QIODevice::ReadOnly) && environment.readAll().contains(trace);
        });
    }

    /// Starts a run that stands still at its third step; its id, empty where that failed. In the window its keeper is
    /// one that has waited for it.
    QString standsStill(bool inWindow, QProcess &starter)
    {
        CliProgram &cli = m_lab->cli();
        QProcessEnvironment environment = cli.environment();
        if (inWindow) {
            environment.insert(
                u"LD_PRELOAD"_s, environment.value(u"LD_PRELOAD"_s) + u' ' + beside(u"startpresser.so"_s));
            environment.insert(u"SOCIETY_TEST_START_NAME"_s, u"hold=stepping"_s);
            environment.insert(u"SOCIETY_TEST_PRESS_AFTER"_s, cli.path(u"press"_s));
        }
        starter.setProcessEnvironment(environment);
        const QString bin = qEnvironmentVariable("SOCIETY_BIN");
        const QStringList where{u"--workspace"_s, cli.workspace()};
        if (inWindow)
            starter.start(bin + u"/society-workbench"_s, where);
        else
            starter.start(
                bin + u"/society-cli"_s, where + Lab::runArguments(u"hold=stepping"_s) + QStringList{u"--wait"_s});
        if (inWindow && !QTest::qWaitFor([this] { return keeperWaits(); }, 60000))
            return {};
        cli.write(u"press"_s, "now");
        if (!QTest::qWaitFor([&] { return !m_lab->runs().isEmpty(); }, 60000))
            return {};
        const QString id = m_lab->runs().first();
        if (!m_lab->says(id, "step 2"))
            return {};
        QFile command(u"/proc/%1/cmdline"_s.arg(m_lab->status(id).keeper.pid));
        const bool hasWaited = command.open(QIODevice::ReadOnly) && command.readAll().contains("--wait");
        return hasWaited == inWindow ? id : QString();
    }
    static QString beside(const QString &name) { return QCoreApplication::applicationDirPath() + u'/' + name; }

    void record(const QString &kind);

    static QStringList kinds()
    {
        QStringList all{u"finished"_s, u"stopped"_s, u"failed"_s};
#ifdef SOCIETY_WIDGETS
        all.append(u"window"_s);
#endif
        return all;
    }

private slots:
    void initTestCase()
    {
        for (const QString &kind : kinds()) {
            record(kind);
            if (QTest::currentTestFailed())
                return;
        }
        m_lab.reset();
        QVERIFY(setBootId("00000000-1111-2222-3333-444444444444"));
    }

    void everyCut_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<Loss>("loss");
        for (const QString &kind : kinds()) {
            const QByteArray name = kind.toLatin1();
            QTest::addRow("%s: nothing is lost", name.constData()) << kind << Loss::None;
            QTest::addRow("%s: what nobody synced is lost", name.constData()) << kind << Loss::Unsynced;
            QTest::addRow("%s: contents that nobody synced are lost", name.constData()) << kind << Loss::Contents;
            QTest::addRow("%s: the last write is torn", name.constData()) << kind << Loss::LastWrite;
        }
    }
    void everyCut()
    {
        QFETCH(QString, kind);
        QFETCH(Loss, loss);
        const Recording &recording = m_recordings[kind];
        QRandomGenerator dice(1);
        const QString folder = m_folder.filePath(kind + QString::number(static_cast<int>(loss)));
        QCOMPARE(QProcess::execute(u"/bin/cp"_s, {u"-a"_s, recording.before, folder}), 0);
        const QString usage = u"/runs/default/"_s + recording.id + u"/usage.jsonl"_s;
        FailingDisk disk(recording.before, recording.changes);
        QHash<QString, int> ends;
        bool begun = false;
        bool settled = false;
        for (qsizetype cut = 0; cut <= recording.changes.size(); ++cut) {
            if (cut > 0)
                disk.apply(recording.changes.at(cut - 1));
            QVERIFY(disk.write(folder, loss, dice.bounded(9)));
            const qint64 used = tokensIn(folder + usage);
            const Found found = Look(folder).look();
            const QByteArray where = "cut " + QByteArray::number(cut) + " after " +
                                     recording.changes.value(cut - 1).path.toUtf8() + ": " + found.end.toUtf8() + "; " +
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
        const QString end = kind == u"stopped"  ? u"stopped stopped_user"_s
                            : kind == u"failed" ? u"failed signal"_s
                                                : u"finished finished"_s;
        for (const QString &one : {u"lost lost_reboot"_s, u"failed never_started"_s, end})
            QVERIFY2(ends.contains(one), qPrintable(one));
        QVERIFY(QDir(folder).removeRecursively());
    }
};

void PowerLoss::record(const QString &kind)
{
    m_lab = std::make_unique<Lab>();
    QVERIFY(m_lab->isReady());
    CliProgram &cli = m_lab->cli();
    Recording recording{m_folder.filePath(kind + u"-before"_s), {}, {}};
    const QString trace = m_folder.filePath(kind + u"-trace"_s);
    QCOMPARE(QProcess::execute(u"/bin/cp"_s, {u"-a"_s, cli.workspace(), recording.before}), 0);
    cli.setEnvironment(u"LD_PRELOAD"_s, beside(u"disktrace.so"_s));
    cli.setEnvironment(u"SOCIETY_TEST_TRACE"_s, cli.workspace());
    cli.setEnvironment(u"SOCIETY_TEST_TRACE_FILE"_s, trace);
    QProcess starter;
    recording.id = standsStill(kind == u"window", starter);
    QVERIFY2(!recording.id.isEmpty(), starter.readAllStandardError().constData());
    if (kind == u"stopped")
        QCOMPARE(cli.run({u"stop"_s, recording.id}).code, 0);
    else if (kind == u"failed")
        ::kill(static_cast<pid_t>(m_lab->process(recording.id, u"runner"_s)), SIGKILL);
    else
        m_lab->go(recording.id);
    if (kind == u"window") {
        const auto bills = [&] {
            return cli.json({u"bills"_s, u"--experiment"_s, recording.id}).object()[u"total"].toInt();
        };
        QTRY_COMPARE_WITH_TIMEOUT(bills(), 3, 60000);
        starter.kill();
    }
    QTRY_VERIFY_WITH_TIMEOUT(starter.state() == QProcess::NotRunning, 60000);
    cli.setEnvironment(u"SOCIETY_TEST_TRACE_FILE"_s, m_folder.filePath(u"later"_s));
    QTRY_VERIFY_WITH_TIMEOUT(processesOf(cli.workspace()).isEmpty(), 20000);
    recording.changes = readTrace(trace, cli.workspace());
    QCOMPARE(m_lab->wrongs(recording.id), QString());
    // What is recorded is all that these programs wrote: put together again it is the same.
    FailingDisk disk(recording.before, recording.changes);
    for (const Change &change : std::as_const(recording.changes))
        disk.apply(change);
    for (const char *name : {"record.json", "launch.json", "status.json", "usage.jsonl"}) {
        const QString path = u"runs/default/"_s + recording.id + u'/' + QLatin1String(name);
        QFile file(cli.workspace() + u'/' + path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(disk.left(path, Loss::None), file.readAll());
    }
    qInfo("%s: %lld changes of files", qPrintable(kind), static_cast<long long>(recording.changes.size()));
    QVERIFY(recording.changes.size() > 100);
    m_recordings.insert(kind, recording);
}

int main(int argc, char **argv)
{
    return onMachineOfItsOwn([&] {
        QCoreApplication application(argc, argv);
        PowerLoss test;
        return QTest::qExec(&test, argc, argv);
    });
}
#include "tst_powerloss.moc"
