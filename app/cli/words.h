// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace society::cli {

/// Where the program's sentences are looked up; lupdate finds them under the same name.
struct Cli {
    Q_DECLARE_TR_FUNCTIONS(Cli)
};

} // namespace society::cli
