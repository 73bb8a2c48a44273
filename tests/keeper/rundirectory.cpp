// SPDX-License-Identifier: GPL-3.0-or-later
#include "rundirectory.h"

#include "services/core/files.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QProcess>
#include <QTest>

#include <csignal>

namespace society::test {

QString beside(const QString &name)
{
    return QCoreApplication::applicationDirPath() + u'/' + name;
}

QString keeperProgram()
{
    return qEnvironmentVariable("SOCIETY_BIN") + QStringLiteral("/society-keeper");
}

bool lives(qint64 pid)
{
    return executor::processIdentity(pid).has_value();
}

RunDirectory::RunDirectory()
    : environment(QProcessEnvironment::systemEnvironment())
{
    launch.id = QStringLiteral("0e6e5a51-92f5-4d55-b5de-31dd31aeb4a6");
    launch.runnerCwd = path();
    launch.environment = {{QStringLiteral("ONLY"), QStringLiteral("this")}};
    launch.graceMs = 5000;
    runs({});
}

RunDirectory::~RunDirectory()
{
    const executor::RunStatus last = status();
    if (last.hasEnded() || last.keeper.isNull())
        return;
    // A test that failed in the middle must not leave a run behind.
    stop(R"({"schema": 1, "reason": "user", "grace_ms": 0})");
    const auto gone = [&] { return !executor::isAlive(last.keeper); };
    if (!QTest::qWaitFor(gone, 5000)) {
        for (const executor::ProcessId &process : {last.keeper, last.runner})
            executor::sendSignal(process, SIGKILL);
    }
}

QString RunDirectory::path(const QString &name) const
{
    const QString folder = QFileInfo(m_folder.path()).canonicalFilePath();
    return name.isEmpty() ? folder : folder + u'/' + name;
}

void RunDirectory::runs(const QStringList &commands)
{
    launch.runnerArgv = QStringList{beside(QStringLiteral("stub-process"))} + commands;
}

void RunDirectory::leavesAnOrphan()
{
    launch.graceMs = 60'000;
    launch.phases = {{QStringLiteral("up"), QStringLiteral("up"), 0}};
    const QString text = QStringLiteral("orphan|%1|wait|never|end|on|INT|1|print|up|wait|never");
    runs(text.arg(path(QStringLiteral("orphan"))).split(u'|'));
}

void RunDirectory::writeLaunch() const
{
    write(QStringLiteral("launch.json"), QJsonDocument(launch.toJson()).toJson());
}

void RunDirectory::accompany(const QString &name, const QStringList &commands, qint64 readyMs)
{
    launch.companions.append({name, QStringList{beside(QStringLiteral("stub-process"))} + commands, readyMs});
}

Answer RunDirectory::start(const QByteArray &secrets)
{
    writeLaunch();
    return startAgain(secrets);
}

Answer RunDirectory::startAgain(const QByteArray &secrets) const
{
    QProcess keeper;
    keeper.setProcessEnvironment(environment);
    keeper.start(keeperProgram(), {path()});
    keeper.write(secrets);
    keeper.closeWriteChannel();
    if (!keeper.waitForFinished(10000))
        return {keeper.errorString(), -1};
    return {QString::fromUtf8(keeper.readAllStandardOutput()).trimmed(), keeper.exitCode()};
}

void RunDirectory::write(const QString &name, const QByteArray &data) const
{
    const auto written = writeFileAtomically(path(name), data);
    if (!written)
        QTest::qFail(qPrintable(written.error().message), __FILE__, __LINE__);
}

QByteArray RunDirectory::read(const QString &name) const
{
    QFile file(path(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool RunDirectory::has(const QString &name) const
{
    return QFileInfo::exists(path(name));
}

qint64 RunDirectory::pidIn(const QString &name) const
{
    if (!QTest::qWaitFor([&] { return has(name); }, 10000))
        return 0;
    return read(name).trimmed().toLongLong();
}

void RunDirectory::stop(const QByteArray &json) const
{
    write(QStringLiteral("stop.json"), json);
}

executor::RunStatus RunDirectory::status() const
{
    return executor::readStatus(path()).value_or(executor::RunStatus());
}

executor::RunStatus RunDirectory::ended(int timeoutMs) const
{
    const auto over = [&] {
        const executor::RunStatus now = status();
        return now.hasEnded() && !executor::isAlive(now.keeper);
    };
    (void)QTest::qWaitFor(over, timeoutMs);
    return status();
}

bool RunDirectory::reaches(const QString &phase, int timeoutMs) const
{
    return QTest::qWaitFor([&] { return status().phase == phase; }, timeoutMs);
}

bool RunDirectory::warned(const QString &code) const
{
    for (const executor::RunStatus::Warning &warning : status().warnings) {
        if (warning.code == code)
            return true;
    }
    return false;
}

} // namespace society::test
