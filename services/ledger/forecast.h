// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/ledger/values.h"

namespace society::ledger {

/// The balance at the end of a day.
struct DayBalance {
    QDate day;
    Money balance;
    bool operator==(const DayBalance &) const = default;
};

/// When the balance may be used up, as a range. The rule: what was spent on average in a day over the last 7 whole days
/// and over the last 30 (or as many as there are since the first charge); the larger of the two gives the earliest
/// day, the smaller one the latest. The day that goes on counts in neither. Recharges are not foreseen.
struct Forecast {
    Money least;    ///< a day, rounded down
    Money most;     ///< a day, rounded down
    QDate earliest; ///< the day on which the balance falls to 0 at the larger average
    QDate latest;   ///< at the smaller one; invalid: beyond 100 years, or nothing is spent at that average
    bool operator==(const Forecast &) const = default;
};

/// Why there is no forecast.
enum class NoForecast {
    None,       ///< there is one
    TooLittle,  ///< less than 7 whole days since the first charge, or fewer than 3 days of the last 30 with one
    UsedUp,     ///< the balance is not above 0
    NothingGoes ///< nothing was spent, or the balance lasts beyond 100 years
};

/// The course of a balance, and where it leads.
struct BurnDown {
    QList<DayBalance> days; ///< every day from `from` to `today`
    std::optional<Forecast> forecast;
    NoForecast why = NoForecast::None;
};

/// How many days before today the parts must reach back for a forecast.
inline constexpr int ForecastDays = 30;

/// The balance by day, and the forecast, which does not depend on `from`. `spending` is of the whole account, by day,
/// from `from` or `ForecastDays` before today, whichever is earlier, without an end.
[[nodiscard]] BurnDown burnDown(const Spending &spending, QDate from, QDate today);

} // namespace society::ledger
