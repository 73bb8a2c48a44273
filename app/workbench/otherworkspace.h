// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace society::ui {
class StartupPage;
}

namespace society::app {

/// Opens a workspace that was chosen on the startup page, by another process (`program`), and ends this one. Where none
/// can be started, the page says so and stays. GUI thread.
void openInstead(ui::StartupPage &page, const QString &folder, const QString &program);

} // namespace society::app
