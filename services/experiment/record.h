// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/agentsociety/launch.h"
#include "services/config/preflight.h"
#include "services/experiment/experiment.h"
#include "services/ledger/values.h"

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <utility>

namespace society::experiment {

/// One LLM entry of a run: what the gateway is told, and whether its tokens cost money.
struct RecordEntry {
    config::LlmEntry llm;
    QString secret;    ///< name of the key (secrets::SecretName::text); empty: none
    bool free = false; ///< the tenant's own key, or practice
    bool operator==(const RecordEntry &) const = default;
};

/// A file that a run uses, by content.
struct RecordFile {
    QString path; ///< absolute
    QString sha256;
    bool operator==(const RecordFile &) const = default;
};

/// The immutable description of an experiment (record.json): all that is needed to run it again and to bill it. Holds
/// no secret. A value; any thread.
struct Record {
    static constexpr int Schema = 1;

    ExperimentId id;
    TenantId tenant;
    QString name;
    QDateTime createdAt;
    quint32 seed = 0;
    bool practice = false;
    Money hold;
    agentsociety::RunMode mode = agentsociety::RunMode::Light;
    agentsociety::City city = agentsociety::City::Practice;
    ConfigUse llm, agents, map, workflow;
    QList<std::pair<QString, QString>>
        changes; ///< path in the run's configuration, JSON text: made on top of the versions
    QList<RecordEntry> entries;
    RecordFile mapFile;
    QList<RecordFile> profiles;
    agentsociety::InstalledRunner runner;
    QList<ledger::Price> prices; ///< in force when it was made, for each model of the entries and for run time
    int citizens = 0;
    int agentCount = 0;
    int stepsTotal = 0;
    QByteArray configuration; ///< what the runner was given, with `@GATEWAY@` and `@TOKEN@`; JSON, key order kept

    [[nodiscard]] QByteArray toJson() const;
    /// Errors: `record_newer`, `record_invalid`.
    [[nodiscard]] static Result<Record> fromJson(const QByteArray &text);

    /// The price of an item for a model: the model's own, else that of every model. Null where there is none.
    [[nodiscard]] const ledger::Price *price(ledger::Item item, const QString &model) const;
};

/// Reads `record.json` of a run directory. Errors: those of readFile() and Record::fromJson().
[[nodiscard]] Result<Record> readRecord(const QString &runDirectory);

/// Whether it is this experiment's: by id, tenant and whether it costs money, which the database knows, too. By
/// another's record its use would be billed, or found wrong by the audit, at another's prices.
[[nodiscard]] bool isRecordOf(const Record &record, const Experiment &experiment);

} // namespace society::experiment
