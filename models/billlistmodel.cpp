// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/billlistmodel.h"

#include "models/format.h"

namespace society::models {

using ledger::Bill;

QString itemText(ledger::Item item)
{
    switch (item) {
    case ledger::Item::Recharge:
        return BillListModel::tr("Recharge");
    case ledger::Item::InputTokens:
        return BillListModel::tr("Input tokens");
    case ledger::Item::OutputTokens:
        return BillListModel::tr("Output tokens");
    case ledger::Item::RunTime:
        return BillListModel::tr("Run time");
    case ledger::Item::Correction:
        return BillListModel::tr("Correction");
    }
    return {};
}

namespace {

/// "12,345 tokens", "3 min 10 s"; empty where the item has no quantity.
QString quantityText(const Bill &bill)
{
    if (bill.unit == QLatin1String("ms"))
        return duration(bill.quantity);
    if (bill.unit == QLatin1String("token"))
        return BillListModel::tr("%1 tokens").arg(count(bill.quantity));
    return {};
}

/// "¥ 3.00 per 1,000,000 tokens"; empty where the item has no price.
QString unitPriceText(const Bill &bill)
{
    const QString price = bill.unitPrice.toDisplay(QLocale());
    if (bill.unit == QLatin1String("ms"))
        return bill.unitSize == 1000 ? BillListModel::tr("%1 per second").arg(price)
                                     : BillListModel::tr("%1 per %2 ms").arg(price, count(bill.unitSize));
    if (bill.unit == QLatin1String("token"))
        return BillListModel::tr("%1 per %2 tokens").arg(price, count(bill.unitSize));
    return {};
}

} // namespace

void BillListModel::setFirstPage(const ledger::BillPage &page)
{
    m_asked = false;
    m_next = page.next;
    setRows(page.bills);
    takeTotals(page);
}

void BillListModel::refreshTop(const ledger::BillPage &page)
{
    const bool meets = rowCount() > 0 && std::any_of(page.bills.cbegin(), page.bills.cend(),
                                             [&](const Bill &bill) { return rowOf(bill.sequence) == 0; });
    if (!meets) { // more new ones than a page holds: between them and ours there would be a gap
        setFirstPage(page);
        return;
    }
    QList<Bill> fresh;
    for (const Bill &bill : page.bills) {
        if (rowOf(bill.sequence) < 0)
            fresh.append(bill);
    }
    insert(0, fresh);
    upsert(page.bills); // a run may have another name by now
    takeTotals(page);
}

void BillListModel::append(const QString &cursor, const ledger::BillPage &page)
{
    if (!m_asked || cursor != m_next)
        return;
    m_asked = false;
    m_next = page.next;
    upsert(page.bills);
    takeTotals(page);
}

void BillListModel::takeTotals(const ledger::BillPage &page)
{
    if (m_total == page.total && m_sum == page.sum)
        return;
    m_total = page.total;
    m_sum = page.sum;
    emit totalsChanged();
}

int BillListModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

bool BillListModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && !m_next.isEmpty() && !m_asked;
}

void BillListModel::fetchMore(const QModelIndex &parent)
{
    if (!canFetchMore(parent))
        return;
    m_asked = true;
    emit moreWanted(m_next);
}

QVariant BillListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Bill &row = rowAt(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return text(row, index.column());
    case Qt::ToolTipRole:
        switch (index.column()) {
        case Time:
            return exactTime(row.createdAt);
        case Amount:
            return exactMoney(row.amount);
        case BalanceAfter:
            return tr("%1: what the whole account came to with this bill, whatever is filtered")
                .arg(exactMoney(row.balanceAfter));
        case Quantity:
            return row.unit == QLatin1String("ms") ? tr("%1 ms").arg(count(row.quantity)) : quantityText(row);
        default:
            return text(row, index.column());
        }
    case Qt::TextAlignmentRole: {
        const bool number = index.column() >= Quantity && index.column() <= BalanceAfter;
        return QVariant(number ? Qt::AlignRight | Qt::AlignVCenter : Qt::AlignLeft | Qt::AlignVCenter);
    }
    case SortRole:
    case TieRole:
        return row.sequence;
    case IdRole:
        return row.id.text();
    case ExperimentRole:
        return row.experiment.text();
    default:
        return {};
    }
}

QString BillListModel::text(const Bill &row, int column) const
{
    switch (column) {
    case Time:
        return QLocale().toString(row.createdAt.toLocalTime(), QLocale::ShortFormat);
    case Experiment:
        return row.experimentName.isEmpty() ? row.experiment.text().left(8) : row.experimentName;
    case Item:
        return itemText(row.item);
    case Model:
        return row.model;
    case Quantity:
        return quantityText(row);
    case UnitPrice:
        return unitPriceText(row);
    case Amount:
        return row.free ? tr("free") : row.amount.toDisplay(QLocale());
    case BalanceAfter:
        return row.balanceAfter.toDisplay(QLocale());
    case Description:
        return row.description;
    default:
        return {};
    }
}

QVariant BillListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole) // as the cells below
        return QVariant((section >= Quantity && section <= BalanceAfter ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Time:
        return tr("Time");
    case Experiment:
        return tr("Experiment");
    case Item:
        return tr("Item");
    case Model:
        return tr("Model");
    case Quantity:
        return tr("Quantity");
    case UnitPrice:
        return tr("Unit price");
    case Amount:
        return tr("Amount");
    case BalanceAfter:
        return tr("Balance after");
    case Description:
        return tr("Description");
    default:
        return {};
    }
}

} // namespace society::models
