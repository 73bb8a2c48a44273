// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/mergedrows.h"
#include "models/roles.h"
#include "services/config/configstore.h"
#include "services/core/clock.h"

namespace society::models {

inline const ConfigId &configKey(const config::ConfigRow &row)
{
    return row.id;
}
using ConfigRows = MergedRows<config::ConfigRow, configKey>;

/// Configurations as a table. GUI thread.
class ConfigListModel : public ConfigRows {
    Q_OBJECT
public:
    enum Column { Name, Owner, UsedBy, Updated, Version, Kind, Description, ColumnCount };
    Q_ENUM(Column)
    enum OwnRole {
        KindRole = FirstOwnRole, ///< int(config::Kind)
    };

    /// `clock` tells what "2 min ago" is; it outlives the model.
    explicit ConfigListModel(const Clock &clock, QObject *parent = nullptr);

    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QString text(const config::ConfigRow &row, int column) const;

    const Clock &m_clock;
};

} // namespace society::models
