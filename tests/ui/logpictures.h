// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace society::ui {
class AppSettings;
}

namespace society::test {

/// Writes pictures of a sample log in a pane and of two compared, `log-…-VARIANT.png`, into a folder.
void takeLogPictures(ui::AppSettings &settings, const QString &variant, const QString &folder);

} // namespace society::test
