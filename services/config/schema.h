// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/config/document_p.h"
#include "services/config/findings.h"
#include "services/config/kind.h"

namespace society::config {

/// The parsed schema of a kind; null for kinds without one. Parsed once.
[[nodiscard]] const Json *schemaOf(Kind kind);
/// resources/schemas/names.json.
[[nodiscard]] const Json &names();
/// A list of strings of names.json, by dotted path.
[[nodiscard]] QStringList namesOf(const char *path);

/// The texts of a list.
[[nodiscard]] QStringList strings(const Json &list);

/// Follows `$ref`s inside `root`.
[[nodiscard]] const Json &resolved(const Json &root, const Json &schema);

/// Checks a value against a schema (the part of draft 7 that resources/schemas use). Unknown keys are warnings that
/// name the nearest known one; where the schema has `x-code` for unknown keys or values, errors with that code.
void checkSchema(const Json &root, const Json &schema, const Json &value, const QString &path, Findings &findings);

/// A copy of a value without the keys that the schema does not know.
[[nodiscard]] Json knownOnly(const Json &root, const Json &schema, const Json &value);

} // namespace society::config
