// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/config/configstore.h"
#include "services/core/workspace.h"

namespace society::experiment {

/// Makes a workspace's practice part: what runs share, the practice town and people, and the practice configurations as
/// public ones. Returns those it knows of; `created` tells the new ones. Safe to repeat; a configuration that somebody
/// changed stays, unless a newer program brings a text that was never there: that becomes a new version. Needs no
/// runner. Blocks on files and SQL. Errors: of RunnerKit::prepareShared() and ConfigStore.
[[nodiscard]] Result<QList<config::Imported>> installPractice(const Workspace &workspace, config::ConfigStore &configs);

} // namespace society::experiment
