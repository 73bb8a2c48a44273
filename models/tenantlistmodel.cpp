// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tenantlistmodel.h"

#include "models/format.h"

#include <optional>

namespace society::models {

using ledger::TenantSummary;

namespace {

bool isNumber(int column)
{
    return (column >= TenantListModel::Balance && column <= TenantListModel::ThisMonth) ||
           column == TenantListModel::Runs;
}

/// The amount that a column shows.
std::optional<Money> amountOf(const TenantSummary &row, int column)
{
    switch (column) {
    case TenantListModel::Balance:
        return row.account.balance;
    case TenantListModel::Held:
        return row.account.held;
    case TenantListModel::Available:
        return row.account.available;
    case TenantListModel::ThisMonth:
        return row.monthSpent.negated();
    default:
        return std::nullopt;
    }
}

} // namespace

TenantListModel::TenantListModel(const Clock &clock, QObject *parent)
    : TenantRows(parent)
    , m_clock(clock)
{
}

int TenantListModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant TenantListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const TenantSummary &row = rowAt(index.row());
    const int column = index.column();
    const auto amount = amountOf(row, column);
    switch (role) {
    case Qt::DisplayRole:
        return text(row, column);
    case Qt::ToolTipRole:
        return amount ? exactMoney(*amount) : column == LastBill ? exactTime(row.lastBill) : text(row, column);
    case Qt::TextAlignmentRole:
        return QVariant((isNumber(column) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case SortRole:
        if (amount)
            return QVariant::fromValue<qlonglong>(amount->micro());
        return column == LastBill ? QVariant(row.lastBill) : column == Runs ? QVariant(row.runs) : text(row, column);
    case TieRole:
        return row.lastBill;
    case SearchRole:
        return QString(row.tenant.id + u'\n' + row.tenant.name);
    case IdRole:
        return row.tenant.id;
    default:
        return {};
    }
}

QString TenantListModel::text(const TenantSummary &row, int column) const
{
    if (const auto amount = amountOf(row, column))
        return amount->toDisplay(QLocale());
    switch (column) {
    case Id:
        return row.tenant.id;
    case Name:
        return row.tenant.name;
    case LastBill:
        return row.lastBill.isValid() ? relativeTime(row.lastBill, m_clock.now()) : tr("none yet");
    case Runs:
        return count(row.runs);
    default:
        return {};
    }
}

QVariant TenantListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant((isNumber(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Id:
        return tr("Tenant");
    case Name:
        return tr("Name");
    case Balance:
        return tr("Balance");
    case Held:
        return tr("Held");
    case Available:
        return tr("Available");
    case ThisMonth:
        return tr("Spent this month");
    case LastBill:
        return tr("Last bill");
    case Runs:
        return tr("Runs in progress");
    default:
        return {};
    }
}

} // namespace society::models
