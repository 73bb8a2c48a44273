// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/ledger/statement.h"

namespace society::ui {

/// Most bills of a PDF: it is laid out as a whole.
inline constexpr qint64 MostBillsInPdf = 5'000;

/// Writes a statement as an A4 document: head, balances, sums per item, every row with the balance after it; pages
/// numbered "n of m", the table's head on each. A whole file or none. Any thread but the one that paints. Errors:
/// `write_failed`, `disk_full`.
[[nodiscard]] Result<> writeStatementPdf(const ledger::StatementRows &rows, const QString &path);

/// The same as the rich text that is laid out.
[[nodiscard]] QString statementHtml(const ledger::StatementRows &rows);

} // namespace society::ui
