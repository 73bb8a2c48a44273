// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/config/configstore.h"
#include "services/experiment/experiment.h"
#include "services/ledger/values.h"

#include <QJsonObject>

namespace society::cli {

// The documents of docs/cli.md. Amounts twice: `KEY_micro`, and a decimal as `KEY`.

void addMoney(QJsonObject &object, const QString &key, Money amount);
/// ISO 8601 in UTC, or null.
[[nodiscard]] QJsonValue timeValue(const QDateTime &time);
[[nodiscard]] QJsonObject experimentObject(const experiment::Experiment &experiment);
[[nodiscard]] QJsonObject billObject(const ledger::Bill &bill);
[[nodiscard]] QJsonObject priceObject(const ledger::Price &price);
[[nodiscard]] QJsonObject configObject(const config::ConfigRow &row);
[[nodiscard]] QJsonObject problemObject(const config::Problem &problem);

} // namespace society::cli
