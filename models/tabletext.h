// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QModelIndexList>
#include <QString>

class QAbstractItemModel;

namespace society::models {

/// The rows of some indexes in the model's order, the given columns only, as text with tabs between cells and a header
/// line: what "Copy" puts on the clipboard for people and spreadsheets. Tabs and line ends inside cells become spaces.
[[nodiscard]] QString rowsAsText(const QAbstractItemModel &model, QList<int> rows, const QList<int> &columns);
/// The same as CSV (RFC 4180).
[[nodiscard]] QByteArray rowsAsCsv(const QAbstractItemModel &model, QList<int> rows, const QList<int> &columns);

} // namespace society::models
