// SPDX-License-Identifier: GPL-3.0-or-later
// kill -9 of every process of a run at every moment, and of every two of them: afterwards the state is the true one,
// the log is whole, the bill is right and written once, and nothing is left running.
#include "tests/faults/machine/lab.h"

#include <QTest>

#include <csignal>

using namespace society;
using namespace society::test;
using namespace Qt::StringLiterals;

namespace {

/// One run and what is killed of it, when.
struct Case {
    QStringList killed;
    QString moment; ///< starting, stepping, settling: as the runner's words for where it holds
    QString id;
    std::unique_ptr<QProcess> window;

    [[nodiscard]] QByteArray name() const { return (killed.join(u" and "_s) + u", "_s + moment).toLatin1(); }
    /// Where the runner stands still. Its city comes up later than the rest.
    [[nodiscard]] QString hold() const
    {
        if (moment == u"stepping")
            return moment;
        if (moment == u"settling")
            return u"closing"_s;
        return killed.contains(u"simulator"_s) ? u"environment"_s : u"starting"_s;
    }
    [[nodiscard]] QByteArray lineBefore() const
    {
        return moment == u"stepping"             ? "step 2"
               : moment == u"settling"           ? "Closing agent groups"
               : killed.contains(u"simulator"_s) ? "Initializing environment"
                                                 : "";
    }
    /// The state and the reason that are true afterwards. The window is nobody's business; what killed first decides.
    [[nodiscard]] QStringList ends() const
    {
        if (killed.contains(u"keeper"_s))
            return {u"lost lost_keeper"_s};
        QStringList all;
        if (killed.contains(u"gateway"_s))
            all.append(u"failed companion_died"_s);
        if (killed.contains(u"runner"_s))
            all.append(u"failed signal"_s);
        if (all.isEmpty() && killed.contains(u"simulator"_s) && moment != u"settling")
            all.append(u"failed simulator_gone"_s);
        return all.isEmpty() ? QStringList{u"finished finished"_s} : all;
    }
};

} // namespace

class FaultKills : public QObject {
    Q_OBJECT

    std::unique_ptr<Lab> m_lab;
    std::vector<Case> m_cases;

    void add(const QStringList &killed, const QString &moment)
    {
        Case made{killed, moment, {}, {}};
        m_cases.push_back(std::move(made));
    }

    /// Starts the run of a case, as a window does that waits for its end.
    bool start(Case &one)
    {
        const QStringList before = m_lab->runs();
        one.window = m_lab->cli().start(Lab::runArguments(u"hold="_s + one.hold()) + QStringList{u"--wait"_s});
        const auto appears = [&] {
            for (const QString &id : m_lab->runs())
                if (!before.contains(id) && m_lab->status(id).hasStarted())
                    one.id = id;
            return !one.id.isEmpty();
        };
        return QTest::qWaitFor(appears, 60000) && m_lab->says(one.id, one.lineBefore());
    }

    bool kill(const Case &one)
    {
        QList<qint64> pids;
        for (const QString &name : one.killed) {
            qint64 pid = name == u"window" ? one.window->processId() : 0;
            if (pid == 0 && !QTest::qWaitFor([&] { return (pid = m_lab->process(one.id, name)) > 0; }, 20000))
                return false;
            pids.append(pid);
        }
        for (const qint64 pid : pids)
            ::kill(static_cast<pid_t>(pid), SIGKILL);
        return true;
    }

private slots:
    void initTestCase();
    void endsAsItShould_data();
    void endsAsItShould();
    void cleanupTestCase() { m_lab.reset(); }
};

/// All at once: forty-eight runs one after the other would take many minutes.
void FaultKills::initTestCase()
{
    m_lab = std::make_unique<Lab>();
    QVERIFY(m_lab->isReady());
    const QStringList processes{u"window"_s, u"keeper"_s, u"gateway"_s, u"runner"_s, u"simulator"_s};
    for (const QString &moment : {u"starting"_s, u"stepping"_s, u"settling"_s}) {
        for (qsizetype i = 0; i < processes.size(); ++i) {
            add({processes[i]}, moment);
            for (qsizetype j = i + 1; j < processes.size(); ++j)
                add({processes[i], processes[j]}, moment);
        }
        add({u"keeper"_s, u"guard"_s}, moment);
    }
    for (Case &one : m_cases)
        QVERIFY2(start(one), (one.name() + m_lab->log(one.id)).constData());
    for (const Case &one : m_cases)
        QVERIFY2(kill(one), one.name().constData());
    // A dead simulator is only noticed while the runner goes on waiting; all others have nothing to wait for.
    for (const Case &one : m_cases)
        if (one.ends() != QStringList{u"failed simulator_gone"_s})
            m_lab->go(one.id);
    QVERIFY(m_lab->settles());
    for (Case &one : m_cases) {
        if (!one.killed.contains(u"window"_s))
            QTRY_VERIFY2_WITH_TIMEOUT(one.window->state() == QProcess::NotRunning, one.name().constData(), 60000);
    }
}

void FaultKills::endsAsItShould_data()
{
    QTest::addColumn<int>("index");
    for (std::size_t i = 0; i < m_cases.size(); ++i)
        QTest::newRow(m_cases[i].name().constData()) << static_cast<int>(i);
}

void FaultKills::endsAsItShould()
{
    QFETCH(int, index);
    const Case &one = m_cases.at(static_cast<std::size_t>(index));
    const QJsonObject shown = m_lab->shown(one.id);
    const QString end = shown[u"state"].toString() + u' ' + shown[u"reason_code"].toString();
    QVERIFY2(one.ends().contains(end), qPrintable(end + u' ' + shown[u"reason"].toString()));
    QCOMPARE(m_lab->wrongs(one.id), QString());
    // What was asked was billed, whoever died: nothing was in flight.
    if (one.moment != u"starting")
        QCOMPARE(shown[u"calls"].toInt(), 3);
    for (const qint64 pid : {qint64(m_lab->status(one.id).keeper.pid), qint64(m_lab->status(one.id).runner.pid)})
        QVERIFY(!executor::processIdentity(pid));
}

QTEST_GUILESS_MAIN(FaultKills)
#include "tst_faultkills.moc"
