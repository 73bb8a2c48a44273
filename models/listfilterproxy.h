// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSet>
#include <QSortFilterProxyModel>
#include <QStringList>

namespace society::models {

/// Filters a list model by what is typed and sorts it by SortRole, then TieRole. A row is shown when its SearchRole
/// contains every typed word, in any case and order. GUI thread.
class ListFilterProxy : public QSortFilterProxyModel {
    Q_OBJECT
public:
    explicit ListFilterProxy(QObject *parent = nullptr);

    void setText(const QString &text);
    [[nodiscard]] QString text() const { return m_words.join(u' '); }
    /// Only rows whose `role` is one of these (as int); empty: all.
    void setAccepted(int role, const QSet<int> &values);
    [[nodiscard]] bool isFiltering() const { return !m_words.isEmpty() || !m_accepted.isEmpty(); }

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex &parent) const override;
    [[nodiscard]] bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    QStringList m_words;
    QSet<int> m_accepted;
    int m_role = Qt::UserRole;
};

} // namespace society::models
