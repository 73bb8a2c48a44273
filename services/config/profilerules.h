// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/config/findings.h"
#include "services/config/mapfile.h"
#include "services/config/population.h"
#include "services/config/profilereader.h"

namespace society::config {

/// population() with the files that were read already.
[[nodiscard]] Population populationOf(const Document &agents, const QString &folder, ProfileReader &profiles);

/// The rules of contract §1.6 for the first `number` entries of a file: rows, columns that `agentClass` drops.
void checkProfileRows(
    const ProfileTable &table, qint64 number, const QString &agentClass, const QString &path, Findings &findings);
/// Ids of `home` and `work` that the map lacks; ties to people who are not there.
void checkProfilePlaces(const ProfileTable &table, qint64 number, const MapFile *map, const Population &population,
    const QString &path, Findings &findings);

} // namespace society::config
