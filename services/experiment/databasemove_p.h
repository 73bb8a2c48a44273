// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/error.h"

namespace society::experiment {

/// Error: `write_failed`.
[[nodiscard]] Result<> renameFile(const QString &from, const QString &to);

} // namespace society::experiment
