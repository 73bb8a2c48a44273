// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QString>

class QAction;

namespace society::ui {

/// An icon by its name in the icon theme (Breeze's names), else our own drawing of it (`:/icons`), else an empty one:
/// so every place that shows an icon has a text, too.
[[nodiscard]] QIcon icon(const char *name);
/// The program's own picture of that name (resources/icons, grey on any background), whatever the desktop's theme.
[[nodiscard]] QIcon ownIcon(const char *name);

/// Notes which icon (a name as above; may be null) an action is to have, without looking for it: that is a hundred
/// files asked for. dress() gives it the icon, in the theme of the moment; for menus that are about to be shown.
void nameIcon(QAction *action, const char *name);
void dress(QAction *action);

} // namespace society::ui
