// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/error.h"

#include <QByteArray>
#include <QString>
#include <functional>

namespace society::experiment {

/// Hands each whole line of a usage.jsonl from `offset` on to `take` until it says no. `offset` is moved behind each
/// line as it is taken, so that none is taken twice where reading fails later. `rest` is set where the file ends in
/// half a line. A missing file has no lines. Errors: `read_failed`, and those of `take`.
[[nodiscard]] Result<> eachLine(
    const QString &path, qint64 &offset, bool &rest, const std::function<Result<bool>(const QByteArray &)> &take);

} // namespace society::experiment
