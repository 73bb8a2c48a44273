// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/keeper/launch.h"
#include "app/keeper/trouble.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace society::keeper {

/// `stop.json`.
struct StopFile {
    std::string reason; ///< "user" or "budget"
    std::optional<Millis> graceMs;
};

/// A line that a companion printed.
struct CompanionLine {
    bool ready = false;
    bool failed = false; ///< it says that it will not be ready; why is in `detail`
    int port = 0;
    std::string event;  ///< an alarm's code; empty: not an event
    std::string detail; ///< its words
};

/// Per companion's name the text for its standard input: its own object and the token.
using Secrets = std::map<std::string, std::string, std::less<>>;

/// Reads launch.json. Trouble `launch`, naming the field.
[[nodiscard]] Maybe<Launch> parseLaunch(std::string_view text);

/// Reads the secrets' object for the companions of a launch. Trouble `launch`; its words hold nothing of the text.
[[nodiscard]] Maybe<Secrets> parseSecrets(std::string_view text, const Launch &launch, const std::string &token);

/// The outcome that status.json holds: empty while there is none. Trouble `launch` where it cannot be read.
[[nodiscard]] Maybe<std::string> parseOutcome(std::string_view text);

/// Reads stop.json; where something is missing or strange the mildest reading holds: a stop is never ignored.
[[nodiscard]] StopFile parseStop(std::string_view text);

/// Reads a companion's line; nothing where it is not ours.
[[nodiscard]] std::optional<CompanionLine> parseCompanionLine(std::string_view line);

} // namespace society::keeper
