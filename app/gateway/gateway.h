// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/gateway/settings.h"

#include <string>

namespace society::gateway {

class Events;

/// Serves the run until it is told to stop (SIGTERM, SIGINT) or who started it is gone; the process's exit code. 0:
/// told to stop; 1: could not begin, or usage.jsonl could not be written any more.
[[nodiscard]] int serve(const Settings &settings, const std::string &usagePath, Events &events);

} // namespace society::gateway
