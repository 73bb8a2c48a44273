// SPDX-License-Identifier: GPL-3.0-or-later
// Clocks that are set, a machine that sleeps or is restarted, and runs that stand still: who waits for what, and what
// the user is told.
#include "services/core/files.h"
#include "tests/faults/machine/lab.h"
#include "tests/faults/machine/ownmachine.h"
#include "tests/support/testworkspace.h"

#include <QElapsedTimer>
#include <QTest>

#include <csignal>

using namespace society;
using namespace society::test;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 hour = 3'600'000;

/// A run that stays in one phase, and a clock that is its keeper's alone.
struct Staying {
    QString phase;  ///< as the runner of these tests calls it
    qint64 minutes; ///< the phase's limit in services/agentsociety/launch.cpp
    QString id = {};
    QString clock = {};
};

} // namespace

class FaultClocks : public QObject {
    Q_OBJECT

    std::unique_ptr<Lab> m_lab;
    QString m_clock;

    void setClock(qint64 wall, qint64 slept, qint64 later = 0) const
    {
        QVERIFY(writeFileAtomically(m_clock, u"%1 %2 %3"_s.arg(wall).arg(slept).arg(later).toLatin1()));
    }
    /// From now on programs see that clock, or the true one.
    void useClock(bool use)
    {
        CliProgram &cli = m_lab->cli();
        cli.setEnvironment(
            u"LD_PRELOAD"_s, use ? QCoreApplication::applicationDirPath() + u"/shiftedclock.so"_s : QString());
        cli.setEnvironment(u"SOCIETY_TEST_CLOCK"_s, m_clock);
    }
    QJsonArray warnings(const QString &id) const { return m_lab->shown(id)[u"warnings"].toArray(); }
    /// The keeper has looked at least once since this heartbeat.
    bool looks(const QString &id, const QDateTime &before) const
    {
        return QTest::qWaitFor([&] { return m_lab->status(id).heartbeatAt != before; }, 30000);
    }
    bool looks(const QString &id) const { return looks(id, m_lab->status(id).heartbeatAt); }

