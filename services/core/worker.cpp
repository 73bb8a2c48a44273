// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/core/worker.h"

#include <QCoreApplication>
#include <QEvent>
#include <deque>

namespace society {

/// Hands answers over to the thread that made the worker, in their order.
class Worker::Relay : public QObject {
public:
    void put(std::function<void()> answer)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_answers.push_back(std::move(answer));
        }
        QCoreApplication::postEvent(this, new QEvent(QEvent::User));
    }

    bool event(QEvent *event) override
    {
        if (event->type() != QEvent::User)
            return QObject::event(event);
        std::function<void()> answer;
        {
            const std::lock_guard lock(m_mutex);
            answer = std::move(m_answers.front());
            m_answers.pop_front();
        }
        answer();
        return true;
    }

private:
    std::mutex m_mutex;
    std::deque<std::function<void()>> m_answers; // one for each event on its way
};

// A queue of our own, not an event loop's: a thread sanitizer sees how jobs and answers are handed over, and jobs that
// wait are dropped at the end without being looked at.
Worker::Worker(const QString &name, QObject *parent)
    : QObject(parent)
    , m_relay(std::make_unique<Relay>())
    , m_thread(QThread::create([this] { work(); }))
{
    m_thread->setObjectName(name);
}

Worker::~Worker()
{
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_wake.notify_one();
    m_thread->wait();
}

void Worker::post(std::function<void()> job)
{
    {
        const std::lock_guard lock(m_mutex);
        m_jobs.push_back(std::move(job));
        if (!m_thread->isRunning()) // one that nobody has asked anything yet costs a window's start nothing
            m_thread->start();
    }
    m_wake.notify_one();
}

void Worker::answer(std::function<void()> done)
{
    m_relay->put(std::move(done));
}

void Worker::work()
{
    for (;;) {
        std::function<void()> job;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [this] { return m_ending || !m_jobs.empty(); });
            if (m_ending)
                return;
            job = std::move(m_jobs.front());
            m_jobs.pop_front();
        }
        job();
    }
}

} // namespace society
