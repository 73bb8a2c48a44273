// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QString>

namespace society::ui {

/// An icon by its name in the icon theme (Breeze's names), else our own drawing of it (`:/icons`), else an empty one:
/// so every place that shows an icon has a text, too.
[[nodiscard]] QIcon icon(const char *name);

} // namespace society::ui
