// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QStringList>

namespace society {

/// One field of RFC 4180 in UTF-8, quoted where it must be. What a spreadsheet would run as a formula (a text that
/// begins with = + - @, a tab or a carriage return) gets an apostrophe before it; a plain number does not.
[[nodiscard]] QByteArray csvField(const QString &text);

/// A line of fields, ended by CR LF.
[[nodiscard]] QByteArray csvLine(const QStringList &fields);

} // namespace society
