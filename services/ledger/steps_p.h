// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/money.h"

#include <QList>
#include <QString>
#include <optional>

namespace society::ledger {

/// The step that an amount is on, by which `amount_totals` are kept: the amount cut toward zero to two decimal digits.
[[nodiscard]] Money stepOf(Money amount);
/// The same of an integer column, for SQLite and PostgreSQL.
[[nodiscard]] QString stepSql(const QString &column);

/// Amounts from one to another, both included; none where the first is above the last.
struct AmountRange {
    Money first;
    Money last;
    [[nodiscard]] bool isEmpty() const { return last < first; }
    bool operator==(const AmountRange &) const = default;
};

/// A range of amounts, taken apart: each of its amounts is in one of these.
struct AmountParts {
    AmountRange steps; ///< all amounts on these steps and those between are in the range
    QList<AmountRange>
        cuts; ///< each of some amounts on one step, of which others are not in the range; two at the most
    bool operator==(const AmountParts &) const = default;
};
/// Both ends are included; one that is not set is the end of all amounts.
[[nodiscard]] AmountParts partsOfAmounts(const std::optional<Money> &least, const std::optional<Money> &most);

} // namespace society::ledger
