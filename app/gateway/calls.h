// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/gateway/outbox.h"
#include "app/gateway/settings.h"

#include <chrono>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace society::gateway {

class Call;
class Events;
class Upstream;
class UsageLog;
struct CallRecord;

/// Answers the run's calls and writes each of them down before its answer is passed on. One thread.
class Calls {
public:
    using Later = std::function<void(std::chrono::milliseconds, std::function<void()>)>;

    /// `later` runs a function after a while, on the same thread. `cannotMeter` is called once, when usage.jsonl can no
    /// longer be written: from then on every call is refused, and the program must end. References outlive this.
    Calls(const Settings &settings, UsageLog &usage, Upstream &upstream, Events &events, Later later,
        std::function<void()> cannotMeter);
    ~Calls();

    [[nodiscard]] std::size_t entryCount() const { return m_settings.entries.size(); }

    /// POST chat/completions of an entry. The outbox is filled now or later.
    void complete(std::size_t entry, std::string body, std::shared_ptr<Outbox> outbox);
    /// GET models of an entry: the provider's own list; costs nothing and is not metered.
    void listModels(std::size_t entry, std::shared_ptr<Outbox> outbox);

    /// Looks whether the lines written reached the disk; to be called now and then.
    void checkMetering();
    /// No new calls.
    void refuseNew() { m_isRefusing = true; }
    /// Ends those under way; they are written down as `stopped`.
    void abortAll();
    /// Some call has not been metered yet, whether or not its client still waits.
    [[nodiscard]] bool areActive() const { return !m_active.empty(); }

private:
    friend class Call;

    [[nodiscard]] bool mayBegin(Outbox &outbox);
    /// False where the line could not be written: the answer must be withheld.
    [[nodiscard]] bool meter(const CallRecord &record);
    void noteProvider(std::size_t entry, int status, bool isConnected, const std::string &words);
    void stopMetering();

    const Settings &m_settings;
    UsageLog &m_usage;
    Upstream &m_upstream;
    Events &m_events;
    const Later m_later;
    const std::function<void()> m_cannotMeter;
    std::set<std::shared_ptr<Call>> m_active;
    /// Failed connections of an entry with no success between.
    struct Dead {
        int inARow = 0;
        std::chrono::steady_clock::time_point since;
    };
    std::vector<Dead> m_dead; ///< per entry
    bool m_isRefusing = false;
    bool m_hasFailed = false;
};

} // namespace society::gateway
