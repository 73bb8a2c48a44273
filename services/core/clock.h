// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>

namespace society {

/// Where services get the time from, so that tests can set it. Any thread.
class Clock {
public:
    Clock() = default;
    virtual ~Clock() = default;
    Clock(const Clock &) = delete;
    Clock &operator=(const Clock &) = delete;

    /// Now, in UTC.
    [[nodiscard]] virtual QDateTime now() const = 0;
};

/// The machine's clock.
class SystemClock final : public Clock {
public:
    [[nodiscard]] QDateTime now() const override;
};

/// ISO 8601 in UTC with milliseconds and `Z`; the only form in storage. Its text sorts as the time does.
[[nodiscard]] QString toIso(const QDateTime &time);
/// The reverse; an invalid QDateTime where the text is not such a time.
[[nodiscard]] QDateTime fromIso(const QString &text);

} // namespace society
