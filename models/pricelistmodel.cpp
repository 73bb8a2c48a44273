// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/pricelistmodel.h"

#include "models/billlistmodel.h"
#include "models/format.h"

#include <QSet>

namespace society::models {

namespace {

QString modelText(const QString &model)
{
    return model.isEmpty() ? PriceListModel::tr("every model") : model;
}

QString amountText(Money amount)
{
    return amount.isZero() ? PriceListModel::tr("free") : amount.toDisplay(QLocale());
}

QString fromText(const QDateTime &from)
{
    if (!from.isValid())
        return PriceListModel::tr("now");
    // The book's first prices hold from the beginning of time as computers count it.
    return from.toSecsSinceEpoch() <= 0 ? PriceListModel::tr("always")
                                        : QLocale().toString(from.toLocalTime(), QLocale::ShortFormat);
}

QString phaseText(PricePhase phase)
{
    switch (phase) {
    case PricePhase::Past:
        return PriceListModel::tr("past");
    case PricePhase::InForce:
        return PriceListModel::tr("in force");
    case PricePhase::Future:
        return PriceListModel::tr("to come");
    }
    return {};
}

} // namespace

QString priceUnitText(ledger::Item item)
{
    return item == ledger::Item::RunTime ? PriceListModel::tr("per second")
                                         : PriceListModel::tr("per %1 tokens").arg(count(ledger::unitSizeOf(item)));
}

PriceListModel::PriceListModel(const Clock &clock, QObject *parent)
    : PriceRows(parent)
    , m_clock(clock)
{
}

void PriceListModel::setPrices(const QList<ledger::Price> &prices)
{
    const QDateTime now = m_clock.now();
    QSet<std::pair<int, QString>> found; // items and models whose price in force was met
    QList<PriceRow> rows;
    // By item and model, the newest first: the first one that has begun is in force, what comes after it is past.
    for (const ledger::Price &price : prices) {
        PriceRow row{price, PricePhase::Future, static_cast<int>(prices.size() - rows.size())};
        if (price.validFrom <= now) {
            const std::pair<int, QString> key(static_cast<int>(price.item), price.model);
            row.phase = found.contains(key) ? PricePhase::Past : PricePhase::InForce;
            found.insert(key);
        }
        rows.append(row);
    }
    setRows(rows);
}

int PriceListModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant PriceListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const PriceRow &row = rowAt(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(row, index.column());
    case Qt::ToolTipRole:
        return index.column() == Price  ? exactMoney(row.price.amount)
               : index.column() == From ? exactTime(row.price.validFrom)
                                        : text(row, index.column());
    case Qt::TextAlignmentRole:
        return QVariant((index.column() == Price ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case SortRole:
        if (index.column() == Price)
            return QVariant::fromValue<qlonglong>(row.price.amount.micro());
        if (index.column() == From)
            return row.price.validFrom;
        if (index.column() == Phase)
            return static_cast<int>(row.phase);
        return index.column() == Item ? QVariant(static_cast<int>(row.price.item)) : text(row, index.column());
    case TieRole:
        return row.price.validFrom;
    case SearchRole:
        return QString(text(row, Item) + u'\n' + text(row, Model) + u'\n' + text(row, Phase));
    case IdRole:
        return QString::number(row.place);
    case PhaseRole:
        return static_cast<int>(row.phase);
    default:
        return {};
    }
}

QString PriceListModel::text(const PriceRow &row, int column) const
{
    switch (column) {
    case Item:
        return itemText(row.price.item);
    case Model:
        return row.price.item == ledger::Item::RunTime ? QString() : modelText(row.price.model);
    case Price:
        return amountText(row.price.amount);
    case Unit:
        return priceUnitText(row.price.item);
    case From:
        return fromText(row.price.validFrom);
    case Phase:
        return phaseText(row.phase);
    default:
        return {};
    }
}

QVariant PriceListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant((section == Price ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Item:
        return tr("Item");
    case Model:
        return tr("Model");
    case Price:
        return tr("Price");
    case Unit:
        return tr("Unit");
    case From:
        return tr("Holds from");
    case Phase:
        return tr("State");
    default:
        return {};
    }
}

PriceChangeModel::PriceChangeModel(QList<ledger::PriceChange> changes, QObject *parent)
    : QAbstractTableModel(parent)
    , m_changes(std::move(changes))
{
}

int PriceChangeModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_changes.size());
}

int PriceChangeModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant PriceChangeModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const ledger::PriceChange &change = m_changes.at(index.row());
    const int column = index.column();
    if (role == Qt::TextAlignmentRole)
        return QVariant((column == Line || column == Before || column == After ? Qt::AlignRight : Qt::AlignLeft) |
                        Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && column == What && change.unlikely)
        return change.unlikely->message;
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    switch (column) {
    case Line:
        return count(change.line);
    case Item:
        return itemText(change.price.item);
    case Model:
        return change.price.item == ledger::Item::RunTime ? QString() : modelText(change.price.model);
    case Before:
        return change.before ? amountText(*change.before) : QString();
    case After:
        return amountText(change.price.amount);
    case From:
        return fromText(change.price.validFrom);
    case What:
        return change.unlikely ? tr("new, a hundred times more or less") : change.known ? tr("as it is") : tr("new");
    default:
        return {};
    }
}

QVariant PriceChangeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole) { // as the cells below
        const bool isNumber = section == Line || section == Before || section == After;
        return QVariant((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Line:
        return tr("Line");
    case Item:
        return tr("Item");
    case Model:
        return tr("Model");
    case Before:
        return tr("In force");
    case After:
        return tr("In the file");
    case From:
        return tr("Holds from");
    case What:
        return tr("What it is");
    default:
        return {};
    }
}

} // namespace society::models
