// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace society::config {

/// `"key": value` at a depth of a run file, the value's further lines moved as deep.
[[nodiscard]] QByteArray runMember(const char *key, QByteArray value, int spaces);

} // namespace society::config
