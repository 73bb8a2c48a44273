// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/billgroupmodel.h"

#include "models/billlistmodel.h"
#include "models/format.h"

namespace society::models {

using ledger::BillGroup;
using ledger::GroupBy;

QString billGroupKey(const BillGroup &group)
{
    return QStringList{group.item ? ledger::itemWord(*group.item) : QString(), group.model,
        group.experiment ? group.experiment->text() : QString(), group.day.toString(Qt::ISODate)}
        .join(u'\n');
}

QString BillGroupModel::name(const BillGroup &group, GroupBy by)
{
    switch (by) {
    case GroupBy::Item:
        return itemText(group.item.value_or(ledger::Item::Correction));
    case GroupBy::Model:
        return group.model.isEmpty() ? tr("no model (recharges, run time)") : group.model;
    case GroupBy::Experiment:
        if (!group.experiment || group.experiment->isNull())
            return tr("no experiment (recharges)");
        return group.experimentName.isEmpty() ? group.experiment->text().left(8) : group.experimentName;
    case GroupBy::Day:
        return QLocale().toString(group.day, QLocale::ShortFormat);
    case GroupBy::Month:
        return QLocale().toString(group.day, QStringLiteral("yyyy-MM"));
    }
    return {};
}

void BillGroupModel::setGroups(GroupBy by, const QList<BillGroup> &groups)
{
    Money spent;
    for (const BillGroup &group : groups)
        if (group.sum.isNegative())
            spent = spent.plus(group.sum).value_or(spent);
    const bool another = by != m_by || spent != m_spent;
    m_by = by;
    m_spent = spent;
    setRows(groups);
    if (another)
        retranslate(); // names, and every share, are others
}

double BillGroupModel::share(const BillGroup &group) const
{
    return group.sum.isNegative() && m_spent.isNegative()
               ? static_cast<double>(group.sum.micro()) / static_cast<double>(m_spent.micro())
               : -1;
}

int BillGroupModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant BillGroupModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const BillGroup &group = rowAt(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(group, index.column());
    case Qt::ToolTipRole:
        if (index.column() == Sum)
            return exactMoney(group.sum);
        if (index.column() == Share)
            return tr("Of what the groups that cost money spent together");
        if (index.column() == What && m_by == GroupBy::Experiment && group.experiment)
            return group.experiment->text();
        return text(group, index.column());
    case Qt::TextAlignmentRole:
        return QVariant((index.column() == What ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    case SortRole:
        return sortValue(group, index.column());
    case TieRole:
        return QVariant::fromValue<qlonglong>(group.sum.negated().micro());
    case SearchRole:
        return text(group, What);
    case IdRole:
        return billGroupKey(group);
    case ProgressRole:
        return share(group);
    default:
        return {};
    }
}

QString BillGroupModel::text(const BillGroup &group, int column) const
{
    switch (column) {
    case What:
        return name(group, m_by);
    case Bills:
        return count(group.bills);
    case Sum:
        return group.sum.toDisplay(QLocale());
    case Share: {
        const double part = share(group);
        if (part < 0)
            return {};
        // Of many runs each is a small part of the whole.
        constexpr double small = 0.1;
        return part < small ? tr("%1 %").arg(QLocale().toString(part * 100, 'f', 1)) : percent(part);
    }
    default:
        return {};
    }
}

QVariant BillGroupModel::sortValue(const BillGroup &group, int column) const
{
    switch (column) {
    case Bills:
        return group.bills;
    case Sum:
        return QVariant::fromValue<qlonglong>(group.sum.micro());
    case Share:
        return share(group);
    default:
        if (m_by == GroupBy::Day || m_by == GroupBy::Month)
            return group.day;
        if (m_by == GroupBy::Item)
            return static_cast<int>(group.item.value_or(ledger::Item::Correction));
        return text(group, What);
    }
}

QVariant BillGroupModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole) // as the cells below
        return QVariant((section == What ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case What:
        switch (m_by) {
        case GroupBy::Item:
            return tr("Item");
        case GroupBy::Model:
            return tr("Model");
        case GroupBy::Experiment:
            return tr("Experiment");
        case GroupBy::Day:
            return tr("Day");
        case GroupBy::Month:
            return tr("Month");
        }
        return {};
    case Bills:
        return tr("Bills");
    case Sum:
        return tr("Sum");
    case Share:
        return tr("Share of the spend");
    default:
        return {};
    }
}

} // namespace society::models
