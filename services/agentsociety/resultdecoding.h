// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/agentsociety/resultdatabase.h"

namespace society::agentsociety {

/// The last part of a result table's name in AgentSociety's database, such as "agent_status".
[[nodiscard]] QString databaseTable(ResultTable table);
/// The columns to select, in the order of resultColumns().
[[nodiscard]] QString databaseColumns(ResultTable table);
/// Makes of the raw values what resultColumns() promises; a value that does not fit its column becomes text.
[[nodiscard]] QVariantList decodeRow(ResultTable table, const QVariantList &raw);
/// `YYYY-MM-DD HH:MM:SS.ffffff` without a zone, meant as UTC; invalid where it is no such text.
[[nodiscard]] QDateTime timeFromUtcText(const QString &text);

} // namespace society::agentsociety
