// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/agentsociety/logline.h"

#include "services/agentsociety/logline_p.h"

#include <algorithm>
#include <array>

namespace society::agentsociety {

namespace {

struct Name {
    const char *text;
    Level level;
};

Level levelFromName(QByteArrayView name)
{
    static constexpr std::array names = {Name{"debug", Level::Debug}, Name{"trace", Level::Debug},
        Name{"info", Level::Info}, Name{"warn", Level::Warning}, Name{"warning", Level::Warning},
        Name{"error", Level::Error}, Name{"critical", Level::Critical}, Name{"fatal", Level::Critical},
        Name{"panic", Level::Critical}};
    for (const Name &known : names) {
        if (name.compare(known.text, Qt::CaseInsensitive) == 0)
            return known.level;
    }
    return Level::None;
}

Level levelFromLetter(char letter)
{
    switch (letter) {
    case 'D':
        return Level::Debug;
    case 'I':
        return Level::Info;
    case 'W':
        return Level::Warning;
    case 'E':
        return Level::Error;
    case 'C':
    case 'F':
        return Level::Critical;
    default:
        return Level::None;
    }
}

/// Python's logging: "2026-11-24 02:03:25,086 - agentsociety - ERROR - …"
Level levelOfPythonLine(QByteArrayView head)
{
    for (qsizetype start = head.indexOf(" - "); start >= 0;) {
        const qsizetype end = head.indexOf(" - ", start + 3);
        if (end < 0)
            break;
        const Level level = levelFromName(head.sliced(start + 3, end - start - 3));
        if (level != Level::None)
            return level;
        start = end;
    }
    return Level::None;
}

/// The simulator: "[router] [11-24 02:03:25] [warn] …", Ray's core: "[2026-11-24 02:03:25,086 E 12 12] …"
Level levelOfBracketLine(QByteArrayView head)
{
    for (qsizetype start = 0; start < head.size() && head[start] == '[';) {
        const qsizetype end = head.indexOf(']', start);
        if (end < 0)
            break;
        const QByteArrayView inner = head.sliced(start + 1, end - start - 1);
        Level level = levelFromName(inner);
        if (level == Level::None && inner.size() > 25 && inner[23] == ' ' && inner[25] == ' ' &&
            timeOf(inner).isValid())
            level = levelFromLetter(inner[24]);
        if (level != Level::None)
            return level;
        start = end + 1;
        while (start < head.size() && head[start] == ' ')
            ++start;
    }
    return Level::None;
}

/// Ray's Python: "2026-11-24 02:03:25,086<TAB>INFO worker.py:2015 -- …"; gRPC: "I1124 02:03:25.083706 …"
Level levelOfRayLine(QByteArrayView head)
{
    const qsizetype tab = head.indexOf('\t');
    if (tab == 23 && isDigit(head[0])) {
        const QByteArrayView rest = head.sliced(tab + 1);
        const qsizetype end = rest.indexOf(' ');
        return end < 0 ? Level::None : levelFromName(rest.first(end));
    }
    if (head.size() > 6 && head[5] == ' ' && std::all_of(head.begin() + 1, head.begin() + 5, isDigit))
        return levelFromLetter(head[0]);
    return Level::None;
}

} // namespace

Level levelOf(QByteArrayView line)
{
    const PlainLine plain(line, LineHead);
    const QByteArrayView head = plain.bytes().first(std::min(plain.bytes().size(), LineHead));
    if (head.startsWith('['))
        return levelOfBracketLine(head);
    const Level level = levelOfRayLine(head);
    return level != Level::None ? level : levelOfPythonLine(head);
}

} // namespace society::agentsociety
