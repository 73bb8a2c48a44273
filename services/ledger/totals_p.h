// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/clock.h"
#include "services/ledger/selection_p.h"

#include <QTimeZone>

namespace society::ledger {

/// Rows (bills, amount_micro and `columns`) of what a selection is made of, from which every total can be added up that
/// is kept apart by these columns: `item`, `model`, `of_run`, and `start`, of a quarter of an hour (UTC), of which a
/// zone's days are made.
[[nodiscard]] Clause totalsOf(const QList<Part> &parts, const QStringList &columns);

/// What a selection comes to, and between which numbers its bills are.
struct Extent {
    qint64 bills = 0;
    Money sum;
    qint64 firstSequence = 0;
    qint64 lastSequence = 0;
};
[[nodiscard]] Result<Extent> extentOf(store::Database &database, const BillFilter &filter, const QList<Part> &parts);

/// The quarter of an hour of a bill `b` (`2026-03-01T12:45`, UTC), as the trigger `bills_add_totals` writes it.
[[nodiscard]] QString quarterSql();

/// Makes a tenant's balance and kept totals anew from its bills. Inside a transaction only.
[[nodiscard]] Result<> recount(store::Database &database, const Clock &clock, const TenantId &tenant);

/// The day in `zone` of a quarter's start: `2026-03-01T12:45` (UTC).
[[nodiscard]] QDate dayOf(const QString &start, const QTimeZone &zone);
/// The first day of a day's month.
[[nodiscard]] QDate monthOf(QDate day);

} // namespace society::ledger
