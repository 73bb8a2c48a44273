// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sessionbus.h"

#include <QDBusConnection>
#include <QFileInfo>
#include <QStandardPaths>

namespace society::ui {

namespace {

constexpr char variable[] = "DBUS_SESSION_BUS_ADDRESS";

}

bool hasSessionBus()
{
    return qEnvironmentVariableIsSet(variable) ||
           QFileInfo::exists(
               QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation) + QStringLiteral("/bus"));
}

SessionBusHold::SessionBusHold()
    : m_isHeld(!hasSessionBus())
{
    if (m_isHeld)
        qputenv(variable, "disabled:"); // no kind of address: refused at once
}

void SessionBusHold::release()
{
    if (!m_isHeld)
        return;
    m_isHeld = false;
    (void)QDBusConnection::sessionBus(); // Qt asks once, and keeps that there is none
    qunsetenv(variable);
}

} // namespace society::ui
