// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/error.h"

#include <QVariantList>

namespace society::store {

/// A statement for the server with the values in it, in the place of its `?` in order: one question instead of three
/// (prepare, execute, forget), and none left behind in a session. Texts in `'…'` are what standard_conforming_strings
/// makes of them. Error: `text_invalid` (a text with the character 0, which PostgreSQL cannot keep).
[[nodiscard]] Result<QString> serverSql(const QString &sql, const QVariantList &values);

} // namespace society::store
