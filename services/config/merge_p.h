// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/config/document_p.h"

namespace society::config {

/// `merge_invalid`: a part has no form that AgentSociety reads.
[[nodiscard]] tl::unexpected<Error> invalidPart(const char *part);
/// Whether it is a list of at least one object, and of nothing else.
[[nodiscard]] bool isListOfObjects(const Json *json);

} // namespace society::config
