// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/mergedrows.h"
#include "models/roles.h"
#include "services/core/clock.h"
#include "services/ledger/values.h"

namespace society::models {

inline const ExperimentId &holdKey(const ledger::Hold &row)
{
    return row.experiment;
}
using HoldRows = MergedRows<ledger::Hold, holdKey>;

/// Money set aside, with the runs that it is for. GUI thread.
class HoldListModel : public HoldRows {
    Q_OBJECT
public:
    enum Column { Experiment, Amount, Since, Reason, Run, ColumnCount };
    Q_ENUM(Column)
    enum OwnRole {
        OrphanRole = FirstOwnRole, ///< bool: nothing will release it by itself
    };

    /// `clock` tells what "2 min ago" is; it outlives the model.
    explicit HoldListModel(const Clock &clock, QObject *parent = nullptr);

    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    /// IdRole is the experiment's id.
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    const Clock &m_clock;
};

} // namespace society::models
