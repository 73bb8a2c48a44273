// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/agentsociety/childprocess.h"
#include "services/agentsociety/runnerkit_p.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QVersionNumber>
#include <algorithm>
#include <tuple>

namespace society::agentsociety {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::seconds kProbeDeadline{120}; // 3 s of imports; a cold disk and a busy machine take far longer

QString tr(const char *text)
{
    return QCoreApplication::translate("RunnerKit", text);
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

} // namespace

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

} // namespace society::agentsociety
