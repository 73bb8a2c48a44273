// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/experiment/checks.h"

#include "services/agentsociety/logphases.h"
#include "services/agentsociety/runnerkit.h"
#include "services/config/summary.h"

#include <QCoreApplication>
#include <QLocale>

namespace society::experiment {

namespace {

using config::Problem;
using config::Severity;

QString tr(const char *text)
{
    return QCoreApplication::translate("Checks", text);
}

Problem problemOf(const Error &error, const QString &path)
{
    return {Severity::Error, path, error.code, error.message, error.remedy};
}

QString entryPath(qsizetype number, const char *field)
{
    return QStringLiteral("llm.%1.%2").arg(number).arg(QLatin1String(field));
}

Problem endpointProblem(const EndpointAnswer &answer, const RecordEntry &entry, qsizetype number)
{
    if (answer.code == QLatin1String("llm_key_refused"))
        return {Severity::Error, entryPath(number, "api_key"), answer.code,
            tr("The provider refuses the key (%1).").arg(answer.detail), tr("Set the right key for this LLM.")};
    if (answer.code == QLatin1String("llm_unreachable"))
        return {Severity::Error, entryPath(number, "provider"), answer.code,
            tr("The provider cannot be reached: %1.").arg(answer.detail),
            tr("Check the address, the network and the proxy.")};
    if (!answer.ok) // many compatible servers have no model list: that alone must not forbid a run
        return {Severity::Warning, entryPath(number, "provider"), answer.code,
            tr("The provider did not give its list of models (%1).").arg(answer.detail),
            tr("If runs with it work, this can be left as it is.")};
    if (!answer.models.isEmpty() && !answer.models.contains(entry.llm.model))
        return {Severity::Warning, entryPath(number, "model"), QStringLiteral("llm_model_unlisted"),
            tr("The provider's list of models has no “%1”.").arg(entry.llm.model), tr("Check the model's name.")};
    return {Severity::Ok, entryPath(number, "provider"), QStringLiteral("llm_answers"),
        tr("The provider of “%1” answers.").arg(entry.llm.model), {}};
}

std::optional<Problem> runnerProblem(const Workspace &workspace, agentsociety::InstalledRunner &runner)
{
    const agentsociety::RunnerKit kit(workspace);
    auto found = kit.installed();
    if (!found)
        return problemOf(found.error(), QStringLiteral("runner"));
    runner = *found;
    return Problem{Severity::Ok, QStringLiteral("runner"), QStringLiteral("runner_found"),
        tr("Runner: AgentSociety %1.").arg(runner.version), {}};
}

Problem fundsProblem(const ledger::Account &account, Money hold)
{
    const QLocale locale;
    if (hold > account.available && !hold.isZero())
        return {Severity::Error, QStringLiteral("funds"), QStringLiteral("funds"),
            tr("There is not enough money: %1 is needed, %2 is available.")
                .arg(hold.toDisplay(locale), account.available.toDisplay(locale)),
            tr("Recharge the account, or give the run a smaller cap.")};
    return {Severity::Ok, QStringLiteral("funds"), QStringLiteral("funds_enough"),
        hold.isZero() ? tr("Free: no money is set aside.")
                      : tr("Money: %1 will be set aside.").arg(hold.toDisplay(locale)),
        {}};
}

/// A value given on the command line: JSON where it reads as such, else a text.
QByteArray asJson(const QString &value)
{
    if (config::Document::parse(value.toUtf8(), config::Format::Json))
        return value.toUtf8();
    QByteArray text;
    secrets::appendJsonString(text, value.toUtf8());
    return text;
}

Result<> applyChange(config::Parts &parts, const std::pair<QString, QString> &change)
{
    const auto place = config::partPath(parts, change.first);
    config::Part *part = nullptr;
    if (place) {
        part = place->kind == config::Kind::Llm      ? &parts.llm
               : place->kind == config::Kind::Agents ? &parts.agents
               : place->kind == config::Kind::Map    ? &parts.map
                                                     : &parts.workflow;
    }
    auto changed = part ? part->document.with(place->path, asJson(change.second))
                        : Result<config::Document>(fail(ErrorKind::Refused, "path_missing", {}));
    // A key must not be sent to another address than the one it was given for, least of all a public one's.
    if (place && place->kind == config::Kind::Llm && !change.first.endsWith(QLatin1String(".model")) &&
        !change.first.endsWith(QLatin1String(".concurrency")))
        return fail(ErrorKind::Refused, "path_fixed",
            tr("Of an LLM only model and concurrency can be changed for a run."), tr("Make another LLM configuration."),
            {}, change.first);
    if (!changed)
        return fail(ErrorKind::Refused, "path_unknown",
            tr("The run's configuration has no place “%1”.").arg(change.first),
            tr("Name a place such as exp.workflow.0.steps."), changed.error().detail, change.first);
    part->document = *changed;
    return {};
}

} // namespace

std::optional<Error> refusal(const QList<Problem> &problems)
{
    const Problem *first = nullptr;
    bool onlyFunds = true;
    bool onlyRunner = true;
    for (const Problem &problem : problems) {
        if (problem.severity != Severity::Error)
            continue;
        if (!first)
            first = &problem;
        onlyFunds = onlyFunds && problem.path == QLatin1String("funds");
        onlyRunner = onlyRunner && problem.path == QLatin1String("runner");
    }
    if (!first)
        return {};
    const ErrorKind kind = onlyFunds ? ErrorKind::Funds : onlyRunner ? ErrorKind::Runner : ErrorKind::Refused;
    return Error{kind, first->code, first->message, first->remedy, {}, first->path};
}

Result<ConfigUse> Checks::use(const TenantId &tenant, const QString &reference, config::Kind kind)
{
    SOCIETY_ASSIGN(const config::ConfigRow row, m_services.configs.find(tenant, reference, kind));
    return ConfigUse{row.id, row.tenant, row.name, row.version};
}

Result<Draft> Checks::draft(const Request &request, bool testEndpoints)
{
    Draft draft;
    SOCIETY_ASSIGN(draft.llm, use(request.tenant, request.llm, config::Kind::Llm));
    SOCIETY_ASSIGN(draft.agents, use(request.tenant, request.agents, config::Kind::Agents));
    SOCIETY_ASSIGN(draft.map, use(request.tenant, request.map, config::Kind::Map));
    SOCIETY_ASSIGN(draft.workflow, use(request.tenant, request.workflow, config::Kind::Workflow));
    const auto ref = [](const ConfigUse &use) { return config::ConfigRef{use.id, use.version}; };
    SOCIETY_ASSIGN(draft.parts, m_services.configs.parts(request.tenant,
                                    {ref(draft.llm), ref(draft.agents), ref(draft.map), ref(draft.workflow)}));
    SOCIETY_ASSIGN(draft.settings, loadRunSettings(m_services.database));
    SOCIETY_TRY(complete(draft, request.tenant, request.cap, testEndpoints));
    return draft;
}

Result<Draft> Checks::draft(const Record &record, const QList<std::pair<QString, QString>> &changes,
    std::optional<Money> cap, bool testEndpoints)
{
    Draft draft;
    draft.llm = record.llm;
    draft.agents = record.agents;
    draft.map = record.map;
    draft.workflow = record.workflow;
    draft.changes = record.changes + changes;
    const auto ref = [](const ConfigUse &use) { return config::ConfigRef{use.id, use.version}; };
    SOCIETY_ASSIGN(draft.parts, m_services.configs.parts(record.tenant,
                                    {ref(draft.llm), ref(draft.agents), ref(draft.map), ref(draft.workflow)}));
    for (const auto &change : std::as_const(draft.changes))
        SOCIETY_TRY(applyChange(draft.parts, change));
    SOCIETY_ASSIGN(draft.settings, loadRunSettings(m_services.database));
    draft.settings.mode = record.mode; // part of what makes a run repeatable
    draft.settings.city = record.city;
    SOCIETY_TRY(complete(draft, record.tenant, cap, testEndpoints));
    return draft;
}

QList<RecordEntry> Checks::entriesOf(const QList<config::LlmEntry> &entries, const ConfigUse &llm)
{
    QList<RecordEntry> all;
    for (const config::LlmEntry &entry : entries) {
        const bool practice = entry.provider == QLatin1String("practice");
        const QString secret =
            entry.secret < 0 ? QString() : secrets::SecretName{llm.tenant, llm.id, entry.secret}.text();
        all.append({entry, secret, practice || !llm.tenant.isEmpty()});
    }
    return all;
}

Result<QList<Problem>> Checks::llmProblems(const QList<RecordEntry> &entries, bool ask, bool anew)
{
    QList<Problem> problems;
    for (qsizetype i = 0; i < entries.size(); ++i) {
        const RecordEntry &entry = entries.at(i);
        if (entry.llm.provider == QLatin1String("practice"))
            continue;
        secrets::SecretBytes key;
        if (entry.secret.isEmpty()) {
            if (config::needsKey(entry.llm.provider)) {
                problems.append({Severity::Error, entryPath(i, "api_key"), QStringLiteral("secret_missing"),
                    tr("No key is set for “%1”.").arg(entry.llm.model), tr("Set the key of this LLM.")});
                continue;
            }
        } else {
            SOCIETY_ASSIGN(const auto name, secrets::SecretName::parse(entry.secret));
            auto read = m_services.secrets.read(name);
            if (!read) {
                problems.append(problemOf(read.error(), entryPath(i, "api_key")));
                continue;
            }
            key = std::move(*read);
            problems.append({Severity::Ok, entryPath(i, "api_key"), QStringLiteral("secret_found"),
                tr("The key of “%1” is there.").arg(entry.llm.model), {}});
        }
        if (!ask)
            continue;
        SOCIETY_ASSIGN(
            const EndpointAnswer answer, anew ? m_endpoints.askAgain(entry.llm.provider, entry.llm.baseUrl, key)
                                              : m_endpoints.ask(entry.llm.provider, entry.llm.baseUrl, key));
        problems.append(endpointProblem(answer, entry, i));
    }
    return problems;
}

Result<> Checks::complete(Draft &draft, const TenantId &tenant, std::optional<Money> cap, bool testEndpoints)
{
    QList<Problem> others;
    if (const auto problem = runnerProblem(m_services.workspace, draft.runner))
        others.append(*problem);
    // Without an error in the documents merge() works; with one, what depends on it is left for later.
    const bool sound = !config::hasErrors(config::preflight(draft.parts, m_maps));
    if (sound) {
        SOCIETY_ASSIGN(draft.merged, config::merge(draft.parts, {ExperimentId::random(), draft.parts.name}));
        draft.entries = entriesOf(draft.merged.entries, draft.llm);
        draft.practice = draft.merged.practice;
        SOCIETY_ASSIGN(const QList<Problem> llm, llmProblems(draft.entries, testEndpoints, false));
        others += llm;
        const config::WorkflowPlan plan = config::workflowPlan(draft.parts.workflow.document);
        draft.startTick = plan.startTick;
        draft.stepsTotal = static_cast<int>(
            std::min<qint64>(agentsociety::expectedSteps(plan.steps, plan.startTick).value_or(0), INT_MAX));
    }
    draft.hold = draft.practice ? Money() : cap.value_or(draft.settings.hold);
    if (draft.hold.isNegative())
        return fail(ErrorKind::Refused, "amount_negative", tr("A cap cannot be negative."), tr("Give 0 or more."));
    SOCIETY_ASSIGN(const ledger::Account account, m_services.ledger.account(tenant));
    if (sound || draft.hold > account.available)
        others.append(fundsProblem(account, draft.hold));
    draft.problems = config::preflight(draft.parts, m_maps, others);
    return {};
}

} // namespace society::experiment
