// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/population.h"

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

QList<IdRange> rangesOf(QList<qint64> ids)
{
    std::sort(ids.begin(), ids.end());
    QList<IdRange> ranges;
    for (const qint64 id : ids) {
        if (!ranges.isEmpty() && ranges.last().last + 1 == id)
            ++ranges.last().last;
        else
            ranges.append({id, id});
    }
    return ranges;
}

// Gives the lowest free ids, as AgentSociety does, without counting one by one.
class IdGiver {
public:
    explicit IdGiver(QList<qint64> taken)
        : m_taken(rangesOf(std::move(taken)))
    {
    }

    // Fewer than asked for where the ids run out.
    QList<IdRange> take(qint64 count)
    {
        QList<IdRange> given;
        while (count > 0 && m_next <= MaxAgentId) {
            while (m_at < m_taken.size() && m_taken[m_at].last < m_next)
                ++m_at;
            if (m_at < m_taken.size() && m_taken[m_at].first <= m_next) {
                m_next = m_taken[m_at].last + 1;
                continue;
            }
            const qint64 free = (m_at < m_taken.size() ? m_taken[m_at].first : MaxAgentId + 1) - m_next;
            const qint64 taken = std::min(free, count);
            given.append({m_next, m_next + taken - 1});
            m_next += taken;
            count -= taken;
        }
        return given;
    }

private:
    QList<IdRange> m_taken;
    qsizetype m_at = 0;
    qint64 m_next = 1;
};

qint64 numberOf(const Json &entry)
{
    const Json *number = member(entry, "number");
    return number ? std::max<qint64>(0, integer(*number).value_or(0)) : 1;
}

qint64 countOf(const QList<IdRange> &ids)
{
    qint64 count = 0;
    for (const IdRange &range : ids)
        count += range.last - range.first + 1;
    return count;
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

bool AgentGroup::isInstitution() const
{
    return list != QLatin1String("citizens") && list != QLatin1String("supervisor");
}

bool AgentGroup::contains(qint64 id) const
{
    return std::any_of(
        ids.begin(), ids.end(), [id](const IdRange &range) { return range.first <= id && id <= range.last; });
}

qint64 Population::citizens() const
{
    return countOf(citizenIds());
}

qint64 Population::institutions() const
{
    qint64 count = 0;
    for (const AgentGroup &group : groups) {
        if (group.isInstitution())
            count += group.count;
    }
    return count;
}

bool Population::hasBuiltInCitizens() const
{
    return std::any_of(groups.begin(), groups.end(), [](const AgentGroup &group) { return group.builtIn; });
}

const AgentGroup *Population::groupOf(qint64 id) const
{
    for (const AgentGroup &group : groups) {
        if (group.contains(id))
            return &group;
    }
    return nullptr;
}

QList<IdRange> Population::citizenIds() const
{
    QList<IdRange> ids;
    for (const AgentGroup &group : groups) {
        if (group.list == QLatin1String("citizens"))
            ids += group.ids;
    }
    std::sort(ids.begin(), ids.end(), [](const IdRange &a, const IdRange &b) { return a.first < b.first; });
    QList<IdRange> joined;
    for (const IdRange &range : std::as_const(ids)) {
        if (!joined.isEmpty() && range.first <= joined.last().last + 1)
            joined.last().last = std::max(joined.last().last, range.last);
        else
            joined.append(range);
    }
    return joined;
}

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

QString idText(const QList<IdRange> &ids)
{
    constexpr qsizetype Shown = 6;
    QStringList parts;
    for (const IdRange &range : ids) {
        if (parts.size() == Shown) {
            parts.append(QStringLiteral("…"));
            break;
        }
        parts.append(range.first == range.last ? QString::number(range.first)
                                               : QStringLiteral("%1–%2").arg(range.first).arg(range.last));
    }
    return parts.join(QStringLiteral(", "));
}

} // namespace society::config
