// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace society::keeper {

/// Starts the keeper of a run directory and detaches it from this process: three processes come of one. This one prints
/// the keeper's answer and returns the program's exit code. The *guard*, a subreaper that does nothing, ends what is
/// left should the keeper be killed. The *keeper* itself is the guard's child; it never returns from here.
[[nodiscard]] int startDetached(const std::string &directory);

} // namespace society::keeper
