// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/error.h"

#include <QString>

namespace society {

/// The longest name that a person may give to anything, in UTF-16 units.
inline constexpr qsizetype LongestName = 200;

/// A name that a person gave, without blanks at its ends. Error: `name_invalid` (empty, longer than LongestName,
/// control characters, more than one line). Every other character stays as it is, in whatever direction it is written.
[[nodiscard]] Result<QString> checkedName(const QString &name);

} // namespace society
