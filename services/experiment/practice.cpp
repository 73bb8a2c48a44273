// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/experiment/practice.h"

#include "services/agentsociety/runnerkit.h"
#include "services/agentsociety/samples.h"

namespace society::experiment {

Result<QList<config::Imported>> installPractice(const Workspace &workspace, config::ConfigStore &configs)
{
    SOCIETY_TRY(agentsociety::RunnerKit(workspace).prepareShared());
    QList<config::Imported> all;
    for (const agentsociety::SampleDocument &sample : agentsociety::sampleDocuments(workspace)) {
        config::ImportOptions options; // of the public tenant
        options.kind = config::kindFromName(sample.kind);
        options.name = sample.name;
        options.description = sample.description;
        options.folder = sample.folder;
        if (const auto known = configs.find({}, sample.name, options.kind)) {
            all.append({known->kind, known->id, known->version, known->name, false});
            continue;
        }
        SOCIETY_ASSIGN(const config::ImportReport report, configs.importText(sample.document, options));
        all += report.made;
    }
    return all;
}

} // namespace society::experiment
