// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/error.h"

#include <QLocale>
#include <QMetaType>
#include <compare>
#include <cstdint>

namespace society {

/// An amount of money: a whole number of micro-CNY (10^-6 yuan) in 64 bits. Never a float. Any thread.
class Money {
public:
    constexpr Money() = default;
    [[nodiscard]] static constexpr Money fromMicro(std::int64_t micro) { return Money(micro); }

    /// Reads a decimal such as "12.5" or "-0.000001": a point, no grouping, ASCII digits, at most six decimals.
    /// Errors: `amount_invalid` (not such a number), `amount_too_precise`, `amount_too_large`, in this order.
    [[nodiscard]] static Result<Money> parse(QStringView text);
    /// The same with the locale's decimal point and, where they stand right, its group separators.
    [[nodiscard]] static Result<Money> parse(QStringView text, const QLocale &locale);

    [[nodiscard]] constexpr std::int64_t micro() const { return m_micro; }
    [[nodiscard]] constexpr bool isZero() const { return m_micro == 0; }
    [[nodiscard]] constexpr bool isNegative() const { return m_micro < 0; }

    /// Exact decimal with a point and at least two decimals: "12.50", "-0.000001".
    [[nodiscard]] QString toDecimal() const;
    /// For people: "¥ 12.345678" in the locale's form, trailing zeros trimmed to two decimals; a true minus sign before it.
    [[nodiscard]] QString toDisplay(const QLocale &locale) const;

    /// The sum, or `amount_too_large` where 64 bits do not hold it.
    [[nodiscard]] Result<Money> plus(Money other) const;
    [[nodiscard]] constexpr Money negated() const { return Money(-m_micro); }

    constexpr auto operator<=>(const Money &) const = default; // NOLINT(modernize-use-nullptr)

private:
    explicit constexpr Money(std::int64_t micro) : m_micro(micro) {}
    std::int64_t m_micro = 0;
};

/// quantity × unitPrice / unit, in 128 bits, truncated toward zero at one micro-CNY: a charge is never rounded up
/// (AgentSociety's formula, made exact). quantity ≥ 0 in the smallest unit (tokens, milliseconds), unit > 0: how many
/// of these the price is for (1,000,000 tokens; 1,000 ms). Error: `amount_too_large`.
[[nodiscard]] Result<Money> priceOf(std::int64_t quantity, Money unitPrice, std::int64_t unit);

} // namespace society

Q_DECLARE_METATYPE(society::Money)
