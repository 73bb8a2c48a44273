// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QApplication>
#include <QList>
#include <QTimer>
#include <QWidget>
#include <functional>

namespace society::test {

/// Does what a person does in society-workbench, into which it is preloaded: each step once it can be done (it returns
/// true then), the last one for as long as the program runs if it never does.
class Presser : public QObject {
public:
    explicit Presser(QList<std::function<bool()>> steps)
        : m_steps(std::move(steps))
    {
        connect(&m_timer, &QTimer::timeout, this, [this] {
            if (m_next < m_steps.size() && m_steps.at(m_next)())
                ++m_next;
        });
        m_timer.start(50);
    }

    /// The first object of this name below a window; null: there is none yet.
    template <class Object>
    [[nodiscard]] static Object *find(const char *name)
    {
        for (QWidget *window : QApplication::topLevelWidgets())
            if (auto *found = window->findChild<Object *>(QString::fromLatin1(name)))
                return found;
        return nullptr;
    }

private:
    QTimer m_timer;
    QList<std::function<bool()>> m_steps;
    qsizetype m_next = 0;
};

} // namespace society::test
