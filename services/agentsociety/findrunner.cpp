// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/agentsociety/runnerkit_p.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QStandardPaths>

namespace society::agentsociety {

using namespace Qt::StringLiterals;

namespace {

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

} // namespace society::agentsociety
