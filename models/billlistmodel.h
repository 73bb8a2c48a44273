// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/mergedrows.h"
#include "models/roles.h"
#include "services/ledger/values.h"

namespace society::models {

/// What a bill is for, translated: "Input tokens".
[[nodiscard]] QString itemText(ledger::Item item);

inline qint64 billKey(const ledger::Bill &row)
{
    return row.sequence;
}
using BillRows = MergedRows<ledger::Bill, billKey>;

/// Bills as a table, newest first, page by page: a view that nears its end makes it ask for more. GUI thread.
class BillListModel : public BillRows {
    Q_OBJECT
public:
    enum Column { Time, Experiment, Item, Model, Quantity, UnitPrice, Amount, BalanceAfter, Description, ColumnCount };
    Q_ENUM(Column)
    enum OwnRole {
        ExperimentRole = FirstOwnRole, ///< QString: id of the experiment; empty for a recharge
    };

    using BillRows::BillRows;

    /// Another selection: becomes its first page.
    void setFirstPage(const ledger::BillPage &page);
    /// The same selection read again from its start: new bills come before those that are there.
    void refreshTop(const ledger::BillPage &page);
    /// The answer to moreWanted(); one to an older cursor is dropped.
    void append(const QString &cursor, const ledger::BillPage &page);
    /// The answer to moreWanted() was a failure: asks again when the view does.
    void noteFailure() { m_asked = false; }

    /// Of the whole selection, not only of the pages that were read.
    [[nodiscard]] qint64 total() const { return m_total; }
    [[nodiscard]] Money sum() const { return m_sum; }

    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

signals:
    /// The next page is needed: BillFilter::after. Answer with append() or noteFailure().
    void moreWanted(const QString &cursor);
    /// total() or sum() is another.
    void totalsChanged();

private:
    [[nodiscard]] QString text(const ledger::Bill &row, int column) const;
    void takeTotals(const ledger::BillPage &page);

    QString m_next;
    Money m_sum;
    qint64 m_total = 0;
    bool m_asked = false;
};

} // namespace society::models
