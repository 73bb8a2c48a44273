// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/error.h"

#include <QDateTime>
#include <string>

namespace society::cli {

/// Reads `2026-11-24`, `2026-11-24T08:00`, with or without `Z` or an offset; UTC where none is given. Invalid for an
/// empty text. Error: `time_invalid` (kind Usage).
[[nodiscard]] Result<QDateTime> timeArgument(const std::string &argument);

/// A time as people here write it, in this machine's zone; empty where invalid.
[[nodiscard]] QString localTime(const QDateTime &time);

} // namespace society::cli
