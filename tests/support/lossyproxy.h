// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <thread>

namespace society::test {

/// A port on 127.0.0.1 that passes everything on to a server's, until it is told to lose an answer: then the next
/// message that contains COMMIT still reaches the server, but its answer does not come back: the connection breaks
/// instead.
class LossyProxy {
public:
    explicit LossyProxy(int serverPort);
    ~LossyProxy();
    LossyProxy(const LossyProxy &) = delete;
    LossyProxy &operator=(const LossyProxy &) = delete;

    [[nodiscard]] int port() const { return m_port; }
    void loseAnswerToCommit() { m_lose = true; }
    /// Whether it has done so.
    [[nodiscard]] bool hasLost() const { return !m_lose; }

private:
    void serve();
    void carry(int client);
    int m_listener = -1;
    int m_port = 0;
    const int m_serverPort;
    std::atomic<bool> m_lose = false;
    std::thread m_thread;
};

} // namespace society::test
