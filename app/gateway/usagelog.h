// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <tl/expected.hpp>

namespace society::gateway {

/// One call, as it is written into usage.jsonl (docs/run-directory.md).
struct CallRecord {
    std::size_t entry = 0;
    std::string model;
    std::string kind;
    std::int64_t tokensIn = 0;
    std::int64_t tokensOut = 0;
    bool estimated = false;
    std::int64_t cachedIn = 0;
    std::int64_t reasoning = 0;
    std::int64_t latencyMs = 0;
    int status = 0; ///< the provider's; 0: no answer
    std::string upstreamId;
    std::string error; ///< a stable word; empty: the call went well
};

/// usage.jsonl: a line per call, from which bills are made. A line is in the kernel's hands (safe from kill -9) when
/// append() returns, and on the disk at most 200 ms later (what a power cut may take). Made and used by one thread;
/// the syncing one is its own.
///
/// Money must never be spent unmetered, so room for the lines of all calls under way is set aside on the disk before a
/// call is passed on: where hasRoom() says no, the call must be refused. Once anything went wrong, failure() says what,
/// and nothing more may be spent.
class UsageLog {
public:
    /// Opens or makes the file. An existing one of the same experiment is continued after its last number; a cut last
    /// line is ended, so that it stays recognisable. Errors are sentences for the log.
    [[nodiscard]] static tl::expected<std::unique_ptr<UsageLog>, std::string> open(
        const std::string &path, const std::string &experiment);

    /// Syncs and gives back the room set aside.
    ~UsageLog();
    UsageLog(const UsageLog &) = delete;
    UsageLog &operator=(const UsageLog &) = delete;

    /// Whether the lines of so many calls will fit, sets room aside for them where it can.
    [[nodiscard]] bool hasRoom(std::size_t calls);
    /// Writes the line with one write(2); one that does not fit is taken back. False: see failure().
    [[nodiscard]] bool append(const CallRecord &record);
    /// errno of what went wrong first, also while syncing; 0: nothing did.
    [[nodiscard]] int failure() const { return m_failure; }
    /// Lines written by this process.
    [[nodiscard]] std::int64_t written() const { return m_written; }

private:
    UsageLog(int fd, std::int64_t size, std::int64_t lastSeq);
    bool writeLine(std::string_view line);
    bool failed(int error);
    void syncInGroups();

    const int m_fd;
    std::int64_t m_size;
    std::int64_t m_reserved;
    std::int64_t m_seq;
    std::int64_t m_written = 0;
    bool m_canReserve = true;
    std::atomic<int> m_failure = 0;

    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_dirty = false;
    bool m_ending = false;
    std::thread m_syncer;
};

} // namespace society::gateway
