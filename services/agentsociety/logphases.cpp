// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/agentsociety/logphases.h"

namespace society::agentsociety {

namespace {

struct PhaseMark {
    const char *name;
    const char *line;
};
// With the dash before them, so that a prompt in a warning is not mistaken for one.
constexpr PhaseMark kPhases[] = {
    {"database", " - Initializing database writer"},
    {"llm", " - Initializing LLM"},
    {"environment", " - Initializing environment"},
    {"agents", " - agents: len(citizens)="},
    {"workflow", " - Running workflow: type: "},
    {"closing", " - Closing agent groups"},
};

} // namespace

const QList<QString> &phaseNames()
{
    static const QList<QString> names = [] {
        QList<QString> made;
        for (const PhaseMark &phase : kPhases)
            made << QLatin1String(phase.name);
        return made;
    }();
    return names;
}

QString phaseLine(const QString &phase)
{
    for (const PhaseMark &mark : kPhases) {
        if (phase == QLatin1String(mark.name))
            return QLatin1String(mark.line);
    }
    return {};
}

const char *phaseOf(QByteArrayView message)
{
    constexpr qsizetype kDash = 3;
    for (const PhaseMark &phase : kPhases) {
        if (message.startsWith(QByteArrayView(phase.line).sliced(kDash)))
            return phase.name;
    }
    return nullptr;
}

} // namespace society::agentsociety
