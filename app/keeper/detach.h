// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace society::keeper {

/// Starts the keeper of a run directory and detaches it from this process: three processes come of one. This one prints
/// the keeper's answer and returns the program's exit code. The *guard*, a subreaper that does nothing, ends what is
/// left should the keeper be killed. The *keeper* itself is the guard's child; it never returns from here.
[[nodiscard]] int startDetached(const std::string &directory);

/// The same before the run directory is known, so that a start later need not wait for three processes: this process
/// returns at once. The keeper waits for "LENGTH\nDIRECTORY" on standard input, in bytes, then goes on with what
/// follows as ever; its answer goes to standard output. It ends where the input ends before that.
[[nodiscard]] int waitDetached();

} // namespace society::keeper
