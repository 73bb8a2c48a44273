// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/ledger/forecast.h"

#include <QMap>
#include <algorithm>

namespace society::ledger {

namespace {

constexpr int ShortWindow = 7;
constexpr int LeastDaysWithCharges = 3;
constexpr qint64 Foreseeable = 36'525; // days: 100 years

/// Sums of many days stay far inside 64 bits in any account that a recharge can make; one that does not stops there.
Money plus(Money a, Money b)
{
    return a.plus(b).value_or(a);
}

/// What was spent in the `days` whole days before today, per day; positive.
qint64 averageOf(const QMap<QDate, Money> &spent, QDate today, int days)
{
    Money sum;
    for (int i = 1; i <= days; ++i)
        sum = plus(sum, spent.value(today.addDays(-i)));
    return std::max<qint64>(0, sum.micro() / days);
}

QDate usedUp(Money balance, qint64 perDay, QDate today)
{
    if (perDay <= 0)
        return {};
    const qint64 days = balance.micro() / perDay;
    return days > Foreseeable ? QDate() : today.addDays(days);
}

void foresee(BurnDown &result, const QMap<QDate, Money> &spent, Money balance, QDate firstCharge, QDate today)
{
    // Not from what was read: how much that is depends on what is shown of the past.
    const QDate first = firstCharge.isValid() ? firstCharge : today;
    const int history = static_cast<int>(std::min<qint64>(ForecastDays, first.daysTo(today)));
    int charged = 0; // what is free is billed, and is no charge
    for (int i = 1; i <= ForecastDays; ++i)
        charged += spent.value(today.addDays(-i)).isZero() ? 0 : 1;
    result.why = history < ShortWindow || charged < LeastDaysWithCharges ? NoForecast::TooLittle
                 : balance <= Money()                                    ? NoForecast::UsedUp
                                                                         : NoForecast::None;
    if (result.why != NoForecast::None)
        return;
    const qint64 recent = averageOf(spent, today, ShortWindow);
    const qint64 longer = averageOf(spent, today, history);
    Forecast forecast{Money::fromMicro(std::min(recent, longer)), Money::fromMicro(std::max(recent, longer)), {}, {}};
    forecast.earliest = usedUp(balance, forecast.most.micro(), today);
    forecast.latest = usedUp(balance, forecast.least.micro(), today);
    if (forecast.earliest.isValid())
        result.forecast = forecast;
    else
        result.why = NoForecast::NothingGoes;
}

} // namespace

BurnDown burnDown(const Spending &spending, QDate from, QDate today)
{
    QMap<QDate, Money> moved; // all bills of a day
    QMap<QDate, Money> spent; // those of runs, positive
    Money later;              // of days after today, where a clock stood ahead
    for (const SpendPart &part : spending.parts) {
        if (part.day > today)
            later = plus(later, part.amount);
        else
            moved[part.day] = plus(moved.value(part.day), part.amount);
        if (part.ofRun)
            spent[part.day] = plus(spent.value(part.day), part.amount.negated());
    }
    BurnDown result;
    Money balance = plus(spending.balance, later.negated());
    for (QDate day = today; day >= from; day = day.addDays(-1)) {
        result.days.prepend({day, balance});
        balance = plus(balance, moved.value(day).negated());
    }
    foresee(result, spent, spending.balance, spending.firstCharge, today);
    return result;
}

} // namespace society::ledger
