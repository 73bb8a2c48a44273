// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/clock.h"
#include "services/ledger/values.h"
#include "services/store/query.h"

#include <QVariantList>

namespace society::ledger {

/// A text translated in the context `Ledger`.
[[nodiscard]] QString tr(const char *text);

/// An amount as it is bound: micro-CNY.
[[nodiscard]] QVariant number(Money money);

/// `SELECT` list and `FROM` for readBill().
[[nodiscard]] QString selectBills();
[[nodiscard]] Bill readBill(const store::Query &row);
[[nodiscard]] QString selectHolds();
[[nodiscard]] Hold readHold(const store::Query &row);

/// A stored id; null where it is NULL or no id.
template <class IdType>
[[nodiscard]] IdType readId(const store::Query &row, int column)
{
    return IdType::parse(row.text(column)).value_or(IdType());
}

/// NULL for a null id.
template <class IdType>
[[nodiscard]] QVariant idOrNull(const IdType &id)
{
    return id.isNull() ? QVariant() : QVariant(id.text());
}

/// The balance as it is kept. Error: NotFound `tenant_unknown`.
[[nodiscard]] Result<Money> balanceOf(store::Database &database, const TenantId &tenant);
/// The hold of an experiment, open or not.
[[nodiscard]] Result<std::optional<Hold>> holdOf(store::Database &database, const ExperimentId &experiment);
/// Whether an experiment has been settled, and for whom.
[[nodiscard]] Result<std::optional<TenantId>> settledFor(store::Database &database, const ExperimentId &experiment);

/// Adds bills of one tenant, one after the other, and their amounts to its balance, which is `balance`; gives them with
/// sequence, id, time and balance filled in. Inside a transaction only. Error: `amount_too_large`.
[[nodiscard]] Result<QList<Bill>> writeBills(
    store::Database &database, const Clock &clock, Money balance, const QList<Bill> &bills);
/// The same for one. Errors: `tenant_unknown`, `amount_too_large`.
[[nodiscard]] Result<Bill> writeBill(store::Database &database, const Clock &clock, const Bill &bill);
/// Ends an open hold; no error where there is none.
[[nodiscard]] Result<> endHold(
    store::Database &database, const Clock &clock, const ExperimentId &experiment, const QString &reason);

/// Whether there can be such a price. Errors: `item_not_priced`, `name_invalid` (the model), `amount_negative`.
[[nodiscard]] Result<> checkPriced(Item item, const QString &model, Money amount);
/// Error: `amount_negative`, of a price.
[[nodiscard]] tl::unexpected<Error> priceNegative();
/// Error: NotFound `tenant_unknown`, for one without an account.
[[nodiscard]] tl::unexpected<Error> tenantUnknown(const TenantId &tenant);
/// Checks a text that a person typed. Error: `note_too_long`.
[[nodiscard]] Result<QString> checkedNote(const QString &note);

} // namespace society::ledger
