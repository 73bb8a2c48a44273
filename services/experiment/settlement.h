// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/executor/runstatus.h"
#include "services/experiment/record.h"
#include "services/experiment/usage.h"
#include "services/ledger/values.h"

namespace society::experiment {

/// What a run is billed for: tokens in and out of each model, and run time where its runner was started. Prices are
/// those of its record; the tenant's own key and practice are free. `unread` lines of usage.jsonl could not be read,
/// which the bill of run time says. A pure function of the run directory's contents. Error: `price_missing` (something
/// that is paid for was used, and the record has no price for it).
[[nodiscard]] Result<QList<ledger::Usage>> usageOf(
    const Record &record, const QList<UsageTotal> &totals, const executor::RunStatus &status, int unread = 0);

/// What these come to, as settling would bill it (≥ 0). Error: `amount_too_large`.
[[nodiscard]] Result<Money> costOf(const QList<ledger::Usage> &items);

} // namespace society::experiment
