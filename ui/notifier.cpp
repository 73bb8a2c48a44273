// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/notifier.h"

#include "ui/sessionbus.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QWidget>

namespace society::ui {

namespace {

constexpr int maxKeys = 100;

constexpr QLatin1String service("org.freedesktop.Notifications");
constexpr QLatin1String path("/org/freedesktop/Notifications");

} // namespace

Notifier::Notifier(QWidget *window)
    : QObject(window)
    , m_window(window)
    , m_hasBus(hasSessionBus())
{
    // Asking for a session bus that is not there would start one with no desktop behind it.
    if (m_hasBus) {
        // A space in the signature would have to be taken out at run time.
        // clang-format off
        QDBusConnection::sessionBus().connect(
            service, path, service, QStringLiteral("ActionInvoked"), this, SLOT(actionInvoked(uint,QString)));
        // clang-format on
    }
}

void Notifier::notify(const QString &title, const QString &text, const QString &key)
{
    if (!m_hasBus) {
        QApplication::alert(m_window);
        return;
    }
    QDBusMessage message = QDBusMessage::createMethodCall(service, path, service, QStringLiteral("Notify"));
    message << QCoreApplication::applicationName() << 0U << QStringLiteral("society-workbench") << title
            << text.toHtmlEscaped() << QStringList{QStringLiteral("default"), tr("Open")}
            << QVariantMap{{QStringLiteral("desktop-entry"), QStringLiteral("society-workbench")}} << -1;
    auto *watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(message), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, key](QDBusPendingCallWatcher *call) {
        const QDBusPendingReply<uint> reply = *call;
        call->deleteLater();
        if (reply.isError()) {
            QApplication::alert(m_window);
            return;
        }
        if (m_keys.size() >= maxKeys)
            m_keys.clear();
        m_keys.insert(reply.value(), key);
    });
}

void Notifier::actionInvoked(uint id, const QString &)
{
    if (const QString key = m_keys.take(id); !key.isEmpty())
        emit activated(key);
}

} // namespace society::ui
