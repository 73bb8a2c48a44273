// SPDX-License-Identifier: GPL-3.0-or-later
// The window itself: opened twice on one workspace, killed, and opened again.
#include "tests/faults/machine/lab.h"

#include <QTest>

#include <csignal>

using namespace society::test;
using namespace Qt::StringLiterals;

class FaultWindow : public QObject {
    Q_OBJECT

    std::unique_ptr<Lab> m_lab;

    std::unique_ptr<QProcess> open()
    {
        auto window = std::make_unique<QProcess>();
        window->setProcessEnvironment(m_lab->cli().environment());
        window->start(qEnvironmentVariable("SOCIETY_BIN") + u"/society-workbench"_s,
            {u"--workspace"_s, m_lab->cli().workspace()});
        return window;
    }
    /// Bills of a run, without a look at its state that would settle it.
    int bills(const QString &id)
    {
        return m_lab->cli().json({u"bills"_s, u"--experiment"_s, id}).object()[u"total"].toInt(-1);
    }
    static bool ended(const QProcess &process) { return process.state() == QProcess::NotRunning; }

private slots:
    void init()
    {
        m_lab = std::make_unique<Lab>();
        QVERIFY(m_lab->isReady());
    }
    void cleanup() { m_lab.reset(); }

    void openedTwice()
    {
        const auto first = open();
        // It is up when it has settled a run that nobody else looks at.
        const QString id = m_lab->start(u"calls=1"_s);
        QTRY_COMPARE_WITH_TIMEOUT(bills(id), 3, 60000);
        const auto second = open();
        QTRY_VERIFY_WITH_TIMEOUT(ended(*second), 60000);
        QCOMPARE(second->exitCode(), 0);
        QVERIFY(!second->readAllStandardError().contains("society-workbench: ")); // it raises the first, and is content
        QVERIFY(!ended(*first));
        // Several at the same moment: one of them stays.
        ::kill(static_cast<pid_t>(first->processId()), SIGKILL);
        QTRY_VERIFY_WITH_TIMEOUT(ended(*first), 10000);
        const std::array windows{open(), open(), open()};
        const auto left = [&] {
            return std::count_if(windows.begin(), windows.end(), [](const auto &window) { return !ended(*window); });
        };
        QTRY_COMPARE_WITH_TIMEOUT(left(), 1, 60000);
        const QString other = m_lab->start(u"calls=1"_s);
        QTRY_COMPARE_WITH_TIMEOUT(bills(other), 3, 60000);
        QCOMPARE(left(), 1);
        for (const auto &window : windows)
            window->kill();
        for (const auto &window : windows)
            window->waitForFinished();
        for (const QString &one : {id, other})
            QCOMPARE(m_lab->wrongs(one), QString());
    }

    void killed_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("until");
        QTest::newRow("starting") << u"hold=starting"_s << QByteArray();
        QTest::newRow("stepping") << u"hold=stepping"_s << QByteArray("step 2");
        QTest::newRow("settling") << u"hold=closing"_s << QByteArray("Closing agent groups");
    }
    /// What was under way goes on, and the next window settles it by itself.
    void killed()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, until);
        auto window = open();
        const QString before = m_lab->start(u"calls=1"_s);
        QTRY_COMPARE_WITH_TIMEOUT(bills(before), 3, 60000);
        const QString id = m_lab->start(name);
        QVERIFY(m_lab->says(id, until));
        if (name == u"hold=closing"_s) { // the end and the kill at the same time
            m_lab->go(id);
            QTRY_VERIFY_WITH_TIMEOUT(m_lab->status(id).hasEnded(), 30000);
        }
        ::kill(static_cast<pid_t>(window->processId()), SIGKILL);
        QTRY_VERIFY_WITH_TIMEOUT(ended(*window), 10000);
        m_lab->go(id);
        QTRY_VERIFY_WITH_TIMEOUT(m_lab->status(id).hasEnded(), 30000);
        window = open();
        QTRY_COMPARE_WITH_TIMEOUT(bills(id), 3, 60000);
        window->kill();
        window->waitForFinished();
        QCOMPARE(m_lab->shown(id)[u"state"].toString(), u"finished"_s);
        QCOMPARE(m_lab->wrongs(id), QString());
    }
};

QTEST_GUILESS_MAIN(FaultWindow)
#include "tst_faultwindow.moc"
