// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/agentsociety/failure.h"

#include "services/agentsociety/failuresigns.h"

namespace society::agentsociety {

using namespace Qt::StringLiterals;

namespace {

QString codeOf(const RunEnd &end)
{
    if (!end.keeperCode.isEmpty())
        return end.keeperCode;
    if (end.signal)
        return u"signal"_s;
    return end.exitCode.value_or(0) == 0 ? u"finished"_s : u"exit"_s;
}

} // namespace

Failure explain(const RunEnd &end)
{
    const QString code = codeOf(end);
    Failure keeper{code, {}};
    if (!end.keeperDetail.isEmpty())
        keeper.parameters.insert(u"detail"_s, end.keeperDetail.left(LongestDetail));
    if (end.signal)
        keeper.parameters.insert(u"signal"_s, QString::number(*end.signal));
    if (end.exitCode)
        keeper.parameters.insert(u"exit_code"_s, QString::number(*end.exitCode));
    if (code != "exit"_L1 && code != "signal"_L1)
        return keeper;
    if (const auto found = recognise(end.databaseError, end.phase))
        return *found;
    if (end.databaseStatus == 3 && !end.databaseError.trimmed().isEmpty())
        return {u"error"_s, {{u"detail"_s, causeOf(end.databaseError).left(LongestDetail)}}};
    if (code == "signal"_L1)
        return keeper;
    if (end.databaseStatus == 2) {
        keeper.code = u"exit_after_finish"_s;
        return keeper;
    }
    if (const auto found = recognise(end.lastError, end.phase))
        return *found;
    if (end.exitCode == 2 && (end.phase.isEmpty() || end.phase == "runner"_L1)) // click's usage errors
        return {u"config_unreadable"_s, {}};
    if (const QString cause = causeOf(end.lastError); !cause.isEmpty())
        return {u"error"_s, {{u"detail"_s, cause.left(LongestDetail)}}};
    return keeper;
}

} // namespace society::agentsociety
