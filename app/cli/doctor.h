// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/session.h"

namespace society::cli {

/// Checks everything that a run needs, one line each with its remedy. Exit code 1 if something is missing.
[[nodiscard]] Result<int> doctor(Session &session);

} // namespace society::cli
