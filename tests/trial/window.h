// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace society::trial {

/// Stands for the window, which can be killed: holds the services on a workspace, starts what a JSON line on standard
/// input asks for, prints `{"id"}` or `{"error"}`, and looks at all runs several times a second until its input ends.
/// Returns the exit code.
int runWindow(const QString &workspace);

} // namespace society::trial
