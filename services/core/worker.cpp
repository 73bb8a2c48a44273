// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/core/worker.h"

namespace society {

Worker::Worker(const QString &name, QObject *parent)
    : QObject(parent)
    , m_relay(std::make_unique<QObject>())
    , m_inside(new QObject)
{
    m_inside->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_inside, &QObject::deleteLater);
    m_thread.setObjectName(name);
    m_thread.start();
}

Worker::~Worker()
{
    // quit() alone lets the event loop do what is queued first.
    m_ending = true;
    m_thread.quit();
    m_thread.wait();
}

void Worker::post(std::function<void()> work)
{
    QMetaObject::invokeMethod(m_inside, [this, work = std::move(work)] {
        if (!m_ending)
            work();
    }, Qt::QueuedConnection);
}

} // namespace society
