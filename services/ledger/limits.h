// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace society::ledger {

/// The longest note or reason of a bill or a hold, in UTF-16 units, blanks at its ends included: `note_too_long`.
inline constexpr qsizetype LongestNote = 4'000;

} // namespace society::ledger
