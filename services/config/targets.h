// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/config/document_p.h"
#include "services/config/findings.h"
#include "services/config/population.h"

namespace society::config {

/// What AgentSociety would do with each step's agents, in the order of the workflow: ids that nobody has, institutions
/// that are skipped, agents that were deleted before, messages that come too early, a month that ends inside the run.
/// Paths are those of the workflow document.
void checkTargets(const Document &workflow, const Document &agents, const Population &population, Findings &findings);

} // namespace society::config
