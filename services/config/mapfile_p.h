// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/error.h"

namespace society::config {

/// `map_unreadable`.
[[nodiscard]] tl::unexpected<Error> unreadableMap(const QString &path, const QString &detail);

} // namespace society::config
