// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/idranges.h"

#include "services/config/profiles.h"

#include <algorithm>

namespace society::config {

void appendId(QList<IdRange> &ranges, qint64 id)
{
    if (!ranges.isEmpty() && ranges.last().last + 1 == id)
        ++ranges.last().last;
    else
        ranges.append({id, id});
}

QList<IdRange> rangesOf(QList<qint64> ids)
{
    std::sort(ids.begin(), ids.end());
    QList<IdRange> ranges;
    for (const qint64 id : ids)
        appendId(ranges, id);
    return ranges;
}

qint64 countOf(const QList<IdRange> &ids)
{
    qint64 count = 0;
    for (const IdRange &range : ids)
        count += range.last - range.first + 1;
    return count;
}

IdGiver::IdGiver(QList<qint64> taken)
    : m_taken(rangesOf(std::move(taken)))
{
}

QList<IdRange> IdGiver::take(qint64 count)
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
