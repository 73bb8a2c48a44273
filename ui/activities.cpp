// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/activities.h"

#include <algorithm>

namespace society::ui {

Activities::Activities(QObject *parent)
    : QObject(parent)
{
}

int Activities::begin(const QString &title, CancelFlag cancel)
{
    const int id = m_next++;
    m_activities.append(Activity{id, title, {}, -1, std::move(cancel)});
    emit changed();
    return id;
}

void Activities::setProgress(int id, int percent, const QString &step)
{
    QMetaObject::invokeMethod(
        this,
        [this, id, percent, step] {
            for (Activity &activity : m_activities) {
                if (activity.id != id)
                    continue;
                activity.percent = percent;
                activity.step = step;
                emit changed();
                return;
            }
        },
        Qt::QueuedConnection);
}

void Activities::end(int id)
{
    if (m_activities.removeIf([id](const Activity &activity) { return activity.id == id; }) > 0)
        emit changed();
}

} // namespace society::ui
