// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/agentsociety/launch.h"
#include "services/core/money.h"

namespace society::store {
class Database;
}

namespace society::experiment {

/// How runs are started where nothing else is said; kept in the workspace's settings.
struct RunSettings {
    Money hold = Money::fromMicro(1'000'000); ///< set aside at a start without a cap: ¥ 1.00 at first
    agentsociety::RunMode mode = agentsociety::RunMode::Light;
    agentsociety::LightWorkers workers = agentsociety::LightWorkers::ByPopulation;
    agentsociety::City city = agentsociety::City::Practice;
    QString rayAddress;      ///< of a cluster, host:port; empty: a Ray of the run's own
    bool endStalled = false; ///< end a run that is silent for longer than its phase's limit, instead of warning
    bool operator==(const RunSettings &) const = default;
};

/// "light" or "ray", as records, settings and the database have it.
[[nodiscard]] QString modeWord(agentsociety::RunMode mode);
/// The reverse; light for any other word.
[[nodiscard]] agentsociety::RunMode modeFromWord(const QString &word);

/// Errors: as store::Query.
[[nodiscard]] Result<RunSettings> loadRunSettings(store::Database &database);
/// Errors: `amount_negative`, `ray_address_invalid`, as store::Query.
[[nodiscard]] Result<> saveRunSettings(store::Database &database, const RunSettings &run);

} // namespace society::experiment
