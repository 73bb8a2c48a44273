// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace society::ui {

class LogView;

/// Lets screen readers read a LogView's visible lines with what their columns say (as its value) and the cursor's (in its description). Once is
/// enough; more does nothing.
void installLogAccessibility();
[[nodiscard]] bool isScreenReaderListening();
/// Tells them a text that has come into sight, or that is meant of what is in sight.
void tellScreenReader(LogView *view, const QString &text);

} // namespace society::ui
