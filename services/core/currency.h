// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/error.h"

#include <QString>

namespace society {

/// What stands before amounts where people read them, `¥` at first: a text, used in no calculation. One for the whole
/// process, since it is the workspace's. Any thread.
[[nodiscard]] QString currencySign();
/// An empty text: `¥` again.
void setCurrencySign(const QString &sign);
/// A sign as a person typed it, trimmed. Error: `currency_invalid` (longer than 12 characters, or with digits, control
/// characters or what else could be read as part of the number).
[[nodiscard]] Result<QString> checkedCurrencySign(const QString &sign);

} // namespace society
