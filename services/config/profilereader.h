// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/config/profiles.h"

#include <QHash>

namespace society::config {

/// Profile files of one check, each read once.
class ProfileReader {
public:
    /// The file as AgentSociety takes it: `.json` or `.jsonl` only. Errors: as readProfiles().
    [[nodiscard]] const Result<ProfileTable> &load(const QString &path);

private:
    QHash<QString, Result<ProfileTable>> m_tables;
};

} // namespace society::config
