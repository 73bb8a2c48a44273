// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/config/document_p.h"

namespace society::config {

// The words of what checkSchema() finds.

/// "a whole number or text", from a schema's `type`.
[[nodiscard]] QString wantedWords(const Json &type);
/// "the number 5".
[[nodiscard]] QString valueWords(const Json &value);
/// What a person calls the place: the key, or the place in the list.
[[nodiscard]] QString placeName(const QString &path);

} // namespace society::config
