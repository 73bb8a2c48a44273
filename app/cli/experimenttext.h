// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/experiment/experimentservice.h"

#include <QJsonObject>
#include <QList>
#include <QString>
#include <utility>

namespace society::cli {

/// The state for people; a practice run is always called one.
[[nodiscard]] QString stateWithPractice(const experiment::Experiment &experiment);
/// The document of `status`: the experiment's, and `error`, the last error of its log.
[[nodiscard]] QJsonObject statusObject(const experiment::Details &details);
/// The same for people.
[[nodiscard]] QList<std::pair<QString, QString>> statusFields(const experiment::Details &details);

} // namespace society::cli
