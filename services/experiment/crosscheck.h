// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/experiment/experiment.h"

#include <optional>

namespace society::experiment {

/// What AgentSociety itself counted, beside what the gateway metered and the bill says. Only a cross-check: its totals
/// are written while it steps, so they lack what it asks for afterwards (contract §3.6, §6.4 point 9).
struct CrossCheck {
    qint64 meteredIn = 0; ///< tokens
    qint64 meteredOut = 0;
    qint64 runnerIn = 0;
    qint64 runnerOut = 0;
    [[nodiscard]] bool agrees() const { return meteredIn == runnerIn && meteredOut == runnerOut; }
    bool operator==(const CrossCheck &) const = default;
};

/// Reads a run's own database (some ms; at most 0.5 s). Nothing where it has none yet or cannot be read: the bill does
/// not depend on it.
[[nodiscard]] std::optional<CrossCheck> crossCheckOf(const Experiment &experiment);

/// One translated sentence or two: whether they agree, by how much they differ, and why that is.
[[nodiscard]] QString crossCheckText(const CrossCheck &check);

} // namespace society::experiment
