// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/session.h"
#include "services/core/ids.h"

#include <QByteArray>
#include <functional>

namespace society::cli {

/// What an import does with a key that it finds in a document: keeps it under the configuration's name. Says so where
/// it can be kept for this call of the program only.
[[nodiscard]] std::function<Result<>(const ConfigId &, int, const QByteArray &)> keyKeeper(
    Session &session, const TenantId &tenant);

/// Asks for the keys that a run with this configuration needs and that are not stored, where there is no place to store
/// them: they are then kept for this run only. Errors: as ConfigStore::find, and readKey's.
[[nodiscard]] Result<> askForMissingKeys(Session &session, const QString &llm);

} // namespace society::cli
