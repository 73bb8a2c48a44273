// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace society::config {

/// The byte at which UTF-8 breaks off; -1: it does not.
[[nodiscard]] qsizetype invalidUtf8(const QByteArray &text);

} // namespace society::config
