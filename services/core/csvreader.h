// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/error.h"

#include <QByteArray>
#include <QList>
#include <QStringList>

namespace society {

/// Reads comma-separated values (RFC 4180; also semicolons or tabs, where the first line has more of them): UTF-8 with
/// or without a byte order mark, quoted fields with line breaks. Empty lines are left out. Error: `csv_invalid` (a
/// quotation mark that is never closed, or followed by text), with the line in the message. `lines` takes the line,
/// from 1, that each row begins in.
[[nodiscard]] Result<QList<QStringList>> readCsv(const QByteArray &bytes, QList<int> *lines = nullptr);

} // namespace society
