// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/agentsociety/logline.h"
#include "services/agentsociety/logline_p.h"

#include <algorithm>

namespace society::agentsociety {

namespace {

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

QDateTime timeOf(QByteArrayView line)
{
    const PlainLine plain(line, LineHead);
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
