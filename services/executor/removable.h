// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Which folders a run may have removed when it has ended (`remove_after` of launch.json). One rule for the keeper and
// for who takes its place; without Qt, for the keeper uses it too. Any thread.

#include <string>

namespace society::procfs {

/// Whether a path names a folder that may be removed whole: absolute, without "..", and never near the root.
[[nodiscard]] bool isRemovablePath(const std::string &path);

/// Whether the run directory lies in this folder or is it, links followed; true where that cannot be told.
[[nodiscard]] bool holdsRun(const std::string &path, const std::string &runDirectory);

} // namespace society::procfs
