// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/population.h"

#include "services/config/idranges.h"

#include <algorithm>

namespace society::config {

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

} // namespace society::config
