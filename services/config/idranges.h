// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/config/population.h"

namespace society::config {

/// Adds an id to ascending ranges: it lengthens the last one where it follows it.
void appendId(QList<IdRange> &ranges, qint64 id);
/// The ranges of ids in any order.
[[nodiscard]] QList<IdRange> rangesOf(QList<qint64> ids);
[[nodiscard]] qint64 countOf(const QList<IdRange> &ids);

/// Gives the lowest free ids, as AgentSociety does, without counting one by one.
class IdGiver {
public:
    explicit IdGiver(QList<qint64> taken);

    /// Fewer than asked for where the ids run out.
    [[nodiscard]] QList<IdRange> take(qint64 count);

private:
    QList<IdRange> m_taken;
    qsizetype m_at = 0;
    qint64 m_next = 1;
};

} // namespace society::config
