// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/ledger/values.h"

#include <QTimeZone>

class QIODevice;

namespace society::ledger {

class Ledger;

/// Whose bills of which time a statement is about, and whose days it is written in.
struct StatementPeriod {
    TenantId tenant = {};
    QDateTime from = {}; ///< inclusive; invalid: from the first bill on
    QDateTime to = {};   ///< exclusive; invalid: up to now
    QTimeZone zone = QTimeZone::utc();
    qint64 mostBills = INT64_MAX; ///< more are refused: for those who keep all rows
};

/// The head and the sums of a statement; its rows went to the reader. `opening` is the sum of all bills before the
/// period by their time, so that the closing balance of one period is the opening balance of the next, also where a
/// clock was set back; opening + sum = closing.
struct Statement {
    StatementPeriod period; ///< with the end that was taken
    Tenant tenant;
    QDateTime createdAt;
    Money opening;
    Money closing;
    Money sum;
    qint64 bills = 0;
    QList<BillGroup> items; ///< sums per item, those that occur
};

/// Takes a statement as it is read. Returning an error ends the reading with it.
class StatementReader {
public:
    virtual ~StatementReader() = default;
    /// Before the first row; every sum is known.
    [[nodiscard]] virtual Result<> head(const Statement &statement) = 0;
    /// A bill, oldest first by time, and the balance with it.
    [[nodiscard]] virtual Result<> row(const Bill &bill, Money balance) = 0;
};

/// A statement with its rows, for a period that is not too long.
struct StatementRows {
    Statement statement;
    QList<std::pair<Bill, Money>> rows;
};
/// Errors: as Ledger::statement.
[[nodiscard]] Result<StatementRows> readStatement(const Ledger &ledger, const StatementPeriod &period);

/// Writes a statement as RFC 4180 in UTF-8. The first column says what a line is: `tenant` (its id), `name`, `zone`,
/// `from` (where the period has a beginning), `to`, `created`, `opening`, `bill`, `sum` (one an item), `closing`. Times
/// are the zone's, with their offset. Formulas are made harmless. Errors: as Ledger::statement, `write_failed`.
[[nodiscard]] Result<Statement> writeStatementCsv(
    const Ledger &ledger, const StatementPeriod &period, QIODevice &device);

} // namespace society::ledger
