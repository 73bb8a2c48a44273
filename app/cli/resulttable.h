// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/output.h"
#include "models/rowsource.h"

namespace society::cli {

/// Names of tables and their numbers of rows.
[[nodiscard]] Result<int> showTables(Output &out, const QList<agentsociety::TableSummary> &tables);
/// All rows of a table, page by page: with `--json` one list, printed while it is read.
[[nodiscard]] Result<int> showRows(Output &out, const models::RowSource &source);
/// The same as CSV (models::writeCsv()); `-` is standard output.
[[nodiscard]] Result<int> writeRows(Output &out, const models::RowSource &source, const QString &path);

} // namespace society::cli
