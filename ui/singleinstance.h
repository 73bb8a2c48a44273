// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/workspace.h"

#include <QList>
#include <QObject>
#include <QSocketNotifier>
#include <memory>

namespace society::ui {

/// One window per workspace: the first holds `window.lock` and listens on a socket that only its own user can open; a
/// later one asks it to come to the front and ends. GUI thread.
class SingleInstance : public QObject {
    Q_OBJECT
public:
    explicit SingleInstance(const Workspace &workspace, QObject *parent = nullptr);
    ~SingleInstance() override;

    /// Whether this is the first; then it listens from now on.
    [[nodiscard]] bool claim();
    /// Asks the first to raise its window and waits at most `ms` for its word. Call it before an event loop runs.
    [[nodiscard]] bool raiseFirst(int ms = 10000) const;

signals:
    /// A second start has asked for the window.
    void raiseRequested();

private:
    void listen();
    void greet();
    void answer(QSocketNotifier *caller);
    void dismiss(QSocketNotifier *caller);

    QByteArray m_socket; ///< its path, as the file system has it
    QString m_lockPath;
    int m_lock = -1; ///< the open lock file; the kernel gives it back with the process
    int m_listening = -1;
    std::unique_ptr<QSocketNotifier> m_knock;
    QList<QSocketNotifier *> m_callers; ///< those who have not said anything yet
};

} // namespace society::ui
