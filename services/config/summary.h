// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/config/check.h"
#include "services/config/document.h"
#include "services/config/kind.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QStringList>

namespace society::config {

/// A step of a workflow, for lists.
struct StepSummary {
    QString path; ///< in the workflow document, such as "workflow.2"
    QString type; ///< "step", "survey", …
    QString text; ///< translated, one line: "8 steps × 900 s", "survey “Mood” to 5–14"
};

/// One line per step of a workflow document. Never fails: unreadable steps say so.
[[nodiscard]] QList<StepSummary> workflowSteps(const Document &workflow);

/// The steps, the environment (`{}` where it is left out) and the second of day at which the run starts, for services
/// that compute with them.
struct WorkflowPlan {
    QJsonArray steps;
    QJsonObject environment;
    int startTick = 28800;
};
[[nodiscard]] WorkflowPlan workflowPlan(const Document &workflow);

/// A few short translated lines about a document, for cards: "10 citizens, ids 5–14", "64 areas, 1.6 km",
/// "8 steps × 900 s". Never fails; says what cannot be read.
[[nodiscard]] QStringList summary(Kind kind, const Document &document, const CheckContext &context = {});

} // namespace society::config
