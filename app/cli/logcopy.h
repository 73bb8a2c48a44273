// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/session.h"

#include <QString>
#include <optional>

namespace society::experiment {
struct Experiment;
}

namespace society::cli {

/// What `log` is asked for.
struct LogRequest {
    std::optional<qint64> lines; ///< only the last so many
    bool follow = false;         ///< until the run has ended
    QString pattern;             ///< empty: every line
};

/// Copies a run's log to standard output, byte for byte. A run that has no log yet has an empty one.
[[nodiscard]] Result<int> copyLog(
    Session &session, const experiment::Experiment &experiment, const LogRequest &request);

} // namespace society::cli
