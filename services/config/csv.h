// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/error.h"

#include <QByteArray>
#include <QList>
#include <QStringList>

namespace society::config {

/// Reads comma-separated values (RFC 4180; also semicolons or tabs, where the first line has more of them): UTF-8 with
/// or without a byte order mark, quoted fields with line breaks. Empty lines are left out. Error: `csv_invalid` (a
/// quotation mark that is never closed, or followed by text), with the line in the message.
[[nodiscard]] Result<QList<QStringList>> readCsv(const QByteArray &bytes);

} // namespace society::config
