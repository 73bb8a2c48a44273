// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/experiment/launcher.h"

#include "services/agentsociety/runnerkit.h"
#include "services/core/files.h"
#include "services/executor/launchspec.h"
#include "services/experiment/rows.h"
#include "services/experiment/runsfolder.h"
#include "services/store/transaction.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QScopeGuard>
#include <QSet>

namespace society::experiment {

namespace {

QString in(const QString &directory, const char *name)
{
    return directory + u'/' + QLatin1String(name);
}

/// `N` of entry number N: how gateway.json and the secrets name a key.
QString keyName(qsizetype entry)
{
    return QString::number(entry);
}

QJsonObject gatewayJson(const Record &record)
{
    QJsonArray entries;
    for (qsizetype i = 0; i < record.entries.size(); ++i) {
        const RecordEntry &entry = record.entries.at(i);
        entries.append(QJsonObject{{QStringLiteral("provider"), entry.llm.provider},
            {QStringLiteral("base_url"), entry.llm.baseUrl}, {QStringLiteral("model"), entry.llm.model},
            {QStringLiteral("key"), entry.secret.isEmpty() ? QString() : keyName(i)}});
    }
    // The practice model's choices follow from the run's seed, so that another seed is another society.
    return {{QStringLiteral("schema"), 1}, {QStringLiteral("experiment"), record.id.text()},
        {QStringLiteral("seed"), QString::number(record.seed)}, {QStringLiteral("practice_latency_ms"), 0},
        {QStringLiteral("entries"), entries}};
}

executor::LaunchSpec launchSpec(const Record &record, const agentsociety::RunnerLaunch &launch, const QString &gateway,
    const QString &directory, const RunSettings &settings, const QString &turnLock)
{
    executor::LaunchSpec spec;
    spec.id = record.id.text();
    spec.runnerArgv = launch.argv;
    spec.runnerCwd = launch.workingDirectory;
    spec.environment = launch.environment;
    spec.fill = {QStringLiteral("runner.json")};
    executor::CompanionSpec companion;
    companion.name = QStringLiteral("gateway");
    companion.argv = {gateway, directory};
    spec.companions = {companion};
    spec.stopSignal = launch.stopSignal == agentsociety::StopSignal::Interrupt ? executor::StopSignal::Interrupt
                                                                               : executor::StopSignal::Terminate;
    spec.graceMs = launch.grace.count();
    for (const agentsociety::LaunchPhase &phase : launch.phases)
        spec.phases.append({phase.name, phase.line, phase.silentLimit.count()});
    for (const agentsociety::LaunchAlarm &alarm : launch.alarms)
        spec.alarms.append({alarm.code, alarm.line});
    spec.watchDatabase = launch.database;
    spec.watchSimulator = launch.simulator;
    spec.simulatorUntil = launch.simulatorUntil;
    // A wrong key, a dead endpoint and a dead city leave the runner without hope, and it would wait for minutes or for
    // ever; silence may be a slow model, so it only warns unless the setting says otherwise.
    spec.endsRun = {{QStringLiteral("stalled"), settings.endStalled}, {QStringLiteral("simulator_gone"), true},
        {QStringLiteral("llm_key_refused"), true}, {QStringLiteral("llm_unreachable"), true},
        {QStringLiteral("llm_retries"), false}};
    if (launch.takesTurns) {
        spec.turnLock = turnLock;
        spec.turnUntilPhase = launch.turnUntilPhase;
    }
    spec.removeAfter = launch.removeAfter;
    return spec;
}

Result<> writeJson(const QString &path, const QJsonObject &json)
{
    return writeFileAtomically(path, QJsonDocument(json).toJson());
}

} // namespace

Result<Record> Launcher::makeRecord(const Draft &draft, const Order &order)
{
    Record record;
    record.id = ExperimentId::random();
    record.tenant = order.tenant;
    record.name = order.name.trimmed().isEmpty() ? draft.workflow.name : order.name.trimmed();
    record.createdAt = m_services.clock.now();
    record.seed = order.seed.value_or(QRandomGenerator::system()->generate());
    record.practice = draft.practice;
    record.hold = draft.hold;
    record.mode = draft.settings.mode;
    record.city = draft.settings.city;
    record.llm = draft.llm;
    record.agents = draft.agents;
    record.map = draft.map;
    record.workflow = draft.workflow;
    record.changes = draft.changes;
    SOCIETY_ASSIGN(const config::Merged merged, config::merge(draft.parts, {record.id, record.name}));
    record.configuration = merged.runnerJson;
    record.entries = Checks::entriesOf(merged.entries, draft.llm);
    SOCIETY_ASSIGN(record.mapFile.sha256, sha256OfFile(merged.mapFile));
    record.mapFile.path = merged.mapFile;
    for (const QString &file : merged.profileFiles) {
        SOCIETY_ASSIGN(const QString hash, sha256OfFile(file));
        record.profiles.append({file, hash});
    }
    record.runner = draft.runner;
    record.citizens = static_cast<int>(merged.population.citizens());
    record.agentCount = static_cast<int>(merged.population.citizens() + merged.population.institutions());
    record.stepsTotal = draft.stepsTotal;
    QSet<QString> models;
    for (const RecordEntry &entry : std::as_const(record.entries))
        models.insert(entry.llm.model);
    QStringList sorted(models.begin(), models.end());
    sorted.sort();
    for (const ledger::Item item : {ledger::Item::InputTokens, ledger::Item::OutputTokens})
        for (const QString &model : std::as_const(sorted)) {
            SOCIETY_ASSIGN(ledger::Price price, m_services.ledger.priceAt(item, model, record.createdAt));
            price.model = model;
            record.prices.append(price);
        }
    SOCIETY_ASSIGN(const ledger::Price time, m_services.ledger.priceAt(ledger::Item::RunTime, {}, record.createdAt));
    record.prices.append(time);
    return record;
}

Result<> Launcher::writeRunDirectory(const Draft &draft, const Record &record, const Experiment &experiment)
{
    const QString &directory = experiment.runDirectory;
    SOCIETY_ASSIGN(const QString gateway, findProgram(QStringLiteral("society-gateway")));
    SOCIETY_TRY(makeRunDirectory(experiment));
    const agentsociety::RunnerKit kit(m_services.workspace);
    SOCIETY_TRY(kit.prepareShared());
    SOCIETY_TRY(kit.linkHome(in(directory, "home"), record.city, record.mapFile.path));
    agentsociety::LaunchOptions options;
    options.mode = record.mode;
    options.workers = draft.settings.workers;
    options.seed = record.seed;
    options.citizens = record.citizens;
    options.city = record.city;
    options.tenant = record.tenant;
    options.runDirectory = directory;
    options.rayAddress = draft.settings.rayAddress;
    const agentsociety::RunnerLaunch launch = agentsociety::launchFor(draft.runner, kit, options);
    SOCIETY_TRY(writeFileAtomically(in(directory, "record.json"), record.toJson()));
    SOCIETY_TRY(writeFileAtomically(in(directory, "runner.json"), record.configuration));
    SOCIETY_TRY(writeJson(in(directory, "gateway.json"), gatewayJson(record)));
    const QString turnLock = m_services.workspace.runner() + QStringLiteral("/turn.lock");
    return writeJson(in(directory, "launch.json"),
        launchSpec(record, launch, gateway, directory, draft.settings, turnLock).toJson());
}

Result<QByteArray> Launcher::secretsJson(const Record &record)
{
    QByteArray json;
    json.reserve(64 * 1024); // no reallocation leaves a copy of a key behind
    json += "{\"gateway\":{\"keys\":{";
    bool first = true;
    for (qsizetype i = 0; i < record.entries.size(); ++i) {
        const QString &secret = record.entries.at(i).secret;
        if (secret.isEmpty())
            continue;
        SOCIETY_ASSIGN(const auto name, secrets::SecretName::parse(secret));
        auto key = m_services.secrets.read(name);
        if (!key) {
            secrets::wipe(json);
            return fail(key.error());
        }
        if (!first)
            json += ',';
        first = false;
        secrets::appendJsonString(json, keyName(i).toUtf8());
        json += ':';
        secrets::appendJsonString(json, key->view());
    }
    json += "}}}";
    return json;
}

Result<Experiment> Launcher::giveUp(Experiment experiment, const Error &error)
{
    experiment.state = State::Failed;
    experiment.reasonCode = QStringLiteral("start_failed");
    experiment.reason = error.message + (error.remedy.isEmpty() ? QString() : u' ' + error.remedy);
    experiment.endedAt = m_services.clock.now();
    experiment.settled = true;
    Rows rows(m_services.database, m_services.workspace);
    SOCIETY_ASSIGN(auto transaction, store::Transaction::begin(m_services.database));
    SOCIETY_TRY(m_services.ledger.settle({experiment.tenant, experiment.id, {}}));
    SOCIETY_TRY(rows.settle(experiment));
    SOCIETY_TRY(transaction.commit());
    return rows.get(experiment.id);
}

Result<Experiment> Launcher::launch(const Draft &draft, const Order &order)
{
    SOCIETY_ASSIGN(const Record record, makeRecord(draft, order));
    SOCIETY_ASSIGN(QByteArray keys, secretsJson(record));
    const auto wipeKeys = qScopeGuard([&keys] { secrets::wipe(keys); });
    Experiment experiment;
    experiment.id = record.id;
    experiment.tenant = record.tenant;
    experiment.name = record.name;
    experiment.practice = record.practice;
    experiment.createdAt = record.createdAt;
    experiment.seed = record.seed;
    experiment.llm = record.llm;
    experiment.agents = record.agents;
    experiment.map = record.map;
    experiment.workflow = record.workflow;
    experiment.agentCount = record.agentCount;
    experiment.stepsTotal = record.stepsTotal;
    experiment.mode = modeWord(record.mode);
    experiment.runDirectory = m_services.workspace.runDirectory(record.tenant, record.id);

    SOCIETY_TRY(prepareRunsFolder(m_services, record.tenant));
    // One transaction: no experiment without its hold, and no hold without its experiment.
    Rows rows(m_services.database, m_services.workspace);
    {
        SOCIETY_ASSIGN(auto transaction, store::Transaction::begin(m_services.database));
        SOCIETY_TRY(rows.insert(experiment));
        SOCIETY_TRY(m_services.ledger.placeHold(record.tenant, record.id, record.hold, record.name));
        SOCIETY_TRY(transaction.commit());
    }
    if (const auto written = writeRunDirectory(draft, record, experiment); !written)
        return giveUp(experiment, written.error());
    if (const auto started = m_services.executor.start(experiment.runDirectory, keys); !started) {
        // A keeper that was given up on may yet come up: it is barred first. Where one has taken the run after all, or
        // where that cannot be told now, the next look at the run directory decides.
        const auto barred =
            m_services.executor.markNeverStarted(experiment.runDirectory, record.id.text(), m_services.clock.now());
        if (barred && barred->reasonCode == QLatin1String("never_started"))
            return giveUp(experiment, started.error());
    }
    return rows.get(record.id);
}

} // namespace society::experiment
