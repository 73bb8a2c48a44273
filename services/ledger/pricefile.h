// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/ledger/ledger.h"

#include <QStringView>

class QLocale;

namespace society::ledger {

/// Reads a price that a person typed, in the form of Money::parse() or as the locale writes amounts. One of minus nothing
/// is negative: 0 means free, and a slip of the pen makes nothing free. Errors: `amount_…`.
[[nodiscard]] Result<Money> parsePrice(QStringView text);
[[nodiscard]] Result<Money> parsePrice(QStringView text, const QLocale &locale);

/// Refuses a price that looks like a slip: at least 100 times the one that is in force for the same item and model at
/// that moment, or at most a hundredth of it. A price of 0 means free and is not questioned, neither the new nor the
/// old one. Errors: `price_unlikely`, as setPrice() has them.
[[nodiscard]] Result<> requireLikelyPrice(
    const Ledger &ledger, Item item, const QString &model, Money amount, const QDateTime &from);

/// One line of a price file, and what it would change.
struct PriceChange {
    int line = 0;                  ///< in the file, from 1
    Price price;                   ///< its date is invalid where it holds from now on
    std::optional<Money> before;   ///< what is in force at its moment; nothing where no price is
    bool known = false;            ///< the book has just this price: nothing to write
    std::optional<Error> unlikely; ///< `price_unlikely`
};

/// Every price of the book as RFC 4180 in UTF-8: `item,model,price,unit_size,valid_from`.
[[nodiscard]] Result<QByteArray> pricesAsCsv(const Ledger &ledger);
/// Reads such a file: item and price are compulsory columns; an empty model means every model, an empty date from now
/// on (`now`), a date without a time its midnight in UTC; a unit_size must be the item's. Nothing is written. Errors,
/// each with the line in its message: `csv_invalid`, `prices_invalid` (no such column, a column unknown or missing, a
/// field too much or too little, the same price twice), `item_unknown`, `item_not_priced`, `name_invalid`, `amount_…`,
/// `time_invalid`.
[[nodiscard]] Result<QList<PriceChange>> readPriceFile(
    const Ledger &ledger, const QByteArray &bytes, const QDateTime &now);
/// Writes what is not known, all or nothing. Error: `price_unlikely` for the first such line unless `agreed`.
[[nodiscard]] Result<QList<Price>> importPrices(Ledger &ledger, const QList<PriceChange> &changes, bool agreed);

/// Largest price file: 4 MiB.
inline constexpr qint64 MaxPriceFile = 4LL * 1024 * 1024;

} // namespace society::ledger