    /// Starts a run for each of the seven phases, which it does not leave. `how`: hold or slow.
    QList<Staying> stayInEachPhase(const QString &how)
    {
        QList<Staying> all{{u"starting"_s, 2}, {u"database"_s, 1}, {u"llm"_s, 1}, {u"environment"_s, 3},
            {u"agents"_s, 10}, {u"workflow"_s, 10}, {u"closing"_s, 2}};
        for (Staying &one : all) {
            m_clock = one.clock = m_lab->cli().path(u"clock-"_s + one.phase);
            setClock(0, 0);
            useClock(true); // the keeper's
            one.id = m_lab->start(how + u'=' + one.phase);
        }
        useClock(false);
        return all;
    }
    /// Every run is in its phase.
    bool areThere(const QList<Staying> &all) const
    {
        return std::all_of(all.begin(), all.end(), [this](const Staying &one) {
            const QString phase = one.phase == u"starting"_s ? u"runner"_s : one.phase;
            return QTest::qWaitFor([&] { return m_lab->status(one.id).phase == phase; }, 30000);
        });
    }
    /// It is so many times its phase's limit later for each.
    void setClocks(const QList<Staying> &all, double limits)
    {
        for (const Staying &one : all) {
            m_clock = one.clock;
            setClock(0, 0, static_cast<qint64>(limits * static_cast<double>(one.minutes * 60'000)));
        }
    }

private slots:
    void init()
    {
        m_lab = std::make_unique<Lab>();
        QVERIFY(m_lab->isReady());
        m_clock = m_lab->cli().path(u"clock"_s);
        setClock(0, 0);
    }
    void cleanup() { m_lab.reset(); }

    void clockIsSet_data()
    {
        QTest::addColumn<qint64>("wall");
        QTest::addColumn<qint64>("slept");
        QTest::addColumn<bool>("stops");
        QTest::newRow("back by two hours") << -2 * hour << qint64(0) << false;
        QTest::newRow("forward by two days") << 48 * hour << qint64(0) << false;
        QTest::newRow("back by two hours, then stopped") << -2 * hour << qint64(0) << true;
        QTest::newRow("forward by two days, then stopped") << 48 * hour << qint64(0) << true;
        QTest::newRow("the machine sleeps") << qint64(0) << 3 * hour << false;
    }
    /// In the middle of a run: it is not ended, not billed for what it did not run, and stops when asked.
    void clockIsSet()
    {
        QFETCH(qint64, wall);
        QFETCH(qint64, slept);
        QFETCH(bool, stops);
        useClock(true);
        QElapsedTimer timer;
        timer.start();
        const QString id = m_lab->start(u"hold=stepping"_s);
        QVERIFY(m_lab->says(id, "step 2"));
        setClock(wall, slept);
        QVERIFY(looks(id));
        QCOMPARE(m_lab->shown(id)[u"state"].toString(), u"running"_s);
        if (stops)
            QCOMPARE(m_lab->cli().run({u"stop"_s, id}).code, 0);
        else
            m_lab->go(id);
        QVERIFY(m_lab->settles());
        QCOMPARE(m_lab->shown(id)[u"state"].toString(), stops ? u"stopped"_s : u"finished"_s);
        QCOMPARE(m_lab->wrongs(id), QString());
        const executor::RunStatus status = m_lab->status(id);
        QVERIFY2(status.runMs >= 0 && status.runMs <= timer.elapsed(), qPrintable(QString::number(status.runMs)));
        QVERIFY(qAbs(status.suspendedMs - slept) < 1000);
        QVERIFY(status.warnings.isEmpty());
        const QJsonArray bills = m_lab->cli().json({u"bills"_s, u"--experiment"_s, id}).object()[u"bills"].toArray();
        for (const QJsonValue &bill : bills)
            if (bill.toObject()[u"item"] == u"run_time"_s)
                QCOMPARE(bill.toObject()[u"quantity"].toInteger(), status.runMs);
    }

    /// With the clock set back before anything was made: prices and keys that are "not yet" valid stop nobody.
    void startsWithAClockSetBack()
    {
        useClock(true);
        setClock(-24 * hour, 0);
        const QString id = m_lab->start(u"calls=1"_s);
        QVERIFY(!id.isEmpty());
        QVERIFY(m_lab->settles());
        QCOMPARE(m_lab->shown(id)[u"state"].toString(), u"finished"_s);
        QCOMPARE(m_lab->wrongs(id), QString());
    }

    void reboot()
    {
        const QString id = m_lab->start(u"hold=stepping"_s);
        QVERIFY(m_lab->says(id, "step 2"));
        QTRY_COMPARE_WITH_TIMEOUT(callsIn(m_lab->directory(id) + u"/usage.jsonl"_s).size(), 3, 20000);
        QList<qint64> all;
        for (const QString &name : {u"guard"_s, u"keeper"_s, u"gateway"_s, u"runner"_s, u"simulator"_s}) {
            qint64 pid = 0;
            QTRY_VERIFY((pid = m_lab->process(id, name)) > 0);
            all.append(pid);
        }
        for (const qint64 pid : std::as_const(all))
            ::kill(static_cast<pid_t>(pid), SIGKILL);
        QVERIFY(setBootId("00000000-1111-2222-3333-444444444444"));
        QVERIFY(m_lab->settles());
        QVERIFY(setBootId({}));
        const QJsonObject shown = m_lab->shown(id);
        QCOMPARE(shown[u"state"].toString(), u"lost"_s);
        QCOMPARE(shown[u"reason_code"].toString(), u"lost_reboot"_s);
        QCOMPARE(m_lab->wrongs(id), QString());
    }

    /// A runner that hangs, in each phase: after the phase's limit and no sooner the user is told, and chooses.
    void standsStill()
    {
        const QList<Staying> all = stayInEachPhase(u"hold"_s);
        QVERIFY(areThere(all));
        setClocks(all, 0.5);
        for (const Staying &one : all)
            QVERIFY(looks(one.id) && m_lab->status(one.id).warnings.isEmpty());
        setClocks(all, 2);
        for (const Staying &one : all) {
            QTRY_COMPARE_WITH_TIMEOUT(m_lab->status(one.id).warnings.value(0).code, u"stalled"_s, 20000);
            QCOMPARE(m_lab->status(one.id).outcome, executor::Outcome::None); // the user chooses
            const CliOutcome told = m_lab->cli().run({u"status"_s, one.id});
            QVERIFY2(told.out.contains("no sign of life") && told.out.contains("wait, or stop it"),
                told.words().constData());
            m_lab->go(one.id);
        }
        QVERIFY(m_lab->settles());
        for (const Staying &one : all) {
            QCOMPARE(m_lab->shown(one.id)[u"state"].toString(), u"finished"_s);
            QCOMPARE(m_lab->wrongs(one.id), QString());
        }
    }

    void isStoppedWhereItStandsStill()
    {
        useClock(true);
        const QString id = m_lab->start(u"hold=llm"_s);
        useClock(false);
        QTRY_COMPARE_WITH_TIMEOUT(m_lab->status(id).phase, u"llm"_s, 20000);
        setClock(0, 0, 10 * 60'000);
        QTRY_COMPARE_WITH_TIMEOUT(m_lab->status(id).warnings.value(0).code, u"stalled"_s, 20000);
        // Stopped is one of the choices.
        QCOMPARE(m_lab->cli().run({u"stop"_s, id}).code, 0);
        QVERIFY(m_lab->settles());
        QCOMPARE(m_lab->shown(id)[u"reason_code"].toString(), u"stopped_user"_s);
        QCOMPARE(m_lab->wrongs(id), QString());
    }

    /// In each phase seven times its limit, with some lines in every half of it: slow is not stalled.
    void slowIsNotStalled()
    {
        const QList<Staying> all = stayInEachPhase(u"slow"_s);
        QVERIFY(areThere(all));
        for (int i = 1; i <= 16; ++i) {
            QList<std::pair<QDateTime, qsizetype>> before;
            for (const Staying &one : all)
                before.append({m_lab->status(one.id).heartbeatAt, m_lab->log(one.id).size()});
            setClocks(all, i * 0.45);
            for (qsizetype at = 0; at < all.size(); ++at) {
                QVERIFY(looks(all[at].id, before[at].first));
                QTRY_VERIFY_WITH_TIMEOUT(m_lab->log(all[at].id).size() > before[at].second + 100, 20000);
            }
        }
        for (const Staying &one : all) {
            QVERIFY2(m_lab->status(one.id).warnings.isEmpty(), qPrintable(one.phase));
            QVERIFY(!m_lab->cli().run({u"status"_s, one.id}).out.contains("no sign of life"));
            m_lab->go(one.id);
        }
        QVERIFY(m_lab->settles());
        for (const Staying &one : all) {
            QCOMPARE(m_lab->shown(one.id)[u"state"].toString(), u"finished"_s);
            QVERIFY2(m_lab->status(one.id).warnings.isEmpty(), qPrintable(one.phase));
            QVERIFY2(m_lab->status(one.id).runMs > 7 * one.minutes * 60'000, qPrintable(one.phase));
            QCOMPARE(m_lab->wrongs(one.id), QString());
        }
    }
};

int main(int argc, char **argv)
{
    return onMachineOfItsOwn([&] {
        QCoreApplication application(argc, argv);
        FaultClocks test;
        return QTest::qExec(&test, argc, argv);
    });
}
#include "tst_faultclocks.moc"
