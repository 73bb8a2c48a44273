// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace society::keeper {

/// Milliseconds, of whichever clock.
using Millis = std::int64_t;

/// Where the keeper gets the time and the boot from, so that tests can set them.
class Clocks {
public:
    Clocks() = default;
    virtual ~Clocks() = default;
    Clocks(const Clocks &) = delete;
    Clocks &operator=(const Clocks &) = delete;

    [[nodiscard]] virtual Millis wall() const = 0;      ///< since 1970, UTC; may be set back
    [[nodiscard]] virtual Millis monotonic() const = 0; ///< stands still while the machine is suspended
    [[nodiscard]] virtual Millis boot() const = 0;      ///< goes on while the machine is suspended
    [[nodiscard]] virtual std::string bootId() const = 0;
};

/// The machine's clocks.
class SystemClocks final : public Clocks {
public:
    [[nodiscard]] Millis wall() const override;
    [[nodiscard]] Millis monotonic() const override;
    [[nodiscard]] Millis boot() const override;
    [[nodiscard]] std::string bootId() const override;
};

/// Measures a run: time it ran and time the machine slept meanwhile.
class RunClock {
public:
    explicit RunClock(const Clocks &clocks)
        : m_clocks(&clocks)
    {
    }

    void start();
    /// Holds both figures from now on.
    void stop();
    [[nodiscard]] Millis ran() const;
    [[nodiscard]] Millis suspended() const;

private:
    const Clocks *m_clocks;
    bool m_running = false;
    Millis m_monotonicStart = 0;
    Millis m_bootStart = 0;
    Millis m_ran = 0;
    Millis m_suspended = 0;
};

/// ISO 8601 in UTC with milliseconds and `Z`.
[[nodiscard]] std::string toIso(Millis wall);

} // namespace society::keeper
