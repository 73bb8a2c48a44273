// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/problem.h"

#include <algorithm>

namespace society::config {

QString severityName(Severity severity)
{
    switch (severity) {
    case Severity::Error:
        return QStringLiteral("error");
    case Severity::Warning:
        return QStringLiteral("warning");
    case Severity::Ok:
        break;
    }
    return QStringLiteral("ok");
}

bool hasErrors(const QList<Problem> &problems)
{
    return std::any_of(
        problems.begin(), problems.end(), [](const Problem &p) { return p.severity == Severity::Error; });
}

bool hasProblem(const QList<Problem> &problems, QLatin1String code, const QString &path)
{
    return std::any_of(problems.begin(), problems.end(),
        [&](const Problem &p) { return p.code == code && (path.isEmpty() || p.path == path); });
}

} // namespace society::config
