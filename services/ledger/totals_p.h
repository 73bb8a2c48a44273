// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/ledger/values.h"
#include "services/store/query.h"

#include <QTimeZone>

namespace society::ledger {

/// A SELECT without its ORDER BY, and its values.
struct Source {
    QString sql;
    QVariantList values;
};

/// Whether the kept totals alone can say what a filter selects: by time, item and model, not by experiment, text or
/// amount.
[[nodiscard]] bool isKept(const BillFilter &filter);

/// Rows (start, item, model, of_run, bills, amount_micro, experiment) of what a filter selects, from which every total
/// can be added up. Each row is of one day (UTC) or of one quarter of an hour, by the length of its start; with
/// `quarters` only of quarters, as a zone's days need. `experiment` is NULL where the totals are kept.
[[nodiscard]] Source totalsOf(const BillFilter &filter, bool quarters);

/// The quarter of an hour (UTC) of a bill, as the kept totals name it: `2026-03-01T12:45`.
[[nodiscard]] QString quarterOf(const QDateTime &time);

/// The day in `zone` of a row's start: `2026-03-01T12:45`, or `2026-03-01` (UTC).
[[nodiscard]] QDate dayOf(const QString &start, const QTimeZone &zone);

} // namespace society::ledger
