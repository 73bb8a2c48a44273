// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/gateway/calls.h"
#include "app/gateway/completion.h"
#include "app/gateway/practice/practicemodel.h"
#include "app/gateway/streamguard.h"
#include "app/gateway/upstream.h"
#include "app/gateway/usagelog.h"

#include <chrono>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

namespace society::gateway {

/// One call from the request until its line is written and its answer passed on. One thread; kept alive by Calls and
/// by whoever it waits for.
class Call : public std::enable_shared_from_this<Call> {
public:
    Call(Calls &calls, std::size_t entry, std::shared_ptr<Outbox> outbox);

    void begin(std::string body);
    /// Ends a practice call that still waits; a provider's is ended by Upstream::abortAll().
    void abort();

private:
    // call.cpp: to a provider
    void askProvider(std::string body);
    Flow takeStreamed(std::string_view bytes);
    void takeReply(Reply reply);
    void takeWhole(Reply reply);
    void endStream(const Reply &reply);
    void setTokens(const Metered &metered, bool isGood);
    // practicecall.cpp: to the practice model
    void askPractice(const nlohmann::ordered_json &request);
    void answerPractice();
    // both
    void finish(int status, std::string body);
    void refuse(int status, std::string_view error, std::string_view message);
    [[nodiscard]] bool writeDown();

    [[nodiscard]] const Entry &entry() const;

    Calls &m_calls;
    const std::shared_ptr<Outbox> m_outbox;
    const std::chrono::steady_clock::time_point m_begun = std::chrono::steady_clock::now();
    CallRecord m_record;
    bool m_isStream = false;
    bool m_wantsUsage = false; ///< the client asked for the stream's usage event
    bool m_isDone = false;
    std::int64_t m_requestLength = 0;
    Upstream::Id m_id = 0;
    std::optional<StreamMeter> m_meter;
    std::optional<StreamGuard> m_guard; ///< with the meter
    std::optional<practice::Answer> m_answer;
};

} // namespace society::gateway
