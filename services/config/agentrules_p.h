// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/config/findings.h"
#include "services/config/parts.h"

namespace society::config {

/// The rules of `memory_distributions` of one entry.
void checkDistributions(const AgentEntry &entry, Findings &findings);

} // namespace society::config
