// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tabletext.h"

#include "services/core/csv.h"

#include <QAbstractItemModel>
#include <algorithm>

namespace society::models {

namespace {

QStringList headers(const QAbstractItemModel &model, const QList<int> &columns)
{
    QStringList cells;
    for (const int column : columns)
        cells.append(model.headerData(column, Qt::Horizontal).toString());
    return cells;
}

QStringList cellsOf(const QAbstractItemModel &model, int row, const QList<int> &columns)
{
    QStringList cells;
    for (const int column : columns)
        cells.append(model.index(row, column).data().toString());
    return cells;
}

QString tabbed(QStringList cells)
{
    for (QString &cell : cells)
        cell = cell.simplified();
    return cells.join(u'\t') + u'\n';
}

} // namespace

QString rowsAsText(const QAbstractItemModel &model, QList<int> rows, const QList<int> &columns)
{
    std::sort(rows.begin(), rows.end());
    QString text = tabbed(headers(model, columns));
    for (const int row : rows)
        text += tabbed(cellsOf(model, row, columns));
    return text;
}

QByteArray rowsAsCsv(const QAbstractItemModel &model, QList<int> rows, const QList<int> &columns)
{
    std::sort(rows.begin(), rows.end());
    QByteArray text = csvLine(headers(model, columns));
    for (const int row : rows)
        text += csvLine(cellsOf(model, row, columns));
    return text;
}

} // namespace society::models
