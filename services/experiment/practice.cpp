// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/experiment/practice.h"

#include "services/agentsociety/runnerkit.h"
#include "services/agentsociety/samples.h"

namespace society::experiment {

Result<QList<config::Imported>> installPractice(const Workspace &workspace, config::ConfigStore &configs)
{
    SOCIETY_TRY(agentsociety::RunnerKit(workspace).prepareShared());
    QList<config::Sample> samples;
    for (const agentsociety::SampleDocument &sample : agentsociety::sampleDocuments(workspace)) {
        const auto kind = config::kindFromName(sample.kind);
        Q_ASSERT(kind);
        samples.append({*kind, sample.name, sample.description, sample.document, sample.folder});
    }
    SOCIETY_ASSIGN(const config::ImportReport report, configs.installSamples(samples));
    return report.made;
}

} // namespace society::experiment
