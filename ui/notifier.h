// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QObject>
#include <QString>

class QWidget;

namespace society::ui {

/// Tells the desktop that something has happened while the window was elsewhere: org.freedesktop.Notifications, and
/// where nobody serves it, an alert of the window in the task bar. Never waits for the desktop. GUI thread.
class Notifier : public QObject {
    Q_OBJECT
public:
    /// `window` is alerted where there is no notification service.
    explicit Notifier(QWidget *window);

    /// Shows a notification; `key` comes back in activated() when the person clicks it.
    void notify(const QString &title, const QString &text, const QString &key);

signals:
    void activated(const QString &key);

private slots:
    void actionInvoked(uint id, const QString &action);

private:
    QWidget *m_window;
    QHash<uint, QString> m_keys;
    bool m_hasBus = false;
};

} // namespace society::ui
