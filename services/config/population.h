// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/config/document.h"
#include "services/config/problem.h"

#include <QList>
#include <QString>

namespace society::config {

/// Ids from first to last, both included.
struct IdRange {
    qint64 first = 0;
    qint64 last = 0;

    bool operator==(const IdRange &) const = default;
};

/// Agents of one entry of an agents document.
struct AgentGroup {
    QString list;       ///< "firms", "banks", "nbs", "governments", "citizens" or "supervisor"
    QString path;       ///< in the agents document, such as "citizens.0"; empty: added by AgentSociety itself
    QString agentClass; ///< as written
    qint64 count = 0;
    QList<IdRange> ids;   ///< ascending
    bool builtIn = false; ///< the built-in citizen (`citizen`, `SocietyAgent`)
    bool fromFile = false;

    [[nodiscard]] bool isInstitution() const;
    [[nodiscard]] bool contains(qint64 id) const;
};

/// Who lives in a run and under which ids, by AgentSociety's rule: ids from files first, then the lowest free ones for
/// firms, banks, nbs, governments, citizens, supervisor; institutions that are left out are added where a group is the
/// built-in citizen. A value; any thread.
struct Population {
    QList<AgentGroup> groups; ///< in the order in which ids are given
    QList<Problem> problems;  ///< of ids and profile files; paths in the agents document

    [[nodiscard]] qint64 citizens() const;
    [[nodiscard]] qint64 institutions() const;
    [[nodiscard]] bool hasBuiltInCitizens() const;
    /// The group of an id; null where no agent has it.
    [[nodiscard]] const AgentGroup *groupOf(qint64 id) const;
    [[nodiscard]] QList<IdRange> citizenIds() const;
};

/// Computes it; relative profile paths count from `folder`. Unreadable parts of the document count as absent.
[[nodiscard]] Population population(const Document &agents, const QString &folder);

/// "5–14, 101" for people.
[[nodiscard]] QString idText(const QList<IdRange> &ids);

} // namespace society::config
