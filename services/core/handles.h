// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/error.h"

namespace society {

/// Whether this program may open no more files: its own limit, or the machine's, is reached. Any thread.
[[nodiscard]] bool areHandlesUsedUp();

/// `too_many_files`, with the failure's message as detail, where this program may open no more files; else the failure
/// as it is. Any thread.
[[nodiscard]] Error orTooManyFiles(Error error);

} // namespace society
