// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/error.h"
#include "services/core/workspace.h"

#include <QString>

namespace society::config {

// Files that documents name, kept in the workspace by their content: the same file is there once, whoever imports it.

/// "maps/x.pb" for a file of the workspace; empty for others.
[[nodiscard]] QString insideWorkspace(const QString &path, const Workspace &workspace);
/// Copies a map in; its place inside the workspace. Errors: those of files.
[[nodiscard]] Result<QString> storeMap(const QString &file, const Workspace &workspace);
/// The same for a profile file, in a form that AgentSociety reads: CSV becomes JSON. Errors: readProfiles() too.
[[nodiscard]] Result<QString> storeProfiles(const QString &file, const Workspace &workspace);

} // namespace society::config
