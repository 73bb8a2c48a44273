// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace society::secrets {

/// Where this library's sentences are looked up; lupdate finds them under the same name.
struct Words {
    Q_DECLARE_TR_FUNCTIONS(Secrets)
};

} // namespace society::secrets
