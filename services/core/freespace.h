// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <optional>

namespace society {

/// Bytes that this user may still write to a folder's file system; nothing where the system does not say.
[[nodiscard]] std::optional<qint64> freeSpace(const QString &folder);

} // namespace society
