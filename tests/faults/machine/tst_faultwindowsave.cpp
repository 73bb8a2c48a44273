// SPDX-License-Identifier: GPL-3.0-or-later
// The window itself saves a log, by what a person presses, and is killed meanwhile.
#include "tests/faults/machine/lab.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace society::test;
using namespace Qt::StringLiterals;

class FaultWindowSave : public QObject {
    Q_OBJECT

    static constexpr int Megabytes = 64;
    static constexpr qint64 Block = 1024 * 1024; // bytes that a save writes at a time
    static constexpr int Blocks = Megabytes;

    std::unique_ptr<Lab> m_lab;
    QByteArray m_log; // what the run wrote

    QString folder() const { return m_lab->cli().path(u"saved"_s); }
    QString target() const { return folder() + u"/saved.txt"_s; }
    QByteArray saved() const
    {
        QFile file(target());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    /// What the window had written to the folder when it was killed, a little more.
    qint64 writtenBytes() const { return QFileInfo(trace()).size(); }
    QString trace() const { return m_lab->cli().path(u"trace"_s); }
    /// Names of what is in the folder.
    QStringList found() const { return QDir(folder()).entryList(QDir::Files | QDir::Hidden); }

    /// Opens the window, which saves the log. It is killed at the `dieAt`-th change of a file there; 0: never.
    std::unique_ptr<QProcess> save(int dieAt)
    {
        const QString beside = QCoreApplication::applicationDirPath();
        QProcessEnvironment environment = m_lab->cli().environment();
        environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
        environment.insert(u"LD_PRELOAD"_s, beside + u"/disktrace.so "_s + beside + u"/savepresser.so"_s);
        environment.insert(u"SOCIETY_TEST_TRACE"_s, folder());
        environment.insert(u"SOCIETY_TEST_TRACE_FILE"_s, trace());
        environment.insert(u"SOCIETY_TEST_DIE_AT"_s, QString::number(dieAt));
        environment.insert(u"SOCIETY_TEST_SAVE_AS"_s, target());
        auto window = std::make_unique<QProcess>();
        window->setProcessEnvironment(environment);
        window->start(qEnvironmentVariable("SOCIETY_BIN") + u"/society-workbench"_s,
            {u"--workspace"_s, m_lab->cli().workspace()});
        return window;
    }

private slots:
    void initTestCase()
    {
        m_lab = std::make_unique<Lab>();
        QVERIFY(m_lab->isReady());
        const QString id = m_lab->start(u"calls=1"_s);
        QVERIFY(m_lab->settles());
        // A long one, as if it had gone on.
        QFile log(m_lab->directory(id) + u"/log.txt"_s);
        QVERIFY(log.open(QIODevice::ReadWrite));
        m_log = log.readAll();
        QVERIFY(!m_log.isEmpty());
        for (int i = 0; m_log.size() < (qsizetype(Megabytes) << 20); ++i)
            m_log += "2026-11-24 02:03:25,086 - agentsociety - INFO - line " + QByteArray::number(i) + '\n';
        QVERIFY(log.resize(0) && log.seek(0));
        QCOMPARE(log.write(m_log), m_log.size());
    }
    void cleanupTestCase() { m_lab.reset(); }

    void init() { QVERIFY(QDir().mkpath(folder())); }
    void cleanup()
    {
        QVERIFY(QDir(folder()).removeRecursively());
        QFile::remove(trace());
    }

    void killedMeanwhile_data()
    {
        QTest::addColumn<int>("dieAt");
        QTest::newRow("before it begins") << 1;
        QTest::newRow("at its beginning") << 2;
        QTest::newRow("in its middle") << Blocks / 2;
        QTest::newRow("near its end") << Blocks;
    }
    void killedMeanwhile()
    {
        QFETCH(int, dieAt);
        auto window = save(dieAt);
        QTRY_COMPARE_WITH_TIMEOUT(window->state(), QProcess::NotRunning, 60000);
        QVERIFY2(window->exitStatus() == QProcess::CrashExit, window->readAllStandardError().constData());
        QVERIFY(!QFile::exists(target()));
        QVERIFY2(writtenBytes() >= (dieAt - 2) * Block, qPrintable(QString::number(writtenBytes())));
        // Nothing is left, or (without files that have no name) a beginning of the log that is told by its name.
        const QStringList left = found();
        QVERIFY2(left.size() <= 1, qPrintable(left.join(u' ')));
        for (const QString &name : left) {
            QVERIFY2(name.startsWith(u"saved.txt."_s), qPrintable(name));
            QFile part(folder() + u'/' + name);
            QVERIFY(part.open(QIODevice::ReadOnly));
            QVERIFY(part.size() < m_log.size());
            QVERIFY(m_log.startsWith(part.readAll()));
        }
        // Opened again, it saves all that the runner wrote.
        window = save(0);
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(target()), 60000); // whole from its first moment on
        const QByteArray copy = saved();
        window->kill();
        window->waitForFinished();
        QVERIFY(copy == m_log);
    }
};

QTEST_GUILESS_MAIN(FaultWindowSave)
#include "tst_faultwindowsave.moc"
