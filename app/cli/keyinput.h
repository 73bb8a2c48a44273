// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/error.h"
#include "services/secrets/secretbytes.h"

#include <QString>

namespace society::cli {

/// Reads one line from standard input, without showing it where a person types; `prompt` is for them alone. Where
/// standard input is neither a terminal nor gives anything within `patienceMs` (negative: for ever), nothing is waited
/// for. Errors: `secret_empty`, `secret_invalid` (more than one line, or control characters).
[[nodiscard]] Result<secrets::SecretBytes> readKey(const QString &prompt, int patienceMs);

} // namespace society::cli
