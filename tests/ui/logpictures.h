// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace society::ui {
class AppSettings;
}

namespace society::test {

class UiFixture;

/// Writes pictures of a sample log in a pane and of two compared, `log-…-VARIANT.png`, into a folder.
void takeLogPictures(ui::AppSettings &settings, const QString &variant, const QString &folder);

/// The same of nine logs beside each other, and of a log in a window of its own.
void takeLogWindowPictures(UiFixture &fixture, const QString &variant, const QString &folder);

/// A log as a run writes it: a start, steps, talk in Chinese, retries, tracebacks, waiting, gaps.
[[nodiscard]] QByteArray sampleLog(int seed, int steps);

} // namespace society::test
