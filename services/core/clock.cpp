// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/core/clock.h"

namespace society {

QDateTime SystemClock::now() const
{
    return QDateTime::currentDateTimeUtc();
}

QString toIso(const QDateTime &time)
{
    return time.isValid() ? time.toUTC().toString(Qt::ISODateWithMs) : QString();
}

QDateTime fromIso(const QString &text)
{
    // Without Z Qt would take the text as local time, and a day as its midnight.
    const QDateTime time = text.endsWith(u'Z') ? QDateTime::fromString(text, Qt::ISODateWithMs) : QDateTime();
    return time.isValid() ? time.toUTC() : QDateTime();
}

} // namespace society
