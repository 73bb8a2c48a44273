// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/configlistmodel.h"

#include "models/format.h"

namespace society::models {

using config::ConfigRow;

ConfigListModel::ConfigListModel(const Clock &clock, QObject *parent)
    : ConfigRows(parent)
    , m_clock(clock)
{
}

int ConfigListModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ConfigListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const ConfigRow &row = rowAt(index.row());
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return text(row, column);
    case Qt::ToolTipRole:
        if (column == Updated)
            return exactTime(row.updatedAt);
        return column == Name && !row.description.isEmpty() ? row.description : text(row, column);
    case Qt::TextAlignmentRole: {
        const bool number = column == UsedBy || column == Version;
        return QVariant(number ? Qt::AlignRight | Qt::AlignVCenter : Qt::AlignLeft | Qt::AlignVCenter);
    }
    case SortRole:
        switch (column) {
        case UsedBy:
            return row.usedBy;
        case Updated:
            return row.updatedAt;
        case Version:
            return row.version;
        case Kind:
            return static_cast<int>(row.kind);
        default:
            return text(row, column);
        }
    case TieRole:
        return row.updatedAt;
    case SearchRole:
        return QStringList{row.name, row.description, config::kindTitle(row.kind), row.id.text()}.join(u'\n');
    case IdRole:
        return row.id.text();
    case KindRole:
        return static_cast<int>(row.kind);
    default:
        return {};
    }
}

QString ConfigListModel::text(const ConfigRow &row, int column) const
{
    switch (column) {
    case Name:
        return row.name;
    case Owner:
        return row.tenant.isEmpty() ? tr("public") : row.tenant;
    case UsedBy:
        return row.usedBy == 0 ? QStringLiteral("—") : count(row.usedBy);
    case Updated:
        return relativeTime(row.updatedAt, m_clock.now());
    case Version:
        return count(row.version);
    case Kind:
        return config::kindTitle(row.kind);
    case Description:
        return row.description;
    default:
        return {};
    }
}

QVariant ConfigListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Name");
    case Owner:
        return tr("Owner");
    case UsedBy:
        return tr("Used by");
    case Updated:
        return tr("Updated");
    case Version:
        return tr("Version");
    case Kind:
        return tr("Kind");
    case Description:
        return tr("Description");
    default:
        return {};
    }
}

} // namespace society::models
