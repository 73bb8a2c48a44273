// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QHash>
#include <QList>
#include <algorithm>

namespace society::models {

/// The rows of a table model that is fed with whole lists or with single changes and takes them over in place: rows are
/// inserted, removed, moved and changed, never reset, so that selection and scroll position stay. `Row` is a value with
/// `==`; `keyOf(row)` names it uniquely. Subclasses say what is in a cell. GUI thread.
template <class Row, auto keyOf>
class MergedRows : public QAbstractTableModel {
public:
    using Key = std::decay_t<decltype(keyOf(std::declval<const Row &>()))>;
    using QAbstractTableModel::QAbstractTableModel;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
    }

    [[nodiscard]] const Row &rowAt(int row) const { return m_rows[row]; }
    [[nodiscard]] const QList<Row> &rows() const { return m_rows; }
    /// The row with this key, −1 if there is none.
    [[nodiscard]] int rowOf(const Key &key) const { return m_where.value(key, -1); }

    /// Becomes this list, in its order. A key that comes twice counts once.
    void setRows(const QList<Row> &wanted)
    {
        QList<Row> rows;
        QHash<Key, int> place;
        rows.reserve(wanted.size());
        for (const Row &row : wanted) {
            if (place.contains(keyOf(row)))
                continue;
            place.insert(keyOf(row), static_cast<int>(rows.size()));
            rows.append(row);
        }
        removeAllBut(place);
        bringIntoOrder(place);
        insertMissing(rows);
        changeTo(rows);
    }

    /// Changes the rows that are there and appends the others.
    void upsert(const QList<Row> &changed)
    {
        QList<Row> fresh;
        for (const Row &row : changed) {
            const int at = rowOf(keyOf(row));
            if (at < 0)
                fresh.append(row);
            else if (!(m_rows[at] == row))
                change(at, row);
        }
        QHash<Key, int> places;
        QList<Row> distinct;
        for (const Row &row : fresh) { // the last one of a key counts
            const auto found = places.constFind(keyOf(row));
            if (found != places.constEnd()) {
                distinct[*found] = row;
                continue;
            }
            places.insert(keyOf(row), static_cast<int>(distinct.size()));
            distinct.append(row);
        }
        insert(rowCount(), distinct);
    }

    void removeKeys(const QList<Key> &keys)
    {
        QHash<Key, int> kept = m_where;
        for (const Key &key : keys)
            kept.remove(key);
        removeAllBut(kept);
    }

    /// Says that texts depend on the language or on the time and have changed.
    void retranslate()
    {
        emit headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
        if (!m_rows.isEmpty())
            emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    }

protected:
    /// Inserts rows whose keys are new.
    void insert(int at, const QList<Row> &fresh)
    {
        if (fresh.isEmpty())
            return;
        beginInsertRows({}, at, at + static_cast<int>(fresh.size()) - 1);
        if (at == rowCount()) {
            m_rows.append(fresh);
        } else {
            QList<Row> joined = m_rows.first(at);
            joined.reserve(m_rows.size() + fresh.size());
            joined.append(fresh);
            joined.append(m_rows.sliced(at));
            m_rows = std::move(joined);
        }
        number(at);
        endInsertRows();
    }

private:
    void change(int at, const Row &row)
    {
        m_rows[at] = row;
        emit dataChanged(index(at, 0), index(at, columnCount() - 1));
    }

    void number(int from)
    {
        for (int i = from; i < rowCount(); ++i)
            m_where[keyOf(m_rows[i])] = i;
    }

    void removeAllBut(const QHash<Key, int> &kept)
    {
        int lowest = rowCount();
        for (int last = rowCount() - 1; last >= 0; --last) {
            if (kept.contains(keyOf(m_rows[last])))
                continue;
            int first = last;
            while (first > 0 && !kept.contains(keyOf(m_rows[first - 1])))
                --first;
            beginRemoveRows({}, first, last);
            for (int i = first; i <= last; ++i)
                m_where.remove(keyOf(m_rows[i]));
            m_rows.remove(first, last - first + 1);
            endRemoveRows();
            lowest = last = first;
        }
        number(lowest);
    }

    void bringIntoOrder(const QHash<Key, int> &place)
    {
        const auto before = [&](const Row &a, const Row &b) { return place[keyOf(a)] < place[keyOf(b)]; };
        if (std::is_sorted(m_rows.cbegin(), m_rows.cend(), before))
            return;
        emit layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
        const QModelIndexList old = persistentIndexList();
        QList<Key> keys;
        for (const QModelIndex &index : old)
            keys.append(keyOf(m_rows[index.row()]));
        std::sort(m_rows.begin(), m_rows.end(), before);
        number(0);
        QModelIndexList moved;
        for (qsizetype i = 0; i < old.size(); ++i)
            moved.append(index(m_where[keys[i]], old[i].column()));
        changePersistentIndexList(old, moved);
        emit layoutChanged({}, QAbstractItemModel::VerticalSortHint);
    }

    /// `wanted` has all rows that are there, in the same order, and others between them.
    void insertMissing(const QList<Row> &wanted)
    {
        for (qsizetype at = 0; at < wanted.size(); ++at) {
            qsizetype end = at;
            while (end < wanted.size() && !m_where.contains(keyOf(wanted[end])))
                ++end;
            insert(static_cast<int>(at), wanted.sliced(at, end - at));
            at = end;
        }
    }

    void changeTo(const QList<Row> &wanted)
    {
        for (int first = 0; first < rowCount(); ++first) {
            int end = first;
            for (; end < rowCount() && !(m_rows[end] == wanted[end]); ++end)
                m_rows[end] = wanted[end];
            if (end > first)
                emit dataChanged(index(first, 0), index(end - 1, columnCount() - 1));
            first = end;
        }
    }

    QList<Row> m_rows;
    QHash<Key, int> m_where;
};

} // namespace society::models
