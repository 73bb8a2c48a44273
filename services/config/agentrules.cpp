// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/agentrules_p.h"
#include "services/config/rules.h"
#include "services/config/schema.h"

#include <QCoreApplication>

namespace society::config {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ConfigAgents", text);
}

void checkParams(const AgentEntry &entry, Findings &findings)
{
    const Json *params = member(*entry.json, "agent_params");
    if (!params || !params->is_object())
        return;
    QString name = textOf(*entry.json, "agent_class");
    if (name == QLatin1String("SocietyAgent"))
        name = QStringLiteral("citizen");
    const Json &root = *schemaOf(Kind::Agents);
    if (const Json *schema = member(root.at("definitions"), ("params." + name.toStdString()).c_str()))
        checkSchema(root, *schema, *params, entry.path + QStringLiteral(".agent_params"), findings);
}

void checkFile(const AgentEntry &entry, Findings &findings)
{
    const Json *file = member(*entry.json, "memory_from_file");
    const Json *distributions = member(*entry.json, "memory_distributions");
    const QString path = entry.path + QStringLiteral(".memory_from_file");
    if (!file || !file->is_string()) {
        if (entry.list == QLatin1String("supervisor")) {
            findings.error(path, "supervisor_without_file",
                tr("AgentSociety only uses a supervisor that has a profile file"),
                tr("Give a .json file with one entry: [{\"id\": 900, \"name\": \"Supervisor\"}]."));
        }
        return;
    }
    if (distributions && !distributions->is_null()) {
        findings.error(entry.path + QStringLiteral(".memory_distributions"), "profile_and_distributions",
            tr("A group has either a profile file or distributions, not both"),
            tr("Take one of them away, also where it is empty."));
    }
    if (entry.list == QLatin1String("firms")) {
        findings.error(
            path, "firm_from_file", tr("AgentSociety cannot make firms from a file"), tr("Give “number” instead."));
    } else if (entry.list != QLatin1String("citizens") && entry.list != QLatin1String("supervisor")) {
        findings.warning(path, "institution_from_file", tr("Institutions from a file are untried in AgentSociety"),
            tr("Give “number” instead."));
    }
}

} // namespace

void checkAgentRules(const Document &agents, const Population &population, Findings &findings)
{
    for (const AgentEntry &entry : agentEntries(agents)) {
        checkParams(entry, findings);
        checkFile(entry, findings);
        checkDistributions(entry, findings);
        const Json *blocks = member(*entry.json, "blocks");
        if (entry.list == QLatin1String("supervisor") && blocks && !blocks->is_null()) {
            findings.error(entry.path + QStringLiteral(".blocks"), "supervisor_blocks",
                tr("AgentSociety cannot give a supervisor blocks"), tr("Take “blocks” away."));
        }
    }
    findings.add(population.problems);
    const Json *citizens = member(agents.tree().root, "citizens");
    if (citizens && citizens->is_array() && !citizens->empty() && population.citizens() == 0 &&
        !hasErrors(population.problems))
        findings.warning(
            QStringLiteral("citizens"), "no_citizens", tr("There are no people in this run"), tr("Raise “number”."));
}

QList<Problem> checkAgents(const Document &agents, const Population &population)
{
    Findings findings;
    const Json &schema = *schemaOf(Kind::Agents);
    checkSchema(schema, schema, agents.tree().root, {}, findings);
    checkAgentRules(agents, population, findings);
    return findings.problems();
}

} // namespace society::config
