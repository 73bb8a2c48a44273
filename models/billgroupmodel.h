// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/mergedrows.h"
#include "models/roles.h"
#include "services/ledger/values.h"

namespace society::models {

/// What the bills of a group have in common, as a text that is unique among the groups of one list.
[[nodiscard]] QString billGroupKey(const ledger::BillGroup &group);
using BillGroupRows = MergedRows<ledger::BillGroup, billGroupKey>;

/// Sums of a selection of bills, a row per experiment, model, item, day or month. GUI thread.
class BillGroupModel : public BillGroupRows {
    Q_OBJECT
public:
    enum Column { What, Bills, Sum, Share, ColumnCount };
    Q_ENUM(Column)

    using BillGroupRows::BillGroupRows;

    /// Another list of groups, of the kind that was asked for.
    void setGroups(ledger::GroupBy by, const QList<ledger::BillGroup> &groups);
    [[nodiscard]] ledger::GroupBy by() const { return m_by; }
    /// What a group is called, translated.
    [[nodiscard]] static QString name(const ledger::BillGroup &group, ledger::GroupBy by);

    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QString text(const ledger::BillGroup &group, int column) const;
    [[nodiscard]] QVariant sortValue(const ledger::BillGroup &group, int column) const;
    /// Of what all groups with a negative sum spent together; −1 for the others.
    [[nodiscard]] double share(const ledger::BillGroup &group) const;

    ledger::GroupBy m_by = ledger::GroupBy::Item;
    Money m_spent; ///< zero or negative
};

} // namespace society::models
