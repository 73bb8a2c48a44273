// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/agentsociety/failure.h"

namespace society::agentsociety {

inline constexpr qsizetype LongestDetail =
    300; // characters of AgentSociety's own words that are worth showing in a sentence

/// The line that names the cause: of a text of many lines (a call that failed in a worker) it is the last.
[[nodiscard]] QString causeOf(const QString &text);
/// What a text of AgentSociety's means that was said in a phase of a run; nothing where it is not known.
[[nodiscard]] std::optional<Failure> recognise(const QString &text, const QString &phase);

} // namespace society::agentsociety
