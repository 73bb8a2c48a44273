// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/idranges.h"
#include "services/config/parts.h"
#include "services/config/profilerules.h"

#include <QCoreApplication>
#include <QSet>
#include <algorithm>

namespace society::config {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ConfigPopulation", text);
}

qint64 numberOf(const Json &entry)
{
    const Json *number = member(entry, "number");
    return number ? std::max<qint64>(0, integer(*number).value_or(0)) : 1;
}

// A group whose ids stand in its file; what is wrong with the file goes into the population's problems.
AgentGroup fileGroup(
    const AgentEntry &entry, const QString &folder, ProfileReader &profiles, QSet<qint64> &taken, Findings &findings)
{
    AgentGroup group{entry.list, entry.path, textOf(*entry.json, "agent_class"), 0, {}, false, true};
    group.builtIn = entry.list == QLatin1String("citizens") && isBuiltInCitizen(group.agentClass);
    const QString path = entry.path + QStringLiteral(".memory_from_file");
    const auto &table = profiles.load(absolutePath(folder, textOf(*entry.json, "memory_from_file")));
    if (!table) {
        findings.error(path, table.error().code.toLatin1().constData(), table.error().message, table.error().remedy);
        return group;
    }
    const qint64 number = numberOf(*entry.json);
    checkProfileRows(*table, number, group.agentClass, path, findings);
    QSet<qint64> ids;
    for (qsizetype i = 0; i < std::min<qint64>(number, table->rows.size()); ++i) {
        const qint64 id = table->rows.at(i)[QLatin1String("id")].toInteger();
        if (id >= 1 && id <= MaxAgentId)
            ids.insert(id);
    }
    const QSet<qint64> shared = QSet<qint64>(ids).intersect(taken);
    if (!shared.isEmpty()) { // the smallest: the order of a set is not the same each time
        findings.error(path, "profile_id_duplicate",
            tr("The id %1 stands in another profile file of this run too")
                .arg(*std::min_element(shared.begin(), shared.end())),
            tr("Give every agent an id of its own."));
    }
    taken += ids;
    group.ids = rangesOf(ids.values());
    group.count = countOf(group.ids);
    return group;
}

} // namespace

Population populationOf(const Document &agents, const QString &folder, ProfileReader &profiles)
{
    Population population;
    Findings findings;
    QList<AgentGroup> normal;
    QSet<qint64> taken;
    const QList<AgentEntry> entries = agentEntries(agents);
    bool builtIn = false;
    QStringList present;
    for (const AgentEntry &entry : entries) {
        present.append(entry.list);
        const Json *file = member(*entry.json, "memory_from_file");
        const bool fromFile = file && file->is_string();
        AgentGroup group;
        if (fromFile) {
            group = fileGroup(entry, folder, profiles, taken, findings);
            population.groups.append(group);
        } else {
            group = {
                entry.list, entry.path, textOf(*entry.json, "agent_class"), numberOf(*entry.json), {}, false, false};
            group.builtIn = entry.list == QLatin1String("citizens") && isBuiltInCitizen(group.agentClass);
            normal.append(group);
        }
        builtIn = builtIn || group.builtIn;
    }
    IdGiver giver(taken.values());
    const auto give = [&](AgentGroup group) {
        const qint64 wanted = group.count;
        group.ids = giver.take(wanted);
        group.count = countOf(group.ids);
        if (group.count < wanted) {
            findings.error(group.path + QStringLiteral(".number"), "agents_too_many",
                tr("The run would have more than %1 agents").arg(MaxAgentId), tr("Lower “number”."));
        }
        population.groups.append(group);
    };
    for (const char *name : {"firms", "banks", "nbs", "governments", "citizens", "supervisor"}) {
        const QString list = QString::fromLatin1(name);
        for (const AgentGroup &group : std::as_const(normal)) {
            if (group.list == list)
                give(group);
        }
        const AgentGroup added{list, {}, institutionClass(list), 1, {}, false, false};
        if (builtIn && added.isInstitution() && !present.contains(list))
            give(added);
    }
    population.problems = findings.problems();
    return population;
}

Population population(const Document &agents, const QString &folder)
{
    ProfileReader profiles;
    return populationOf(agents, folder, profiles);
}

} // namespace society::config
