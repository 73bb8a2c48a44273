// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/holdlistmodel.h"

#include "models/format.h"

namespace society::models {

namespace {

QString runText(const ledger::Hold &hold)
{
    switch (hold.run) {
    case ledger::HoldRun::Living:
        return HoldListModel::tr("has not ended");
    case ledger::HoldRun::Ended:
        return HoldListModel::tr("has ended without a bill: nothing will release it");
    case ledger::HoldRun::Unknown:
        return HoldListModel::tr("was deleted or is unknown: nothing will release it");
    }
    return {};
}

} // namespace

HoldListModel::HoldListModel(const Clock &clock, QObject *parent)
    : HoldRows(parent)
    , m_clock(clock)
{
}

int HoldListModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant HoldListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const ledger::Hold &row = rowAt(index.row());
    const int column = index.column();
    const QString name = row.experimentName.isEmpty() ? row.experiment.text().left(8) : row.experimentName;
    switch (role) {
    case Qt::DisplayRole:
        switch (column) {
        case Experiment:
            return name;
        case Amount:
            return row.amount.toDisplay(QLocale());
        case Since:
            return relativeTime(row.createdAt, m_clock.now());
        case Reason:
            return row.reason;
        case Run:
            return runText(row);
        default:
            return {};
        }
    case Qt::ToolTipRole:
        return column == Since    ? exactTime(row.createdAt)
               : column == Amount ? exactMoney(row.amount)
                                  : data(index, Qt::DisplayRole);
    case Qt::TextAlignmentRole:
        return QVariant(column == Amount ? Qt::AlignRight | Qt::AlignVCenter : Qt::AlignLeft | Qt::AlignVCenter);
    case SortRole:
        return column == Amount  ? QVariant(static_cast<qint64>(row.amount.micro()))
               : column == Since ? QVariant(row.createdAt)
                                 : data(index, Qt::DisplayRole);
    case TieRole:
        return row.createdAt;
    case SearchRole:
        return QString(name + u'\n' + row.reason + u'\n' + row.experiment.text());
    case OrphanRole:
        return row.isOrphan();
    case IdRole:
        return row.experiment.text();
    default:
        return {};
    }
}

QVariant HoldListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole) // as the cells below
        return QVariant((section == Amount ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Experiment:
        return tr("Experiment");
    case Amount:
        return tr("Held");
    case Since:
        return tr("Since");
    case Reason:
        return tr("Reason");
    case Run:
        return tr("Run");
    default:
        return {};
    }
}

} // namespace society::models
