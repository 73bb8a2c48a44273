// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/listfilterproxy.h"

#include "models/roles.h"

#include <algorithm>

namespace society::models {

namespace {

int compare(const QVariant &left, const QVariant &right)
{
    if (left.typeId() == QMetaType::QString && right.typeId() == QMetaType::QString)
        return QString::localeAwareCompare(left.toString(), right.toString());
    const QPartialOrdering order = QVariant::compare(left, right);
    return order == QPartialOrdering::Less ? -1 : order == QPartialOrdering::Greater ? 1 : 0;
}

} // namespace

ListFilterProxy::ListFilterProxy(QObject *parent)
    : QSortFilterProxyModel(parent)
{
    setSortRole(SortRole);
    setDynamicSortFilter(true);
}

void ListFilterProxy::setText(const QString &text)
{
    const QStringList words = text.split(u' ', Qt::SkipEmptyParts);
    if (words == m_words)
        return;
    m_words = words;
    invalidateFilter();
}

void ListFilterProxy::setAccepted(int role, const QSet<int> &values)
{
    m_role = role;
    m_accepted = values;
    invalidateFilter();
}

bool ListFilterProxy::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    const QModelIndex index = sourceModel()->index(row, 0, parent);
    if (!m_accepted.isEmpty() && !m_accepted.contains(index.data(m_role).toInt()))
        return false;
    if (m_words.isEmpty())
        return true;
    const QString text = index.data(SearchRole).toString();
    return std::all_of(m_words.cbegin(), m_words.cend(),
        [&](const QString &word) { return text.contains(word, Qt::CaseInsensitive); });
}

bool ListFilterProxy::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    const int order = compare(left.data(SortRole), right.data(SortRole));
    if (order != 0)
        return order < 0;
    // Newest first, whichever way the column is sorted.
    const int tie = compare(left.data(TieRole), right.data(TieRole));
    return sortOrder() == Qt::AscendingOrder ? tie > 0 : tie < 0;
}

} // namespace society::models
