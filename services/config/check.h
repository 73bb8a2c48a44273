// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/config/document.h"
#include "services/config/kind.h"
#include "services/config/problem.h"

#include <QStringList>

namespace society::config {

class MapCache;

/// What a check may look at beside the document itself. Relative paths in a document count from `folder`.
struct CheckContext {
    QString folder;           ///< the document's folder; for a stored document the workspace
    MapCache *maps = nullptr; ///< null: a map file is read anew
};

/// Everything that is wrong with one part by itself: schema (unknown, obsolete and missing keys, types, values) and the
/// rules inside the part, files it names included. Paths are those of the document. In document order; any thread.
///
/// Codes: `unknown_key`, `obsolete_key`, `duplicate_key` (warnings), `missing_key`, `wrong_type`, `wrong_value`,
/// `out_of_range`, `too_few`, `class_unknown`, `block_unknown`, `function_unknown`, `ignored_key` (warning), those of
/// checkMap() and readProfiles(), and the rules' own (docs/configurations.md).
[[nodiscard]] QList<Problem> check(Kind kind, const Document &document, const CheckContext &context = {});

/// The JSON Schema (draft 7) of a kind: title, description, default and unit of each field, for forms. Empty for kinds
/// without one (profile, template).
[[nodiscard]] QByteArray schemaText(Kind kind);

/// Names that AgentSociety 1.5.7 with community 0.3.3 knows.
[[nodiscard]] QStringList citizenClasses();
[[nodiscard]] QStringList supervisorClasses();
[[nodiscard]] QStringList providerNames();

/// The candidate nearest to a word by edit distance, where near enough to be a slip; else empty.
[[nodiscard]] QString nearest(const QString &word, const QStringList &candidates);

} // namespace society::config
