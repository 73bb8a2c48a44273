// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/experiment/experimentservice.h"

namespace society::experiment {

/// ExperimentService::abandon().
[[nodiscard]] Result<Experiment> abandon(const Services &services, const ExperimentId &id, const QString &reason);

} // namespace society::experiment
