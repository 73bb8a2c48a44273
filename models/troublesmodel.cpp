// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/troublesmodel.h"

#include "models/format.h"

#include <algorithm>

namespace society::models {

namespace {

bool isSameTrouble(const TroublesModel::Row &a, const TroublesModel::Row &b)
{
    return a.kind == b.kind && a.cause == b.cause;
}

} // namespace

TroublesModel::TroublesModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

void TroublesModel::setRows(const QList<Row> &rows)
{
    const bool goesOn =
        rows.size() >= m_rows.size() && std::all_of(m_rows.begin(), m_rows.end(), [&](const Row &known) {
            return std::any_of(rows.begin(), rows.end(), [&](const Row &row) { return isSameTrouble(row, known); });
        });
    if (!goesOn) {
        beginResetModel();
        m_rows = rows;
        endResetModel();
        return;
    }
    for (const Row &row : rows) {
        const auto known =
            std::find_if(m_rows.begin(), m_rows.end(), [&](const Row &other) { return isSameTrouble(row, other); });
        const auto at = static_cast<int>(known - m_rows.begin());
        if (known == m_rows.end()) {
            beginInsertRows({}, at, at);
            m_rows.append(row);
            endInsertRows();
        } else if (*known != row) {
            *known = row;
            emit dataChanged(index(at, 0), index(at, ColumnCount - 1));
        }
    }
}

QString TroublesModel::summary() const
{
    qint64 retried = 0;
    qint64 unusable = 0;
    qint64 tracebacks = 0;
    qint64 errors = 0;
    for (const Row &row : m_rows) {
        retried += row.kind == Kind::Retries ? row.calls : 0;
        unusable += row.kind == Kind::ParseFailures ? row.lines : 0;
        tracebacks += row.kind == Kind::Tracebacks ? row.lines : 0;
        errors += row.kind == Kind::ErrorLines ? row.lines : 0;
    }
    const auto number = [](qint64 count) { return static_cast<int>(qMin<qint64>(count, INT_MAX)); };
    QStringList parts;
    if (errors > 0)
        parts += tr("%Ln error line(s)", nullptr, number(errors));
    if (tracebacks > 0)
        parts += tr("%Ln traceback(s)", nullptr, number(tracebacks));
    if (retried > 0)
        parts += tr("%Ln call(s) were retried", nullptr, number(retried));
    if (unusable > 0)
        parts += tr("%Ln answer(s) could not be used", nullptr, number(unusable));
    return parts.join(QStringLiteral(" · "));
}

void TroublesModel::retranslate()
{
    if (!m_rows.isEmpty())
        emit dataChanged(index(0, 0), index(static_cast<int>(m_rows.size()) - 1, ColumnCount - 1));
    emit headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
}

int TroublesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int TroublesModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant TroublesModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row &row = m_rows[index.row()];
    const int column = index.column();
    const auto kindText = [&row] {
        switch (row.kind) {
        case Kind::ErrorLines:
            return tr("Error lines");
        case Kind::Tracebacks:
            return tr("Tracebacks");
        case Kind::Retries:
            return tr("Retried calls");
        case Kind::ParseFailures:
            return tr("Unusable answers");
        }
        return QString();
    };
    switch (role) {
    case Qt::DisplayRole:
        switch (column) {
        case What:
            return kindText();
        case Cause:
            return row.cause;
        case Calls:
            return row.calls < 0 ? QString() : count(row.calls);
        case Lines:
            return count(row.lines);
        default:
            return {};
        }
    case Qt::ToolTipRole:
        return column == Cause ? row.cause : QString();
    case Qt::AccessibleTextRole:
        return column == What ? tr("%1, %Ln line(s)", nullptr, static_cast<int>(row.lines)).arg(kindText()) : QString();
    case Qt::TextAlignmentRole:
        return QVariant(
            column == Calls || column == Lines ? Qt::AlignRight | Qt::AlignVCenter : Qt::AlignLeft | Qt::AlignVCenter);
    case SortRole:
        return column == Calls   ? QVariant(row.calls)
               : column == Lines ? QVariant(row.lines)
               : column == Cause ? QVariant(row.cause)
                                 : QVariant(static_cast<int>(row.kind));
    case TieRole:
        return row.lines;
    case SearchRole:
        return QString(kindText() + u'\n' + row.cause);
    default:
        return {};
    }
}

QVariant TroublesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole && (section == Calls || section == Lines))
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case What:
        return tr("Trouble");
    case Cause:
        return tr("Cause");
    case Calls:
        return tr("Calls");
    case Lines:
        return tr("Lines");
    default:
        return {};
    }
}

} // namespace society::models
