// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/error.h"

#include <QString>
#include <functional>

class QWidget;

namespace society::ui {

/// Asks for a line of text and calls `then` with it where the person agrees; trimmed, never empty. Does not wait: the
/// question belongs to `parent` and goes with it. GUI thread.
void askText(QWidget *parent, const QString &title, const QString &label, const QString &value,
    const std::function<void(const QString &)> &then);

/// Asks before something is lost: what will be, in `text` and `consequence`; `agree` names the button that does it. The
/// safe answer is the default.
void askBeforeLoss(QWidget *parent, const QString &title, const QString &text, const QString &consequence,
    const QString &agree, const std::function<void()> &then);

/// Shows a folder in the desktop's file manager. Error: `folder_unopened`.
[[nodiscard]] Result<> openFolder(const QString &path);

} // namespace society::ui
