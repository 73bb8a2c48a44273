// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/workspace.h"

#include <QByteArray>
#include <QList>

namespace society::agentsociety {

/// A configuration of the practice workspace, as AgentSociety writes that part (JSON).
struct SampleDocument {
    QString kind;        ///< "llm", "agents", "map" or "workflow"
    QString name;        ///< "Practice model", "Four people", …; English, as every name that scripts use
    QString description; ///< one translated sentence
    QByteArray document;
    QString folder; ///< from which relative paths in it count
};

/// An experiment that the sample documents make.
struct SampleExperiment {
    QString name;
    QString llm; ///< names of documents
    QString agents;
    QString map;
    QString workflow;
};

/// The practice configurations; their files are RunnerKit::prepareShared()'s.
[[nodiscard]] QList<SampleDocument> sampleDocuments(const Workspace &workspace);
/// The short experiment first (at most 15 s), then a day in town.
[[nodiscard]] QList<SampleExperiment> sampleExperiments();

} // namespace society::agentsociety
