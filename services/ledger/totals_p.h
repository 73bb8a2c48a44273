// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/clock.h"
#include "services/ledger/values.h"
#include "services/store/query.h"

#include <QTimeZone>

namespace society::ledger {

/// A SELECT without its ORDER BY, and its values.
struct Source {
    QString sql;
    QVariantList values;
};

/// Rows (start, item, model, of_run, bills, amount_micro) of what a filter selects, from which every total
/// can be added up. Each row is of one day (UTC) or of one quarter of an hour, by the length of its start; with
/// `quarters` only of quarters, as a zone's days need.
[[nodiscard]] Source totalsOf(const BillFilter &filter, bool quarters);

/// Makes a tenant's balance and kept totals anew from its bills. Inside a transaction only.
[[nodiscard]] Result<> recount(store::Database &database, const Clock &clock, const TenantId &tenant);

/// The quarter of an hour (UTC) of a bill, as the kept totals name it: `2026-03-01T12:45`.
[[nodiscard]] QString quarterOf(const QDateTime &time);

/// The day in `zone` of a row's start: `2026-03-01T12:45`, or `2026-03-01` (UTC).
[[nodiscard]] QDate dayOf(const QString &start, const QTimeZone &zone);
/// The first day of a day's month.
[[nodiscard]] QDate monthOf(QDate day);

} // namespace society::ledger
