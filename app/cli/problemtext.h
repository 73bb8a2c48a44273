// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/output.h"
#include "services/config/problem.h"

namespace society::cli {

/// Shows findings, one a line with its remedy below, and as `{ok, problems}`. The exit code: 1 if an error is among
/// them.
[[nodiscard]] int showProblems(Output &out, const QList<config::Problem> &problems);

} // namespace society::cli
