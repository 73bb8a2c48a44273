// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/problemtext.h"

#include "app/cli/jsonvalues.h"
#include "app/cli/words.h"

namespace society::cli {

namespace {

QString severityText(config::Severity severity)
{
    switch (severity) {
    case config::Severity::Error:
        return Cli::tr("error");
    case config::Severity::Warning:
        return Cli::tr("warning");
    case config::Severity::Ok:
        break;
    }
    return Cli::tr("ok");
}

} // namespace

int showProblems(Output &out, const QList<config::Problem> &problems)
{
    const bool isOk = !config::hasErrors(problems);
    QJsonArray array;
    for (const config::Problem &problem : problems) {
        array.append(problemObject(problem));
        const QString place = problem.path.isEmpty() ? QString() : problem.path + QStringLiteral(": ");
        out.line(printable(QStringLiteral("%1: %2%3").arg(severityText(problem.severity), place, problem.message)));
        if (!problem.remedy.isEmpty())
            out.line(QStringLiteral("    ") + printable(problem.remedy));
    }
    out.document(QJsonObject{{QStringLiteral("ok"), isOk}, {QStringLiteral("problems"), array}});
    out.line(isOk ? Cli::tr("Nothing forbids a start.") : Cli::tr("This cannot be started."));
    return isOk ? 0 : 1;
}

} // namespace society::cli
