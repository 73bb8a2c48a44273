// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/clock.h"

namespace society::test {

/// Stands where it is put.
class SetClock final : public Clock {
public:
    [[nodiscard]] QDateTime now() const override { return time; }
    QDateTime time;
};

} // namespace society::test
