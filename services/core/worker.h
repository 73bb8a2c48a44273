// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>
#include <QThread>
#include <atomic>
#include <functional>
#include <memory>
#include <type_traits>
#include <utility>

namespace society {

/// One thread that does jobs in turn, so that the thread which paints never waits: SQL, files, probes. Lives in the
/// thread that made it; its destructor finishes the job in progress, drops the waiting ones and joins.
class Worker : public QObject {
    Q_OBJECT
public:
    explicit Worker(const QString &name, QObject *parent = nullptr);
    ~Worker() override;

    /// Runs `work()` in the worker's thread, then `done(result)` in the thread of `context`, unless `context` is gone by
    /// then. Jobs run in the order of the calls. Call it from the thread of `context`.
    template <class Work, class Done>
    void run(QObject *context, Work work, Done done)
    {
        post([guard = QPointer<QObject>(context), relay = m_relay.get(), work = std::move(work), done = std::move(done)]() mutable {
            auto result = std::make_shared<std::invoke_result_t<Work>>(work());
            // Through the relay, which lives in the caller's thread: QPointer may be asked there only.
            QMetaObject::invokeMethod(relay, [guard, result, done = std::move(done)]() mutable {
                if (guard)
                    done(std::move(*result));
            }, Qt::QueuedConnection);
        });
    }

    /// Runs `work()` in the worker's thread; nobody hears of its end.
    void post(std::function<void()> work);

private:
    QThread m_thread;
    std::unique_ptr<QObject> m_relay; // lives in the thread that made the Worker
    QObject *m_inside = nullptr; // lives in m_thread
    std::atomic<bool> m_ending = false;
};

} // namespace society
