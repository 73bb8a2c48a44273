// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/config/kind.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace society::ui {

/// A document to begin with.
struct ConfigTemplate {
    QString title; ///< translated
    QByteArray text;
};

/// What a new configuration of a kind may begin as; empty for kinds that only come from files (map, profile, template).
[[nodiscard]] QList<ConfigTemplate> configTemplates(config::Kind kind);

} // namespace society::ui
