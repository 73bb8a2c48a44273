// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/agentsociety/childprocess.h"
#include "services/agentsociety/runnerkit_p.h"
#include "services/core/files.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QVersionNumber>

namespace society::agentsociety {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::seconds kProbeDeadline{120}; // 3 s of imports; a cold disk and a busy machine take far longer
constexpr qint64 kRecordLimit = 64 * 1024;
constexpr int kSchema = 1;

QString tr(const char *text)
{
    return QCoreApplication::translate("RunnerKit", text);
}

QString adoptRemedy()
{
    return tr("Choose the script “agentsociety” in the folder bin of a virtual environment, or let the workbench "
              "install one.");
}

/// The interpreter that a script's first lines name: `#!/path/python`, `#!/usr/bin/env python3`, or the form that pip
/// writes where the path is too long for the first line or has a blank in it.
QString interpreterOfScript(const QString &script)
{
    QFile file(script);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QString first = QString::fromUtf8(file.readLine(4096)).trimmed();
    const QString second = QString::fromUtf8(file.readLine(4096)).trimmed();
    if (!first.startsWith("#!"_L1))
        return {};
    static const QRegularExpression viaShell(u"^'''exec' (\"?)(.+?)\\1 \"\\$0\""_s);
    if (const auto match = viaShell.match(second); match.hasMatch())
        return match.captured(2);
    const QStringList words = first.mid(2).trimmed().split(u' ', Qt::SkipEmptyParts);
    if (words.isEmpty())
        return {};
    if (QFileInfo(words.first()).fileName() == "env"_L1 && words.size() > 1)
        return QStandardPaths::findExecutable(words.last());
    return words.first();
}

bool isPython(const QString &name)
{
    static const QRegularExpression form(u"^python[0-9.]*$"_s);
    return form.match(name).hasMatch();
}

Error brokenRunner(const QString &path, const QString &detail)
{
    return {ErrorKind::Runner, u"runner_broken"_s, tr("The runner “%1” does not work.").arg(path),
        tr("Install it again, or choose another one."), detail, path};
}

Result<> checkVersions(const QString &path, const QJsonObject &answer)
{
    const QString python = answer["python"_L1].toString();
    const QVersionNumber pythonVersion = QVersionNumber::fromString(python);
    if (pythonVersion.majorVersion() != 3 || (pythonVersion.minorVersion() != 11 && pythonVersion.minorVersion() != 12))
        return fail(ErrorKind::Runner, "runner_python",
            tr("The runner has Python %1; it needs 3.11 or 3.12.").arg(python),
            tr("Choose a runner with Python 3.11 or 3.12, or let the workbench install one."), {}, path);
    const QString version = answer["agentsociety"_L1].toString();
    if (version.isEmpty())
        return fail(brokenRunner(path, u"agentsociety is not installed for this interpreter"_s));
    const QVersionNumber number = QVersionNumber::fromString(version);
    if (QVersionNumber(number.majorVersion(), number.minorVersion()) != QVersionNumber(1, 5) ||
        number.microVersion() < 6)
        return fail(ErrorKind::Runner, "runner_version",
            tr("This is AgentSociety %1; the workbench works with 1.5.6 and later versions of 1.5.").arg(version),
            tr("Install AgentSociety %1, or let the workbench do it.").arg(QLatin1String(RunnerKit::TestedVersion)), {},
            path);
    if (answer["community"_L1].toString().isEmpty())
        return fail(ErrorKind::Runner, "runner_community_missing",
            tr("The runner lacks the package agentsociety-community."),
            tr("Install it beside AgentSociety: pip install agentsociety-community==0.3.3."), {}, path);
    if (const QString error = answer["error"_L1].toString(); !error.isEmpty())
        return fail(brokenRunner(path, error));
    return {};
}

/// The last line of the probe that is a JSON object: packages print to standard output while they are imported.
QJsonObject lastObject(const QByteArray &out)
{
    const QList<QByteArray> lines = out.split('\n');
    QJsonDocument document;
    std::ignore = std::find_if(lines.rbegin(), lines.rend(), [&document](const QByteArray &line) {
        document = QJsonDocument::fromJson(line);
        return document.isObject();
    });
    return document.object();
}

QString stampOf(const QFileInfo &file)
{
    return u"%1:%2:%3"_s.arg(file.absoluteFilePath()).arg(file.lastModified().toMSecsSinceEpoch()).arg(file.size());
}

Result<QJsonObject> askInterpreter(const RunnerPlace &place)
{
    ChildCommand command;
    command.program = place.interpreter;
    command.arguments = {u"-I"_s, u"-c"_s, QString::fromUtf8(runnerResource(u"probe.py"_s))};
    command.deadline = kProbeDeadline;
    const QMap<QString, QString> closed = closedNetwork();
    for (auto it = closed.begin(); it != closed.end(); ++it)
        command.environment.insert(it.key(), it.value());
    const ChildEnd end = runChild(command);
    if (end.how == ChildEnd::How::NotStarted)
        return fail(brokenRunner(place.path, end.startText));
    const QJsonObject answer = lastObject(end.out);
    if (answer.isEmpty())
        return fail(brokenRunner(place.path,
            end.how == ChildEnd::How::TimedOut ? u"no answer within 120 s"_s : QString::fromUtf8(end.err.right(2000))));
    SOCIETY_TRY(checkVersions(place.path, answer));
    return answer;
}

InstalledRunner fromRecord(const QJsonObject &record)
{
    return {record["path"_L1].toString(), record["interpreter"_L1].toString(), record["version"_L1].toString(),
        record["community"_L1].toString(), record["python"_L1].toString(), record["in_workspace"_L1].toBool()};
}

} // namespace

Result<RunnerPlace> findRunner(const QString &path)
{
    const QFileInfo chosen(path);
    if (!chosen.exists())
        return fail(ErrorKind::Runner, "runner_not_found", tr("There is no runner at “%1”.").arg(path), adoptRemedy(),
            {}, path);
    if (chosen.isDir()) {
        for (const QString &name : {u"bin/agentsociety"_s, u"agentsociety"_s, u"bin/python"_s}) {
            if (const QFileInfo inside(QDir(path), name); inside.isFile())
                return findRunner(inside.absoluteFilePath());
        }
        return fail(ErrorKind::Runner, "runner_not_found", tr("There is no runner in the folder “%1”.").arg(path),
            adoptRemedy(), {}, path);
    }
    if (isPython(chosen.fileName())) {
        const QFileInfo script(chosen.absoluteDir(), u"agentsociety"_s);
        return RunnerPlace{
            script.isFile() ? script.absoluteFilePath() : chosen.absoluteFilePath(), chosen.absoluteFilePath()};
    }
    const QString interpreter = interpreterOfScript(path);
    if (!isPython(QFileInfo(interpreter).fileName()) || !QFileInfo(interpreter).isExecutable())
        return fail(ErrorKind::Runner, "runner_interpreter",
            tr("“%1” does not name the Python that runs it.").arg(path), adoptRemedy(), interpreter, path);
    return RunnerPlace{chosen.absoluteFilePath(), QFileInfo(interpreter).absoluteFilePath()};
}

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
