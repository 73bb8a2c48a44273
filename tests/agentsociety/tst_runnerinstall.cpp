// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/agentsociety/runnerkit.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace society;
using namespace society::agentsociety;
using namespace Qt::StringLiterals;

/// Real installations that do not come to their end: the real Python makes the environment, and nothing is downloaded.
class TestRunnerInstall : public QObject {
    Q_OBJECT

private slots:
    void init();
    void interruptedIsNotInstalled();
    void withoutNetwork();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    Workspace m_workspace;
    [[nodiscard]] QString environment() const { return m_workspace.runner() + u"/venv"_s; }
    [[nodiscard]] QString marker() const { return environment() + u"/.society-complete"_s; }
};

void TestRunnerInstall::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_workspace = Workspace(m_folder->path());
    // A package index at a closed port, whatever this machine is set to.
    qputenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple");
    qputenv("PIP_CONFIG_FILE", "/dev/null");
    qputenv("PIP_NO_CACHE_DIR", "1");
    qunsetenv("PIP_EXTRA_INDEX_URL");
}

void TestRunnerInstall::interruptedIsNotInstalled()
{
    // A power cut in the middle of unpacking left files that look like packages.
    const QString torn = environment() + u"/lib/python3.11/site-packages/agentsociety-1.5.7.dist-info"_s;
    QVERIFY(QDir().mkpath(torn));
    QFile metadata(torn + u"/METADATA"_s);
    QVERIFY(metadata.open(QIODevice::WriteOnly));
    metadata.write("Name: agentsociety\nVersion: 1.5.7\n");
    metadata.close();
    // The next try begins anew and is cancelled.
    std::atomic_bool cancelled = false;
    QList<int> percents;
    const auto runner = RunnerKit(m_workspace)
                            .install(
                                [&](int percent, const QString &step) {
                                    QVERIFY(!step.isEmpty());
                                    percents << percent;
                                    cancelled = percent >= 5; // the environment is there, the packages are not
                                },
                                cancelled);
    QVERIFY(!runner);
    QCOMPARE(runner.error().code, u"cancelled"_s);
    QVERIFY(std::is_sorted(percents.begin(), percents.end()));
    QVERIFY(QFileInfo(environment() + u"/bin/python"_s).isExecutable());
    QVERIFY(!QFileInfo::exists(marker()));
    QVERIFY(!QFileInfo::exists(torn));
    QCOMPARE(RunnerKit(m_workspace).installed().error().code, u"runner_missing"_s);
}

void TestRunnerInstall::withoutNetwork()
{
    const std::atomic_bool cancelled = false;
    const auto runner = RunnerKit(m_workspace).install({}, cancelled);
    QVERIFY(!runner);
    QCOMPARE(runner.error().code, u"network_unreachable"_s);
    QVERIFY(runner.error().remedy.contains(u"HTTPS_PROXY"_s));
    QFile log(m_workspace.runner() + u"/install.log"_s);
    QVERIFY(log.open(QIODevice::ReadOnly));
    QVERIFY(log.readAll().contains("agentsociety==1.5.7"));
}

QTEST_GUILESS_MAIN(TestRunnerInstall)
#include "tst_runnerinstall.moc"
