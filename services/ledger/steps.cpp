// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/ledger/steps_p.h"

namespace society::ledger {

namespace {

constexpr Money Lowest = Money::fromMicro(INT64_MIN);
constexpr Money Highest = Money::fromMicro(INT64_MAX);
constexpr AmountRange Nothing{Money::fromMicro(0), Money::fromMicro(-1)};

/// How many amounts are on the step of one.
qint64 widthAt(Money amount)
{
    quint64 left =
        amount.isNegative() ? 0 - static_cast<quint64>(amount.micro()) : static_cast<quint64>(amount.micro());
    qint64 width = 1;
    for (; left >= 100; left /= 10)
        width *= 10;
    return width;
}

/// The amounts on the same step as one. A step lies toward zero: it is the least of those above zero and the greatest
/// of those below.
AmountRange stepAround(Money amount)
{
    const qint64 step = stepOf(amount).micro();
    const qint64 rest = widthAt(amount) - 1;
    if (amount.isNegative())
        return {Money::fromMicro(step < INT64_MIN + rest ? INT64_MIN : step - rest), Money::fromMicro(step)};
    return {Money::fromMicro(step), Money::fromMicro(step > INT64_MAX - rest ? INT64_MAX : step + rest)};
}

} // namespace

Money stepOf(Money amount)
{
    return Money::fromMicro(amount.micro() - amount.micro() % widthAt(amount));
}

// By the length of the number's text: neither database has a logarithm of whole numbers.
QString stepSql(const QString &column)
{
    return QStringLiteral(
        "CASE WHEN %1 BETWEEN -99 AND 99 THEN %1 ELSE %1 - %1 % CAST('1' || substr('00000000000000000', 1, "
        "length(CAST(%1 AS TEXT)) - CASE WHEN %1 < 0 THEN 3 ELSE 2 END) AS BIGINT) END")
        .replace(QStringLiteral("%1"), column);
}

AmountParts partsOfAmounts(const std::optional<Money> &least, const std::optional<Money> &most)
{
    const AmountRange range{least.value_or(Lowest), most.value_or(Highest)};
    const AmountRange low = stepAround(range.first);
    const AmountRange high = stepAround(range.last);
    const bool isLowWhole = low.first == range.first;
    const bool isHighWhole = high.last == range.last;
    if (range.isEmpty() || (low == high && !(isLowWhole && isHighWhole)))
        return {Nothing, {range}};
    AmountParts parts{{low.first, high.last}, {}};
    if (!isLowWhole) {
        parts.cuts.append({range.first, low.last});
        parts.steps.first = Money::fromMicro(low.last.micro() + 1); // another step is above: it has one
    }
    if (!isHighWhole) {
        parts.cuts.append({high.first, range.last});
        parts.steps.last = Money::fromMicro(high.first.micro() - 1);
    }
    parts.steps = parts.steps.isEmpty() ? Nothing : AmountRange{stepOf(parts.steps.first), stepOf(parts.steps.last)};
    return parts;
}

} // namespace society::ledger
