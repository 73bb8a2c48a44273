// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/format.h"

#include "services/core/currency.h"

#include <QCoreApplication>
#include <QTimeZone>
#include <algorithm>

namespace society::models {

namespace {

QString tr(const char *text, const char *note = nullptr)
{
    return QCoreApplication::translate("Format", text, note);
}

constexpr qint64 SecondMs = 1000;
constexpr qint64 MinuteMs = 60 * SecondMs;
constexpr qint64 HourMs = 60 * MinuteMs;
constexpr qint64 DayMs = 24 * HourMs;
constexpr qint64 DatedAfterMs = 30 * DayMs;
constexpr qint64 ClockSkewMs = 5 * SecondMs; // another machine's clock may be a little ahead

QString twoDigits(qint64 number)
{
    return QStringLiteral("%1").arg(number, 2, 10, QChar(u'0'));
}

/// One decimal where the number is small enough to need it, and no ".0".
QString shortNumber(double number, const QLocale &locale)
{
    QString text = locale.toString(number, 'f', number < 10 ? 1 : 0);
    if (text.endsWith(locale.decimalPoint() + locale.zeroDigit()))
        text.chop(locale.decimalPoint().size() + locale.zeroDigit().size());
    return text;
}

} // namespace

QString relativeTime(const QDateTime &time, const QDateTime &now, const QLocale &locale)
{
    if (!time.isValid())
        return {};
    const qint64 age = time.msecsTo(now);
    if (age < -ClockSkewMs || age >= DatedAfterMs)
        return locale.toString(time.toLocalTime().date(), QLocale::ShortFormat);
    if (age < MinuteMs)
        return tr("just now");
    if (age < HourMs)
        //: "%1" minutes
        return tr("%1 min ago").arg(age / MinuteMs);
    if (age < DayMs)
        //: "%1" hours
        return tr("%1 h ago").arg(age / HourMs);
    //: "%1" days
    return tr("%1 d ago").arg(age / DayMs);
}

QString exactTime(const QDateTime &time, const QLocale &locale)
{
    if (!time.isValid())
        return {};
    const QDateTime local = time.toLocalTime();
    //: a moment: date and time here, then in UTC
    return tr("%1 %2 (%3 UTC)")
        .arg(locale.toString(local.date(), QLocale::ShortFormat), clockTime(local, locale),
            time.toUTC().toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")));
}

QString clockTime(const QDateTime &time, const QLocale &)
{
    return time.isValid() ? time.toLocalTime().toString(QStringLiteral("HH:mm:ss")) : QString();
}

QString duration(qint64 milliseconds, const QLocale &locale)
{
    const qint64 ms = std::max<qint64>(milliseconds, 0);
    if (ms < 10 * SecondMs && ms > 0) {
        const qint64 tenths = ms / 100;
        return tr("%1 s", "seconds").arg(locale.toString(static_cast<double>(tenths) / 10.0, 'f', 1));
    }
    if (ms < MinuteMs)
        return tr("%1 s", "seconds").arg(ms / SecondMs);
    if (ms < HourMs)
        return tr("%1 min %2 s").arg(ms / MinuteMs).arg(ms % MinuteMs / SecondMs);
    if (ms < DayMs)
        return tr("%1 h %2 min").arg(ms / HourMs).arg(twoDigits(ms % HourMs / MinuteMs));
    return tr("%1 d %2 h").arg(locale.toString(ms / DayMs)).arg(ms % DayMs / HourMs);
}

QString count(qint64 number, const QLocale &locale)
{
    return locale.toString(number);
}

QString shortCount(qint64 number, const QLocale &locale)
{
    // Cut, not rounded: 999,999 is not 1 M yet.
    const auto cut = [](qint64 value, qint64 unit) {
        const qint64 parts = value < 10 * unit ? value * 10 / unit : value / unit * 10; // tenths only below ten
        return static_cast<double>(parts) / 10.0;
    };
    if (number < 1000)
        return locale.toString(number);
    if (number < 1'000'000) {
        return tr("%1 k", "thousands").arg(shortNumber(cut(number, 1000), locale));
    }
    return tr("%1 M", "millions").arg(shortNumber(cut(number, 1'000'000), locale));
}

QString bytes(qint64 number, const QLocale &locale)
{
    return locale.formattedDataSize(number, 1, QLocale::DataSizeIecFormat);
}

QString simulatedTime(int day, int secondOfDay)
{
    //: simulated time: the number of the day, then hour and minute
    return tr("day %1 · %2:%3").arg(day).arg(twoDigits(secondOfDay / 3600), twoDigits(secondOfDay % 3600 / 60));
}

QString exactMoney(Money amount)
{
    return currencySign() + u' ' + amount.toDecimal();
}

QString percent(double fraction, const QLocale &locale)
{
    return tr("%1 %").arg(locale.toString(static_cast<int>(fraction * 100)));
}

} // namespace society::models
