// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/config/prepare.h"

namespace society::config {

/// An LLM document whose keys are replaced by references; the keys, and what is missing, go to `prepared`.
[[nodiscard]] Result<Document> takeKeys(const Document &llm, const Earlier &earlier, Prepared &prepared);

} // namespace society::config
