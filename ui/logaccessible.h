// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace society::ui {

class LogView;

/// Lets screen readers read a LogView's visible lines (as its value). Once is enough; more does nothing.
void installLogAccessibility();
/// Tells them that these lines are others now.
void noteVisibleTextChanged(LogView *view);

} // namespace society::ui
