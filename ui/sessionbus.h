// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace society::ui {

/// Whether a desktop's session bus is there, without asking it. Any thread.
[[nodiscard]] bool hasSessionBus();

/// Keeps Qt from starting a session bus where there is none: for its accessibility it would, since no desktop reads it
/// there, and the window would wait for that. Made before the QApplication and before any thread; it does nothing where
/// there is a bus.
class SessionBusHold {
public:
    SessionBusHold();
    /// When the QApplication is made and no other thread reads the environment. Others than Qt, such as a keychain, may
    /// start a bus from then on.
    void release();

private:
    bool m_isHeld;
};

} // namespace society::ui
