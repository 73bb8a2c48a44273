// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QLineEdit;

namespace society::ui {

/// Gives `line` the button that empties it, as QLineEdit::setClearButtonEnabled does, but with the first letter: nobody
/// sees it before, and its picture costs as much as all the rest of the line (0.9 ms). GUI thread.
void offerClearing(QLineEdit *line);

} // namespace society::ui
