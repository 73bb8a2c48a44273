// SPDX-License-Identifier: GPL-3.0-or-later
// The window itself: opened twice on one workspace, killed, and opened again.
#include "tests/faults/machine/lab.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <csignal>

using namespace society::test;
using namespace Qt::StringLiterals;

class FaultWindow : public QObject {
    Q_OBJECT

    std::unique_ptr<Lab> m_lab;

    /// `variables` are added to its environment.
    std::unique_ptr<QProcess> open(const QProcessEnvironment &variables = {})
    {
        QProcessEnvironment environment = m_lab->cli().environment();
        environment.insert(variables);
        auto window = std::make_unique<QProcess>();
        window->setProcessEnvironment(environment);
        window->start(qEnvironmentVariable("SOCIETY_BIN") + u"/society-workbench"_s,
            {u"--workspace"_s, m_lab->cli().workspace()});
        return window;
    }
    static QString beside(const QString &name) { return QCoreApplication::applicationDirPath() + u'/' + name; }

    /// A window in which Start is pressed for a run of this name, and which dies at that change of a file of the
    /// workspace after the press.
    std::unique_ptr<QProcess> openAndStart(const QString &name, int dieAt)
    {
        const QString pressed = m_lab->cli().path(u"pressed"_s);
        QFile::remove(pressed);
        QProcessEnvironment variables;
        variables.insert(u"LD_PRELOAD"_s, beside(u"disktrace.so "_s) + beside(u"startpresser.so"_s));
        variables.insert(u"SOCIETY_TEST_START_NAME"_s, name);
        variables.insert(u"SOCIETY_TEST_PRESSED"_s, pressed);
        variables.insert(u"SOCIETY_TEST_TRACE"_s, m_lab->cli().workspace());
        variables.insert(u"SOCIETY_TEST_DIE_AT"_s, QString::number(dieAt));
        variables.insert(u"SOCIETY_TEST_DIE_FROM"_s, pressed);
        variables.insert(u"SOCIETY_TEST_DIE_NAME"_s, u"society-workbench"_s);
        return open(variables);
    }

    /// What the list of a window that is opened a minute and a half later shows once no run is under way any more.
    QStringList rowsOfTheNextWindow()
    {
        CliProgram &cli = m_lab->cli();
        QProcessEnvironment variables;
        variables.insert(u"LD_PRELOAD"_s, beside(u"shiftedclock.so "_s) + beside(u"startpresser.so"_s));
        variables.insert(u"SOCIETY_TEST_CLOCK"_s, cli.write(u"clock"_s, "0 0 90000"));
        variables.insert(u"SOCIETY_TEST_ROWS"_s, cli.path(u"rows"_s));
        const auto window = open(variables);
        QStringList rows;
        const auto isQuiet = [&] {
            QFile file(cli.path(u"rows"_s));
            rows = file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts)
                                                  : QStringList();
            return !rows.isEmpty() && std::none_of(rows.begin(), rows.end(), [](const QString &row) {
                const QStringList states{u"queued"_s, u"starting"_s, u"running"_s, u"stopping"_s};
                return states.contains(row.section(u'\t', 0, 0));
            });
        };
        const bool quiet = QTest::qWaitFor(isQuiet, 60000);
        window->kill();
        window->waitForFinished();
        return quiet ? rows : QStringList();
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

