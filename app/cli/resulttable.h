// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/output.h"
#include "services/agentsociety/resultdatabase.h"

namespace society::cli {

/// Names of tables and their numbers of rows.
[[nodiscard]] Result<int> showTables(Output &out, const agentsociety::ResultDatabase &database);
/// All rows of a table, page by page: with `--json` one list, printed while it is read.
[[nodiscard]] Result<int> showRows(
    Output &out, const agentsociety::ResultDatabase &database, agentsociety::ResultTable table);
/// The same as RFC 4180 in UTF-8 with a header line, values as they are; `-` is standard output.
[[nodiscard]] Result<int> writeRows(
    Output &out, const agentsociety::ResultDatabase &database, agentsociety::ResultTable table, const QString &path);

} // namespace society::cli
