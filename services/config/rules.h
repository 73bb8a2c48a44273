// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/config/check.h"
#include "services/config/document_p.h"
#include "services/config/findings.h"
#include "services/config/profilerules.h"

namespace society::config {

// The rules inside one part, beyond its schema. Each expects any JSON at all: what has the wrong type was reported
// already.

void checkLlmRules(const Document &llm, Findings &findings);
/// Profile problems are the population's, not found again here.
void checkAgentRules(const Document &agents, const Population &population, Findings &findings);
void checkWorkflowRules(const Document &workflow, Findings &findings);
void checkSurveyRules(const Json &survey, const QString &path, Findings &findings);
/// The map file that the document names, and its content.
void checkMapRules(const Document &map, const CheckContext &context, Findings &findings);

/// Schema and rules of a part; the population is computed by the caller, who needs it too.
[[nodiscard]] QList<Problem> checkAgents(const Document &agents, const Population &population);

} // namespace society::config
