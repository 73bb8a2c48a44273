// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/experiment/checks.h"
#include "services/experiment/experimentservice.h"
#include "services/experiment/record.h"

namespace society::experiment {

/// Turns a sound draft into a run: row and hold, run directory, keeper. Private to this library. Any thread.
class Launcher {
public:
    explicit Launcher(const Services &services)
        : m_services(services)
    {
    }

    struct Order {
        TenantId tenant;
        QString name; ///< empty: the workflow's
        std::optional<quint32> seed;
    };
    /// Returns when the keeper holds the run. Errors: `funds`; where the run could not be made or started the
    /// experiment is there, failed as `start_failed`, and is returned: it cost nothing.
    [[nodiscard]] Result<Experiment> launch(const Draft &draft, const Order &order);

private:
    [[nodiscard]] Result<Record> makeRecord(const Draft &draft, const Order &order);
    [[nodiscard]] Result<> writeRunDirectory(const Draft &draft, const Record &record, const Experiment &experiment);
    [[nodiscard]] Result<QByteArray> secretsJson(const Record &record);
    [[nodiscard]] Result<Experiment> giveUp(Experiment experiment, const Error &error);

    Services m_services;
};

} // namespace society::experiment
