// SPDX-License-Identifier: GPL-3.0-or-later
// What a line says about itself: its level and its time. Only the start of a line is looked at: prompts, which may
// quote anything, come later.
#include "services/agentsociety/logline.h"

#include <algorithm>
#include <array>

namespace society::agentsociety {

namespace {

constexpr qsizetype HeadBytes = 240;

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

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
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

/// The number in `text` at `at` with `digits` digits, -1 if there is none.
int numberAt(QByteArrayView text, qsizetype at, qsizetype digits)
{
    int value = 0;
    for (qsizetype i = at; i < at + digits; ++i) {
        if (i >= text.size() || !isDigit(text[i]))
            return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

} // namespace

Level levelOf(QByteArrayView line)
{
    const PlainLine plain(line, HeadBytes);
    const QByteArrayView head = plain.bytes().first(std::min(plain.bytes().size(), HeadBytes));
    if (head.startsWith('['))
        return levelOfBracketLine(head);
    const Level level = levelOfRayLine(head);
    return level != Level::None ? level : levelOfPythonLine(head);
}

QDateTime timeOf(QByteArrayView line)
{
    const PlainLine plain(line, HeadBytes);
    QByteArrayView head = plain.bytes();
    if (head.startsWith('['))
        head = head.sliced(1);
    // "YYYY-MM-DD HH:MM:SS" and perhaps ",mmm"
    if (head.size() < 19 || head[4] != '-' || head[7] != '-' || (head[10] != ' ' && head[10] != 'T') ||
        head[13] != ':' || head[16] != ':')
        return {};
    const int year = numberAt(head, 0, 4);
    if (year < 0)
        return {};
    const QDate date(year, numberAt(head, 5, 2), numberAt(head, 8, 2));
    int milliseconds = 0;
    if (head.size() > 20 && (head[19] == ',' || head[19] == '.'))
        milliseconds = std::max(0, numberAt(head, 20, 3));
    const QTime time(numberAt(head, 11, 2), numberAt(head, 14, 2), numberAt(head, 17, 2), milliseconds);
    return date.isValid() && time.isValid() ? QDateTime(date, time) : QDateTime();
}

} // namespace society::agentsociety
