// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/money.h"

#include <QDateTime>
#include <QLocale>
#include <QString>

/// How quantities are written for people, in one place. All are translated and follow the locale; any thread.
namespace society::models {

/// "just now", "2 min ago", "3 h ago", "5 d ago"; from 30 days on, and for the future, the local date. Empty for an
/// invalid time.
[[nodiscard]] QString relativeTime(const QDateTime &time, const QDateTime &now, const QLocale &locale = QLocale());
/// Local time to the second, and in UTC: for hover.
[[nodiscard]] QString exactTime(const QDateTime &time, const QLocale &locale = QLocale());
/// Local time of day to the second.
[[nodiscard]] QString clockTime(const QDateTime &time, const QLocale &locale = QLocale());
/// "0.4 s", "12 s", "3 min 10 s", "2 h 05 min", "3 d 4 h". Negative counts as 0.
[[nodiscard]] QString duration(qint64 milliseconds, const QLocale &locale = QLocale());
/// With group separators: "41,203".
[[nodiscard]] QString count(qint64 number, const QLocale &locale = QLocale());
/// For headers: "812", "41 k", "1.2 M".
[[nodiscard]] QString shortCount(qint64 number, const QLocale &locale = QLocale());
/// "812 bytes", "1.2 KiB", "3.4 GiB".
[[nodiscard]] QString bytes(qint64 number, const QLocale &locale = QLocale());
/// "day 0 · 09:15"; days are counted from 0, as AgentSociety does.
[[nodiscard]] QString simulatedTime(int day, int secondOfDay);
/// An amount in full, with the sign before it: for hover. "¥ -0.037035".
[[nodiscard]] QString exactMoney(Money amount);
/// Whole percent: "62 %".
[[nodiscard]] QString percent(double fraction, const QLocale &locale = QLocale());

} // namespace society::models
