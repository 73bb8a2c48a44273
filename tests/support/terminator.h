// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/store/database.h"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace society::test {

/// Ends the connections of the login `admin` of a database at a moment in the middle of something, as its server's
/// administrator would.
class Terminator {
public:
    /// `superuser`: a place on the server of the database.
    Terminator(const store::Place &superuser, const QString &database);
    ~Terminator();
    Terminator(const Terminator &) = delete;
    Terminator &operator=(const Terminator &) = delete;

    void strikeAfter(int microseconds);
    /// Until it has struck.
    void wait();

private:
    void serve();
    const store::Place m_place;
    const QString m_database;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    int m_delay = -1; ///< −1: nothing to do
    bool m_ends = false;
    std::thread m_thread;
};

} // namespace society::test