    /// While it shows a run, and while Start is pressed: it says what could not be done, begins nothing by half, lives
    /// on, and settles what ended meanwhile once it may open files again.
    void handlesUsedUp()
    {
        const QString id = m_lab->start(u"hold=stepping"_s);
        QVERIFY(m_lab->says(id, "step 2"));
        QProcessEnvironment variables;
        variables.insert(u"LD_PRELOAD"_s, beside(u"startpresser.so"_s));
        variables.insert(u"SOCIETY_TEST_START_NAME"_s, u"calls=1 with no handles"_s);
        const QString press = m_lab->cli().path(u"press"_s);
        variables.insert(u"SOCIETY_TEST_PRESS_AFTER"_s, press);
        const auto window = open(variables);
        QByteArray said;
        const auto says = [&](const QByteArray &words) {
            said += window->readAllStandardError();
            return said.contains(words);
        };
        QTRY_VERIFY2_WITH_TIMEOUT(says("can be pressed"), said.constData(), 60000);
        QVERIFY(limitFiles(window->processId(), 3));
        m_lab->cli().write(u"press"_s, "now");
        QTRY_VERIFY2_WITH_TIMEOUT(says("said: "), said.constData(), 60000);
        QVERIFY2(said.contains("too many files open") && said.contains("ulimit -n"), said.constData());
        m_lab->go(id);
        QTRY_VERIFY_WITH_TIMEOUT(m_lab->status(id).hasEnded(), 30000);
        QVERIFY(!ended(*window));
        QCOMPARE(bills(id), 0);
        QCOMPARE(m_lab->runs(), QStringList{id});
        QVERIFY(limitFiles(window->processId(), 1024));
        QTRY_COMPARE_WITH_TIMEOUT(bills(id), 3, 60000);
        QVERIFY(!ended(*window));
        window->kill();
        window->waitForFinished();
        QCOMPARE(m_lab->experiments(), QStringList{id});
        QCOMPARE(m_lab->shown(id)[u"state"].toString(), u"finished"_s);
        QCOMPARE(m_lab->wrongs(id), QString());
    }

    /// At one change after another of the files that a start writes: nothing was begun, or the next window says that it
    /// never started and gives the money back, or the run goes on; that window settles it by itself.
    void killedWhileItStarts()
    {
        int died = 0;
        for (bool lives = false; !lives; died += lives ? 0 : 1) {
            const QStringList before = m_lab->runs();
            const auto window = openAndStart(u"calls=1 dies %1"_s.arg(died), 1 + 6 * died);
            const auto begun = [&] {
                const QStringList runs = m_lab->runs();
                return std::any_of(runs.begin(), runs.end(),
                    [&](const QString &id) { return !before.contains(id) && m_lab->status(id).hasStarted(); });
            };
            QTRY_VERIFY_WITH_TIMEOUT(ended(*window) || begun(), 60000);
            (void)QTest::qWaitFor([&] { return ended(*window); }, 1000); // in what follows the runner's start
            lives = !ended(*window);
            window->kill();
            window->waitForFinished();
        }
        QVERIFY2(died > 5, qPrintable(QString::number(died)));
        for (const QString &id : m_lab->runs())
            QTRY_VERIFY_WITH_TIMEOUT(!m_lab->status(id).hasStarted() || m_lab->status(id).hasEnded(), 30000);
        const QStringList rows = rowsOfTheNextWindow();
        // It has left nothing to be settled by others.
        const QJsonObject looked = m_lab->cli().json({u"reconcile"_s}).object();
        QVERIFY2(looked[u"settled"].toArray().isEmpty() && looked[u"lost"].toArray().isEmpty(),
            QJsonDocument(looked).toJson().constData());
        const QStringList all = m_lab->experiments();
        QCOMPARE(rows.size(), all.size());
        QHash<QString, int> ends{{u"nothing begun"_s, died + 1 - static_cast<int>(all.size())}};
        for (const QString &id : all) {
            const QJsonObject shown = m_lab->shown(id);
            ++ends[shown[u"reason_code"].toString()];
            QCOMPARE(m_lab->wrongs(id), QString());
            const auto isShown = [&](const QString &row) {
                return row.contains(shown[u"name"].toString()) && row.contains(shown[u"reason"].toString());
            };
            QVERIFY2(std::any_of(rows.begin(), rows.end(), isShown), qPrintable(rows.join(u'\n')));
        }
        qInfo() << ends;
        for (const QString &end : {u"nothing begun"_s, u"never_started"_s, u"finished"_s})
            QVERIFY2(ends.value(end) > 0, qPrintable(end));
    }
};

QTEST_GUILESS_MAIN(FaultWindow)
#include "tst_faultwindow.moc"
