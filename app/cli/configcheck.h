// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/session.h"
#include "services/config/kind.h"

#include <optional>

namespace society::cli {

/// What `config check` looks at: a file, or four stored configurations.
struct CheckRequest {
    QString file;
    std::optional<config::Kind> kind; ///< of a file that is one part; empty: found from its content
    QString llm, agents, map, workflow;
};

/// Shows all problems; the exit code. Lack of money is a warning here. Errors: `usage`, and where nothing can be
/// checked.
[[nodiscard]] Result<int> checkConfiguration(Session &session, const CheckRequest &request);

} // namespace society::cli
