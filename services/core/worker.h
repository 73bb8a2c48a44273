// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>
#include <QThread>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
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
        post([this, guard = QPointer<QObject>(context), work = std::move(work), done = std::move(done)]() mutable {
            auto result = std::make_shared<std::invoke_result_t<Work>>(work());
            // Back in the caller's thread: QPointer may be asked there only.
            answer([guard, result, done = std::move(done)]() mutable {
                if (guard)
                    done(std::move(*result));
            });
        });
    }

    /// Runs `job()` in the worker's thread; nobody hears of its end.
    void post(std::function<void()> job);

private:
    class Relay;
    void answer(std::function<void()> done);
    void work();

    std::unique_ptr<Relay> m_relay; // lives in the thread that made the worker
    std::mutex m_mutex;             // guards what follows up to m_ending
    std::condition_variable m_wake;
    std::deque<std::function<void()>> m_jobs;
    bool m_ending = false;
    std::unique_ptr<QThread> m_thread; // last: it uses the others
};

} // namespace society
