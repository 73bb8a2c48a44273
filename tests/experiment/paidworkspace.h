// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/executor/runstatus.h"
#include "tests/support/results.h"
#include "tests/support/scriptedllm.h"
#include "tests/support/testworkspace.h"

#include <QTest>

namespace society::test {

/// A workspace with a runner that plays AgentSociety and an LLM that costs money. Ends the test program where it cannot
/// be made.
class PaidWorkspace : public TestWorkspace {
public:
    PaidWorkspace()
    {
        if (!isReady() || !m_llm.isReady() || !useRunner(stubRunner()))
            qFatal("%s", qPrintable(error()));
    }

    /// A run that the runner `plays`, with a public LLM: billed by the price book.
    [[nodiscard]] experiment::Request paidRequest(const QString &plays)
    {
        using namespace Qt::StringLiterals;
        experiment::Request request = practiceRequest();
        request.name = plays;
        request.llm = u"Paid"_s;
        if (import(config::Kind::Llm, request.llm,
                QByteArray(R"([{"provider": "custom", "model": "practice", "base_url": "%1"}])")
                    .replace("%1", m_llm.baseUrl().toUtf8()),
                true)
                .isEmpty())
            qFatal("%s", qPrintable(error()));
        return request;
    }
    /// Starts it and waits for the end that its keeper writes; nothing has looked at it since.
    [[nodiscard]] experiment::Experiment runToItsEnd(const experiment::Request &request)
    {
        const experiment::Experiment run = must(experiments().start(request));
        if (!QTest::qWaitFor([&] { return hasEnded(run); }, 60'000))
            qFatal("The run has not ended.");
        return run;
    }
    /// By its keeper's word.
    [[nodiscard]] static bool hasEnded(const experiment::Experiment &run)
    {
        const auto status = executor::readStatus(run.runDirectory);
        return status && status->hasEnded();
    }
    [[nodiscard]] ledger::Account account() { return must(ledger().account(Tenant)); }
    [[nodiscard]] ScriptedLlm &llm() { return m_llm; }

private:
    ScriptedLlm m_llm;
};

} // namespace society::test
