// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/agentsociety/runnerkit_p.h"
#include "services/core/files.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFileInfo>
#include <QJsonDocument>

namespace society::agentsociety {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("RunnerKit", text);
}

constexpr qint64 kRecordLimit = 64 * 1024;

constexpr int kSchema = 1;

QString stampOf(const QFileInfo &file)
{
    return u"%1:%2:%3"_s.arg(file.absoluteFilePath()).arg(file.lastModified().toMSecsSinceEpoch()).arg(file.size());
}

InstalledRunner fromRecord(const QJsonObject &record)
{
    return {record["path"_L1].toString(), record["interpreter"_L1].toString(), record["version"_L1].toString(),
        record["community"_L1].toString(), record["python"_L1].toString(), record["in_workspace"_L1].toBool()};
}

} // namespace

QString runnerStamp(const QString &interpreter, const QString &metadata)
{
    // The folder of all packages changes its time whenever one is installed or removed.
    const QFileInfo packages(QFileInfo(QFileInfo(metadata).absolutePath()).absolutePath());
    return QStringList{stampOf(QFileInfo(interpreter)), stampOf(QFileInfo(metadata)),
        u"%1:%2"_s.arg(packages.absoluteFilePath()).arg(packages.lastModified().toMSecsSinceEpoch())}
        .join(u'|');
}

Result<InstalledRunner> RunnerKit::adopt(const QString &path) const
{
    SOCIETY_ASSIGN(const RunnerPlace place, findRunner(path));
    SOCIETY_ASSIGN(const QJsonObject answer, askInterpreter(place));
    InstalledRunner runner{place.path, place.interpreter, answer["agentsociety"_L1].toString(),
        answer["community"_L1].toString(), answer["python"_L1].toString(),
        place.interpreter.startsWith(m_workspace.runner() + u"/venv/"_s)};
    SOCIETY_TRY(makePrivateFolder(m_workspace.runner()));
    const QString metadata = answer["metadata"_L1].toString();
    const QJsonObject record{{u"schema"_s, kSchema}, {u"path"_s, runner.path}, {u"interpreter"_s, runner.interpreter},
        {u"version"_s, runner.version}, {u"community"_s, runner.communityVersion}, {u"python"_s, runner.pythonVersion},
        {u"in_workspace"_s, runner.inWorkspace}, {u"metadata"_s, metadata},
        {u"stamp"_s, runnerStamp(runner.interpreter, metadata)}};
    SOCIETY_TRY(writeFileAtomically(recordFile(), QJsonDocument(record).toJson()));
    return runner;
}

Result<InstalledRunner> RunnerKit::installed() const
{
    const auto record = readJsonObject(recordFile(), kRecordLimit);
    if (!record || (*record)["schema"_L1].toInt() != kSchema)
        return fail(ErrorKind::Runner, "runner_missing", tr("No runner is installed."),
            tr("Run “society-cli setup”, or install it on the workbench's first page."),
            record ? QString() : record.error().detail, recordFile());
    InstalledRunner runner = fromRecord(*record);
    if (!QFileInfo(runner.interpreter).isExecutable() || !QFileInfo::exists(runner.path))
        return fail(ErrorKind::Runner, "runner_gone", tr("The runner “%1” was removed.").arg(runner.path),
            tr("Run “society-cli setup” to install it, or choose another one."), {}, runner.path);
    if ((*record)["stamp"_L1].toString() == runnerStamp(runner.interpreter, (*record)["metadata"_L1].toString()))
        return runner;
    return adopt(runner.path);
}

} // namespace society::agentsociety
