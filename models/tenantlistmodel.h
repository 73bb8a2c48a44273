// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/mergedrows.h"
#include "models/roles.h"
#include "services/core/clock.h"
#include "services/ledger/values.h"

namespace society::models {

inline QString tenantKey(const ledger::TenantSummary &row)
{
    return row.tenant.id;
}
using TenantRows = MergedRows<ledger::TenantSummary, tenantKey>;

/// Every tenant with its money and what goes on, for the admin. GUI thread.
class TenantListModel : public TenantRows {
    Q_OBJECT
public:
    enum Column { Id, Name, Balance, Held, Available, ThisMonth, LastBill, Runs, ColumnCount };
    Q_ENUM(Column)

    /// `clock` tells what "2 min ago" is; it outlives the model.
    explicit TenantListModel(const Clock &clock, QObject *parent = nullptr);

    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    /// IdRole is the tenant's id.
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QString text(const ledger::TenantSummary &row, int column) const;

    const Clock &m_clock;
};

} // namespace society::models
