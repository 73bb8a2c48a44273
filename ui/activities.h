// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QObject>
#include <QString>
#include <atomic>
#include <memory>

namespace society::ui {

/// Long work in the background, shown in the status bar with progress and cancel. GUI thread, except setProgress().
class Activities : public QObject {
    Q_OBJECT
public:
    using CancelFlag = std::shared_ptr<std::atomic_bool>;
    struct Activity {
        int id = 0;
        QString title;     ///< such as "Installing the runner"
        QString step;      ///< what is being done just now
        int percent = -1;  ///< −1: not known
        CancelFlag cancel; ///< null: cannot be cancelled
    };

    explicit Activities(QObject *parent = nullptr);

    /// Announces work; `cancel` is set by the cancel button and looked at by the work. Returns its id.
    int begin(const QString &title, CancelFlag cancel = {});
    /// From any thread.
    void setProgress(int id, int percent, const QString &step);
    void end(int id);
    [[nodiscard]] const QList<Activity> &activities() const { return m_activities; }

signals:
    /// One began, went on or ended.
    void changed();

private:
    QList<Activity> m_activities;
    int m_next = 1;
};

} // namespace society::ui
