// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/config/mapfile.h"
#include "services/experiment/endpointtest.h"
#include "services/experiment/experimentservice.h"
#include "services/experiment/record.h"

namespace society::experiment {

/// Everything that a start is made of, before anything has been changed.
struct Draft {
    config::Parts parts;
    ConfigUse llm, agents, map, workflow;
    QList<std::pair<QString, QString>> changes; ///< made on top of the versions, already in `parts`
    QList<config::Problem> problems;            ///< the whole list, in its order
    config::Merged merged;                      ///< only where `problems` has no error in the configuration
    QList<RecordEntry> entries;
    agentsociety::InstalledRunner runner; ///< path empty: there is none
    RunSettings settings;
    Money hold;
    bool practice = false;
    int stepsTotal = 0;
    int startTick = 28800;
};

/// Makes drafts: chooses versions, merges, checks. Private to this library. Any thread.
class Checks {
public:
    Checks(const Services &services)
        : m_services(services)
        , m_endpoints(services.clock)
    {
    }

    /// What a Request names. Errors: unknown or ambiguous references, database errors.
    [[nodiscard]] Result<Draft> draft(const Request &request, bool testEndpoints);
    /// What a record says, with further changes. Errors: `path_unknown`, `path_fixed`, and as above.
    [[nodiscard]] Result<Draft> draft(const Record &record, const QList<std::pair<QString, QString>> &changes,
        std::optional<Money> cap, bool testEndpoints);

    /// Problems of reaching each LLM entry: keys and, where asked for, the provider's answer; an Ok line where it is
    /// well.
    [[nodiscard]] Result<QList<config::Problem>> llmProblems(const QList<RecordEntry> &entries, bool ask, bool anew);
    /// The entries of an LLM document with the names of their keys.
    [[nodiscard]] static QList<RecordEntry> entriesOf(const QList<config::LlmEntry> &entries, const ConfigUse &llm);

private:
    [[nodiscard]] Result<ConfigUse> use(const TenantId &tenant, const QString &reference, config::Kind kind);
    [[nodiscard]] Result<> complete(Draft &draft, const TenantId &tenant, std::optional<Money> cap, bool testEndpoints);

    Services m_services;
    EndpointTest m_endpoints;
    config::MapCache m_maps;
};

/// The error that a start with these problems is refused with: the first one's code; kind Funds or Runner only where
/// nothing else is wrong. Empty where nothing forbids it.
[[nodiscard]] std::optional<Error> refusal(const QList<config::Problem> &problems);

} // namespace society::experiment
